"""Single pictures of a long video, far apart, for little: the key pictures, or every n-th."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.errors import VideoError
from gaitcheck.footage.index import FileIndex
from gaitcheck.video.folder import frame_files, read_picture

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

KEYS_APART_S: Final = 2.6
"""Key pictures that are no further apart than this serve as samples, s: whoever walks through a
room is in sight for longer. With fewer of them everything is decoded."""
LEAST_APART_S: Final = 0.9
"""Samples are no nearer than this, s: somebody who walks has moved by half a body (arbitrary)."""
_SPARSE: Final = 0.05
"""With fewer of the key pictures than this share, seeking is quicker than passing (arbitrary)."""
_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}
_LUMA_FIRST: Final = ("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "nv12", "gray")
"""Pixel formats whose first plane is the grey picture, a byte each."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture, not yet converted.

    Parameters
    ----------
    time_s : float
        When it is shown, s from the first picture.
    """

    time_s: float
    _frame: Any

    def gray(self, share: float) -> Image:
        """Give it in grey, upright, reduced to a share of its size."""
        frame = self._frame
        if isinstance(frame, np.ndarray):
            return _reduced(np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)), share)
        if frame.format.name in _LUMA_FIRST:
            plane = frame.planes[0]
            luma = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            return _upright(_reduced(luma[: frame.height, : frame.width], share), frame)
        return _upright(_converted(frame, "gray", share), frame)

    def bgr(self, side_px: int) -> Image:
        """Give it in colour, upright, its longer side reduced to `side_px`."""
        frame = self._frame
        if isinstance(frame, np.ndarray):
            return _reduced(frame, side_px / max(frame.shape[:2]))
        return _upright(_converted(frame, "bgr24", side_px / max(frame.width, frame.height)), frame)


def sample_times_s(index: FileIndex) -> FloatArray:
    """Choose the pictures to sample: key ones where they come often enough, else every n-th."""
    ends = np.append(index.key_times_s, index.times_s[-1])
    by_key = len(ends) < 2 or float(np.diff(ends).max()) <= KEYS_APART_S
    times = index.key_times_s if by_key else index.times_s
    kept = [0]
    for i, time_s in enumerate(times):
        if time_s - times[kept[-1]] >= LEAST_APART_S - 1e-6:
            kept.append(i)
    return np.asarray(times[kept])


def read_samples(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    """Decode the pictures at `times_s`, ascending; where these are key pictures, only them.

    Raises
    ------
    VideoError
        If one cannot be decoded.
    """
    import av

    try:
        yield from _samples(path, index, times_s)
    except (av.FFmpegError, OSError) as error:
        raise VideoError(f"{path} cannot be scanned: {error}. Copy it again.") from error


def _samples(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    if path.is_dir():
        yield from _files(path, index, times_s)
        return
    keys = set(np.round(index.key_times_s, 4).tolist())
    if all(t in keys for t in np.round(times_s, 4).tolist()):
        sparse = len(times_s) < _SPARSE * len(index.key_times_s)
        yield from (_sought_pictures if sparse else _key_pictures)(path, index, times_s)
    else:
        yield from _any_pictures(path, index, times_s)


def _files(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    files = frame_files(path)
    for row in np.searchsorted(index.times_s, times_s - 1e-9):
        image = read_picture(files[row])
        if image is not None:
            yield Sample(float(index.times_s[row]), image)


def _key_pictures(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    """Read all packets, and decode the key ones that are wanted."""
    import av

    wanted = {round(t, 4) for t in times_s.tolist()}
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        tick = float(stream.time_base or 0)
        for packet in container.demux(stream):
            time_s = (packet.pts or 0) * tick - index.first_stamp_s
            if packet.size == 0 or (packet.is_keyframe and round(time_s, 4) in wanted):
                for frame in stream.codec_context.decode(packet):
                    yield Sample((frame.pts or 0) * tick - index.first_stamp_s, frame)


def _sought_pictures(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    """Go from one key picture to the next by seeking."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "SLICE"
        tick = float(stream.time_base or 0)
        for time_s in times_s.tolist():
            stamp = round((time_s + index.first_stamp_s) / tick)
            container.seek(stamp, stream=stream)  # this also empties the decoder
            for packet in container.demux(stream):
                if packet.pts is None or packet.pts < stamp:
                    continue
                # A decoder keeps pictures back to bring them in order, until it is told the end.
                for frame in (*stream.decode(packet), *stream.decode(None)):
                    yield Sample((frame.pts or 0) * tick - index.first_stamp_s, frame)
                break


def _any_pictures(path: Path, index: FileIndex, times_s: FloatArray) -> Iterator[Sample]:
    import av

    wanted = {round(t, 4) for t in times_s.tolist()}
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        tick = float(stream.time_base or 0)
        for frame in container.decode(stream):
            time_s = (frame.pts or 0) * tick - index.first_stamp_s
            if round(time_s, 4) in wanted:
                yield Sample(time_s, frame)


def _converted(frame: Any, kind: str, share: float) -> Image:
    width, height = _size(frame.width, frame.height, share)
    return np.asarray(
        frame.reformat(width, height, kind, interpolation="AREA").to_ndarray(), dtype=np.uint8
    )


def _upright(image: Image, frame: Any) -> Image:
    turn = _TURNS.get(int(frame.rotation) % 360)
    return image if turn is None else np.asarray(cv2.rotate(image, turn), dtype=np.uint8)


def _reduced(image: Image, share: float) -> Image:
    size = _size(image.shape[1], image.shape[0], share)
    if size == image.shape[1::-1]:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _size(width: int, height: int, share: float) -> tuple[int, int]:
    share = min(share, 1.0)
    return max(1, round(width * share)), max(1, round(height * share))
