"""Scenes of walls and furniture: who holds reaches what is held; what is passed by nobody holds."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.support.along import FAMILIES
from tests.benchmarks.support.worlds import worlds

world = worlds(FAMILIES, "side0", "high2", "phone3")


@pytest.mark.parametrize("name", world.held)
def test_a_hand_that_holds_reaches_the_thing_for_most_of_the_walk(name):
    scene = world(name)
    assert scene.holds
    times = np.linspace(0.5, scene.duration_s - 0.5, 20)
    for hold in scene.holds:
        walker = scene.actors["walker"]
        off = [walker.residual_m(hold.spec.hand, float(t)) for t in times]
        assert np.median(off) < 0.06
        assert hold.what == "object_fixed"


@pytest.mark.parametrize("name", world.free)
def test_what_is_passed_by_is_held_by_nobody(name):
    assert not world(name).holds
