"""Steps that are not known to be free, however free the judge thinks them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.features import NO_ARMS, OF_BODY, OF_HANDS, StepFeatures
from gaitcheck.gait.judge import HeldJudge
from gaitcheck.gait.support import conclude, judge_support, support_evidence
from gaitcheck.people.track import STICK_STANDS_S
from gaitcheck.pose.landmarks import INDEX
from tests.gait.bodies import Walker, free, rigid, swinging
from tests.gait.looks import hips, looked_at, seen_at


@pytest.mark.parametrize(("in_step", "said"), [(True, {"unknown"}), (False, {"none"})])
def test_nothing_outweighs_a_stick_that_is_set_down_step_by_step(in_step, said):
    track = seen_at(hips())
    feet = track.points_px[:, [INDEX["left_ankle"], INDEX["right_ankle"]], 0]
    then = np.searchsorted(track.time_s, track.time_s - STICK_STANDS_S)
    left, right = np.abs(feet - feet[then]).T
    stands = left > 1.5 * right if in_step else right > 1.5 * left
    sticks = np.stack([stands, np.zeros(len(track))], axis=1).astype(float)
    judged = judge_support(replace(track, sticks=sticks), hips().steps())
    assert {step.support for step in judged.steps} == said
    if in_step:
        assert {d.cause.what for d in judged.details} == {"stick_in_step"}
        assert "something like a stick" in judged.reasons[0].text


def test_a_hand_of_which_nothing_is_known_before_a_line_leaves_the_step_open_whatever_the_rest():
    """One hand on a rail, slid along it: nothing lags, nothing stands below, the other swings."""
    one = Walker(rigid(0.16, 0.08, -0.2), swinging())
    track = seen_at(one, rails=0.08)
    width, height = track.picture_size
    near = replace(
        track,
        points_px=3.0 * track.points_px,
        boxes_px=3.0 * track.boxes_px,
        picture_size=(3 * width, 3 * height),
    )
    seen = support_evidence(near, one.steps())
    judged = conclude(one.steps(), seen, judge=trusting())
    assert {d.support for d in judged} == {"unknown"}
    assert {d.cause.what for d in judged} == {"rail_at_hand"}
    assert {d.cause.hands for d in judged} == {("left",)}
    assert {s.support for s in judge_support(near, one.steps()).steps} == {"unknown"}


def trusting() -> HeldJudge:
    """A judge to whom every step is free unless it is not known to be."""
    return HeldJudge(-9.0, {}, 0.5)


def held_by_rule(**both: float) -> set[str]:
    """Who says what of steps with such features of both hands, by rules alone."""
    who = free()
    seen = support_evidence(looked_at(who), who.steps())
    hands = np.zeros((2, len(OF_HANDS)))
    hands[:, OF_HANDS.index("at_hold")] = NO_ARMS
    for name, value in both.items():
        hands[:, OF_HANDS.index(name)] = value
    told = StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)
    return {
        f"{d.support} {d.cause.what}"
        for d in conclude(who.steps(), [replace(s, features=told) for s in seen], judge=trusting())
    }


def test_still_hands_before_a_line_are_free_if_both_arms_are_alike():
    still = {"rail_unfree": 1.0, "rail_unswung": 1.0}
    assert held_by_rule(**still) == {"none both_hands_free"}
    assert held_by_rule(**still, bent_alone=0.1) == {"unknown rail_at_hand"}
    assert held_by_rule(**still, still_alone=0.4) == {"unknown rail_at_hand"}


def test_a_hidden_hand_at_which_a_rail_is_not_ruled_out_is_not_known_to_be_free():
    assert held_by_rule(unseen=0.7, rail_unswung=0.4) == {"unknown hand_hidden"}
    assert held_by_rule(unseen=0.7, rail_unswung=0.2) == {"none both_hands_free"}
    assert held_by_rule(unseen=0.4, rail_unswung=0.4) == {"none both_hands_free"}


def test_a_hand_at_a_thing_whose_arm_is_bent_alone_is_not_known_to_be_free():
    assert held_by_rule(thing_unfree=0.5, bent_alone=0.6) == {"unknown thing_at_hand"}
    assert held_by_rule(thing_unfree=0.5, bent_alone=0.1) == {"none both_hands_free"}
    assert held_by_rule(thing_unfree=0.1, bent_alone=0.6) == {"none both_hands_free"}


@pytest.mark.parametrize(
    ("feature", "enough", "too_little", "cause"),
    [
        pytest.param("lags_unfree", 0.6, 0.4, "hand_lags", id="stays behind, does not swing"),
        pytest.param("stands_unfree", 0.9, 0.4, "thing_at_hand", id="still, something below both"),
        pytest.param("raised_unfree", 0.5, 0.3, "hand_not_seen_free", id="both raised, on a sofa"),
        pytest.param("rests", 0.95, 0.6, "hand_lags", id="goes from place to place"),
        pytest.param("raised_alone_lags", 0.3, 0.1, "hand_raised_alone", id="on a table"),
        pytest.param("before_unfree", 0.6, 0.3, "hand_hidden", id="seen from behind, may push"),
        pytest.param("guard_alone", 0.8, 0.5, "hand_raised_alone", id="on the back of a chair"),
        pytest.param("at_hold", 0.5, 0.4, "hand_as_at_grip", id="arm as of a hand at a rail"),
    ],
)
def test_hands_of_which_one_thing_says_enough_are_not_known_to_be_free(
    feature, enough, too_little, cause
):
    assert held_by_rule(**{feature: enough}) == {f"unknown {cause}"}
    assert held_by_rule(**{feature: too_little}) == {"none both_hands_free"}


OF_ONE_HAND = {"lags_unfree": 0.9, "rests": 0.95, "raised_alone_lags": 0.5, "guard_alone": 0.9}


@pytest.mark.parametrize(("feature", "value"), OF_ONE_HAND.items())
def test_arms_carried_as_free_ones_outweigh_one_hand_that_may_be_at_something(feature, value):
    assert held_by_rule(**{feature: value}, at_hold=0.2) == {"none both_hands_free"}
    assert "unknown" in held_by_rule(**{feature: value}, at_hold=0.32).pop()


@pytest.mark.parametrize(
    "feature", ["stick", "thing_unfree", "stands_unfree", "before_unfree", "raised_unfree"]
)
def test_they_outweigh_nothing_that_goes_along_nor_both_hands(feature):
    said = held_by_rule(**{feature: 1.0}, bent_alone=0.6, at_hold=0.0)
    assert {one.split()[0] for one in said} == {"unknown"}
