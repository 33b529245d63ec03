"""When somebody on their feet walks and when they stand, from their steps and from their travel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.events import Rejection, Step
from gaitcheck.gait.signals import body_scale_px, runs
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

STEP_GAP_S: Final = 1.7
"""Contacts nearer than this are one walk, s (FIELD 6: slow patients' steps)."""

LEAD_S: Final = 0.15
"""A walk begins so long before the first foot leaves the floor, s: the weight goes over to the
other leg and the heel rises (rendered 0.13 at the median; by eye 0 to 0.3)."""

SWING_S: Final = 0.3
"""Likely length of a swing whose beginning was not seen, s."""

BOTH_STAND_S: Final = 0.4
"""A foot that moves so soon after a walk, or before it, goes on with it though its step was not
counted, s (both feet stand for 0.1 to 0.3 s of a step)."""

TRAVEL_LEGS_S: Final = 0.6
"""Hips and feet of one who stands travel sideways slower than this, leg lengths/s, also swaying and
stepping about (slowest walks: 0.5 to 0.7; measured standing: under 0.3)."""

TRAVEL_S: Final = 1.0
"""Time over which that is measured, s."""

GOES_ON_LEGS_S: Final = 0.25
"""A walk goes on, before its first known step and after the last, while hips and feet travel faster
than this, leg lengths/s (measured standing: under 0.2)."""

GOES_ON_TRAVEL_S: Final = 0.5
"""Time over which that is measured, s: a stop is seen in about half of it."""


def walking_frames(
    track: Track,
    steps: Sequence[Step],
    *,
    on_feet: BoolArray,
    uncounted: Sequence[Rejection] = (),
) -> BoolArray:
    """Mark the frames in which somebody walks.

    Parameters
    ----------
    track : Track
        One person, sides repaired.
    steps : sequence of Step
        Theirs, by contact time.
    on_feet : ndarray of bool, shape (n_frames,)
        Whether the body's shape may be that of one who walks.
    uncounted : sequence of Rejection
        Movements of theirs that were not counted as steps.

    Returns
    -------
    ndarray of bool, shape (n_frames,)
        Within `on_feet`.
    """
    sure = _travels(track, over_s=TRAVEL_S, least_legs_s=TRAVEL_LEGS_S)
    sure |= _within(track, walks(steps, uncounted=uncounted))
    sure &= on_feet
    goes_on = _travels(track, over_s=GOES_ON_TRAVEL_S, least_legs_s=GOES_ON_LEGS_S) & on_feet
    out = np.zeros(len(track), dtype=bool)
    for first, last in runs(sure | goes_on):
        out[first:last] = sure[first:last].any()
    return out


def steps_go_on(track: Track, steps: Sequence[Step]) -> BoolArray:
    """Mark the frames between the first and the last step of each walk, shape (n_frames,)."""
    return _within(track, walks(steps))


def _within(track: Track, spans: Sequence[tuple[float, float]]) -> BoolArray:
    out = np.zeros(len(track), dtype=bool)
    for start_s, end_s in spans:
        out |= (track.time_s >= start_s) & (track.time_s < end_s)
    return out


def walks(
    steps: Sequence[Step], *, uncounted: Sequence[Rejection] = ()
) -> list[tuple[float, float]]:
    """Give when each walk begins and ends, s.

    Movements that were not counted as steps (a foot out of the picture, too doubtful, a landing
    not seen) make no walk, but prolong one.
    """
    out: list[tuple[float, float]] = []
    for step in steps:
        if out and step.contact_s - out[-1][1] <= STEP_GAP_S:
            out[-1] = (out[-1][0], step.contact_s)
        else:
            lift_off = step.contact_s - SWING_S if step.lift_off_s is None else step.lift_off_s
            out.append((lift_off - LEAD_S, step.contact_s))
    moves = [(move.start_s, move.end_s) for move in uncounted]
    return [(_earlier(moves, start_s), _later(moves, end_s)) for start_s, end_s in out]


def _earlier(moves: Sequence[tuple[float, float]], start_s: float) -> float:
    """Begin of a walk, with the movements that lead up to it."""
    for first_s, last_s in sorted(moves, key=lambda move: move[1], reverse=True):
        if first_s - LEAD_S < start_s <= last_s + BOTH_STAND_S:
            start_s = first_s - LEAD_S
    return start_s


def _later(moves: Sequence[tuple[float, float]], end_s: float) -> float:
    """End of a walk, with the movements that follow it."""
    for first_s, last_s in sorted(moves):
        if first_s - BOTH_STAND_S <= end_s < last_s:
            end_s = last_s
    return end_s


def _travels(track: Track, *, over_s: float, least_legs_s: float) -> BoolArray:
    """Whether hips and feet travel as in walking, in the time around each frame, (n_frames,).

    Shows walks whose steps cannot be seen, the feet out of the picture or hidden.
    """
    across = track.points_room_px[..., 0]
    ways = []
    for part in ("hip", "ankle"):
        middle = across[:, [INDEX[f"left_{part}"], INDEX[f"right_{part}"]]].mean(axis=1)
        seen = np.flatnonzero(np.isfinite(middle))
        if len(seen) < 2:
            return np.zeros(len(track), dtype=bool)
        ahead, behind = (
            np.interp(track.time_s + shift, track.time_s[seen], middle[seen])
            for shift in (over_s / 2, -over_s / 2)
        )
        ways.append(ahead - behind)
    least = np.where(ways[0] * ways[1] > 0, np.minimum(*np.abs(ways)), 0.0)
    return np.asarray(least >= least_legs_s * over_s * body_scale_px(track))
