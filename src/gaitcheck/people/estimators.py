"""What the people room wants of a pose estimator, and a pool of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from gaitcheck.pose.body import Body

Image = npt.NDArray[np.uint8]


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
    """Give the factory of MediaPipe's estimators; mediapipe is loaded at the first call."""

    def make(max_bodies: int, following: bool) -> Estimator:
        from gaitcheck.pose.estimator import PoseEstimator  # loads late

        return PoseEstimator(model_path, max_bodies=max_bodies, following=following)

    return make


class Pool:
    """Lends estimators that follow one body each, and one that searches.

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
        self._free: list[Estimator] = []
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

    def take(self) -> Estimator:
        """Lend an estimator for one person; reset it before use."""
        return self._free.pop() if self._free else self._make(1, following=True)

    def give_back(self, estimator: Estimator) -> None:
        """Take a lent estimator back."""
        self._free.append(estimator)

    def _make(self, max_bodies: int, *, following: bool) -> Estimator:
        estimator = self._factory(max_bodies, following)
        self._all.append(estimator)
        return estimator
