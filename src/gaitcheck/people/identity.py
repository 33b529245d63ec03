"""Who is who over long absences and crossings: told by the clothes, when all is over.

Motion bridges two seconds (`gaitcheck.people.plausible`). Who comes back later is linked to their
earlier track if clothes, way and size make it clear; where two who met have changed tracks, the
tracks are parted there, and linked anew if that is clear. In doubt nothing is linked: black and
grey clothes, and those of which another person has the like, tell nothing.
"""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from gaitcheck.people.clothes import clothes, colourful, likeness
from gaitcheck.people.geometry import FEET, body_centre, body_size, overlap
from gaitcheck.people.person import Person

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

logger = logging.getLogger(__name__)

_EVERY_S: Final = 0.3
"""Clothes are read no more often than this, s."""
_WINDOW: Final = 5
"""So many readings tell what somebody wears."""
_LONG_WINDOW: Final = 20
_CHANGED: Final = 0.7
"""Clothes before and after that are less alike are another's (the same person's, turning round or
walking from light to shade: 0.8 to 1; people who changed tracks: 0.3 to 0.68)."""
_MET_S: Final = 2.0
"""People change tracks only where they met so short a time before or after, s (arbitrary)."""
_EXCHANGED: Final = 0.15
"""Two who met have changed tracks if that makes the sum of both likenesses larger by so much
(exchanged: 0.28; in 46 other meetings below 0)."""
_PARTED_ROWS: Final = 3
"""So many rows without touching end a meeting (arbitrary)."""
_ALIKE: Final = 0.88
"""The same person's clothes are at least so alike (after up to 13 s away: 0.93 to 0.98)."""
_MARGIN: Final = 0.12
"""Who surely is another must be less alike by so much."""
_COLOURFUL: Final = 0.45
"""Share of the trunk's clothes that must have a colour (see `colourful`)."""
_LONGEST_S: Final = 120.0
"""Nobody is linked over a longer absence, s (arbitrary: clothes are changed, others come)."""
_SPEED: Final = 1.2
"""Body sizes a second that somebody goes unseen (walking at 2 m/s)."""
_SLACK: Final = 0.5
_LEVEL: Final = 0.1
"""Feet so near the same height in the picture, in body sizes, are as far from the camera."""
_SIZE: Final = 1.2
"""The same person's size differs by no larger a factor there."""


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


def told_apart(
    people: Sequence[Person], times_s: Sequence[float], *, cuts_s: Sequence[float] = ()
) -> list[Person]:
    """Part the tracks in which somebody else goes on, and link those of the same person.

    Parameters
    ----------
    people : sequence of Person
        Whose tracks have ended.
    times_s : sequence of float
        Times of all frames of the run, s.
    cuts_s : sequence of float
        Where other scenes begin, s: nobody is linked across.

    Returns
    -------
    list of Person
        By their first row.
    """
    keys = itertools.count(1 + max((p.key for p in people), default=0))
    kept = _exchanges_undone(list(people))
    parts = [part for p in kept for part in _parted(p, kept, times_s, keys=keys)]
    linked = _linked(parts, times_s, cuts_s)
    return sorted(linked, key=lambda p: (p.first_row, p.key))


def _exchanges_undone(people: list[Person]) -> list[Person]:
    """Give back the rest of their tracks to two who changed them where they met."""
    for i, j in itertools.combinations(range(len(people)), 2):
        for first, last in _meetings(people[i], people[j]):
            a, b = people[i], people[j]
            worn = [_worn_beside(person, first, last) for person in (a, b)]
            if worn[0] is None or worn[1] is None:
                continue
            (a_before, a_after), (b_before, b_after) = worn[0], worn[1]
            straight = likeness(a_before, a_after) + likeness(b_before, b_after)
            crossed = likeness(a_before, b_after) + likeness(b_before, a_after)
            if crossed - straight < _EXCHANGED:
                continue
            logger.debug("candidates %d and %d changed tracks: %.2f", a.key, b.key, crossed)
            row = _closest(a, b, first, last)
            (a1, a2), (b1, b2) = a.split(row, key=a.key), b.split(row, key=b.key)
            a2.adopt(b1)
            b2.adopt(a1)
            a2.key, b2.key = b.key, a.key
            people[i], people[j] = b2, a2
    return people


def _meetings(a: Person, b: Person) -> list[tuple[int, int]]:
    """Give first and last row of each time in which the boxes of two touch."""
    of_a, of_b = a.boxes(), b.boxes()
    rows = [row for row in of_a if row in of_b and overlap(of_a[row], of_b[row]) > 0]
    if not rows:
        return []
    breaks = [k for k in range(1, len(rows)) if rows[k] - rows[k - 1] > _PARTED_ROWS]
    return [
        (rows[start], rows[end - 1]) for start, end in itertools.pairwise([0, *breaks, len(rows)])
    ]


def _worn_beside(person: Person, first: int, last: int) -> tuple[FloatArray, FloatArray] | None:
    """Give what somebody wears before and after some rows; None where that is not known."""
    before = [row for row in sorted(person.clothes) if row <= first][-_WINDOW:]
    after = [row for row in sorted(person.clothes) if row >= last][:_WINDOW]
    if min(len(before), len(after)) < _WINDOW:
        return None
    return _worn(person, before), _worn(person, after)


def _closest(a: Person, b: Person, first: int, last: int) -> int:
    """Give the row in which two are on one another most."""
    of_a, of_b = a.boxes(), b.boxes()
    rows = [row for row in of_a if row in of_b and first <= row <= last]
    return max(rows, key=lambda row: overlap(of_a[row], of_b[row]))


