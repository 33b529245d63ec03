"""Exit codes of the command, as ``gaitcheck --help`` documents them."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """How a run of the command ended."""

    FOUND = 0
    NONE_FOUND = 1
    BAD_INPUT = 2
    MODEL_MISSING = 3
    INTERNAL = 4
    INTERRUPTED = 130
