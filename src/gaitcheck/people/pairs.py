"""When a pose is looked at for being two people, and what was found.

How it is looked is told in `gaitcheck.people.heads` and `gaitcheck.people.halves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import touching
from gaitcheck.people.halves import by_halves
from gaitcheck.people.heads import by_heads
from gaitcheck.people.second_look import SecondLook
from gaitcheck.people.tries import Tries

if TYPE_CHECKING:
    from gaitcheck.people.background import MovingBlobs
    from gaitcheck.people.estimators import Follower, Pool
    from gaitcheck.people.person import Person
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_BESIDE: Final = 0.02
"""Share of the place about a pose that moves and is not the pose's from which there may be two
(in the median 0.03 to 0.19 where there are, 0.00 to 0.02 of walkers alone who carry nothing)."""
_REACH: Final = 0.3
"""Half the width of that place, in heights of the box."""
_FIRST_S: Final = 0.16
_PAUSES_S: Final = (0.2, 0.2, 0.4, 0.8, 1.6, 3.0, 5.0)
"""Pauses between tries with the same pose, the last one from then on, s (arbitrary; one takes as
long as two pictures)."""
_MUCH_BESIDE: Final = 0.06
"""While so much of the place moves and is not the pose's it is looked more often."""
_PAUSE_MUCH_S: Final = 0.4
_MUCH_TIMES: Final = 12
CROWD: Final = 2
"""Where more are followed, people pass before each other more often than they walk as one pose:
there nothing is looked at, and who lies on another is a rival whatever the heads say."""
_ALONE_S: Final = 0.3
"""Whoever is beside somebody seen so short a time ago is one of two already, s (arbitrary)."""


@dataclass(frozen=True, eq=False)
class PairFound:
    """Two people found in the place of one pose.

    Parameters
    ----------
    row : int
        Number of the frame searched among those read in this run.
    one : int
        Key of whom the pose belonged to.
    kept : Body
        Whose pose was more like it, px of the picture.
    other : Body
        The second one.
    follower : Follower
        The estimator that sees the second one; nobody has it.
    """

    row: int
    one: int
    kept: Body
    other: Body
    follower: Follower


@dataclass(frozen=True)
class _Tried:
    times: int
    next_s: float


class PairSearch:
    """Looks for two people in one pose, now and then, beside all else.

    Parameters
    ----------
    pool : Pool
        Lends an estimator that nobody has; without one there is no search.
    threads : Executor
        Where it works.
    min_size_px : float
        Smallest body size that is believed, px.
    """

    def __init__(self, pool: Pool, *, threads: Executor, min_size_px: float) -> None:
        self._pool, self._min_size_px = pool, min_size_px
        self._tries: Tries[tuple[Body, Body]] = Tries(threads)
        self._tried: dict[int, _Tried] = {}

    @property
    def busy(self) -> bool:
        """Whether a try is not joined yet."""
        return bool(self._tries)

    def begin(
        self,
        people: Sequence[Person],
        blobs: MovingBlobs,
        image: Image,
        *,
        row: int,
        time_s: float,
    ) -> None:
        """Look at one of those known, if it is time.

        Parameters
        ----------
        people : sequence of Person
            Everybody followed.
        blobs : MovingBlobs
            What moves.
        image : ndarray of uint8, shape (height, width, 3)
            The picture.
        row, time_s
            Its number among those read in this run, and its time, s.
        """
        alone = {p.key: p for p in people if p.locked and not _beside(p, people, time_s)}
        begun = {p.key: _Tried(0, time_s + _FIRST_S) for p in people}
        self._tried = {key: self._tried.get(key, new) for key, new in begun.items()}
        due = [key for key in alone if time_s >= self._tried[key].next_s]
        if self._tries or not due or len(people) > CROWD:
            return
        for key in sorted(due, key=lambda key: self._tried[key].next_s):
            points = alone[key].expected_points_px(time_s)
            share = blobs.share_beside(_about(alone[key].box_px), points)
            follower = self._pool.idle() if share is None or share > _BESIDE else None
            if follower is None:
                continue
            times = self._tried[key].times
            pause_s = _PAUSES_S[min(times, len(_PAUSES_S) - 1)]
            if share is not None and share > _MUCH_BESIDE and times < _MUCH_TIMES:
                pause_s = min(pause_s, _PAUSE_MUCH_S)
            self._tried[key] = _Tried(times + 1, time_s + pause_s)
            self._tries.begin(
                row, key, follower, find_two, image,
                points_px=points, times=times, min_size_px=self._min_size_px,
            )  # fmt: skip
            return

    def join(self, *, before: int) -> Iterator[PairFound]:
        """Give the pairs that the searches in the pictures before a row found."""
        for done, (kept, other) in self._tries.join(before=before):
            # Should one of them be lost, it is looked at again soon.
            tried = self._tried.get(done.key)
            if tried is not None:
                self._tried[done.key] = _Tried(0, tried.next_s)
            yield PairFound(done.row, done.key, kept, other, done.follower)


def _about(box: FloatArray) -> FloatArray:
    x, half = (box[0] + box[2]) / 2, _REACH * (box[3] - box[1])
    return np.array([x - half, box[1], x + half, box[3]])


def _beside(person: Person, people: Sequence[Person], time_s: float) -> bool:
    return any(
        p is not person and time_s - p.last_seen_s < _ALONE_S and touching(p.box_px, person.box_px)
        for p in people
    )


def find_two(
    follower: Follower,
    image: Image,
    *,
    points_px: FloatArray,
    times: int,
    min_size_px: float,
) -> tuple[Body, Body] | None:
    """Look for two bodies in the place of one pose.

    Parameters
    ----------
    follower : Follower
        An estimator that nobody has. It has the second body afterward, if two are found.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    points_px : ndarray, shape (33, 2)
        The pose, px.
    times : int
        How often it was looked before.
    min_size_px : float
        Smallest body size that is believed, px.

    Returns
    -------
    tuple of Body, or None
        The one that is more like the pose, and the other; None where there is one only.
    """
    looks = SecondLook(follower, image, points_px=points_px, min_size_px=min_size_px)
    if not looks.show():
        return None
    two = by_halves(looks, points_px, times=times)
    return by_heads(looks, points_px, times=times) if two is None else two
