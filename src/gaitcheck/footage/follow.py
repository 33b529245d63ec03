"""`follow`: everybody in a video, however long, with as little work as that needs."""

from __future__ import annotations

import dataclasses
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.cores import usable_cores
from gaitcheck.errors import SettingsError, VideoError
from gaitcheck.footage.watch import Watch
from gaitcheck.settings import Settings
from gaitcheck.time import Interval
from gaitcheck.video.frame import VideoInfo

if TYPE_CHECKING:
    from gaitcheck.cache.store import Entry, Piece, TrackCache
    from gaitcheck.footage.index import FileIndex
    from gaitcheck.footage.pieces import Pieces
    from gaitcheck.footage.work import Footage
    from gaitcheck.people.track import Track
    from gaitcheck.pose.store import Model
    from gaitcheck.video.reader import VideoReader

_log = logging.getLogger(__name__)

SCANNED_FROM_S: Final = 60.0
"""Shorter videos are not scanned, s: a scan and its margins would save little (arbitrary)."""
_MOST_ROUNDS: Final = 4
"""Windows are extended so many times at most."""
_WHOLE: Final = "whole"
_SCAN: Final = "scan"


@dataclass(frozen=True)
class Followed:
    """Everybody in a video.

    Parameters
    ----------
    tracks : tuple of Track
        By their first time, numbered from 1.
    video : VideoInfo
        The video as it was found to be.
    model : Model
        The pose model.
    warnings : tuple of str
        Of the reading, then of the following.
    parts : tuple of Interval
        The parts that were followed, s; all of it for a short video.
    """

    tracks: tuple[Track, ...]
    video: VideoInfo
    model: Model
    warnings: tuple[str, ...]
    parts: tuple[Interval, ...]


def follow(
    source: str | os.PathLike[str],
    *,
    settings: Settings,
    model: str | os.PathLike[str] | None,
    fps: float | None,
    exhaustive: bool,
    workers: int | None,
    cache: TrackCache | None,
    watch: Watch,
) -> Followed:
    """Follow everybody in a video; the parameters are those of `gaitcheck.analyze`."""
    from gaitcheck.footage.work import Footage
    from gaitcheck.pose.store import find_model
    from gaitcheck.video.reader import open_video

    if workers is not None and workers < 1:
        raise SettingsError(f"workers must be at least 1, not {workers}")
    with open_video(source, fps=fps) as reader:
        # Whoever hears of it by the log need not hear it twice.
        announce = None if _log.isEnabledFor(logging.INFO) else _log.warning
        found = find_model(None if model is None else Path(model), announce=announce)
        footage = Footage(Path(source), fps=fps, model_path=found.path, people=settings.people)
        entry = None if cache is None else _entry(cache, footage, found)
        job = _Job(footage, found, entry=entry, workers=workers, watch=watch)
        if exhaustive:
            return job.whole(reader)
        try:
            return job.in_parts(reader)
        except _NotInPartsError as error:
            _log.info("%s is read as a whole: %s", footage.path.name, error)
    with open_video(source, fps=fps) as reader:
        return job.whole(reader)


class _NotInPartsError(Exception):
    """A video cannot be scanned, or not be read in parts."""


def _entry(cache: TrackCache, footage: Footage, model: Model) -> Entry | None:
    from gaitcheck.cache.key import content_digest, tracks_key

    try:
        content = content_digest(footage.path)
    except OSError as error:
        raise VideoError(f"{footage.path} cannot be read: {error.strerror or error}") from error
    made_by = {"people": dataclasses.asdict(footage.people), "fps": footage.fps}
    key = tracks_key(content, model_sha256=model.sha256, settings=made_by)
    return cache.entry(key, name=footage.path.name)


