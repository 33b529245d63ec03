"""What a kept result depends on: the video's content, the model, the settings, the code."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gaitcheck import __version__
from gaitcheck.video.folder import natural_key

_CHUNK: Final = 1 << 20
_ROOMS: Final = ("video", "pose", "people", "footage", "cache")
"""The rooms whose code the tracks depend on; not the gait's."""
_PACKAGES: Final = ("mediapipe", "opencv-python", "opencv-contrib-python", "numpy", "av")


def content_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, or of the names and bytes of a folder's files.

    All of it is read: cameras write files of the same size again and again, and a copy has other
    dates. A gigabyte takes one to two seconds.

    Raises
    ------
    OSError
        If something cannot be read.
    """
    digest = hashlib.sha256()
    if not path.is_dir():
        _feed(digest, path)
        return digest.hexdigest()
    for file in sorted(
        (f for f in path.iterdir() if f.is_file()), key=lambda f: natural_key(f.name)
    ):
        one = hashlib.sha256()
        _feed(one, file)
        digest.update(file.name.encode(errors="surrogateescape") + b"\0" + one.digest())
    return digest.hexdigest()


def tracks_key(content: str, *, model_sha256: str, settings: Mapping[str, Any]) -> str:
    """Give the key of what is made from some content by a model with some settings.

    Parameters
    ----------
    content : str
        As from `content_digest`.
    model_sha256 : str
        Of the pose model.
    settings : mapping
        All settings of the stages before gait, of plain types.
    """
    parts = [content, model_sha256, json.dumps(settings, sort_keys=True), code_digest()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def code_digest() -> str:
    """Give a digest of the code that makes tracks and the versions of what it calls."""
    digest = hashlib.sha256(__version__.encode())
    root = Path(__file__).parent.parent
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package} {_version(package)}".encode())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _feed(digest: Any, path: Path) -> None:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
