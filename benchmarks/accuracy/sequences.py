"""Scores independent sequences and the first independent step: counts only, so that they add."""

from __future__ import annotations

from collections import Counter

import numpy as np

from gaitcheck.scoring.matching import iou
from gaitcheck.scoring.truth import Span, TrueClip, TruePerson

PAUSE_S = 1.0
"""A pause between true contacts that ends a true sequence (the product's own default)."""
OVERLAP = 0.5
"""A sequence is found where one covers it so well (intersection over union of their times)."""
TIMING_S = 0.1
"""The contact itself may be off by so much, beside the one step by which an end may be, s."""


def true_sequences(person: TruePerson) -> list[Span]:
    """Sequences of true steps under one support; `what` is the support.

    Of steps that the labels cannot tell, of who has left the picture, nobody can say where a
    sequence begins or ends: they are in none, and a loss of sight cuts one as a pause does.
    """
    sequences: list[list] = []
    told = (c for c in person.contacts if person.scorable(c.time_s))
    for contact in sorted(told, key=lambda c: c.time_s):
        held_by = person.support_at(contact.time_s - 1e-3) or "unknown"
        last = sequences[-1] if sequences else None
        if last and last[0] == held_by and contact.time_s - last[2] <= PAUSE_S:
            last[2] = contact.time_s
            last[3] += 1
        else:
            sequences.append([held_by, contact.time_s, contact.time_s, 1])
    return [Span(what, start, end) for what, start, end, n in sequences if n >= 2]


def _interval_iou(a: Span, b: Span) -> float:
    rows = [np.array([[s.start_s, 0.0, s.end_s, 1.0]]) for s in (a, b)]
    return float(iou(*rows)[0])


def count_sequences(
    counts: Counter, person: TruePerson, sequences: list[dict], steps: list[dict]
) -> None:
    """Count true, found and matched independent sequences, and ends within one step.

    An end is right where some independent sequence begins, or ends, at most one step (the
    median of the true one) from it; one that nobody found is wrong at both.
    """
    true = [s for s in true_sequences(person) if s.what == "none"]
    free = [s for s in sequences if s["independent"]]
    free = [s for s in free if person.scorable((s["start_s"] + s["end_s"]) / 2)]
    found = [Span("none", s["start_s"], s["end_s"]) for s in free]
    counts["true_independent_sequences"] += len(true)
    counts["found_independent_sequences"] += len(found)
    pairs = sorted(
        ((_interval_iou(f, t), i, j) for i, f in enumerate(found) for j, t in enumerate(true)),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for overlap, i, j in pairs:
        if overlap >= OVERLAP and ("f", i) not in used and ("t", j) not in used:
            used |= {("f", i), ("t", j)}
            counts["matched_independent_sequences"] += 1
    times = [s["contact_s"] for s in steps]
    contacts = [[t for t in times if f.start_s <= t <= f.end_s] for f in found]
    for span in true:
        within_s = _step_s(person, span) + TIMING_S
        near = [c for c in contacts if c and min(c) <= span.end_s and max(c) >= span.start_s]
        starts = [abs(min(c) - span.start_s) for c in near]
        ends = [abs(max(c) - span.end_s) for c in near]
        counts["sequence_starts_right"] += min(starts, default=np.inf) <= within_s
        counts["sequence_ends_right"] += min(ends, default=np.inf) <= within_s


def _step_s(person: TruePerson, sequence: Span) -> float:
    """Median time between the contacts of a true sequence, s."""
    times = sorted(
        c.time_s for c in person.contacts if sequence.start_s <= c.time_s <= sequence.end_s
    )
    return float(np.median(np.diff(times)))


def first_step(counts: Counter, clip: TrueClip, found: dict | None) -> list[float]:
    """Count whether the clip's first independent step was found; its error, s, where there is one.

    ``found`` is the answer's, with its contact time.
    """
    firsts = [s.start_s for p in clip.people for s in true_sequences(p) if s.what == "none"]
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
