"""`track_people`: one pass over the frames, every person followed on a crop of their own."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.background import MovingBlobs
from gaitcheck.people.camera import CameraMotion, CameraState
from gaitcheck.people.estimators import Estimator, EstimatorFactory, Pool, pose_estimators
from gaitcheck.people.geometry import body_size, covered_share, touching
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import implausible, same_body
from gaitcheck.people.rewind import Past, Rewound, rewind
from gaitcheck.people.scout import Place, Scout
from gaitcheck.people.search import search
from gaitcheck.people.things import HandThings
from gaitcheck.people.track import Track
from gaitcheck.pose.body import Body
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

logger = logging.getLogger(__name__)

_RESET_PAUSE_S: Final = 0.3
"""An estimator that left its body is reset no more often than this, s: a reset costs 80 ms."""
_RIVALRY_S: Final = 0.8
"""A track that lies on another's body for so long ends, s (arbitrary)."""
_YOUNG_FRAMES: Final = 8
_SURE_FRAMES: Final = 5
"""After so many poses a candidate is worth following backward, at 25 ms a frame."""
_BODIES_A_SEARCH: Final = 3
_BRIEF_S: Final = 2.0
_MOSTLY: Final = 0.6
"""Tracks briefer than that, of which the median pose lies so far on others, are phantoms (seen:
0.8 to 1; children held by an adult 0.2 to 0.5, for longer)."""
_LOOKS: Final = 15


@dataclass(frozen=True)
class TrackingResult:
    """What `track_people` gives.

    Parameters
    ----------
    tracks : tuple of Track
        One for each person, by their first time.
    warnings : tuple of str
        What a user should know of, in whole sentences.
    """

    tracks: tuple[Track, ...]
    warnings: tuple[str, ...]


def track_people(
    frames: Iterable[Frame],
    *,
    model_path: Path,
    settings: PeopleSettings | None = None,
    on_frame: Callable[[Frame], None] | None = None,
    estimator_factory: EstimatorFactory | None = None,
    workers: int | None = None,
) -> TrackingResult:
    """Find and follow everyone in a video.

    Parameters
    ----------
    frames : iterable of Frame
        Upright pictures with strictly increasing times; read once, in order. All of
        one size. `gaitcheck.video.prefetch.prefetch` reads the next ones meanwhile.
    model_path : Path
        The pose model's bundle.
    settings : PeopleSettings, optional
        How many people, how small, how long they may be hidden.
    on_frame : callable, optional
        Called with each frame once it is done, for progress; what it raises ends the run.
    estimator_factory : callable, optional
        Makes the pose estimators; MediaPipe's by default.
    workers : int, optional
        Threads; as many as there are cores by default. The result does not depend on it.

    Returns
    -------
    TrackingResult
        The tracks and warnings.

    Raises
    ------
    PoseError, ModelError
        From the pose estimators.
    """
    factory = pose_estimators(model_path) if estimator_factory is None else estimator_factory
    n_workers = workers if workers is not None else max(1, min(os.cpu_count() or 1, 8))
    with (
        Pool(factory, bodies_a_search=_BODIES_A_SEARCH) as pool,
        ThreadPoolExecutor(n_workers, thread_name_prefix="pose") as threads,
    ):
        run = _Run(settings or PeopleSettings(), pool=pool, threads=threads)
        for frame in frames:
            run.step(frame)
            if on_frame is not None:
                on_frame(frame)
        return run.finish()


@dataclass(frozen=True, eq=False)
class _Hands:
    """A frame in which hands are still to be looked at, who was seen in it, and where."""

    frame: Frame
    to_room: FloatArray
    row: int
    people: tuple[Person, ...]
    points_px: dict[int, FloatArray]


