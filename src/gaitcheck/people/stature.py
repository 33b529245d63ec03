"""Who is the smaller and who the larger where two share the floor: a child and an adult, mostly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import FEET, body_size
from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]
Stature = Literal["smaller", "larger"]

_RATIO: Final = 1.25
"""One is the larger from here (rendered pairs: adults 1.0 to 1.11 of each other, an adult 1.27 to
1.6 of a child of five to nine, 2.2 to 3.4 of a toddler)."""
_LEVEL: Final = 0.1
"""The feet of both must be so near the same height in the picture, in sizes of the larger: only
then are they about equally far from the camera."""
_SEEN: Final = 0.5
_MIN_FRAMES: Final = 10
"""Fewer frames with both level do not tell (arbitrary)."""


def statures(tracks: Sequence[Track]) -> dict[int, Stature]:
    """Say who is clearly smaller or larger than somebody else in the picture at the same time.

    Whoever is smaller than anybody is "smaller"; whoever is larger than somebody and smaller than
    nobody is "larger". It tells children from adults where an adult is there to compare with; of
    two children the elder is "larger" too.

    Parameters
    ----------
    tracks : sequence of Track
        Of one video.

    Returns
    -------
    dict of int to {"smaller", "larger"}
        By number of the person; who cannot be compared is missing.
    """
    looks = [_Standing(track) for track in tracks]
    smaller: set[int] = set()
    larger: set[int] = set()
    for a, b in itertools.combinations(looks, 2):
        ratio = _ratio(a, b)
        if ratio > _RATIO or ratio < 1 / _RATIO:
            high, low = (a, b) if ratio > 1 else (b, a)
            larger.add(high.person)
            smaller.add(low.person)
    found: dict[int, Stature] = dict.fromkeys(smaller, "smaller")
    found.update(dict.fromkeys(larger - smaller, "larger"))
    return found


class _Standing:
    """Size of a body and height of its feet in the picture, where the feet are seen, by frame."""

    def __init__(self, track: Track) -> None:
        self.person = track.person
        feet = list(FEET)
        rows = np.flatnonzero(track.seen & (track.visibility[:, feet].mean(axis=1) >= _SEEN))
        self.frames = track.frame_index[rows]
        self.size_px = np.array([body_size(points) for points in track.points_px[rows]])
        self.floor_px = track.points_px[rows][:, feet, 1].max(axis=1, initial=-np.inf)


def _ratio(a: _Standing, b: _Standing) -> float:
    """Give the size of one over the other's, the median of the frames that tell; NaN without."""
    _, of_a, of_b = np.intersect1d(a.frames, b.frames, return_indices=True)
    if not len(of_a):
        return float("nan")
    size_a, size_b = a.size_px[of_a], b.size_px[of_b]
    apart = np.abs(a.floor_px[of_a] - b.floor_px[of_b])
    level = apart < _LEVEL * np.maximum(size_a, size_b)
    if np.count_nonzero(level) < _MIN_FRAMES:
        return float("nan")
    return float(np.median(size_a[level] / size_b[level]))
