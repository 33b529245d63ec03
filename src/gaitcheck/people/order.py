"""Which of two is before the other: somebody's own trunk and thighs, or a line at their hand.

What the hand at the camera's side slides along is before the body, at hip or trunk: its picture
goes on over the clothes. A line far behind the hand ends at the body and goes on beyond it.
"""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import HIPS, KNEES, SHOULDERS, body_size
from gaitcheck.people.lines import moved_px
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_OF_SIDE: Final = np.array(
    [
        [INDEX[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist", "hip", "knee")]
        for side in ("left", "right")
    ]
)
_CLEARER: Final = 0.1
"""So much better seen is the side towards the camera of somebody who walks across the picture
(whoever goes sideways along a sofa: hardly)."""
_WALKED: Final = 0.1
"""Way from which its direction is known, body sizes."""
_TRUNK: Final = 0.16
_THIGH: Final = 0.09
"""Thickness of what is surely covered by trunk and thighs, body sizes."""
_ALONG_PX: Final = np.arange(4.0, 22.0)
_BOTH_PX: Final = np.concatenate([-_ALONG_PX, _ALONG_PX])
"""Columns from the hand, beyond its own width."""
_ROWS_PX: Final = np.arange(-2.0, 3.0)
"""Rows about the line: before a shirt another edge of a rail may be the clearer one."""
_LEAST_SEEN: Final = 6
"""So many columns must lie on the body."""
_GOES_ON: Final = (0.15, 0.3)
"""Change of light at a line on the body, of that beside it, when the line is behind the body, and
before it (rendered near hands: on rails and bars 0.28 and more in 98 %, free 0.13 in half)."""


def near_side(visibility: FloatArray, *, way: FloatArray, size: float) -> int | None:
    """Say which side is towards the camera: 0 left, 1 right; None where that is not clear.

    Parameters
    ----------
    visibility : ndarray, shape (33,)
        How well the model sees each landmark.
    way : ndarray, shape (2,)
        The way of the trunk in the last second.
    size : float
        Of the body, in the same unit.
    """
    near = 1 if way[0] > 0 else 0
    seen = visibility[_OF_SIDE].mean(axis=1)
    clear = abs(way[0]) > _WALKED * size and seen[near] - seen[1 - near] > _CLEARER
    return near if clear else None


def core_mask(points: FloatArray, *, shape: tuple[int, int]) -> Image:
    """Draw the area that is surely trunk and thighs: 255, else 0; points are px of it, (33, 2)."""
    mask: Image = np.zeros(shape, dtype=np.uint8)
    size = body_size(points)
    trunk = points[[*SHOULDERS, HIPS[1], HIPS[0]]].round().astype(np.int32)
    cv2.fillConvexPoly(mask, cv2.convexHull(trunk), 255)
    neck, pelvis = points[list(SHOULDERS)].mean(axis=0), points[list(HIPS)].mean(axis=0)
    limbs = [(neck, pelvis, _TRUNK)]
    limbs += [(points[hip], points[knee], _THIGH) for hip, knee in zip(HIPS, KNEES, strict=True)]
    for a, b, thick in limbs:
        start, end = ((round(float(p[0])), round(float(p[1]))) for p in (a, b))
        cv2.line(mask, start, end, 255, max(1, round(thick * size)))
    return np.asarray(cv2.erode(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def behind_body(
    on_body: FloatArray, there: FloatArray, lines: FloatArray, *, x: float, beside: FloatArray
) -> FloatArray:
    """Say how far each line seems to be hidden by the body, 0 to 1, (n,).

    0 also where too little of the body is seen.

    Parameters
    ----------
    on_body : ndarray
        As from `gaitcheck.people.lines.borders`, NaN but on trunk and thighs.
    there : ndarray, shape (3, 3)
        Takes px of the patch of the lines to px of ``on_body``.
    lines : ndarray, shape (n, 2)
        As from `gaitcheck.people.lines.through`.
    x : float
        Column of the hand, px of the patch of the lines.
    beside : ndarray, shape (n,)
        How strong the lines are beside the body, 0 to 1.
    """
    column = (x + _BOTH_PX).astype(np.float32)
    y = lines[:, :1, None] + lines[:, 1:, None] * column + _ROWS_PX[:, None]
    at = moved_px(there, column, y.reshape(-1, len(column)).astype(np.float32))
    found = cv2.remap(on_body, *at, cv2.INTER_NEAREST, borderValue=math.nan).reshape(y.shape)
    found.sort(axis=2)  # NaN sort to the end
    n_seen = np.isfinite(found).sum(axis=2)
    middle = np.take_along_axis(found, np.maximum(n_seen - 1, 0)[..., None] // 2, axis=2)[..., 0]
    on = np.where(n_seen >= _LEAST_SEEN, np.abs(middle) / 255, math.nan)
    share = np.fmax.reduce(on, axis=1) / np.maximum(beside, 0.02)
    behind = np.clip((_GOES_ON[1] - share) / (_GOES_ON[1] - _GOES_ON[0]), 0.0, 1.0)
    return np.asarray(np.nan_to_num(behind))
