"""Slow swings, found by the place where a foot stands before and after."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.learned import FeetOdds
from gaitcheck.gait.moving import STOP_ODDS, moving_feet
from gaitcheck.gait.shifts import shifted_feet
from gaitcheck.gait.signals import WalkSignals, runs, walk_signals
from gaitcheck.gait.speeds import speed_odds

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.7, step_m=0.4)
OPEN = FeetOdds(np.zeros((2000, 2)), np.zeros((2000, 2)))
"""Nothing was learned of that walk."""


def moves(even: WalkSignals) -> np.ndarray:
    speed = speed_odds(even)
    return moving_feet(even, FeetOdds(speed, np.full_like(speed, STOP_ODDS)))


def signals() -> WalkSignals:
    found = walk_signals(w.make_track(WALK))
    assert found is not None
    return found


def without(moving: np.ndarray, foot: int, number: int) -> np.ndarray:
    """The same as if one swing had not shown in the speed."""
    out = moving.copy()
    start, end = runs(moving[:, foot])[number]
    out[start:end, foot] = False
    return out


def test_a_swing_that_the_speed_does_not_show_is_found_by_its_place() -> None:
    even = signals()
    moving = moves(even)
    for foot in (0, 1):
        for number, (start, end) in enumerate(runs(moving[:, foot])):
            found = runs(shifted_feet(even, without(moving, foot, number), odds=OPEN)[:, foot])
            assert len(found) == len(runs(moving[:, foot]))
            assert abs(found[number][0] - start) < 25
            assert abs(found[number][1] - end) < 25


@pytest.mark.parametrize("which", ["moving", "landing"])
def test_a_swing_that_what_was_learned_denies_is_none(which: str) -> None:
    even = signals()
    slow = without(moves(even), 0, 1)
    denied = replace(OPEN, **{which: np.full((2000, 2), -4.0)})
    assert shifted_feet(even, slow, odds=OPEN).sum() > slow.sum()
    assert (shifted_feet(even, slow, odds=denied) == slow).all()


def test_what_the_speed_shows_stays_as_it_is() -> None:
    even = signals()
    moving = moves(even)
    assert (shifted_feet(even, moving, odds=OPEN) == moving).all()


def test_a_camera_that_shifts_moves_no_foot() -> None:
    even = signals()
    moving = without(moves(even), 0, 0)
    drift = np.where(even.time_s > even.time_s[-1] / 2, 0.4, 0.0)[:, None, None]
    places = np.nanmedian(even.feet_px, axis=0)[None] + drift * even.leg_px[:, None, None]
    assert (shifted_feet(replace(even, feet_px=places), moving, odds=OPEN) == moving).all()


def test_a_foot_does_not_step_twice_in_turn() -> None:
    even = signals()
    moving = moves(even)
    first = runs(moving[:, 0])[0]
    lone = np.zeros_like(moving)
    lone[first[0] : first[1], 0] = True
    still = even.feet_px.copy()
    still[:, 1] = even.feet_px[0, 1]
    assert (shifted_feet(replace(even, feet_px=still), lone, odds=OPEN) == lone).all()
