"""Looking for people in single pictures of the quiet parts, so that who sits there is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.footage import motion
from gaitcheck.footage.changes import Changes
from gaitcheck.footage.index import FileIndex
from gaitcheck.footage.samples import Sample, read_samples
from gaitcheck.people.crop import Crop, crop_of_box
from gaitcheck.people.estimators import Estimator
from gaitcheck.people.geometry import body_centre, body_size
from gaitcheck.people.scout import MARGIN, Place, tiles
from gaitcheck.people.search import search
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_SIDE_PX: Final = 1280
"""Pictures are reduced to this for the checks: the smallest people of larger ones stay 30 px."""
_PART_S: Final = 120.0
"""Quiet parts are checked in stretches of this length, each from a sweep on, s (arbitrary)."""
_EVERY_S: Final = 20.0
"""The whole picture and one tile are looked at so often while nothing moves, s (arbitrary)."""
_KNOWN_S: Final = 4.0
"""So often where something never rests that is higher than a line of text, s (arbitrary)."""
_TEXT_CELLS: Final = 4
"""A line of text that never rests, such as a clock, and a cell above and below: whoever moves in or
behind it mostly shows beside it too (a person is three cells high or more)."""
_STIRRED: Final = 0.25
"""Somebody has moved whose middle is so far from where it was, in body sizes."""
_RESTLESS_PLACES: Final = 3
_WHOLE_OUT_PX: Final = 640


@dataclass(frozen=True, eq=False)
class Quiet:
    """A stretch in which nothing seems to move.

    Parameters
    ----------
    rows : range
        Its samples.
    """

    rows: range


def quiet_parts(changes: Changes, followed: list[Interval]) -> list[Quiet]:
    """Give the stretches outside the windows, in pieces that can be checked side by side."""
    inside = np.zeros(len(changes.times_s), bool)
    for window in followed:
        inside |= (changes.times_s >= window.start_s) & (changes.times_s < window.end_s)
    parts: list[Quiet] = []
    start = None
    for row, taken in enumerate([*inside.tolist(), True]):
        if start is not None and (
            taken or changes.times_s[row] - changes.times_s[start] >= _PART_S
        ):
            parts.append(Quiet(range(start, row)))
            start = None
        if not taken and start is None:
            start = row
    return parts


def stirring(
    part: Quiet,
    *,
    path: Path,
    index: FileIndex,
    changes: Changes,
    restless: npt.NDArray[np.bool_],
    searcher: Estimator,
    min_height_px: float,
    width_px: int,
) -> list[Interval]:
    """Give the times of a quiet stretch at which somebody may move after all.

    Those are: a body in another place than before, any change where somebody is known to be, and
    anybody seen where something never rests.
    """
    look = _Look(searcher, min_height_px=min_height_px, width_px=width_px)
    times_s = changes.times_s
    rows = _due(part.rows, changes, restless)
    found: list[Interval] = []
    for sample in read_samples(path, index, times_s[rows]):
        row = int(np.argmin(np.abs(times_s - sample.time_s)))
        zones = _zones(restless[row], changes)
        if look.at(sample, zones=zones):
            found.append(_round(row, times_s))
    for box in look.known:
        stirs = motion.moved_at(changes, box)
        found += [_round(row, times_s) for row in part.rows if stirs[row]]
    return found


def _due(rows: range, changes: Changes, restless: npt.NDArray[np.bool_]) -> list[int]:
    times_s, due = changes.times_s, list[int]()
    for row in rows:
        apart_s = _KNOWN_S if _zones(restless[row], changes) else _EVERY_S
        # The first two: somebody may be missed in one picture.
        if len(due) < 2 or times_s[row] - times_s[due[-1]] >= apart_s:
            due.append(row)
    return due


def _zones(restless: npt.NDArray[np.bool_], changes: Changes) -> list[FloatArray]:
    """Give the boxes of what never rests and is no line of text, in picture widths."""
    boxes = motion.boxes(restless, cell_share=changes.cell_share)
    least = (_TEXT_CELLS + 0.5) * changes.cell_share
    return [box for box in boxes if box[3] - box[1] > least]


def _round(row: int, times_s: FloatArray) -> Interval:
    """Give the time from the sample before to the one after."""
    return Interval(float(times_s[max(row - 1, 0)]), float(times_s[min(row + 1, len(times_s) - 1)]))


class _Look:
    """Looks at the samples of one stretch, and remembers who was where."""

    def __init__(self, searcher: Estimator, *, min_height_px: float, width_px: int) -> None:
        self._searcher = searcher
        self._min_height_px, self._width_px = min_height_px, width_px
        self._bodies: list[FloatArray] = []
        self._n_looks = 0
        self.known: list[FloatArray] = []
        """Boxes of everybody seen, in picture widths."""

    def at(self, sample: Sample, *, zones: list[FloatArray]) -> bool:
        """Look at a sample; say whether somebody has moved, or is where something never rests."""
        image = sample.bgr(_SIDE_PX)
        width = image.shape[1]
        scale = width / self._width_px
        places = list(self._places(image, zones))
        bodies = [
            (place, body.points_px / width)
            for place, body in search(
                self._searcher, places, image, known=[],
                min_size_px=0.6 * self._min_height_px * scale,
            )
        ]  # fmt: skip
        stirred = any(place.kind == "blob" for place, _ in bodies)
        stirred |= any(self._is_new(points) for _, points in bodies) and self._n_looks > 1
        self._n_looks += 1
        for _, points in bodies:
            if self._is_new(points):
                self._bodies.append(points)
                self.known.append(_box(points))
        return stirred

    def _places(self, image: Image, zones: list[FloatArray]) -> Iterator[Place]:
        height, width = image.shape[:2]
        yield Place("whole", Crop(width / 2, height / 2, float(max(width, height)), _WHOLE_OUT_PX))
        sweep = tiles(width, height)
        for crop in sweep if self._n_looks == 0 else [sweep[self._n_looks % len(sweep)]]:
            yield Place("tile", crop)
        for box in self.known:
            yield Place("beside", crop_of_box(box * width, margin=MARGIN))
        zones.sort(key=lambda b: -float((b[2] - b[0]) * (b[3] - b[1])))
        for box in zones[:_RESTLESS_PLACES]:
            yield Place("blob", crop_of_box(box * width, margin=MARGIN))

    def _is_new(self, points: FloatArray) -> bool:
        centre, size = body_centre(points), body_size(points)
        return all(
            float(np.linalg.norm(body_centre(known) - centre)) > _STIRRED * size
            for known in self._bodies
        )


def _box(points: FloatArray) -> FloatArray:
    low, high = points.min(axis=0), points.max(axis=0)
    grow = 0.15 * float((high - low).max())
    return np.array([*(low - grow), *(high + grow)])
