"""Scenes to teach the judge by, and the views of `towards`."""

from __future__ import annotations

import pytest

from benchmarks.support import taught, towards
from benchmarks.support.draw import scenes_of
from tests.benchmarks.support.worlds import worlds


def test_all_sets_are_written_each_in_a_folder_of_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["taught", str(tmp_path)])
    taught.main()
    told = capsys.readouterr().out
    for name, (families, seed) in taught.SETS.items():
        made = {path.stem for path in (tmp_path / name / "scenes").glob("*.toml")}
        assert made == set(scenes_of(families, seed=seed))
        assert f"{len(made)} scenes" in told


@pytest.mark.parametrize("name", ["rail_far-behind3", "free_along_rail-towards4", "bars-corner5"])
def test_people_come_towards_the_camera_or_go_away(name):
    scene = worlds(towards.FAMILIES, name, seed=3_000)(name).scene
    assert scene.split == "tune"
    assert scene.categories["camera"] == name.split("-")[1][:-1]
    held = not name.startswith("free_")
    assert (scene.categories["support"] == "object_fixed") == held
