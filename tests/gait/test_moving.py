"""Which foot moves when."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.moving import moving_feet
from gaitcheck.gait.signals import WalkSignals, runs, walk_signals
from gaitcheck.gait.speeds import speed_odds

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.55, step_m=0.6)


def moves(even: WalkSignals) -> np.ndarray:
    return moving_feet(even, speed_odds(even))


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