class _Run:
    """The state of one pass."""

    def __init__(
        self, settings: PeopleSettings, *, pool: Pool, threads: ThreadPoolExecutor
    ) -> None:
        self._settings, self._pool, self._threads = settings, pool, threads
        self._camera = CameraMotion()
        self._blobs = MovingBlobs(min_height_px=settings.min_height_px)
        self._things = HandThings()
        self._hands: _Hands | None = None
        self._past = Past()
        self._scout: Scout | None = None
        self._people: list[Person] = []
        self._ended: list[Person] = []
        self._n_candidates = 0
        self._time_s: list[float] = []
        self._frame_index: list[int] = []
        self._to_room: list[FloatArray] = []
        self._fixed = True
        self._n_unknown = 0
        self._n_refused = 0
        self._cuts_s: list[float] = []
        self._size: tuple[int, int] | None = None

    def step(self, frame: Frame) -> None:
        image, time_s = frame.image_bgr, frame.time_s
        row = len(self._time_s)
        self._size = (image.shape[1], image.shape[0])
        if self._scout is None:
            self._scout = Scout(picture_size=self._size, min_height_px=self._settings.min_height_px)
        # The estimators release the interpreter's lock: they run in threads, and so that the
        # result is the same for any number of threads everything is judged afterwards, in order.
        groups = self._by_estimator(time_s)
        sought = groups.pop(_SEARCHER, [])
        follows = [self._threads.submit(_follow, group, image, time_s) for group in groups.values()]
        self._look_at_hands()
        places = self._places(time_s)
        looking = self._threads.submit(
            _look_about,
            self._pool.searcher,
            sought,
            places,
            image,
            time_s,
            known=[p.expected_points_px(time_s) for p in self._people],
            min_size_px=self._min_size_px,
        )
        state = self._watch(frame)
        poses = dict(pose for job in follows for pose in job.result())
        again, found = looking.result()
        poses.update(again)
        self._time_s.append(time_s)
        self._frame_index.append(frame.index)
        self._to_room.append(state.to_room)
        if state.cut:
            self._cut(time_s)
            self._past.keep(image, row=row, time_s=time_s)
            return
        self._judge(poses, row=row, time_s=time_s)
        self._welcome(found, row=row, time_s=time_s)
        seen = tuple(self._seen_at(time_s))
        points_px = {p.key: p.course.points_px for p in seen}
        self._hands = _Hands(frame, state.to_room, row, seen, points_px)
        self._trace_back()
        self._past.keep(image, row=row, time_s=time_s)
        self._part(time_s)

    def finish(self) -> TrackingResult:
        self._look_at_hands()
        for person in self._people:
            self._end(person)
        self._people = []
        to_room = np.array(self._to_room).reshape(-1, 3, 3)
        believed = []
        for person in sorted(self._ended, key=lambda p: (p.first_row, p.key)):
            doubt = person.unbelievable(self._time_s) or self._part_of_others(person)
            if doubt is None:
                believed.append(person)
            else:
                logger.debug("candidate %d dropped: %s", person.key, doubt)
        tracks = tuple(
            person.track(
                number, time_s=self._time_s, frame_index=self._frame_index, to_room=to_room
            )
            for number, person in enumerate(believed, start=1)
        )
        return TrackingResult(tracks, tuple(self._warnings()))

    def _part_of_others(self, person: Person) -> str | None:
        """Say so of a brief track that lies on larger bodies most of its time: legs, not people."""
        rows = [row for row, _ in person.poses()]
        if self._time_s[rows[-1]] - self._time_s[rows[0]] > _BRIEF_S:
            return None
        shares = []
        for row in rows[:: max(1, len(rows) // _LOOKS)]:
            own = person.pose_at(row)
            assert own is not None
            poses = [p.pose_at(row) for p in self._ended if p is not person]
            larger = [p for p in poses if p is not None and body_size(p) > 1.25 * body_size(own)]
            shares.append(covered_share(own, larger))
        return "part of another body" if float(np.median(shares)) > _MOSTLY else None

    def _places(self, time_s: float) -> list[Place]:
        assert self._scout is not None
        blobs = self._blobs.uncovered([p.expected_points_px(time_s) for p in self._people])
        people = {p.key: p.box_px for p in self._people if p.last_seen_s >= time_s - 0.5}
        return self._scout.places(time_s=time_s, blobs=blobs, people=people, fixed=self._fixed)

    def _by_estimator(self, time_s: float) -> dict[int, _Group]:
        """Give the people of each estimator, whom it serves in turn, and what to paint over."""
        groups: dict[int, _Group] = {}
        for person in self._people:
            # Whoever is lost would lose the others that share an estimator: the search looks.
            sought = not person.locked and person.estimator.n_people > 1
            key = _SEARCHER if sought else id(person.estimator)
            groups.setdefault(key, []).append((person, self._others(person, time_s)))
        return groups

    def _others(self, person: Person, time_s: float) -> list[FloatArray]:
        """Give the poses to paint over so that an estimator does not take the wrong body."""
        return [
            other.expected_points_px(time_s)
            for other in self._people
            if other is not person
            and other.locked
            and (not person.locked or touching(other.box_px, person.box_px))
        ]

    def _watch(self, frame: Frame) -> CameraState:
        """Read the camera's motion, and what moves before a fixed one."""
        boxes = [p.box_px for p in self._people]
        state = self._camera.update(frame.image_bgr, time_s=frame.time_s, people=boxes)
        self._n_unknown += not state.known
        if state.fixed and not state.cut:
            self._blobs.feed(frame.image_bgr, time_s=frame.time_s)
        else:
            self._blobs.reset()
        self._fixed = state.fixed
        return state

    def _look_at_hands(self) -> None:
        """Look for things that go along with the hands of everyone seen in the last frame.

        A frame late, so that it is done while the estimators are at work.
        """
        hands, self._hands = self._hands, None
        if hands is None:
            return
        scores = self._things.look(
            hands.frame.image_bgr,
            time_s=hands.frame.time_s,
            to_room=hands.to_room,
            bodies=hands.points_px,
        )
        for person in hands.people:
            if person.key in scores:
                person.see_things(scores[person.key], row=hands.row)

    def _judge(self, poses: dict[int, Body | None], *, row: int, time_s: float) -> None:
        """Believe the poses that are bodies, the same as before, and nobody else's."""
        candidates: dict[int, tuple[Body, float]] = {}
        for person in self._people:
            body = poses[person.key]
            surprise = self._surprise(person, body, time_s)
            if body is not None and surprise <= 1:
                candidates[person.key] = (body, surprise)
            else:
                self._miss(person, time_s, astray=body is not None)
        for person in self._rivals(candidates):
            del candidates[person.key]
            self._miss(person, time_s, astray=True)
            if person.rivalry_s is None:
                person.rivalry_s = time_s
        for person in self._people:
            if person.key in candidates:
                person.see(candidates[person.key][0], row=row, time_s=time_s)
                person.locked, person.rivalry_s = True, None

    def _surprise(self, person: Person, body: Body | None, time_s: float) -> float:
        if body is None or implausible(body, min_size_px=self._min_size_px) is not None:
            return float("inf")
        return person.course.surprise(body.points_px, time_s=time_s)

    @property
    def _min_size_px(self) -> float:
        return 0.6 * self._settings.min_height_px

    def _miss(self, person: Person, time_s: float, *, astray: bool) -> None:
        person.locked = False
        if astray and time_s - person.reset_s > _RESET_PAUSE_S:
            person.reset_due, person.reset_s = True, time_s

    def _rivals(self, candidates: dict[int, tuple[Body, float]]) -> list[Person]:
        """Give those whose pose of this frame lies on another's body."""
        lost: list[Person] = []
        by_age = [p for p in self._people if p.key in candidates]
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

    def _welcome(self, found: list[tuple[Place, Body]], *, row: int, time_s: float) -> None:
        """Go on with those who were lost and are found again; begin to follow the others."""
        assert self._scout is not None
        assert self._size is not None
        for place, body in found:
            if any(same_body(body.points_px, p.course.points_px) for p in self._seen_at(time_s)):
                continue
            self._scout.found(place)
            lost = self._lost_like(body, time_s)
            if lost is not None:
                lost.see(body, row=row, time_s=time_s)
                lost.reset_due, lost.rivalry_s = True, None
            elif len(self._people) >= self._settings.max_people:
                self._n_refused += 1
            else:
                self._people.append(
                    Person(
                        self._n_candidates, body, row=row, time_s=time_s, picture_size=self._size,
                        estimator=self._pool.take(),
                    )
                )  # fmt: skip
                logger.debug("%.2f s: candidate %d by %s", time_s, self._n_candidates, place.kind)
                self._n_candidates += 1

    def _seen_at(self, time_s: float) -> list[Person]:
        return [p for p in self._people if p.last_seen_s == time_s]

    def _lost_like(self, body: Body, time_s: float) -> Person | None:
        """Give the lost person whom a new body fits best, if it fits anyone."""
        surprises = [
            (p.course.surprise(body.points_px, time_s=time_s), p.key, p)
            for p in self._people
            if p.last_seen_s < time_s
        ]
        fitting = [entry for entry in surprises if entry[0] <= 1]
        return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None

    def _trace_back(self) -> None:
        """Follow those who are new, and are surely somebody, back to where they came in sight."""
        new = [p for p in self._people if not p.rewound and p.n_seen >= _SURE_FRAMES]
        if new:  # two tracks may become one: what is still to be told of them comes first
            self._look_at_hands()
        for group in self._in_turn(new):
            jobs = [
                self._threads.submit(
                    rewind, person, self._past, times_s=self._time_s,
                    others=self._poses_beside(person), min_size_px=self._min_size_px,
                )
                for person in group
            ]  # fmt: skip
            for person, job in zip(group, jobs, strict=True):
                self._lengthen(person, job.result())

    @staticmethod
    def _in_turn(people: list[Person]) -> Iterator[list[Person]]:
        """Give groups in which nobody shares an estimator."""
        while people:
            group = list({id(p.estimator): p for p in reversed(people)}.values())
            people = [p for p in people if p not in group]
            yield group

    def _poses_beside(self, person: Person) -> dict[int, list[FloatArray]]:
        """Give everybody else's poses before a person was found, by row."""
        rows = [frame.row for frame in self._past.before(person.first_row)]
        known = [p for p in (*self._people, *self._ended) if p is not person]
        return {row: [pose for p in known if (pose := p.pose_at(row)) is not None] for row in rows}

    def _lengthen(self, person: Person, past: Rewound) -> None:
        """Begin a person's track earlier; whom it meets, lost before, is the same person."""
        person.rewound = True
        first_row = person.first_row
        for row, body in past.bodies:
            person.record(body, row=row)
        if past.met is None:
            return
        row, points = past.met
        for other in (*self._people, *self._ended):
            pose = other.pose_at(row)
            if other is person or pose is None or other.last_row >= first_row:
                continue
            if same_body(pose, points):
                logger.debug("candidate %d is %d again", person.key, other.key)
                if other in self._people:
                    self._people.remove(other)
                    self._pool.give_back(other.estimator)
                else:
                    self._ended.remove(other)
                person.adopt(other)
                return

    def _part(self, time_s: float) -> None:
        """End the tracks of those who are gone, and of those who are somebody else."""
        for person in list(self._people):
            gone = time_s - person.last_seen_s > self._settings.lost_after_s
            usurper = person.rivalry_s is not None and time_s - person.rivalry_s > _RIVALRY_S
            never = person.n_seen < 3 and time_s - person.last_seen_s > 0.3
            if gone or usurper or never:
                self._people.remove(person)
                self._end(person)

    def _end(self, person: Person) -> None:
        person.forget_glimpses(self._time_s)
        self._pool.give_back(person.estimator)
        self._ended.append(person)

    def _cut(self, time_s: float) -> None:
        assert self._scout is not None
        self._cuts_s.append(time_s)
        for person in self._people:
            self._end(person)
        self._people = []
        self._blobs.reset()
        self._things.reset()
        self._past.clear()
        self._scout.reset()

    def _warnings(self) -> Iterator[str]:
        if self._cuts_s:
            times = ", ".join(f"{t:.2f}" for t in self._cuts_s[:10])
            yield f"The scene changes at {times} s: nobody is followed across such a cut."
        n = len(self._time_s)
        if n and self._n_unknown > 0.1 * n:
            yield (
                f"The camera's motion could not be told in {100 * self._n_unknown / n:.0f}% of the "
                "frames: the background shows too little. What stands still may seem to move there."
            )
        if self._n_refused:
            yield (
                f"More than {self._settings.max_people} people were in the picture at once; the "
                "others were left out. Raise max_people to follow them."
            )


_Group = list[tuple[Person, list[FloatArray]]]
_SEARCHER: Final = 0


def _follow(group: _Group, image: Image, time_s: float) -> list[tuple[int, Body | None]]:
    """Look for the people of one estimator, each in their crop, with the others painted over."""
    return [(person.key, person.look(image, time_s, others)) for person, others in group]


def _look_about(
    searcher: Estimator,
    sought: _Group,
    places: list[Place],
    image: Image,
    time_s: float,
    *,
    known: list[FloatArray],
    min_size_px: float,
) -> tuple[list[tuple[int, Body | None]], list[tuple[Place, Body]]]:
    """Look for those who are lost, then for new people."""
    again = [
        (person.key, person.look(image, time_s, others, searcher=searcher))
        for person, others in sought
    ]
    return again, search(searcher, places, image, known=known, min_size_px=min_size_px)
