"""Lines on which a hand has gone for a while: what it may slide along, or that there is none.

Whatever is fixed in the room and held while walking, a rail, bars, a sofa, a wall's ledge, is one
straight line in the room, and all the time the hand is at it. So beside the body, before and behind
the hand, a border of light or colour is seen along it, and with the camera's motion taken out it is
the same line after a stride: a hand that swings has left it, and borders of rugs, boards and
furniture far behind end, or lie at another height. Where no line goes on so, the hand slides along
nothing. Where one does, it may as well be far behind the hand: this tells nothing then.
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
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

_FEET: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")]
_HANDS: Final = np.array(
    [[INDEX[f"{s}_{p}"] for p in ("wrist", "index", "pinky")] for s in ("left", "right")]
)
_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a rail of 4 cm is 2 px high."""
_SHAPE: Final = (96, 144)
"""Rows and columns of the patch, which lies along the way."""
_SLOPES: Final = np.tan(np.radians(np.arange(-12.0, 12.5, 2.0)))
"""Directions of lines against the way: the way of the trunk is not quite that of the hand."""
_REACH_PX: Final = np.arange(-8.0, 8.5)
"""Rows from the hand: error of its landmark, thickness of what is held."""
_WALL_PX: Final = np.arange(-22.0, -1.5)
"""Rows from the lower foot: there a wall within an arm's reach meets the floor."""
_ALONG_PX: Final = np.arange(5.0, 38.0, 1.5)
"""Columns from the hand, to either side."""
_LEAST_SEEN: Final = 11
"""So many of them must be seen beside the bodies."""
_WEAKEST: Final = 0.25
"""All but this share of a line must be as strong as it is said to be: what only crosses is none."""
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
_LEAST_LOOKS: Final = 3
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
    """What is kept of one picture: the borders around a body, and where its hands were."""

    time_s: float
    to_room: FloatArray
    """Takes px of the patch to the room, (3, 3)."""
    borders: FloatArray
    """Change of light across the way, -255 to 255; NaN on bodies."""
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
            last second, 0 to 1 (of the full range of light); then, twice, of the clearest one in
            this picture just beyond the feet, where a near wall meets the floor. NaN where the
            person does not travel across the picture or nothing is seen beside the bodies.
        """
        way = _way(now, before, key)
        if way is None:
            return np.full((2, 2), np.nan)
        look = _looked(now, key, way=way, visibility=visibility)
        kept = [k for k in self._looks.get(key, []) if now.time_s - k.time_s <= _WHILE_S]
        self._looks[key] = looks = [*kept, look]
        feet = _moved(np.linalg.inv(look.to_room) @ now.to_room, now.bodies[key][_FEET])
        walls = _through(np.array([feet[:, 0].mean(), feet[:, 1].max()]), rows=_WALL_PX)
        strength = _strengths(look.borders, np.eye(3), walls, x=float(feet[:, 0].mean()))
        wall = float(np.nanmax(strength)) if np.isfinite(strength).any() else math.nan
        return np.array([[_rail(looks, side) for side in (0, 1)], [wall, wall]])


def _way(now: Kept, before: Sequence[Kept], key: int) -> FloatArray | None:
    """Give the direction of the trunk's way through the room, to the right in the picture."""
    points = now.bodies[key]
    for then in before:
        gone_s = now.time_s - then.time_s
        if key not in then.bodies or not _PACE_S[0] <= gone_s <= _PACE_S[1]:
            continue
        was = then.bodies[key][list(CORE)].mean(axis=0)
        way = points[list(CORE)].mean(axis=0) - _moved(
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
    return _Look(
        time_s=now.time_s,
        to_room=now.to_room @ place,
        borders=_borders(now, place),
        hands=_moved(now.to_room, points[_HANDS].mean(axis=1)),
        strays_px=np.maximum(_LEAVES_PX[0] * (1 - seen), clear_px),
    )


def _borders(now: Kept, place: FloatArray) -> FloatArray:
    """Change of light across the way, of the channel that changes most; NaN on bodies."""
    here = now.patch(place, shape=_SHAPE).astype(np.float32)
    body = now.covered(place, shape=_SHAPE, width=_CLOTHES)
    change = np.zeros_like(here)
    change[1:-1] = here[2:] - here[:-2]
    most = np.take_along_axis(change, np.abs(change).argmax(axis=2)[..., None], axis=2)[..., 0]
    most[cv2.dilate(body, np.ones((3, 3), np.uint8)) > 0] = np.nan
    most[[0, -1]] = np.nan
    return np.asarray(most)


def _rail(looks: Sequence[_Look], side: int) -> float:
    """Strength of the clearest line that a hand has kept to; NaN where too little is seen."""
    now = looks[-1]
    here = np.linalg.inv(now.to_room)
    hands = np.array([_moved(here, look.hands[side]) for look in looks])
    lines = _through(hands[-1], rows=_REACH_PX)
    off = hands[:, 1] - lines @ np.stack([np.ones(len(looks)), hands[:, 0]])
    off -= np.median(off, axis=1, keepdims=True)
    strays = np.array([look.strays_px[side] for look in looks])
    on = np.abs(off) <= strays
    chosen = _every(looks)
    if len(chosen) < _LEAST_LOOKS:
        return math.nan
    go_on = on.mean(axis=1) >= _SHARE
    most = int((1 - _SHARE) * len(chosen) + 1e-6)
    strength = np.zeros((0, len(lines)))
    for k in chosen:
        strength, lines, on = strength[:, go_on], lines[go_on], on[go_on]
        if len(lines) == 0:
            return 0.0
        there = np.linalg.inv(looks[k].to_room) @ now.to_room
        found = _strengths(looks[k].borders, there, lines, x=float(hands[k, 0]))
        strength = np.vstack([strength, np.where(np.isfinite(found), found * on[:, k], np.nan)])
        go_on = (strength < _NOTHING).sum(axis=0) <= most
    n_seen = np.isfinite(strength).sum(axis=0)
    if n_seen.max() < _LEAST_LOOKS:
        return math.nan
    nth = ((1 - _SHARE) * n_seen + 1e-6).astype(np.intp)
    often = np.take_along_axis(np.sort(strength, axis=0), nth[None], axis=0)
    return float(often[0, n_seen >= _LEAST_LOOKS].max())


def _every(looks: Sequence[_Look]) -> list[int]:
    """Choose looks some time apart, the latest first."""
    chosen = [len(looks) - 1]
    for k in range(len(looks) - 2, -1, -1):
        if looks[chosen[-1]].time_s - looks[k].time_s >= _EVERY_S - 1e-6:
            chosen.append(k)
    return chosen


def _through(place: FloatArray, *, rows: FloatArray) -> FloatArray:
    """Give the lines past a place of the patch, (n, 2): their height at column 0, their slope."""
    slope, row = (a.ravel() for a in np.meshgrid(_SLOPES, rows, indexing="ij"))
    return np.stack([place[1] + row - slope * place[0], slope], axis=1)


def _strengths(
    borders: FloatArray, there: FloatArray, lines: FloatArray, *, x: float
) -> FloatArray:
    """Say how strong each line is about a column, (n,); NaN where it is hidden.

    ``there`` takes px of the patch of the lines to px of ``borders``.
    """
    best = np.full(len(lines), np.nan)
    for towards in (1.0, -1.0):
        column = np.broadcast_to(x + towards * _ALONG_PX, (len(lines), len(_ALONG_PX)))
        points = np.stack([column, lines[:, :1] + lines[:, 1:] * column], axis=-1)
        x_px, y_px = np.moveaxis(_moved(there, points).astype(np.float32), -1, 0)
        found = cv2.remap(borders, x_px, y_px, cv2.INTER_NEAREST, borderValue=math.nan)
        found = np.sort(found, axis=1)  # NaN sort to the end
        n_seen = np.isfinite(found).sum(axis=1)
        weak = np.minimum((_WEAKEST * n_seen).astype(np.intp), len(_ALONG_PX) - 1)
        rows = np.arange(len(lines))
        brighter, darker = found[rows, weak], -found[rows, np.maximum(n_seen - 1 - weak, 0)]
        strength = np.maximum(np.maximum(brighter, darker), 0.0) / 255
        best = np.fmax(best, np.where(n_seen >= _LEAST_SEEN, strength, np.nan))
    return best


def _moved(motion: FloatArray, points: FloatArray) -> FloatArray:
    """Move points, shape (..., 2), by a homography."""
    moved = points @ motion[:, :2].T + motion[:, 2]
    return np.asarray(moved[..., :2] / moved[..., 2:])
