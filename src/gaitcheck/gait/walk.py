"""The gait stage as a whole: tracks of everybody in, steps, sequences and postures out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gaitcheck.gait.coarse import coarse_warnings
from gaitcheck.gait.events import (
    FirstStep,
    PostureEvent,
    PostureSpan,
    Rejection,
    Step,
    StepSequence,
)
from gaitcheck.gait.milestones import standing_milestones
from gaitcheck.gait.quality import BadlySeen, track_quality
from gaitcheck.gait.reasons import Reason
from gaitcheck.gait.sequences import find_sequences, unseen_spans
from gaitcheck.gait.spans import judge_spans
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.support import judge_support
from gaitcheck.gait.timeline import postures_and_events
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval


@dataclass(frozen=True)
class GaitFindings:
    """What the gait stage found.

    Parameters
    ----------
    steps : tuple of Step
        Of everybody, by contact time, with support and number of sequence.
    sequences : tuple of StepSequence
        By start time, numbered from 1.
    postures : tuple of PostureSpan
        By person, then by time.
    rejected : tuple of Rejection
        Likewise.
    first_independent : FirstStep or None
        The step whose contact comes first among the first steps of all independent sequences.
    warnings : tuple of str
        Each names its person.
    reasons : tuple of Reason
        Why each run of steps has its support.
    events : tuple of PostureEvent
        Rising, sitting down, falling and being caught, by time.
    badly_seen : tuple of BadlySeen
        When and why somebody was badly seen, by person, then by time.
    """

    steps: tuple[Step, ...]
    sequences: tuple[StepSequence, ...]
    postures: tuple[PostureSpan, ...]
    rejected: tuple[Rejection, ...]
    first_independent: FirstStep | None
    warnings: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    events: tuple[PostureEvent, ...] = ()
    badly_seen: tuple[BadlySeen, ...] = ()


def analyze_tracks(
    tracks: Sequence[Track], *, settings: GaitSettings | None = None
) -> GaitFindings:
    """Find the steps of everybody and judge who was free.

    Parameters
    ----------
    tracks : sequence of Track
        Everybody in the video at the same time; a helper who is left out cannot be seen to hold.
    settings : GaitSettings, optional
        Thresholds.

    Returns
    -------
    GaitFindings
    """
    settings = settings or GaitSettings()
    found = [find_steps(track, settings=settings) for track in tracks]
    repaired = [one.repaired for one in found]
    steps: list[Step] = []
    sequences: list[StepSequence] = []
    postures: list[PostureSpan] = []
    reasons: list[Reason] = []
    events: list[PostureEvent] = []
    for i, one in enumerate(found):
        others = [other for k, other in enumerate(repaired) if k != i]
        judged = judge_support(one.repaired, one.steps, others=others, settings=settings)
        told, happened = postures_and_events(
            one.repaired, one.steps, uncounted=one.rejected, others=others
        )
        own_steps, own_sequences = find_sequences(
            judged.steps,
            details=judged.details,
            postures=told,
            unseen=unseen_spans(one.repaired),
            uncounted=one.rejected,
            settings=settings,
        )
        offset = len(sequences)
        steps += [_shifted(step, offset) for step in own_steps]
        sequences += [replace(s, id=s.id + offset) for s in own_sequences]
        postures += _with_milestones(one.repaired, told, others=others, settings=settings)
        reasons += judged.reasons
        events += happened
    steps, sequences = _in_time_order(steps, sequences)
    return GaitFindings(
        steps=tuple(steps),
        sequences=tuple(sequences),
        postures=tuple(postures),
        rejected=tuple(rejection for one in found for rejection in one.rejected),
        first_independent=_first_independent(steps, sequences),
        warnings=(
            *coarse_warnings(tracks),
            *(warning for one in found for warning in one.warnings),
        ),
        reasons=tuple(reasons),
        badly_seen=tuple(bad for track in repaired for bad in track_quality(track).bad),
        events=tuple(sorted(events, key=lambda event: (event.start_s, event.person))),
    )


def _shifted(step: Step, offset: int) -> Step:
    return step if step.sequence is None else replace(step, sequence=step.sequence + offset)


def _in_time_order(
    steps: Sequence[Step], sequences: Sequence[StepSequence]
) -> tuple[list[Step], list[StepSequence]]:
    """Sort both and number the sequences anew, from 1 in order of their start."""
    ordered = sorted(sequences, key=lambda s: (s.start_s, s.person))
    number = {sequence.id: i for i, sequence in enumerate(ordered, start=1)}
    renumbered = [
        step if step.sequence is None else replace(step, sequence=number[step.sequence])
        for step in sorted(steps, key=lambda s: (s.contact_s, s.person))
    ]
    return renumbered, [replace(sequence, id=number[sequence.id]) for sequence in ordered]


def _first_independent(
    steps: Sequence[Step], sequences: Sequence[StepSequence]
) -> FirstStep | None:
    """Give the earliest contact of a step in an independent sequence."""
    free = {sequence.id for sequence in sequences if sequence.independent}
    for step in steps:
        if step.sequence is not None and step.sequence in free:
            return FirstStep(step.person, float(step.contact_s), step.sequence)
    return None


def _with_milestones(
    track: Track,
    postures: Sequence[PostureSpan],
    *,
    others: Sequence[Track],
    settings: GaitSettings,
) -> list[PostureSpan]:
    """Flag long times of standing with the criteria that they meet."""
    least_s = settings.milestones.who_standing_s
    long = [
        i
        for i, span in enumerate(postures)
        if span.posture == "standing" and span.end_s - span.start_s >= least_s
    ]
    out = list(postures)
    looks = [Interval(out[i].start_s, out[i].end_s) for i in long]
    held = judge_spans(track, looks, others=others, settings=settings)
    for i, look, how in zip(long, looks, held, strict=True):
        met = standing_milestones(
            duration_s=look.duration_s, support=how.support, settings=settings.milestones
        )
        out[i] = replace(out[i], milestones=met)
    return out
