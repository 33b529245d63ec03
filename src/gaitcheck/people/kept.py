"""Pictures kept for a moment with where the bodies were: what the looks at hands compare with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import body_mask
from gaitcheck.people.crop import halved

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_WIDTH_PX: Final = 640
"""Least width of the pictures kept, px: a stick far away is lost in less."""


class Kept:
    """One picture kept for later, at half its size or less, and where the bodies were in it.

    Parameters
    ----------
    image_bgr : ndarray of uint8
        The picture.
    time_s : float
        Its time, s.
    to_room : ndarray, shape (3, 3)
        As in `Track`.
    bodies : mapping of int to ndarray, shape (33, 2)
        Landmarks, px.
    """

    def __init__(
        self,
        image_bgr: Image,
        *,
        time_s: float,
        to_room: FloatArray,
        bodies: Mapping[int, FloatArray],
    ) -> None:
        self.time_s, self.to_room, self.bodies = time_s, to_room, bodies
        image, self._scale = halved(image_bgr, width_px=_WIDTH_PX)
        # The reader may use its picture again.
        self._halves = [image if image is not image_bgr else image.copy()]
        self._masks: dict[tuple[int, float], Image] = {}

    def patch(self, place: FloatArray, *, shape: tuple[int, int]) -> Image:
        """Sample the picture.

        Parameters
        ----------
        place : ndarray, shape (3, 3)
            Takes px of the patch to px of the picture.
        shape : tuple of int
            Rows and columns of the patch.
        """
        k = self._level(place)
        return _warped(self._halves[k], self._on_level(place, k), shape=shape)

    def covered(self, place: FloatArray, *, shape: tuple[int, int], width: float) -> Image:
        """Give where bodies, or the border of the picture, cover the patch: 255, else 0."""
        k = self._level(place)
        if (k, width) not in self._masks:
            mask = np.zeros(self._halves[k].shape[:2], dtype=np.uint8)
            for points in self.bodies.values():
                scale = self._scale * 0.5**k
                mask |= body_mask(points, shape=mask.shape, scale=scale, width=width)
            self._masks[k, width] = mask
        return _warped(self._masks[k, width], self._on_level(place, k), shape=shape, nearest=True)

    def _level(self, place: FloatArray) -> int:
        zoom = math.hypot(place[0, 0], place[1, 0]) * self._scale
        k = 0
        while zoom > 1.6 * 2**k and min(self._halves[k].shape[:2]) > 64:
            k += 1
            if k == len(self._halves):
                self._halves.append(_halved(self._halves[-1]))
        return k

    def _on_level(self, place: FloatArray, k: int) -> FloatArray:
        scale = self._scale * 0.5**k
        return np.asarray(np.diag([scale, scale, 1.0]) @ place)


def _warped(
    image: Image, place: FloatArray, *, shape: tuple[int, int], nearest: bool = False
) -> Image:
    return np.asarray(
        cv2.warpAffine(
            image,
            place[:2],
            shape[::-1],
            flags=(cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT if nearest else cv2.BORDER_REPLICATE,
            borderValue=255,
        ),
        dtype=np.uint8,
    )


def _halved(image: Image) -> Image:
    height, width = image.shape[:2]
    size = (max(width // 2, 1), max(height // 2, 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
