"""What moves before a fixed camera: a background model at reduced size."""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import body_mask
from gaitcheck.people.crop import halved

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_WIDTH_PX: Final = 320
"""Least width of the picture that is watched (a person of 45 px in 768 is 22 px there)."""
_EVERY_S: Final = 0.06
"""The model is fed no more often than this, s: people do not move much in less."""
_MEMORY_S: Final = 60.0
"""Memory of the model, s. A thing that stopped becomes background after a tenth of it (MOG2 counts
to the background whatever fills more than that share of the memory), 6 s (arbitrary)."""
_FLOOD: Final = 0.5
"""A share of moving pixels that means a change of light, not people (arbitrary)."""


class MovingBlobs:
    """Find what moves and is not covered by a body that is followed already.

    Parameters
    ----------
    min_height_px : float
        Smaller blobs are left out, px of the full picture.
    """

    def __init__(self, *, min_height_px: float) -> None:
        self._min_height_px = min_height_px
        self._model: cv2.BackgroundSubtractorMOG2 | None = None
        self._scale = 1.0
        self._moving: Image | None = None
        self._fresh = False
        self._fed_s = -math.inf

    def reset(self) -> None:
        """Forget the background: the camera moved, or another scene began."""
        self._model, self._moving, self._fed_s = None, None, -math.inf

    def feed(self, image_bgr: Image, *, time_s: float) -> None:
        """Show the model the next picture of a fixed camera."""
        gone = time_s - self._fed_s
        if self._model is not None and 0 <= gone < _EVERY_S:
            return
        small, self._scale = halved(image_bgr, width_px=_WIDTH_PX)
        first = self._model is None
        if self._model is None:
            self._model = cv2.createBackgroundSubtractorMOG2(
                history=500, varThreshold=25, detectShadows=True
            )
        rate = 1.0 if first else min(max(gone, 0.0) / _MEMORY_S, 0.02)
        moving = np.asarray(self._model.apply(small, learningRate=rate), dtype=np.uint8)
        self._fed_s = time_s
        found = np.asarray(cv2.threshold(moving, 200, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
        # What is below is shadow: MOG2 marks it 127.
        if cv2.countNonZero(found) > _FLOOD * found.size:
            self.reset()
            return
        found = np.asarray(
            cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), dtype=np.uint8
        )
        self._fresh = True
        self._moving = np.asarray(
            cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((7, 3), np.uint8)), dtype=np.uint8
        )

    def share_beside(self, box: FloatArray, points_px: FloatArray) -> float | None:
        """Give the share of a box that moves and is not of a body.

        Parameters
        ----------
        box : ndarray, shape (4,)
            x0, y0, x1, y1, px of the full picture.
        points_px : ndarray, shape (33, 2)
            The body's landmarks, px of the full picture.

        Returns
        -------
        float or None
            0 to 1, None where it is not known yet what moves.
        """
        if self._moving is None:
            return None
        height, width = self._moving.shape
        x0, y0, x1, y1 = np.round(box * self._scale).astype(int).clip(0, [width, height] * 2)
        inside = self._moving[y0:y1, x0:x1]
        if not inside.size:
            return 0.0
        moved = points_px - np.array([x0, y0]) / self._scale
        body = body_mask(moved, shape=inside.shape, scale=self._scale)
        return float(np.count_nonzero((inside > 0) & (body == 0)) / inside.size)

    def uncovered(self, bodies: list[FloatArray]) -> list[FloatArray]:
        """Give the boxes of what moves beside the bodies, the largest first.

        Nothing where the model was not fed since the last time: it would be the same again.

        Parameters
        ----------
        bodies : list of ndarray, shape (33, 2)
            Landmarks of the people followed, px of the full picture.

        Returns
        -------
        list of ndarray, shape (4,)
            x0, y0, x1, y1, px of the full picture.
        """
        if self._moving is None or not self._fresh:
            return []
        self._fresh = False
        left = self._moving.copy()
        for points in bodies:
            left[body_mask(points, shape=left.shape, scale=self._scale, width=1.9) > 0] = 0
        n, _, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
        low = 0.55 * self._min_height_px * self._scale
        found: list[tuple[float, FloatArray]] = []
        for x, y, width, height, area in stats[1:n]:
            # A person is upright or lies; a blob much wider than high is two people or a car.
            if max(height, 0.7 * width) < low or area < 0.15 * low * low:
                continue
            box = np.array([x, y, x + width, y + height], dtype=float) / self._scale
            found.append((float(area), box))
        return [box for _, box in sorted(found, key=lambda item: -item[0])]
