"""One timed picture, and what is known of the video it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture as a player would show it.

    Parameters
    ----------
    index : int
        Number of the frame as decoded, from 0; damaged frames that were skipped keep their number.
    time_s : float
        The container's timestamp, s, counted from the first frame shown.
    image_bgr : ndarray of uint8, shape (height, width, 3)
        Upright picture, OpenCV's channel order.
    """

    index: int
    time_s: float
    image_bgr: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class VideoInfo:
    """What the container says, and after reading what was found.

    Parameters
    ----------
    path : str
        As the user gave it.
    width, height : int
        Of the upright picture, px.
    frame_count : int
        Frames read; before reading, what the container claims (0 if it does not say).
    duration_s : float
        Time from the first frame to the end of the last, s.
    mean_fps : float
        Frames a second over the whole, 0 if unknown.
    """

    path: str
    width: int
    height: int
    frame_count: int
    duration_s: float
    mean_fps: float
