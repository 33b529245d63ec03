"""A picture whose corners are found again in later ones, to tell how the camera has moved since."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_MAX_CORNERS: Final = 160
_MIN_CORNERS: Final = 12
"""Fewer matched corners than this do not tell a motion (arbitrary)."""
_MIN_INLIERS: Final = 0.4
"""Share of the matched corners that must move alike."""
_SQUARE_PX: Final = 40
"""Side of the squares that are asked whether the picture rests, px of the reduced picture."""
_RESTING_PX: Final = 0.35
"""A corner no farther than this from its place at rest has not moved, px of the reduced picture."""
_EVEN_PX: Final = 15
"""Side of the square whose mean brightness counts as the light there, px of the reduced picture:
the bands of a flickering lamp are many times broader (with 31 an eighth of the corners went off
under bands a quarter brighter, with 15 hardly any)."""
_GRAY: Final = 100.0
"""Brightness that every part of an evened picture has in the mean (of 255; arbitrary)."""
_WORN: Final = 0.45
"""With a smaller share of its corners found a new key frame should be taken (arbitrary)."""


@dataclass(frozen=True, eq=False)
class Match:
    """How a picture lies to a key frame.

    Parameters
    ----------
    to_key : ndarray, shape (3, 3)
        Takes homogeneous px of the picture to px of the key frame.
    worn : bool
        Whether so few corners are left, or so far away, that a new key frame should be taken.
    """

    to_key: FloatArray
    worn: bool


@dataclass(frozen=True, eq=False)
class Rest:
    """Where the camera last rested, to be asked whether it rests there.

    Parameters
    ----------
    to_room : ndarray, shape (3, 3)
        Takes px of the resting picture to px of the reference frame.
    least : float
        Share of the squares with corners that must be found where they rested.
    """

    to_room: FloatArray
    least: float


class KeyFrame:
    """One picture, its corners and where it lies in the room.

    Parameters
    ----------
    gray : ndarray of uint8, shape (height, width)
        The reduced picture.
    mask : ndarray of uint8, shape (height, width)
        0 where people are.
    to_room : ndarray, shape (3, 3)
        Takes its px to px of the reference frame.
    """

    def __init__(self, gray: Image, mask: Image, to_room: FloatArray) -> None:
        self.gray, self.to_room = gray, to_room
        corners = cv2.goodFeaturesToTrack(
            gray, maxCorners=_MAX_CORNERS, qualityLevel=0.01, minDistance=7, mask=mask
        )
        found = np.zeros((0, 2)) if corners is None else np.asarray(corners, dtype=np.float64)
        self.corners: FloatArray = found.reshape(-1, 2)

    def is_poor(self) -> bool:
        """Whether it has too few corners to tell a motion."""
        return len(self.corners) < _MIN_CORNERS

    def match(
        self,
        gray: Image,
        mask: Image,
        guess: FloatArray,
        *,
        rest: Rest,
        levels: int = 3,
        even: bool = False,
    ) -> Match | None:
        """Tell how a picture lies to this one, starting from a guess.

        Where the picture rests, square by square, that is what is given: what is pushed past a
        plain wall has most of the corners but few of the squares. Else the motion is a similarity
        (shift, turn, zoom) found by RANSAC, so people who are not masked out do no harm while they
        cover less than about half of the corners. `even` where a lamp that flickers hides them.
        """
        if self.is_poor():
            return None
        ends, at = self._found_again(gray, mask, guess, levels=levels, even=even)
        if len(ends) < _MIN_CORNERS:
            return None
        rested: FloatArray = np.linalg.inv(self.to_room) @ rest.to_room
        if _resting(ends, at, rested) >= rest.least:
            return Match(rested, worn=len(ends) < _WORN * len(self.corners))
        return self._similarity(ends, at, gray.shape)

    def _found_again(
        self, gray: Image, mask: Image, guess: FloatArray, *, levels: int, even: bool
    ) -> tuple[FloatArray, FloatArray]:
        """Give where corners are found in a picture, and where they are in this one, px."""
        before, now = (evened(self.gray), evened(gray)) if even else (self.gray, gray)
        start = _moved(self.corners, np.linalg.inv(guess)).astype(np.float32)
        ends, status, _ = cv2.calcOpticalFlowPyrLK(
            before, now, self.corners.astype(np.float32)[:, None], start[:, None].copy(),
            winSize=(15, 15), maxLevel=levels, flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
            criteria=(cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.02),
        )  # fmt: skip
        ends = ends.reshape(-1, 2)
        rows, columns = gray.shape
        at = np.round(ends).astype(int)
        inside = (at >= 0).all(axis=1) & (at[:, 0] < columns) & (at[:, 1] < rows)
        free = inside & (status.ravel() == 1)
        free[free] = mask[at[free, 1], at[free, 0]] > 0
        return ends[free], self.corners[free]

    def _similarity(self, ends: FloatArray, at: FloatArray, shape: tuple[int, ...]) -> Match | None:
        # OpenCV's RANSAC draws from a generator of fixed seed: the result is the same every run.
        matrix, inliers = cv2.estimateAffinePartial2D(
            ends, at, method=cv2.RANSAC, ransacReprojThreshold=0.8, maxIters=500, confidence=0.99
        )
        if matrix is None:
            return None
        n_inliers = int(inliers.sum())
        if n_inliers < max(_MIN_CORNERS, _MIN_INLIERS * len(ends)):
            return None
        zoom = math.hypot(matrix[0, 0], matrix[1, 0])
        if not 0.5 < zoom < 2.0:
            return None
        to_key = np.vstack([matrix, [0.0, 0.0, 1.0]])
        far = corner_shift(to_key, shape) > 0.3 * shape[1]
        worn = far or n_inliers < _WORN * len(self.corners) or not 0.8 < zoom < 1.25
        return Match(to_key, worn)


def evened(gray: Image) -> Image:
    """Give the picture as if every part of it were as bright: light that flickers is gone."""
    around = cv2.blur(gray.astype(np.float32), (_EVEN_PX, _EVEN_PX))
    return np.asarray(np.clip(_GRAY * (gray + 1.0) / (around + 1.0), 0, 255), dtype=np.uint8)


def corner_shift(matrix: FloatArray, shape: tuple[int, ...]) -> float:
    """Give the largest way that a corner of the picture moves, px."""
    rows, columns = shape[:2]
    corners = np.array([[0, 0, 1], [columns, 0, 1], [0, rows, 1], [columns, rows, 1]], dtype=float)
    return float(np.linalg.norm(((matrix - np.eye(3)) @ corners.T)[:2], axis=0).max())


def _resting(ends: FloatArray, at: FloatArray, rested: FloatArray) -> float:
    """Give the share of the squares with corners in which half of them are where they rested."""
    rests = np.linalg.norm(_moved(ends, rested) - at, axis=1) <= _RESTING_PX
    column, row = (np.maximum(ends, 0) / _SQUARE_PX).astype(int).T
    square = row * (column.max() + 1) + column
    corners = np.bincount(square)
    resting = np.bincount(square, weights=rests)[corners > 0] >= 0.5 * corners[corners > 0]
    return float(np.mean(resting))


def _moved(points: FloatArray, matrix: FloatArray) -> FloatArray:
    return np.asarray(points @ matrix[:2, :2].T + matrix[:2, 2])
