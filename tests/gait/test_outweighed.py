"""What leaves a step open, outweighed by arms that are carried as free ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.features import OF_BODY, OF_HANDS, StepFeatures
from gaitcheck.gait.judge import HeldJudge
from gaitcheck.gait.parts import Part
from gaitcheck.gait.reasons import Cause
from gaitcheck.gait.spans import HOLD_CHANGES, _changing
from gaitcheck.gait.support import conclude, judge_support, support_evidence
from gaitcheck.time import Interval
from tests.gait.bodies import free
from tests.gait.looks import hips, looked_at, seen_at

RAIL = Cause("rail_at_hand", ("left",))
DOUBTED = StepSupport("unknown", 0.4, cause=RAIL)
TRUSTING = HeldJudge(-9.0, {}, 0.5)


def arms(at_hold: float) -> StepFeatures:
    """Features of a step both of whose arms are carried so much as at something fixed."""
    hands = np.zeros((2, len(OF_HANDS)))
    hands[:, OF_HANDS.index("at_hold")] = at_hold
    return StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)


def weighable(at_hold: float) -> StepSupport:
    return StepSupport("unknown", 0.0, features=arms(at_hold), alone=True)


def said(detail: StepSupport, judge: HeldJudge = TRUSTING) -> set[tuple[str, str]]:
    """What is said of a walk of such steps."""
    steps = free().steps()
    out = conclude(steps, [detail] * len(steps), judge=judge)
    return {(one.support, one.cause.what) for one in out}


def test_a_rail_that_may_be_there_is_outweighed_by_arms_that_swing_and_by_no_others():
    assert {s.support for s in judge_support(seen_at(free(), rails=0.3), free().steps()).steps} == {
        "none"
    }
    at_hips = judge_support(seen_at(hips(), rails=0.3), hips().steps())
    assert {d.cause.what for d in at_hips.details} == {"rail_at_hand"}


@pytest.mark.parametrize(
    ("at_hold", "answer"), [(0.2, ("none", "both_hands_free")), (0.4, ("unknown", "rail_at_hand"))]
)
def test_a_doubt_stands_unless_the_arms_are_carried_as_free_ones(at_hold, answer):
    assert said(replace(DOUBTED, otherwise=weighable(at_hold))) == {answer}


def test_a_doubt_that_nothing_outweighs_stands():
    assert said(DOUBTED) == {("unknown", "rail_at_hand")}


def test_a_step_that_the_judge_leaves_open_too_keeps_its_doubt():
    strict = HeldJudge(0.0, {}, 0.01)
    assert said(replace(DOUBTED, otherwise=weighable(0.1)), strict) == {("unknown", "rail_at_hand")}


def test_where_a_hold_changes_the_step_is_open_but_for_arms_carried_as_free_ones():
    changing = _changing(weighable(0.1))
    assert (changing.cause, changing.features) == (HOLD_CHANGES, None)
    assert said(changing) == {("none", "both_hands_free")}
    assert said(_changing(weighable(0.4))) == {("unknown", "hold_changes")}


def test_where_a_hold_changes_another_doubt_is_not_outweighed():
    torn = replace(DOUBTED, features=replace(arms(0.1), glimpsed=False))
    assert said(_changing(torn)) == {("unknown", "hold_changes")}


def test_a_rail_alone_can_be_outweighed_and_beside_straps_it_cannot():
    steps = free().steps()
    rail = support_evidence(seen_at(free(), rails=0.3), steps)
    straps_too = support_evidence(seen_at(free(), rails=0.3, above=0.9), steps)
    nothing = support_evidence(looked_at(free()), steps)
    assert all(one.otherwise is not None and one.otherwise.open_features for one in rail)
    assert {one.otherwise for one in (*straps_too, *nothing)} == {None}


def test_the_part_of_the_walk_stays():
    part = Part(Interval(0.0, 9.0)).span
    detail = replace(DOUBTED, part=part, otherwise=weighable(0.1))
    steps = free().steps()
    out = conclude(steps, [detail] * len(steps), judge=TRUSTING)
    assert {one.part for one in out} == {part}