class _Job:
    """One video to follow."""

    def __init__(
        self,
        footage: Footage,
        model: Model,
        *,
        entry: Entry | None,
        workers: int | None,
        watch: Watch,
    ) -> None:
        self._footage, self._model = footage, model
        self._entry, self._watch = entry, watch
        self._cores = workers or usable_cores()

    def whole(self, reader: VideoReader) -> Followed:
        """Follow everybody in all of it, in one go."""
        from gaitcheck.cache.store import Piece
        from gaitcheck.footage.scan import WHOLE
        from gaitcheck.footage.work import follow_whole

        kept = self._kept(_WHOLE)
        if kept is None:
            self._watch.total = reader.info.frame_count or None
            found = follow_whole(
                reader, self._footage, threads=self._cores,
                on_frames=self._watch.on_frames, cancel=self._watch.cancel,
            )  # fmt: skip
            warnings = [*reader.warnings, *found.warnings]
            kept = Piece(found.tracks, _facts(reader, warnings))
            self._keep(_WHOLE, kept)
        return self._followed(kept.tracks, kept.facts, (WHOLE,))

    def in_parts(self, reader: VideoReader) -> Followed:
        """Follow everybody in the parts in which something moves, long ones in stretches."""
        from gaitcheck.footage.index import index_of
        from gaitcheck.footage.pieces import Pieces, lost_in
        from gaitcheck.footage.scan import WHOLE
        from gaitcheck.footage.stretches import stretches

        duration_s = reader.info.duration_s
        index = None
        if len(stretches(WHOLE, duration_s=duration_s)) > 1:
            index = index_of(self._footage.path, fps=self._footage.fps)
        if index is None:
            return self.whole(reader)
        parts = [WHOLE] if duration_s < SCANNED_FROM_S else self._scanned(reader, index)
        try:
            pieces = Pieces(
                self._footage, index, entry=self._entry, cores=self._cores, watch=self._watch
            )
            parts, found = self._rounds(parts, pieces, duration_s=index.duration_s)
        except VideoError as error:
            raise _NotInPartsError(str(error)) from error
        reader.believe(index.times_s, lost=lost_in(found))
        tracks = tuple(track for piece in found for track in piece.tracks)
        numbered = tuple(replace(track, person=n) for n, track in enumerate(tracks, start=1))
        told = dict.fromkeys(w for piece in found for w in piece.facts["warnings"])
        return self._followed(numbered, _facts(reader, [*reader.warnings, *told]), parts)

    def _scanned(self, reader: VideoReader, index: FileIndex) -> list[Interval]:
        """Give the parts in which something moves, as they are kept or from a scan."""
        from gaitcheck.cache.store import Piece
        from gaitcheck.footage.scan import scan
        from gaitcheck.people.estimators import pose_estimators

        kept = self._kept(_SCAN)
        if kept is not None:
            return _parts(kept.facts)
        try:
            parts = scan(
                self._footage.path, index,
                width_px=reader.info.width,
                min_height_px=self._footage.people.min_height_px,
                estimators=pose_estimators(self._footage.model_path),
                workers=self._cores,
                on_sample=lambda time_s: self._watch.on_sample(time_s, index),
            )  # fmt: skip
        except VideoError as error:
            raise _NotInPartsError(str(error)) from error
        self._keep(_SCAN, Piece((), {"parts": _plain(parts)}))
        return list(parts)

    def _rounds(
        self, parts: list[Interval], pieces: Pieces, *, duration_s: float
    ) -> tuple[list[Interval], list[Piece]]:
        """Follow all parts; extend those at whose edge somebody moves, and do these again."""
        from gaitcheck.footage.edges import extended
        from gaitcheck.footage.windows import merged

        done: dict[Interval, Piece] = {}
        for number in range(_MOST_ROUNDS + 1):
            new = [part for part in parts if part not in done]
            done.update(zip(new, pieces.of(new), strict=True))
            if number == _MOST_ROUNDS:
                break
            longer = merged(
                (extended(part, done[part].tracks, duration_s=duration_s) for part in parts),
                duration_s=duration_s,
            )
            if longer == parts:
                break
            parts = longer
        return parts, [done[part] for part in parts]

    def _kept(self, piece: str) -> Piece | None:
        return None if self._entry is None else self._entry.read(piece)

    def _keep(self, piece: str, made: Piece) -> None:
        if self._entry is not None:
            self._entry.write(piece, made)

    def _followed(
        self, tracks: tuple[Track, ...], facts: dict[str, Any], parts: Sequence[Interval]
    ) -> Followed:
        # The path is as the user gave it now, also where the rest was kept.
        video = replace(VideoInfo(**facts["video"]), path=os.fspath(self._footage.path))
        coded = tuple(replace(track, coding_qp=facts["coding_qp"]) for track in tracks)
        return Followed(coded, video, self._model, tuple(facts["warnings"]), tuple(parts))


def _facts(reader: VideoReader, warnings: Sequence[str]) -> dict[str, Any]:
    return {
        "video": dataclasses.asdict(reader.info),
        "warnings": list(warnings),
        "coding_qp": reader.coding_qp,
    }


def _plain(parts: Sequence[Interval]) -> list[list[float | None]]:
    return [[p.start_s, None if p.end_s == float("inf") else p.end_s] for p in parts]


def _parts(facts: dict[str, Any]) -> list[Interval]:
    return [Interval(start, float("inf") if end is None else end) for start, end in facts["parts"]]
