"""Ends of sequences within a step, and the first independent step, on counts made by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.sequences import (
    count_own_first_step,
    count_sequences,
    first_step,
    true_sequences,
)
from gaitcheck.scoring.truth import Contact, Span, TrueClip, TruePerson

TIMES = (1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 5.6)


@pytest.fixture
def person() -> TruePerson:
    return TruePerson(
        "walker", np.empty((0, 5)), Span("labelled", 0.0, 9.0),
        tuple(Contact(t, None) for t in TIMES), (Span("none", 0.0, 9.0),), (),
    )  # fmt: skip


def counted(person: TruePerson, *contacts: tuple[float, ...]) -> Counter:
    counts: Counter = Counter()
    sequences = [{"start_s": c[0] - 0.3, "end_s": c[-1], "independent": True} for c in contacts]
    count_sequences(counts, person, sequences, [{"contact_s": t} for c in contacts for t in c])
    return counts


def test_a_pause_cuts_the_truth(person: TruePerson) -> None:
    assert [(s.start_s, s.end_s) for s in true_sequences(person)] == [(1.0, 3.0), (5.0, 5.6)]


def test_steps_that_nobody_sees_end_no_sequence(person: TruePerson) -> None:
    left = replace(person, not_scorable=(Span("out", 2.2, 4.9),))
    assert [(s.start_s, s.end_s) for s in true_sequences(left)] == [(1.0, 2.0), (5.0, 5.6)]


def test_a_pause_is_the_time_in_which_both_feet_stand(person: TruePerson) -> None:
    slow = replace(person, contacts=tuple(Contact(t, "left") for t in (1.0, 2.5, 3.9)))
    assert true_sequences(slow) == []
    lifted = replace(slow, lift_offs=(Contact(1.8, "left"), Contact(3.2, "right")))
    assert [(s.start_s, s.end_s) for s in true_sequences(lifted)] == [(1.0, 2.5)]


def test_where_feet_leave_the_picture_any_end_among_them_is_right(person: TruePerson) -> None:
    contacts = tuple(Contact(t, None, required=t < 2.6) for t in TIMES)
    unseen = replace(person, contacts=contacts)
    (first, _) = true_sequences(unseen)
    assert (first.last_s, first.end_s) == (2.5, 3.0)
    assert counted(unseen, (1.0, 1.5, 2.0), (5.0, 5.6))["sequence_ends_right"] == 2


def test_what_is_found_outside_of_the_labels_is_left_out(person: TruePerson) -> None:
    partly = replace(person, labelled=Span("labelled", 0.9, 3.2))
    counts = counted(partly, (-0.2, 0.4, 1.0, 1.5, 2.0, 2.5, 3.0, 3.6))
    assert counts["matched_independent_sequences"] == 1
    assert counts["sequence_starts_right"] == counts["sequence_ends_right"] == 1


def test_one_step_too_few_is_within_a_step_and_two_are_not(person: TruePerson) -> None:
    one = counted(person, (1.52, 2.0, 2.5, 3.0), (5.0, 5.6))
    assert one["sequence_starts_right"] == one["sequence_ends_right"] == 2
    two = counted(person, (1.0, 1.5, 2.0), (5.0, 5.6))
    assert two["sequence_starts_right"] == 2
    assert two["sequence_ends_right"] == 1


def test_what_nobody_found_is_wrong_at_both_ends(person: TruePerson) -> None:
    counts = counted(person)
    assert counts["true_independent_sequences"] == 2
    assert counts["sequence_starts_right"] == counts["sequence_ends_right"] == 0


def test_the_first_step_is_told_missed_or_invented(person: TruePerson) -> None:
    counts: Counter = Counter()
    clip = TrueClip(Path("clip.mp4"), 9.0, (person,), all_people=True, split="tune")
    assert first_step(counts, clip, {"time_s": 1.2}) == [pytest.approx(0.2)]
    assert first_step(counts, clip, None) == []
    nobody = TrueClip(Path("clip.mp4"), 9.0, (), all_people=True, split="tune")
    assert first_step(counts, nobody, {"time_s": 1.2}) == []
    assert counts == {"first_step_both": 1, "first_step_missed": 1, "first_step_invented": 1}


def own_first(person: TruePerson, *contacts: float) -> Counter:
    counts: Counter = Counter()
    sequences = [{"start_s": contacts[0] - 0.3, "end_s": contacts[-1], "independent": True}]
    steps = [{"contact_s": t} for t in (1.0, *contacts)]
    count_own_first_step(counts, person, sequences if contacts[1:] else [], steps)
    return +counts


def test_a_persons_first_step_is_told_missed_or_told_while_held(person: TruePerson) -> None:
    let_go = replace(person, supports=(Span("person", 0.0, 2.2), Span("none", 2.2, 9.0)))
    told = {"own_first_true": 1, "own_first_told": 1}
    assert own_first(let_go, 2.5, 3.0) == told | {"own_first_right": 1}
    assert own_first(let_go, 2.0, 2.5) == told | {"own_first_while_held": 1}
    assert own_first(let_go, 2.5) == {"own_first_true": 1}
    held = replace(person, supports=(Span("object_fixed", 0.0, 9.0),))
    assert own_first(held, 2.0, 2.5) == {"own_first_told": 1, "own_first_while_held": 1}
