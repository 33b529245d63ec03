"""A command whose analysis is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gaitcheck.analysis
from gaitcheck.answer import Analysis
from tests.cli.fakes import Fake


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Analysis | BaseException], Fake]:
    def install(result: Analysis | BaseException) -> Fake:
        made = Fake(result)
        monkeypatch.setattr(gaitcheck.analysis, "analyze", made)
        return made

    return install
