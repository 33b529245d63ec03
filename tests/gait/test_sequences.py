from __future__ import annotations

from dataclasses import replace

import pytest

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.events import Evidence, PostureSpan, Rejection, Step
from gaitcheck.gait.sequences import find_sequences, merge_evidence, unseen_spans
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval
from tests.gait.bodies import free


def walk(*contacts: float, support: str = "none", swing_s: float = 0.3) -> list[Step]:
    """Give steps that land at the times given, sides alternating."""
    return [
        Step(
            person=1,
            side="left" if i % 2 else "right",
            lift_off_s=t - swing_s,
            contact_s=t,
            support=support,  # type: ignore[arg-type]
            confidence=0.8,
        )
        for i, t in enumerate(contacts)
    ]


def sizes(steps, **known) -> list[int]:
    return [s.n_steps for s in find_sequences(steps, **known)[1]]


def test_one_walk_is_one_sequence():
    steps, (one,) = find_sequences(walk(1.0, 1.5, 2.0, 2.5))
    assert [s.sequence for s in steps] == [1, 1, 1, 1]
    assert (one.id, one.person, one.n_steps, one.support) == (1, 1, 4, "none")
    assert one.independent
    assert (one.start_s, one.end_s) == (0.7, 2.5)
    assert one.cadence_spm == pytest.approx(120.0)
    assert one.confidence == pytest.approx(0.8)


def test_an_unseen_lift_off_starts_at_the_contact():
    first, *rest = walk(1.0, 1.5, 2.0)
    (one,) = find_sequences([replace(first, lift_off_s=None), *rest])[1]
    assert one.start_s == 1.0


@pytest.mark.parametrize(
    ("contacts", "swing_s", "expected"),
    [
        pytest.param((1, 1.5, 2.0, 3.4, 3.9), 0.3, [3, 2], id="both feet rest 1.1 s"),
        pytest.param((1, 1.5, 2.0, 3.2, 3.7), 0.3, [5], id="both feet rest 0.9 s"),
        pytest.param((1, 2.6, 4.2, 5.8), 0.8, [4], id="slow patient, 1.6 s a step"),
        pytest.param((1, 1.5, 3.3, 3.8), 1.5, [2, 2], id="1.8 s a step is no step"),
        pytest.param((1, 1.5, 9.0), 0.3, [2], id="a step alone is no sequence"),
        pytest.param((1.0,), 0.3, [], id="nor is the only one"),
        pytest.param((), 0.3, [], id="no steps"),
    ],
)
def test_pauses(contacts, swing_s, expected):
    assert sizes(walk(*contacts, swing_s=swing_s)) == expected


@pytest.mark.parametrize(
    ("reason", "span", "expected"),
    [
        pytest.param("too doubtful to be counted", (2.4, 2.7), [5], id="perhaps a step"),
        pytest.param("landing not seen", (2.1, 2.5), [5], id="it did not seem to land"),
        pytest.param("foot came back to its place", (2.4, 2.7), [3, 2], id="shifted its weight"),
        pytest.param("landing not seen", (0.2, 0.4), [3, 2], id="at another time"),
    ],
)
def test_a_foot_that_may_have_stepped_is_no_pause(reason, span, expected):
    steps = walk(1, 1.5, 2.0, 3.4, 3.9)
    assert sizes(steps, uncounted=[Rejection(1, *span, reason)]) == expected


def test_it_does_not_bridge_two_pauses():
    steps = walk(1, 1.5, 2.0, 4.9, 5.4)
    move = Rejection(1, 3.1, 3.4, "landing not seen")
    assert sizes(steps, uncounted=[move]) == [3, 2]


def test_a_pause_where_lift_offs_are_unseen_is_told_by_the_contacts():
    steps = [replace(s, lift_off_s=None) for s in walk(1.0, 2.5, 4.5, 5.0)]
    assert sizes(steps) == [2, 2]


def test_the_pause_can_be_set():
    steps = walk(1, 1.5, 2.0, 3.2, 3.7)
    assert sizes(steps, settings=GaitSettings(pause_s=0.5)) == [3, 2]


def test_a_change_of_support_splits_at_its_step():
    steps = walk(1, 1.5, 2, support="person") + walk(2.5, 3, 3.5, 4)
    numbered, (held, free_) = find_sequences(steps)
    assert [s.sequence for s in numbered] == [1, 1, 1, 2, 2, 2, 2]
    assert (held.support, held.independent) == ("person", False)
    assert (free_.support, free_.independent, free_.end_s) == ("none", True, 4)


def test_a_single_step_between_supports_belongs_to_no_sequence():
    steps = walk(1, 1.5, support="person") + walk(2.0) + walk(2.5, 3.0, support="person")
    assert [s.sequence for s in find_sequences(steps)[0]] == [1, 1, None, 2, 2]


@pytest.mark.parametrize("support", ["person", "object_fixed", "object_moving", "unknown"])
def test_only_free_steps_are_independent(support):
    (one,) = find_sequences(walk(*range(1, 12), support=support, swing_s=0.6))[1]
    assert not one.independent
    assert "who_walking_alone" not in one.milestones


def test_more_steps_can_be_asked_of_an_independent_sequence():
    (one,) = find_sequences(walk(1, 1.5), settings=GaitSettings(min_independent_steps=3))[1]
    assert not one.independent


@pytest.mark.parametrize("posture", ["falling", "sitting", "lying", "crawling", "carried"])
def test_a_fall_or_a_seat_ends_a_walk(posture):
    spans = [PostureSpan(1, posture, 1.5, 2.0)]
    assert sizes(walk(0.5, 1.0, 1.4, 2.1, 2.6), postures=spans) == [3, 2]


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(PostureSpan(1, "falling", 1.5, 1.7), id="a flicker"),
        pytest.param(PostureSpan(1, "standing", 1.5, 2.0), id="standing"),
        pytest.param(PostureSpan(1, "sitting", 5.0, 9.0), id="later"),
    ],
)
def test_other_postures_do_not(span):
    assert sizes(walk(0.5, 1.0, 1.4, 2.1, 2.6), postures=[span]) == [5]


def test_a_loss_of_sight_ends_a_walk():
    steps = walk(0.5, 1.0, 1.5, 2.4, 2.9)
    assert sizes(steps, unseen=[Interval(1.6, 2.2)]) == [3, 2]
    assert sizes(steps, unseen=[Interval(1.6, 1.8)]) == [5]


def test_unseen_spans_are_gaps_of_half_a_second():
    track = free(gaps=((1.0, 1.4), (2.0, 2.8))).track()
    (gap,) = unseen_spans(track)
    assert gap.start_s == pytest.approx(1.96)
    assert gap.end_s == pytest.approx(2.8)


def test_evidence_is_joined_and_confidence_shared():
    details = [
        StepSupport("none", 0.5, (Evidence("arm_swings", t, t + 0.5, "left", score=s),))
        for t, s in ((1.0, 0.6), (1.5, 1.0))
    ]
    (one,) = find_sequences(walk(1.4, 1.9), details=details)[1]
    assert one.evidence == (Evidence("arm_swings", 1.0, 2.0, "left", score=0.8),)
    assert one.confidence == pytest.approx(0.4)


def test_evidence_of_other_hands_and_people_stays_apart():
    spoken = [
        Evidence("hand_at_hand", 1, 2, "left", 2),
        Evidence("hand_at_hand", 2, 3, "right", 2),
        Evidence("hand_at_hand", 1, 2, "left", 3),
    ]
    assert len(merge_evidence(spoken)) == 3
