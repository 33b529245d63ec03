"""Scenes to teach the judge by, and the views of `towards`."""

from __future__ import annotations

import pytest

from benchmarks.studio.scene import parse_scene
from benchmarks.support import taught, towards
from benchmarks.support.draw import scenes_of

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib


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
    scene = parse_scene(tomllib.loads(scenes_of(towards.FAMILIES, seed=3_000)[name]), name=name)
    assert scene.split == "tune"
    assert scene.categories["camera"] == name.split("-")[1][:-1]
    held = not name.startswith("free_")
    assert (scene.categories["support"] == "object_fixed") == held
