"""The pictures of a video file, through OpenCV's FFmpeg.

What was measured of OpenCV 5.0 (against PyAV on the same files): ``CAP_PROP_POS_MSEC``, read after
``grab``, is the exact presentation time from the start of the stream for constant and variable
rate in MP4, MOV, Matroska, WebM, MPEG-TS and GIF, B-frames, late starts and edit lists included.
In AVI with B-frames, whose container keeps decoding times only, the last pictures come with 0; the
clock mends that. ``read`` gives False at a damaged packet just as at the end, so a plain loop
loses all that lies behind it; asked again it goes on. Rotations of 90, 180 and 270 degrees are
undone; pixels that are not square are not. A track that changes its size comes in its first one.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import VideoError
from gaitcheck.video import coding, diagnosis, pace
from gaitcheck.video.source import Picture

_LAST_TRIES = 600
"""Failed packets in a row taken for the end: 20 s at 30 Hz (arbitrary; 50 us each at the end)."""
_MOST_TRIES = 20_000
"""The same where the container claims more pictures: 11 minutes at 30 Hz, 1 s lost at worst."""

_log_level = threading.Lock()
"""Held while OpenCV's log level is lowered, so that two threads cannot restore each other's."""


class ContainerSource:
    """Pictures of one video file.

    Parameters
    ----------
    path : Path
        A file that exists and can be read.

    Raises
    ------
    VideoError
        It is no video, has no video track, is cut short before its index, or is a still picture.
    """

    def __init__(self, path: Path) -> None:
        import cv2

        _silence_ffmpeg()
        self._path = path
        if _is_still_picture(path):
            raise VideoError(
                f"{path} is a single picture, not a video. Give the folder it lies in, with "
                "--fps, to read the pictures there as frames."
            )
        self._lock = threading.Lock()
        self._capture = _open_quietly(path)
        if not self._capture.isOpened():
            raise diagnosis.why_not_opened(path)
        self.claimed_frames = _sane(self._capture.get(cv2.CAP_PROP_FRAME_COUNT), most=1e9)
        self.claimed_hz = float(self._capture.get(cv2.CAP_PROP_FPS))
        self._closed = False
        self._size_px: tuple[int, int] | None = None

    def pictures(self) -> Iterator[Picture]:
        """Give the pictures in order; those that cannot be decoded only advance the count."""
        index = failed = 0
        while failed < max(_LAST_TRIES, min(_MOST_TRIES, self.claimed_frames - index)):
            got = self._next(index + failed)
            if got is None:
                failed += 1
                continue
            yield got
            index, failed = got.index + 1, 0

    def seek(self, stamp_s: float) -> None:
        """Go on with a picture at or before a time of the container's clock, s.

        OpenCV lands on the frame that the mean rate says; where the rate varies that can be later,
        so the caller looks at the stamps.
        """
        import cv2

        with self._lock:
            if self._closed:
                raise VideoError(f"{self._path} was closed while it was being read.")
            self._capture.set(cv2.CAP_PROP_POS_MSEC, 1000.0 * max(stamp_s, 0.0))

    def shortfall(self, *, read: int, end_s: float) -> str | None:
        """Compare with what the container claims; PyAV is asked only where OpenCV has doubts."""
        claim_s = self.claimed_frames / self.claimed_hz if self.claimed_hz > 0 else 0.0
        in_doubt = read < self.claimed_frames and end_s < claim_s
        return diagnosis.shortfall(self._path, read=read, end_s=end_s, in_doubt=in_doubt)

    def coding_qp(self) -> float | None:
        """Ask FFmpeg, through PyAV, about some of its pictures."""
        return coding.coding_qp(self._path)

    def pace_warning(self) -> str | None:
        """Ask what the camera wrote into the file."""
        return pace.pace_warning(self._path)

    def close(self) -> None:
        """Release the file; waits for a picture that another thread is decoding."""
        with self._lock:
            self._closed = True
            self._capture.release()

    def _next(self, index: int) -> Picture | None:
        import cv2

        with self._lock:
            if self._closed:
                raise VideoError(f"{self._path} was closed while it was being read.")
            capture = self._capture
            try:
                if not capture.grab():
                    return None
                stamp_s = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
                if stamp_s == 0.0 and index > 0:
                    stamp_s = math.nan
                decoded, image = capture.retrieve()
                if not decoded:
                    return None
                self._size_px = self._size_px or _shown_size_px(capture, image)
                if image.shape[1::-1] != self._size_px:
                    image = cv2.resize(image, self._size_px, interpolation=cv2.INTER_LINEAR)
            except cv2.error:  # a picture that FFmpeg gave but OpenCV cannot convert
                return None
        return Picture(index=index, stamp_s=stamp_s, image_bgr=image.astype(np.uint8, copy=False))


def _shown_size_px(capture: Any, image: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Give width and height as players show them: wider or narrower if pixels are not square."""
    import cv2

    height, width = image.shape[:2]
    num, den = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
    if not (num > 0 and den > 0) or not 0.25 <= num / den <= 4.0:  # beyond, it is no true ratio
        return width, height
    if int(capture.get(cv2.CAP_PROP_ORIENTATION_META)) % 180 == 90:  # the stored width is upright
        return width, round(height * num / den)
    return round(width * num / den), height


def _silence_ffmpeg() -> None:
    """Keep FFmpeg's remarks off standard error.

    OpenCV reads this variable once, when a process opens its first video; a value set by the user
    is left alone. It changes no descriptor, so other threads may write while a video is read.
    """
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET


def _open_quietly(path: Path) -> Any:
    """Open with FFmpeg alone: OpenCV's other readers take `a_01.png` for a numbered series."""
    import cv2

    logging = cv2.utils.logging
    with _log_level:
        level = logging.getLogLevel()
        logging.setLogLevel(logging.LOG_LEVEL_SILENT)  # it warns of a file that it cannot open
        try:
            return cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
        finally:
            logging.setLogLevel(level)


def _is_still_picture(path: Path) -> bool:
    import cv2

    with path.open("rb") as file:
        if file.read(4) == b"GIF8":
            return False
    return bool(cv2.haveImageReader(str(path)))


def _sane(number: float, *, most: float) -> int:
    """Give a count that a container states, 0 where it states none or nonsense."""
    return int(number) if 0 < number < most else 0
