"""The folder of kept tracks: one folder an entry, written in pieces, each whole or not at all.

An entry holds what was made of one video: ``entry.json`` (the video's name, for people), and
pieces. A piece is a ``NAME.npz`` of tracks (`gaitcheck.people.storage`) and a ``NAME.json`` with
the rest and the SHA-256 of the npz. The json is written last: a piece without it, or that does not
fit it, is none. Joint positions are kept, no pictures. Only the user may read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import filelock
import numpy as np

from gaitcheck.errors import OutputError, SettingsError, TrackError
from gaitcheck.people.storage import load_tracks, save_tracks
from gaitcheck.people.track import Track
from gaitcheck.pose.store import model_location

_log = logging.getLogger(__name__)

TRACKS_VARIABLE: Final = "GAITCHECK_TRACKS"
"""Environment variable: folder to keep tracks in, instead of one in the user's cache folder."""
DEFAULT_LIMIT_BYTES: Final = 2_000_000_000
"""About 30 hours of one person in sight (arbitrary)."""
_SCHEMA: Final = "gaitcheck.kept/1"
_LIMIT_FILE: Final = "limit"
_ENTRY_FILE: Final = "entry.json"
_STALE_S: Final = 86_400.0
"""An unfinished file is nobody's after this time, s."""


@dataclass(frozen=True)
class Piece:
    """What is kept of one part of a video: tracks, and facts of plain types."""

    tracks: tuple[Track, ...]
    facts: dict[str, Any]


@dataclass(frozen=True)
class EntrySummary:
    """One entry as a person wants to see it.

    Parameters
    ----------
    key : str
        Name of its folder.
    name : str
        Name of the video it was made of.
    bytes : int
        Size on disk.
    used_s : float
        When it was last used, s since 1970.
    """

    key: str
    name: str
    bytes: int
    used_s: float


def cache_location() -> Path:
    """Give the folder of kept tracks; it need not exist yet."""
    given = os.environ.get(TRACKS_VARIABLE)
    return Path(given).expanduser() if given else model_location() / "tracks"


class TrackCache:
    """Entries in one folder, together no larger than a limit.

    Nothing here stops an analysis: what cannot be read is made again, what cannot be written is
    not kept, and the log says so once.

    Parameters
    ----------
    folder : Path
        Made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def entry(self, key: str, *, name: str) -> Entry:
        """Give the entry of a key, there or not; `name` is the video's, for people."""
        return Entry(self, self.folder / key, name=name)

    @property
    def limit_bytes(self) -> int:
        """How large it may become."""
        try:
            return int((self.folder / _LIMIT_FILE).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return DEFAULT_LIMIT_BYTES

    def set_limit(self, limit_bytes: int) -> None:
        """Keep another limit, and take it into effect.

        Raises
        ------
        SettingsError
            If it is negative.
        OutputError
            If it cannot be written.
        """
        if limit_bytes < 0:
            raise SettingsError(f"the limit of the cache cannot be negative ({limit_bytes})")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(self.folder / _LIMIT_FILE, str(limit_bytes).encode())
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be written: {error.strerror or error}. "
                f"{TRACKS_VARIABLE} names another folder"
            ) from error
        self.make_room()

    def entries(self) -> list[EntrySummary]:
        """Give all entries, the one used last first."""
        try:
            folders = [f for f in self.folder.iterdir() if (f / _ENTRY_FILE).is_file()]
        except OSError:
            return []
        found = []
        for folder in folders:
            with contextlib.suppress(OSError):  # another process may just remove it
                used_s = (folder / _ENTRY_FILE).stat().st_mtime
                size = sum(f.stat().st_size for f in folder.iterdir())
                found.append(EntrySummary(folder.name, _name(folder), size, used_s))
        return sorted(found, key=lambda e: (-e.used_s, e.key))

    def clear(self) -> int:
        """Remove all entries, and give how many bytes that freed."""
        freed = 0
        for entry in self.entries():
            freed += entry.bytes
            shutil.rmtree(self.folder / entry.key, ignore_errors=True)
        return freed

    def make_room(self, *, spare: str = "") -> None:
        """Remove the entries that were not used for longest, down to the limit, except `spare`."""
        lock = filelock.FileLock(self.folder / ".lock", timeout=0.5)
        with contextlib.suppress(OSError, filelock.Timeout), lock:
            self._sweep()
            entries = self.entries()
            total, limit = sum(e.bytes for e in entries), self.limit_bytes
            for entry in reversed(entries):
                if total <= limit:
                    return
                if entry.key != spare:
                    _log.info("the tracks of %s are dropped: the cache is full", entry.name)
                    shutil.rmtree(self.folder / entry.key, ignore_errors=True)
                    total -= entry.bytes

    def _sweep(self) -> None:
        """Remove what a process that was killed left unfinished."""
        for file in self.folder.glob("*/.*"):
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _STALE_S:
                    file.unlink()


