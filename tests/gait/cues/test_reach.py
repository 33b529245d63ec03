"""Who may be touching the person."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.reach import person_in_reach
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free
from tests.gait.cues.pairs import BESIDE, CHILD, at_trunk, between


def test_reach_near_far_and_in_depth():
    child = free(**CHILD)
    near = free(**{**BESIDE, "start": (-1.0, 0.4), "wrist_visibility": (0.6, 0.6)})
    ahead = free(**{**BESIDE, "start": (1.5, 0.0)})
    behind = free(**{**BESIDE, "start": (-1.0, 12.0)})
    assert between(person_in_reach, child, near) > 0.5
    assert between(person_in_reach, child, ahead) == 0
    assert between(person_in_reach, child, behind) == 0


def test_a_hidden_hand_may_be_anywhere_its_arm_reaches():
    child = free(**CHILD)
    place = {**BESIDE, "start": (-0.65, 0.0)}
    seen = Walker(bodies.hanging, bodies.hanging, **place)
    hidden = Walker(bodies.hanging, bodies.hanging, wrist_visibility=(0.1, 0.1), **place)
    assert between(person_in_reach, child, seen) < 0.3
    assert between(person_in_reach, child, hidden) > between(person_in_reach, child, seen) + 0.3


def test_a_hand_in_clear_view_touches_only_what_it_is_at():
    child = free(**CHILD)
    place = {**BESIDE, "start": (-1.0, 0.4)}
    beside = free(**place)
    half_seen = free(**place, wrist_visibility=(0.6, 0.6))
    assert between(person_in_reach, child, beside) < between(person_in_reach, child, half_seen)
    at_back = Walker(bodies.at(at_trunk), bodies.swinging(), **{**BESIDE, "start": (-1.4, 0.1)})
    assert between(person_in_reach, child, at_back) > 0.9


@pytest.mark.parametrize(("aside_m", "least", "most"), [(0.0, 0.9, 1.0), (0.3, 0.0, 0.1)])
def test_a_hand_at_the_head_may_be_behind_it(aside_m, least, most):
    child = free(**CHILD)

    def hand(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.42 + child.forward * aside_m

    adult = Walker(bodies.at(hand), bodies.hanging, **{**BESIDE, "start": (-1.6, 0.1)})
    assert least <= between(person_in_reach, child, adult) <= most


@pytest.mark.parametrize(
    ("up_m", "out_m", "least", "most"),
    [
        pytest.param(0.4, 0.36, 0.9, 1.0, id="at the shoulder, where the arm is lost from sight"),
        pytest.param(0.4, 0.65, 0.0, 0.1, id="away from it"),
        pytest.param(0.0, 0.50, 0.0, 0.1, id="hanging"),
    ],
)
def test_a_raised_hand_that_stays_near_may_reach_behind_the_person(up_m, out_m, least, most):
    towards = {"heading_deg": 90.0, "step_m": 0.25}
    person = free(**towards, height_m=1.3, start=(-1.0, 0.0))

    def hand(t: float) -> np.ndarray:
        return person.pelvis(t) + person.left * out_m + UP * up_m

    adult = Walker(
        bodies.hanging, bodies.at(hand), **towards, height_m=1.7, person=2, start=(-0.2, 0.0)
    )
    assert least <= between(person_in_reach, person, adult) <= most


def test_a_hidden_hand_of_the_child_may_be_at_a_hand_its_arm_reaches():
    place = {**BESIDE, "start": (-0.75, 0.0)}
    adult = Walker(bodies.hanging, bodies.hanging, **place)
    seen = free(**CHILD)
    hidden = free(**CHILD, wrist_visibility=(0.2, 0.95))
    assert between(person_in_reach, seen, adult) < 0.3
    assert between(person_in_reach, hidden, adult) > 0.6


@pytest.mark.parametrize(("visibility", "least", "most"), [(0.57, 0.0, 0.4), (0.4, 0.9, 1.0)])
def test_the_own_hands_are_seen_well_enough_or_hidden_with_nothing_between(visibility, least, most):
    child = free(**CHILD, wrist_visibility=(visibility, visibility))
    beside = free(**{**BESIDE, "start": (-1.0, 0.4)})
    assert least <= between(person_in_reach, child, beside) <= most


def test_somebody_who_passes_is_not_in_reach():
    child = free(**CHILD)
    place = {**BESIDE, "start": (2.0, 0.1), "wrist_visibility": (0.1, 0.1)}
    passing = free(**{**place, "heading_deg": 180.0, "step_m": 0.7})
    with_her = free(**{**place, "start": (-1.0, 0.1)})
    assert between(person_in_reach, child, passing) < 0.1
    assert between(person_in_reach, child, with_her) > 0.9
