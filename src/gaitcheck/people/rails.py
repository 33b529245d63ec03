"""Lines that lie along the way of a hand: what it may slide along, or that there is no such thing.

Whatever is fixed in the room and held while walking, a rail, bars, a sofa, a wall's ledge, goes
where the hand goes: in the picture too the hand's way lies on it. So beside the body, before and
behind the hand, a straight border of light or colour is seen in the direction of the walk. Where
there is none within reach of the fingers, the hand slides along nothing. Where there is one, it may
as well be far behind the hand: this tells nothing then.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import CORE, HIPS, body_size
from gaitcheck.people.kept import Kept
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

_FEET: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")]
_HANDS: Final = np.array(
    [[INDEX[f"{s}_{p}"] for p in ("wrist", "index", "pinky")] for s in ("left", "right")]
)
_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a rail of 4 cm is 2 px high."""
_SHAPE: Final = (96, 144)
"""Rows and columns of the patch, which lies along the way."""
_SLOPES: Final = np.tan(np.radians(np.linspace(-10.0, 10.0, 7)))
"""Directions of lines against the way: the way of the trunk is not quite that of the hand."""
_REACH_PX: Final = np.arange(-7.0, 7.5)
"""Rows from the hand: error of its landmark, thickness of what is held."""
_WALL_PX: Final = np.arange(-22.0, -1.5)
"""Rows from the lower foot: there a wall within an arm's reach meets the floor."""
_ALONG_PX: Final = np.arange(5.0, 38.0)
"""Columns from the hand, to either side."""
_LEAST_PX: Final = 16
"""So much of a line must be seen beside the bodies."""
_SHARE: Final = 0.25
"""All but this share of a line must be as strong as it is said to be: what only crosses is none."""
_CLOTHES: Final = 1.25
"""Width of a body, whose own borders count for nothing."""
_WALKED: Final = 0.12
"""Way in `_PACE_S` from which its direction is known, body sizes."""
_PACE_S: Final = (0.4, 1.35)


def rail_scores(now: Kept, before: Sequence[Kept], key: int) -> FloatArray:
    """Say how clear a line lies along the way of each hand.

    Parameters
    ----------
    now : Kept
        The picture.
    before : sequence of Kept
        Earlier ones, in time order.
    key : int
        Whose hands.

    Returns
    -------
    ndarray, shape (2, 2)
        Strength of the clearest line, 0 to 1 (of the full range of light), at the left and the
        right hand; then, twice, just beyond the feet, where a near wall meets the floor. NaN where
        the person does not travel across the picture or nothing is seen beside the bodies.
    """
    way = _way(now, before, key)
    if way is None:
        return np.full((2, 2), np.nan)
    points = now.bodies[key]
    turn = max(body_size(points), 1.0) / _SIZE_PX * np.array([[way[0], -way[1]], [way[1], way[0]]])
    corner = points[list(HIPS)].mean(axis=0) - turn @ np.array([_SHAPE[1] / 2, _SHAPE[0] / 2])
    place = np.eye(3)
    place[:2, :2], place[:2, 2] = turn, corner
    borders = _borders(now, place)
    hands = np.linalg.solve(turn, (points[_HANDS].mean(axis=1) - corner).T).T
    feet = np.linalg.solve(turn, (points[_FEET] - corner).T).T
    floor = np.array([feet[:, 0].mean(), feet[:, 1].max()])
    rails = [_clearest(borders, hand, rows=_REACH_PX) for hand in hands]
    return np.array([rails, [_clearest(borders, floor, rows=_WALL_PX)] * 2])


def _way(now: Kept, before: Sequence[Kept], key: int) -> FloatArray | None:
    """Give the direction of the trunk's way through the room, to the right in the picture."""
    points = now.bodies[key]
    for then in before:
        gone_s = now.time_s - then.time_s
        if key not in then.bodies or not _PACE_S[0] <= gone_s <= _PACE_S[1]:
            continue
        was = np.append(then.bodies[key][list(CORE)].mean(axis=0), 1.0)
        was = np.linalg.inv(now.to_room) @ then.to_room @ was
        way = points[list(CORE)].mean(axis=0) - was[:2] / was[2]
        far = float(np.linalg.norm(way))
        if far > _WALKED * body_size(points):
            return np.asarray(way / far * (1.0 if way[0] >= 0 else -1.0))
    return None


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


def _clearest(borders: FloatArray, place: FloatArray, *, rows: FloatArray) -> float:
    """Strength of the clearest line past a place of the patch."""
    best = math.nan
    for towards in (1.0, -1.0):
        away = towards * _ALONG_PX
        x = np.broadcast_to(place[0] + away, (len(_SLOPES), len(rows), len(away)))
        y = place[1] + rows[:, None] + _SLOPES[:, None, None] * away
        flat = (-1, len(away))
        lines = cv2.remap(
            borders.astype(np.float32),
            x.reshape(flat).astype(np.float32),
            y.reshape(flat).astype(np.float32),
            cv2.INTER_NEAREST,
            borderValue=math.nan,
        )
        n_seen = np.isfinite(lines).sum(axis=1)
        lines = lines[n_seen >= _LEAST_PX]
        n_seen = n_seen[n_seen >= _LEAST_PX]
        if len(lines) == 0:
            continue
        nth = (_SHARE * n_seen).astype(np.intp)[:, None]
        for sign in (1.0, -1.0):
            weakest = np.sort(sign * lines, axis=1)  # NaN sort to the end
            strength = float(np.take_along_axis(weakest, nth, axis=1).max()) / 255
            best = strength if math.isnan(best) else max(best, strength)
    return max(best, 0.0) if math.isfinite(best) else best
