"""The judge of support on whole scenes, and its rules alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.events import Step
from gaitcheck.gait.spans import judge_spans
from gaitcheck.gait.support import judge_support, look_at
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval
from tests.gait import bodies
from tests.gait.bodies import ARMS_ALONE, Walker, free

SWING, HANDLE, GUARD = bodies.swinging(), bodies.handle, bodies.guard
STICK = bodies.at_stick
SLOW = bodies.swinging(0.25)
FRONT = {"heading_deg": 90.0, "start": (0.0, 0.0)}
ADULT = {"height_m": 1.7, "person": 2, "seed": 1, "step_m": 0.25}
CHILD = {"step_m": 0.25, "start": (-1.0, 0.0)}


def joined(t: float) -> np.ndarray:
    """Give the place where a child's left hand meets the hand of the adult on its left."""
    return free(**CHILD).pelvis(t) + np.array([0.05, 0.28, 0.2])


def supports(who: Walker, *others: Walker) -> list[str]:
    beside = [other.track() for other in others]
    judged = judge_support(who.track(), who.steps(), others=beside, settings=ARMS_ALONE)
    return [step.support for step in judged.steps]


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(free(), id="side"),
        pytest.param(free(heading_deg=180.0, start=(1.5, 0)), id="to the left"),
        pytest.param(free(heading_deg=35.0), id="oblique"),
        pytest.param(free(**FRONT), id="front"),
        pytest.param(free(heading_deg=-90.0, start=(0, 0)), id="back"),
        pytest.param(free(wrist_visibility=(0.3, 0.95)), id="far hand half hidden"),
        pytest.param(
            Walker(bodies.hanging, bodies.hanging, **FRONT), id="arms hang, from the front"
        ),
        pytest.param(Walker(GUARD, GUARD), id="guard from the side"),
        pytest.param(Walker(GUARD, GUARD, **FRONT), id="guard from the front"),
        pytest.param(free(pan_px_s=60.0), id="panning camera"),
        pytest.param(free(fps=10.0), id="ten frames a second"),
        pytest.param(free(step_s=0.3, duration_s=4.0, step_m=0.15), id="quick small steps"),
        pytest.param(Walker(SLOW, SLOW, step_s=1.0, duration_s=9.5, step_m=0.3), id="slow steps"),
    ],
)
def test_free_walking_is_none(who):
    assert Counter(supports(who))["none"] == who.n_steps


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(free(wrist_visibility=(0.02, 0.95)), id="a hand never seen"),
        pytest.param(free(wrist_visibility=(0.02, 0.02)), id="no hand seen"),
        pytest.param(Walker(bodies.hanging, bodies.hanging), id="arms that only hang"),
        pytest.param(Walker(SWING, bodies.hanging), id="one arm that only hangs: a stick?"),
        pytest.param(Walker(SWING, STICK), id="a stick, near"),
        pytest.param(Walker(STICK, SWING), id="a stick, far"),
        pytest.param(Walker(SWING, STICK, heading_deg=35.0), id="a stick, oblique"),
        pytest.param(Walker(SWING, STICK, **FRONT), id="a stick from the front"),
        pytest.param(Walker(bodies.hanging, STICK, **FRONT), id="a stick, one arm hangs"),
        pytest.param(Walker(STICK, STICK), id="crutches"),
        pytest.param(Walker(STICK, STICK, **FRONT), id="crutches from the front"),
        pytest.param(Walker(HANDLE, SWING, **FRONT), id="a pram in one hand, from the front"),
        pytest.param(Walker(bodies.overhead, bodies.overhead), id="both arms up: held from above?"),
        pytest.param(
            Walker(bodies.rigid(0.02, 0.1, 0.02), SWING, **FRONT), id="one arm up: helper unseen?"
        ),
        pytest.param(Walker(HANDLE, HANDLE), id="frame from the side"),
        pytest.param(Walker(HANDLE, HANDLE, **FRONT), id="frame from the front"),
        pytest.param(Walker(bodies.at_rail(), bodies.at_rail(), step_m=0.2), id="parallel bars"),
        pytest.param(Walker(bodies.at_rail(), SWING, step_m=0.2), id="one hand on a rail"),
        pytest.param(free(start=(-6.2, 0.0), step_m=0.05), id="outside the picture"),
    ],
)
def test_without_evidence_of_freedom_it_is_never_none(who):
    assert "none" not in supports(who)


