"""`track_people`: one pass over the frames, every person followed on a crop of their own.

A picture is given to the estimators while the one before is still with them, so that two cores
have work also where one person walks alone: where to look is foreseen from the last picture but
one. In sparse footage, where that would be too far ahead, and where bodies touch, pictures are
looked at one by one. Everything is decided in one thread, in the order of the pictures: the result
is the same for any number of threads.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.background import MovingBlobs
from gaitcheck.people.camera import CameraMotion, CameraState
from gaitcheck.people.crowd import Crowd
from gaitcheck.people.estimators import (
    Estimator,
    EstimatorFactory,
    Follower,
    Pool,
    pose_estimators,
)
from gaitcheck.people.look import Look
from gaitcheck.people.rewind import Past
from gaitcheck.people.scout import Place, Scout
from gaitcheck.people.search import search
from gaitcheck.people.things import HandThings
from gaitcheck.people.track import Track
from gaitcheck.pose.body import Body
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_BODIES_A_SEARCH: Final = 3
_IN_WORK: Final = 2
"""So many pictures are with the estimators at once."""
_FORESEEN_S: Final = 0.105
"""Nobody's place is foreseen for longer, s: two pictures at 20 Hz."""


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
            _tell(run.step(frame), on_frame)
        _tell(run.rest(), on_frame)
        return run.finish()


def _tell(done: Iterable[Frame], on_frame: Callable[[Frame], None] | None) -> None:
    for frame in done:
        if on_frame is not None:
            on_frame(frame)


Found = list[tuple[Place, Body]]
Poses = dict[int, Body | None]


@dataclass(frozen=True, eq=False)
class _Work:
    """A picture that is being looked at."""

    frame: Frame
    camera: CameraState
    follows: list[Future[Poses]]
    search: Future[tuple[Poses, Found]]


