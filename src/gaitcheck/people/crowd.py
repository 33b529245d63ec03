"""Those who are followed in one video: who is who, who is new, who is gone."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.estimators import Estimator, Follower, Pool
from gaitcheck.people.geometry import body_box, body_size, overlap, touching, without_legs
from gaitcheck.people.held import HeldFound
from gaitcheck.people.look import Look
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import head_down, implausible, same_body
from gaitcheck.people.scout import Place
from gaitcheck.pose.body import Body
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]
Poses = dict[int, Body | None]
"""What was found of everyone looked for in a picture, by their key, px of the picture."""

logger = logging.getLogger(__name__)

_RESET_PAUSE_S: Final = 0.3
"""An estimator that left its body is reset no more often than this, s: a reset costs 80 ms."""
_RIVALRY_S: Final = 0.8
"""A track that lies on another's body for so long ends, s (arbitrary)."""
_YOUNG_FRAMES: Final = 8
_SURE_FRAMES: Final = 5
_LOST_S: Final = 1.0
_LOST_OVERLAP: Final = 0.3
_MAX_GROWTH: Final = 1.6
"""Whoever is held where somebody of like size was lost so short a time ago is that one
(arbitrary)."""


class Crowd:
    """Everybody who is followed.

    Parameters
    ----------
    settings : PeopleSettings
        How many people, how small, how long they may be hidden.
    pool : Pool
        Where the estimators come from.
    threads : Executor
        Where they work.
    """

    def __init__(self, settings: PeopleSettings, *, pool: Pool, threads: Executor) -> None:
        self._settings, self._pool, self._threads = settings, pool, threads
        self.ended: list[Person] = []
        """Who was followed before."""
        self._n_candidates = 0
        self.people: list[Person] = []
        """Who is followed now, in the order in which they were found."""
        self.n_refused = 0
        """How often somebody was found and left out, for there were too many."""

    def follow(
        self, image: Image, time_s: float, *, whom: Collection[int] | None = None
    ) -> list[Future[Poses]]:
        """Give the next picture to the estimators.

        Parameters
        ----------
        image : ndarray of uint8, shape (height, width, 3)
            The picture.
        time_s : float
            Its time, s.
        whom : collection of int, optional
            Keys of those to look for; everybody by default.
        """
        looks: dict[Follower, list[Look]] = {}
        sought: list[Look] = []
        for person in self.people:
            if whom is not None and person.key not in whom:
                continue
            others = self._others(person, time_s)
            # Whoever is lost would lose the others that share an estimator: the search looks.
            if not person.locked and person.estimator.n_people > 1:
                sought.append(person.aim(time_s, others))
            else:
                follower = person.estimator
                looks.setdefault(follower, []).append(person.aim(time_s, others, by=follower))
        jobs = [
            follower.turns.submit(self._threads, _follow, follower, theirs, image)
            for follower, theirs in looks.items()
        ]
        if sought:
            pool = self._pool
            jobs.append(pool.searches.submit(self._threads, _seek, pool.searcher, sought, image))
        return jobs

    def _others(self, person: Person, time_s: float) -> list[FloatArray]:
        """Give the poses to paint over so that an estimator does not take the wrong body."""
        others = [
            other
            for other in self.people
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

    def judge(self, poses: Mapping[int, Body | None], *, row: int, time_s: float) -> None:
        """Believe the poses that are bodies, the same as before, and nobody else's.

        Parameters
        ----------
        poses : mapping of int to Body or None
            What was found of everyone looked for in a frame, by their key, px of the picture. The
            poses of all others in it are known already.
        row, time_s
            The frame's number among those read in this run, and its time, s.
        """
        candidates: dict[int, tuple[Body, float]] = {}
        known = [p.pose_at(row) for p in self.people if p.key not in poses]
        for person in self.people:
            if person.key not in poses:
                continue
            body = poses[person.key]
            surprise = self._surprise(person, body, time_s, known=known)
            if body is not None and surprise <= 1:
                candidates[person.key] = (body, surprise)
            else:
                self._miss(person, time_s, astray=body is not None)
        for person in self._rivals(candidates):
            del candidates[person.key]
            self._miss(person, time_s, astray=True)
            if person.rivalry_s is None:
                person.rivalry_s = time_s
        for person in self.people:
            if person.key in candidates:
                person.see(candidates[person.key][0], row=row, time_s=time_s)
                person.locked, person.rivalry_s = True, None

    def _surprise(
        self,
        person: Person,
        body: Body | None,
        time_s: float,
        *,
        known: Sequence[FloatArray | None],
    ) -> float:
        if body is None or implausible(body, min_size_px=self.min_size_px) is not None:
            return float("inf")
        if person.held and head_down(body.points_px):
            return float("inf")
        if any(pose is not None and same_body(body.points_px, pose) for pose in known):
            return float("inf")
        return person.course.surprise(body.points_px, time_s=time_s)

    @property
    def min_size_px(self) -> float:
        """Smallest body size that is believed, px."""
        return 0.6 * self._settings.min_height_px

    def _miss(self, person: Person, time_s: float, *, astray: bool) -> None:
        person.locked = False
        if astray and time_s - person.reset_s > _RESET_PAUSE_S:
            person.gone_astray(self._pool.followers)
            person.reset_s = time_s

    def _rivals(self, candidates: dict[int, tuple[Body, float]]) -> list[Person]:
        """Give those whose pose of this frame lies on another's body."""
        lost: list[Person] = []
        by_age = [p for p in self.people if p.key in candidates]
        for i, older in enumerate(by_age):
            for younger in by_age[i + 1 :]:
                if older in lost or younger in lost:
                    continue
                a, surprise_a = candidates[older.key]
                b, surprise_b = candidates[younger.key]
                if not same_body(a.points_px, b.points_px):
                    continue
                old_strayed = younger.n_seen > _YOUNG_FRAMES and surprise_a > surprise_b
                lost.append(older if old_strayed else younger)
        return lost

    def welcome(
        self,
        found: Sequence[tuple[Place, Body]],
        *,
        row: int,
        time_s: float,
        since: Sequence[Frame],
        picture_size: tuple[int, int],
    ) -> list[Place]:
        """Go on with those who were lost and are found again; begin to follow the others.

        Parameters
        ----------
        found : sequence of (Place, Body)
            What a search gave, px of the picture.
        row, time_s
            Of the frame that was searched.
        since : sequence of Frame
            The frames judged since then, in which those found are now followed.
        picture_size : tuple of int
            Width and height, px.

        Returns
        -------
        list of Place
            Where somebody was found who was not seen there.
        """
        fruitful: list[Place] = []
        new: list[int] = []
        for place, body in found:
            if any(same_body(body.points_px, pose) for pose in self._poses_since(row, time_s)):
                continue
            fruitful.append(place)
            person = self._lost_like(body, time_s)
            if person is not None:
                person.see(body, row=row, time_s=time_s)
                person.gone_astray(self._pool.followers)
                person.rivalry_s = None
            elif self._is_full():
                continue
            else:
                person = self._begin(
                    body, row=row, time_s=time_s, picture_size=picture_size, by=self._pool.take()
                )
                logger.debug("%.2f s: candidate %d by %s", time_s, person.key, place.kind)
            new.append(person.key)
        if new:
            self._catch_up(new, since, row=row + 1)
        return fruitful

    def welcome_held(
        self,
        found: HeldFound,
        *,
        time_s: float,
        since: Sequence[Frame],
        picture_size: tuple[int, int],
    ) -> None:
        """Follow somebody who is held, with the estimator that sees them; see `welcome`."""
        body, row = found.body, found.row
        poses = self._poses_since(row, time_s)
        if any(same_body(body.points_px, pose) for pose in poses):
            return
        person = self._lost_like(body, time_s) or self._lost_at(body, time_s, picture_size)
        if person is None and self._is_full():
            return
        found.follower.n_people += 1
        if person is None:
            person = self._begin(
                body, row=row, time_s=time_s, picture_size=picture_size, by=found.follower
            )
            logger.debug("%.2f s: candidate %d held by %d", time_s, person.key, found.adult)
        else:
            self._pool.give_back(person.estimator)
            person.estimator = found.follower
            person.see(body, row=row, time_s=time_s)
            person.rivalry_s = None
        person.locked = person.held = True
        found.follower.serve(person.key)
        for adult in self.people:
            if adult.key == found.adult:
                adult.doubt_limbs()
        self._catch_up([person.key], since, row=row + 1)

    def _lost_at(self, body: Body, time_s: float, picture_size: tuple[int, int]) -> Person | None:
        """Give who was lost where a body is though unlike them: their last pose was bad."""
        box, size_px = (
            body_box(body.points_px, picture_size=picture_size),
            body_size(body.points_px),
        )
        shares = [
            (overlap(p.box_px, box), -p.key, p)
            for p in self.people
            if time_s - _LOST_S < p.last_seen_s < time_s and p.n_seen >= _SURE_FRAMES
            and max(p.course.size_px, size_px) < _MAX_GROWTH * min(p.course.size_px, size_px)
        ]  # fmt: skip
        share, _, person = max(shares, key=lambda entry: entry[:2], default=(0.0, 0, None))
        return person if share > _LOST_OVERLAP else None

    def _is_full(self) -> bool:
        full = len(self.people) >= self._settings.max_people
        self.n_refused += full
        return full

    def _begin(
        self, body: Body, *, row: int, time_s: float, picture_size: tuple[int, int], by: Follower
    ) -> Person:
        person = Person(
            self._n_candidates, body, row=row, time_s=time_s, picture_size=picture_size,
            estimator=by,
        )  # fmt: skip
        self._n_candidates += 1
        self.people.append(person)
        return person

    def _poses_since(self, row: int, time_s: float) -> list[FloatArray]:
        """Give the poses of a row, the latest where somebody was seen after it only."""
        seen = [p for p in self.people if p.last_seen_s >= time_s]
        return [p.course.points_px if (at := p.pose_at(row)) is None else at for p in seen]

    def _catch_up(self, new: Collection[int], frames: Sequence[Frame], *, row: int) -> None:
        """Follow new people through pictures in which everybody else is known already."""
        for row_then, frame in enumerate(frames, start=row):
            jobs = self.follow(frame.image_bgr, frame.time_s, whom=new)
            self.judge(joined(jobs), row=row_then, time_s=frame.time_s)

    def _lost_like(self, body: Body, time_s: float) -> Person | None:
        """Give the lost person whom a new body fits best, if it fits anyone."""
        surprises = [
            (p.course.surprise(body.points_px, time_s=time_s), p.key, p)
            for p in self.people
            if p.last_seen_s < time_s
        ]
        fitting = [entry for entry in surprises if entry[0] <= 1]
        return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None

    def seen_at(self, time_s: float) -> list[Person]:
        """Give those whose last pose is of a frame of that time."""
        return [p for p in self.people if p.last_seen_s == time_s]

    def part(self, times_s: Sequence[float]) -> None:
        """End the tracks of those who are gone, and of those who are somebody else.

        Parameters
        ----------
        times_s : sequence of float
            Times of all frames judged in this run, s; the last is now.
        """
        time_s = times_s[-1]
        for person in list(self.people):
            gone = time_s - person.last_seen_s > self._settings.lost_after_s
            usurper = person.rivalry_s is not None and time_s - person.rivalry_s > _RIVALRY_S
            never = person.n_seen < 3 and time_s - person.last_seen_s > 0.3
            if gone or usurper or never:
                self.people.remove(person)
                self._end(person, times_s)

    def part_all(self, times_s: Sequence[float]) -> None:
        """End everybody's track: the video ends, or another scene begins."""
        for person in self.people:
            self._end(person, times_s)
        self.people = []

    def forget(self, person: Person) -> None:
        """Drop somebody who turned out to be somebody else, seen earlier."""
        if person in self.people:
            self.people.remove(person)
            self._pool.give_back(person.estimator)
        else:
            self.ended.remove(person)

    def _end(self, person: Person, times_s: Sequence[float]) -> None:
        person.forget_glimpses(times_s)
        self._pool.give_back(person.estimator)
        self.ended.append(person)


def joined(jobs: Sequence[Future[Poses]]) -> Poses:
    """Wait for what `Crowd.follow` began."""
    return {key: body for job in jobs for key, body in job.result().items()}


def _follow(follower: Follower, looks: list[Look], image: Image) -> Poses:
    """Look for the people of one estimator, each in their crop, with the others painted over."""
    return {look.key: look.follow(image, follower) for look in looks}


def _seek(searcher: Estimator, looks: list[Look], image: Image) -> Poses:
    """Look for those who are lost and whose estimator has others to follow."""
    return {look.key: look.search(image, searcher) for look in looks}
