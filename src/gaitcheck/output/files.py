"""Files are written whole or not at all, and never over the video they were read from."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from gaitcheck.errors import OutputError

_OURS: Final = frozenset({".json", ".csv"})
"""Endings that no frame has: a result in the folder of frames may be written again."""


def check_targets(targets: Iterable[Path], *, source: Path) -> None:
    """Find out before the work starts whether its results can be written.

    Parameters
    ----------
    targets : iterable of Path
        Files that will be written.
    source : Path
        The video, or folder of frames, which must not be overwritten.

    Raises
    ------
    OutputError
        If a target's folder is missing or not writable, the target is a folder, is the video
        itself or one of its frames, or is named twice.
    """
    seen: set[str] = set()
    target = Path()
    try:
        for target in targets:
            real = os.path.realpath(target)
            if real in seen:
                raise OutputError(f"{target} is to be written twice: give each output its own name")
            seen.add(real)
            _check_target(target)
            _refuse_source(target, source)
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{target} cannot be written: {_reason(error)}. Choose another name or place"
        ) from error


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files, or none of them.

    Every file is first written beside its target and flushed to disk; only when all are complete
    do they take their names, one after the other: each name holds the old file or the whole new one
    at any moment, also if the machine stops. What is not a regular file (a pipe, ``/dev/null``) is
    written to directly, after the others.

    Parameters
    ----------
    contents : mapping of Path to bytes
        What to write where.

    Raises
    ------
    OutputError
        If one cannot be written; the targets are then as they were.
    """
    ready: dict[Path, Path] = {}
    current = Path()
    try:
        for current, data in contents.items():
            if not _is_special(current):
                ready[current] = _write_beside(current, data)
        for current in list(ready):
            ready[current].replace(os.path.realpath(current))
            del ready[current]
        for current, data in contents.items():
            if _is_special(current):
                current.write_bytes(data)
    except OSError as error:
        raise OutputError(
            f"{current} could not be written: {_reason(error)}. Nothing was left half written; "
            "free some space or choose another place"
        ) from error
    finally:
        for leftover in ready.values():
            with contextlib.suppress(OSError):
                leftover.unlink()


def _write_beside(target: Path, data: bytes) -> Path:
    # Opened by name, not by tempfile, so that the file gets the user's usual permissions.
    path = _beside(target)
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            path.chmod(stat.S_IMODE(target.stat().st_mode))
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return path


def _beside(target: Path) -> Path:
    # The real target's folder: a link stays a link, and the rename stays on one file system.
    return Path(os.path.realpath(target)).parent / f".gaitcheck-{secrets.token_hex(8)}.tmp"


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise OutputError(f"{target} is a folder: give the name of a file in it")
    if _is_special(target):
        return
    folder = Path(os.path.realpath(target)).parent
    if not folder.is_dir():
        raise OutputError(f"{target} cannot be written: there is no folder {folder}. Create it")
    # Trying is the only test that holds on every system and network share.
    _write_beside(target, b"").unlink()


def _refuse_source(target: Path, source: Path) -> None:
    if not target.exists():
        return
    # What is wrong with the source is for the reader of the video to say.
    with contextlib.suppress(OSError, ValueError):
        if target.samefile(source):
            raise OutputError(
                f"{target} is the video itself and will not be overwritten: "
                "give the result another name"
            )
        if target.suffix.lower() not in _OURS and target.resolve().parent == source.resolve():
            raise OutputError(
                f"{target} is one of the frames in {source} and will not be overwritten: "
                "write the result elsewhere"
            )


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
