"""Follow everybody in one part of a video: what is done in this process or in a worker's."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import CancelledError
from gaitcheck.settings import PeopleSettings
from gaitcheck.time import Interval

if TYPE_CHECKING:
    from gaitcheck.people.follow import TrackingResult
    from gaitcheck.people.track import Track
    from gaitcheck.video.frame import Frame
    from gaitcheck.video.reader import VideoReader


@dataclass(frozen=True, eq=False)
class Footage:
    """A video and how its people are followed.

    Parameters
    ----------
    path : Path
        Video file or folder of frames.
    fps : float or None
        Frames a second of a folder, Hz.
    model_path : Path
        The pose model.
    people : PeopleSettings
        How people are followed.
    """

    path: Path
    fps: float | None
    model_path: Path
    people: PeopleSettings


@dataclass(frozen=True, eq=False)
class PartResult:
    """What was found in a part of a video.

    Parameters
    ----------
    tracks : tuple of Track
        Everybody in it.
    warnings : tuple of str
        Of the following.
    lost : tuple of int
        Frames of it that should be there and could not be decoded.
    """

    tracks: tuple[Track, ...]
    warnings: tuple[str, ...]
    lost: tuple[int, ...]


_MOST_THREADS: Final = 8
"""More have nothing to do for ten people (arbitrary)."""

OnFrames = Callable[[int, float], None]
"""Called with a number of frames that are done and the time of the last, s."""


def follow_whole(
    reader: VideoReader,
    footage: Footage,
    *,
    threads: int,
    on_frames: OnFrames,
    cancel: Callable[[], bool] | None,
) -> TrackingResult:
    """Follow everybody in all that a reader gives."""
    size = (reader.info.width, reader.info.height)
    return _follow(reader, footage, size, threads=threads, on_frames=on_frames, cancel=cancel)


def follow_part(
    footage: Footage,
    part: Interval,
    *,
    times_s: npt.NDArray[np.floating[Any]],
    threads: int,
    on_frames: OnFrames,
    cancel: Callable[[], bool] | None = None,
) -> PartResult:
    """Follow everybody in a part of a video.

    Parameters
    ----------
    footage : Footage
        The video.
    part : Interval
        The part, s.
    times_s : ndarray, shape (n_frames,)
        Times of all frames of the video, s.
    threads : int
        Cores to use.
    on_frames : callable
        Called as frames are done.
    cancel : callable, optional
        Asked before every frame.
    """
    from gaitcheck.video.reader import open_video

    first, end = (int(row) for row in np.searchsorted(times_s, (part.start_s, part.end_s)))
    lost = set(range(first, end))

    def noted(frames: Iterable[Frame]) -> Iterator[Frame]:
        for frame in frames:
            lost.discard(frame.index)
            yield frame

    with open_video(footage.path, fps=footage.fps) as reader:
        frames = noted(reader.window(part.start_s, part.end_s, times_s=times_s))
        size = (reader.info.width, reader.info.height)
        found = _follow(
            frames, footage, size, threads=threads, on_frames=on_frames, cancel=cancel, done=first
        )
    return PartResult(found.tracks, found.warnings, tuple(sorted(lost)))


def _follow(
    frames: Iterable[Frame],
    footage: Footage,
    picture_size: tuple[int, int],
    *,
    threads: int,
    on_frames: OnFrames,
    cancel: Callable[[], bool] | None,
    done: int = 0,
) -> TrackingResult:
    from gaitcheck.people.follow import track_people
    from gaitcheck.people.reduction import Reduction
    from gaitcheck.video.prefetch import prefetch

    reduction = Reduction(picture_size)

    def on_frame(frame: Frame) -> None:
        nonlocal done
        on_frames(frame.index + 1 - done, frame.time_s)
        done = frame.index + 1

    # Closed before the reader, whatever happens, so that nobody reads from a closed file.
    with contextlib.closing(prefetch(reduction.frames(frames))) as ahead:
        found = track_people(
            _cancellable(ahead, cancel),
            model_path=footage.model_path,
            settings=reduction.settings(footage.people),
            on_frame=on_frame,
            workers=min(threads, _MOST_THREADS) + 1,
        )
    return replace(found, tracks=tuple(reduction.undone(track) for track in found.tracks))


def _cancellable(frames: Iterable[Frame], cancel: Callable[[], bool] | None) -> Iterator[Frame]:
    for frame in frames:
        if cancel is not None and cancel():
            raise CancelledError(f"the analysis was cancelled at {frame.time_s:.2f} s of the video")
        yield frame
