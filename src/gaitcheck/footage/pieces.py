"""What is found in the parts of a video: taken from what is kept, or made, in several processes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gaitcheck.cache.store import Piece
from gaitcheck.footage import workers
from gaitcheck.footage.stretches import joined, stretches
from gaitcheck.footage.work import Footage, follow_part
from gaitcheck.footage.worker import facts_of
from gaitcheck.people.storage import load_tracks
from gaitcheck.time import Interval

if TYPE_CHECKING:
    from gaitcheck.cache.store import Entry
    from gaitcheck.footage.index import FileIndex
    from gaitcheck.footage.watch import Watch

Put = Callable[[int, Piece], None]


class Pieces:
    """Follows everybody in parts of one video; long ones in stretches, side by side.

    Parameters
    ----------
    footage : Footage
        The video.
    index : FileIndex
        Its times.
    entry : Entry or None
        Where pieces are kept.
    cores : int
        Processes at most, and threads of all of them together.
    watch : Watch
        Told of the progress.
    """

    def __init__(
        self, footage: Footage, index: FileIndex, *, entry: Entry | None, cores: int, watch: Watch
    ) -> None:
        self._footage, self._index = footage, index
        self._entry, self._cores, self._watch = entry, cores, watch

    def of(self, parts: Sequence[Interval]) -> list[Piece]:
        """Give what is in each part; tracks of different parts are different people."""
        cut = [stretches(part, duration_s=self._index.duration_s) for part in parts]
        found = iter(self._all([stretch for part in cut for stretch in part]))
        return [_joined([next(found) for _ in part]) for part in cut]

    def _all(self, parts: Sequence[Interval]) -> list[Piece]:
        """Give what is in each stretch, kept or new."""
        pieces = [None if self._entry is None else self._entry.read(_named(p)) for p in parts]
        missing = [i for i, piece in enumerate(pieces) if piece is None]
        frames = sum(
            int(np.diff(np.searchsorted(self._index.times_s, (part.start_s, part.end_s)))[0])
            for part in (parts[i] for i in missing)
        )
        self._watch.total = (self._watch.total or 0) + frames

        def put(number: int, piece: Piece) -> None:
            pieces[missing[number]] = piece
            if self._entry is not None:
                self._entry.write(_named(parts[missing[number]]), piece)

        todo = [parts[i] for i in missing]
        processes = min(self._cores, len(todo), workers.MOST)
        if processes > 1 and workers.can_start():
            self._in_processes(todo, processes, put)
        else:
            self._here(todo, put)
        return [piece for piece in pieces if piece is not None]

    def _here(self, parts: Sequence[Interval], put: Put) -> None:
        for number, part in enumerate(parts):
            found = follow_part(
                self._footage, part, times_s=self._index.times_s, threads=self._cores,
                on_frames=self._watch.on_frames, cancel=self._watch.cancel,
            )  # fmt: skip
            put(number, Piece(found.tracks, facts_of(found)))

    def _in_processes(self, parts: Sequence[Interval], processes: int, put: Put) -> None:
        with tempfile.TemporaryDirectory(
            prefix="gaitcheck-", ignore_cleanup_errors=True
        ) as temporary:
            folder = Path(temporary)
            np.save(folder / "times.npy", self._index.times_s, allow_pickle=False)

            def on_done(number: int, file: Path, facts: dict[str, object]) -> None:
                put(number, Piece(load_tracks(file), facts))
                file.unlink()

            workers.follow_parts(
                self._footage, parts,
                times=folder / "times.npy", folder=folder,
                processes=processes, threads=max(1, self._cores // processes),
                on_frames=self._watch.on_frames, on_done=on_done, cancel=self._watch.cancel,
            )  # fmt: skip


def lost_in(pieces: Iterable[Piece]) -> set[int]:
    """Give the frames that could not be decoded in any of the pieces."""
    return {frame for piece in pieces for frame in piece.facts["lost"]}


def _joined(found: Sequence[Piece]) -> Piece:
    """Make one piece of those of the stretches of a part."""
    warnings = dict.fromkeys(w for piece in found for w in piece.facts["warnings"])
    return Piece(
        joined([piece.tracks for piece in found]),
        {"warnings": list(warnings), "lost": sorted(lost_in(found))},
    )


def _named(part: Interval) -> str:
    end = "end" if part.end_s == float("inf") else f"{part.end_s:.3f}"
    return f"{part.start_s:.3f}-{end}"