def test_a_walking_frame_moves_along():
    assert Counter(supports(Walker(HANDLE, HANDLE, **FRONT)))["object_moving"] >= 6


def test_from_the_side_arms_carried_bent_may_hold_nothing():
    assert set(supports(Walker(HANDLE, HANDLE))) == {"unknown"}


def test_a_rail_is_fixed():
    who = Walker(bodies.at_rail(hop_s=2.0), bodies.at_rail(hop_s=2.0), step_m=0.2)
    assert Counter(supports(who))["object_fixed"] >= 3


def test_a_held_hand_is_a_person():
    child = Walker(bodies.at(joined), SWING, **CHILD)
    adult = Walker(SWING, bodies.at(joined), start=(-1.0, 0.55), **ADULT)
    judged = judge_support(child.track(), child.steps(), others=[adult.track()])
    assert Counter(s.support for s in judged.steps)["person"] >= 6
    assert any("held by person 2 at the left hand" in reason.text for reason in judged.reasons)
    spoken = {(e.cue, e.side, e.other_person) for d in judged.details for e in d.evidence}
    assert ("hand_at_hand", "left", 2) in spoken


def test_a_child_at_the_hand_is_no_support_of_the_adult_but_no_freedom():
    child = Walker(bodies.at(joined), SWING, **CHILD)
    adult = Walker(SWING, bodies.at(joined), start=(-1.0, 0.55), **ADULT)
    assert set(supports(adult, child)) == {"unknown"}


def test_a_held_child_whose_helper_is_not_tracked_is_not_free():
    child = Walker(bodies.at(joined), SWING, **CHILD)
    assert "none" not in supports(child)


def test_hands_at_the_trunk_are_a_person_though_the_arms_swing():
    def trunk(t: float) -> np.ndarray:
        return free(**CHILD).pelvis(t) + bodies.UP * 0.2

    adult = Walker(bodies.at(trunk), bodies.at(trunk), start=(-1.4, 0.1), **ADULT)
    assert Counter(supports(free(**CHILD), adult))["person"] >= 6


@pytest.mark.parametrize(
    ("adult", "expected"),
    [
        pytest.param(
            free(start=(-1.0, 0.35), wrist_visibility=(0.3, 0.3), **ADULT),
            "unknown",
            id="close beside, hands hidden",
        ),
        pytest.param(
            free(start=(-1.0, 0.35), **ADULT), "none", id="close beside, hands seen to swing"
        ),
        pytest.param(free(start=(-1.0, 2.2), **ADULT), "none", id="two metres beside"),
        pytest.param(
            Walker(bodies.rigid(0.25, 0.1, -0.15), bodies.rigid(0.25, 0.1, -0.15), n_steps=0,
                   start=(3.2, 0.0), heading_deg=180.0, **ADULT),
            "none",
            id="open arms ahead",
        ),
    ],
)  # fmt: skip
def test_people_near(adult, expected):
    found = Counter(supports(free(**CHILD), adult))
    # while they stand close beside each other, the adult's hand lies on the child in the picture
    assert found[expected] >= 6
    assert expected == "none" or "none" not in found


def test_two_tracks_on_one_person_are_not_believed():
    assert set(supports(free(), free(person=2, seed=3))) == {"unknown"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(0.1, 0.1, "none"), (0.1, 0.8, "unknown"), (0.95, 0.95, "object_moving")],
)
def test_a_thing_at_the_hand_takes_its_freedom_though_the_arm_swings(left, right, expected):
    who = free()
    things = np.tile([left, right], (len(who.track()), 1))
    judged = judge_support(replace(who.track(), things=things), who.steps())
    assert {step.support for step in judged.steps} == {expected}


def test_whoever_is_tiny_in_the_picture_is_not_known_to_be_free():
    who = free()
    track = replace(who.track(), things=np.full((len(who.track()), 2), 0.05))
    for scale, expected in ((0.6, "none"), (0.35, "unknown")):
        seen = replace(track, points_px=track.points_px * scale)
        steps = judge_support(seen, who.steps()).steps
        assert {step.support for step in steps} == {expected}


