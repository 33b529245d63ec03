"""Straight lines in a patch of a picture: how clear they are.

A patch lies along somebody's way, bodies in it are not looked at. A line is a border of light or
colour, the same on most of its length. Which lines lie far behind is told in `backdrop`.
"""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

SLOPES_RAD: Final = np.radians(np.arange(-12.0, 12.5, 2.0))
"""Directions of lines against the way: how the hand goes is known so far."""
ALONG_PX: Final = np.arange(5.0, 38.0, 1.5)
"""Columns from the hand, to either side."""
_LEAST_SEEN: Final = 11
"""So many of them must be seen beside the bodies."""
_WEAKEST: Final = 0.25
"""All but this share of a line must be as strong as it is said to be: what only crosses is none."""
_OVER_PX: Final = (5, 8)
"""Rows above and below that are compared, over what is no thicker than a rail or a board."""
_BROAD_PX: Final = 7
"""Columns over which the floor's grain is smoothed."""


def borders(here: FloatArray, body: Image) -> FloatArray:
    """Change of light across the way, of the channel that changes most; NaN on bodies.

    Parameters
    ----------
    here : ndarray, shape (rows, columns, 3)
        The patch, 0 to 255.
    body : ndarray of uint8, shape (rows, columns)
        Where bodies are, and their fringe: not 0.
    """
    change = np.zeros_like(here)
    change[1:-1] = here[2:] - here[:-2]
    most = np.take_along_axis(change, np.abs(change).argmax(axis=2)[..., None], axis=2)[..., 0]
    most[body > 0] = np.nan
    most[[0, -1]] = np.nan
    return np.asarray(most)


def steps(here: FloatArray, body: Image) -> FloatArray:
    """Light above each place less light below it, over thin things; NaN at bodies.

    Parameters are as of `borders`; the shape is that of ``here``.
    """
    seen = (body == 0).astype(np.float32)
    high = _OVER_PX[1] - _OVER_PX[0] + 1
    share, light = (
        cv2.boxFilter(a, -1, (_BROAD_PX, high), borderType=cv2.BORDER_CONSTANT)
        for a in (seen, here * seen[..., None])
    )
    mean = light / np.maximum(share, 1e-6)[..., None]
    mean[share < 0.5] = np.nan
    # A box of even height lies half a px above its row.
    up, down = _OVER_PX[1] - high // 2, _OVER_PX[0] + high // 2
    change = np.full_like(here, np.nan)
    change[up:-down] = mean[: -up - down] - mean[up + down :]
    return np.asarray(change)


def through(
    place: FloatArray, *, rows: FloatArray, slopes_rad: FloatArray = SLOPES_RAD
) -> FloatArray:
    """Give the lines past a place of the patch, (n, 2): their height at column 0, their slope."""
    slope, row = (a.ravel() for a in np.meshgrid(np.tan(slopes_rad), rows, indexing="ij"))
    return np.stack([place[1] + row - slope * place[0], slope], axis=1)


def strengths(
    change: FloatArray, there: FloatArray, lines: FloatArray, *, x: FloatArray
) -> FloatArray:
    """Say how strong each line is over some columns, 0 to 1, (n,); NaN where it is hidden.

    Parameters
    ----------
    change : ndarray
        As from `borders`.
    there : ndarray, shape (3, 3)
        Takes px of the patch of the lines to px of ``change``.
    lines : ndarray, shape (n, 2)
        As from `through`.
    x : ndarray, shape (m,) or (n_sides, m)
        The columns, px of the patch of the lines; of several sides the strongest one counts.
    """
    sides = np.atleast_2d(x).astype(np.float32)
    column = sides.ravel()
    y = (lines[:, :1] + lines[:, 1:] * column).astype(np.float32)
    found = cv2.remap(
        change, *moved_px(there, column, y), cv2.INTER_NEAREST, borderValue=math.nan
    ).reshape(len(lines), *sides.shape)
    found.sort(axis=2)  # NaN sort to the end
    n_seen = np.isfinite(found).sum(axis=2)
    weak = np.minimum((_WEAKEST * n_seen).astype(np.intp), sides.shape[1] - 1)
    strong = np.maximum(n_seen - 1 - weak, 0)
    brighter, darker = (
        np.take_along_axis(found, nth[..., None], axis=2)[..., 0] for nth in (weak, strong)
    )
    strength = np.maximum(np.maximum(brighter, -darker), 0.0) / 255
    best = np.fmax.reduce(np.where(n_seen >= _LEAST_SEEN, strength, np.nan), axis=1)
    return np.asarray(best)


def moved_px(
    motion: FloatArray, column: FloatArray, y: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Move points in columns ``column``, shape (m,), and rows ``y``, shape (n, m)."""
    m = motion.astype(np.float32)
    x_px, y_px, by = (m[k, 0] * column + m[k, 2] + m[k, 1] * y for k in range(3))
    return x_px / by, y_px / by


def moved(motion: FloatArray, points: FloatArray) -> FloatArray:
    """Move points, shape (..., 2), by a homography."""
    gone = points @ motion[:, :2].T + motion[:, 2]
    return np.asarray(gone[..., :2] / gone[..., 2:])
