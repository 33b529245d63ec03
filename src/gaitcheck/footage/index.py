"""What a container's packets tell without decoding one: every picture's time, and the key ones."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.video.folder import frame_files

FloatArray = npt.NDArray[np.floating[Any]]

_log = logging.getLogger(__name__)

_LONGEST_GAP_S: Final = 30.0
"""A hole in the times longer than this is a clock that jumped, not a recording (arbitrary)."""


@dataclass(frozen=True, eq=False)
class FileIndex:
    """The times of a file's pictures.

    Parameters
    ----------
    times_s : ndarray, shape (n_frames,)
        When each picture is shown, s from the first, strictly increasing.
    key_times_s : ndarray, shape (n_keys,)
        Those of the pictures that can be decoded alone.
    first_stamp_s : float
        The first picture's time in the container's own clock, s.
    """

    times_s: FloatArray
    key_times_s: FloatArray
    first_stamp_s: float

    @property
    def duration_s(self) -> float:
        """Time to the end of the last picture, which is shown for a mean interval, s."""
        n = len(self.times_s)
        return float(self.times_s[-1]) * n / (n - 1) if n > 1 else 0.0


def index_of(path: Path, *, fps: float | None) -> FileIndex | None:
    """Give the index of a video file, or of a folder of frames at `fps` frames a second."""
    if fps is None:
        return read_index(path)
    times_s = np.arange(len(frame_files(path))) / fps
    return FileIndex(times_s=times_s, key_times_s=times_s, first_stamp_s=0.0)


def read_index(path: Path) -> FileIndex | None:
    """Read the packets of a video file, and decode none.

    Returns
    -------
    FileIndex or None
        None where times cannot be had from the packets: raw streams without times, clocks that
        begin anew, damaged files, files that PyAV does not open.
    """
    import av

    stamps: list[int] = []
    keys: list[int] = []
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            tick = stream.time_base
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard:
                    continue
                if packet.pts is None or packet.is_corrupt or tick is None:
                    return _none(path, "a picture has no time of its own, or is damaged")
                stamps.append(packet.pts)
                if packet.is_keyframe:
                    keys.append(packet.pts)
    except (av.FFmpegError, ValueError, OSError, IndexError) as error:
        return _none(path, str(error))
    if len(stamps) < 2 or not keys or tick is None:
        return _none(path, "fewer than two pictures, or none that can be decoded alone")
    shown = np.sort(np.array(stamps)) * float(tick)
    gaps_s = np.diff(shown)
    if gaps_s.min() <= 0 or gaps_s.max() > _LONGEST_GAP_S or min(keys) * float(tick) > shown[0]:
        return _none(path, "the times of its pictures are not in order")
    return FileIndex(
        times_s=shown - shown[0],
        key_times_s=np.sort(np.array(keys)) * float(tick) - shown[0],
        first_stamp_s=float(shown[0]),
    )


def _none(path: Path, reason: str) -> FileIndex | None:
    _log.debug("no index of %s: %s", path, reason)
    return None
