"""Those who are followed in one video: who is who, who is new, who is gone."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.before import lies_on, may_stand_before
from gaitcheck.people.estimators import Follower, Pool
from gaitcheck.people.held import HeldFound
from gaitcheck.people.looking import Poses, joined, look_for
from gaitcheck.people.pairs import PairFound
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import same_body
from gaitcheck.people.regained import lost_at, lost_like
from gaitcheck.people.scout import Place
from gaitcheck.people.verdict import rivals, surprise
from gaitcheck.pose.body import Body
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

logger = logging.getLogger(__name__)

_RESET_PAUSE_S: Final = 0.3
"""An estimator that left its body is reset no more often than this, s: a reset costs 80 ms."""
_TRACED_S: Final = 2.4
"""What was followed for no longer is followed backward anew where it turns out to be two, s."""
_RIVALRY_S: Final = 0.8
"""A track that lies on another's body for so long ends, s (arbitrary)."""


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
        """Give the next picture to the estimators; see `look_for`."""
        return look_for(
            self.people, image, time_s=time_s, pool=self._pool, threads=self._threads, whom=whom
        )

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
            off = surprise(person, body, time_s=time_s, known=known, min_size_px=self.min_size_px)
            if body is not None and off <= 1:
                candidates[person.key] = (body, off)
            else:
                self._miss(person, time_s, astray=body is not None)
        for person in rivals(self.people, candidates):
            del candidates[person.key]
            self._miss(person, time_s, astray=True)
            if person.rivalry_s is None:
                person.rivalry_s = time_s
        for person in self.people:
            if person.key in candidates:
                person.see(candidates[person.key][0], row=row, time_s=time_s)
                person.locked, person.rivalry_s = True, None

    @property
    def min_size_px(self) -> float:
        """Smallest body size that is believed, px."""
        return 0.6 * self._settings.min_height_px

    def _miss(self, person: Person, time_s: float, *, astray: bool) -> None:
        person.locked = False
        if astray and time_s - person.reset_s > _RESET_PAUSE_S:
            person.gone_astray(self._pool.followers)
            person.reset_s = time_s

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
            person = lost_like(self.people, body, time_s=time_s)
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
            self._before_another(person, time_s)
            new.append(person.key)
        if new:
            self._catch_up(new, since, row=row + 1)
        return fruitful

    def _before_another(self, person: Person, time_s: float) -> None:
        """Mark whoever stands before a larger body, and that one: its legs are mostly theirs."""
        points, others = person.course.points_px, [p for p in self.people if p is not person]
        bodies = [other.expected_points_px(time_s) for other in others]
        for k in lies_on(points, bodies):
            if may_stand_before(points, bodies[k], n_others=len(others)):
                person.held = True
                others[k].doubt_limbs()

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
        person = lost_like(self.people, body, time_s=time_s) or lost_at(
            self.people, body, time_s=time_s, picture_size=picture_size
        )
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

    def welcome_pair(
        self,
        found: PairFound,
        *,
        time_s: float,
        since: Sequence[Frame],
        picture_size: tuple[int, int],
        begun_s: Sequence[float],
    ) -> None:
        """Follow two people where one pose was thought to be of one; see `welcome_held`."""
        one = next((p for p in self.people if p.key == found.one), None)
        if one is None:
            return
        row, rest = found.row, [p for p in self.people if p is not one]
        poses = self._poses_since(row, time_s, among=rest)
        if any(same_body(b.points_px, q) for b in (found.kept, found.other) for q in poses):
            return
        second = lost_like(rest, found.other, time_s=time_s)
        if second is None and self._is_full():
            return
        young = time_s - begun_s[one.first_row] < _TRACED_S
        since_row = one.first_row if young else row
        one.begin_anew(found.kept, row=row, time_s=time_s, since_row=since_row)
        one.gone_astray(self._pool.followers)
        found.follower.n_people += 1
        if second is None:
            second = self._begin(
                found.other, row=row, time_s=time_s, picture_size=picture_size, by=found.follower
            )
            logger.debug("%.2f s: candidate %d in the pose of %d", time_s, second.key, one.key)
        else:
            self._pool.give_back(second.estimator)
            second.estimator = found.follower
            second.see(found.other, row=row, time_s=time_s)
        one.locked = second.locked = True
        one.in_pair = second.in_pair = True
        one.rivalry_s = second.rivalry_s = None
        found.follower.serve(second.key)
        self._catch_up([one.key, second.key], since, row=row + 1)

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

    def _poses_since(
        self, row: int, time_s: float, *, among: Sequence[Person] | None = None
    ) -> list[FloatArray]:
        """Give the poses of a row, the latest where somebody was seen after it only."""
        people = self.people if among is None else among
        seen = [p for p in people if p.last_seen_s >= time_s]
        return [p.course.points_px if (at := p.pose_at(row)) is None else at for p in seen]

    def _catch_up(self, new: Collection[int], frames: Sequence[Frame], *, row: int) -> None:
        """Follow new people through pictures in which everybody else is known already."""
        for row_then, frame in enumerate(frames, start=row):
            jobs = self.follow(frame.image_bgr, frame.time_s, whom=new)
            self.judge(joined(jobs), row=row_then, time_s=frame.time_s)

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
