"""Tracks that go on with somebody else: given back where two changed them, else parted."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.clothes import likeness
from gaitcheck.people.geometry import overlap
from gaitcheck.people.person import Person
from gaitcheck.people.wardrobe import WINDOW, worn

FloatArray = npt.NDArray[np.floating[Any]]
Rows = npt.NDArray[np.intp]

logger = logging.getLogger(__name__)

_CHANGED: Final = 0.7
"""Clothes before and after that are less alike are another's (the same person's, turning round or
walking from light to shade: 0.81 to 1; where somebody else is followed on: 0.32)."""
_MET_S: Final = 2.0
"""People change tracks only where they met so short a time before or after, s (arbitrary)."""
_EXCHANGED: Final = 0.15
"""Two who met have changed tracks if that makes the sum of both likenesses larger by so much
(exchanged: 0.28; in 47 other meetings below 0)."""
_PARTED_ROWS: Final = 3
"""So many rows without touching end a meeting (arbitrary)."""


def exchanges_undone(people: Sequence[Person]) -> list[Person]:
    """Give back the rest of their tracks to two who changed them where they met.

    Parameters
    ----------
    people : sequence of Person
        Whose tracks have ended.
    """
    whole = list(people)
    places = [_Places(person) for person in people]
    for i, j in itertools.combinations(range(len(whole)), 2):
        for rows in _meetings(places[i], places[j]):
            a, b = whole[i], whole[j]
            if not _changed(a, b, first=int(rows[0]), last=int(rows[-1])):
                continue
            row = _closest(places[i], places[j], rows)
            logger.debug("candidates %d and %d changed tracks in row %d", a.key, b.key, row)
            (a1, a2), (b1, b2) = a.split(row, key=b.key), b.split(row, key=a.key)
            a2.adopt(b1)
            b2.adopt(a1)
            whole[i], whole[j] = b2, a2
            places[i], places[j] = _Places(b2), _Places(a2)
    return whole


class _Places:
    """Where somebody was: the rows in which they were seen, and their boxes, px."""

    def __init__(self, person: Person) -> None:
        boxes = person.boxes()
        self.rows: Rows = np.array(list(boxes), dtype=np.intp)
        self.boxes: FloatArray = np.array(list(boxes.values()), dtype=float).reshape(-1, 4)

    def shared(self, other: _Places) -> tuple[Rows, FloatArray, FloatArray]:
        """Give the rows in which both were seen, and the boxes of either."""
        if self.rows[-1] < other.rows[0] or other.rows[-1] < self.rows[0]:
            return self.rows[:0], self.boxes[:0], self.boxes[:0]
        rows, own, theirs = np.intersect1d(self.rows, other.rows, return_indices=True)
        return rows, self.boxes[own], other.boxes[theirs]

    def touched(self, other: _Places) -> Rows:
        """Give the rows in which both boxes have an area in common."""
        rows, a, b = self.shared(other)
        inner = np.minimum(a[:, 2:], b[:, 2:]) > np.maximum(a[:, :2], b[:, :2])
        return np.asarray(rows[inner.all(axis=1)])


def _meetings(a: _Places, b: _Places) -> list[Rows]:
    """Give the rows of each time in which the boxes of two touch."""
    rows = a.touched(b)
    breaks = np.flatnonzero(np.diff(rows) > _PARTED_ROWS) + 1
    return np.split(rows, breaks) if len(rows) else []


def _changed(a: Person, b: Person, *, first: int, last: int) -> bool:
    """Whether two wear after a meeting what the other wore before."""
    of_a, of_b = _worn_beside(a, first, last), _worn_beside(b, first, last)
    if of_a is None or of_b is None:
        return False
    straight = likeness(*of_a) + likeness(*of_b)
    crossed = likeness(of_a[0], of_b[1]) + likeness(of_b[0], of_a[1])
    return crossed - straight >= _EXCHANGED


def _worn_beside(person: Person, first: int, last: int) -> tuple[FloatArray, FloatArray] | None:
    """Give what somebody wears before and after some rows; None where that is not known."""
    before = [row for row in sorted(person.clothes) if row <= first][-WINDOW:]
    after = [row for row in sorted(person.clothes) if row >= last][:WINDOW]
    if min(len(before), len(after)) < WINDOW:
        return None
    return worn(person, before), worn(person, after)


def _closest(a: _Places, b: _Places, meeting: Rows) -> int:
    """Give the row of a meeting in which two are on one another most."""
    of_a, of_b = (p.boxes[np.searchsorted(p.rows, meeting)] for p in (a, b))
    shares = [overlap(x, y) for x, y in zip(of_a, of_b, strict=True)]
    return int(meeting[int(np.argmax(shares))])


def parted(people: Sequence[Person], times_s: Sequence[float]) -> list[Person]:
    """Part tracks wherever the clothes change while another is met.

    Parameters
    ----------
    people : sequence of Person
        Whose tracks have ended.
    times_s : sequence of float
        Times of all frames of the run, s.
    """
    keys = itertools.count(1 + max((p.key for p in people), default=0))
    places = {person.key: _Places(person) for person in people}
    parts: list[Person] = []
    for person in people:
        others = [theirs for key, theirs in places.items() if key != person.key]
        parts += _parted(person, others, times_s, keys=keys)
    return parts


def _parted(
    person: Person, others: Sequence[_Places], times_s: Sequence[float], *, keys: Iterator[int]
) -> list[Person]:
    rows = sorted(person.clothes)
    changes = []
    for k in range(WINDOW, len(rows) - WINDOW + 1):
        alike = likeness(worn(person, rows[k - WINDOW : k]), worn(person, rows[k : k + WINDOW]))
        if alike < _CHANGED:
            changes.append((alike, k))
    if changes:
        own = _Places(person)
        met = np.concatenate([own.touched(theirs) for theirs in others] or [own.rows[:0]])
        met_s = np.asarray(times_s)[np.unique(met)]
        changes = [
            (alike, k)
            for alike, k in changes
            for start_s, end_s in [(times_s[rows[k - 1]] - _MET_S, times_s[rows[k]] + _MET_S)]
            if ((met_s >= start_s) & (met_s <= end_s)).any()
        ]
    if not changes:
        return [person]
    alike, k = min(changes)
    row = _after_widest_gap(own.rows, rows[k - 1], rows[k])
    logger.debug("candidate %d is another from %.2f s on: %.2f", person.key, times_s[row], alike)
    halves = person.split(row, key=next(keys))
    return [part for half in halves for part in _parted(half, others, times_s, keys=keys)]


def _after_widest_gap(rows: Rows, first: int, last: int) -> int:
    """Give the row after the widest gap in sight between two rows, both seen."""
    inside = rows[(rows >= first) & (rows <= last)]
    return int(inside[1 + int(np.argmax(np.diff(inside)))])
