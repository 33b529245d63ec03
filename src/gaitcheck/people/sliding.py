"""The clearest line on which a hand has gone, in the pictures of the last second.

Of each picture a patch is kept, which lies along the way of the trunk, or outwards from a hand
whose way leads to the camera. A line past the hand in the latest patch is looked for in the earlier
ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.depth import hands_of, place_of
from gaitcheck.people.geometry import HIPS, WRISTS, body_size
from gaitcheck.people.kept import Kept
from gaitcheck.people.lines import (
    ALONG_PX,
    SLOPES_RAD,
    borders,
    floor_ends,
    moved,
    steps,
    strengths,
    through,
)
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_FEET: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")]
_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a rail of 4 cm is 2 px high."""
_BOTH_PX: Final = np.stack([ALONG_PX, -ALONG_PX])
_SHAPE: Final = (112, 144)
"""Rows and columns of the patch, which lies along the way: from over the hands to the feet."""
_REACH_PX: Final = np.arange(-8.0, 8.5)
"""Rows from the hand: error of its landmark, thickness of what is held."""
_WALL_PX: Final = np.arange(-22.0, -1.5)
"""Rows from the lower foot: there a wall within an arm's reach meets the floor."""
_NOTHING: Final = 0.02
"""Less than this is the camera's noise."""
_CLOTHES: Final = 1.25
"""Width of a body, whose own borders count for nothing."""
_EVERY_S: Final = 0.21
"""So often in that time the line is looked for."""
_SHARE: Final = 0.7
"""Share of that time: landmarks jump, and others cover the line."""
_OFF: Final = 0.55
"""A hand that was on the line for less of it has left it (rendered hands at rails whose landmarks
jump: 0.55 and more)."""
_LEAST_LOOKS: Final = 3
_FAR: Final = 0.7
"""Share that a line loses where the floor ends: now and then a rail is before the foot of a wall.
"""
_LIKELY: Final = 16
"""So many lines, the clearest, are looked at for that."""
_TURNS_S: Final = 0.4
"""Least time in which it shows."""
_TURNED_RAD: Final = 0.6
"""Most that the hand's way is known to lie off that of the trunk in the picture."""
_SEEN: Final = (0.7, 0.9)
"""Visibility of a hand that may be somewhere else, and of one that is where it is said to be
(rendered far hands at rails: 0.2 to 0.6, and up to 6 px off the rail)."""
_LEAVES_PX: Final = (9.0, 1.5)
"""How far the landmarks of such hands stray from the line along which they slide, 70 % of the time
(rendered rails and bars: seen 0.3 to 1.5, free hands that swing 2 to 4)."""
_BLUR_PX: Final = 1.0
"""The same of hands that are seen, px of the picture."""


_DEEP_SHAPE: Final = (72, 64)
"""Rows and columns of the patch that lies outwards from a hand whose way leads to the camera."""
_DEEP_HAND_PX: Final = 12.0
"""Column of the hand in it."""
_DEEP_ALONG_PX: Final = np.arange(5.0, 31.0, 1.2)
"""Columns outwards from it: a rail of twice that length would reach the camera."""
_DEEP_SLOPES_RAD: Final = np.radians(np.arange(-24.0, 24.5, 3.0))
"""Directions: where the way vanishes is known so far."""
_NO_BORDER: Final = 0.04
"""Weaker than this on the own body, nothing is before it: clothes have borders too."""
_TOLD: Final = 0.5
"""Share of the lines past the hand that must be seen to say that there is none."""


@dataclass(frozen=True, eq=False)
class Look:
    """What is kept of one picture: what is seen around a body, and where its hands were."""

    time_s: float
    to_room: FloatArray
    """Takes px of the patch to the room, (3, 3)."""
    borders: FloatArray
    """As from `gaitcheck.people.lines.borders`."""
    steps: FloatArray
    """As from `gaitcheck.people.lines.steps`; on a way to the camera borders, also on bodies."""
    feet: FloatArray
    """Px of the patch, (4, 2)."""
    middle: FloatArray
    """Of the trunk, in the room, (2,)."""
    size: float
    """Of the body, in the room."""
    hands: FloatArray
    """In the room, (2, 2): left and right, or, looked outwards, as they are in the picture."""
    strays_px: FloatArray
    """How far each landmark may be from the hand, px of the patch, (2,)."""


