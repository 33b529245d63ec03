"""A hand that is not seen again to the end of a walk may have been put on a rail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.gait.lost_hands import times_of_lost_hands
from gaitcheck.gait.support import judge_support
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.time import Interval
from tests.gait.bodies import Walker, swinging
from tests.gait.looks import seen_at

WHO = Walker(
    swinging(),
    swinging(),
    height_m=1.7,
    start=(-2.5, 0.0),
    step_m=0.4,
    first_s=1.0,
    n_steps=12,
    duration_s=8.0,
)
WALK = Interval(0.75, 7.0)
HAND = ("wrist", "pinky", "index", "thumb")


def hidden(*when: tuple[float, float], side: str = "left", rails: float = 0.12) -> Track:
    track = seen_at(WHO, rails=rails)
    visibility = track.visibility.copy()
    for start_s, end_s in when:
        out = (track.time_s >= start_s) & (track.time_s < end_s)
        for part in HAND:
            visibility[out, INDEX[f"{side}_{part}"]] = 0.05
    return replace(track, visibility=visibility)


def lost(track: Track) -> tuple[tuple[Interval, str], ...]:
    return times_of_lost_hands(measure_cues(track), WALK)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_hand_hidden_to_the_end_is_lost_from_then_on(side: str) -> None:
    ((span, hand),) = lost(hidden((4.5, 9.0), side=side))
    assert hand == side
    assert span.start_s == pytest.approx(4.5, abs=0.6)
    assert span.end_s == WALK.end_s


def test_a_hand_hidden_from_the_beginning_is_lost_until_it_is_seen() -> None:
    ((span, hand),) = lost(hidden((0.0, 3.0)))
    assert hand == "left"
    assert span.start_s == WALK.start_s
    assert span.end_s == pytest.approx(3.0, abs=0.6)


def test_a_hand_that_is_hidden_throughout_is_lost_throughout() -> None:
    assert set(lost(hidden((0.0, 9.0)))) == {(WALK, "left")}


@pytest.mark.parametrize(
    "track",
    [
        pytest.param(hidden(), id="in view"),
        pytest.param(hidden((3.0, 4.5)), id="hidden in between"),
        pytest.param(hidden((6.8, 9.0)), id="for less than a step"),
        pytest.param(hidden((4.5, 9.0), rails=0.0), id="nothing along its way"),
    ],
)
def test_other_hands_are_not_lost(track: Track) -> None:
    assert lost(track) == ()


def test_a_walk_of_which_nothing_is_known_says_nothing() -> None:
    assert times_of_lost_hands(measure_cues(hidden()), Interval(20.0, 25.0)) == ()


def test_the_last_steps_with_a_hand_out_of_sight_beside_a_rail_are_not_free() -> None:
    judged = judge_support(hidden((4.5, 9.0)), WHO.steps())
    by_time = {round(s.contact_s, 1): s.support for s in judged.steps}
    assert all(by_time[t] == "unknown" for t in (6.0, 6.5, 7.0))
    assert all(by_time[t] == "none" for t in (2.0, 2.5, 3.0))
    seen = judge_support(hidden(), WHO.steps())
    assert {s.support for s in seen.steps} == {"none"}
    assert np.isfinite([s.held_probability for s in seen.steps]).all()
