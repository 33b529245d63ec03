"""The area a body covers, and how much of it lies on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop
from gaitcheck.people.geometry import FACE, HIPS, SHOULDERS, body_size
from gaitcheck.pose.landmarks import SKELETON

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_HEAD_RADIUS: Final = 0.13
"""In body sizes, with hair."""
_FACE_RADIUS: Final = 0.1
"""Of the head alone, in body sizes: with 0.14 the model saw a second head where there was none in 9
of 282 looks at walkers alone, with this in none."""
_CLOTHED: Final = 1.4
"""Width of a body with clothes and errors of its pose."""


def body_mask(
    points_px: FloatArray, *, shape: tuple[int, ...], scale: float = 1.0, width: float = 1.0
) -> Image:
    """Draw the area a body covers: limbs as thick lines, the trunk filled, the head round.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px of the picture.
    shape : tuple of int
        Rows and columns of the mask.
    scale : float
        Px of the mask for one px of the picture.
    width : float
        Thickness, 1 for the limbs of an ordinary body in ordinary clothes.

    Returns
    -------
    ndarray of uint8, shape ``shape``
        255 on the body, else 0.
    """
    mask: Image = np.zeros(shape, dtype=np.uint8)
    size = body_size(points_px) * scale
    points = np.clip(points_px * scale, -30000, 30000)
    limb = max(1, round(0.11 * size * width))

    def line(a: FloatArray, b: FloatArray, thick: int) -> None:
        cv2.line(mask, _at(a), _at(b), 255, thick)

    for a, b in SKELETON:
        line(points[a], points[b], limb)
    trunk = np.array([_at(points[i]) for i in (*SHOULDERS, HIPS[1], HIPS[0])], dtype=np.int32)
    cv2.fillConvexPoly(mask, cv2.convexHull(trunk), 255)
    neck, pelvis = points[list(SHOULDERS)].mean(axis=0), points[list(HIPS)].mean(axis=0)
    line(neck, pelvis, max(1, round(0.22 * size * width)))
    face = points[list(FACE)].mean(axis=0)
    line(face, neck, limb)
    cv2.circle(mask, _at(face), max(1, round(0.11 * size * width)), 255, -1)
    return mask


def head_mask(points_px: FloatArray, *, shape: tuple[int, ...]) -> Image:
    """Draw the head of a body alone: 255 on it, else 0.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px of the mask.
    shape : tuple of int
        Rows and columns of the mask.
    """
    mask: Image = np.zeros(shape, dtype=np.uint8)
    face = np.clip(points_px[list(FACE)].mean(axis=0), -30000, 30000)
    cv2.circle(mask, _at(face), max(1, round(_FACE_RADIUS * body_size(points_px))), 255, -1)
    return mask


def covered_share(points_px: FloatArray, others: Sequence[FloatArray]) -> float:
    """Give the share of a body's area that lies on other bodies in their clothes, 0 to 1.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px.
    others : sequence of ndarray, shape (33, 2)
        The other bodies.
    """
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    side = 1.2 * float((high - low).max()) + 4
    x, y = (low + high) / 2
    crop = Crop(float(x), float(y), side, out_px=128)
    own = body_mask(crop.from_picture(points_px), shape=(128, 128), width=0.8) > 0
    covered = np.zeros((128, 128), dtype=bool)
    for other in others:
        covered |= body_mask(crop.from_picture(other), shape=(128, 128), width=_CLOTHED) > 0
    return float(np.count_nonzero(own & covered) / np.count_nonzero(own))


def covered_head(points_px: FloatArray, other_px: FloatArray) -> float:
    """Give the share of a body's head that lies on another body, 0 to 1.

    Limbs taken for a body have no head beside themselves.

    Parameters
    ----------
    points_px, other_px : ndarray, shape (33, 2)
        Landmarks, px.
    """
    face, radius = points_px[list(FACE)].mean(axis=0), _HEAD_RADIUS * body_size(points_px)
    crop = Crop(float(face[0]), float(face[1]), 3 * radius + 1, out_px=64)
    head: Image = np.zeros((64, 64), dtype=np.uint8)
    cv2.circle(head, (32, 32), round(radius * crop.scale), 255, -1)
    other = body_mask(crop.from_picture(other_px), shape=(64, 64))
    return float(np.count_nonzero(head & other) / np.count_nonzero(head))


def _at(point: FloatArray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