def looked(now: Kept, key: int, *, way: FloatArray, visibility: FloatArray) -> Look:
    """Look along the way of the trunk."""
    points = now.bodies[key]
    middle = np.array([_SHAPE[1] / 2, _SHAPE[0] / 2])
    place = _along(points, way, at=points[list(HIPS)].mean(axis=0), is_px=middle)
    here, body = _patch(now, place, _SHAPE)
    return _look(now, key, place, (borders(here, body), steps(here, body)), visibility)


def looked_out(
    now: Kept, key: int, side: int, outwards: FloatArray, *, visibility: FloatArray
) -> Look:
    """Look outwards from a hand."""
    way = np.linalg.inv(now.to_room[:2, :2]) @ outwards
    points = now.bodies[key]
    hand_px = np.array([_DEEP_HAND_PX, _DEEP_SHAPE[0] / 2])
    hand = hands_of(points)[side]
    place = _along(points, way / np.linalg.norm(way), at=hand, is_px=hand_px)
    here, body = _patch(now, place, _DEEP_SHAPE)
    bare = borders(here, np.zeros_like(body))
    look = _look(now, key, place, (borders(here, body), bare), visibility)
    across = np.argsort(look.hands[:, 0])
    return replace(look, hands=look.hands[across], strays_px=look.strays_px[across])


def _along(points: FloatArray, way: FloatArray, *, at: FloatArray, is_px: FloatArray) -> FloatArray:
    """Place a patch along a way, so that px ``at`` of the picture is px ``is_px`` of it."""
    place = np.eye(3)
    scale = max(body_size(points), 1.0) / _SIZE_PX
    place[:2, :2] = scale * np.array([[way[0], -way[1]], [way[1], way[0]]])
    place[:2, 2] = at - place[:2, :2] @ is_px
    return place


