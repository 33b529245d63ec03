"""Corrected steps -> sequences and the first independent step, by the rules of the gait stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from gaitcheck.gait.events import PostureSpan, Rejection, Step, StepSequence
from gaitcheck.gait.sequences import BREAKING, LOST_S, find_sequences
from gaitcheck.output.reading import settings_of
from gaitcheck.time import Interval


def regrouped(
    document: Mapping[str, Any], steps: Sequence[dict[str, Any]], review: dict[str, Any]
) -> dict[str, Any]:
    """Give the document with these steps and what follows from them.

    A sequence whose steps and support are still the machine's keeps its evidence and confidence.

    Parameters
    ----------
    document : dict
        The machine's answer.
    steps : sequence of dict
        Corrected, in time order, with ``id`` and ``state``.
    review : dict
        Kept as ``review``.
    """
    settings = settings_of(document["settings"]).gait
    machine = _members([{**s, "id": f"m{i}"} for i, s in enumerate(document["steps"])])
    known = {
        (frozenset(machine.get(sequence["id"], ())), sequence["support"]): sequence
        for sequence in document["sequences"]
    }
    rows = {step["id"]: dict(step) for step in steps}
    found: list[tuple[list[str], dict[str, Any]]] = []
    for person in sorted({step["person"] for step in steps}):
        mine = [step for step in steps if step["person"] == person]
        grouped, sequences = find_sequences(
            [_step(step) for step in mine],
            postures=[
                PostureSpan(person, span["posture"], span["start_s"], span["end_s"])
                for span in document["postures"]
                if span["person"] == person and span["posture"] in BREAKING
            ],
            unseen=_unseen(document, person),
            uncounted=[
                Rejection(person, row["start_s"], row["end_s"], row["reason"])
                for row in document["rejected"]
                if row["person"] == person
            ],
            settings=settings,
        )
        members: dict[int | None, list[str]] = {}
        for row, step in zip(mine, grouped, strict=True):
            members.setdefault(step.sequence, []).append(row["id"])
        for sequence in sequences:
            ids = members[sequence.id]
            was = known.get((frozenset(ids), sequence.support))
            found.append((ids, _document(sequence, was)))
    for row in rows.values():
        row["sequence"] = None
    found.sort(key=lambda pair: (pair[1]["start_s"], pair[1]["person"]))
    ordered = []
    for number, (ids, row) in enumerate(found, start=1):
        ordered.append({**row, "id": number})
        for name in ids:
            rows[name]["sequence"] = number
    return {
        **document,
        "steps": list(rows.values()),
        "sequences": ordered,
        "first_independent_step": _first(ordered, list(rows.values())),
        "review": review,
    }


def _members(steps: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
    members: dict[int, list[str]] = {}
    for step in steps:
        if step["sequence"] is not None:
            members.setdefault(step["sequence"], []).append(step["id"])
    return members


def _step(row: Mapping[str, Any]) -> Step:
    # What a person has looked at is sure.
    checked = row["state"] != "machine"
    return Step(
        person=row["person"],
        side=row["side"],
        lift_off_s=row["lift_off_s"],
        contact_s=row["contact_s"],
        support=row["support"],
        confidence=1.0 if checked else row["confidence"],
    )


def _unseen(document: Mapping[str, Any], person: int) -> list[Interval]:
    times = [float(box[0]) for p in document["people"] if p["id"] == person for box in p["boxes"]]
    return [Interval(a, b) for a, b in pairwise(times) if b - a >= LOST_S]


def _document(sequence: StepSequence, was: Mapping[str, Any] | None) -> dict[str, Any]:
    plain = asdict(sequence)
    known = (
        {"milestones": list(sequence.milestones), "evidence": []}
        if was is None
        else {name: was[name] for name in ("confidence", "milestones", "evidence")}
    )
    return {**plain, **known}


def _first(
    sequences: Sequence[Mapping[str, Any]], steps: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    free = {sequence["id"] for sequence in sequences if sequence["independent"]}
    mine = [step for step in steps if step["sequence"] in free]
    if not mine:
        return None
    first = min(mine, key=lambda step: step["contact_s"])
    return {
        "person": first["person"], "time_s": first["contact_s"], "sequence": first["sequence"]
    }  # fmt: skip
