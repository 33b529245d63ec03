"""Cues between two people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues import others
from gaitcheck.gait.cues.body import BodySeries, body_series
from gaitcheck.gait.cues.others import (
    Pair,
    bodies_coincide,
    hand_at_body,
    hand_at_hand,
    hands_at_body,
    holds_other,
)
from gaitcheck.gait.cues.reach import person_in_reach
from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.pose.landmarks import INDEX, NAMES
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free
from tests.gait.cues.pairs import BESIDE, CHILD, at_trunk, between


def held_hand(t: float) -> np.ndarray:
    """Give the place of joined hands between a child and the adult on its left."""
    return free(**CHILD).pelvis(t) + np.array([0.05, 0.28, 0.2])


def hand_in_hand() -> tuple[Walker, Walker]:
    child = Walker(bodies.at(held_hand), bodies.swinging(), **CHILD)
    adult = Walker(bodies.swinging(), bodies.at(held_hand), **BESIDE)
    return child, adult


def test_a_held_hand():
    left, right = between(hand_at_hand, *hand_in_hand())
    assert left > 0.8
    assert right < 0.3


def test_fingers_are_not_needed():
    child, adult = (who.track() for who in hand_in_hand())
    few = []
    for track in (child, adult):
        points = track.points_px.copy()
        points[:, [INDEX[n] for n in NAMES if "index" in n or "pinky" in n or "eye" in n]] = np.nan
        few.append(replace(track, points_px=points))
    body = body_series(few[0])
    other = body_series(few[1], time_s=body.time_s)
    walk = (body.time_s > 1.0) & (body.time_s < 4.0)
    assert np.nanmean(hand_at_hand(body, other)[walk, 0]) > 0.8


def test_walking_side_by_side_is_not_holding():
    child = free(**CHILD)
    adult = free(**{**BESIDE, "start": (-1.0, 1.5)})
    assert between(hand_at_hand, child, adult).max() < 0.3
    assert between(hand_at_body, child, adult) < 0.3


@pytest.mark.parametrize(
    ("start", "heading"),
    [
        pytest.param((2.5, 0.3), 180.0, id="coming across"),
        pytest.param((0.2, -2.0), -90.0, id="crossing"),
    ],
)
def test_somebody_who_passes_does_not_hold(start, heading):
    child = free(**CHILD)
    other = free(height_m=1.7, person=2, start=start, heading_deg=heading, step_m=0.5, seed=1)
    assert between(hand_at_hand, child, other).max() < 0.2
    assert between(hand_at_body, child, other) < 0.2


def test_hands_at_the_trunk():
    child = free(**CHILD)
    adult = Walker(bodies.at(at_trunk), bodies.at(at_trunk), **{**BESIDE, "start": (-1.4, 0.1)})
    assert between(hand_at_body, child, adult) > 0.7
    assert between(hand_at_body, adult, child) < 0.3


def test_two_tracks_on_one_body():
    one = free(**CHILD)
    assert between(bodies_coincide, one, free(**{**CHILD, "person": 2, "seed": 5})) > 0.9
    assert between(bodies_coincide, *hand_in_hand()) == 0


def test_people_who_never_meet_say_nothing():
    child = free(**CHILD, duration_s=4.0)
    late = free(**{**BESIDE, "gaps": ((0.0, 4.5),)})
    body = body_series(child.track())
    other = body_series(late.track(), time_s=body.time_s)
    for cue in (hand_at_hand, hand_at_body, person_in_reach, bodies_coincide):
        assert np.nan_to_num(cue(body, other)).max() == 0


@pytest.mark.parametrize(
    ("adult_m", "least", "most"),
    [
        pytest.param(1.1, 0.8, 1.0, id="one of the same size"),
        pytest.param(0.7, 0.0, 0.1, id="a child that clings to somebody bigger"),
    ],
)
def test_whoever_holds_somebody_not_bigger_by_the_trunk_leads(adult_m, least, most):
    walker = free(**CHILD)

    def trunk(t: float) -> np.ndarray:
        return walker.pelvis(t) + UP * 0.2

    holder = Walker(
        bodies.at(trunk), bodies.at(trunk), **BESIDE | {"height_m": adult_m, "start": (-1.2, 0.1)}
    )

    def holds(body: BodySeries, other: BodySeries) -> np.ndarray:
        return holds_other(Pair(body, other))

    assert least <= between(holds, holder, walker) <= most
    assert between(holds, walker, holder) < 0.3


def test_hands_of_two_are_measured_once(monkeypatch):
    measured = []

    def counted(body: BodySeries, other: BodySeries) -> np.ndarray:
        measured.append((body.person, other.person))
        return hands_at_body(body, other)

    monkeypatch.setattr(others, "hands_at_body", counted)
    child, adult = (who.track() for who in hand_in_hand())
    measure_cues(child, others=[adult])
    assert sorted(measured) == [(1, 2), (2, 1)]
