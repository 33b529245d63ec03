"""Pose tracks of benchmark clips, kept so that a change of gait rules is re-scored in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType

import gaitcheck.people
import gaitcheck.pose
import gaitcheck.video
from gaitcheck.people.storage import load_tracks, save_tracks
from gaitcheck.people.track import Track
from gaitcheck.settings import PeopleSettings

CACHE = Path(__file__).parent.parent / "cache" / "tracks"


ROOMS = (gaitcheck.video, gaitcheck.pose, gaitcheck.people)
PLAIN_ROOMS = (gaitcheck.video, gaitcheck.pose)


def _sources_digest(rooms: tuple[ModuleType, ...]) -> str:
    """Change with any line of the rooms that make tracks."""
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted(Path(str(room.__file__)).parent.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(video: Path, model: Path, how: str, rooms: tuple[ModuleType, ...]) -> str:
    digest = hashlib.sha256()
    for path in (video, model):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(how.encode() + _sources_digest(rooms).encode())
    return digest.hexdigest()[:24]


def _kept(
    video: Path,
    model: Path,
    *,
    how: str,
    rooms: tuple[ModuleType, ...],
    make: Callable[[], tuple[Track, ...]],
) -> tuple[Track, ...]:
    path = CACHE / f"{video.stem}-{_key(video, model, how, rooms)}.npz"
    if path.exists():
        return load_tracks(path)
    tracks = make()
    CACHE.mkdir(parents=True, exist_ok=True)
    save_tracks(path, tracks)
    return tracks


def followed(video: Path, model: Path) -> tuple[Track, ...]:
    """Tracks as gaitcheck makes them."""
    settings = PeopleSettings()

    def make() -> tuple[Track, ...]:
        from gaitcheck.people.follow import track_people
        from gaitcheck.video.reader import open_video

        with open_video(video) as reader:
            found = track_people(reader, model_path=model, settings=settings)
            return tuple(replace(track, coding_qp=reader.coding_qp) for track in found.tracks)

    return _kept(video, model, how=f"gaitcheck {asdict(settings)}", rooms=ROOMS, make=make)


def followed_plainly(video: Path, model: Path) -> Track | None:
    """The baseline's one track."""

    def make() -> tuple[Track, ...]:
        from benchmarks.accuracy.baseline import follow_plainly

        track = follow_plainly(video, model)
        return () if track is None else (track,)

    tracks = _kept(video, model, how="plain", rooms=PLAIN_ROOMS, make=make)
    return tracks[0] if tracks else None
