"""Parts of a video over several processes: as many at once as there are workers, joined in order.

Processes, not threads alone: Python's lock would let one wait for the other. They are started with
`subprocess`, not `multiprocessing`, so that a script that calls gaitcheck needs no
``if __name__ == "__main__"`` on any system; and each ends when its standard input does, so that
none is left behind, however this process ends.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Final

import gaitcheck.errors as known_errors
from gaitcheck.errors import CancelledError, GaitcheckError, PoseError
from gaitcheck.footage.work import Footage
from gaitcheck.footage.worker import task_of
from gaitcheck.time import Interval

_log = logging.getLogger(__name__)

MOST: Final = 8
"""Processes at most; each holds about 400 MB."""
_FEW_ARENAS: Final = {"MALLOC_ARENA_MAX": "2"}
"""For glibc, ignored by others: threads come and go with the estimators of each part, and memory is
not given back from the arenas that each begins (measured over eight parts: 311 -> 586 MB, with two
arenas 418 -> 451)."""
_ASK_EVERY_S: Final = 0.2
_PATIENCE_S: Final = 2.0

OnDone = Callable[[int, Path, dict[str, Any]], None]


def can_start() -> bool:
    """Whether this Python can start another: a frozen or embedded one cannot."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def follow_parts(
    footage: Footage,
    parts: Sequence[Interval],
    *,
    times: Path,
    folder: Path,
    processes: int,
    threads: int,
    on_frames: Callable[[int, float | None], None],
    on_done: OnDone,
    cancel: Callable[[], bool] | None,
) -> None:
    """Follow everybody in all parts.

    Parameters
    ----------
    footage : Footage
        The video.
    parts : sequence of Interval
        Its parts, s.
    times : Path
        npy file of the times of all frames.
    folder : Path
        For the files of tracks.
    processes, threads : int
        So many processes with so many threads each.
    on_frames : callable
        Called in this thread with a number of frames just done and the time of the last, s.
    on_done : callable
        Called in this thread, in order of completion, with the number of a part, its file of
        tracks and the rest as from `gaitcheck.footage.worker.facts_of`.
    cancel : callable, optional
        Asked several times a second.

    Raises
    ------
    PoseError
        If a process cannot be started or ends before its task.
    GaitcheckError
        As it was raised in a process.
    CancelledError
        If ``cancel`` said so.
    """
    # The longest first, so that no process is left with it at the end.
    waiting = sorted(range(len(parts)), key=lambda i: (parts[i].duration_s, i))
    messages: queue.SimpleQueue[tuple[_Process, dict[str, Any] | None]] = queue.SimpleQueue()
    with contextlib.ExitStack() as stack:
        crew = [stack.enter_context(_Process(messages)) for _ in range(processes)]
        left = len(parts)

        def give(process: _Process) -> None:
            if waiting:
                number = waiting.pop()
                process.give(
                    task_of(
                        footage, parts[number], number=number, times=str(times), threads=threads,
                        out=str(folder / f"part-{number}.npz"),
                        log_level=logging.getLogger("gaitcheck").getEffectiveLevel(),
                    )
                )  # fmt: skip

        for process in crew:
            give(process)
        while left:
            if cancel is not None and cancel():
                raise CancelledError("the analysis was cancelled while parts were followed")
            try:
                process, message = messages.get(timeout=_ASK_EVERY_S)
            except queue.Empty:
                continue
            if message is None:
                raise PoseError(
                    "a worker process ended by itself (was it killed, or is memory short?); "
                    "--workers 1 does without them"
                )
            if "done" in message:
                number = message["done"]
                on_done(number, folder / f"part-{number}.npz", message["facts"])
                left -= 1
                give(process)
            elif "failed" in message:
                raise _error_of(message)
            elif "log" in message:
                logging.getLogger(message["log"]).log(message["level"], "%s", message["text"])
            else:
                on_frames(message["frames"], message["time_s"])


def _code() -> str:
    """Give what a worker runs: this process's path first, so that no file that lies about is meant.

    With ``-m`` a file of the current folder could be taken for a module that is imported.
    """
    places = [place or str(Path.cwd()) for place in sys.path]
    return (
        f"import sys; sys.path[:] = {places!r}; from gaitcheck.footage.worker import main; main()"
    )


def _error_of(message: dict[str, Any]) -> Exception:
    kind = getattr(known_errors, message["kind"], None)
    if isinstance(kind, type) and issubclass(kind, GaitcheckError):
        return kind(message["text"])
    return RuntimeError(f"in a worker process: {message['kind']}: {message['text']}")


class _Process:
    """A worker process, and a thread that hands on what it says."""

    def __init__(self, messages: queue.SimpleQueue[tuple[_Process, dict[str, Any] | None]]) -> None:
        self._messages = messages

    def __enter__(self) -> _Process:
        flags: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is this process's to handle
        if sys.platform == "win32":
            flags = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        try:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", _code()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**_FEW_ARENAS, **os.environ},
                **flags,
            )
        except OSError as error:
            raise PoseError(
                f"a worker process cannot be started: {error}; --workers 1 does without"
            ) from error
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._stdin, self._stdout = self._popen.stdin, self._popen.stdout
        self._thread = threading.Thread(
            target=self._listen, args=(self._stdout,), name="gaitcheck-worker", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._stdin.close()  # it ends by itself then, in the midst of a task too
        try:
            self._popen.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        self._thread.join(_PATIENCE_S)
        self._stdout.close()

    def give(self, task: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # it ended: its end is told as a message
            self._stdin.write(json.dumps(task).encode() + b"\n")
            self._stdin.flush()

    def _listen(self, stdout: IO[bytes]) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stdout:
                self._messages.put((self, json.loads(line)))
        self._messages.put((self, None))
