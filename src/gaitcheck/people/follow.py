"""`track_people`: one pass over the frames, every person followed on a crop of their own.

Where to look in a picture is known when the one before is judged, so those who follow are waited
for. All else is done beside that and joined later: a search for new people, which takes as long as
two pictures, two pictures later, and what goes along with the hands one picture later. Everything
is decided in one thread, in the order of the pictures: the result is the same for any number of
threads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.cores import usable_cores
from gaitcheck.people.background import MovingBlobs
from gaitcheck.people.belief import believed
from gaitcheck.people.camera import CameraMotion, CameraState
from gaitcheck.people.crowd import Crowd
from gaitcheck.people.estimators import (
    EstimatorFactory,
    Pool,
    pose_estimators,
)
from gaitcheck.people.held import HeldSearch
from gaitcheck.people.identity import told_apart
from gaitcheck.people.lighting import Lighting
from gaitcheck.people.looking import joined
from gaitcheck.people.origins import trace_back
from gaitcheck.people.pairs import PairSearch
from gaitcheck.people.person import Person
from gaitcheck.people.remarks import remarks
from gaitcheck.people.rewind import Past
from gaitcheck.people.scout import Place, Scout
from gaitcheck.people.search import search
from gaitcheck.people.things import HandThings
from gaitcheck.people.track import Track
from gaitcheck.people.wardrobe import Wardrobe
from gaitcheck.pose.body import Body
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame
from gaitcheck.video.sampling import thinned

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_BODIES_A_SEARCH: Final = 3
_SEARCH_FRAMES: Final = 2
"""So many pictures later a search is joined."""


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
        How many people, how small, how long they may be hidden; how many pictures a second.
    on_frame : callable, optional
        Called with each frame that was looked at, for progress; what it raises ends the run.
    estimator_factory : callable, optional
        Makes the pose estimators; MediaPipe's by default.
    workers : int, optional
        Threads; one more than there are cores by default. The result does not depend on it.

    Returns
    -------
    TrackingResult
        The tracks and warnings.

    Raises
    ------
    PoseError, ModelError
        From the pose estimators.
    """
    settings = settings or PeopleSettings()
    factory = pose_estimators(model_path) if estimator_factory is None else estimator_factory
    n_workers = workers if workers is not None else 1 + min(usable_cores(), 8)
    with (
        Pool(factory, bodies_a_search=_BODIES_A_SEARCH) as pool,
        ThreadPoolExecutor(n_workers, thread_name_prefix="pose") as threads,
    ):
        run = _Run(settings, pool=pool, threads=threads)
        for frame in thinned(frames, most_hz=settings.pose_rate_hz):
            run.step(frame)
            if on_frame is not None:
                on_frame(frame)
        return run.finish()


Found = list[tuple[Place, Body]]


@dataclass(frozen=True, eq=False)
class _Search:
    """A search that is under way in a picture that is judged already."""

    row: int
    found: Future[Found]


@dataclass(frozen=True, eq=False)
class _Hands:
    """Hands that are being looked at in a picture that is judged already."""

    row: int
    people: dict[int, Person]
    scores: Future[dict[int, FloatArray]]


