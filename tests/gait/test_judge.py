"""The learned judge: features and neighbours in, how likely held out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.traces import CueTrace, CueTraces, measure_cues
from gaitcheck.gait.features import NAMES, OF_BODY, OF_HANDS, StepFeatures, step_features
from gaitcheck.gait.judge import (
    HeldJudge,
    learned_judge,
    probability,
    steady_logits,
    walk_logits,
)
from gaitcheck.gait.never_free import not_known_free
from gaitcheck.gait.reasons import DOUBTED
from gaitcheck.gait.support import CAUSES, conclude, judge_support, support_evidence
from gaitcheck.people.track import STICK_STANDS_S, Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.time import Interval
from tests.gait.bodies import Walker, at, at_stick, free, rigid, swinging


def features(**left: float) -> StepFeatures:
    hands = np.zeros((2, len(OF_HANDS)))
    for name, value in left.items():
        hands[0, OF_HANDS.index(name)] = value
    return StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)


def looked_at(who: Walker, left: float = 0.05, right: float = 0.05) -> Walker:
    """The walker's track with pictures that show so much at the hands."""
    track = who.track()
    return replace(track, things=np.tile([left, right], (len(track), 1)))


def test_the_package_brings_weights_of_known_features_and_none_below_zero():
    judge = learned_judge()
    assert set(judge.weights) <= set(NAMES)
    assert min(judge.weights.values()) >= 0
    assert probability(judge.logit(features())) < judge.most_held < 0.2


@pytest.mark.parametrize("name", OF_HANDS)
def test_more_evidence_of_holding_never_makes_a_step_freer(name):
    judge = learned_judge()
    logits = [judge.logit(features(**{name: value})) for value in (0.0, 0.4, 1.0)]
    assert logits == sorted(logits)


def test_the_loudest_feature_names_its_hand():
    judge = HeldJudge(-3.0, {"thing_worse": 2.0, "lags_better": 1.0}, 0.1)
    assert judge.loudest(features(thing=0.9)) == ("thing", 0)
    mirrored = features(thing=0.9)
    swapped = StepFeatures(mirrored.hands[::-1], mirrored.body, glimpsed=True, told=True)
    assert judge.loudest(swapped) == ("thing", 1)


def test_every_feature_has_words_for_a_reader():
    assert set(CAUSES) == {*OF_HANDS, *OF_BODY}
    assert set(CAUSES.values()) <= set(DOUBTED)


def heard_alike(logits: list[float | None]) -> list[float | None]:
    return steady_logits(logits, logits)


def test_neighbours_are_heard_and_what_rules_decided_is_even_odds():
    assert heard_alike([-4.0, -4.0, -4.0]) == [-4.0, -4.0, -4.0]
    assert heard_alike([-4.0, None]) == [-2.0, None]
    held_around = heard_alike([3.0, 3.0, -4.0, 3.0, 3.0])[2]
    assert held_around is not None
    assert held_around > 0
    free_around = heard_alike([-9.0, -9.0, 1.0, -9.0, -9.0])[2]
    assert free_around == pytest.approx(-0.5)  # by 1.5 at most


def test_steps_that_are_never_free_make_their_neighbours_less_so():
    judge, free_step, rests = learned_judge(), features(), features(rests=0.8)
    assert not_known_free(rests) is not None
    assert judge.logit(rests) < 0
    beside = walk_logits(judge, [free_step, rests, None])
    assert beside[0] == pytest.approx(judge.logit(free_step) / 3)
    assert beside[1] == pytest.approx((judge.logit(free_step) + judge.logit(rests)) / 3)
    assert beside[2] is None


def test_who_swings_both_arms_with_nothing_at_them_is_free():
    who = free()
    judged = judge_support(looked_at(who), who.steps())
    assert {s.support for s in judged.steps} == {"none"}
    assert min(d.confidence for d in judged.details) >= 0.95


def test_steps_say_how_likely_they_were_held_unless_a_rule_decided():
    who = free()
    free_steps = judge_support(looked_at(who), who.steps()).steps
    assert all(0 < step.held_probability < learned_judge().most_held for step in free_steps)
    assert {step.held_probability for step in judge_support(who.track(), who.steps()).steps} == {
        None
    }


