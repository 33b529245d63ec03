"""Whether a file is shown much slower or faster than it was filmed, as its camera says.

Phones that run Android write into every MP4 how many pictures a second the camera took
(``com.android.capture.fps``, of `android.media.MediaRecorder.setCaptureRate`); what the file shows
is told by its stamps. In slow motion and time lapse the two differ.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

_FILMED_HZ: Final = "com.android.capture.fps"
_SLOW, _LAPSE = 2.5, 1 / 2.5
"""Pictures filmed for each one shown in the same time, from which on it is slow motion, and time
lapse. Cameras that lengthen their exposure in the dark show 24 pictures a second and say 60."""


def pace_warning(path: Path) -> str | None:
    """Say that a file is in slow motion or time lapse, and the cure; None where nothing is known.

    Parameters
    ----------
    path : Path
        A video file.
    """
    filmed_hz, shown_hz = (round(hz, 2) for hz in _rates(path))
    if not (0 < filmed_hz < math.inf and 0 < shown_hz < math.inf):
        return None
    slowed = filmed_hz / shown_hz
    if slowed > _SLOW:
        return (
            f"the video is in slow motion: it was filmed at {filmed_hz:g} pictures a second and "
            f"shows {shown_hz:g}. Nobody walks so slowly, and most steps will be missed. Give it "
            f"its true speed: ffmpeg -itsscale {1 / slowed:.6g} -i IN.mp4 -c copy -an OUT.mp4"
        )
    if slowed < _LAPSE:
        return (
            f"the video is a time lapse: it was filmed at {filmed_hz:g} pictures a second and "
            f"shows {shown_hz:g}. Steps cannot be told in it; record at the usual speed"
        )
    return None


def _rates(path: Path) -> tuple[float, float]:
    """Give the pictures a second that were filmed and that are shown, Hz; NaN if unknown."""
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                return math.nan, math.nan
            told = {**container.metadata, **container.streams.video[0].metadata}.get(_FILMED_HZ)
            shown = container.streams.video[0].average_rate
            return float(told or math.nan), float(shown or math.nan)
    except (av.FFmpegError, ValueError, OSError):
        return math.nan, math.nan
