"""What the people room wants of a pose estimator, and a pool of them that people share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import HIPS, SHOULDERS, body_centre, body_size

if TYPE_CHECKING:
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

N_FOLLOWERS: Final = 4
"""Estimators that follow, at most; each holds 80 MB. A fixed number, so that the result is the same
on any machine; few homes see more people at once."""
_ALIKE_CENTRE: Final = 0.12
"""Way between the middles of two bodies that look alike, in body sizes (arbitrary: MediaPipe's
own region has a margin of 0.25)."""
_ALIKE_SIZE: Final = 1.25
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
        self._bodies_a_search = bodies_a_search
        self._all: list[Estimator] = []
        self._followers: list[Follower] = []
        self._searcher: Estimator | None = None

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

    @property
    def searcher(self) -> Estimator:
        """The estimator that searches single pictures."""
        if self._searcher is None:
            self._searcher = self._make(self._bodies_a_search, following=False)
        return self._searcher

    def take(self) -> Follower:
        """Lend the estimator that has the fewest people to one more; reset it before use."""
        busy = all(follower.n_people for follower in self._followers)
        if busy and len(self._followers) < N_FOLLOWERS:
            self._followers.append(Follower(self._make(1, following=True)))
        chosen = min(self._followers, key=lambda follower: follower.n_people)
        chosen.n_people += 1
        return chosen

    def give_back(self, follower: Follower) -> None:
        """Take a lent estimator back."""
        follower.n_people -= 1

    def _make(self, max_bodies: int, *, following: bool) -> Estimator:
        estimator = self._factory(max_bodies, following)
        self._all.append(estimator)
        return estimator
