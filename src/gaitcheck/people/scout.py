"""Where to look for people who are not followed yet, and how often."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop, crop_of_box
from gaitcheck.people.geometry import overlap
from gaitcheck.people.paint import Paint

FloatArray = npt.NDArray[np.floating[Any]]
Kind = Literal["whole", "tile", "blob", "beside"]

MARGIN: Final = 2.2
"""Side of the crop round a body to be found, in longer sides of its box. The detector finds it
twice as often as in 1.5 (in infrared light, with stretched contrast: 98% and 56%)."""
_WHOLE_ALONE_S: Final = 0.5
"""The whole picture is searched so often while nobody is followed, s (arbitrary)."""
_WHOLE_BUSY_S: Final = 2.0
_WHOLE_MOVING_S: Final = 1.5
"""So often while the camera moves: then nothing else shows who comes in."""
_TILE_ALONE_S: Final = 0.7
"""One tile is searched so often while nobody is followed, s (arbitrary)."""
_TILE_MOVING_S: Final = 1.2
_TILE_BUSY_S: Final = 2.0
_BESIDE_FIRST_S: Final = 0.08
"""A body found is searched beside for a second one after this time, s: whoever holds a hand."""
_BESIDE_S: Final = (0.15, 0.25, 0.4, 1.2)
"""Pauses between searches beside the same body, the last one from then on, s (arbitrary)."""
_LOW_SIDE: Final = 0.85
_LOW_MIDDLE: Final = 0.3
"""Side of the crop of somebody's lower part and its middle over the feet, in heights of the box:
who is led or held by an adult is there."""
_PAINTS: Final[tuple[Paint, ...]] = ("all", "upper", "none")
"""In turn."""
_RETRY_S: Final = (0.3, 0.6, 1.5, 3.0)
"""Pauses before a blob without a pose is tried again, s (arbitrary)."""
_CREDIT_MAX: Final = 12.0
_CREDIT_PER_S: Final = 4.0
"""Searches a second in the long run (one costs 15 to 40 ms), with a store for busy moments."""
_RESERVE: Final = 6.0
"""Credit that is kept for what moves: tiles do not use it up."""
_PER_FRAME_ALONE: Final = 2
_PER_FRAME: Final = 1
"""So many places in one frame: one takes less time than following does, beside which it is done."""
_WHOLE_OUT_PX: Final = 640
_TILE_SHARE: Final = 0.6
"""Side of a tile as a share of the picture's shorter side: shows people from 1/8 of it."""


@dataclass(frozen=True, eq=False)
class Place:
    """A place to look for people.

    Parameters
    ----------
    kind : {'whole', 'tile', 'blob', 'beside'}
        Why there.
    crop : Crop
        What to look at.
    paint : Paint
        What of the people known already is painted over.
    """

    kind: Kind
    crop: Crop
    paint: Paint = "all"


@dataclass
class _Tried:
    box: FloatArray
    times: int
    next_s: float


@dataclass(frozen=True)
class _Beside:
    times: int
    next_s: float


