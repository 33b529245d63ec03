"""All cues of one person, measured: what the judge of support reads and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import arm_held_up, hand_hangs, hand_in_guard, hands_overhead
from gaitcheck.gait.cues.body import SIDES, BodySeries, body_series
from gaitcheck.gait.cues.holding import hand_fixed_in_room, hands_rigid_ahead
from gaitcheck.gait.cues.others import (
    bodies_coincide,
    hand_at_body,
    hand_at_hand,
    other_is_small,
    person_in_reach,
)
from gaitcheck.gait.cues.seen import hand_at_border, hand_glimpsed, hand_in_view
from gaitcheck.gait.cues.swing import arm_swings, arms_alternate, hand_moves_freely
from gaitcheck.gait.events import Side
from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]

_OF_HANDS = (
    hand_in_view,
    hand_glimpsed,
    hand_at_border,
    arm_swings,
    hand_moves_freely,
    hand_in_guard,
    hand_hangs,
    arm_held_up,
    hands_overhead,
    hand_fixed_in_room,
)
_OF_BODY = (arms_alternate, hands_rigid_ahead)
_OF_PAIR = (hand_at_body, person_in_reach, bodies_coincide, other_is_small)


@dataclass(frozen=True, eq=False)
class CueTrace:
    """One cue over time.

    Parameters
    ----------
    cue : str
        Name of the cue's function.
    score : ndarray, shape (n,)
        0 to 1, NaN where the cue is blind.
    side : {'left', 'right'} or None
        The person's own hand it concerns.
    other_person : int or None
        The other person it concerns.
    """

    cue: str
    score: FloatArray
    side: Side | None = None
    other_person: int | None = None


@dataclass(frozen=True, eq=False)
class CueTraces:
    """All cues of one person on one grid ``time_s``, shape (n,)."""

    time_s: FloatArray
    traces: tuple[CueTrace, ...]

    def of(self, cue: str) -> tuple[CueTrace, ...]:
        """Give the traces of one cue, one for each side or other person."""
        return tuple(trace for trace in self.traces if trace.cue == cue)

    def hands(self, cue: str) -> FloatArray:
        """Give a cue of the hands as one array, shape (n, 2 sides)."""
        return np.stack([trace.score for trace in self.of(cue)], axis=1)


def measure_cues(track: Track, *, others: Sequence[Track] = ()) -> CueTraces:
    """Measure every cue of one person.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    others : sequence of Track
        Everybody else; those never in the picture together with the person cost nothing.

    Returns
    -------
    CueTraces
    """
    body = body_series(track)
    traces = [
        CueTrace(cue.__name__, series[:, i], side=_side(i))
        for cue in _OF_HANDS
        for series in (cue(body),)
        for i in (0, 1)
    ]
    traces += [CueTrace(cue.__name__, cue(body)) for cue in _OF_BODY]
    for other in others:
        if other.time_s[0] <= track.time_s[-1] and track.time_s[0] <= other.time_s[-1]:
            traces += _of_pair(body, body_series(other, time_s=body.time_s))
    return CueTraces(body.time_s, tuple(traces))


def _of_pair(body: BodySeries, other: BodySeries) -> list[CueTrace]:
    """Measure the cues between two people."""
    if not np.isfinite(body.trunk_px + other.trunk_px).any():
        return []
    hands = hand_at_hand(body, other)
    traces = [
        CueTrace(hand_at_hand.__name__, hands[:, i], side=_side(i), other_person=other.person)
        for i in (0, 1)
    ]
    return traces + [
        CueTrace(cue.__name__, cue(body, other), other_person=other.person) for cue in _OF_PAIR
    ]


def _side(index: int) -> Side:
    return "left" if SIDES[index] == "left" else "right"
