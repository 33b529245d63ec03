"""A hand on a sofa before the first step, or after the last, is not free until it comes down."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.gait.held_out import LEAVES_S, times_of_hands_held_out
from gaitcheck.gait.support import judge_support
from gaitcheck.people.track import Track
from gaitcheck.time import Interval
from tests.gait.bodies import Arm, Walker, guard, hanging, rigid, swinging, then
from tests.gait.looks import looked_at, seen_at

FIRST_S, LAST_S = 1.5, 7.5
WALK = Interval(FIRST_S - 0.25, LAST_S)
RELEASE_S = 2.6
GRASP_S = 6.2
on_sofa = rigid(0.15, 0.08, -0.2)


def walking(left: Arm, right: Arm, **more: object) -> Walker:
    more = {"first_s": FIRST_S, "n_steps": 12, "duration_s": 9.0, "start": (-2.5, 0.0), **more}
    return Walker(left_arm=left, right_arm=right, **more)


def lets_go(first: Arm = on_sofa, second: Arm | None = None) -> Arm:
    return then(first, second or swinging(), RELEASE_S, takes_s=0.3)


def held_out(track: Track, walk: Interval = WALK) -> tuple[Interval, ...]:
    return times_of_hands_held_out(track, walk, measure_cues(track))


@pytest.mark.parametrize("side", [0, 1])
def test_a_hand_out_in_standing_counts_as_there_until_it_comes_down(side: int) -> None:
    arms = (lets_go(), swinging())
    (span,) = held_out(walking(*arms[:: 1 - 2 * side]).track())
    assert span.start_s == WALK.start_s
    assert span.end_s == pytest.approx(RELEASE_S + 0.1, abs=0.2)


def test_a_hand_out_after_the_walk_counts_as_there_since_it_went_up() -> None:
    who = walking(swinging(), then(swinging(), on_sofa, GRASP_S, takes_s=0.3))
    (span,) = held_out(who.track())
    assert span.start_s == pytest.approx(GRASP_S + 0.2, abs=0.2)
    assert span.end_s == WALK.end_s


def test_from_one_sofa_to_the_next_both_ends_count() -> None:
    arm = then(lets_go(), on_sofa, GRASP_S, takes_s=0.3)
    first, last = held_out(walking(arm, swinging()).track())
    assert first.start_s == WALK.start_s
    assert last.end_s == WALK.end_s
    assert first.end_s < last.start_s


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(swinging(), swinging(), id="free"),
        pytest.param(on_sofa, swinging(), id="carried like that all the way"),
        pytest.param(lets_go(hanging), swinging(), id="hanging"),
    ],
)
def test_other_arms_say_nothing(left: Arm, right: Arm) -> None:
    assert held_out(walking(left, right).track()) == ()


def both_out(arm: Arm = guard, **seen: float) -> tuple[Interval, ...]:
    return held_out(seen_at(walking(lets_go(arm), lets_go(arm)), **seen))


@pytest.mark.parametrize(
    "seen",
    [{"rails": 0.2, "walls": 0.2}, {"below": 0.8, "walls": 0.2}, {"rails": np.nan, "walls": 0.2}],
)
def test_both_hands_out_count_as_there_while_something_may_be_at_them(seen: dict) -> None:
    (span,) = both_out(**seen)
    assert span.start_s == WALK.start_s
    assert RELEASE_S - 0.1 < span.end_s <= WALK.start_s + LEAVES_S


def test_both_hands_that_stay_out_count_for_some_seconds() -> None:
    who = seen_at(walking(guard, guard), below=0.8, walls=0.2)
    assert held_out(who) == (Interval(WALK.start_s, WALK.start_s + LEAVES_S),)


@pytest.mark.parametrize(
    ("arm", "seen"),
    [
        pytest.param(guard, {}, id="guard with nothing there"),
        pytest.param(guard, {"rails": 0.2}, id="something far behind"),
        pytest.param(hanging, {"below": 0.8, "walls": 0.2}, id="hanging beside something"),
        pytest.param(rigid(0.15, 0.08, -0.26), {"below": 0.8, "walls": 0.2}, id="low"),
    ],
)
def test_both_hands_are_free_where_nothing_is_or_they_are_low(arm: Arm, seen: dict) -> None:
    assert both_out(arm, **seen) == ()


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"wrist_visibility": (0.05, 0.95)}, id="hand hidden"),
        pytest.param({"gaps": ((0.0, FIRST_S - 0.2),)}, id="not seen in standing"),
        pytest.param({"gaps": ((0.0, 20.0),)}, id="nobody seen"),
    ],
)
def test_what_is_not_seen_says_nothing(more: dict) -> None:
    assert held_out(walking(lets_go(), swinging(), **more).track()) == ()


def test_a_hand_out_of_sight_for_a_moment_is_still_there() -> None:
    who = walking(lets_go(), swinging(), gaps=((1.9, 2.2),))
    (span,) = held_out(who.track())
    assert span.end_s == pytest.approx(RELEASE_S + 0.1, abs=0.2)


def test_a_walk_outside_the_track_says_nothing() -> None:
    assert held_out(walking(lets_go(), swinging()).track(), Interval(20, 25)) == ()


def test_first_steps_with_the_hand_out_are_not_told_free_and_later_ones_are() -> None:
    """As if the hand were on something that no picture shows."""
    who = walking(lets_go(), swinging())
    judged = judge_support(looked_at(who), who.steps())
    first = [s.support for s in judged.steps if s.contact_s < RELEASE_S]
    later = [s.support for s in judged.steps if s.contact_s > RELEASE_S + 1.0]
    assert np.all(np.array(first) == "unknown")
    assert np.all(np.array(later) == "none")
    assert any("a hand lets go or takes hold" in reason.text for reason in judged.reasons)
