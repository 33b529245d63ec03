"""Scores independent sequences and first independent steps: counts only, so that they add."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from gaitcheck.scoring.matching import iou
from gaitcheck.scoring.truth import SUPPORTED, Contact, Span, TrueClip, TruePerson

PAUSE_S = 1.0
"""Both feet at rest for so long end a true sequence (the product's own default)."""
LONGEST_STEP_S = 1.7
"""As does a step that takes longer (likewise)."""
OVERLAP = 0.5
"""A sequence is found where one covers it so well (intersection over union of their times)."""
TIMING_S = 0.1
"""The contact itself may be off by so much, beside the one step by which an end may be, s."""


@dataclass(frozen=True)
class TrueSequence:
    """Consecutive true steps under one support.

    ``first_s`` and ``last_s`` are the first and the last contact that anybody can see: where a walk
    comes into the picture or leaves it feet first, its end lies somewhere between these and
    ``start_s`` or ``end_s``.
    """

    support: str
    start_s: float
    end_s: float
    first_s: float
    last_s: float

    @property
    def span(self) -> Span:
        """From the first to the last contact."""
        return Span(self.support, self.start_s, self.end_s)


def true_sequences(person: TruePerson) -> list[TrueSequence]:
    """Give the sequences of true steps.

    Of steps that the labels cannot tell, of who has left the picture, nobody can say where a
    sequence begins or ends: they are in none, and a loss of sight cuts one as a pause does. A pause
    is the time from a contact to the next lift-off of the foot that lands next; without labelled
    lift-offs, to that contact.
    """
    sequences: list[tuple[str, list[Contact]]] = []
    told = (c for c in person.contacts if person.scorable(c.time_s))
    for contact in sorted(told, key=lambda c: c.time_s):
        held_by = person.support_at(contact.time_s - 1e-3) or "unknown"
        last = sequences[-1] if sequences else None
        if last and last[0] == held_by and _goes_on(person, last[1][-1].time_s, contact):
            last[1].append(contact)
        else:
            sequences.append((held_by, [contact]))
    return [_sequence(support, steps) for support, steps in sequences if len(steps) >= 2]


def _goes_on(person: TruePerson, last_s: float, contact: Contact) -> bool:
    """Whether no pause lies between the contact at ``last_s`` and the next."""
    lifts = [
        e.time_s
        for e in person.lift_offs
        if last_s < e.time_s < contact.time_s and e.side == contact.side
    ]
    rest_s = max(lifts, default=contact.time_s) - last_s
    return rest_s <= PAUSE_S and contact.time_s - last_s <= LONGEST_STEP_S


def _sequence(support: str, steps: list[Contact]) -> TrueSequence:
    seen = [c.time_s for c in steps if c.required] or [c.time_s for c in steps]
    return TrueSequence(support, steps[0].time_s, steps[-1].time_s, min(seen), max(seen))


def _interval_iou(a: Span, b: Span) -> float:
    rows = [np.array([[s.start_s, 0.0, s.end_s, 1.0]]) for s in (a, b)]
    return float(iou(*rows)[0])


def count_sequences(
    counts: Counter, person: TruePerson, sequences: list[dict], steps: list[dict]
) -> None:
    """Count true, found and matched independent sequences, and ends within one step.

    An end is right where some independent sequence begins, or ends, at most one step (the
    median of the true one) from it; one that nobody found is wrong at both. What is found outside
    of the labels is left out.
    """
    true = [s for s in true_sequences(person) if s.support == "none"]
    free = [s for s in sequences if s["independent"]]
    free = [s for s in free if person.scorable((s["start_s"] + s["end_s"]) / 2)]
    told = person.labelled
    found = [
        Span("none", max(s["start_s"], told.start_s), min(s["end_s"], told.end_s)) for s in free
    ]
    counts["true_independent_sequences"] += len(true)
    counts["found_independent_sequences"] += len(found)
    pairs = sorted(
        ((_interval_iou(f, t.span), i, j) for i, f in enumerate(found) for j, t in enumerate(true)),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for overlap, i, j in pairs:
        if overlap >= OVERLAP and ("f", i) not in used and ("t", j) not in used:
            used |= {("f", i), ("t", j)}
            counts["matched_independent_sequences"] += 1
    times = [s["contact_s"] for s in steps if person.scorable(s["contact_s"])]
    contacts = [[t for t in times if f.start_s <= t <= f.end_s] for f in found]
    for one in true:
        within_s = _step_s(person, one) + TIMING_S
        near = [c for c in contacts if c and min(c) <= one.end_s and max(c) >= one.start_s]
        starts = [_off_s(min(c), one.start_s, one.first_s) for c in near]
        ends = [_off_s(max(c), one.last_s, one.end_s) for c in near]
        counts["sequence_starts_right"] += min(starts, default=np.inf) <= within_s
        counts["sequence_ends_right"] += min(ends, default=np.inf) <= within_s


def _off_s(time_s: float, earliest_s: float, latest_s: float) -> float:
    """How far a time lies outside the two, s."""
    return max(earliest_s - time_s, time_s - latest_s, 0.0)


def _step_s(person: TruePerson, sequence: TrueSequence) -> float:
    """Median time between the contacts of a true sequence, s."""
    times = sorted(
        c.time_s for c in person.contacts if sequence.start_s <= c.time_s <= sequence.end_s
    )
    return float(np.median(np.diff(times)))


def count_own_first_step(
    counts: Counter, person: TruePerson, sequences: list[dict], steps: list[dict]
) -> None:
    """Count whether the first independent step of somebody is told, and not while they are held."""
    free = [s for s in sequences if s["independent"]]
    told = [
        step["contact_s"]
        for step in steps
        if person.scorable(step["contact_s"])
        and any(s["start_s"] <= step["contact_s"] <= s["end_s"] for s in free)
    ]
    held = bool(told) and person.support_at(min(told) - 1e-3) in SUPPORTED
    ever_free = any(s.support == "none" for s in true_sequences(person))
    counts["own_first_true"] += ever_free
    counts["own_first_told"] += bool(told)
    counts["own_first_while_held"] += held
    counts["own_first_right"] += ever_free and bool(told) and not held


def first_step(counts: Counter, clip: TrueClip, found: dict | None) -> list[float]:
    """Count whether the clip's first independent step was found; its error, s, where there is one.

    ``found`` is the answer's, with its contact time.
    """
    firsts = [s.start_s for p in clip.people for s in true_sequences(p) if s.support == "none"]
    if firsts and found:
        counts["first_step_both"] += 1
        return [found["time_s"] - min(firsts)]
    if firsts:
        counts["first_step_missed"] += 1
    elif found:
        counts["first_step_invented"] += 1
    else:
        counts["first_step_rightly_none"] += 1
    return []
