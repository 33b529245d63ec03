"""Scenes of people at the walker's side: who holds reaches the walker, the others hold nobody."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.support import aside, views
from tests.benchmarks.support.worlds import worlds

world = worlds(aside.FAMILIES, "side0", "oblique0", "front0", "rear1")


@pytest.mark.parametrize("name", world.held)
def test_hands_of_the_two_are_where_they_hold_for_most_of_the_walk(name):
    scene = world(name)
    assert any(hold.what == "person" for hold in scene.holds)
    times = np.linspace(0.8, scene.duration_s - 0.8, 20)
    for hold in scene.holds:
        holder = scene.actors[hold.spec.who]
        off = [holder.residual_m(hold.spec.hand, float(t)) for t in times]
        assert np.median(off) < 0.06, hold.spec


@pytest.mark.parametrize("name", world.free)
def test_who_only_goes_along_holds_nobody(name):
    assert not world(name).holds


@pytest.mark.parametrize(
    "name", ["pram-rear0", "push_toy-behind1", "waist-high1", "wall-front0", "free_wall-rear1"]
)
def test_supports_are_seen_from_other_views(name):
    scene = worlds(views.FAMILIES, name, seed=3_000)(name).scene
    assert scene.categories["camera"] == name.split("-")[1][:-1]
    held = not name.startswith("free_")
    assert (scene.categories["support"] != "none") == held
