"""From one track to its steps: repair, signals, swings, and the rules that say what is no step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from gaitcheck.gait.contacts import Swing, find_swings
from gaitcheck.gait.events import PostureSpan, Rejection, Side, Step
from gaitcheck.gait.rules import DOUBT, Judge, contact_of
from gaitcheck.gait.sides import clearest_sides
from gaitcheck.gait.signals import SPARSE_HZ, WalkSignals, runs, walk_signals
from gaitcheck.gait.timeline import postures_and_events
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings

BEST_CONFIDENCE: Final = 0.99
"""Confidence of a step of which every sign is good."""

SURE: Final = ((2.2, 1.0, 0.05), (2.4, 1.7, 0.1))
"""Log odds that a step is there within 0.1 s: a constant, and what the learned odds of its landing
and of its moving add, with sparse and with dense frames (fitted to steps on rendered walks not
taught and labelled clips; place, duration, visibility and the other foot add nothing to these)."""

LANDING_RANGE: Final = (-4.0, 2.0)
MOVING_RANGE: Final = (-2.0, 8.0)
"""Odds beyond these say no more."""

ANKLES_ONLY: Final = 0.85
"""What remains of it without heels and toes (arbitrary: the ankle goes on moving over a heel that
has landed)."""

LEAST_CONFIDENCE: Final = 0.5
"""A step less sure than this is likelier none, and would make the walk around it doubtful too."""

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
    repaired = clearest_sides(track)
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
    constant, landing, moving = SURE[int(signals.rate_hz >= SPARSE_HZ)]
    odds = constant + landing * float(np.clip(swing.landing_odds, *LANDING_RANGE))
    odds += moving * float(np.clip(swing.moving_odds, *MOVING_RANGE))
    confidence = BEST_CONFIDENCE / (1 + float(np.exp(-odds)))
    if not signals.whole_feet:
        confidence *= ANKLES_ONLY
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
