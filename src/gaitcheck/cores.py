"""How many cores this process may use."""

from __future__ import annotations

import os


def usable_cores() -> int:
    """Give the number of cores that this process may use, at least 1: not all of a machine's."""
    # What a scheduler or `taskset` leaves is only told on some systems.
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
