"""Which foot moves when."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.learned import FeetOdds
from gaitcheck.gait.moving import STOP_ODDS, moving_feet
from gaitcheck.gait.signals import WalkSignals, runs, walk_signals
from gaitcheck.gait.speeds import speed_odds

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.55, step_m=0.6)


def moves(even: WalkSignals) -> np.ndarray:
    speed = speed_odds(even)
    return moving_feet(even, FeetOdds(speed, np.full_like(speed, STOP_ODDS)))


def signals() -> WalkSignals:
    found = walk_signals(w.make_track(WALK))
    assert found is not None
    return found


def test_feet_take_turns() -> None:
    moving = moves(signals())
    assert sum(len(runs(moving[:, foot])) for foot in (0, 1)) == 6
    assert not moving.all(axis=1).any()


@pytest.mark.parametrize("peak", [1.5, 4.0, 8.0])
def test_a_short_rattle_of_a_standing_foot_is_no_movement(peak: float) -> None:
    even = signals()
    before = moves(even)
    speed = even.speed.copy()
    middle = runs(before[:, 0])[1]
    at = (middle[0] + middle[1]) // 2
    speed[at - 4 : at + 4, 1] += peak * np.hanning(8)
    assert len(runs(moves(replace(even, speed=speed))[:, 1])) == len(runs(before[:, 1]))


def test_gaps_stand() -> None:
    even = signals()
    valid = even.valid.copy()
    valid[100:160] = False
    speed = np.where(valid[:, None], even.speed, np.nan)
    assert not moves(replace(even, speed=speed, valid=valid))[100:160].any()


@pytest.mark.parametrize(("landed", "found"), [(1.0, 1), (STOP_ODDS, 0), (-8.0, 0)])
def test_a_faint_swing_counts_where_the_foot_clearly_lands(landed: float, found: int) -> None:
    even = signals()
    moving = np.full((len(even.time_s), 2), -3.0)
    landing = np.full_like(moving, -8.0)
    moving[100:135, 0] = 0.5
    landing[133:138, 0] = landed
    assert len(runs(moving_feet(even, FeetOdds(moving, landing))[:, 0])) == found


def test_a_swing_ends_where_the_foot_lands_though_the_movement_says_little() -> None:
    even = signals()
    moving = np.full((len(even.time_s), 2), -3.0)
    landing = np.full_like(moving, -8.0)
    moving[100:130, 0], moving[130:160, 0] = 3.0, 0.0
    landing[143:148, 0] = 1.0
    ((_, end),) = runs(moving_feet(even, FeetOdds(moving, landing))[:, 0])
    assert 143 <= end <= 148
