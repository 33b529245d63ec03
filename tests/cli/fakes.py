"""Stands in for the analysis, which takes seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gaitcheck.answer import Analysis


class Fake:
    """Stands in for `analyze`: gives or raises what it was told, and keeps how it was called."""

    def __init__(self, result: Analysis | BaseException) -> None:
        self.result = result
        self.calls: list[dict[str, Any]] = []

    def __call__(self, source: Path, **options: Any) -> Analysis:
        self.calls.append({"source": source, **options})
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result
