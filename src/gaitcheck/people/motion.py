"""Corners in two pictures come in; how the one lies to the other goes out.

What stands still moves in the picture by a shift, a turn and a zoom, a similarity, where the camera
turns, zooms or stands far away. Where somebody films who goes along, the floor comes towards the
camera and what is behind it does not: no similarity is right for both. Things are looked for before
the background, feet go over the floor: so each has its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]

MIN_CORNERS: Final = 12
"""Fewer matched corners than this do not tell a motion (arbitrary)."""
_MIN_ALIKE: Final = 0.4
"""Share of the matched corners that must move alike."""
_ALIKE_PX: Final = 0.8
"""They move alike to so much, px of the reduced picture."""
_FLOOR_PX: Final = (0.8, 1.5)
"""The same for the floor, and where with that nothing is found (where somebody films who goes along
the first leaves half of the pictures untold)."""
_ALL_ALIKE: Final = 0.8
"""With such a share there is nothing that a similarity does not tell (0.7 and 0.9 are as good)."""
_ZOOMS: Final = (0.5, 2.0)
"""More than this in between two pictures is a mistake (arbitrary)."""
_MORE_ALIKE: Final = 1.15
"""Else a projective motion counts with so many times the corners of the similarity (with 1.3 feet
are off by a quarter more where somebody films who goes along)."""


@dataclass(frozen=True, eq=False)
class Motion:
    """How a picture lies to another, or in the room: similarities, homogeneous px to px.

    Parameters
    ----------
    room, floor : ndarray, shape (3, 3)
        Of what is behind the people, and of the floor where they stand.
    """

    room: FloatArray
    floor: FloatArray

    @staticmethod
    def none() -> Motion:
        """Nothing moves."""
        return Motion(np.eye(3), np.eye(3))

    def __matmul__(self, first: Motion) -> Motion:
        """Go on with this motion after the first one."""
        return Motion(self.room @ first.room, self.floor @ first.floor)

    def back(self) -> Motion:
        """Undo it."""
        return Motion(np.linalg.inv(self.room), np.linalg.inv(self.floor))


@dataclass(frozen=True, eq=False)
class Alike:
    """A motion of many corners, and how many those are."""

    motion: FloatArray
    n: int

    @property
    def zoom(self) -> float:
        """How much larger things become."""
        return math.hypot(self.motion[0, 0], self.motion[1, 0])


def similarity(ends: FloatArray, at: FloatArray, *, within_px: float = _ALIKE_PX) -> Alike | None:
    """Find the shift, turn and zoom of most corners, from ``ends`` to ``at``, shape (n, 2) each.

    By RANSAC, so people who are not masked out do no harm while they cover less than about half of
    the corners.
    """
    # OpenCV's RANSAC draws from a generator of fixed seed: the result is the same every run.
    matrix, inliers = cv2.estimateAffinePartial2D(
        ends, at, method=cv2.RANSAC, ransacReprojThreshold=within_px, maxIters=500, confidence=0.99
    )
    if matrix is None or inliers.sum() < _enough(ends):
        return None
    return _possible(Alike(np.vstack([matrix, [0.0, 0.0, 1.0]]), int(inliers.sum())))


def floor_motion(
    ends: FloatArray, at: FloatArray, *, room: Alike | None, about: FloatArray
) -> Alike | None:
    """Find the motion of the floor at a place, ``about``, shape (2,): that of all if there is one.

    The floor is the plane that most corners are on where the camera goes along over it: a
    projective motion, of which the similarity next to it at that place is what comes out.
    """
    if room is not None:
        return _at_place(about, ends, at, within_px=_FLOOR_PX[0], similar=room)
    within_px = _FLOOR_PX[1]
    similar = similarity(ends, at, within_px=within_px)
    return _at_place(about, ends, at, within_px=within_px, similar=similar)


def _at_place(
    place: FloatArray,
    ends: FloatArray,
    at: FloatArray,
    *,
    within_px: float,
    similar: Alike | None,
) -> Alike | None:
    if similar is not None and similar.n >= _ALL_ALIKE * len(ends):
        return similar
    found, inliers = cv2.findHomography(
        ends, at, method=cv2.RANSAC, ransacReprojThreshold=within_px, maxIters=1000,
        confidence=0.995,
    )  # fmt: skip
    n = 0 if found is None else int(inliers.sum())
    least = _enough(ends) if similar is None else _MORE_ALIKE * similar.n
    if n < least:
        return similar
    moved = similarity_next_to(np.asarray(found, dtype=np.float64), place)
    return _possible(Alike(moved, n)) or similar


def _possible(found: Alike) -> Alike | None:
    return found if _ZOOMS[0] < found.zoom < _ZOOMS[1] else None


def _enough(ends: FloatArray) -> float:
    return max(MIN_CORNERS, _MIN_ALIKE * len(ends))


def similarity_next_to(motion: FloatArray, place: FloatArray) -> FloatArray:
    """Give the similarity that moves a place, and what is right beside it, as a homography does."""
    x, y, by = motion @ np.array([*place, 1.0])
    moved = np.array([x, y]) / by
    slope = (motion[:2, :2] - np.outer(moved, motion[2, :2])) / by
    cos, sin = (slope[0, 0] + slope[1, 1]) / 2, (slope[1, 0] - slope[0, 1]) / 2
    out = np.eye(3)
    out[:2, :2] = [[cos, -sin], [sin, cos]]
    out[:2, 2] = moved - out[:2, :2] @ place
    return out
