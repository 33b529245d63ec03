"""Scenes of walls and furniture: who holds reaches what is held; what is passed by nobody holds."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.build import World, build
from benchmarks.studio.scene import parse_scene
from benchmarks.support.along import FAMILIES
from benchmarks.support.draw import scenes_of

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

SCENES = {
    name: text
    for name, text in scenes_of(FAMILIES, seed=7_000).items()
    if name.endswith(("side0", "high2", "phone3"))
}
HELD = sorted(name for name in SCENES if not name.startswith("free_"))
PASSED = sorted(name for name in SCENES if name.startswith("free_"))


def world(name: str) -> World:
    return build(parse_scene(tomllib.loads(SCENES[name]), name=name))


@pytest.mark.parametrize("name", HELD)
def test_a_hand_that_holds_reaches_the_thing_for_most_of_the_walk(name):
    scene = world(name)
    assert scene.holds
    times = np.linspace(0.5, scene.duration_s - 0.5, 20)
    for hold in scene.holds:
        walker = scene.actors["walker"]
        off = [walker.residual_m(hold.spec.hand, float(t)) for t in times]
        assert np.median(off) < 0.06
        assert hold.what == "object_fixed"


@pytest.mark.parametrize("name", PASSED)
def test_what_is_passed_by_is_held_by_nobody(name):
    assert not world(name).holds
