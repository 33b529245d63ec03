"""The colours of somebody's clothes: histograms of trunk and legs in CIELAB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import body_mask
from gaitcheck.people.geometry import ANKLES, HIPS, KNEES, SHOULDERS, body_size

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_BINS: Final = (6, 12, 12)
_LOW, _HIGH = 74, 182
_RANGES: Final = (0, 256, _LOW, _HIGH, _LOW, _HIGH)
"""Bins of 43 for the lightness and of 9 for the colours: 8 bit of L, a, b; grey is 128 in a and b.
More colourful clothes count to the outer bins."""
_COLOURFUL: Final = 18.0
"""Distance from grey from which a colour is one: nearly none of black and grey clothes, a third to
a half of blue jeans, two thirds and more of coloured tops have it."""
_HEIGHT_PX: Final = 96.0
"""Larger bodies are read in a reduced picture."""
_MIN_PIXELS: Final = 40
_MIN_FREE: Final = 0.6
"""Share of a part that must be in the picture and not on other bodies."""
_INNER: Final = 0.7
"""Width of the trunk and of the legs that is read, in those of the body: the rest is background
where the pose is a little off."""


def clothes(
    image_bgr: Image, points_px: FloatArray, *, others: Sequence[FloatArray] = ()
) -> FloatArray | None:
    """Read the colours of a body's clothes.

    Parameters
    ----------
    image_bgr : ndarray of uint8, shape (height, width, 3)
        The picture.
    points_px : ndarray, shape (33, 2)
        The body's landmarks, px.
    others : sequence of ndarray, shape (33, 2)
        Other bodies, that may stand before it.

    Returns
    -------
    ndarray, shape (2, 864), or None
        For trunk and legs the share of each colour, smoothed; None where either is hardly seen.
    """
    size = body_size(points_px)
    low = np.floor(points_px.min(axis=0)).astype(int)
    high = np.ceil(points_px.max(axis=0)).astype(int) + 1
    height, width = image_bgr.shape[:2]
    (x0, y0), (x1, y1) = low.clip(0), high.clip(0, [width, height])
    if x1 - x0 < 4 or y1 - y0 < 4:
        return None
    scale = min(1.0, _HEIGHT_PX / max(size, 1.0))
    part = image_bgr[y0:y1, x0:x1]
    if scale < 1:
        shape = (max(round((x1 - x0) * scale), 1), max(round((y1 - y0) * scale), 1))
        part = np.asarray(cv2.resize(part, shape, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    lab = cv2.cvtColor(part, cv2.COLOR_BGR2LAB)
    hidden: Image = np.zeros(lab.shape[:2], np.uint8)
    corner = np.array([x0, y0])
    for other in others:
        hidden |= body_mask(other - corner, shape=hidden.shape, scale=scale, width=1.3)
    points = (points_px - corner) * scale
    found = []
    for mask in (_trunk(points, hidden.shape), _legs(points, hidden.shape)):
        inside = int(np.count_nonzero(mask))
        mask[hidden > 0] = 0
        free = int(np.count_nonzero(mask))
        if free < _MIN_PIXELS or free < _MIN_FREE * inside:
            return None
        found.append(_histogram(np.asarray(lab, dtype=np.uint8), mask))
    return np.stack(found)


def likeness(a: FloatArray, b: FloatArray) -> float:
    """Give how alike clothes are, 0 to 1: Bhattacharyya's coefficient, the mean of both parts."""
    return float(np.sqrt(a * b).sum(axis=-1).mean())


def colourful(a: FloatArray) -> float:
    """Give the share of colours in the clothes of the trunk that are not black, grey or white."""
    middles = _LOW + (_HIGH - _LOW) * (np.arange(_BINS[1]) + 0.5) / _BINS[1] - 128
    far = np.hypot(*np.meshgrid(middles, middles)) > _COLOURFUL
    return float(a[0].reshape(_BINS)[:, far].sum())


def _histogram(lab: Image, mask: Image) -> FloatArray:
    lab[..., 1:] = lab[..., 1:].clip(_LOW, _HIGH - 1)
    counts = cv2.calcHist([lab], [0, 1, 2], mask, list(_BINS), list(_RANGES))
    padded = np.pad(np.asarray(counts, dtype=float), 1)
    # A colour at the edge of two bins counts for both.
    for axis in range(3):
        before, after = np.roll(padded, 1, axis), np.roll(padded, -1, axis)
        padded = 0.25 * before + 0.5 * padded + 0.25 * after
    inner = padded[1:-1, 1:-1, 1:-1].ravel()
    return np.asarray(inner / max(float(inner.sum()), 1e-9))


def _trunk(points: FloatArray, shape: tuple[int, ...]) -> Image:
    corners = points[[SHOULDERS[0], SHOULDERS[1], HIPS[1], HIPS[0]]]
    middle = corners.mean(axis=0)
    inner = middle + _INNER * (corners - middle)
    mask: Image = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(inner).astype(np.int32)), 255)
    # Seen from the side the corners are nearly in a line.
    thick = max(1, round(0.14 * _INNER * body_size(points)))
    cv2.line(mask, _at(inner[:2].mean(axis=0)), _at(inner[2:].mean(axis=0)), 255, thick)
    return mask


def _legs(points: FloatArray, shape: tuple[int, ...]) -> Image:
    mask: Image = np.zeros(shape, np.uint8)
    thick = max(1, round(0.1 * _INNER * body_size(points)))
    for upper, lower in ((HIPS, KNEES), (KNEES, ANKLES)):
        for side in range(2):
            cv2.line(mask, _at(points[upper[side]]), _at(points[lower[side]]), 255, thick)
    return mask


def _at(point: FloatArray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
