"""A process that follows one part of a video after another; started by `gaitcheck.footage.workers`.

It reads tasks from standard input, a JSON object a line, and writes what happens to standard output
in the same way. When standard input ends, because whoever started it closed it or died, it ends.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gaitcheck.settings import PeopleSettings
from gaitcheck.time import Interval

if TYPE_CHECKING:
    from gaitcheck.footage.work import PartResult

_TELL_EVERY_S: Final = 0.1


def main() -> None:
    """Serve until standard input ends."""
    out = _own_stdout()
    tell = _Teller(out)
    logger = logging.getLogger("gaitcheck")
    logger.addHandler(_Forward(tell))
    logger.propagate = False
    tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), name="gaitcheck-tasks", daemon=True).start()
    while True:
        task = tasks.get()
        logger.setLevel(task["log_level"])
        try:
            tell({"done": task["number"], "facts": _do(task, tell)})
        except Exception as error:  # whatever it is: who asked raises it again
            logger.debug("where it happened", exc_info=error)
            tell({"failed": task["number"], "kind": type(error).__name__, "text": str(error)})


def _do(task: dict[str, Any], tell: _Teller) -> dict[str, Any]:
    import cv2
    import numpy as np

    from gaitcheck.footage.work import Footage, follow_part
    from gaitcheck.people.storage import save_tracks

    cv2.setNumThreads(task["threads"])  # all processes together have as many as there are cores
    footage = Footage(
        path=Path(task["path"]),
        fps=task["fps"],
        model_path=Path(task["model_path"]),
        people=PeopleSettings(**task["people"]),
    )
    last = {"s": 0.0, "frames": 0}

    def on_frames(number: int, time_s: float) -> None:
        last["frames"] += number
        now = time.monotonic()
        if now - last["s"] >= _TELL_EVERY_S:
            tell({"frames": last["frames"], "time_s": time_s})
            last.update(s=now, frames=0)

    end_s = float("inf") if task["end_s"] is None else task["end_s"]
    found = follow_part(
        footage,
        Interval(task["start_s"], end_s),
        times_s=np.load(task["times"], allow_pickle=False),
        threads=task["threads"],
        on_frames=on_frames,
    )
    tell({"frames": last["frames"], "time_s": None})
    save_tracks(Path(task["out"]), found.tracks)
    return facts_of(found)


def facts_of(found: PartResult) -> dict[str, Any]:
    """Give what was found in a part but the tracks, as plain types."""
    return {"warnings": list(found.warnings), "lost": list(found.lost)}


def task_of(footage: Any, part: Interval, **more: Any) -> dict[str, Any]:
    """Give the task of following a part, as plain types."""
    return {
        "path": str(footage.path.absolute()),
        "fps": footage.fps,
        "model_path": str(footage.model_path.absolute()),
        "people": dataclasses.asdict(footage.people),
        "start_s": part.start_s,
        "end_s": None if part.end_s == float("inf") else part.end_s,
        **more,
    }


class _Teller:
    """Writes messages, from any thread, each whole."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()

    def __call__(self, message: dict[str, Any]) -> None:
        with self._lock:
            try:
                self._out.write(json.dumps(message).encode() + b"\n")
                self._out.flush()
            except OSError:  # nobody listens any more
                os._exit(0)


class _Forward(logging.Handler):
    """Hands log messages on to whoever started this process."""

    def __init__(self, tell: _Teller) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell({"log": record.name, "level": record.levelno, "text": self.format(record)})


def _own_stdout() -> BinaryIO:
    """Keep standard output for the messages: what libraries print goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _listen(tasks: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin.buffer:
        tasks.put(json.loads(line))
    # In the midst of a task too: an orphan would go on for minutes, for nobody.
    os._exit(0)
