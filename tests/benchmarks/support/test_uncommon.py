"""Scenes of uncommon supports: what holds reaches the walker, the look-alikes hold nobody up."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.support import uncommon
from tests.benchmarks.support.worlds import only_support, reaches, worlds

world = worlds(uncommon.FAMILIES, "side0", "oblique1")


@pytest.mark.parametrize("name", world.held)
def test_what_holds_reaches_and_the_truth_says_so_all_the_while(name):
    scene = world(name)
    assert reaches(scene, within_m=0.1)
    span = only_support(scene)
    assert span["what"] == scene.scene.categories["support"] != "none"
    assert span["sure"]


@pytest.mark.parametrize("name", world.free)
def test_look_alikes_hold_nobody(name):
    assert only_support(world(name))["what"] == "none"


def test_who_hangs_in_a_sling_has_the_arms_free():
    scene = world("hoist-side0")
    walker = scene.actors["walker"]
    assert walker.residual_m("left", 2.0) == walker.residual_m("right", 2.0) == 0.0
    assert only_support(scene)["cause"] == ["aid (hangs at aid.sling)"]


def test_a_strap_goes_from_hand_to_child():
    scene = world("harness-side0")
    straps = [thing for thing in scene.aids.values() if not thing.handles]
    assert len(straps) == 2
    rows = straps[0].parts(2.0, 0)[0][3]
    np.testing.assert_allclose(rows[0][:3], scene.actors["helper"].point("left_palm", 2.0))
    np.testing.assert_allclose(rows[0][4:7], scene.actors["walker"].point("left_armpit", 2.0))
