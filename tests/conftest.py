"""Fixtures that several rooms share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from gaitcheck.errors import ModelError
from gaitcheck.pose.store import find_model
from tests import browser as browsers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests, and the processes they start, out of the user's kept tracks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAITCHECK_TRACKS", str(tmp_path_factory.mktemp("tracks")))
        yield


@pytest.fixture(scope="session")
def model_path() -> Path:
    """Give the pose model, fetched if it must be; without one skip, but fail where CI=true."""
    try:
        return find_model().path
    except ModelError as error:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"CI runs with the pose model: {error}")
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give a headless Chromium; without one skip, but fail where CI=true."""
    pytest.importorskip("selenium")
    if reason := browsers.missing():
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"CI drives the page in a browser: {reason}")
        pytest.skip(reason)
    with browsers.chromium() as driver:
        yield driver
