"""The studio's errors: what is wrong, in which scene, and the cure."""

from __future__ import annotations


class SceneError(ValueError):
    """A scene file is wrong. Its text names the file, the entry and the cure."""
