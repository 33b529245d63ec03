"""Scenes of people at the walker's side: who holds reaches the walker, the others hold nobody."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.build import World, build
from benchmarks.studio.scene import parse_scene
from benchmarks.support import aside, views
from benchmarks.support.draw import scenes_of

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

SCENES = {
    name: text
    for name, text in scenes_of(aside.FAMILIES, seed=7_000).items()
    if name.endswith(("side0", "oblique0", "front0", "rear1"))
}
HELD = sorted(name for name in SCENES if not name.startswith("free_"))
FREE = sorted(name for name in SCENES if name.startswith("free_"))


def world(name: str) -> World:
    return build(parse_scene(tomllib.loads(SCENES[name]), name=name))


@pytest.mark.parametrize("name", HELD)
def test_hands_of_the_two_are_where_they_hold_for_most_of_the_walk(name):
    scene = world(name)
    assert any(hold.what == "person" for hold in scene.holds)
    times = np.linspace(0.8, scene.duration_s - 0.8, 20)
    for hold in scene.holds:
        holder = scene.actors[hold.spec.who]
        off = [holder.residual_m(hold.spec.hand, float(t)) for t in times]
        assert np.median(off) < 0.06, hold.spec


@pytest.mark.parametrize("name", FREE)
def test_who_only_goes_along_holds_nobody(name):
    assert not world(name).holds


@pytest.mark.parametrize(
    "name", ["pram-rear0", "push_toy-behind1", "waist-high1", "wall-front0", "free_wall-rear1"]
)
def test_supports_are_seen_from_other_views(name):
    scene = parse_scene(tomllib.loads(scenes_of(views.FAMILIES, seed=3_000)[name]), name=name)
    assert scene.categories["camera"] == name.split("-")[1][:-1]
    held = not name.startswith("free_")
    assert (scene.categories["support"] != "none") == held
