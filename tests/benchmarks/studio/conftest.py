"""Worlds of the scene library, each built once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.studio.build import World, build
from benchmarks.studio.scene import load_scene


@pytest.fixture(scope="session")
def world_of() -> Callable[[str], World]:
    """Give the world of a scene by name."""

    @cache
    def made(name: str) -> World:
        return build(load_scene(name))

    return made
