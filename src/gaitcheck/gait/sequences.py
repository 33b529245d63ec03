"""Steps of one person come in; runs of them under one support, unbroken, go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.events import (
    Evidence,
    Posture,
    PostureSpan,
    Rejection,
    Side,
    Step,
    StepSequence,
    Support,
)
from gaitcheck.gait.milestones import walking_milestones
from gaitcheck.gait.rules import MAYBE_STEPS
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval

BREAKING: Final[tuple[Posture, ...]] = ("falling", "sitting", "lying", "crawling", "carried")
"""Postures that end a walk."""

BREAKING_S: Final = 0.3
"""For how long between two contacts, s; less is a flicker (arbitrary)."""

LOST_S: Final = 0.5
"""A person unseen for so long between two contacts is lost from sight, s (arbitrary)."""

FEWEST_STEPS: Final = 2
"""One step alone is no sequence."""


def find_sequences(
    steps: Sequence[Step],
    *,
    details: Sequence[StepSupport] | None = None,
    postures: Sequence[PostureSpan] = (),
    unseen: Sequence[Interval] = (),
    uncounted: Sequence[Rejection] = (),
    settings: GaitSettings | None = None,
) -> tuple[tuple[Step, ...], tuple[StepSequence, ...]]:
    """Group the steps of one person.

    A sequence is broken by a change of support, a posture that ends a walk, a loss of sight, or a
    pause: no foot in the air for `pause_s` (from a contact to the next lift-off), or more than
    `max_step_time_s` from contact to contact. So a slow patient, whose step takes up to 1.7 s but
    whose feet do not both rest for a second, is not cut up. A movement that may have been a step,
    though too little was seen to count it, is no rest either.

    Parameters
    ----------
    steps : sequence of Step
        Of one person, in time order, with their support.
    details : sequence of StepSupport, optional
        How each support is known: evidence and confidence.
    postures : sequence of PostureSpan
        Of that person.
    unseen : sequence of Interval
        When the person was not seen (`unseen_spans`).
    uncounted : sequence of Rejection
        Movements of theirs that were not counted as steps.
    settings : GaitSettings, optional
        `pause_s`, `max_step_time_s`, `min_independent_steps`, milestones.

    Returns
    -------
    steps : tuple of Step
        The steps with the number of their sequence, None for a step alone.
    sequences : tuple of StepSequence
        At least two steps each, in time order, numbered from 1.
    """
    settings = settings or GaitSettings()
    moves = sorted(
        (Interval(r.start_s, r.end_s) for r in uncounted if r.reason in MAYBE_STEPS),
        key=lambda move: move.start_s,
    )
    runs: list[list[int]] = []
    for i, step in enumerate(steps):
        if i == 0 or breaks(
            steps[i - 1], step, postures=postures, unseen=unseen, moves=moves, settings=settings
        ):
            runs.append([])
        runs[-1].append(i)
    numbered = list(steps)
    sequences: list[StepSequence] = []
    for run in runs:
        if len(run) < FEWEST_STEPS:
            continue
        number = len(sequences) + 1
        known = [details[i] for i in run] if details is not None else []
        sequences.append(_sequence(number, [steps[i] for i in run], known, settings=settings))
        for i in run:
            numbered[i] = replace(steps[i], sequence=number)
    return tuple(numbered), tuple(sequences)


def breaks(
    before: Step,
    after: Step,
    *,
    postures: Sequence[PostureSpan],
    unseen: Sequence[Interval],
    moves: Sequence[Interval],
    settings: GaitSettings,
) -> bool:
    """Say whether a sequence ends between two steps, ``moves`` of uncounted feet between them."""
    if after.support != before.support or _pauses(before, after, moves, settings=settings):
        return True
    if after.contact_s <= before.contact_s:
        return False
    between = Interval(before.contact_s, after.contact_s)
    ends = [Interval(p.start_s, p.end_s) for p in postures if p.posture in BREAKING]
    return any(_common_s(between, end) >= BREAKING_S for end in ends) or any(
        _common_s(between, gap) >= LOST_S for gap in unseen
    )


def _pauses(
    before: Step, after: Step, moves: Sequence[Interval], *, settings: GaitSettings
) -> bool:
    """Whether no foot is in the air for too long, or one for longer than a step takes."""
    rests_from_s = before.contact_s
    starts_s = after.contact_s if after.lift_off_s is None else after.lift_off_s
    for move in moves:
        if rests_from_s <= move.start_s and move.end_s <= starts_s:
            if _too_long(rests_from_s, move.start_s, move.end_s, settings=settings):
                return True
            rests_from_s = move.end_s
    return _too_long(rests_from_s, after.lift_off_s, after.contact_s, settings=settings)


def _too_long(
    rests_from_s: float, lift_off_s: float | None, contact_s: float, *, settings: GaitSettings
) -> bool:
    if contact_s - rests_from_s > settings.max_step_time_s:
        return True
    return lift_off_s is not None and lift_off_s - rests_from_s >= settings.pause_s


def unseen_spans(track: Track) -> tuple[Interval, ...]:
    """Give the times between two seen frames that are further apart than `LOST_S`."""
    seen_s = track.time_s[track.seen]
    return tuple(Interval(a, b) for a, b in pairwise(seen_s.tolist()) if b - a >= LOST_S)


def _common_s(one: Interval, other: Interval) -> float:
    common = one & other
    return common.duration_s if common is not None else 0.0


def _sequence(
    number: int, steps: Sequence[Step], details: Sequence[StepSupport], *, settings: GaitSettings
) -> StepSequence:
    first, last = steps[0], steps[-1]
    start_s = first.contact_s if first.lift_off_s is None else first.lift_off_s
    support: Support = first.support
    evidence = merge_evidence([e for detail in details for e in detail.evidence])
    cadence = None
    if len(steps) >= 3 and last.contact_s > first.contact_s:
        cadence = round(60.0 * (len(steps) - 1) / (last.contact_s - first.contact_s), 1)
    sure = float(np.mean([step.confidence for step in steps]))
    if details:
        sure *= float(np.mean([detail.confidence for detail in details]))
    return StepSequence(
        id=number,
        person=first.person,
        start_s=start_s,
        end_s=last.contact_s,
        n_steps=len(steps),
        support=support,
        independent=support == "none" and len(steps) >= settings.min_independent_steps,
        confidence=round(sure, 3),
        milestones=walking_milestones(
            n_steps=len(steps), support=support, evidence=evidence, settings=settings.milestones
        ),
        cadence_spm=cadence,
        evidence=evidence,
    )


def merge_evidence(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Join what one cue said of one hand or person in several steps: whole time, mean score."""
    groups: dict[tuple[str, Side | None, int | None], list[Evidence]] = {}
    for one in evidence:
        groups.setdefault((one.cue, one.side, one.other_person), []).append(one)
    return tuple(
        Evidence(
            cue=cue,
            start_s=min(e.start_s for e in group),
            end_s=max(e.end_s for e in group),
            side=side,
            other_person=other,
            score=round(float(np.mean([e.score for e in group])), 3),
        )
        for (cue, side, other), group in groups.items()
    )
