"""What arms and pictures tell of a step is weighed: from tracks to the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait import never_free
from gaitcheck.gait.cues.traces import CueTrace, CueTraces, measure_cues
from gaitcheck.gait.features import OF_HANDS, StepFeatures, step_features
from gaitcheck.gait.support import judge_support, support_evidence
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.time import Interval
from tests.gait.bodies import Walker, at, at_stick, free, rigid, swinging
from tests.gait.looks import hips, looked_at, seen_at


def test_who_swings_both_arms_with_nothing_at_them_is_free():
    who = free()
    judged = judge_support(looked_at(who), who.steps())
    assert {s.support for s in judged.steps} == {"none"}
    assert min(d.confidence for d in judged.details) >= 0.95


def test_a_stick_is_not_free_and_the_reader_is_told_which_hand():
    who = Walker(swinging(), at_stick)
    judged = judge_support(looked_at(who), who.steps())
    assert {s.support for s in judged.steps} == {"unknown"}
    assert {d.cause.hands for d in judged.details} == {("right",)}


def test_who_hangs_in_straps_is_not_free_though_both_arms_swing():
    track = seen_at(free(), above=0.9)
    judged = judge_support(track, free().steps())
    assert {s.support for s in judged.steps} == {"unknown"}
    assert {d.cause.what for d in judged.details} == {"strap_above"}
    assert "straps of a hoist" in judged.reasons[0].text


def test_who_walks_in_a_frame_is_not_free_though_both_arms_swing():
    track = seen_at(free(), beside=0.8)
    judged = judge_support(track, free().steps())
    assert {s.support for s in judged.steps} == {"unknown"}
    assert {d.cause.what for d in judged.details} == {"rolls_along"}
    assert "beside the legs" in judged.reasons[0].text


def test_who_stands_stiffly_in_what_rolls_along_is_held_by_it():
    seen = {"things": 0.4, "below": 0.9}
    judged = judge_support(seen_at(hips(), beside=0.9, **seen), hips().steps())
    assert {s.support for s in judged.steps} == {"object_moving"}
    assert {d.cause.what for d in judged.details} == {"rolls_along"}
    assert "in or at something that goes along" in judged.reasons[0].text


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


def supports(track: Track) -> set[str]:
    return {s.support for s in judge_support(track, hips().steps()).steps}


def test_hands_at_the_hips_are_free_where_the_pictures_show_that_there_is_nothing():
    assert supports(seen_at(hips())) == {"none"}


@pytest.mark.parametrize("told", [{"rails": 0.2}, {"below": 0.7}, {"rails": np.nan}])
def test_hands_at_the_hips_are_not_free_where_the_pictures_do_not(told):
    assert supports(seen_at(hips(), **told)) == {"unknown"}


@pytest.mark.parametrize(("times", "support"), [(3.0, "none"), (1.0, "unknown")])
def test_a_rail_far_behind_leaves_arms_that_swing_free_unless_they_are_small(
    times, support, monkeypatch
):
    monkeypatch.setattr(never_free, "AS_FREE", 0.0)
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


def test_something_that_goes_along_tells_what_holds_where_there_may_be_a_rail_too():
    beside = seen_at(hips(), rails=0.3)
    frame = seen_at(hips(), rails=0.3, things=0.7, below=0.9)
    assert {d.cause.what for d in judge_support(beside, hips().steps()).details} == {"rail_at_hand"}
    assert supports(beside) == {"unknown"}
    assert supports(frame) == {"object_moving"}


def test_an_arm_that_is_bent_while_the_other_hangs_speaks_for_holding_and_two_bent_arms_do_not():
    def bent(left: object, right: object) -> float:
        who = Walker(left, right)
        detail = support_evidence(seen_at(who, rails=np.nan), who.steps())[4]
        return float(detail.features.hands[:, OF_HANDS.index("bent_alone")].max())  # type: ignore[union-attr]

    hand = rigid(0.02, 0.1, -0.2)
    assert bent(hand, swinging()) > 0.5
    assert bent(hand, hand) < 0.05


@pytest.mark.parametrize(
    ("heading_deg", "rails", "arm", "told"),
    [
        pytest.param(-90.0, np.nan, rigid(0.08, 0.02, -0.2), True, id="hands before the body"),
        pytest.param(90.0, np.nan, rigid(0.08, 0.02, -0.2), False, id="seen from the front"),
        pytest.param(0.0, np.nan, rigid(0.08, 0.02, -0.2), False, id="seen from the side"),
        pytest.param(-90.0, 0.0, rigid(0.08, 0.02, -0.2), False, id="nothing is there"),
        pytest.param(-90.0, np.nan, swinging(), False, id="arms that swing"),
    ],
)
def test_from_behind_hands_before_the_body_may_be_at_something(heading_deg, rails, arm, told):
    who = Walker(arm, arm, heading_deg=heading_deg, start=(0.0, 0.0))
    below = np.nan if np.isnan(rails) else 0.0
    track = seen_at(who, rails=rails, walls=rails, below=below)
    features = support_evidence(track, who.steps())[4].features
    assert features is not None
    assert (features.of("before_unfree").min() > 0.6) == told
    assert told or features.of("before_unfree").max() < 0.2


def test_from_behind_hands_that_the_body_hides_may_be_held_by_somebody_before_it():
    hands = rigid(0.08, 0.02, -0.2)
    for wrists, told in ((0.05, True), (0.95, False)):
        who = Walker(
            hands, hands, heading_deg=-90.0, start=(0.0, 0.0), wrist_visibility=(wrists, wrists)
        )
        features = support_evidence(seen_at(who), who.steps())[4].features  # nothing beside them
        assert features is not None
        assert (features.of("before_unfree").min() > 0.6) == told
