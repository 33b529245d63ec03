"""Whether a line at somebody's hand lies far behind it: where the floor goes on up to it, or below.

The foot of a wall far behind is a line, and often at the height of a hand; but there the floor
ends: below it nothing but floor is seen, up to the feet. Before and behind a rail the room is the
same, and the floor ends elsewhere. Now and then it ends just at a rail, though, so that this alone
is no more than a hint.

Most lines far behind are the border between two areas: a wall and the floor, a wall and what is
painted on it or stands before it. A rail is none, but something narrow with the room on both sides
of it. What is a border as well, a sofa, a worktop, a near wall, stands on the floor by the feet. So
a mere border is far behind where the floor goes on behind the feet, farther than an arm reaches,
and where the area above the border goes on: a table's top ends soon, and under it is floor too.
"""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.lines import ALONG_PX, moved_px

FloatArray = npt.NDArray[np.floating[Any]]

_BOTH_PX: Final = np.concatenate([-ALONG_PX[::2], ALONG_PX[::2]])
"""Columns from the hand, both sides together: the floor is one."""
_ROWS_PX: Final = np.arange(-20.0, 72.5, 2.0)
"""Rows from a line, of the room above it down to the feet."""
_AT: Final = np.abs(_ROWS_PX) <= 2
"""Of these, where the floor may end at the line: skirting boards are lines too."""
_ABOVE: Final = _ROWS_PX <= -8
"""The area above the line."""
_BELOW: Final = 6
"""From so many of them below its end on the floor must be one up to the feet."""
_FEET_PX: Final = 3.0
"""So far above the feet that ends: there are shadows."""
_LEAST_BESIDE: Final = 6
"""So many columns of a row must be seen."""
_LEAST_ROWS: Final = 4
"""So many such rows."""
_ONE_FLOOR: Final = (0.7, 0.4)
"""Change of light below an end, of that at it: no floor from there to the feet, and one."""
_ROUGH_FLOOR: Final = (0.85, 0.55)
"""The same where no rail can be meant: floors have boards and shadows."""
_ENDS: Final = (8.0, 16.0)
"""Change of light, of 255, from no end of a floor to one."""
_REACH_PX: Final = (26.0, 32.0)
"""Height above the feet, px of the patch, at which the floor ends within reach of an arm, and
farther (it ends above 26 and above 34 px: of hands on sofas, worktops and walls in 23 and 9, 11 and
1, 4 and 0 of 100 looks, of free ones seen aslant in 56 and 51)."""
_SAME_AREA: Final = (0.7, 0.5)
"""Change of light above a line, of that at it, when another area begins there, and when none."""
_ACROSS_PX: Final = np.arange(-5.0, 5.5)
"""Rows across a line, more than a rail is thick."""
_LEAST_ACROSS: Final = 8
"""So many columns of them must be seen."""
_NARROW: Final = (0.5, 0.3)
"""The weaker of both changes of light across a line, into it and out again, of the stronger one,
from something narrow to a mere border (rendered rails and bars: over 0.4 in 94 to 99 of
100 looks)."""


