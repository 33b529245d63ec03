"""Looks that go on beside the following, each with an estimator that nobody has."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Try(Generic[Found]):
    """One look.

    Parameters
    ----------
    row : int
        Number of the frame searched among those read in this run.
    key : int
        Of whom it looks at or beside.
    follower : Follower
        The estimator that looks.
    job : Future
        What it finds, or None.
    """

    row: int
    key: int
    follower: Follower
    job: Future[Found | None]


class Tries(Generic[Found]):
    """Looks begun and not joined yet, in the order of their frames.

    Parameters
    ----------
    threads : Executor
        Where the estimators work.
    """

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._begun: deque[Try[Found]] = deque()

    def __bool__(self) -> bool:
        return bool(self._begun)

    def begin(
        self,
        row: int,
        key: int,
        follower: Follower,
        look: Callable[..., Found | None],
        *place: Any,
        **how: Any,
    ) -> None:
        """Let an estimator look: ``look(follower, *place, **how)``."""
        job = follower.turns.submit(self._threads, look, follower, *place, **how)
        self._begun.append(Try(row, key, follower, job))

    def join(self, *, before: int) -> Iterator[tuple[Try[Found], Found]]:
        """Give the looks in the frames before a row that found something, with what they found."""
        while self._begun and self._begun[0].row < before:
            done = self._begun.popleft()
            found = done.job.result()
            # Somebody found otherwise meanwhile may have got the estimator.
            if found is not None and not done.follower.n_people:
                yield done, found
