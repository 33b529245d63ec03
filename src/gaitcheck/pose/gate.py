"""A gate that many pass side by side, and each of some alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class Gate:
    """Lets threads work side by side, but some of the work be done while nobody else does any.

    Whoever waits to be alone lets nobody in before them, so they wait no longer than the work takes
    that has begun. A thread that is inside must not ask again.
    """

    def __init__(self) -> None:
        self._entrance = threading.Lock()
        self._left = threading.Condition()
        self._inside = 0

    @contextlib.contextmanager
    def side_by_side(self) -> Iterator[None]:
        """Work while others may, unless somebody is alone or waits to be."""
        with self._entrance, self._left:
            self._inside += 1
        try:
            yield
        finally:
            with self._left:
                self._inside -= 1
                self._left.notify_all()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Work once all who are inside have left; nobody enters meanwhile."""
        with self._entrance:
            with self._left:
                self._left.wait_for(lambda: self._inside == 0)
            yield
