"""When and beside whom somebody is looked for who is held, and what was found.

How one look goes is told in `gaitcheck.people.held_look`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import overlap, touching
from gaitcheck.people.held_look import LARGEST, find_held, held_boxes
from gaitcheck.people.tries import Tries

if TYPE_CHECKING:
    from gaitcheck.people.background import MovingBlobs
    from gaitcheck.people.estimators import Follower, Pool
    from gaitcheck.people.person import Person
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_ELDER: Final = 1.25
"""Who touches somebody so many times as large is the child."""
_BESIDE: Final = 0.05
"""Share of the place that moves and is not the adult from which somebody may be there (in the
median 0.08 to 0.38 where a child is held, 0.01 to 0.03 beside walkers alone)."""
_FIRST_S: Final = 0.12
_PAUSES_S: Final = (0.16, 0.16, 0.16, 0.2, 0.3, 1.2, 2.5, 5.0)
"""Pauses between tries with the same adult while something moves beside them, the last one from
then on, s (arbitrary; one takes as long as two frames). While nothing does there are none."""
_PAUSES_BLIND_S: Final = (0.3, 0.8, 1.5, 3.0, 5.0)
"""Where it is not known what moves."""
_LOST_S: Final = 1.5
"""So long somebody lost beside an adult is looked for at every turn, s (arbitrary)."""
_SOUGHT_S: Final = 0.6
"""So long whoever was found by a search and lost is left to searches, s (arbitrary)."""
_SURE_FRAMES: Final = 5


@dataclass(frozen=True, eq=False)
class HeldFound:
    """Somebody found beside whom they are held by.

    Parameters
    ----------
    row : int
        Number of the frame searched among those read in this run.
    adult : int
        Key of who holds them.
    body : Body
        Pose, px of the picture.
    follower : Follower
        The estimator that sees them; nobody has it.
    """

    row: int
    adult: int
    body: Body
    follower: Follower


@dataclass(frozen=True)
class _Tried:
    times: int
    last_s: float


class HeldSearch:
    """Looks for people held by those known, now and then, beside all else.

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
        self._tries: Tries[Body] = Tries(threads)
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
        """Look beside one of those known, if it is time.

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
        adults = {p.key: p for p in people if p.locked and not _has_elder(p, people)}
        self._tried = {
            key: self._tried.get(key, _Tried(0, time_s + _FIRST_S - _PAUSES_S[0])) for key in adults
        }
        if self._tries:
            return
        for key, tried in sorted(self._tried.items(), key=lambda item: item[1].last_s):
            gone_s = time_s - tried.last_s
            adult = adults[key]
            lost = _lost_beside(adult, people, time_s)
            pauses_s = _PAUSES_S[:1] if lost else _PAUSES_S
            if gone_s < pauses_s[min(tried.times, len(pauses_s) - 1)]:
                continue
            if not lost and _has_younger(adult, people, time_s):
                continue
            boxes = lost + self._places(
                adult, people, blobs, time_s=time_s, gone_s=gone_s, times=tried.times
            )
            follower = self._pool.idle() if boxes else None
            if follower is None:
                continue
            self._tried[key] = _Tried(tried.times + 1, time_s)
            self._tries.begin(
                row, key, follower, find_held, image,
                adult_px=adult.expected_points_px(time_s),
                box=boxes[tried.times % len(boxes)],
                known=[p.expected_points_px(time_s) for p in people if p.locked],
                min_size_px=self._min_size_px,
            )  # fmt: skip
            return

    @staticmethod
    def _places(
        adult: Person,
        people: Sequence[Person],
        blobs: MovingBlobs,
        *,
        time_s: float,
        gone_s: float,
        times: int,
    ) -> list[FloatArray]:
        """Give where somebody may be, as far as that is worth a look by now."""
        points = adult.expected_points_px(time_s)
        taken = [p.box_px for p in people if p is not adult and p.locked]
        boxes = [b for b in held_boxes(points) if all(overlap(b, t) < 0.3 for t in taken)]
        shares = [blobs.share_beside(box, points) for box in boxes]
        moving = [b for b, s in zip(boxes, shares, strict=True) if s is not None and s > _BESIDE]
        if moving:
            return moving
        if None not in shares:
            return []
        return boxes if gone_s >= _PAUSES_BLIND_S[min(times, len(_PAUSES_BLIND_S) - 1)] else []

    def join(self, *, before: int) -> Iterator[HeldFound]:
        """Give whom the searches in the pictures before a row found."""
        for done, body in self._tries.join(before=before):
            yield HeldFound(done.row, done.key, body, done.follower)


def _lost_beside(adult: Person, people: Sequence[Person], time_s: float) -> list[FloatArray]:
    """Give where smaller people may be who were lost just now beside an adult."""
    points = adult.expected_points_px(time_s)
    boxes = []
    for p in people:
        if p.locked or p.n_seen < _SURE_FRAMES or p.course.size_px > LARGEST * adult.course.size_px:
            continue
        # Whom the model's own search has found before it mostly finds again, and better.
        sought_s = 0.0 if p.held else _SOUGHT_S
        if sought_s <= time_s - p.last_seen_s < _LOST_S and touching(p.box_px, adult.box_px):
            height = float(p.box_px[3] - p.box_px[1]) / adult.course.size_px
            boxes += held_boxes(points, heights=[height])
            moved = p.course.predicted_px(time_s) - p.course.centre_px
            boxes.append(p.box_px + np.tile(moved, 2))
    return boxes


def _has_elder(person: Person, people: Sequence[Person]) -> bool:
    return any(
        p.course.size_px > _ELDER * person.course.size_px and touching(p.box_px, person.box_px)
        for p in people
    )


def _has_younger(person: Person, people: Sequence[Person], time_s: float) -> bool:
    return any(
        time_s - p.last_seen_s < _SOUGHT_S
        and p.course.size_px < LARGEST * person.course.size_px
        and touching(p.box_px, person.box_px)
        for p in people
    )