class _Run:
    """The state of one pass."""

    def __init__(
        self, settings: PeopleSettings, *, pool: Pool, threads: ThreadPoolExecutor
    ) -> None:
        self._settings, self._pool, self._threads = settings, pool, threads
        self._crowd = Crowd(settings, pool=pool, threads=threads)
        self._held = HeldSearch(pool, threads=threads, min_size_px=self._crowd.min_size_px)
        self._pairs = PairSearch(pool, threads=threads, min_size_px=self._crowd.min_size_px)
        self._camera = CameraMotion()
        self._lighting = Lighting()
        self._blobs = MovingBlobs(min_height_px=settings.min_height_px)
        self._things = HandThings()
        self._wardrobe = Wardrobe()
        self._hands: _Hands | None = None
        self._past = Past()
        self._scout: Scout | None = None
        self._searches: deque[_Search] = deque()
        self._latest: deque[Frame] = deque(maxlen=_SEARCH_FRAMES)
        self._time_s: list[float] = []
        self._frame_index: list[int] = []
        self._to_room: list[FloatArray] = []
        self._fixed = True
        self._n_unknown = 0
        self._cuts_s: list[float] = []
        self._size = (0, 0)

    def step(self, frame: Frame) -> None:
        row, image, time_s = len(self._time_s), frame.image_bgr, frame.time_s
        if self._scout is None:
            self._size = (image.shape[1], image.shape[0])
            self._scout = Scout(picture_size=self._size, min_height_px=self._settings.min_height_px)
        following = self._crowd.follow(image, time_s)
        places = self._places(self._scout, time_s)
        if places:
            self._search(places, image, row=row, time_s=time_s)
        # Both borrow the estimator that nobody has: one at a time.
        for look, other in ((self._held, self._pairs), (self._pairs, self._held)):
            if not other.busy:
                look.begin(self._crowd.people, self._blobs, image, row=row, time_s=time_s)
        state = self._watch(frame)
        poses = joined(following)
        if state.cut:
            self._cut(time_s)
        self._time_s.append(time_s)
        self._frame_index.append(frame.index)
        self._to_room.append(state.floor_to_room)
        self._latest.append(frame)
        if not state.cut:
            self._crowd.judge(poses, row=row, time_s=time_s)
            self._join_searches(before=row + 1 - _SEARCH_FRAMES)
            trace_back(self._crowd, self._past, times_s=self._time_s, threads=self._threads)
            self._look_at_hands(frame, state.to_room, row=row)
            self._wardrobe.look(image, self._crowd.seen_at(time_s), row=row, time_s=time_s)
        self._past.keep(image, row=row, time_s=time_s)
        self._crowd.part(self._time_s)

    def finish(self) -> TrackingResult:
        self._join_searches(before=len(self._time_s))
        self._join_hands()
        self._crowd.part_all(self._time_s)
        people = told_apart(
            believed(self._crowd.ended, self._time_s), self._time_s, cuts_s=self._cuts_s
        )
        to_room = np.array(self._to_room).reshape(-1, 3, 3)
        tracks = tuple(
            person.track(
                number, time_s=self._time_s, frame_index=self._frame_index, to_room=to_room
            )
            for number, person in enumerate(people, start=1)
        )
        warnings = remarks(
            cuts_s=self._cuts_s, n_frames=len(self._time_s), n_unknown=self._n_unknown,
            n_dark=self._lighting.n_dark, n_flat=self._lighting.n_flat,
            n_flickering=self._lighting.n_flickering,
            n_refused=self._crowd.n_refused, max_people=self._settings.max_people,
        )  # fmt: skip
        return TrackingResult(tracks, tuple(warnings))

    def _places(self, scout: Scout, time_s: float) -> list[Place]:
        people = {p.key: p.box_px for p in self._crowd.people if p.last_seen_s >= time_s - 0.5}
        blobs = self._blobs.uncovered(self._known(time_s))
        return scout.places(time_s=time_s, blobs=blobs, people=people, fixed=self._fixed)

    def _known(self, time_s: float) -> list[FloatArray]:
        return [p.expected_points_px(time_s) for p in self._crowd.people]

    def _search(self, places: list[Place], image: Image, *, row: int, time_s: float) -> None:
        found = self._pool.searches.submit(
            self._threads, search, self._pool.searcher, places, image,
            known=self._known(time_s), min_size_px=self._crowd.min_size_px,
        )  # fmt: skip
        self._searches.append(_Search(row, found))

    def _join_searches(self, *, before: int) -> None:
        """Take what was found in the pictures before a row: who is new, who is here again."""
        while self._searches and self._searches[0].row < before:
            done = self._searches.popleft()
            fruitful = self._crowd.welcome(
                done.found.result(),
                row=done.row,
                time_s=self._time_s[done.row],
                since=self._since(done.row),
                picture_size=self._size,
            )
            assert self._scout is not None
            for place in fruitful:
                self._scout.found(place)
        for held in self._held.join(before=before):
            self._crowd.welcome_held(
                held,
                time_s=self._time_s[held.row],
                since=self._since(held.row),
                picture_size=self._size,
            )

        for pair in self._pairs.join(before=before):
            self._crowd.welcome_pair(
                pair,
                time_s=self._time_s[pair.row],
                since=self._since(pair.row),
                picture_size=self._size,
                begun_s=self._time_s,
            )

    def _since(self, row: int) -> list[Frame]:
        """Give the pictures judged since a row."""
        return [self._latest[k] for k in range(1 + row - len(self._time_s), 0)]

    def _watch(self, frame: Frame) -> CameraState:
        """Read the camera's motion, and what moves before a fixed one."""
        boxes = [p.box_px for p in self._crowd.people]
        state = self._camera.update(frame.image_bgr, time_s=frame.time_s, people=boxes)
        self._n_unknown += not state.known
        self._lighting.look(frame.image_bgr)
        if state.fixed and not state.cut:
            self._blobs.feed(frame.image_bgr, time_s=frame.time_s)
        else:
            self._blobs.reset()
        self._fixed = state.fixed
        return state

    def _look_at_hands(self, frame: Frame, to_room: FloatArray, *, row: int) -> None:
        """Look for things that go along with the hands of everyone seen."""
        self._join_hands()
        if self._lighting.flat:
            return  # what is not seen there may be there
        seen = {p.key: p for p in self._crowd.seen_at(frame.time_s)}
        scores = self._threads.submit(
            self._things.look,
            frame.image_bgr,
            time_s=frame.time_s,
            to_room=to_room,
            bodies={key: person.course.points_px for key, person in seen.items()},
            visibility={key: person.visibility_at(row) for key, person in seen.items()},
        )
        self._hands = _Hands(row, seen, scores)

    def _join_hands(self) -> None:
        hands, self._hands = self._hands, None
        if hands is not None:
            for key, scores in hands.scores.result().items():
                hands.people[key].see_things(scores, row=hands.row)

    def _cut(self, time_s: float) -> None:
        """End all tracks: what was found before the cut is taken, what is after it begins anew."""
        assert self._scout is not None
        self._join_searches(before=len(self._time_s))
        self._join_hands()
        self._cuts_s.append(time_s)
        self._crowd.part_all(self._time_s)
        self._searches.clear()
        self._blobs.reset()
        self._things.reset()
        self._past.clear()
        self._scout.reset()
