"""Clear view: both hands and feet in sight, large enough, hands not within the trunk's outline."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.accuracy.clear_view import in_clear_view
from benchmarks.studio.joints import Joints

PLACES = {
    "left_shoulder": (60.0, 40.0),
    "right_shoulder": (40.0, 40.0),
    "left_hip": (58.0, 90.0),
    "right_hip": (42.0, 90.0),
    "left_wrist": (75.0, 95.0),
    "right_wrist": (25.0, 95.0),
    "left_ankle": (55.0, 180.0),
    "right_ankle": (45.0, 180.0),
}


def joints(*, scale: float = 1.0, hidden: str = "", left_wrist=(75.0, 95.0)) -> Joints:
    places = PLACES | {"left_wrist": left_wrist}
    names = list(places)
    xy = np.tile(np.array(list(places.values())) * scale, (50, 1, 1, 1))
    seen = np.full(xy.shape[:3], 2, np.uint8)
    if hidden:
        seen[:, 0, names.index(hidden)] = 1
    return Joints(np.arange(50) / 25, ["she"], names, xy, seen, np.zeros((50, 1, 4)))


def test_all_in_sight_is_clear():
    assert in_clear_view(joints(), "she", 1.5)


@pytest.mark.parametrize("joint", ["left_wrist", "right_wrist", "left_ankle"])
def test_what_is_hidden_is_not(joint):
    assert not in_clear_view(joints(hidden=joint), "she", 1.5)


def test_a_hand_within_the_outline_of_the_trunk_is_not():
    assert not in_clear_view(joints(left_wrist=(50.0, 70.0)), "she", 1.5)


def test_a_small_person_is_not():
    assert not in_clear_view(joints(scale=0.3), "she", 1.5)


def test_a_time_outside_the_clip_is_not():
    assert not in_clear_view(joints(), "she", 9.0)
