"""Open a video file or a folder of frames and read it once, in order, in bounded memory."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import VideoError
from gaitcheck.video import diagnosis
from gaitcheck.video.clock import Clock
from gaitcheck.video.container import ContainerSource
from gaitcheck.video.folder import FolderSource
from gaitcheck.video.frame import Frame, VideoInfo
from gaitcheck.video.losses import Losses
from gaitcheck.video.source import Picture, PictureSource

_NEAR_S: Final = 2.0
"""A part that begins so early is read from the first picture, s (arbitrary)."""
_SEEKS_S: Final = (0.5, 4.0, 15.0, 60.0)
"""How long before a part to seek, one after the other until a picture before it comes, s."""


def open_video(source: str | os.PathLike[str], *, fps: float | None = None) -> VideoReader:
    """Open a video for reading.

    The first picture is decoded here, so that a file without any fails before other work begins.

    Parameters
    ----------
    source : str or path
        A video file that OpenCV's FFmpeg reads (mp4, mov, mkv, webm, avi, animated gif, ...) or a
        folder of frames (png, jpg, ...), read in natural order of the names.
    fps : float, optional
        Frames a second of a folder, Hz. A file has timestamps of its own and takes none.

    Returns
    -------
    VideoReader
        To be closed, best by ``with``.

    Raises
    ------
    VideoError
        There is nothing at `source`, it may not be read, it holds no picture, or `fps` does not
        fit it.
    """
    path = Path(source)
    if fps is not None and not (math.isfinite(fps) and fps > 0):
        raise VideoError(f"fps must be a number above 0, not {fps}. Give the frames a second.")
    return VideoReader(os.fspath(source), _source(path, fps=fps))


class VideoReader:
    """Frames of one video; made by `open_video`.

    Iterate once; each frame has a picture of its own that stays valid. Time 0 is the first
    picture shown, whatever the container's clock says there: so times agree with those that a
    player shows and with labels that count from the first frame. One thread may read while
    others look at `info` and `warnings`, or close it.
    """

    def __init__(self, name: str, source: PictureSource) -> None:
        self._name = name
        self._source = source
        self._pictures = source.pictures()
        self._clock = Clock(nominal_hz=source.claimed_hz)
        self._losses = Losses(nominal_hz=self._clock.nominal_hz)
        self._started = False
        self._ended = False
        self._read = 0
        self._last_s = 0.0
        self._told_at_end: tuple[str, ...] = ()
        try:
            first = next(self._pictures, None)
        except BaseException:
            source.close()
            raise
        if first is None:
            source.close()
            raise diagnosis.no_picture(Path(name))
        self._first: Picture | None = first
        self._height_px, self._width_px = first.image_bgr.shape[:2]

    def __enter__(self) -> VideoReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Frame]:
        if self._started:
            raise VideoError(f"{self._name} is read once; open it again to read it again.")
        self._started = True
        return self._frames()

    def window(
        self, start_s: float, end_s: float, *, times_s: npt.NDArray[np.floating[Any]]
    ) -> Iterator[Frame]:
        """Read a part alone, from the key picture before it on.

        Frames are the same, with the same numbers and times, as in a reading of the whole.

        Parameters
        ----------
        start_s, end_s : float
            The frames with ``start_s <= time_s < end_s`` are given.
        times_s : ndarray, shape (n_frames,)
            Times of all frames of the video, s, as from `gaitcheck.footage.index.read_index`.

        Raises
        ------
        VideoError
            If the video does not go to the times that it should have.
        """
        if self._started:
            raise VideoError(f"{self._name} is read once; open it again to read it again.")
        self._started = True
        first, self._first = self._first, None
        assert first is not None
        zero_s = 0.0 if math.isnan(first.stamp_s) else first.stamp_s
        return self._window(first, zero_s, np.searchsorted(times_s, (start_s, end_s)), times_s)

    def believe(
        self, times_s: npt.NDArray[np.floating[Any]], *, lost: Collection[int] = ()
    ) -> None:
        """Take it that the video holds frames at these times and no others, without reading them.

        `info` and `warnings` are then as at the end of a reading.

        Parameters
        ----------
        times_s : ndarray, shape (n_frames,)
            Times of all frames, s.
        lost : collection of int
            Those of them that cannot be decoded.
        """
        good = np.setdiff1d(np.arange(len(times_s)), np.fromiter(lost, int))
        damaged = np.diff(good, prepend=-1) - 1
        for row, n_before in zip(good.tolist(), damaged.tolist(), strict=True):
            self._losses.count(n_before, time_s=float(times_s[row]))
        self._started = self._ended = True
        self._read, self._last_s = len(good), float(times_s[good[-1]])
        self._tell_at_end(read=self._read)

    def _window(
        self,
        first: Picture,
        zero_s: float,
        rows: npt.NDArray[np.integer[Any]],
        times_s: npt.NDArray[np.floating[Any]],
    ) -> Iterator[Frame]:
        wanted = range(int(rows[0]), int(rows[1]))
        if not wanted:
            return
        slack_s = 0.45 * float(np.diff(times_s).min()) if len(times_s) > 1 else 0.0
        pictures = self._from(first, zero_s, float(times_s[wanted.start]), slack_s)
        row, given = wanted.start, 0
        for picture in pictures:
            if math.isnan(picture.stamp_s):
                raise VideoError(f"{self._name}: a picture near {times_s[row]:.2f} s has no time.")
            time_s = picture.stamp_s - zero_s
            while row < wanted.stop and times_s[row] < time_s - slack_s:
                row += 1  # a damaged picture
            if row >= wanted.stop:
                break
            if abs(times_s[row] - time_s) <= slack_s:
                yield Frame(index=row, time_s=float(times_s[row]), image_bgr=picture.image_bgr)
                row, given = row + 1, given + 1
        if not given:
            start_s, end_s = float(times_s[wanted.start]), float(times_s[wanted.stop - 1])
            raise VideoError(f"{self._name}: no picture came from {start_s:.2f} to {end_s:.2f} s.")

    def _from(
        self, first: Picture, zero_s: float, start_s: float, slack_s: float
    ) -> Iterator[Picture]:
        """Give pictures from one at or before a time on, the nearer the better."""
        if start_s <= _NEAR_S:
            yield first
            yield from self._pictures
            return
        for before_s in _SEEKS_S:
            if start_s - before_s <= 0:
                break
            self._source.seek(zero_s + start_s - before_s)
            picture = next(self._pictures, None)
            if picture is None:
                break
            if picture.stamp_s - zero_s <= start_s + slack_s:
                yield picture
                yield from self._pictures
                return
        raise VideoError(f"{self._name}: {start_s:.2f} s could not be reached by seeking.")

    @property
    def info(self) -> VideoInfo:
        """What is known now: the container's claims until the end, then what was found."""
        read_s = self._duration_s()
        if self._ended:
            frames, duration_s = self._read, read_s
        else:
            claimed = self._source.claimed_frames
            frames = max(claimed, self._read)
            duration_s = max(claimed / self._clock.nominal_hz, read_s)
        return VideoInfo(
            path=self._name,
            width=self._width_px,
            height=self._height_px,
            frame_count=frames,
            duration_s=duration_s,
            mean_fps=frames / duration_s if duration_s > 0 else 0.0,
        )

    @property
    def coding_qp(self) -> float | None:
        """How coarsely an H.264 file is coded, 0 to 51 (`gaitcheck.video.coding`), else None."""
        return self._source.coding_qp()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far without ending the reading, a sentence each."""
        return self._losses.warnings() + self._clock.warnings() + self._told_at_end

    def close(self) -> None:
        """Let go of the video; a second call does nothing."""
        self._source.close()

    def _frames(self) -> Iterator[Frame]:
        picture, self._first = self._first, None
        count = 0
        while picture is not None:
            index, time_s = picture.index, self._clock.time_s(picture.stamp_s)
            if time_s is None:  # out of order: counted with the damaged ones before the next
                picture = next(self._pictures, None)
                continue
            self._losses.count(index - count, time_s=time_s)
            count = index + 1
            self._read += 1
            self._last_s = time_s
            yield Frame(index=index, time_s=time_s, image_bgr=picture.image_bgr)
            picture = next(self._pictures, None)
        self._ended = True
        self._tell_at_end(read=count)

    def _tell_at_end(self, *, read: int) -> None:
        shortfall = self._source.shortfall(read=read, end_s=self._duration_s())
        self._told_at_end = tuple(filter(None, (shortfall, self._source.pace_warning())))

    def _duration_s(self) -> float:
        """Time to the end of the last picture read, which is shown for a mean interval, s."""
        if self._read > 1:
            return self._last_s * self._read / (self._read - 1)
        return self._read / self._clock.nominal_hz


def _source(path: Path, *, fps: float | None) -> PictureSource:
    try:
        is_folder = path.is_dir()
        if not path.exists():
            raise VideoError(f"There is no file or folder {path}. Check the name.")
    except (OSError, ValueError) as error:  # no permission on the way there, a name with NUL
        raise VideoError(f"{path} cannot be reached ({error}). Check the name.") from error
    if is_folder:
        if fps is None:
            raise VideoError(
                f"{path} is a folder of frames, which have no times. Give the frames a second "
                "they were taken at, for example --fps 30."
            )
        return FolderSource(path, fps=fps)
    if fps is not None:
        raise VideoError(
            f"{path} is a file with timestamps of its own. Leave out --fps, which is for a folder "
            "of frames."
        )
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError as error:  # OpenCV would end the whole process over such a name
        raise VideoError(
            f"{os.fspath(path).encode(errors='backslashreplace').decode()} has bytes in its name "
            "that are not UTF-8, which OpenCV cannot open. Rename the file."
        ) from error
    _check_readable(path)
    return ContainerSource(path)


def _check_readable(path: Path) -> None:
    if not path.is_file():
        raise VideoError(f"{path} is neither a file nor a folder. Give a video file.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except PermissionError as error:
        raise VideoError(
            f"{path} may not be read by this user. Change its permissions, or copy it."
        ) from error
    except OSError as error:
        raise VideoError(
            f"{path} cannot be read ({error.strerror or error}). Copy it again."
        ) from error
    if empty:
        raise VideoError(
            f"{path} is empty (0 bytes): its copying or recording failed. Copy it again."
        )
