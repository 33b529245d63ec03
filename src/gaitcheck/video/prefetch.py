"""Read ahead in a background thread, so that decoding and pose estimation overlap."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

from gaitcheck.errors import SettingsError

T = TypeVar("T")


@dataclass(frozen=True)
class _End:
    """The items are used up, or their reading raised `error`."""

    error: BaseException | None


def prefetch(items: Iterable[T], *, depth: int = 4) -> Generator[T, None, None]:
    """Give the same items in the same order, read ahead by a thread.

    OpenCV decodes with the interpreter lock released, so the thread costs the consumer nothing
    while a spare core is there. The thread starts with the first item asked for. It ends when the
    items do, when reading raises (the error comes out here, after the items read before it), or
    when the generator is closed: by ``contextlib.closing``, by ``close()``, or by being forgotten.
    Close it before what it reads from.

    Parameters
    ----------
    items : iterable
        Read in the thread, and there only.
    depth : int
        At most so many items are held waiting, 1 or more; one more is in the making. Each frame
        of 4K weighs 25 MB (arbitrary: enough to smooth over a key frame).

    Raises
    ------
    SettingsError
        `depth` is below 1.
    """
    if depth < 1:
        raise SettingsError(f"depth must be at least 1, not {depth}")
    return _prefetch(items, depth)


def _prefetch(items: Iterable[T], depth: int) -> Generator[T, None, None]:
    ready: queue.Queue[T | _End] = queue.Queue(maxsize=depth)
    stop = threading.Event()
    thread = threading.Thread(
        target=_read, args=(items, ready, stop), name="gaitcheck-prefetch", daemon=True
    )
    thread.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        while thread.is_alive():  # it may be waiting for room to put one more
            while not ready.empty():
                ready.get_nowait()
            thread.join(timeout=0.01)


def _read(items: Iterable[T], ready: queue.Queue[T | _End], stop: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            ready.put(item)
            if stop.is_set():
                return
    except BaseException as raised:  # noqa: BLE001 - it belongs to the consumer's thread
        error = raised
    ready.put(_End(error))
