"""What everybody wears, read now and then while they are followed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.clothes import clothes
from gaitcheck.people.person import Person

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_EVERY_S: Final = 0.3
"""Clothes are read no more often than this, s."""
WINDOW: Final = 5
"""So many readings tell what somebody wears."""


class Wardrobe:
    """Reads the clothes of those seen, now and then."""

    def __init__(self) -> None:
        self._read_s: dict[int, float] = {}

    def look(self, image_bgr: Image, seen: Sequence[Person], *, row: int, time_s: float) -> None:
        """Read the clothes of whoever is due and well in sight.

        Parameters
        ----------
        image_bgr : ndarray of uint8, shape (height, width, 3)
            The picture.
        seen : sequence of Person
            Those whose last pose is of this picture.
        row, time_s
            Its number among those read in this run, and its time, s.
        """
        for person in seen:
            if time_s - self._read_s.get(person.key, -math.inf) < _EVERY_S:
                continue
            others = [other.course.points_px for other in seen if other is not person]
            found = clothes(image_bgr, person.course.points_px, others=others)
            if found is not None:
                person.clothes[row] = found.astype(np.float16)
                self._read_s[person.key] = time_s


def worn(person: Person, rows: Sequence[int]) -> FloatArray:
    """Give what somebody wears in the mean of some of the rows in which it was read."""
    return np.asarray(np.mean([person.clothes[row].astype(float) for row in rows], axis=0))
