"""Flat people who glide through a textured room, and what the looks at their things say."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from gaitcheck.people.things import HandThings
from gaitcheck.people.track import HAND_ARRAYS
from tests.people import scene

HEIGHT, FEET_Y, SPEED_PX_S = 220.0, 420.0, 110.0
Draw = Callable[[np.ndarray, np.ndarray], None]
"""Draws into a picture what goes along with landmarks, shape (33, 2)."""


def body_at(t: float) -> np.ndarray:
    return scene.standing(x=150.0 + SPEED_PX_S * t, feet_y=FEET_Y, height=HEIGHT)


def light_room(width: int = 1000) -> np.ndarray:
    """Lighter than what goes along."""
    return cv2.add(scene.room(width=width), np.full((480, width, 3), 70, np.uint8))


def scores(
    array: str,
    *,
    draw: Draw | None = None,
    background: np.ndarray | None = None,
    path: Callable[[float], np.ndarray] = body_at,
    pan_px_s: float = 0.0,
    n: int = 60,
) -> np.ndarray:
    """Scores of every look from 1.5 s on in one of `HAND_ARRAYS`, of ``n`` frames, (looks, 2)."""
    wide = light_room() if background is None else background
    things, out = HandThings(), []
    for i in range(n):
        t = i / 25
        picture, points = wide.copy(), path(t)
        if draw is not None:
            draw(picture, points)
        scene.paint(picture, points, 0)
        to_room = np.eye(3)
        to_room[0, 2] = shift = round(pan_px_s * t)
        found = things.look(
            np.ascontiguousarray(picture[:, shift : shift + 640]),
            time_s=t,
            to_room=to_room,
            bodies={7: points - np.array([shift, 0.0])},
            visibility={7: np.ones(33)},
        )
        if t >= 1.5 and found:
            out.append(found[7][HAND_ARRAYS.index(array)])
    return np.array(out)
