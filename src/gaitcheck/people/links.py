"""Who comes back after a longer absence: linked to their earlier track if that is clear."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from gaitcheck.people.clothes import colourful, likeness
from gaitcheck.people.geometry import FEET, body_centre, body_size
from gaitcheck.people.person import Person
from gaitcheck.people.wardrobe import WINDOW, worn

FloatArray = npt.NDArray[np.floating[Any]]

logger = logging.getLogger(__name__)

_LONG_WINDOW: Final = 20
_ALIKE: Final = 0.88
"""The same person's clothes are at least so alike (after up to 13 s away: 0.93 to 0.98)."""
_MARGIN: Final = 0.12
"""Who surely is another must be less alike by so much."""
_COLOURFUL: Final = 0.45
"""Share of the trunk's clothes that must have a colour (see `colourful`)."""
_NEAREST: Final = 0.05
"""Of several who are alike the one who was gone for less is preferred by up to so much."""
_LONGEST_S: Final = 120.0
"""Nobody is linked over a longer absence, s (arbitrary: clothes are changed, others come)."""
_SPEED: Final = 1.2
"""Body sizes a second that somebody goes unseen (walking at 2 m/s)."""
_SLACK: Final = 0.5
_LEVEL: Final = 0.1
"""Feet so near the same height in the picture, in body sizes, are as far from the camera."""
_SIZE: Final = 1.2
"""The same person's size differs by no larger a factor there."""


@dataclass(frozen=True, eq=False)
class _Part:
    """A track, and what is compared of it."""

    person: Person
    first: FloatArray
    last: FloatArray
    worn: FloatArray
    """Clothes of its first and of its last readings, and of all."""
    coloured: tuple[bool, bool]
    """Whether the first and the last have a colour of their own."""
    sizes: FloatArray
    """Size and height of the feet in the picture, px, in the rows in which clothes were read."""
    rows: frozenset[int]

    @staticmethod
    def of(person: Person) -> _Part:
        read = sorted(person.clothes)
        first, last = worn(person, read[:_LONG_WINDOW]), worn(person, read[-_LONG_WINDOW:])
        poses = [pose for row in read if (pose := person.pose_at(row)) is not None]
        return _Part(
            person=person, first=first, last=last, worn=worn(person, read),
            coloured=(colourful(first) >= _COLOURFUL, colourful(last) >= _COLOURFUL),
            sizes=np.array([(body_size(p), float(p[list(FEET), 1].max())) for p in poses]),
            rows=frozenset(person.boxes()),
        )  # fmt: skip


def linked(
    people: Sequence[Person], times_s: Sequence[float], *, cuts_s: Sequence[float]
) -> list[Person]:
    """Join tracks of the same person: the assignment of each to the next that is alike in all.

    Parameters
    ----------
    people : sequence of Person
        Whose tracks have ended.
    times_s : sequence of float
        Times of all frames of the run, s.
    cuts_s : sequence of float
        Where other scenes begin, s: nobody is linked across.
    """
    parts = [_Part.of(person) for person in people if len(person.clothes) >= WINDOW]
    gain = np.zeros((len(parts), len(parts)))
    for (i, a), (j, b) in itertools.permutations(enumerate(parts), 2):
        if _may_follow(a, b, times_s, cuts_s):
            alike = likeness(a.last, b.first)
            if alike >= _ALIKE and _like_size(a, b) and not _has_double(a, b, parts, alike):
                away_s = times_s[b.person.first_row] - times_s[a.person.last_row]
                gain[i, j] = alike - _NEAREST * away_s / _LONGEST_S
    pairs = zip(*linear_sum_assignment(gain, maximize=True), strict=True)
    nexts = {int(i): int(j) for i, j in pairs if gain[i, j] > 0}
    joined = [person for person in people if len(person.clothes) < WINDOW]
    for start in sorted(set(range(len(parts))) - set(nexts.values())):
        person, at = parts[start].person, start
        while at in nexts:
            at = nexts[at]
            later = parts[at].person
            logger.debug("candidate %d is %d again", later.key, person.key)
            later.adopt(person)
            person = later
        joined.append(person)
    return joined


def _may_follow(a: _Part, b: _Part, times_s: Sequence[float], cuts_s: Sequence[float]) -> bool:
    """Whether somebody may be the one who was lost before: by time, way and colour."""
    if b.person.first_row <= a.person.last_row or not (a.coloured[1] and b.coloured[0]):
        return False
    end_s, start_s = times_s[a.person.last_row], times_s[b.person.first_row]
    away_s = start_s - end_s
    if away_s > _LONGEST_S or any(end_s < cut_s <= start_s for cut_s in cuts_s):
        return False
    last, first = a.person.pose_at(a.person.last_row), b.person.pose_at(b.person.first_row)
    assert last is not None
    assert first is not None
    way_px = float(np.linalg.norm(body_centre(last) - body_centre(first)))
    return way_px / max(body_size(last), body_size(first)) < _SLACK + _SPEED * away_s


def _like_size(a: _Part, b: _Part) -> bool:
    """Whether two are as tall where both were as far from the camera, if they ever were."""
    apart = np.abs(a.sizes[:, None, 1] - b.sizes[None, :, 1])
    level = apart < _LEVEL * a.sizes[:, None, 0]
    if not level.any():
        return True
    ratios = (a.sizes[:, None, 0] / b.sizes[None, :, 0])[level]
    return 1 / _SIZE < float(np.median(ratios)) < _SIZE


def _has_double(a: _Part, b: _Part, parts: Sequence[_Part], alike: float) -> bool:
    """Whether somebody who surely is another than one of two wears about what the other does."""
    return any(
        likeness(other.worn, two.worn) > alike - _MARGIN
        for one, two in ((a, b), (b, a))
        for other in parts
        if other not in (a, b) and not one.rows.isdisjoint(other.rows)
    )
