"""From one track to its steps: repair, signals, swings, and the rules that say what is no step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from gaitcheck.gait.contacts import Swing, find_swings
from gaitcheck.gait.events import PostureSpan, Rejection, Side, Step
from gaitcheck.gait.legs import repair_sides
from gaitcheck.gait.rules import Judge, contact_of
from gaitcheck.gait.signals import WalkSignals, runs, walk_signals
from gaitcheck.gait.timeline import postures_and_events
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings

BEST_CONFIDENCE: Final = 0.99
"""Confidence of a step of which every sign is good."""

CONFIDENCE: Final = {
    "moved_legs": ((0.1, 0.25, 0.4, 0.7), (0.72, 0.93, 0.97, 1.0)),
    "other_foot": ((0.1, 0.2, 0.35, 0.6), (1.0, 0.97, 0.85, 0.82)),
    "visibility": ((0.4, 0.6, 0.75), (0.82, 0.94, 1.0)),
    "duration_s": ((0.1, 0.18, 0.3), (0.76, 0.91, 1.0)),
    "frames": ((2.0, 4.0, 6.0), (0.76, 0.96, 1.0)),
}
"""What each sign of a swing leaves of the confidence: its values and the parts that remain, with
straight lines between (measured: share of steps that were true, on rendered walks not taught and
labelled clips; frames in the swing: FIELD 6, below 15 Hz toddlers and below 8 to 10 Hz adults are
in doubt)."""

ANKLES_ONLY: Final = 0.85
"""What remains of it without heels and toes (arbitrary: the ankle goes on moving over a heel that
has landed)."""

LEAST_CONFIDENCE: Final = 0.5
"""A step less sure than this is likelier none, and would make the walk around it doubtful too."""

DOUBT: Final = "too doubtful to be counted"

UNSEEN_S: Final = 0.5
"""Feet out of the picture for so long are worth a warning, s (arbitrary: about a step)."""


@dataclass(frozen=True)
class StepFindings:
    """What one track says about steps.

    Parameters
    ----------
    steps : tuple of Step
        Sorted by ``contact_s``; support "unknown".
    postures : tuple of PostureSpan
        From first to last frame, without overlap.
    rejected : tuple of Rejection
        Movements that were not counted, with the rule.
    warnings : tuple of str
        What could not be judged, and when.
    repaired : Track
        The track with exchanges of left and right undone.
    """

    steps: tuple[Step, ...]
    postures: tuple[PostureSpan, ...]
    rejected: tuple[Rejection, ...]
    warnings: tuple[str, ...]
    repaired: Track


def find_steps(track: Track, *, settings: GaitSettings | None = None) -> StepFindings:
    """Find the steps of one person.

    Parameters
    ----------
    track : Track
        One person as followed; sides need not be repaired.
    settings : GaitSettings, optional
        Bounds on step times.

    Returns
    -------
    StepFindings
        Steps with support "unknown", postures, rejections, warnings and the repaired track.
    """
    settings = settings or GaitSettings()
    repaired = repair_sides(track)
    signals = walk_signals(repaired)
    if signals is None:
        warning = f"person {track.person}: seen in too few frames for steps"
        return StepFindings((), postures_and_events(repaired, ())[0], (), (warning,), repaired)
    judge = Judge(repaired, signals, settings)
    swings = judge.steps_of_a_walk(find_swings(signals))
    every = sorted(
        (_step(s, side, track.person, signals) for s, side in swings),
        key=lambda s: s.contact_s,
    )
    steps = tuple(s for s in every if s.confidence >= LEAST_CONFIDENCE)
    doubtful = [
        Rejection(
            s.person, s.contact_s if s.lift_off_s is None else s.lift_off_s, s.contact_s, DOUBT
        )
        for s in every
        if s.confidence < LEAST_CONFIDENCE
    ]
    rejected = tuple(sorted([*judge.rejected, *doubtful], key=lambda r: r.start_s))
    return StepFindings(
        steps,
        postures_and_events(repaired, steps, uncounted=rejected)[0],
        rejected,
        _warnings(repaired, signals),
        repaired,
    )


def _step(swing: Swing, side: Side | None, person: int, signals: WalkSignals) -> Step:
    span = slice(swing.start, swing.end)
    duration_s = (swing.end - swing.start) * float(signals.time_s[1] - signals.time_s[0])
    signs = {
        "moved_legs": swing.moved_legs,
        "other_foot": swing.other,
        "visibility": float(np.nanmean(signals.visibility[span, swing.foot])),
        "duration_s": duration_s,
        "frames": duration_s * signals.rate_hz,
    }
    confidence = BEST_CONFIDENCE * (1.0 if signals.whole_feet else ANKLES_ONLY)
    for name, (value, part) in CONFIDENCE.items():
        confidence *= float(np.interp(signs[name], value, part))
    return Step(
        person=person,
        side=side,
        lift_off_s=swing.lift_off_s,
        contact_s=contact_of(swing),
        confidence=round(confidence, 3),
    )


def _warnings(track: Track, signals: WalkSignals) -> tuple[str, ...]:
    out = []
    for first, last in runs(~signals.in_picture.all(axis=1) & signals.valid):
        start, end = signals.time_s[first], signals.time_s[last - 1]
        if end - start >= UNSEEN_S:
            out.append(
                f"person {track.person}: feet out of the picture from {start:.1f} to {end:.1f} s: "
                "no steps can be found there"
            )
    return tuple(out)