def test_a_stick_is_not_free_and_the_reader_is_told_which_hand():
    who = Walker(swinging(), at_stick)
    judged = judge_support(looked_at(who), who.steps())
    assert {s.support for s in judged.steps} == {"unknown"}
    assert {d.cause.hands for d in judged.details} == {("right",)}


def test_the_judge_is_more_careful_of_coarsely_coded_pictures():
    judge = learned_judge()
    limits = [judge.careful(share).most_held for share in (0.0, 0.5, 1.0)]
    assert limits[0] == judge.most_held
    assert limits == sorted(limits, reverse=True)
    assert limits[2] == pytest.approx(0.02)


def test_a_strict_judge_does_not_become_less_so_by_coarse_pictures():
    assert HeldJudge(0.0, {}, 0.01).careful(1.0).most_held == 0.01


def test_a_step_that_is_barely_free_is_unknown_in_coarse_pictures():
    who = free()
    track = looked_at(who)
    seen = support_evidence(track, who.steps())
    hands = np.zeros((2, len(OF_HANDS)))
    doubtful = StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)
    barely = [replace(one, features=doubtful) for one in seen]
    judge = HeldJudge(float(np.log(0.05 / 0.95)), {}, 0.1)
    fine, coarse = (
        {d.support for d in conclude(who.steps(), barely, judge=judge.careful(share))}
        for share in (0.0, 1.0)
    )
    assert (fine, coarse) == ({"none"}, {"unknown"})


def test_another_judge_may_be_asked():
    who = free()
    seen = support_evidence(looked_at(who), who.steps())
    strict = HeldJudge(0.0, {}, 0.01)
    assert {d.support for d in conclude(who.steps(), seen, judge=strict)} == {"unknown"}


def test_nobody_leans_on_a_child_at_the_hand_but_on_a_grown_person():
    child = Walker(swinging(), swinging(), step_m=0.25, start=(-1.0, 0.0))

    def joined(t: float) -> np.ndarray:
        return child.pelvis(t) + np.array([0.05, 0.28, 0.2])

    def causes(height_m: float) -> set[str]:
        who = Walker(swinging(), at(joined), person=2, height_m=height_m, step_m=0.25,
                     start=(-1.0, 0.55), seed=1)  # fmt: skip
        beside = Walker(at(joined), swinging(), step_m=0.25, start=(-1.0, 0.0))
        seen = support_evidence(looked_at(who), who.steps(), others=[looked_at(beside)])
        return {"open" if d.features is not None else d.cause.what for d in seen}

    assert causes(1.7) == {"open"}
    assert "open" not in causes(1.05)


def test_the_hand_that_leads_a_child_is_not_asked_how_it_is_carried_but_what_is_seen_at_it():
    child = Walker(swinging(), swinging(), step_m=0.25, start=(-1.0, 0.0))

    def joined(t: float) -> np.ndarray:
        return child.pelvis(t) + np.array([0.05, 0.28, 0.2])

    who = Walker(swinging(), at(joined), person=2, height_m=1.7, step_m=0.25,
                 start=(-1.0, 0.55), seed=1)  # fmt: skip
    beside = Walker(at(joined), swinging(), step_m=0.25, start=(-1.0, 0.0))
    seen = support_evidence(looked_at(who, right=0.6), who.steps(), others=[looked_at(beside)])
    hands = seen[4].features.hands  # type: ignore[union-attr]
    things = np.array([name.startswith("thing") for name in OF_HANDS])
    assert hands[1, ~things].max() == 0
    assert hands[1, OF_HANDS.index("thing")] > 0


def leading(who: Walker, *, left: float, right: float) -> StepFeatures:
    """Features of a step of somebody whose hands lead a child so much."""
    cues = measure_cues(looked_at(who))
    led = [
        CueTrace("hand_leads", np.full(len(cues.time_s), score), side=side, other_person=2)
        for side, score in (("left", left), ("right", right))
    ]
    led_too = CueTraces(cues.time_s, (*cues.traces, *led))
    return step_features(led_too, Interval(2.0, 2.5), Interval(1.0, 4.0))


