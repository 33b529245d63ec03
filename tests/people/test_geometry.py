from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.geometry import (
    body_box,
    body_centre,
    body_size,
    head_top,
    overlap,
    touching,
    without_legs,
)
from tests.people.scene import standing

BIG = (4000, 4000)


@pytest.mark.parametrize("height", [60.0, 170.0, 900.0])
def test_size_of_an_adult_who_stands_is_the_height(height):
    assert body_size(standing(x=500, feet_y=1000, height=height)) == pytest.approx(height, rel=0.12)


def test_size_does_not_change_with_a_turn_in_the_picture():
    points = standing(x=500, feet_y=1000, height=200)
    lying = (points - 500) @ np.array([[0.0, 1.0], [-1.0, 0.0]]) + 500
    assert body_size(lying) == pytest.approx(body_size(points))


def test_head_top_is_above_the_eyes_by_about_half_a_head():
    top = head_top(standing(x=500, feet_y=1000, height=200))
    assert top[0] == pytest.approx(500, abs=1)
    assert 1000 - top[1] == pytest.approx(200, abs=8)


def test_box_holds_the_whole_person():
    box = body_box(standing(x=500, feet_y=1000, height=200), picture_size=BIG)
    assert overlap(box, np.array([465.0, 800.0, 535.0, 1003.0])) > 0.85


def test_box_is_cut_at_the_edge_of_the_picture():
    box = body_box(standing(x=5, feet_y=500, height=200), picture_size=(640, 480))
    assert box[0] == 0
    assert box[3] == 480


def test_box_of_a_body_outside_is_empty_not_negative():
    box = body_box(standing(x=-500, feet_y=400, height=200), picture_size=(640, 480))
    assert box[2] == box[0] == 0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), 1.0),
        ((0, 0, 10, 10), (5, 0, 15, 10), 1 / 3),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0.0),
        ((0, 0, 0, 0), (0, 0, 0, 0), 0.0),
    ],
    ids=["same", "half", "beside", "empty"],
)
def test_overlap(a, b, expected):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    assert overlap(a, b) == pytest.approx(expected)
    assert touching(a, b) == (expected > 0)


def test_centre_is_between_shoulders_and_hips():
    assert body_centre(standing(x=100, feet_y=200, height=100)) == pytest.approx([100, 133])


def test_without_legs_keeps_all_but_the_legs():
    adult = standing(x=300, feet_y=400, height=300)
    cut = without_legs(adult)
    np.testing.assert_array_equal(cut[:25], adult[:25])
    assert (cut[25:, 1] < 250).all()
