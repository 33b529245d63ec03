"""Take out of the feet's ways what no foot can do: places left and regained within moments."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

DENSE_S: Final = 0.045
"""A point wrong in one frame can be told from a movement only where frames are nearer than this,
s."""

JUMP_S: Final = 0.21
"""A foot that is back on its way so soon cannot have been elsewhere, s (toddlers' steps take 0.2 s
or more, FIELD 6, and lead on)."""

JUMP_LEGS: Final = 0.12
"""Scatter of landmarks that is no jump, leg lengths (measured: 0.03 at the median)."""

SWING_LEGS_S2: Final = 40.0
"""Acceleration of a foot in walking, leg lengths/s2 (from 0 to 4 leg lengths/s in 0.1 s)."""

FASTEST_LEGS_S: Final = 6.0
"""A way that would be faster is no way of a foot, leg lengths/s (measured: 5 at most)."""

PASSES: Final = 3
"""So often jumps are looked for again once the clearest are mended."""


def without_jumps(places: FloatArray, *, time_s: FloatArray, leg_px: FloatArray) -> FloatArray:
    """Lay a foot that left its way for a moment and came back to it on the straight way between.

    The pose model draws one leg over the other for a few frames where they pass each other. No foot
    can leave its way so far, at the acceleration of walking, and be back on it so soon.

    Parameters
    ----------
    places : ndarray, shape (n, 2, n_parts, 2)
        Landmarks of the left and of the right foot, px, without gaps in the rows.
    time_s, leg_px : ndarray, shape (n,)
        Times, s, and leg length, px.

    Returns
    -------
    ndarray, shape (n, 2, n_parts, 2)
    """
    if len(places) < 3:
        return places
    frame_s = float(np.median(np.diff(time_s)))
    out = np.asarray(places.copy())
    if frame_s <= JUMP_S / 3:
        for foot in range(out.shape[1]):
            for _ in range(PASSES):
                if not _mend(out[:, foot], time_s, leg_px):
                    break
    return _unspiked(out, frame_s)


def _unspiked(places: FloatArray, frame_s: float) -> FloatArray:
    """Take out points wrong in one frame (median of three), where frames are dense enough."""
    if frame_s > DENSE_S:
        return places
    out = np.asarray(places.copy())
    out[1:-1] = np.median(np.stack([places[:-2], places[1:-1], places[2:]]), axis=0)
    return out


def _mend(foot: FloatArray, time_s: FloatArray, leg_px: FloatArray) -> bool:
    """Lay the clearest jumps of one foot (n, n_parts, 2) on their way, in place; say if any."""
    found = []
    for n_frames in range(1, len(foot) - 1):
        before = np.arange(len(foot) - n_frames - 1)
        after = before + n_frames + 1
        whole_s = time_s[after] - time_s[before]
        if whole_s.min() > JUMP_S:
            break
        middle = foot.mean(axis=1) / leg_px[:, None]
        way = middle[after] - middle[before]
        off = np.full(len(before), np.inf)
        for k in range(1, n_frames + 1):
            part = ((time_s[before + k] - time_s[before]) / whole_s)[:, None]
            here = middle[before + k] - middle[before] - part * way
            off = np.minimum(off, np.linalg.norm(here, axis=1))
        clear = off - JUMP_LEGS - SWING_LEGS_S2 * whole_s**2 / 8
        can = (whole_s <= JUMP_S) & (np.linalg.norm(way, axis=1) <= FASTEST_LEGS_S * whole_s)
        found += [
            (float(clear[k]), int(k), int(after[k])) for k in np.flatnonzero(can & (clear > 0))
        ]
    free = np.ones(len(foot), dtype=bool)
    for _, before_row, after_row in sorted(found, reverse=True):
        if free[before_row : after_row + 1].all():
            inside = slice(before_row + 1, after_row)
            free[inside] = False
            whole = time_s[after_row] - time_s[before_row]
            part = ((time_s[inside] - time_s[before_row]) / whole)[:, None, None]
            foot[inside] = (1 - part) * foot[before_row] + part * foot[after_row]
    return bool(found)
