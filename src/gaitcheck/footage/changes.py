"""What changes from one sample to the next, in cells a third of the smallest person wide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.footage.samples import Sample

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_WIDTH_PX: Final = 320
"""Least width of the pictures that are compared."""
_PERSON_PX: Final = 12.0
"""The smallest person looked for is at least so high in them, px."""
_CELLS_A_PERSON: Final = 3.0
_NOISE_GAIN: Final = 4.0
_LEAST: Final = 7.0
_MOST: Final = 24.0
"""A pixel has changed if it differs by `_NOISE_GAIN` sigma of the noise, but no less and no more
than this, grey values: with a moving camera everything does (arbitrary)."""
_LIGHT_SHARE: Final = 0.2
"""Side of the area over which the mean difference is taken for light, as a share of the width."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed between the samples of one video.

    Parameters
    ----------
    times_s : ndarray, shape (n,)
        Times of the samples, s.
    cells : ndarray of uint8, shape (n, rows, columns)
        Share of the changed pixels of each cell against the sample before, 0 to 255; the first
        sample's are 0.
    cell_share : float
        Side of a cell in picture widths.
    """

    times_s: FloatArray
    cells: Image
    cell_share: float


def compare(samples: Iterable[Sample], *, width_px: int, min_height_px: float) -> Changes:
    """Compare each sample with the one before.

    Parameters
    ----------
    samples : iterable of Sample
        In order of time.
    width_px : int
        Width of the full picture, px.
    min_height_px : float
        Height of the smallest person looked for, px of the full picture.
    """
    share = min(1.0, max(_WIDTH_PX / width_px, _PERSON_PX / min_height_px))
    cell_px = max(4, round(min_height_px * share / _CELLS_A_PERSON))
    times_s: list[float] = []
    cells: list[Image] = []
    last: Image | None = None
    for sample in samples:
        gray = np.asarray(cv2.blur(sample.gray(share), (3, 3)), dtype=np.uint8)
        if last is None or last.shape != gray.shape:
            last = gray
        times_s.append(sample.time_s)
        cells.append(_changed_cells(last, gray, cell_px))
        last = gray
    shown = np.stack(cells) if cells else np.zeros((0, 1, 1), np.uint8)
    return Changes(np.array(times_s), shown, cell_px / (share * width_px))


def _changed_cells(before: Image, after: Image, cell_px: int) -> Image:
    moved = cv2.subtract(after, before, dtype=cv2.CV_16S)
    # Light that comes and goes changes wide areas alike; the camera's own gain does too.
    around = max(3, round(_LIGHT_SHARE * before.shape[1])) | 1
    light = cv2.blur(moved.astype(np.float32), (around, around))
    difference = np.abs(moved - light)
    noise = 1.4826 * float(np.median(difference[::2, ::2]))
    limit = min(max(_NOISE_GAIN * noise, _LEAST), _MOST)
    changed = (difference > limit).astype(np.float32)
    rows = -(-before.shape[0] // cell_px)
    columns = -(-before.shape[1] // cell_px)
    padded = np.zeros((rows * cell_px, columns * cell_px), np.float32)
    padded[: before.shape[0], : before.shape[1]] = changed
    share = cv2.resize(padded, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(np.round(255 * share), dtype=np.uint8)
