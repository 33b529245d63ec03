"""Scenes that are filmed by who helps: they are near, and the camera goes with them."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.filming import camera_of
from benchmarks.support import filmed
from tests.benchmarks.support.worlds import only_support, reaches, worlds

world = worlds(filmed.FAMILIES, "0", "1", "2", "3")
HELD = [name for name in world.held if not name.startswith("free")]


@pytest.mark.parametrize("name", HELD)
def test_what_holds_reaches_and_the_truth_says_so_all_the_while(name):
    scene = world(name)
    assert reaches(scene, within_m=0.1)
    assert only_support(scene)["what"] == scene.scene.categories["support"] != "none"


@pytest.mark.parametrize("name", [*world.free, *(n for n in world.scenes if n.startswith("free-"))])
def test_look_alikes_hold_nobody(name):
    assert only_support(world(name))["what"] == "none"


@pytest.mark.parametrize("name", sorted(world.scenes))
def test_the_camera_goes_along_at_arms_length(name):
    scene = world(name)
    view, still = camera_of(scene.scene, scene.actors)
    assert not still
    times = np.linspace(0.8, scene.duration_s - 0.8, 9)
    away = [view(t).position - scene.actors["walker"].pelvis(float(t))[0] for t in times]
    assert np.linalg.norm(np.array(away)[:, [0, 2]], axis=1).max() < 1.2
    width, height = scene.scene.picture.width, scene.scene.picture.height
    assert (height > width) == ("_tall" in name)
