"""A hold that begins or ends while two go on side by side."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.support import judge_support
from tests.gait import bodies
from tests.gait.bodies import ARMS_ALONE, UP, Walker, free

CHANGE_S = 4.0
STEPS = {"step_s": 0.5, "n_steps": 14, "duration_s": 8.0}

HELD_UP = (1.0, 1.3)
"""Whose arm does not hang while an adult's hand holds theirs; that two adults go hand in hand says
nothing of support."""


def hand_in_hand(height_m: float, heading_deg: float, *, first: bool) -> tuple[Walker, Walker]:
    """Give two who are hand in hand until `CHANGE_S`, or (not ``first``) from then on."""
    place = {**STEPS, "step_m": 0.25 * height_m, "heading_deg": heading_deg}
    plain = free(**place, height_m=height_m, start=(-1.0, 0.0))
    away = 0.3 + 0.2 * height_m
    swings = bodies.swinging()

    def joins(walker: Walker, side: int, t: float) -> np.ndarray:
        if (t < CHANGE_S) != first:
            return swings(walker, side, t)
        up = 0.15 if height_m < 1.5 else -0.1
        return plain.pelvis(t) + plain.left * (0.55 * away) + UP * up

    x, z, _ = np.array([-1.0, 0.0, 0.0]) + plain.left * away
    person = Walker(joins, swings, **place, height_m=height_m, start=(-1.0, 0.0))
    other = Walker(swings, joins, **place, height_m=1.7, start=(x, z), person=2, seed=1)
    return person, other


@pytest.mark.parametrize("heading_deg", [45.0, 90.0, 270.0])
@pytest.mark.parametrize("height_m", [1.0, 1.3, 1.7])
def test_free_from_when_the_hands_part_and_not_before(height_m, heading_deg):
    person, other = hand_in_hand(height_m, heading_deg, first=True)
    steps = judge_support(
        person.track(), person.steps(), others=[other.track()], settings=ARMS_ALONE
    ).steps
    held = [s.support for s in steps if s.contact_s <= CHANGE_S + 0.01]
    after = [s.support for s in steps if s.contact_s > CHANGE_S + 0.01]
    assert set(held) <= {"person", "unknown"}
    told = "person" if height_m in HELD_UP else "unknown"
    assert held.count(told) >= len(held) - 1
    assert after.count("none") >= len(after) - 1
    assert after[0] == "none"


@pytest.mark.parametrize("heading_deg", [45.0, 90.0, 270.0])
@pytest.mark.parametrize("height_m", [1.0, 1.3, 1.7])
def test_held_from_when_the_hands_meet(height_m, heading_deg):
    person, other = hand_in_hand(height_m, heading_deg, first=False)
    steps = judge_support(
        person.track(), person.steps(), others=[other.track()], settings=ARMS_ALONE
    ).steps
    before = [s.support for s in steps if s.contact_s <= CHANGE_S + 0.01]
    after = [s.support for s in steps if s.contact_s > CHANGE_S + 0.01]
    assert before.count("none") >= len(before) - 2
    assert set(after) <= {"person", "unknown"}
    told = "person" if height_m in HELD_UP else "unknown"
    assert after.count(told) >= len(after) - 1
