"""Lines before and behind a body that is drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.lines import borders, through
from gaitcheck.people.order import behind_body, core_mask, near_side
from gaitcheck.pose.landmarks import INDEX
from tests.people import scene

SHAPE = (112, 144)
HAND = np.array([72.0, 50.0])
LEVEL = through(HAND, rows=np.zeros(1), slopes_rad=np.zeros(1))
BODY = scene.standing(x=72.0, feet_y=96.0, height=96.0)
SEEN = np.full(33, 0.9)
RIGHT = np.array([20.0, 3.0])


def behind(*, over_body: bool, columns: slice = slice(None)) -> float:
    """How far a line at the hand is behind a body, which it crosses, or which hides it."""
    here = np.full((*SHAPE, 3), 120.0, dtype=np.float32)
    here[50:53] = 60.0
    core = core_mask(BODY, shape=SHAPE)
    if not over_body:
        here[core > 0] = 150.0
    kept = np.zeros_like(core)
    kept[:, columns] = core[:, columns]
    on_body = borders(here, 255 - kept)
    found = behind_body(on_body, np.eye(3), LEVEL, x=float(HAND[0]), beside=np.array([60 / 255]))
    return float(found[0])


def test_a_line_that_ends_at_the_body_is_behind_it_and_one_that_goes_on_is_not():
    assert behind(over_body=False) > 0.9
    assert behind(over_body=True) == 0


def test_too_little_of_the_body_tells_nothing():
    assert behind(over_body=False, columns=slice(0, 60)) == 0


def test_the_core_of_a_body_has_trunk_and_thighs_and_no_arms():
    core = core_mask(BODY, shape=SHAPE)
    x, y = BODY[[INDEX["left_wrist"], INDEX["right_wrist"], INDEX["left_ankle"]]].round().T
    assert not core[y.astype(int), x.astype(int)].any()
    assert core[40, 72]
    assert core[60, round(float(BODY[INDEX["left_knee"], 0] - 1))]


@pytest.mark.parametrize(("clearer", "way", "near"), [
    ("right", RIGHT, 1), ("left", -RIGHT, 0),  # the side towards the camera is the clearer one
    ("left", RIGHT, None),  # backwards, or not seen as it is
    ("neither", RIGHT, None),  # sideways along a sofa
    ("right", 0.2 * RIGHT, None),  # hardly gone
])  # fmt: skip
def test_the_near_side_is_the_clearer_one_of_who_walks_across(clearer, way, near):
    visibility = SEEN.copy()
    for name, k in INDEX.items():
        if clearer != "neither" and not name.startswith(clearer):
            visibility[k] = 0.5
    assert near_side(visibility, way=way, size=100.0) == near
