"""Lines on which a hand has gone for a while: what it may slide along, or that there is none.

Whatever is fixed in the room and held while walking, a rail, bars, a sofa, a wall's ledge, is one
straight line in the room, and all the time the hand is at it. So beside the body, before and behind
the hand, a border of light or colour is seen along it, and with the camera's motion taken out it is
the same line after a stride: a hand that swings has left it, and borders of rugs, boards and
furniture far behind end, or lie at another height. Where no line goes on so, the hand slides along
nothing. Where one does, it may as well be far behind the hand: where the floor under the feet goes
on up to it and ends there, most likely; else this tells nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import CORE, HIPS, WRISTS, body_size
from gaitcheck.people.kept import Kept
from gaitcheck.people.lines import borders, floor_ends, moved, steps, strengths, through
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

_FEET: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")]
_HANDS: Final = np.array(
    [[INDEX[f"{s}_{p}"] for p in ("wrist", "index", "pinky")] for s in ("left", "right")]
)
_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a rail of 4 cm is 2 px high."""
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
_WALKED: Final = 0.12
"""Way in `_PACE_S` from which its direction is known, body sizes."""
_PACE_S: Final = (0.4, 1.35)
_WHILE_S: Final = 1.3
"""For so long the hand must have gone on the line: a stride."""
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


@dataclass(frozen=True, eq=False)
class _Look:
    """What is kept of one picture: what is seen around a body, and where its hands were."""

    time_s: float
    to_room: FloatArray
    """Takes px of the patch to the room, (3, 3)."""
    borders: FloatArray
    """As from `gaitcheck.people.lines.borders`."""
    steps: FloatArray
    """As from `gaitcheck.people.lines.steps`."""
    feet_px: float
    """Row of the lower foot, px of the patch."""
    middle: FloatArray
    """Of the trunk, in the room, (2,)."""
    size: float
    """Of the body, in the room."""
    hands: FloatArray
    """In the room, (2, 2)."""
    strays_px: FloatArray
    """How far each landmark may be from the hand, px of the patch, (2,)."""


class Rails:
    """Look for lines along the ways of the hands of the people followed."""

    def __init__(self) -> None:
        self._looks: dict[int, list[_Look]] = {}

    def look(
        self, now: Kept, before: Sequence[Kept], key: int, *, visibility: FloatArray
    ) -> FloatArray:
        """Say how clear a line lies along the way of each hand.

        Parameters
        ----------
        now : Kept
            The picture, later than those of all calls before.
        before : sequence of Kept
            Earlier ones, in time order.
        key : int
            Whose hands.
        visibility : ndarray, shape (33,)
            How well the model sees each landmark of theirs, 0 to 1.

        Returns
        -------
        ndarray, shape (2, 2)
            Strength of the clearest line on which the left and the right hand have been for the
            last second, 0 to 1 (of the full range of light), less where the floor ends at it;
            then, twice, of the clearest one in this picture just beyond the feet, where a near wall
            meets the floor. NaN where the person does not travel across the picture or nothing is
            seen beside the bodies.
        """
        way = _way(now, before, key)
        if way is None:
            return np.full((2, 2), np.nan)
        look = _looked(now, key, way=way, visibility=visibility)
        self._looks = _recent(self._looks, now.time_s)
        self._looks[key] = looks = [*self._looks.get(key, []), look]
        feet = moved(np.linalg.inv(look.to_room) @ now.to_room, now.bodies[key][_FEET])
        walls = through(np.array([feet[:, 0].mean(), look.feet_px]), rows=_WALL_PX)
        strength = strengths(look.borders, np.eye(3), walls, x=float(feet[:, 0].mean()))
        wall = float(np.nanmax(strength)) if np.isfinite(strength).any() else math.nan
        return np.array([[_rail(looks, side) for side in (0, 1)], [wall, wall]])


def _recent(looks: dict[int, list[_Look]], time_s: float) -> dict[int, list[_Look]]:
    """Forget what is too long ago, and whoever is gone."""
    recent = {
        key: [look for look in theirs if time_s - look.time_s <= _WHILE_S]
        for key, theirs in looks.items()
    }
    return {key: theirs for key, theirs in recent.items() if theirs}


def _way(now: Kept, before: Sequence[Kept], key: int) -> FloatArray | None:
    """Give the direction of the trunk's way through the room, to the right in the picture."""
    points = now.bodies[key]
    for then in before:
        gone_s = now.time_s - then.time_s
        if key not in then.bodies or not _PACE_S[0] <= gone_s <= _PACE_S[1]:
            continue
        was = then.bodies[key][list(CORE)].mean(axis=0)
        way = points[list(CORE)].mean(axis=0) - moved(
            np.linalg.inv(now.to_room) @ then.to_room, was
        )
        far = float(np.linalg.norm(way))
        if far > _WALKED * body_size(points):
            return np.asarray(way / far * (1.0 if way[0] >= 0 else -1.0))
    return None