class _Run:
    """The state of one pass."""

    def __init__(
        self, settings: PeopleSettings, *, pool: Pool, threads: ThreadPoolExecutor
    ) -> None:
        self._settings, self._pool, self._threads = settings, pool, threads
        self._crowd = Crowd(settings, pool=pool)
        self._camera = CameraMotion()
        self._blobs = MovingBlobs(min_height_px=settings.min_height_px)
        self._things = HandThings()
        self._past = Past()
        self._scout: Scout | None = None
        self._in_work: deque[_Work] = deque()
        self._time_s: list[float] = []
        self._frame_index: list[int] = []
        self._to_room: list[FloatArray] = []
        self._fixed = True
        self._n_unknown = 0
        self._cuts_s: list[float] = []
        self._size = (0, 0)

    def step(self, frame: Frame) -> Iterator[Frame]:
        """Begin with a picture; give those that are done."""
        while self._in_work and self._too_far_ahead(frame.time_s):
            yield self._judge()
        work = self._begin(frame)
        self._in_work.append(work)
        # Nobody is foreseen across a cut.
        while len(self._in_work) >= (1 if work.camera.cut else _IN_WORK):
            yield self._judge()

    def rest(self) -> Iterator[Frame]:
        """Give the pictures that are still to be done."""
        while self._in_work:
            yield self._judge()

    def finish(self) -> TrackingResult:
        self._crowd.part_all(self._time_s)
        to_room = np.array(self._to_room).reshape(-1, 3, 3)
        tracks = tuple(
            person.track(
                number, time_s=self._time_s, frame_index=self._frame_index, to_room=to_room
            )
            for number, person in enumerate(self._crowd.believed(self._time_s), start=1)
        )
        return TrackingResult(tracks, tuple(self._warnings()))

    def _too_far_ahead(self, time_s: float) -> bool:
        """Whether the picture before must be judged first."""
        judged_s = self._time_s[-1] if self._time_s else -np.inf
        return time_s - judged_s > _FORESEEN_S or self._crowd.entangled()

    def _begin(self, frame: Frame) -> _Work:
        """Give a picture to the estimators, and meanwhile look at what is behind the people."""
        image, time_s = frame.image_bgr, frame.time_s
        if self._scout is None:
            self._size = (image.shape[1], image.shape[0])
            self._scout = Scout(picture_size=self._size, min_height_px=self._settings.min_height_px)
        known = [p.expected_points_px(time_s) for p in self._crowd.people]
        looks, sought = self._crowd.looks(time_s)
        follows = self._follow(looks, image)
        searching = self._pool.searches.submit(
            self._threads, _look_about, self._pool.searcher, sought,
            self._places(self._scout, known, time_s), image,
            known=known, min_size_px=self._crowd.min_size_px,
        )  # fmt: skip
        return _Work(frame, self._watch(frame), follows, searching)

    def _follow(self, looks: dict[Follower, list[Look]], image: Image) -> list[Future[Poses]]:
        return [
            follower.turns.submit(self._threads, _follow, follower, whom, image)
            for follower, whom in looks.items()
        ]

    def _late(self, frame: Frame, *, known: Poses) -> Poses:
        """Look for those who were found while this picture was already being looked at."""
        looks, _ = self._crowd.looks(frame.time_s, but=known)
        return _joined(self._follow(looks, frame.image_bgr))

    def _places(self, scout: Scout, known: list[FloatArray], time_s: float) -> list[Place]:
        people = {p.key: p.box_px for p in self._crowd.people if p.last_seen_s >= time_s - 0.5}
        blobs = self._blobs.uncovered(known)
        return scout.places(time_s=time_s, blobs=blobs, people=people, fixed=self._fixed)

    def _watch(self, frame: Frame) -> CameraState:
        """Read the camera's motion, and what moves before a fixed one."""
        boxes = [p.box_px for p in self._crowd.people]
        state = self._camera.update(frame.image_bgr, time_s=frame.time_s, people=boxes)
        self._n_unknown += not state.known
        if state.fixed and not state.cut:
            self._blobs.feed(frame.image_bgr, time_s=frame.time_s)
        else:
            self._blobs.reset()
        self._fixed = state.fixed
        return state

    def _judge(self) -> Frame:
        """Take what was found in the oldest picture that is looked at."""
        work = self._in_work.popleft()
        frame, row = work.frame, len(self._time_s)
        again, found = work.search.result()
        poses = {**_joined(work.follows), **again}
        self._time_s.append(frame.time_s)
        self._frame_index.append(frame.index)
        self._to_room.append(work.camera.to_room)
        if work.camera.cut:
            self._cut()
        else:
            poses.update(self._late(frame, known=poses))
            self._believe(poses, found, row=row)
            self._look_at_hands(work, row=row)
        self._past.keep(frame.image_bgr, row=row, time_s=frame.time_s)
        return frame

    def _believe(self, poses: Poses, found: Found, *, row: int) -> None:
        """Tell who is where, who is new and who is gone."""
        assert self._scout is not None
        crowd, time_s = self._crowd, self._time_s[-1]
        crowd.judge(poses, row=row, time_s=time_s)
        for place in crowd.welcome(found, row=row, time_s=time_s, picture_size=self._size):
            self._scout.found(place)
        crowd.trace_back(self._past, times_s=self._time_s, threads=self._threads)
        crowd.part(self._time_s)

    def _look_at_hands(self, work: _Work, *, row: int) -> None:
        """Look for things that go along with the hands of everyone seen."""
        seen = {p.key: p for p in self._crowd.seen_at(work.frame.time_s)}
        scores = self._things.look(
            work.frame.image_bgr,
            time_s=work.frame.time_s,
            to_room=work.camera.to_room,
            bodies={key: person.course.points_px for key, person in seen.items()},
        )
        for key, score in scores.items():
            seen[key].see_things(score, row=row)

    def _cut(self) -> None:
        assert self._scout is not None
        self._cuts_s.append(self._time_s[-1])
        self._crowd.part_all(self._time_s)
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
        if self._crowd.n_refused:
            yield (
                f"More than {self._settings.max_people} people were in the picture at once; the "
                "others were left out. Raise max_people to follow them."
            )


def _joined(jobs: list[Future[Poses]]) -> Poses:
    return {key: body for job in jobs for key, body in job.result().items()}


def _follow(follower: Follower, looks: list[Look], image: Image) -> Poses:
    """Look for the people of one estimator, each in their crop, with the others painted over."""
    return {look.key: look.follow(image, follower) for look in looks}


def _look_about(
    searcher: Estimator,
    sought: list[Look],
    places: list[Place],
    image: Image,
    *,
    known: list[FloatArray],
    min_size_px: float,
) -> tuple[Poses, Found]:
    """Look for those who are lost, then for new people."""
    again = {look.key: look.search(image, searcher) for look in sought}
    return again, search(searcher, places, image, known=known, min_size_px=min_size_px)
