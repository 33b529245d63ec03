"""Steps too slow to show in the speed: a standing foot that is found in a new place.

First, last and turning steps are short and slow, and their speed drowns in the scatter of the
landmarks. The place where a foot stands for a while is known better: where it changes while the
other foot stands, and it is this foot's turn, the foot has stepped.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.learned import FeetOdds
from gaitcheck.gait.signals import WalkSignals, runs

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

SHIFT_LEGS: Final = 0.11
"""Least change of place, leg lengths (measured on standing feet: 0.03 to 0.06)."""

OTHER_SHIFTS: Final = 0.4
"""The other foot changes its place by less than this part meanwhile; else it is the camera or the
whole body that shifts."""

HALF_SWING_S: Final = 0.15
"""So long before and after its middle a slow swing does not count as standing, s."""

PLACE_S: Final = 0.2
"""Time over which a place is measured, s; at the edge of a stance, half of it must do."""

TURN_S: Final = 1.7
"""The other foot's swings before and after lie within this, s (FIELD 6: slow patients' steps)."""

SHORTEST_S: Final = 0.1
"""Shorter movements are twitches and nobody's turn, s."""

DENIED: Final = -3.0
"""Where the odds that were learned are lower all the time, that the foot moves in the mean of the
swing or that it ever lands, it is the body that shifts, natural logarithm (1 in 20; measured on
all sets of scenes: of 21 true slow swings 3 denied, of 32 false ones 22)."""

PASSES: Final = 4
"""So often slow swings are looked for; each may give the other foot its turn."""

_STRIDE: Final = 2


def shifted_feet(signals: WalkSignals, moving: BoolArray, *, odds: FeetOdds) -> BoolArray:
    """Add the slow swings to those that the speed shows.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.
    moving : ndarray of bool, shape (n, 2)
        Whether each foot moves, by its speed.
    odds : FeetOdds
        What was learned says of them.

    Returns
    -------
    ndarray of bool, shape (n, 2)
        The same, with slow swings added.
    """
    out = np.asarray(moving.copy())
    for _ in range(PASSES):
        found = [
            (foot, span)
            for foot in (0, 1)
            for stance in runs(signals.valid & ~out[:, foot])
            if (span := _slow_swing(signals, out, foot, stance)) is not None
            and _its_turn(signals, out, foot, span)
            and not _denied(odds, foot, span)
        ]
        if not found:
            break
        for foot, span in found:
            if not out[span[0] : span[1], 1 - foot].any():
                out[span[0] : span[1], foot] = True
    return out


def _slow_swing(
    signals: WalkSignals, moving: BoolArray, foot: int, stance: tuple[int, int]
) -> tuple[int, int] | None:
    """Find the clearest change of place in one stance; rows of the grid, None if there is none."""
    rate = 1 / (signals.time_s[1] - signals.time_s[0])
    half, width = round(HALF_SWING_S * rate), round(PLACE_S * rate)
    start, end = stance
    first, last = start + half + width // 2, end - half - width // 2
    best, at = 0.0, -1
    for row in range(first, last, _STRIDE):
        if moving[row - half : row + half, 1 - foot].any():
            continue
        old = slice(max(start, row - half - width), row - half)
        new = slice(row + half, min(end, row + half + width))
        shift = np.median(signals.feet_px[new], axis=0) - np.median(signals.feet_px[old], axis=0)
        mine, others = np.linalg.norm(shift, axis=1)[[foot, 1 - foot]] / signals.leg_px[row]
        if mine > max(best, SHIFT_LEGS) and not others > OTHER_SHIFTS * mine:
            best, at = float(mine), row
    if at < 0:
        return None
    places = signals.feet_px[:, foot]
    old_place = np.median(places[max(start, at - half - width) : at - half], axis=0)
    way = np.median(places[at + half : min(end, at + half + width)], axis=0) - old_place
    part = (places[start:end] - old_place) @ way / (way @ way)
    before = np.flatnonzero(part[: at - start] < 0.1)
    after = np.flatnonzero(part[at - start :] > 0.9)
    if not len(before) or not len(after):
        return None
    return start + int(before[-1]), at + int(after[0]) + 1


def _denied(odds: FeetOdds, foot: int, span: tuple[int, int]) -> bool:
    moving, landing = (part[slice(*span), foot] for part in (odds.moving, odds.landing))
    return bool(moving.mean() < DENIED or landing.max() < DENIED)


def _its_turn(signals: WalkSignals, moving: BoolArray, foot: int, span: tuple[int, int]) -> bool:
    """Whether the other foot was the last to move and is the next to, as far as one sees."""
    time_s = signals.time_s
    shortest = round(SHORTEST_S / (time_s[1] - time_s[0]))
    mine, others = (
        [(a, b) for a, b in runs(moving[:, f]) if b - a >= shortest] for f in (foot, 1 - foot)
    )
    before = max((e for _, e in others if e <= span[0]), default=None)
    after = min((s for s, _ in others if s >= span[1]), default=None)
    mine_before = max((e for _, e in mine if e <= span[0]), default=None)
    mine_after = min((s for s, _ in mine if s >= span[1]), default=None)

    def near(row: int | None) -> bool:
        return row is not None and abs(time_s[row - 1] - time_s[span[0]]) <= TURN_S

    if not near(before) and not near(after):
        return False
    late = near(mine_before) and (before is None or before <= (mine_before or 0))
    early = near(mine_after) and (after is None or after >= (mine_after or 0))
    return not late and not early