def _looked(now: Kept, key: int, *, way: FloatArray, visibility: FloatArray) -> _Look:
    points = now.bodies[key]
    size = max(body_size(points), 1.0)
    place = np.eye(3)
    place[:2, :2] = size / _SIZE_PX * np.array([[way[0], -way[1]], [way[1], way[0]]])
    middle = np.array([_SHAPE[1] / 2, _SHAPE[0] / 2])
    place[:2, 2] = points[list(HIPS)].mean(axis=0) - place[:2, :2] @ middle
    seen = np.clip((visibility[list(WRISTS)] - _SEEN[0]) / (_SEEN[1] - _SEEN[0]), 0.0, 1.0)
    clear_px = _LEAVES_PX[1] + _BLUR_PX * _SIZE_PX / size
    here = now.patch(place, shape=_SHAPE).astype(np.float32)
    body = now.covered(place, shape=_SHAPE, width=_CLOTHES)
    body = np.asarray(cv2.dilate(body, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    return _Look(
        time_s=now.time_s,
        to_room=now.to_room @ place,
        borders=borders(here, body),
        steps=steps(here, body),
        feet_px=float(moved(np.linalg.inv(place), points[_FEET])[:, 1].max()),
        middle=moved(now.to_room, points[list(CORE)].mean(axis=0)),
        size=size * math.sqrt(abs(float(np.linalg.det(now.to_room[:2, :2])))),
        hands=moved(now.to_room, points[_HANDS].mean(axis=1)),
        strays_px=np.maximum(_LEAVES_PX[0] * (1 - seen), clear_px),
    )


def _rail(looks: Sequence[_Look], side: int) -> float:
    """Strength of the clearest line that a hand has kept to; NaN where too little is seen."""
    now = looks[-1]
    here = np.linalg.inv(now.to_room)
    hands = np.array([moved(here, look.hands[side]) for look in looks])
    lines = through(hands[-1], rows=_REACH_PX, way_rad=_turned(looks, hands))
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
    for k in chosen:
        strength, lines, keeps = strength[:, go_on], lines[go_on], keeps[go_on]
        if len(lines) == 0:
            return 0.0
        there = np.linalg.inv(looks[k].to_room) @ now.to_room
        found = strengths(looks[k].borders, there, lines, x=float(hands[k, 0]))
        strength = np.vstack([strength, found])
        go_on = (strength < _NOTHING).sum(axis=0) <= most
    n_seen = np.isfinite(strength).sum(axis=0)
    if n_seen.max() < _LEAST_LOOKS:
        return math.nan
    nth = ((1 - _SHARE) * n_seen + 1e-6).astype(np.intp)
    often = np.take_along_axis(np.sort(strength, axis=0), nth[None], axis=0)[0]
    clear = np.where(n_seen >= _LEAST_LOOKS, often * keeps, 0.0)
    likely = np.argsort(-clear)[:_LIKELY]
    ends = _floor_ends(
        [looks[k] for k in chosen[::2]], lines[likely], here, x=hands[chosen[::2], 0]
    )
    return float((clear[likely] * (1 - _FAR * ends)).max())


def _turned(looks: Sequence[_Look], hands: FloatArray) -> float:
    """Give the direction in which a hand goes in the latest patch, from along it, rad.

    A place at the body goes along with the trunk, and away from it as the body grows in the
    picture.
    """
    time_s = np.array([look.time_s for look in looks])
    if time_s[-1] - time_s[0] < _PACE_S[0]:
        return 0.0
    here = np.linalg.inv(looks[-1].to_room)
    middle = np.array([moved(here, look.middle) for look in looks])
    size = np.array([look.size for look in looks])
    place = np.median((hands - middle) / size[:, None], axis=0)
    time_s = time_s - time_s.mean()
    x, y = time_s @ (middle + place * size[:, None])
    return float(np.clip(math.atan2(y * np.sign(x), abs(x)), -_TURNED_RAD, _TURNED_RAD))


def _floor_ends(
    looks: Sequence[_Look], lines: FloatArray, here: FloatArray, *, x: FloatArray
) -> FloatArray:
    """Say how far the floor ends at lines of the latest patch in the middle one of looks, (n,)."""
    ends = [
        floor_ends(
            look.steps,
            np.linalg.inv(look.to_room) @ np.linalg.inv(here),
            lines,
            x=float(at),
            feet_px=look.feet_px,
        )
        for look, at in zip(looks, x, strict=True)
    ]
    return np.asarray(np.median(ends, axis=0))


def _every(looks: Sequence[_Look]) -> list[int]:
    """Choose looks some time apart, the latest first."""
    chosen = [len(looks) - 1]
    for k in range(len(looks) - 2, -1, -1):
        if looks[chosen[-1]].time_s - looks[k].time_s >= _EVERY_S - 1e-6:
            chosen.append(k)
    return chosen
