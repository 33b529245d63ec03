"""Which steps in a row carry the body along: walks, told from marching, dancing and gliding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.contacts import Swing, over_floor
from gaitcheck.gait.signals import GRID_HZ, WalkSignals

FloatArray = npt.NDArray[np.floating[Any]]

WINDOW_STEPS: Final = 4
"""So many steps in a row must carry the body along (two strides: a step to the side and back is
over by then)."""

TRAVEL_LEGS: Final = 0.25
"""Least travel of the middle between the feet over such a window, leg lengths (two strides of a new
walker: 0.7)."""

TRAVEL_OF_FEET: Final = 0.35
"""The body travels at least this part of the way that its feet make, halved (1 in a straight walk,
0 when one dances on the spot)."""

DEPTH_FLOOR: Final = 0.06
"""Smaller changes of the body's size are noise, not travel towards the camera (measured: 2 to 3 %
of body height)."""

STILL_LEGS: Final = 0.1
STILL_GROWTH: Final = 0.02
"""Hips that go less far, in leg lengths, of a body that grows by less, go nowhere: feet that seem
to land elsewhere are held up (marching: 0.05 and 0.007; new walkers go 1 leg length in 4 steps)."""

PAST_LEGS: Final = 0.4
"""A foot that comes so much nearer, or farther, than the other foot has passed it, leg lengths: a
whole step of 0.2, of new walkers 0.35."""

ALIKE: Final = 0.8
"""Feet that pass each other in one direction do so by this part of all their ways (dancing: they
come back)."""

BELOW_LEGS: Final = 0.5
"""The hips stay above the middle of the feet meanwhile, to this distance, leg lengths (walks: 0.13
at the median, 0.45 in one of 20)."""

PASSED_ODDS: Final = 0.0
"""Learned log odds of landing that each of those steps has (two thirds of true ones)."""

TURN_LANDED: Final = -1.0
"""The same of steps on the spot that belong to a walk (19 of 20 true ones)."""

TURN_STEPS: Final = 3
"""They are so many at most before or after it, of who turns meanwhile; one of who does not (half a
turn on the spot: 3 to 4 steps)."""

TURN: Final = 0.3
"""So much of the facing comes to point at the camera, or away, while somebody turns, out of 2."""

TURN_S: Final = 0.6
"""So long before and after a step, s."""

GLIDING: Final = (0.3, 1.0)
"""In who glides the standing foot goes along by such a part of the other's way (pushed scooters 0.4
to 0.9, walks 0 but where the pose drags it; by more where the legs are exchanged)."""

GLIDING_LANDED: Final = -0.5
"""While no landing of the whole walk is likelier than this, learned log odds (nine of ten true
landings are)."""


def steps_that_travel(signals: WalkSignals, bout: Sequence[Swing]) -> set[int]:
    """Say which steps of a bout belong to a walk.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.
    bout : sequence of Swing
        In a row, by contact time; at least two.

    Returns
    -------
    set of int
        Their places in the bout: those in a window that goes somewhere, and beside them those on
        the spot that begin it, end it or turn.
    """
    size = min(WINDOW_STEPS, len(bout))
    between = _between_feet(signals, bout)
    good: set[int] = set()
    for first in range(len(bout) - size + 1):
        window = bout[first : first + size]
        if _travels(signals, window, between[first + size] - between[first]) or _passes(
            signals, window
        ):
            good.update(range(first, first + size))
    return good | {k for k in range(len(bout)) if _of_a_walk(signals, bout, k, good)}


def glides_along(signals: WalkSignals, bout: Sequence[Swing]) -> bool:
    """Whether both feet of a bout go along with the body and neither is seen to land."""
    if max(swing.landing_odds for swing in bout) >= GLIDING_LANDED:
        return False
    parts = []
    for swing in bout:
        rows = [swing.start, min(swing.end, len(signals.time_s)) - 1]
        own, other = np.diff(signals.feet_px[rows], axis=0)[0][[swing.foot, 1 - swing.foot]]
        parts.append(float(own @ other) / max(float(own @ own), 1e-9))
    return GLIDING[0] < float(np.median(parts)) < GLIDING[1]


def _between_feet(signals: WalkSignals, bout: Sequence[Swing]) -> FloatArray:
    """Middle of the places of both feet before the first step and after each, (n + 1, 2)."""
    first = bout[0]
    other = next((s for s in bout if s.foot != first.foot), None)
    places = {first.foot: np.array(first.from_px)}
    places[1 - first.foot] = (
        np.array(other.from_px)
        if other is not None
        else signals.feet_px[first.start, 1 - first.foot]
    )
    middles = [(places[0] + places[1]) / 2]
    for swing in bout:
        places[swing.foot] = np.array(swing.to_px)
        middles.append((places[0] + places[1]) / 2)
    return np.array(middles)


def _travels(signals: WalkSignals, window: Sequence[Swing], across_px: FloatArray) -> bool:
    """Whether the body goes somewhere in the room."""
    start = max(0, min(s.start for s in window) - 1)
    end = min(len(signals.time_s) - 1, max(s.end for s in window))
    leg = float(signals.leg_px[start:end].mean())
    growth = float(np.log(signals.leg_px[end] / signals.leg_px[start]))
    toward = max(0.0, abs(growth) - DEPTH_FLOOR) * float(signals.depth[start:end].mean())
    hips = signals.up_px[[start, end], :, 1].mean(axis=1)
    if np.hypot(*(hips[1] - hips[0])) < STILL_LEGS * leg and abs(growth) < STILL_GROWTH:
        return False
    facing = float(signals.toward[start:end].mean())
    travel = float(np.hypot(over_floor(across_px, facing) / leg, toward))
    feet = sum(s.way_legs for s in window) / 2
    return travel >= TRAVEL_LEGS and travel >= TRAVEL_OF_FEET * feet


def _passes(signals: WalkSignals, window: Sequence[Swing]) -> bool:
    """Whether each foot in turn passes the other in one direction.

    This the camera cannot change: it shows walks also where its own motion was mistaken.
    """
    if len(window) < WINDOW_STEPS or any(a.foot == b.foot for a, b in pairwise(window)):
        return False
    if min(swing.landing_odds for swing in window) < PASSED_ODDS:
        return False
    ends = [window[0].start, min(window[-1].end, len(signals.time_s)) - 1]
    hips, feet = signals.up_px[ends, :, 1].mean(axis=1), signals.feet_px[ends].mean(axis=1)
    apart = np.diff(hips - feet, axis=0)[0] / signals.leg_px[ends[0]]
    if not np.hypot(*apart) < BELOW_LEGS:
        return False
    ways = []
    for swing in window:
        rows = [swing.start, min(swing.end, len(signals.time_s)) - 1]
        own, other = signals.feet_px[rows, swing.foot], signals.feet_px[rows, 1 - swing.foot]
        ways.append(np.diff(own - other, axis=0)[0] / signals.leg_px[swing.start])
    lengths = np.linalg.norm(ways, axis=1)
    together = float(np.linalg.norm(np.sum(ways, axis=0)))
    return bool(lengths.min() >= PAST_LEGS and together >= ALIKE * lengths.sum())


def _of_a_walk(signals: WalkSignals, bout: Sequence[Swing], place: int, good: set[int]) -> bool:
    """Whether a step on the spot begins a walk, ends it or turns in it."""
    swing = bout[place]
    away = min((abs(place - k) for k in good), default=len(bout))
    if swing.landing_odds < TURN_LANDED or not 0 < away <= TURN_STEPS:
        return False
    around = round(TURN_S * GRID_HZ)
    facing = signals.toward[max(0, swing.start - around) : swing.end + around]
    return away == 1 or float(np.ptp(facing)) >= TURN