class Entry:
    """What is kept of one video; made by `TrackCache.entry`."""

    def __init__(self, cache: TrackCache, folder: Path, *, name: str) -> None:
        self._cache, self._folder, self._name = cache, folder, name
        self._fails = False

    def read(self, piece: str) -> Piece | None:
        """Give a piece, or None if it is not there, or is damaged or foreign (the log says so)."""
        told = self._folder / f"{piece}.json"
        if not told.is_file():
            return None
        try:
            facts = json.loads(told.read_bytes())
            npz = self._folder / f"{piece}.npz"
            whole = hashlib.sha256(npz.read_bytes()).hexdigest() == facts["sha256"]
            if not whole or facts["schema"] != _SCHEMA:
                _log.warning("a kept file has changed and is made again: %s", npz)
                return None
            kept = Piece(tuple(_widened(t) for t in load_tracks(npz)), facts["facts"])
        except (OSError, ValueError, TypeError, KeyError, TrackError) as error:
            _log.warning("a kept file is damaged and is made again: %s (%s)", told, error)
            return None
        with contextlib.suppress(OSError):
            os.utime(self._folder / _ENTRY_FILE)
        return kept

    def write(self, piece: str, kept: Piece) -> bool:
        """Keep a piece; say whether that worked."""
        if self._fails:
            return False
        try:
            self._begin()
            npz = self._folder / f"{piece}.npz"
            save_tracks(npz, [_narrowed(t) for t in kept.tracks])
            npz.chmod(0o600)
            digest = hashlib.sha256(npz.read_bytes()).hexdigest()
            facts = {"schema": _SCHEMA, "sha256": digest, "facts": kept.facts}
            _write(self._folder / f"{piece}.json", json.dumps(facts).encode())
        except (OSError, OutputError) as error:
            _log.warning("tracks cannot be kept in %s: %s", self._folder.parent, error)
            self._fails = True
            return False
        self._cache.make_room(spare=self._folder.name)
        return True

    def _begin(self) -> None:
        told = self._folder / _ENTRY_FILE
        if not told.is_file():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(told, json.dumps({"schema": _SCHEMA, "name": self._name}).encode())


def _name(folder: Path) -> str:
    try:
        return str(json.loads((folder / _ENTRY_FILE).read_bytes())["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - said as what it is, an atomic exchange
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - gone, unless something failed


_FLOATS: Final = tuple(
    f.name
    for f in fields(Track)
    if f.name not in ("person", "frame_index", "picture_size", "coding_qp")
)


def _narrowed(track: Track) -> Track:
    """Hold numbers in half the bytes where none of them loses anything by it."""
    narrow: dict[str, Any] = {}
    for name in _FLOATS:
        values = getattr(track, name)
        if values is not None:
            with np.errstate(over="ignore"):
                half = np.asarray(values, dtype=np.float32)
            if np.array_equal(half.astype(np.float64), values, equal_nan=True):
                narrow[name] = half
    return replace(track, **narrow)


def _widened(track: Track) -> Track:
    wide: dict[str, Any] = {}
    for name in _FLOATS:
        values = getattr(track, name)
        if values is not None:
            wide[name] = np.asarray(values, dtype=np.float64)
    return replace(track, **wide)
