"""Long windows cut into stretches that several processes follow side by side, and joined again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from gaitcheck.footage.windows import LEAD_S
from gaitcheck.people.plausible import same_body
from gaitcheck.people.track import HAND_ARRAYS, Track
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

STRETCH_S: Final = 30.0
"""Seams lie at whole multiples of this time of the video, s, whatever the window: what is followed
already stays so when a window is extended. The lead-in of each costs a tenth of it."""
SHORTEST_S: Final = 15.0
"""No stretch is shorter than this, s (arbitrary)."""
_SAME: Final = 0.5
"""Two tracks are one person who agree in this share of the frames in which both were seen: more is
not asked, for there the younger one is hardly found (arbitrary)."""


def stretches(window: Interval, *, duration_s: float) -> list[Interval]:
    """Cut a window into stretches; each but the first begins ``LEAD_S`` before the last ends.

    Parameters
    ----------
    window : Interval
        A part of a video, s; may go on to infinity.
    duration_s : float
        Length of the video, s. The result depends on nothing else, so that any number of processes
        gives the same.
    """
    end_s = min(window.end_s, duration_s)
    first = math.ceil((window.start_s + SHORTEST_S) / STRETCH_S)
    last = math.floor((end_s - SHORTEST_S) / STRETCH_S)
    seams = [STRETCH_S * k for k in range(first, last + 1)]
    starts = [window.start_s, *(seam_s - LEAD_S for seam_s in seams)]
    ends = [*seams, window.end_s]
    return [Interval(a, b) for a, b in zip(starts, ends, strict=True)]


def joined(found: Sequence[Sequence[Track]]) -> tuple[Track, ...]:
    """Make one list of tracks of those of overlapping stretches, in the order of time.

    Where two stretches overlap, the older tracks know their people for longer: they hold until they
    end, the younger ones go on from there.
    """
    whole: list[Track] = []
    for tracks in found:
        whole = _continued(whole, tracks)
    whole.sort(key=lambda t: t.time_s[0])
    return tuple(whole)


def _continued(olds: Sequence[Track], news: Sequence[Track]) -> list[Track]:
    if not olds or not news:
        return [*olds, *news]
    likeness = np.array([[_likeness(old, new) for new in news] for old in olds])
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    pairs = {
        j: olds[i]
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        if likeness[i, j] >= _SAME
    }
    to_room = next((_from_room_to_room(old, news[j]) for j, old in pairs.items()), np.eye(3))
    moved = [replace(new, to_room=to_room @ new.to_room) for new in news]
    merged = {id(old): _merged(old, moved[j]) for j, old in pairs.items()}
    return [
        *(merged.get(id(old), old) for old in olds),
        *(new for j, new in enumerate(moved) if j not in pairs),
    ]


def _common(old: Track, new: Track) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Give the rows of the frames that both have."""
    _, a, b = np.intersect1d(
        old.frame_index, new.frame_index, assume_unique=True, return_indices=True
    )
    return a, b


def _likeness(old: Track, new: Track) -> float:
    """Give the share of the frames in which both were seen in which they are the same body."""
    rows = [(i, j) for i, j in zip(*_common(old, new), strict=True) if old.seen[i] and new.seen[j]]
    same = [same_body(old.points_px[i], new.points_px[j]) for i, j in rows]
    return float(np.mean(same)) if same else 0.0


def _from_room_to_room(old: Track, new: Track) -> FloatArray:
    """Give what takes the reference picture of a stretch to that of the one before."""
    a, b = _common(old, new)
    return np.asarray(old.to_room[a[-1]] @ np.linalg.inv(new.to_room[b[-1]]))


def _merged(old: Track, new: Track) -> Track:
    """Give the older one's rows, and the younger one's where that was not seen or has ended."""
    a, b = _common(old, new)
    better = ~old.seen[a] & new.seen[b]
    from_old = np.ones(len(old), dtype=bool)
    from_old[a[better]] = False
    from_new = np.ones(len(new), dtype=bool)
    from_new[b[~better]] = False
    order = np.argsort(np.concatenate([old.frame_index[from_old], new.frame_index[from_new]]))

    def rows(name: str) -> Any:
        both = getattr(old, name)[from_old], getattr(new, name)[from_new]
        return np.concatenate(both)[order]

    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    told = old.at_hands.keys() & new.at_hands.keys()
    at_hands: dict[str, Any] = {n: rows(n) if n in told else None for n in HAND_ARRAYS}
    return replace(old, **{name: rows(name) for name in names}, **at_hands)
