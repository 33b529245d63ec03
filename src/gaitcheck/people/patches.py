"""What is kept of a picture around somebody's hands, to look for lines in it along their ways.

A patch lies along the way of the trunk, or outwards from a hand whose way leads to the camera.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.depth import place_of
from gaitcheck.people.geometry import HIPS, WRISTS, body_size, hands_of
from gaitcheck.people.kept import Kept
from gaitcheck.people.lines import borders, moved, steps
from gaitcheck.people.order import core_mask, near_side
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_FEET: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")]
_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a rail of 4 cm is 2 px high."""
_SHAPE: Final = (112, 144)
"""Rows and columns of the patch, which lies along the way: from over the hands to the feet."""
_CLOTHES: Final = 1.25
"""Width of a body, whose own borders count for nothing."""
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


@dataclass(frozen=True, eq=False)
class Look:
    """What is kept of one picture: what is seen around a body, and where its hands were."""

    time_s: float
    to_room: FloatArray
    """Takes px of the patch to the room, (3, 3)."""
    from_room: FloatArray
    """The other way."""
    borders: FloatArray
    """As from `gaitcheck.people.lines.borders`."""
    steps: FloatArray
    """As from `gaitcheck.people.lines.steps`; on a way to the camera borders, also on bodies."""
    on_body: FloatArray | None
    """Borders on the own trunk and thighs, of a side towards the camera."""
    near: int | None
    """That side."""
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


def looked(
    now: Kept, key: int, *, way: FloatArray, gone: FloatArray, visibility: FloatArray
) -> Look:
    """Look along the way of the trunk, which has ``gone`` so far in the room."""
    points = now.bodies[key]
    middle = np.array([_SHAPE[1] / 2, _SHAPE[0] / 2])
    place = _along(points, way, at=points[list(HIPS)].mean(axis=0), is_px=middle)
    here, body = _patch(now, place, _SHAPE)
    look = _look(now, key, place, (borders(here, body), steps(here, body)), visibility)
    near = near_side(visibility, way=gone, size=look.size)
    if near is None:
        return look
    core = core_mask(moved(np.linalg.inv(place), points), shape=_SHAPE)
    return replace(look, near=near, on_body=borders(here, 255 - core))


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
    to_room = now.to_room @ place
    sure = np.clip((visibility[list(WRISTS)] - _SEEN[0]) / (_SEEN[1] - _SEEN[0]), 0.0, 1.0)
    clear_px = _LEAVES_PX[1] + _BLUR_PX * _SIZE_PX / max(body_size(points), 1.0)
    return Look(
        time_s=now.time_s,
        to_room=to_room,
        from_room=np.linalg.inv(to_room),
        borders=seen[0],
        steps=seen[1],
        on_body=None,
        near=None,
        feet=moved(np.linalg.inv(place), points[_FEET]),
        middle=is_at.middle,
        size=is_at.size,
        hands=is_at.hands,
        strays_px=np.maximum(_LEAVES_PX[0] * (1 - sure), clear_px),
    )