def test_where_nobody_looked_at_the_hands_a_swing_is_no_freedom():
    who = free()
    judged = judge_support(who.track(), who.steps())
    assert {step.support for step in judged.steps} == {"unknown"}
    assert {d.cause.what for d in judged.details if d.cause} == {"hands_not_looked_at"}
    assert "no look at pictures for a stick or a rail" in judged.reasons[0].text


def test_where_nobody_looked_at_the_hands_other_people_hold_all_the_same():
    child = Walker(bodies.at(joined), SWING, **CHILD)
    adult = Walker(SWING, bodies.at(joined), start=(-1.0, 0.55), **ADULT)
    judged = judge_support(child.track(), child.steps(), others=[adult.track()])
    assert Counter(s.support for s in judged.steps)["person"] >= 6


def test_hands_looked_at_in_a_part_of_the_walk_will_do():
    who = free()
    track = who.track()
    things = np.full((len(track), 2), np.nan)
    things[::2] = 0.05
    judged = judge_support(replace(track, things=things), who.steps())
    assert {step.support for step in judged.steps} == {"none"}


def test_letting_go_changes_the_support_at_the_right_step():
    let_go_s = 4.5
    arm = bodies.then(HANDLE, SWING, let_go_s)
    who = Walker(arm, arm, n_steps=16, duration_s=9.0, start=(-2.4, 0.0))
    for step, support in zip(who.steps(), supports(who), strict=True):
        if step.contact_s <= let_go_s:
            assert support != "none"
        if step.contact_s > let_go_s + 1.5:
            assert support == "none"


def test_steps_are_kept_and_each_has_its_detail():
    who = free()
    judged = judge_support(who.track(), who.steps(), settings=ARMS_ALONE)
    assert [(s.contact_s, s.side, s.confidence) for s in judged.steps] == [
        (s.contact_s, s.side, s.confidence) for s in who.steps()
    ]
    assert len(judged.details) == len(judged.steps)
    assert all(0 <= d.confidence <= 1 for d in judged.details)
    assert all(d.evidence for d in judged.details)
    (reason,) = judged.reasons
    told = r"person 1, steps 1 to 8: both hands free, 0\.[23] to 4\.5 s"
    assert re.fullmatch(told, reason.text)


def test_no_steps_no_judgement():
    judged = judge_support(free().track(), ())
    assert (judged.steps, judged.details, judged.reasons) == ((), (), ())


def test_a_step_where_the_person_is_not_seen_is_unknown():
    who = free(gaps=((1.0, 9.0),))
    assert set(supports(who)[2:]) == {"unknown"}


def test_spans_are_judged_alike():
    who = free()
    held, unseen = judge_spans(who.track(), [Interval(1.5, 4.0), Interval(50, 60)])
    assert held.support == "none"
    assert (unseen.support, unseen.cause.what) == ("unknown", "not_seen")


class TestLook:
    STEPS = (
        Step(person=1, side="left", lift_off_s=1.0, contact_s=1.5),
        Step(person=1, side="right", lift_off_s=1.6, contact_s=2.1),
        Step(person=1, side="left", lift_off_s=None, contact_s=9.0),
    )

    @pytest.mark.parametrize(
        ("index", "start_s", "end_s"),
        [
            pytest.param(0, 0.7, 1.5, id="first: from before its lift-off"),
            pytest.param(1, 1.5, 2.1, id="from the contact before"),
            pytest.param(2, 8.3, 9.0, id="lift-off unseen, after a pause"),
        ],
    )
    def test_window(self, index, start_s, end_s):
        look = look_at(self.STEPS, index, settings=GaitSettings())
        assert look.start_s == pytest.approx(start_s)
        assert look.end_s == pytest.approx(end_s)


def test_decisions_state_how_often_they_are_right():
    who = free()
    details = judge_support(who.track(), who.steps(), settings=ARMS_ALONE).details
    assert all(0.9 < d.confidence < 1 for d in details if d.support == "none")
    faint = Walker(SLOW, SLOW, step_s=1.0, duration_s=9.5, step_m=0.3)
    stated = [
        d.confidence
        for d in judge_support(faint.track(), faint.steps(), settings=ARMS_ALONE).details
    ]
    assert all(0.75 <= confidence <= 0.97 for confidence in stated)
