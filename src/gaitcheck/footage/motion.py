"""Between which samples something moved that could be a person, and where nothing rests."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.footage.changes import Changes

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

_ON: Final = round(0.12 * 255)
"""A cell of which so much changed counts."""
_CELLS: Final = 2
"""So many cells side by side could be a person, who is three cells high: half of one hidden, or the
little that slow feet and arms move between two samples."""
_KNOWN_ON: Final = round(0.05 * 255)
"""The same for a single cell where somebody is known to be."""
_RESTLESS_SHARE: Final = 0.4
_RESTLESS_S: Final = 150.0
"""A cell that changes in so many of the samples for so long before and after is restless: a clock
in the picture, a screen, leaves (arbitrary). Poses are looked for there."""
_LINE_CELLS: Final = 10
"""What is restless and no higher than a line of text makes so much of its line restless: the
minutes of a clock change more seldom than its seconds (arbitrary)."""


def restless_cells(changes: Changes) -> BoolArray:
    """Say which cells never come to rest, shape (n, rows, columns)."""
    on = changes.cells >= _ON
    n = len(on)
    # Counts up to each sample, so that any stretch is a difference of two.
    counts = np.zeros((n + 1, *on.shape[1:]), np.int32)
    np.cumsum(on, axis=0, out=counts[1:], dtype=np.int32)
    start = np.searchsorted(changes.times_s, changes.times_s - _RESTLESS_S)
    end = np.searchsorted(changes.times_s, changes.times_s + _RESTLESS_S)
    out = np.zeros(on.shape, bool)
    for i in range(n):
        length_s = changes.times_s[end[i] - 1] - changes.times_s[start[i]]
        if length_s >= _RESTLESS_S:
            often = (counts[end[i]] - counts[start[i]]) / (end[i] - start[i])
            out[i] = _zone(often >= _RESTLESS_SHARE)
    return out


def _zone(restless: BoolArray) -> BoolArray:
    """Widen what never rests by a cell, and lines of text by a line's length."""
    if not restless.any():
        return restless
    wide = cv2.dilate(restless.astype(np.uint8), np.ones((3, 3), np.uint8))
    n, _, stats, _ = cv2.connectedComponentsWithStats(restless.astype(np.uint8), connectivity=8)
    for x, y, width, height, _ in stats[1:n]:
        if height <= 2:
            wide[
                max(y - 1, 0) : y + height + 1, max(x - _LINE_CELLS, 0) : x + width + _LINE_CELLS
            ] = 1
    return np.asarray(wide > 0)


def moved(changes: Changes, *, restless: BoolArray) -> BoolArray:
    """Say for each sample whether something the size of a person moved since the one before.

    Where nothing rests, what reaches beyond the restless cells counts.
    """
    on = changes.cells >= _ON
    free = on & ~restless
    return np.array([_person_sized(cells) for cells in free], dtype=bool)


def moved_at(changes: Changes, box_share: FloatArray) -> BoolArray:
    """Say for each sample whether anything at all changed within a box.

    Parameters
    ----------
    changes : Changes
        Of the video.
    box_share : ndarray, shape (4,)
        x0, y0, x1, y1 in picture widths.
    """
    x0, y0, x1, y1 = box_share / changes.cell_share
    rows = slice(max(int(y0), 0), int(np.ceil(y1)))
    columns = slice(max(int(x0), 0), int(np.ceil(x1)))
    return np.asarray((changes.cells[:, rows, columns] >= _KNOWN_ON).any(axis=(1, 2)))


def boxes(cells: BoolArray, *, cell_share: float) -> list[FloatArray]:
    """Give the boxes round cells side by side, x0, y0, x1, y1 in picture widths."""
    n, _, stats, _ = cv2.connectedComponentsWithStats(cells.astype(np.uint8), connectivity=8)
    return [
        np.array([x, y, x + width, y + height], dtype=float) * cell_share
        for x, y, width, height, _ in stats[1:n]
    ]


def _person_sized(cells: BoolArray) -> bool:
    if int(cells.sum()) < _CELLS:
        return False
    n, _, stats, _ = cv2.connectedComponentsWithStats(cells.astype(np.uint8), connectivity=8)
    return bool(n > 1 and stats[1:, cv2.CC_STAT_AREA].max() >= _CELLS)
