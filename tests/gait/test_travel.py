"""Which steps in a row are a walk: under a camera that goes along, while turning, while gliding."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.contacts import Swing, find_swings
from gaitcheck.gait.signals import WalkSignals, walk_signals
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.travel import glides_along, steps_that_travel
from gaitcheck.people.track import Track

sys.path.insert(0, str(Path(__file__).parent))
import walker as w


@pytest.fixture(scope="module")
def track() -> Track:
    return w.make_track(w.straight(n_steps=6, step_s=0.55, step_m=0.6))


@pytest.fixture(scope="module")
def signals(track: Track) -> WalkSignals:
    found = walk_signals(track)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def bout(signals: WalkSignals) -> list[Swing]:
    return find_swings(signals)


def followed(track: Track, part: float) -> Track:
    """Show it by a camera that follows by a part of the way, and nobody noticed."""
    hips = np.nanmean(track.points_px[:, 23:25], axis=1)
    way = part * (hips - hips[0])
    return replace(track, points_px=track.points_px - way[:, None])


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9])
def test_a_walk_before_a_camera_that_goes_along_is_a_walk(track: Track, part: float) -> None:
    assert len(find_steps(followed(track, part)).steps) >= 5


def test_feet_that_come_back_are_no_walk(signals: WalkSignals, bout: list[Swing]) -> None:
    """Every other pair of steps goes back: also while the camera sways along."""
    middle = signals.feet_px.mean(axis=1, keepdims=True)
    still = replace(signals, feet_px=signals.feet_px - middle, up_px=0 * signals.up_px)
    here = [replace(s, from_px=(0.0, 0.0), to_px=(0.0, 0.0)) for s in bout]
    assert steps_that_travel(still, here) == set(range(len(bout)))
    sign = np.ones(len(signals.time_s))
    for swing in bout[2:4]:
        sign[swing.start : swing.end] = -1
    ways = np.diff(still.feet_px, axis=0, prepend=still.feet_px[:1]) * sign[:, None, None]
    danced = replace(still, feet_px=ways.cumsum(axis=0))
    assert steps_that_travel(danced, here) == set()


@pytest.mark.parametrize(
    ("turn", "odds", "last"),
    [
        pytest.param(0.0, -0.5, 7, id="one more that does not turn"),
        pytest.param(0.9, -0.5, 9, id="three that turn"),
        pytest.param(0.9, -2.0, 6, id="none that does not land"),
    ],
)
def test_steps_on_the_spot_that_belong_to_a_walk(turn: float, odds: float, last: int) -> None:
    """Of twelve steps the first four go somewhere; the window of the fourth reaches the seventh."""
    track = w.make_track(w.straight(n_steps=12, step_s=0.55, step_m=0.6, start=(-3.0, 0.0)))
    signals = walk_signals(track)
    assert signals is not None
    bout = find_swings(signals)
    places = {swing.foot: swing.to_px for swing in bout[2:4]}
    for k in range(4, 12):
        there = places[bout[k].foot]
        bout[k] = replace(bout[k], from_px=there, to_px=there, way_legs=0.06, landing_odds=odds)
    hips = signals.up_px.copy()
    hips[bout[6].end :] = hips[bout[6].end]
    facing = np.interp(signals.time_s, (signals.time_s[bout[4].end], signals.time_s[-1]), (0, turn))
    turning = replace(signals, toward=facing, up_px=hips)
    assert steps_that_travel(turning, bout) == set(range(last + 1))


@pytest.mark.parametrize(
    ("odds", "along", "expected"),
    [
        pytest.param(-1.0, 0.6, True, id="a scooter is pushed"),
        pytest.param(1.0, 0.6, False, id="landings are seen"),
        pytest.param(-1.0, 0.0, False, id="the other foot stands"),
        pytest.param(-1.0, 1.5, False, id="legs are exchanged"),
    ],
)
def test_gliding(
    signals: WalkSignals, bout: list[Swing], odds: float, along: float, expected: bool
) -> None:
    feet = signals.feet_px.copy()
    for swing in bout:
        rows = slice(swing.start, swing.end)
        feet[rows, 1 - swing.foot] = feet[swing.start, 1 - swing.foot] + along * (
            feet[rows, swing.foot] - feet[swing.start, swing.foot]
        )
    unsure = [replace(swing, landing_odds=odds) for swing in bout]
    assert glides_along(replace(signals, feet_px=feet), unsure) == expected