@pytest.mark.parametrize(("right", "glimpsed"), [(0.4, True), (0.1, False)])
def test_a_hand_that_is_nowhere_seen_may_be_judged_where_it_leads_a_child(right, glimpsed):
    hidden = Walker(swinging(), swinging(), wrist_visibility=(0.95, 0.05))
    assert leading(hidden, left=0.0, right=right).glimpsed == glimpsed


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(0.4, 0.1, {0}, id="one hand"),
        pytest.param(0.3, 0.45, {1}, id="both seem to, now and then: the likelier"),
        pytest.param(0.9, 0.6, {0, 1}, id="both, most of the time"),
        pytest.param(0.1, 0.1, set(), id="none"),
    ],
)
def test_hands_that_lead_a_child_are_not_asked_how_they_are_carried(left, right, expected):
    told = leading(hips(), left=left, right=right)
    asked = told.hands[:, OF_HANDS.index("near_hip_unfree")] > 0
    assert {side for side in (0, 1) if not asked[side]} == expected


def seen_at(who: Walker, **told: float) -> Track:
    """The walker's track where the pictures show so much at both hands, along their way, below."""
    track = who.track()
    shown = {"things": 0.05, "rails": 0.0, "walls": 0.0, "below": 0.0, **told}
    return replace(track, **{name: np.full((len(track), 2), v) for name, v in shown.items()})


def hips() -> Walker:
    """Hands kept at the hips: nothing swings, and by the arms alone they may be at sticks."""
    return Walker(rigid(0.02, 0.1, -0.22), rigid(0.02, 0.1, -0.22))


def supports(track: Track) -> set[str]:
    return {s.support for s in judge_support(track, hips().steps()).steps}


def test_hands_at_the_hips_are_free_where_the_pictures_show_that_there_is_nothing():
    assert supports(seen_at(hips())) == {"none"}


@pytest.mark.parametrize("told", [{"rails": 0.2}, {"below": 0.7}, {"rails": np.nan}])
def test_hands_at_the_hips_are_not_free_where_the_pictures_do_not(told):
    assert supports(seen_at(hips(), **told)) == {"unknown"}


@pytest.mark.parametrize(("times", "support"), [(3.0, "none"), (1.0, "unknown")])
def test_a_rail_far_behind_leaves_arms_that_swing_free_unless_they_are_small(times, support):
    who = free()
    track = seen_at(who, rails=0.3)
    width, height = track.picture_size
    near = replace(
        track,
        points_px=times * track.points_px,
        boxes_px=times * track.boxes_px,
        picture_size=(round(times * width), round(times * height)),
    )
    assert {s.support for s in judge_support(near, who.steps()).steps} == {support}


def test_a_toy_in_the_arms_reaches_not_to_the_floor_and_a_frame_does():
    track, steps = seen_at(hips(), things=0.7), hips().steps()
    toy = support_evidence(track, steps)[4].features
    frame = support_evidence(seen_at(hips(), things=0.7, below=0.8), steps)[4].features
    assert toy is not None
    assert frame is not None
    thing = OF_HANDS.index("thing")
    assert toy.hands[:, thing].max() == 0.0
    assert frame.hands[:, thing].min() > 0.5


def test_a_hand_that_is_nowhere_seen_may_be_judged_where_nothing_is_at_it():
    track = seen_at(hips())
    hidden = track.visibility.copy()
    hidden[:, [INDEX["left_wrist"], *(INDEX[f"left_{f}"] for f in ("index", "pinky"))]] = 0.1
    track = replace(track, visibility=hidden)
    rail = replace(track, rails=np.full((len(track), 2), 0.3))
    assert supports(rail) == {"unknown"}
    assert supports(track) == {"none"}


def test_a_thing_that_is_carried_is_no_reason_to_ask_where_the_hidden_hand_is():
    carried = seen_at(hips(), things=0.5)
    hidden = carried.visibility.copy()
    hidden[:, [INDEX["left_wrist"], *(INDEX[f"left_{f}"] for f in ("index", "pinky"))]] = 0.1
    carried = replace(carried, visibility=hidden)
    stands = replace(carried, below=np.full((len(carried), 2), 0.8))
    glimpsed = [support_evidence(t, hips().steps())[4].features for t in (carried, stands)]
    assert [f is not None and f.glimpsed for f in glimpsed] == [True, False]


