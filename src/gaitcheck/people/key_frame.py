"""A picture whose corners are found again in later ones, to tell how the camera has moved since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.motion import MIN_CORNERS, Alike, Motion, floor_motion, similarity

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_MAX_CORNERS: Final = 160
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
    to_key : Motion
        From px of the picture to px of the key frame.
    worn : bool
        Whether so few corners are left, or so far away, that a new key frame should be taken.
    floor_only : bool
        Whether nothing is known of the room behind.
    """

    to_key: Motion
    worn: bool
    floor_only: bool = False


@dataclass(frozen=True, eq=False)
class Rest:
    """Where the camera last rested, to be asked whether it rests there.

    Parameters
    ----------
    to_room : Motion
        From px of the resting picture to px of the reference frame.
    least : float
        Share of the squares with corners that must be found where they rested.
    """

    to_room: Motion
    least: float


class KeyFrame:
    """One picture, its corners and where it lies in the room.

    Parameters
    ----------
    gray : ndarray of uint8, shape (height, width)
        The reduced picture.
    mask : ndarray of uint8, shape (height, width)
        0 where people are.
    to_room : Motion
        From its px to px of the reference frame.
    """

    def __init__(self, gray: Image, mask: Image, to_room: Motion) -> None:
        self.gray, self.to_room = gray, to_room
        corners = cv2.goodFeaturesToTrack(
            gray, maxCorners=_MAX_CORNERS, qualityLevel=0.01, minDistance=7, mask=mask
        )
        found = np.zeros((0, 2)) if corners is None else np.asarray(corners, dtype=np.float64)
        self.corners: FloatArray = found.reshape(-1, 2)

    def is_poor(self) -> bool:
        """Whether it has too few corners to tell a motion."""
        return len(self.corners) < MIN_CORNERS

    def match(
        self,
        gray: Image,
        mask: Image,
        guess: FloatArray,
        *,
        rest: Rest,
        about: FloatArray,
        levels: int = 3,
        even: bool = False,
        floor_only: bool = False,
    ) -> Match | None:
        """Tell how a picture lies to this one, starting from a guess.

        Where the picture rests, square by square, that is what is given: what is pushed past a
        plain wall has most of the corners but few of the squares. Of the floor it is the motion at
        a place, ``about``, shape (2,), px of the picture. `even` where a lamp that flickers hides
        the corners, `floor_only` where nothing can be told of the room.
        """
        if self.is_poor():
            return None
        ends, at = self._found_again(gray, mask, guess, levels=levels, even=even)
        if len(ends) < MIN_CORNERS:
            return None
        rested = self.to_room.back() @ rest.to_room
        if _resting(ends, at, rested.room) >= rest.least:
            return Match(rested, worn=len(ends) < _WORN * len(self.corners))
        if floor_only:
            return _of_floor(floor_motion(ends, at, room=None, about=about))
        return self._match(ends, at, about=about, shape=gray.shape)

    def _match(
        self, ends: FloatArray, at: FloatArray, *, about: FloatArray, shape: tuple[int, ...]
    ) -> Match | None:
        room = similarity(ends, at)
        if room is None:
            return None
        floor = floor_motion(ends, at, room=room, about=about) or room
        far = corner_shift(room.motion, shape) > 0.3 * shape[1]
        worn = far or room.n < _WORN * len(self.corners) or not 0.8 < room.zoom < 1.25
        return Match(Motion(room.motion, floor.motion), worn)

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


def _of_floor(found: Alike | None) -> Match | None:
    if found is None:
        return None
    return Match(Motion(np.eye(3), found.motion), worn=False, floor_only=True)


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
