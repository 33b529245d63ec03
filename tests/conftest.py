"""Fixtures that several rooms share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from gaitcheck.errors import ModelError
from gaitcheck.pose.store import find_model

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def model_path() -> Path:
    """Give the pose model, fetched if it must be; without one skip, but fail where CI=true."""
    try:
        return find_model().path
    except ModelError as error:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"CI runs with the pose model: {error}")
        pytest.skip(str(error))
