"""Scenes in which a hold begins, ends or pauses: the truth says when, and what is left stays."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.truth import supports
from benchmarks.support import changing
from tests.benchmarks.support.worlds import worlds

world = worlds(changing.FAMILIES, "side0", "oblique0")
HELD_FIRST = {"let_go": True, "left": True, "taken": False, "touched": False, "loosened": True}
CHANGES = {"let_go": 1, "left": 1, "taken": 1, "touched": 2, "loosened": 2}


def how(name: str) -> str:
    family = name.partition("-")[0]
    return next(end for end in HELD_FIRST if family.endswith(end))


@pytest.mark.parametrize("name", world.held)
def test_the_walker_is_held_and_free_in_turn(name):
    scene = world(name)
    spans = supports(scene, np.arange(0.0, scene.duration_s, 0.04), "walker")
    sure = [span["what"] for span in spans if span["sure"]]
    kinds = [what for k, what in enumerate(sure) if k == 0 or what != sure[k - 1]]
    assert len(kinds) == CHANGES[how(name)] + 1
    held = [what != "none" for what in kinds]
    assert held == [HELD_FIRST[how(name)] ^ bool(k % 2) for k in range(len(kinds))]


def test_a_frame_that_is_left_stays_where_it_is():
    scene = world("frame_left-side0")
    until = next(prop.until_s for prop in scene.scene.props if prop.name == "aid")
    places = [scene.aids["aid"].handle("left", t)[0] for t in (until + 0.5, until + 1.5)]
    np.testing.assert_allclose(places[0], places[1])
    moved = scene.aids["aid"].handle("left", until - 0.5)[0] - places[0]
    assert np.linalg.norm(moved) > 0.1
