"""Whether somebody still moves where a window begins or ends, so that it must be extended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.footage.windows import EXTEND_S
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

_EDGE_S: Final = 1.0
"""Somebody who moves within this of an edge may have begun a step before it, s (design: a pause of
1 s ends a sequence)."""
_MOVED: Final = 0.12
"""Somebody moves whose trunk or feet end so far from where they were, in heights of the box: less
than half a toddler's step (arbitrary)."""
_TRUNK: Final = [
    INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("hip", "shoulder")
]
_FEET: Final = [INDEX[f"{side}_ankle"] for side in ("left", "right")]


def extended(window: Interval, tracks: Sequence[Track], *, duration_s: float) -> Interval:
    """Give the window, longer at an edge at which somebody moves; itself where nobody does.

    Parameters
    ----------
    window : Interval
        A part of a video, s.
    tracks : sequence of Track
        Everybody followed in it.
    duration_s : float
        Length of the video, s.
    """
    start_s, end_s = window.start_s, window.end_s
    if start_s > 0 and any(_moves(t, Interval(start_s, start_s + _EDGE_S)) for t in tracks):
        start_s = max(0.0, start_s - EXTEND_S)
    if end_s < duration_s and any(_moves(t, Interval(end_s - _EDGE_S, end_s)) for t in tracks):
        end_s += EXTEND_S
    return Interval(start_s, end_s)


def _moves(track: Track, edge: Interval) -> bool:
    rows = (track.time_s >= edge.start_s) & (track.time_s < edge.end_s) & track.seen
    if rows.sum() < 2:
        return False
    points = track.points_room_px[rows]
    height = float(np.nanmedian(track.boxes_px[rows, 3] - track.boxes_px[rows, 1]))
    third = max(1, len(points) // 3)
    ways = [
        np.linalg.norm(np.median(part[-third:], axis=0) - np.median(part[:third], axis=0))
        for part in (points[:, _TRUNK].mean(axis=1), *(points[:, foot] for foot in _FEET))
    ]
    return bool(max(ways) > _MOVED * height)
