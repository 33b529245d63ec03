from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.people.plausible import Continuity, head_down, implausible, misfit, same_body
from gaitcheck.pose.landmarks import INDEX
from tests.people.scene import body, standing

ADULT = standing(x=300, feet_y=400, height=200)
CHILD = standing(x=340, feet_y=400, height=120)


def _far(points: np.ndarray) -> np.ndarray:
    return points + np.array([100, 0])


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (body(ADULT), None),
        (body(standing(x=20, feet_y=30, height=20)), "too_small"),
        (replace(body(ADULT), presence=np.full(33, 0.2)), "absent"),
        (body(ADULT, visibility=0.3), "unseen"),
        (body(np.full((33, 2), np.nan)), "not_finite"),
        (replace(body(ADULT), world_m=body(ADULT).world_m[::-1].copy()), "torn"),
    ],
    ids=["adult", "small", "absent", "unseen", "nan", "torn"],
)
def test_implausible_names_the_rule(seen, expected):
    assert implausible(seen, min_size_px=27.0) == expected


def test_body_behind_furniture_is_plausible_by_its_upper_half():
    seen = body(ADULT)
    visibility = seen.visibility.copy()
    visibility[INDEX["left_knee"] :] = 0.02
    assert implausible(replace(seen, visibility=visibility), min_size_px=27.0) is None


def test_misfit_is_small_for_a_body_and_large_for_two_in_one():
    whole = body(ADULT)
    torn = ADULT.copy()
    torn[INDEX["left_hip"] :: 2] += (120, 0)  # the left leg is another person's
    assert misfit(whole) == pytest.approx(0.0, abs=1e-6)
    assert misfit(replace(whole, points_px=torn)) > 0.1


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (ADULT + 4.0, True),
        (_far(ADULT), False),
        (CHILD, False),
        (standing(x=300, feet_y=400, height=120), False),
    ],
    ids=["nearly the same", "beside", "child beside", "child before"],
)
def test_same_body(other, expected):
    assert same_body(ADULT, other) == expected
    assert same_body(other, ADULT) == expected


def test_same_body_with_left_and_right_exchanged():
    mirrored = ADULT.copy()
    mirrored[:, 0] = 600 - mirrored[:, 0]
    assert same_body(ADULT, mirrored)


def test_walking_at_a_run_is_no_surprise():
    course = Continuity(ADULT, time_s=0.0)
    for k in range(1, 20):
        step = ADULT + np.array([8.0 * k, 0.0])  # 1.0 body heights a second at 25 Hz
        assert course.surprise(step, time_s=k / 25) < 0.5
        course.accept(step, time_s=k / 25)


def test_rising_from_a_chair_is_no_surprise():
    seated = ADULT + np.array([0.0, 50.0])
    course = Continuity(seated, time_s=0.0)
    for k in range(1, 13):
        step = seated - np.array([0.0, 50.0 * k / 12])
        assert course.surprise(step, time_s=k / 25) < 0.5
        course.accept(step, time_s=k / 25)


@pytest.mark.parametrize(
    "pose",
    [_far(ADULT), CHILD, standing(x=300, feet_y=400, height=310)],
    ids=["away", "child", "giant"],
)
def test_hop_is_a_surprise(pose):
    course = Continuity(ADULT, time_s=0.0)
    for k in range(1, 5):
        course.accept(ADULT, time_s=k / 25)
    assert course.surprise(pose, time_s=5 / 25) > 1


def test_after_hiding_more_is_allowed_but_not_anything():
    course = Continuity(ADULT, time_s=0.0)
    moved = ADULT + np.array([130.0, 0.0])
    assert course.surprise(moved, time_s=0.04) > 1
    assert course.surprise(moved, time_s=0.7) < 1
    assert course.surprise(ADULT + np.array([400.0, 0.0]), time_s=0.7) > 1


def test_prediction_follows_the_course_and_comes_to_rest():
    course = Continuity(ADULT, time_s=0.0)
    for k in range(1, 40):
        course.accept(ADULT + np.array([4.0 * k, 0.0]), time_s=k / 25)  # 100 px/s
    start = course.centre_px[0]
    soon = course.predicted_px(39 / 25 + 0.04)[0] - start
    late = course.predicted_px(39 / 25 + 5.0)[0] - start
    assert soon == pytest.approx(4.0, rel=0.1)
    assert late == pytest.approx(40.0, rel=0.1)


def test_head_down_is_told_from_standing_and_bending():
    points = standing(x=100, feet_y=300, height=200)
    assert not head_down(points)
    bent = points.copy()
    bent[:23] = bent[[23, 24]].mean(axis=0) + (bent[:23] - bent[[23, 24]].mean(axis=0)) @ [
        [0.0, 1.0],
        [-1.0, 0.0],
    ]
    assert not head_down(bent)
    assert head_down(points * (1, -1) + np.array([0, 500]))
