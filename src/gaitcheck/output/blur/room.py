"""From the picture of any time to the room and back: the camera's motion taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]


class Room:
    """What the tracks know of the camera's motion; between and beyond their rows the nearest.

    Parameters
    ----------
    tracks : sequence of Track
        Of one video.
    """

    def __init__(self, tracks: Sequence[Track]) -> None:
        every_s = np.concatenate([np.zeros(0), *(track.time_s for track in tracks)])
        self._time_s, first = np.unique(every_s, return_index=True)
        rows = np.concatenate([np.zeros((0, 3, 3)), *(track.to_room for track in tracks)])
        self._to_room = rows[first]

    def to_room(self, time_s: float) -> FloatArray:
        """Give the matrix that takes the picture of a time to the room, shape (3, 3)."""
        if not len(self._time_s):
            return np.eye(3)
        after = int(np.searchsorted(self._time_s, time_s))
        near = [row for row in (after - 1, after) if 0 <= row < len(self._time_s)]
        row = min(near, key=lambda row: abs(self._time_s[row] - time_s))
        return np.asarray(self._to_room[row])


def moved(regions: FloatArray, matrices: FloatArray) -> FloatArray:
    """Take ellipses from one picture to another.

    Parameters
    ----------
    regions : ndarray, shape (n, 4)
        x, y, rx, ry.
    matrices : ndarray, shape (n, 3, 3)
        One for each.
    """
    x, y, rx, ry = regions.T
    places = np.array([[x, y], [x + rx, y], [x, y + ry]])  # (3, 2, n)
    whole = np.concatenate([places, np.ones((3, 1, len(x)))], axis=1)
    there = np.einsum("nij,pjn->pin", matrices, whole)
    middle, right, below = there[:, :2] / there[:, 2:]
    return np.column_stack([
        *middle, np.linalg.norm(right - middle, axis=0), np.linalg.norm(below - middle, axis=0)
    ])  # fmt: skip
