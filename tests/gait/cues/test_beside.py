"""Somebody who only walks beside the person."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.beside import swings_beside, walks_beside
from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.others import Pair
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free

CHILD = {"height_m": 1.0, "person": 1, "start": (-1.0, 0.0), "step_m": 0.25}
ADULT = {"height_m": 1.7, "person": 2, "step_m": 0.25, "seed": 1}


def scores(
    child: Walker, adult: Walker, *, start_s: float = 1.0, end_s: float = 4.0
) -> tuple[float, float]:
    """Give how far the adult swings the arm between the two, and how far that is all."""
    body = body_series(child.track())
    pair = Pair(body, body_series(adult.track(), time_s=body.time_s))
    walk = (body.time_s > start_s) & (body.time_s < end_s)
    swings = swings_beside(pair)
    only, swung = (np.nan_to_num(s[walk]).mean() for s in (walks_beside(pair, swings), swings))
    return float(swung), float(only)


def score(child: Walker, adult: Walker, *, start_s: float = 1.0, end_s: float = 4.0) -> float:
    return scores(child, adult, start_s=start_s, end_s=end_s)[1]


def beside(away_m: float, **more: object) -> Walker:
    return free(**{**ADULT, "start": (-1.0, away_m), **more})


@pytest.mark.parametrize("heading_deg", [45.0, 90.0, 200.0, 270.0])
@pytest.mark.parametrize("away_m", [0.55, -0.55])
def test_whoever_walks_at_the_side_and_swings_the_arm_between(away_m, heading_deg):
    child = free(**{**CHILD, "heading_deg": heading_deg})
    x, away, _ = np.array([-1.0, 0.0, 0.0]) + child.left * away_m
    assert score(child, beside(0.0, start=(x, away), heading_deg=heading_deg)) > 0.8


@pytest.mark.parametrize(("hidden", "least", "most"), [(0, 0.8, 1.0), (1, 0.0, 0.2)])
def test_it_is_the_arm_between_that_must_be_seen(hidden, least, most):
    # farther from the camera and going right: the adult's right hand is the one between
    visibility = [0.95, 0.95]
    visibility[hidden] = 0.1
    adult = beside(0.7, wrist_visibility=tuple(visibility))
    assert least <= score(free(**CHILD), adult) <= most


@pytest.mark.parametrize("start", [(-1.5, 0.0), (-1.5, 0.1), (-1.45, -0.1)])
def test_whoever_walks_behind_may_hold(start):
    assert score(free(**CHILD), free(**{**ADULT, "start": start})) < 0.2


def test_a_hand_that_holds_does_not_swing():
    child = free(**CHILD)

    def hand(t: float) -> np.ndarray:
        return child.pelvis(t) + np.array([0.0, 0.25, 0.1])

    adult = Walker(bodies.swinging(), bodies.at(hand), **ADULT, start=(-1.0, 0.55))
    assert score(child, adult) < 0.2


def test_whoever_stands_has_no_side():
    child = free(**{**CHILD, "step_m": 0.0})
    assert score(child, beside(0.55, step_m=0.0)) == 0


def test_a_hand_at_the_trunk_does_not_swing():
    child = free(**CHILD)

    def trunk(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.2

    adult = Walker(bodies.at(trunk), bodies.at(trunk), **ADULT, start=(-1.0, 0.5))
    assert score(child, adult) < 0.2


def test_whoever_had_a_hand_at_the_trunk_a_moment_ago_may_hold():
    child = free(**CHILD)
    swings = bodies.swinging()

    def trunk(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.2

    def lets_go(walker: Walker, side: int, t: float) -> np.ndarray:
        return trunk(t) if t < 2.5 else swings(walker, side, t)

    place = {**ADULT, "start": (-1.0, 0.7)}
    assert score(child, Walker(swings, swings, **place)) > 0.8
    assert score(child, Walker(lets_go, swings, **place)) < 0.3


def test_a_child_may_cling_to_somebody_bigger():
    place = {"heading_deg": 45.0}
    x, away, _ = np.array([-1.0, 0.0, 0.0]) + free(**CHILD, **place).left * 0.6
    adult = free(**ADULT, **place, start=(x, away))

    def trunk(t: float) -> np.ndarray:
        return adult.pelvis(t) + UP * 0.2

    clings = Walker(bodies.at(trunk), bodies.swinging(), **CHILD, **place)
    assert score(free(**CHILD, **place), adult) > 0.8
    swings, only = scores(clings, adult)
    assert swings > 0.8
    assert only < 0.3


def test_a_hand_that_lets_go_was_held_until_then():
    x, away, _ = np.array([-1.0, 0.0, 0.0]) + free(**CHILD, heading_deg=45.0).left * 0.6
    plain = free(**CHILD, heading_deg=45.0)
    swings = bodies.swinging()

    def joined(walker: Walker, side: int, t: float) -> np.ndarray:
        hand = plain.pelvis(t) + plain.left * 0.3 + UP * 0.15
        return hand if t < 2.5 else swings(walker, side, t)

    child = Walker(joined, swings, **CHILD, heading_deg=45.0)
    place = {**ADULT, "start": (x, away), "heading_deg": 45.0}
    adult = Walker(swings, joined, **place)
    assert score(child, adult, start_s=0.5, end_s=2.3) < 0.1
    assert score(child, adult, start_s=3.0, end_s=4.0) > 0.8
