"""Processes that can be interrupted, however the tests were started."""

from __future__ import annotations

import signal
from collections.abc import Callable


def interruptible() -> Callable[[], object]:
    """Give the ``preexec_fn`` of a process that Ctrl-C reaches.

    What a shell starts in the background is started with SIGINT ignored, and its children inherit
    that.
    """
    return lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