def floor_ends(
    change: FloatArray, there: FloatArray, lines: FloatArray, *, x: float, feet_px: float
) -> tuple[FloatArray, FloatArray]:
    """Say how far the floor under the feet seems to end at each line, and far behind the feet.

    Parameters
    ----------
    change : ndarray
        As from `gaitcheck.people.lines.steps`.
    there : ndarray, shape (3, 3)
        Takes px of the patch of the lines to px of ``change``.
    lines : ndarray, shape (n, 2)
        As from `gaitcheck.people.lines.through`.
    x : float
        Column of the hand, px of the patch of the lines.
    feet_px : float
        Row of the lower foot, px of ``change``.

    Returns
    -------
    tuple of ndarray, shape (n,) each
        0 to 1, of the line itself; and of it or what is below it, out of reach of who stands there,
        while the area above the line goes on. 0 also where too little is seen.
    """
    columns = (x + _BOTH_PX)[None]
    found, rows = _means(change, there, lines, columns=columns, rows=_ROWS_PX, least=_LEAST_BESIDE)
    height, above_feet = np.abs(found).max(axis=-1)[:, 0], feet_px - rows
    floor = np.where(above_feet >= _FEET_PX, height, np.nan)
    # The largest change from each row down to the feet, and how many rows are told.
    below = np.fmax.accumulate(floor[:, ::-1], axis=1)[:, ::-1]
    told = np.isfinite(floor)[:, ::-1].cumsum(axis=1)[:, ::-1]
    share = np.nan_to_num(below[:, _BELOW:]) / np.maximum(floor[:, :-_BELOW], 1e-6)
    end = np.nan_to_num(_ramp(floor[:, :-_BELOW], *_ENDS)) * ~_ABOVE[:-_BELOW]
    end *= told[:, _BELOW:] >= _LEAST_ROWS
    far = end * _ramp(share, *_ROUGH_FLOOR) * _ramp(above_feet[:, :-_BELOW], *_REACH_PX)
    ends = (end * _ramp(share, *_ONE_FLOOR))[:, _AT[:-_BELOW]]
    at, above = (np.fmax.reduce(height[:, rows], axis=1) for rows in (_AT, _ABOVE))
    goes_on = np.nan_to_num(_ramp(above / np.maximum(at, 1e-6), *_SAME_AREA))
    return np.nan_to_num(ends).max(axis=1), np.nan_to_num(far).max(axis=1) * goes_on


def mere_border(
    change: FloatArray, there: FloatArray, lines: FloatArray, *, x: float
) -> FloatArray:
    """Say how far each line is the border of two areas, not something narrow, 0 to 1, (n,).

    Of the clearer side of the hand; 0 also where too little is seen. Parameters are as of
    `floor_ends`, but ``change`` as from `gaitcheck.people.lines.borders`.
    """
    columns = np.stack([x + ALONG_PX, x - ALONG_PX])
    found, _ = _means(
        change[..., None], there, lines, columns=columns, rows=_ACROSS_PX, least=_LEAST_ACROSS
    )
    found = np.nan_to_num(found[..., 0])
    into, out = found.max(axis=2), -found.min(axis=2)
    weaker, stronger = np.minimum(into, out), np.maximum(into, out)
    clearer = stronger.argmax(axis=1)[:, None]
    weaker, stronger = (np.take_along_axis(a, clearer, axis=1)[:, 0] for a in (weaker, stronger))
    border = _ramp(np.maximum(weaker, 0.0) / np.maximum(stronger, 1e-6), *_NARROW)
    return np.asarray(np.where(stronger > 0, border, 0.0))


def _means(
    change: FloatArray,
    there: FloatArray,
    lines: FloatArray,
    *,
    columns: FloatArray,
    rows: FloatArray,
    least: int,
) -> tuple[FloatArray, FloatArray]:
    """Average a patch along lines, at rows from them, over some columns of one side or two.

    Returns
    -------
    tuple of ndarray, shape (n, n_sides, n_rows, n_channels) and (n, n_rows)
        NaN where fewer than ``least`` columns are seen; and the row of the patch.
    """
    column = columns.ravel().astype(np.float32)
    y = lines[:, :1, None] + lines[:, 1:, None] * column + rows[:, None]
    x_px, y_px = moved_px(there, column, y.reshape(-1, len(column)).astype(np.float32))
    n_channels = change.shape[2]
    found = np.asarray(
        cv2.remap(change, x_px, y_px, cv2.INTER_NEAREST, borderValue=[math.nan] * n_channels)
    ).reshape(len(lines), len(rows), *columns.shape, n_channels)
    n_seen = np.isfinite(found[..., 0]).sum(axis=3, dtype=np.float32)[..., None]
    mean = np.nan_to_num(found, copy=False).sum(axis=3) / np.maximum(n_seen, 1)
    mean[n_seen[..., 0] < least] = np.nan
    return mean.transpose(0, 2, 1, 3), y_px.reshape(y.shape).mean(axis=2)


def _ramp(value: FloatArray, zero: float, one: float) -> FloatArray:
    return np.asarray(np.clip((value - zero) / (one - zero), 0.0, 1.0))
