"""A walk is cut where a hand lets go or takes hold, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gaitcheck.gait.parts import UNSURE_S, Part, part_of, parts_of
from gaitcheck.gait.support import judge_support
from gaitcheck.time import Interval
from tests.gait.bodies import Arm, Walker, free, guard, handle, hanging, swinging, then
from tests.gait.looks import looked_at

WALK = Interval(0.3, 7.5)
CHANGE_S = 3.6


def changing(first: Arm, second: Arm, at_s: float = CHANGE_S) -> Arm:
    return then(first, second, at_s, takes_s=0.4)


def walking(left: Arm, right: Arm, **more: object) -> Walker:
    more = {"n_steps": 14, "duration_s": 8.0, "start": (-2.5, 0.0), **more}
    return Walker(left_arm=left, right_arm=right, **more)


def cuts(who: Walker) -> list[float]:
    """Times of the cuts: held parts reach past them."""
    parts = parts_of(looked_at(who), WALK)
    return [
        after.span.start_s if before.held else before.span.end_s
        for before, after in pairwise(parts)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(handle, swinging(), id="lets go of a frame"),
        pytest.param(swinging(), handle, id="takes hold of a frame"),
    ],
)
def test_a_walk_is_cut_where_both_hands_let_go_or_take_hold(first: Arm, second: Arm) -> None:
    arm = changing(first, second)
    (cut,) = cuts(walking(arm, arm))
    assert cut == pytest.approx(CHANGE_S + 0.2, abs=0.5)


def test_one_hand_is_enough() -> None:
    (cut,) = cuts(walking(swinging(), changing(handle, swinging())))
    assert cut == pytest.approx(CHANGE_S + 0.2, abs=0.5)


def test_a_hold_between_two_free_parts_is_a_part_of_its_own() -> None:
    arm = changing(changing(swinging(), handle, 2.2), swinging(), 4.8)
    first, second = cuts(walking(arm, arm))
    assert first == pytest.approx(2.4, abs=0.5)
    assert second == pytest.approx(5.0, abs=0.5)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(swinging(), swinging(), id="free"),
        pytest.param(handle, handle, id="at a frame"),
        pytest.param(
            changing(guard, swinging()), changing(guard, swinging()), id="guard goes down"
        ),
        pytest.param(*[changing(handle, hanging)] * 2, id="free is not seen"),
        pytest.param(changing(handle, swinging(), 6.6), swinging(), id="too late to be told"),
    ],
)
def test_nothing_is_cut_where_no_hold_is_seen_to_begin_or_end(left: Arm, right: Arm) -> None:
    assert parts_of(looked_at(walking(left, right)), WALK) == (Part(WALK),)


def test_a_hand_out_of_sight_cuts_nothing() -> None:
    arm = changing(handle, swinging())
    assert cuts(walking(swinging(), arm, wrist_visibility=(0.95, 0.2))) == []


@pytest.mark.parametrize("walk", [Interval(20.0, 25.0), Interval(1.0, 1.0), Interval(1.0, 1.2)])
def test_where_nobody_is_seen_or_hardly_nothing_is_cut(walk: Interval) -> None:
    assert parts_of(looked_at(free()), walk) == (Part(walk),)


def test_nothing_is_cut_where_nobody_saw_the_hold() -> None:
    arm = changing(handle, swinging())
    assert cuts(walking(arm, arm, gaps=((0.2, CHANGE_S),))) == []


def test_a_held_part_reaches_past_the_cut() -> None:
    arm = changing(handle, swinging())
    held, free_again = parts_of(looked_at(walking(arm, arm)), WALK)
    assert (held.held, free_again.held) == (True, False)
    assert held.span.end_s == pytest.approx(free_again.span.start_s + UNSURE_S)


def test_where_nobody_looked_at_the_hands_nothing_is_cut() -> None:
    arm = changing(handle, swinging())
    assert parts_of(walking(arm, arm).track(), WALK) == (Part(WALK),)


class TestPartOf:
    HELD = Part(Interval(0.0, 3.6), held=True)
    FREE = Part(Interval(3.0, 6.0))

    @pytest.mark.parametrize(
        ("start_s", "end_s", "expected"),
        [
            pytest.param(1.0, 1.5, (HELD, True), id="before"),
            pytest.param(2.8, 3.4, (HELD, False), id="across the cut"),
            pytest.param(3.1, 3.6, (HELD, False), id="after it, but near"),
            pytest.param(3.6, 4.1, (FREE, True), id="after"),
        ],
    )
    @pytest.mark.parametrize("order", [1, -1])
    def test_a_step_in_doubt_goes_to_the_held_part(
        self, start_s: float, end_s: float, expected: tuple[Part, bool], order: int
    ) -> None:
        assert part_of((self.HELD, self.FREE)[::order], Interval(start_s, end_s)) == expected


def test_steps_after_a_frame_was_let_go_are_free_and_those_before_are_not() -> None:
    arm = changing(handle, swinging())
    who = walking(arm, arm)
    track = looked_at(who)
    at_frame = track.time_s < CHANGE_S
    track = replace(track, things=np.where(at_frame[:, None], 1.0, track.things))
    judged = judge_support(track, who.steps())
    supports = {s.contact_s: s.support for s in judged.steps}
    assert {s for t, s in supports.items() if t < CHANGE_S} == {"object_moving"}
    assert {s for t, s in supports.items() if t > CHANGE_S + 1.5} == {"none"}
    between = [d for d in judged.details if d.cause.what == "hold_changes"]
    assert between
    assert {d.support for d in between} == {"unknown"}
    assert any("a hand lets go or takes hold" in reason.text for reason in judged.reasons)
