"""What the people room wants of a pose estimator, and a pool of them that people share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import HIPS, SHOULDERS, body_centre, body_size

if TYPE_CHECKING:
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]
P = ParamSpec("P")
T = TypeVar("T")

N_FOLLOWERS: Final = 4
"""Estimators that follow, at most; each holds 80 MB. A fixed number, so that the result is the same
on any machine; few homes see more people at once."""
_ALIKE_CENTRE: Final = 0.12
"""Way between the middles of two bodies that look alike, in body sizes (arbitrary: MediaPipe's
own region has a margin of 0.25)."""
_ALIKE_SIZE: Final = 1.25
_NOBODY: Final = -(2**31)
_ALIKE_TURN_DEG: Final = 20.0


class Estimator(Protocol):
    """Finds bodies in a picture; one that follows remembers the last picture's bodies."""

    def estimate(self, image_bgr: Image, *, time_s: float) -> tuple[Body, ...]:
        """Give the bodies in a picture, px of that picture."""
        ...

    def reset(self) -> None:
        """Forget the bodies followed so far."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


EstimatorFactory = Callable[[int, bool], Estimator]
"""Makes an estimator for ``(max_bodies, following)``."""


def pose_estimators(model_path: Path) -> EstimatorFactory:
    """Give the factory of MediaPipe's estimators; mediapipe is loaded at the first call.

    They use the light bundle made of the model: nobody here asks for masks.
    """

    @functools.cache
    def light_path() -> Path:
        from gaitcheck.pose.light import light_bundle

        return light_bundle(model_path)

    def make(max_bodies: int, following: bool) -> Estimator:
        from gaitcheck.pose.estimator import PoseEstimator  # loads late

        return PoseEstimator(light_path(), max_bodies=max_bodies, following=following)

    return make


class Turns:
    """Does jobs one after another, in the order in which they came, on threads shared with others.

    Threads of a pool begin jobs in that order too, so the one waited for has always begun.
    """

    def __init__(self) -> None:
        self._last: Future[Any] | None = None

    def submit(
        self, threads: Executor, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Let a thread do some work once all that came before it is done."""
        before = self._last

        def in_turn() -> T:
            if before is not None:
                wait([before])
            return work(*args, **kwargs)

        self._last = job = threads.submit(in_turn)
        return job


class _Late:
    """An estimator made when it is first used, by the thread that uses it: that takes 100 ms."""

    def __init__(self, make: Callable[[], Estimator]) -> None:
        self._make = make
        self._made: Estimator | None = None

    def estimate(self, image_bgr: Image, *, time_s: float) -> tuple[Body, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made.estimate(image_bgr, time_s=time_s)

    def reset(self) -> None:
        if self._made is not None:
            self._made.reset()

    def close(self) -> None:
        if self._made is not None:
            self._made.close()


class Follower:
    """An estimator that follows several people in turn.

    It looks where the last picture's body was. As every crop holds its person in the same place
    and size, the next person's body is there too (measured: the feet are off by 0.5% of the height
    more at most than with an estimator of one's own). Where it is not, because somebody lies, or
    the last body was lost or another's, the estimator is reset first.

    Parameters
    ----------
    estimator : Estimator
        One that follows a single body.
    """

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator
        self._served: int | None = None
        self._last: FloatArray | None = None
        self.n_people = 0
        """How many people have it now."""
        self.turns = Turns()
        """It looks at one picture at a time, in their order."""

    def estimate(
        self, image_bgr: Image, *, key: int, expected_px: FloatArray, locked: bool, time_s: float
    ) -> Body | None:
        """Look for a person in their crop.

        Parameters
        ----------
        image_bgr : ndarray of uint8, shape (height, width, 3)
            The crop.
        key : int
            The person's number.
        expected_px : ndarray, shape (33, 2)
            Where their landmarks should be, px of the crop.
        locked : bool
            Whether they were found in their last picture.
        time_s : float
            The picture's time, s.
        """
        another = self._served not in (None, key)
        if another and self._last is not None and not (locked and _alike(self._last, expected_px)):
            self.reset()
        bodies = self._estimator.estimate(image_bgr, time_s=time_s)
        self._served = key
        self._last = bodies[0].points_px if bodies else None
        return bodies[0] if bodies else None

    @property
    def has_body(self) -> bool:
        """Whether it saw somebody in the last picture, and looks there again."""
        return self._last is not None

    def look(self, image_bgr: Image) -> Body | None:
        """Look on in a crop for somebody who has no number yet."""
        bodies = self._estimator.estimate(image_bgr, time_s=0.0)
        self._served, self._last = _NOBODY, bodies[0].points_px if bodies else None
        return bodies[0] if bodies else None

    def serve(self, key: int) -> None:
        """Tell the number of whoever is followed."""
        self._served = key

    def reset(self) -> None:
        """Forget the body followed so far."""
        self._estimator.reset()
        self._last = None


def _alike(a: FloatArray, b: FloatArray) -> bool:
    size_a, size_b = body_size(a), body_size(b)
    if max(size_a, size_b) > _ALIKE_SIZE * min(size_a, size_b):
        return False
    if np.linalg.norm(body_centre(a) - body_centre(b)) > _ALIKE_CENTRE * size_b:
        return False
    trunks = [p[list(SHOULDERS)].mean(axis=0) - p[list(HIPS)].mean(axis=0) for p in (a, b)]
    angles = [np.arctan2(trunk[0], -trunk[1]) for trunk in trunks]
    turn = (angles[0] - angles[1] + np.pi) % (2 * np.pi) - np.pi
    return bool(abs(turn) < np.deg2rad(_ALIKE_TURN_DEG))


class Pool:
    """Lends estimators that follow, and one that searches.

    Who gets which depends on the order of asking only, never on threads.

    Parameters
    ----------
    factory : callable
        Makes estimators.
    bodies_a_search : int
        At most so many bodies are found in one search.
    """

    def __init__(self, factory: EstimatorFactory, *, bodies_a_search: int) -> None:
        self._factory = factory
        self._all: list[Estimator] = []
        self.followers: list[Follower] = []
        self.searcher = self._late(bodies_a_search, following=False)
        """The estimator that searches single pictures."""
        self.searches = Turns()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for estimator in self._all:
            estimator.close()

    def take(self) -> Follower:
        """Lend the estimator that has the fewest people to one more."""
        chosen = self.idle() or min(self.followers, key=lambda follower: follower.n_people)
        chosen.n_people += 1
        return chosen

    def idle(self) -> Follower | None:
        """Give an estimator that nobody has, without lending it; None where all have somebody."""
        free = next((follower for follower in self.followers if not follower.n_people), None)
        if free is None and len(self.followers) < N_FOLLOWERS:
            free = Follower(self._late(1, following=True))
            self.followers.append(free)
        return free

    def give_back(self, follower: Follower) -> None:
        """Take a lent estimator back."""
        follower.n_people -= 1

    def _late(self, max_bodies: int, *, following: bool) -> Estimator:
        estimator = _Late(lambda: self._factory(max_bodies, following))
        self._all.append(estimator)
        return estimator