@pytest.mark.parametrize("heading_deg", [90.0, -90.0])
def test_from_the_front_hands_before_the_trunk_are_at_no_rail_and_hands_beside_it_may_be(
    heading_deg,
):
    def seen(out: float) -> np.ndarray:
        arm = rigid(-0.05, out, -0.24)
        who = Walker(arm, arm, heading_deg=heading_deg, start=(0.0, 0.0))
        evidence = support_evidence(seen_at(who, rails=np.nan, walls=np.nan), who.steps())
        return evidence[4].features.hands.max(axis=0)  # type: ignore[union-attr]

    rail, beside = OF_HANDS.index("rail_unfree"), OF_HANDS.index("beside_unfree")
    assert seen(-0.06)[[rail, beside]].max() < 0.05
    assert seen(0.12)[[rail, beside]].min() > 0.7


def test_a_thing_of_long_ago_is_no_stick_of_now():
    who = Walker(rigid(0.02, 0.1, -0.22), rigid(0.02, 0.1, -0.22), n_steps=20, duration_s=11.0,
                 step_m=0.2, start=(-3.0, 0.0))  # fmt: skip
    track = seen_at(who)
    early = np.where((track.time_s < 1.0)[:, None], 0.9, [[0.0, 0.0]])
    track = replace(track, things=early, below=early)
    evidence = support_evidence(track, who.steps())
    stands = OF_HANDS.index("thing_stands")
    assert evidence[1].features.hands[0, stands] > 0.9  # type: ignore[union-attr]
    assert evidence[12].features.hands[0, stands] < 0.1  # type: ignore[union-attr]


@pytest.mark.parametrize(("heading_deg", "seen"), [(90.0, False), (0.0, True)])
def test_a_thing_seen_for_a_moment_is_a_stick_that_legs_hide_but_not_from_the_front(
    heading_deg, seen
):
    arm = rigid(0.02, 0.05, -0.22)
    who = Walker(arm, arm, heading_deg=heading_deg, start=(-0.5, 0.0))
    track = seen_at(who, below=0.8)
    moment = (track.time_s > 2.0) & (track.time_s < 2.7)
    things = np.where(moment[:, None], [0.9, 0.0], 0.0)
    evidence = support_evidence(replace(track, things=things), who.steps())
    thing = evidence[4].features.hands[0, OF_HANDS.index("thing")]  # type: ignore[union-attr]
    assert (thing > 0.5) == seen
    assert (thing > 0.1) == seen


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


def test_something_that_goes_along_tells_what_holds_where_there_may_be_a_rail_too():
    beside = seen_at(hips(), rails=0.3)
    frame = seen_at(hips(), rails=0.3, things=0.7, below=0.9)
    assert {d.cause.what for d in judge_support(beside, hips().steps()).details} == {"rail_at_hand"}
    assert supports(beside) == {"unknown"}
    assert supports(frame) == {"object_moving"}


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


def test_a_hand_that_stays_behind_and_does_not_move_as_free_ones_is_not_known_to_be_free():
    assert held_by_rule(lags_unfree=0.6) == {"unknown hand_lags"}
    assert held_by_rule(lags_unfree=0.4) == {"none both_hands_free"}


def test_still_hands_with_something_below_both_are_not_known_to_be_free():
    assert held_by_rule(stands_unfree=0.9) == {"unknown thing_at_hand"}
    assert held_by_rule(stands_unfree=0.4) == {"none both_hands_free"}


def test_an_arm_that_is_bent_while_the_other_hangs_speaks_for_holding_and_two_bent_arms_do_not():
    def bent(left: object, right: object) -> float:
        who = Walker(left, right)
        detail = support_evidence(seen_at(who, rails=np.nan), who.steps())[4]
        return float(detail.features.hands[:, OF_HANDS.index("bent_alone")].max())  # type: ignore[union-attr]

    hand = rigid(0.02, 0.1, -0.2)
    assert bent(hand, swinging()) > 0.5
    assert bent(hand, hand) < 0.05


def test_raised_hands_of_which_nothing_is_known_may_be_on_a_sofa():
    assert held_by_rule(raised_unfree=0.5) == {"unknown hand_not_seen_free"}
    assert held_by_rule(raised_unfree=0.3) == {"none both_hands_free"}


def test_a_hand_that_goes_from_place_to_place_is_at_something_whatever_its_rhythm():
    assert held_by_rule(rests=0.95) == {"unknown hand_lags"}
    assert held_by_rule(rests=0.6) == {"none both_hands_free"}