def _parted(
    person: Person,
    people: Sequence[Person],
    times_s: Sequence[float],
    *,
    keys: Iterator[int],
) -> list[Person]:
    """Part a track wherever the clothes change while another is met."""
    rows = sorted(person.clothes)
    changes = []
    for k in range(_WINDOW, len(rows) - _WINDOW + 1):
        before, after = _worn(person, rows[k - _WINDOW : k]), _worn(person, rows[k : k + _WINDOW])
        alike = likeness(before, after)
        if alike < _CHANGED and _met(person, people, (rows[k - 1], rows[k]), times_s):
            changes.append((alike, k))
    if not changes:
        return [person]
    alike, k = min(changes)
    row = _widest_gap(person, rows[k - 1], rows[k])
    logger.debug("candidate %d is another from %.2f s on: %.2f", person.key, times_s[row], alike)
    halves = person.split(row, key=next(keys))
    return [part for half in halves for part in _parted(half, people, times_s, keys=keys)]


def _met(
    person: Person, people: Sequence[Person], between: tuple[int, int], times_s: Sequence[float]
) -> bool:
    start_s, end_s = times_s[between[0]] - _MET_S, times_s[between[1]] + _MET_S
    near = {k: box for k, box in person.boxes().items() if start_s <= times_s[k] <= end_s}
    for other in people:
        theirs = {} if other is person else other.boxes()
        if any(row in theirs and overlap(box, theirs[row]) > 0 for row, box in near.items()):
            return True
    return False


def _widest_gap(person: Person, first: int, last: int) -> int:
    """Give the row after the widest gap in sight between two rows, both seen."""
    rows = [row for row in person.boxes() if first <= row <= last]
    return max(itertools.pairwise(rows), key=lambda pair: pair[1] - pair[0])[1]


def _worn(person: Person, rows: Sequence[int]) -> FloatArray:
    return np.asarray(np.mean([person.clothes[row].astype(float) for row in rows], axis=0))


def _linked(
    people: Sequence[Person], times_s: Sequence[float], cuts_s: Sequence[float]
) -> list[Person]:
    """Join tracks of the same person: the assignment of each to the next that is alike in all."""
    gain = np.zeros((len(people), len(people)))
    for (i, a), (j, b) in itertools.permutations(enumerate(people), 2):
        if _may_follow(a, b, times_s, cuts_s):
            alike = _alikeness(a, b)
            if alike >= _ALIKE and not _has_double(a, b, people, alike):
                away_s = times_s[b.first_row] - times_s[a.last_row]
                gain[i, j] = alike - 0.05 * away_s / _LONGEST_S
    nexts = {
        int(i): int(j)
        for i, j in zip(*linear_sum_assignment(gain, maximize=True), strict=True)
        if gain[i, j] > 0
    }
    joined = []
    for first in sorted(set(range(len(people))) - set(nexts.values())):
        person, at = people[first], first
        while at in nexts:
            at = nexts[at]
            logger.debug("candidate %d is %d again", people[at].key, person.key)
            people[at].adopt(person)
            person = people[at]
        joined.append(person)
    return joined


def _may_follow(a: Person, b: Person, times_s: Sequence[float], cuts_s: Sequence[float]) -> bool:
    """Whether somebody may be the one who was lost before: by time, way and size."""
    if b.first_row <= a.last_row or min(len(a.clothes), len(b.clothes)) < _WINDOW:
        return False
    end_s, start_s = times_s[a.last_row], times_s[b.first_row]
    away_s = start_s - end_s
    if away_s > _LONGEST_S or any(end_s < cut_s <= start_s for cut_s in cuts_s):
        return False
    last, first = a.pose_at(a.last_row), b.pose_at(b.first_row)
    assert last is not None
    assert first is not None
    way_px = float(np.linalg.norm(body_centre(last) - body_centre(first)))
    way = way_px / max(body_size(last), body_size(first))
    return way < _SLACK + _SPEED * away_s and _like_size(a, b)


def _like_size(a: Person, b: Person) -> bool:
    """Whether two are as tall where both were as far from the camera, if they ever were."""
    of_a, of_b = _sizes(a), _sizes(b)
    level = np.abs(of_a[:, None, 1] - of_b[None, :, 1]) < _LEVEL * of_a[:, None, 0]
    if not level.any():
        return True
    ratios = (of_a[:, None, 0] / of_b[None, :, 0])[level]
    return 1 / _SIZE < float(np.median(ratios)) < _SIZE


def _sizes(person: Person) -> FloatArray:
    """Give size and height of the feet in the picture in the rows in which clothes were read."""
    poses = [person.pose_at(row) for row in sorted(person.clothes)]
    return np.array(
        [(body_size(p), float(p[list(FEET), 1].max())) for p in poses if p is not None]
    ).reshape(-1, 2)


def _alikeness(a: Person, b: Person) -> float:
    """Give how alike the clothes of the last of one and the first of the other are."""
    worn = _worn(a, sorted(a.clothes)[-_LONG_WINDOW:]), _worn(b, sorted(b.clothes)[:_LONG_WINDOW])
    if min(colourful(w) for w in worn) < _COLOURFUL:
        return 0.0
    return likeness(*worn)


def _has_double(a: Person, b: Person, people: Sequence[Person], alike: float) -> bool:
    """Whether somebody who surely is another than one of two wears about what the other does."""
    for one, two in ((a, b), (b, a)):
        for other in people:
            if other in (a, b) or len(other.clothes) < _WINDOW or not _both_seen(one, other):
                continue
            of_both = likeness(_worn(other, sorted(other.clothes)), _worn(two, sorted(two.clothes)))
            if of_both > alike - _MARGIN:
                return True
    return False


def _both_seen(a: Person, b: Person) -> bool:
    return not a.boxes().keys().isdisjoint(b.boxes())
