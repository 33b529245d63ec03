"""Keeps MediaPipe's own chatter off standard error, and nothing else."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import tempfile
import threading
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)

_STDERR: Final = 2
_CHATTER: Final = re.compile(
    # Abseil: "W0000 00:00:1795216322.056411    9483 file.cc:121] text"
    rb"[IWEF]\d{4} [\d:.]+\s+\d+ [\w./-]+:\d+\] "
    # TensorFlow Lite: "INFO: Created ... delegate", "WARNING: Read-only tensor ..."
    rb"|(?:VERBOSE|INFO|WARNING|ERROR): "
    rb"(?:Created TensorFlow Lite|Read-only tensor|Logging before InitGoogle|Attempting to use)"
)
"""Lines that MediaPipe 1.2 and its libraries write; no Python message begins so."""


class _Redirection:
    """File descriptor 2 turned to a file while anyone needs it so; shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._depth = 0
        self._real: int | None = None
        self._catch: IO[bytes] | None = None

    def begin(self) -> None:
        """Turn file descriptor 2 away, unless it is already, or is closed."""
        with self._lock:
            self._depth += 1
            if self._depth > 1:
                return
            _flush_python()
            try:
                self._real = os.dup(_STDERR)
            except OSError:  # closed, as under a service manager: nothing can be written there
                return
            try:
                self._catch = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
                os.dup2(self._catch.fileno(), _STDERR)
            except OSError:  # no temporary folder: chatter is better than no pose
                os.close(self._real)
                self._real = None

    def end(self) -> None:
        """Turn it back when the last user is done, and hand on all that is not chatter."""
        with self._lock:
            self._depth -= 1
            if self._depth or self._real is None:
                return
            _flush_python()
            os.dup2(self._real, _STDERR)
            os.close(self._real)
            self._real = None
            if self._catch is not None:
                with self._catch as caught:
                    caught.seek(0)
                    text = caught.read()
                self._catch = None
                _hand_on(text)


def _flush_python() -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


def _hand_on(text: bytes) -> None:
    kept = []
    for line in text.splitlines(keepends=True):
        if _CHATTER.match(line):
            _log.debug("%s", line.decode(errors="replace").rstrip())
        else:
            kept.append(line)
    if kept:
        with contextlib.suppress(OSError):
            os.write(_STDERR, b"".join(kept))


_redirection = _Redirection()


@contextlib.contextmanager
def native_chatter_hushed() -> Iterator[None]:
    """Hold back what MediaPipe's C++ writes to file descriptor 2.

    No environment variable silences it (tried with 1.2.2), and `sys.stderr` has no part in it.
    Whatever else is written meanwhile, by any thread, a Python traceback for one, comes out on the
    real standard error when the last block ends. The chatter itself goes to this module's logger at
    DEBUG. Safe to nest and to use from several threads; does nothing where file descriptor 2 is
    closed.
    """
    _redirection.begin()
    try:
        yield
    finally:
        _redirection.end()
