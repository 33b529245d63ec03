"""Somebody too small to hold the person up, and the hands that lead them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.body import ANKLES, HIPS, KNEES, SHOULDERS, body_series
from gaitcheck.gait.cues.led import hand_leads, other_is_small, size_of
from gaitcheck.gait.cues.others import Pair
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free

CHILD = {"height_m": 1.0, "person": 1, "start": (-1.0, 0.0), "step_m": 0.25}
BESIDE = {"height_m": 1.7, "person": 2, "start": (-1.0, 0.55), "step_m": 0.25, "seed": 1}


def pair(one: Walker, two: Walker) -> Pair:
    body = body_series(one.track())
    return Pair(body, body_series(two.track(), time_s=body.time_s))


def leads(one: Walker, two: Walker) -> np.ndarray:
    both = pair(one, two)
    walk = (both.body.time_s > 1.0) & (both.body.time_s < 4.0)
    return np.asarray(np.nanmean(hand_leads(both)[walk], axis=0))


def joined(t: float) -> np.ndarray:
    return free(**CHILD).pelvis(t) + np.array([0.05, 0.28, 0.2])


def test_the_smaller_of_two():
    child, adult = free(**CHILD), free(**BESIDE)
    assert other_is_small(pair(adult, child)).min() == 1
    assert other_is_small(pair(child, adult)).max() == 0


def test_nobody_grows():
    adult, child = free(**BESIDE), free(**CHILD, gaps=((1.5, 3.0),))
    assert other_is_small(pair(adult, child)).min() == 1


def test_whoever_is_hardly_seen_has_no_size():
    late = free(**CHILD, gaps=((0.0, 4.8),))
    assert np.isnan(other_is_small(pair(free(**BESIDE, duration_s=5.0), late))).all()


def test_whoever_is_farther_away_looks_smaller():
    one = body_series(free(person=1).track())
    # seen from a hip's height and 3 m away, somebody as big 4 m away
    ground = np.nanmax(one.points_px[:, ANKLES, 1])
    horizon = ground - 2.0 * np.nanmedian(one.trunk_px)
    points = one.points_px * 0.75 + np.array([0.0, 0.25 * horizon])
    far = replace(one, person=2, points_px=points, trunk_px=one.trunk_px * 0.75)
    assert size_of(Pair(one, far)) > 0.9
    here = replace(
        far, points_px=points + np.array([0.0, ground - np.nanmax(points[:, ANKLES, 1])])
    )
    assert size_of(Pair(one, here)) < 0.8


@pytest.mark.parametrize(
    ("joints", "share"), [((SHOULDERS,), 0.75), ((KNEES, ANKLES), 0.8)], ids=["stoops", "bent legs"]
)
def test_a_trunk_that_stoops_or_legs_that_are_bent_make_nobody_small(joints, share):
    both = pair(free(person=1), free(person=2, start=(-1.0, 0.5), seed=1))
    points = both.other.points_px.copy()
    hips = points[:, HIPS].mean(axis=1, keepdims=True)
    for some in joints:
        points[:, some] = hips + share * (points[:, some] - hips)
    trunk = both.other.trunk_px * (share if joints[0] is SHOULDERS else 1.0)
    other = replace(both.other, points_px=points, trunk_px=trunk)
    assert np.nan_to_num(other_is_small(Pair(both.body, other))).max() < 0.2


def test_the_hand_at_a_childs_hand_leads_and_the_other_does_not():
    child = Walker(bodies.at(joined), bodies.swinging(), **CHILD)
    adult = Walker(bodies.swinging(), bodies.at(joined), **BESIDE)
    left, right = leads(adult, child)
    assert right > 0.8
    assert left < 0.2
    assert leads(child, adult).max() == 0


@pytest.mark.parametrize(("height_m", "least", "most"), [(1.3, 0.7, 1.0), (1.42, 0.0, 0.0)])
def test_somebody_a_little_smaller_may_hold_up_the_bigger_one(height_m, least, most):
    child = Walker(bodies.at(joined), bodies.swinging(), **CHILD | {"height_m": height_m})
    adult = Walker(bodies.swinging(), bodies.at(joined), **BESIDE)
    assert least <= leads(adult, child)[1] <= most


def test_the_hand_at_a_childs_trunk_leads():
    child = free(**CHILD)

    def trunk(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.2

    adult = Walker(bodies.swinging(), bodies.at(trunk), **BESIDE | {"start": (-1.2, 0.4)})
    left, right = leads(adult, child)
    assert right > 0.6
    assert left < 0.2


@pytest.mark.parametrize(
    ("away_m", "expected"), [(0.4, 1), (-0.4, 0), (0.0, None)], ids=["right", "left", "ahead"]
)
def test_a_child_at_the_side_holds_an_arm_up_to_the_hand_there_though_nobody_sees_it(
    away_m, expected
):
    child = free(**CHILD)

    def up(t: float) -> np.ndarray:
        return child.pelvis(t) + np.array([0.0, 0.2 if away_m > 0 else -0.2, 0.4])

    arms = (bodies.at(up), bodies.swinging())
    held = Walker(*(arms if away_m >= 0 else arms[::-1]), **CHILD)
    place = {
        "start": (-1.0 if expected is not None else -1.4, away_m),
        "wrist_visibility": (0.1, 0.1),
    }
    adult = Walker(bodies.swinging(), bodies.swinging(), **{**BESIDE, **place})
    found = leads(adult, held)
    assert {side for side in (0, 1) if found[side] > 0.4} == ({expected} - {None})


def test_what_glides_along_as_a_whole_is_no_child():
    child = Walker(bodies.at(joined), bodies.swinging(), **CHILD)
    adult = Walker(bodies.swinging(), bodies.at(joined), **BESIDE)
    both = pair(adult, child)
    points = both.other.points_px.copy()
    hips = points[:, HIPS].mean(axis=1, keepdims=True)
    points[:, ANKLES] = hips + (points[50, ANKLES] - hips[50])
    frame = replace(both.other, points_px=points, room_px=points)
    assert np.nanmax(hand_leads(both)) > 0.8
    assert np.nanmax(hand_leads(Pair(both.body, frame))) == 0