class Scout:
    """Choose a few places a frame; remember what was in vain.

    Parameters
    ----------
    picture_size : tuple of int
        Width and height, px.
    min_height_px : float
        Smallest person to look for, px.
    """

    def __init__(self, *, picture_size: tuple[int, int], min_height_px: float) -> None:
        width, height = picture_size
        self._min_height_px = min_height_px
        self._whole = Crop(width / 2, height / 2, float(max(width, height)), _WHOLE_OUT_PX)
        self._tiles = tiles(width, height)
        self.reset()

    def reset(self) -> None:
        """Begin anew, as at the first frame of a scene."""
        self._whole_at = -math.inf
        self._tile_at = -math.inf
        self._next_tile = 0
        self._tiles_left = len(self._tiles)
        self._tried: list[_Tried] = []
        self._beside: dict[int, _Beside] = {}
        self._credit = _CREDIT_MAX + len(self._tiles)  # one sweep of the whole scene at first
        self._last_s: float | None = None

    def places(
        self,
        *,
        time_s: float,
        blobs: list[FloatArray],
        people: dict[int, FloatArray],
        fixed: bool,
    ) -> list[Place]:
        """Choose where to look in this frame, the most promising place first.

        Parameters
        ----------
        time_s : float
            Now, s.
        blobs : list of ndarray, shape (4,)
            Boxes of what moves and is nobody's, px.
        people : dict of int to ndarray, shape (4,)
            Boxes of those followed, px, by their key.
        fixed : bool
            Whether the camera stands still.
        """
        gone = 0.0 if self._last_s is None else time_s - self._last_s
        self._credit = max(self._credit, min(_CREDIT_MAX, self._credit + _CREDIT_PER_S * gone))
        self._last_s = time_s
        wanted = [
            *self._whole_place(time_s, alone=not people, fixed=fixed),
            *self._blob_places(time_s, blobs),
            *self._beside_places(time_s, people),
        ]
        if self._credit > _RESERVE:
            wanted += self._tile_place(time_s, alone=not people, fixed=fixed)
        per_frame = _PER_FRAME if people else _PER_FRAME_ALONE
        chosen = wanted[: min(per_frame, int(self._credit))]
        self._credit -= len(chosen)
        for place in chosen:
            self._note(place, time_s)
        return [place for place, _ in chosen]

    def found(self, place: Place) -> None:
        """Tell that a search was not in vain."""
        self._tried = [t for t in self._tried if overlap(t.box, place.crop.box) < 0.5]

    def _whole_place(self, time_s: float, *, alone: bool, fixed: bool) -> list[_Wanted]:
        busy_s = _WHOLE_BUSY_S if fixed else _WHOLE_MOVING_S
        due = self._whole_at + (_WHOLE_ALONE_S if alone else busy_s)
        return [(Place("whole", self._whole), None)] if time_s >= due else []

    def _tile_place(self, time_s: float, *, alone: bool, fixed: bool) -> list[_Wanted]:
        busy_s = _TILE_BUSY_S if fixed else _TILE_MOVING_S
        due = self._tile_at + (_TILE_ALONE_S if alone else busy_s)
        if not self._tiles or (time_s < due and not self._tiles_left):
            return []
        return [(Place("tile", self._tiles[self._next_tile]), None)]

    def _blob_places(self, time_s: float, blobs: list[FloatArray]) -> list[_Wanted]:
        self._tried = [t for t in self._tried if time_s < t.next_s + 2 * _RETRY_S[-1]]
        places: list[_Wanted] = []
        for box in blobs:
            crop = crop_of_box(box, margin=MARGIN)
            if crop.size_px < 1.4 * self._min_height_px:
                crop = Crop(crop.x_px, crop.y_px, 1.4 * self._min_height_px)
            before = next((t for t in self._tried if overlap(t.box, crop.box) > 0.4), None)
            if before is None or time_s >= before.next_s:
                places.append((Place("blob", crop), before))
        return places

    def _beside_places(self, time_s: float, people: dict[int, FloatArray]) -> list[_Wanted]:
        self._beside = {
            key: self._beside.get(key, _Beside(0, time_s + _BESIDE_FIRST_S))
            for key in sorted(people)
        }
        due = [key for key, beside in self._beside.items() if time_s >= beside.next_s]
        due.sort(key=lambda key: self._beside[key].next_s)
        return [(_beside(people[key], self._beside[key].times), key) for key in due]

    def _note(self, wanted: _Wanted, time_s: float) -> None:
        place, memory = wanted
        if place.kind == "whole":
            self._whole_at = time_s
        elif place.kind == "tile":
            self._tile_at = time_s
            self._next_tile = (self._next_tile + 1) % len(self._tiles)
            self._tiles_left = max(self._tiles_left - 1, 0)
        elif isinstance(memory, int):
            times = self._beside[memory].times
            pause_s = _BESIDE_S[min(times, len(_BESIDE_S) - 1)]
            self._beside[memory] = _Beside(times + 1, time_s + pause_s)
        else:
            tried = memory
            if tried is None:
                tried = _Tried(place.crop.box, 0, 0.0)
                self._tried.append(tried)
            tried.box = place.crop.box
            tried.next_s = time_s + _RETRY_S[min(tried.times, len(_RETRY_S) - 1)]
            tried.times += 1


_Wanted = tuple[Place, _Tried | int | None]


def _beside(box: FloatArray, times: int) -> Place:
    """Choose how to look beside a body, in turn: each way shows people whom the others do not.

    Rendered pairs in contact, share of frames in which the child is found, by these three in order:
    both hands held from behind 0.06, 0.44, 0.19; by the waist 0.68, 0.58, 0.89; one hand 0.76,
    0.95, 0.81; hands let go 0.55, 0.32, 0.14.
    """
    paint = _PAINTS[times % len(_PAINTS)]
    crop = whole_crop(box) if paint == "all" else low_crop(box)
    return Place("beside", crop, paint=paint)


def whole_crop(box: FloatArray) -> Crop:
    """Give the crop in which a second body is looked for beside a whole one."""
    return crop_of_box(box, margin=1.6)


def low_crop(box: FloatArray) -> Crop:
    """Give the crop of somebody's lower part."""
    height = float(box[3] - box[1])
    x, y = float(box[0] + box[2]) / 2, float(box[3]) - _LOW_MIDDLE * height
    return Crop(x, y, max(_LOW_SIDE * height, 16.0))


def tiles(width: int, height: int) -> list[Crop]:
    """Cover the picture with overlapping squares, the lower rows (near people) first."""
    side = _TILE_SHARE * min(width, height)
    columns = max(2, math.ceil(width / (0.75 * side)))
    rows = max(2, math.ceil(height / (0.75 * side)))
    xs = np.linspace(side / 2, width - side / 2, columns)
    ys = np.linspace(side / 2, height - side / 2, rows)
    return [Crop(float(x), float(y), side) for y in ys[::-1] for x in xs]