def _patch(now: Kept, place: FloatArray, shape: tuple[int, int]) -> tuple[FloatArray, Image]:
    """Give the picture there, and where bodies are, with their fringe."""
    here = now.patch(place, shape=shape).astype(np.float32)
    body = now.covered(place, shape=shape, width=_CLOTHES)
    return here, np.asarray(cv2.dilate(body, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _look(
    now: Kept,
    key: int,
    place: FloatArray,
    seen: tuple[FloatArray, FloatArray],
    visibility: FloatArray,
) -> Look:
    points = now.bodies[key]
    is_at = place_of(now, key)
    sure = np.clip((visibility[list(WRISTS)] - _SEEN[0]) / (_SEEN[1] - _SEEN[0]), 0.0, 1.0)
    clear_px = _LEAVES_PX[1] + _BLUR_PX * _SIZE_PX / max(body_size(points), 1.0)
    return Look(
        time_s=now.time_s,
        to_room=now.to_room @ place,
        borders=seen[0],
        steps=seen[1],
        feet=moved(np.linalg.inv(place), points[_FEET]),
        middle=is_at.middle,
        size=is_at.size,
        hands=is_at.hands,
        strays_px=np.maximum(_LEAVES_PX[0] * (1 - sure), clear_px),
    )


def rail(looks: Sequence[Look], side: int, *, deep: bool = False, straight: bool = False) -> float:
    """Strength of the clearest line that a hand has kept to; NaN where too little is seen."""
    now = looks[-1]
    here = np.linalg.inv(now.to_room)
    hands = np.array([moved(here, look.hands[side]) for look in looks])
    slopes_rad = _DEEP_SLOPES_RAD if deep else SLOPES_RAD + _turned(looks, hands)
    lines = through(hands[-1], rows=_REACH_PX, slopes_rad=slopes_rad)
    off = hands[:, 1] - lines @ np.stack([np.ones(len(looks)), hands[:, 0]])
    off -= np.median(off, axis=1, keepdims=True)
    on = np.abs(off) <= np.array([look.strays_px[side] for look in looks])
    keeps = np.clip((on.mean(axis=1) - _OFF) / (_SHARE - _OFF), 0.0, 1.0)
    chosen = _every(looks)
    if len(chosen) < _LEAST_LOOKS:
        return math.nan
    go_on = keeps > 0
    most = int((1 - _SHARE) * len(chosen) + 1e-6)
    strength = np.zeros((0, len(lines)))
    n_lines = len(lines)
    find = _outwards if deep else _beside
    for k in chosen:
        strength, lines, keeps = strength[:, go_on], lines[go_on], keeps[go_on]
        if len(lines) == 0:
            return 0.0
        there = np.linalg.inv(looks[k].to_room) @ now.to_room
        strength = np.vstack([strength, find(looks[k], there, lines, float(hands[k, 0]))])
        go_on = (strength < _NOTHING).sum(axis=0) <= most
    n_seen = np.isfinite(strength).sum(axis=0)
    n_untold = int((n_seen < _LEAST_LOOKS).sum())
    if n_untold == len(lines) or (
        deep and n_untold > (1 - _TOLD) * (n_lines if straight else len(lines))
    ):
        return math.nan
    nth = ((1 - _SHARE) * n_seen + 1e-6).astype(np.intp)
    often = np.take_along_axis(np.sort(strength, axis=0), nth[None], axis=0)[0]
    clear = np.where(n_seen >= _LEAST_LOOKS, often * keeps, 0.0)
    if deep or clear.max() < _NOTHING:
        return float(clear.max())
    likely = np.argsort(-clear)[:_LIKELY]
    ends = _floor_ends(
        [looks[k] for k in chosen[::2]], lines[likely], here, x=hands[chosen[::2], 0]
    )
    return float((clear[likely] * (1 - _FAR * ends)).max())


def foot_of_wall(look: Look) -> float:
    """Strength of the clearest line just beyond the feet; NaN where too little is seen."""
    at = np.array([look.feet[:, 0].mean(), look.feet[:, 1].max()])
    strength = _beside(look, np.eye(3), through(at, rows=_WALL_PX), float(at[0]))
    return float(np.nanmax(strength)) if np.isfinite(strength).any() else math.nan


def _beside(look: Look, there: FloatArray, lines: FloatArray, x: float) -> FloatArray:
    """Strength of lines of the latest patch beside the bodies, on the better seen side, (n,)."""
    return strengths(look.borders, there, lines, x=x + _BOTH_PX)


def _outwards(look: Look, there: FloatArray, lines: FloatArray, x: float) -> FloatArray:
    """Give the same outwards from the hand; over the own body only where nothing is, (n,)."""
    beside, bare = (
        strengths(a, there, lines, x=x + _DEEP_ALONG_PX) for a in (look.borders, look.steps)
    )
    return np.where(np.isnan(beside) & (bare < _NO_BORDER), bare, beside)


def _turned(looks: Sequence[Look], hands: FloatArray) -> float:
    """Give the direction in which a hand goes in the latest patch, from along it, rad.

    A place at the body goes along with the trunk, and away from it as the body grows in the
    picture.
    """
    time_s = np.array([look.time_s for look in looks])
    if time_s[-1] - time_s[0] < _TURNS_S:
        return 0.0
    here = np.linalg.inv(looks[-1].to_room)
    middle = np.array([moved(here, look.middle) for look in looks])
    size = np.array([look.size for look in looks])
    place = np.median((hands - middle) / size[:, None], axis=0)
    time_s = time_s - time_s.mean()
    x, y = time_s @ (middle + place * size[:, None])
    return float(np.clip(math.atan2(y * np.sign(x), abs(x)), -_TURNED_RAD, _TURNED_RAD))


def _floor_ends(
    looks: Sequence[Look], lines: FloatArray, here: FloatArray, *, x: FloatArray
) -> FloatArray:
    """Say how far the floor ends at lines of the latest patch in the middle one of looks, (n,)."""
    ends = [
        floor_ends(
            look.steps,
            np.linalg.inv(look.to_room) @ np.linalg.inv(here),
            lines,
            x=float(at),
            feet_px=float(look.feet[:, 1].max()),
        )
        for look, at in zip(looks, x, strict=True)
    ]
    return np.asarray(np.median(ends, axis=0))


def _every(looks: Sequence[Look]) -> list[int]:
    """Choose looks some time apart, the latest first."""
    chosen = [len(looks) - 1]
    for k in range(len(looks) - 2, -1, -1):
        if looks[chosen[-1]].time_s - looks[k].time_s >= _EVERY_S - 1e-6:
            chosen.append(k)
    return chosen
