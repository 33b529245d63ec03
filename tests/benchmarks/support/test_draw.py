"""Scenes as they are written: all of a set, every so many of them, or in furnished rooms."""

from __future__ import annotations

import pytest

from benchmarks.studio.rooms import furnish
from benchmarks.studio.scene import parse_scene
from benchmarks.support import scenes
from benchmarks.support.cameras import HOME
from benchmarks.support.draw import command, scenes_of

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib


def things(text: str) -> int:
    scene = parse_scene(tomllib.loads(text), name="scene")
    room = furnish(scene.room, camera_at=list(scene.camera.at))
    return len(room.placed) + len(room.rugs)


def test_furnished_rooms_change_nothing_else():
    bare = scenes_of(scenes.FAMILIES, seed=5_000)
    full = scenes_of(scenes.FAMILIES, seed=5_000, furnished=True)
    assert {
        name: text.replace("bare = true", "bare = false") for name, text in bare.items()
    } == full
    assert sum(map(things, full.values())) > 2 * len(full)
    assert all(things(text) == 0 for text in bare.values())


def test_at_home_every_kind_is_seen_by_each_camera_that_watches_the_room():
    made = scenes_of(scenes.FAMILIES, seed=5_000, home=True)
    assert len(made) == len(scenes.FAMILIES) * len(HOME)
    for name, text in made.items():
        scene = parse_scene(tomllib.loads(text), name=name)
        assert scene.categories["camera"] in HOME
        assert scene.camera.distortion > 0
        assert scene.picture.clock
        assert not scene.camera.follow
        assert not scene.camera.shake


@pytest.mark.parametrize("option", [[], ["--furnished"]])
def test_every_so_many_are_written(option, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["scenes", str(tmp_path / "s"), "--every", "40", *option])
    command(scenes.FAMILIES, prog="scenes", about=None, seed=5_000)
    made = sorted((tmp_path / "s").glob("*.toml"))
    every = sorted(scenes_of(scenes.FAMILIES, seed=5_000))[::40]
    assert [path.stem for path in made] == every
    assert f"{len(made)} scenes" in capsys.readouterr().out
    assert all(("bare = false" in path.read_text("utf-8")) == bool(option) for path in made)
