"""Give the next picture to the estimators: whom each looks for, and where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Executor, Future
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.estimators import Estimator, Follower, Pool
from gaitcheck.people.geometry import touching, without_legs
from gaitcheck.people.look import Look
from gaitcheck.people.person import Person
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]
Poses = dict[int, Body | None]
"""What was found of everyone looked for in a picture, by their key, px of the picture."""
_HOLDER_S: Final = 1.0
"""So long whoever is held and was lost is looked for so: it costs four looks a picture (arbitrary).
"""


def look_for(
    people: Sequence[Person],
    image: Image,
    *,
    time_s: float,
    pool: Pool,
    threads: Executor,
    whom: Collection[int] | None = None,
) -> list[Future[Poses]]:
    """Begin to look for people, each in their crop.

    Parameters
    ----------
    people : sequence of Person
        Everybody followed.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    time_s : float
        Its time, s.
    pool : Pool
        Has the estimator that searches.
    threads : Executor
        Where the estimators work.
    whom : collection of int, optional
        Keys of those to look for; everybody by default.
    """
    looks: dict[Follower, list[Look]] = {}
    sought: list[Look] = []
    for person in people:
        if whom is not None and person.key not in whom:
            continue
        others, heads = _others(person, people, time_s), _heads(person, people, time_s)
        # Whoever is lost would lose the others that share an estimator: the search looks.
        if not person.locked and person.estimator.n_people > 1:
            sought.append(person.aim(time_s, others, heads=heads))
        else:
            follower = person.estimator
            first = _holder(person, people, time_s)
            look = person.aim(time_s, others, by=follower, heads=heads, first=first)
            looks.setdefault(follower, []).append(look)
    jobs = [
        follower.turns.submit(threads, _follow, follower, theirs, image)
        for follower, theirs in looks.items()
    ]
    if sought:
        jobs.append(pool.searches.submit(threads, _seek, pool.searcher, sought, image))
    return jobs


def joined(jobs: Sequence[Future[Poses]]) -> Poses:
    """Wait for what `look_for` began."""
    return {key: body for job in jobs for key, body in job.result().items()}


def _others(person: Person, people: Sequence[Person], time_s: float) -> list[FloatArray]:
    """Give the poses to paint over so that an estimator does not take the wrong body."""
    others = [
        other
        for other in people
        if other is not person
        and other.locked
        and (not person.locked or touching(other.box_px, person.box_px))
    ]
    # The pose of who holds somebody often has a leg on them: painted over, they are lost.
    return [
        without_legs(points)
        if person.held and other.course.size_px > person.course.size_px
        else points
        for other in others
        for points in [other.expected_points_px(time_s)]
    ]


def _holder(person: Person, people: Sequence[Person], time_s: float) -> FloatArray | None:
    """Give whom to show the estimator first: whoever is held is not found by a search of its own.

    None for whoever it has, is not held, or was lost long ago.
    """
    if person.locked or not person.held or time_s - person.last_seen_s > _HOLDER_S:
        return None
    larger = [
        other
        for other in people
        if other.locked
        and other.course.size_px > person.course.size_px
        and touching(other.box_px, person.box_px)
    ]
    holder = max(larger, key=lambda other: other.course.size_px, default=None)
    return None if holder is None else holder.expected_points_px(time_s)


def _heads(person: Person, people: Sequence[Person], time_s: float) -> list[FloatArray]:
    """Give those whose head is painted over wherever it is: two who lie on each other have two."""
    return [
        other.expected_points_px(time_s)
        for other in people
        if person.in_pair and other is not person and other.in_pair and other.locked
    ]


def _follow(follower: Follower, looks: list[Look], image: Image) -> Poses:
    """Look for the people of one estimator, each in their crop, with the others painted over."""
    return {look.key: look.follow(image, follower) for look in looks}


def _seek(searcher: Estimator, looks: list[Look], image: Image) -> Poses:
    """Look for those who are lost and whose estimator has others to follow."""
    return {look.key: look.search(image, searcher) for look in looks}
