"""Things at the hands that go along with them: a stick, a crutch, a frame, the handle of a pram.

What is at a hand belongs to the room, to a body or to a thing. The room is where it was before (the
camera's motion taken out); bodies are where the landmarks are; a thing is neither, and a moment
ago it was at the hand too. From each hand rays go down and aside; the score of a hand is how far
its best ray is covered by such a thing, of what can be seen of it beside the bodies. What stands
between the hand and the floor is scored apart, as all kinds of things that bear weight have it and
toys have not; and what the hand may slide along is looked for in `rails`. What comes down to
the shoulders from above is looked for in `above`, what rolls along beside the legs in `rolling`.

Only what is narrow from left to right counts: shadows go along too, but are broad and soft. Before
the legs no comparison tells: there a straight line from hand to floor counts (`sticks`). What this
cannot see: a stick behind the legs for all of a stride; a thing held by somebody who stands still
for longer than the look back (it has become the room). What it takes for a thing: the narrow pieces
into which fine tiles or boards cut a shadow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.above import look_above
from gaitcheck.people.apart import (
    ALIKE,
    CLOTHES,
    LAGS_S,
    Patch,
    from_room,
    gone_along,
    narrow_things,
    square,
)
from gaitcheck.people.cover import body_mask
from gaitcheck.people.geometry import HANDS, HIPS, body_size, hands_of
from gaitcheck.people.kept import Kept
from gaitcheck.people.planted import lately, planted
from gaitcheck.people.rails import Rails
from gaitcheck.people.rolling import look_beside
from gaitcheck.people.sticks import LOOKS, StickLook, lasting, lines_at, stick_look
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_FLOOR: Final = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("ankle", "foot_index")]

_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a stick of 2 cm is one px wide."""
_SHAPE: Final = (96, 136)
_MIDDLE: Final = (68.0, 44.0)
"""Rows and columns of the patch around the pelvis, and the pelvis in it (x, y)."""
_ALONG_LAGS_S: Final = ((0.1, 0.2),)
"""When a thing must have been at the hand too, s before."""
_EVERY_S: Final = 0.07
"""Hands are looked at no more often than this, s: a step lasts 0.3 or more."""
_NOT_ROOM: Final = 4
"""So much from the room differs what may be part of a line from hand to floor, of 255."""
_ANGLES_RAD: Final = np.radians(np.arange(-64.0, 65.0, 4.0))
"""Directions of the rays from straight down."""
_RADII_PX: Final = np.arange(5.0, 32.5)
"""Points of a ray: from the knuckles to a third of the body size, over the floor's shadows."""
_FAN_RAD: Final = np.radians(np.arange(-28.0, 29.0, 4.0))
"""Directions in which a stick or the leg of a frame goes from the hand to the floor."""
_LOWER: Final = np.linspace(0.45, 1.0, 24)
"""Part of such a ray, of its length: over it a thing that only lies in the hand does not reach."""
_FAN_SEEN: Final = 0.2
"""Share of all those rays that must be seen beside the bodies to say that there is nothing."""
_LOW_HAND: Final = 0.15
"""A hand nearer to the floor holds nothing that stands on it, body sizes (a child that crawls)."""
_LEAST: Final = 0.1
"""So much of a ray must be seen beside the bodies, body sizes (a hand is 0.1 long)."""
_WHOLE: Final = 0.15
"""A thing seen over this length scores fully, body sizes."""


class HandThings:
    """Look for things that go along with the hands of the people followed."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []
        self._rails = Rails()
        self._lines: dict[int, list[FloatArray]] = {}
        self._sticks: dict[int, list[StickLook]] = {}

    def reset(self) -> None:
        """Forget what was before: another scene began."""
        self._kept = []
        self._rails = Rails()
        self._lines, self._sticks = {}, {}

    def look(
        self,
        image_bgr: Image,
        *,
        time_s: float,
        to_room: FloatArray,
        bodies: Mapping[int, FloatArray],
        visibility: Mapping[int, FloatArray],
    ) -> dict[int, FloatArray]:
        """Score the hands of everyone in the next picture.

        Parameters
        ----------
        image_bgr : ndarray of uint8, shape (height, width, 3)
            The picture.
        time_s : float
            Its time, s; increasing.
        to_room : ndarray, shape (3, 3)
            As in `Track`.
        bodies : mapping of int to ndarray, shape (33, 2)
            Landmarks of everyone seen in this picture, px, by any key that stays theirs.
        visibility : mapping of int to ndarray, shape (33,)
            How well the model sees each of them, 0 to 1, by the same keys.

        Returns
        -------
        dict of int to ndarray, shape (len(HAND_ARRAYS), 2)
            Left and right hand, 0 to 1, NaN where it cannot be told; empty between two looks.
        """
        if self._kept and time_s - self._kept[-1].time_s < _EVERY_S:
            return {}
        now = Kept(image_bgr, time_s=time_s, to_room=to_room, bodies=dict(bodies))
        scores = {key: self._scores(now, key, visibility[key]) for key in bodies}
        self._kept = [k for k in self._kept if time_s - k.time_s < 1.1 * LAGS_S[-1]] + [now]
        known = {key for k in self._kept for key in k.bodies}
        self._lines = {key: self._lines[key] for key in known}
        self._sticks = {key: self._sticks[key] for key in known}
        return scores

    def _scores(self, now: Kept, key: int, visibility: FloatArray) -> FloatArray:
        patch = _patch(now, self._kept, key)
        things, below = np.full(2, np.nan), np.full(2, np.nan)
        hands = hands_of(patch.points)
        for side, hand in enumerate(hands):
            seen, told = patch.narrow, patch.narrow_told
            below[side] = _below(seen, told, hand=hand, floor=patch.floor)
            along = gone_along(
                now, self._kept, patch.image, patch.place,
                key=key, part=HANDS[side].tolist(), lags_s=_ALONG_LAGS_S,
            )  # fmt: skip
            if along is not None:
                thing = seen * (along < ALIKE * patch.differs)
                things[side] = _at_hand(thing, told, hand=hand, floor=patch.floor)
        # Before the legs the comparison with the room sees none.
        new = _new(now, patch)
        look = stick_look(now, patch.place, hands=hands, floor=patch.floor, new=new)
        self._lines[key] = [*self._lines.get(key, ()), lines_at(look)][-LOOKS:]
        self._sticks[key] = lately([*self._sticks.get(key, ()), look])
        stick = lasting(self._lines[key])
        things, below = (np.where(stick > 0, np.fmax(a, stick), a) for a in (things, below))
        rails, walls = self._rails.look(now, self._kept, key, visibility=visibility)
        above = look_above(now, self._kept, key)
        beside = look_beside(now, self._kept, patch, key=key)
        return np.stack([things, rails, walls, below, planted(self._sticks[key]), above, beside])


def _patch(now: Kept, kept: Sequence[Kept], key: int) -> Patch:
    """Cut out what is about a body, and compare it with the room."""
    points = now.bodies[key]
    zoom = max(body_size(points), 1.0) / _SIZE_PX
    x, y = points[list(HIPS)].mean(axis=0) - zoom * np.array(_MIDDLE)
    place = np.array([[zoom, 0.0, x], [0.0, zoom, y], [0.0, 0.0, 1.0]])
    points = (points - (x, y)) / zoom
    image = now.patch(place, shape=_SHAPE)
    differs, told = from_room(now, kept, image, place)
    told[now.covered(place, shape=_SHAPE, width=CLOTHES[0]) > 0] = 0
    narrow, narrow_told = narrow_things(differs, told)
    return Patch(
        image=image,
        place=place,
        size_px=_SIZE_PX,
        points=points,
        floor=float(points[_FLOOR, 1].max()),
        own=body_mask(points, shape=_SHAPE, width=CLOTHES[0]),
        differs=differs,
        told=told,
        narrow=narrow,
        narrow_told=narrow_told,
    )


def _new(now: Kept, patch: Patch) -> npt.NDArray[np.bool_]:
    """Give where in a patch a line from hand to floor may be: on the body, or not in the room."""
    new = cv2.dilate(patch.own | (patch.told * (patch.differs >= _NOT_ROOM)), square(3))
    others = now.covered(patch.place, shape=_SHAPE, width=CLOTHES[0]) > 0
    return np.asarray((new > 0) & ~(others & (patch.own == 0)))


def _at_hand(thing: Image, told: Image, *, hand: FloatArray, floor: float) -> float:
    """Score the ray from a hand that is covered best, NaN where none is seen enough."""
    x = hand[0] + np.sin(_ANGLES_RAD)[:, None] * _RADII_PX
    y = hand[1] + np.cos(_ANGLES_RAD)[:, None] * _RADII_PX
    score, length = _ray_scores(thing, told, x, y, step_px=1.0, floor=floor)
    return float(score[length >= _LEAST].max()) if length.max() >= _LEAST else math.nan


def _below(thing: Image, told: Image, *, hand: FloatArray, floor: float) -> float:
    """Score what stands between a hand and the floor, NaN where the fan of rays is hidden."""
    far = floor - hand[1]
    if far < _LOW_HAND * _SIZE_PX:
        return math.nan
    x = hand[0] + np.tan(_FAN_RAD)[:, None] * far * _LOWER
    y = np.broadcast_to(hand[1] + far * _LOWER, x.shape)
    step_px = far * (_LOWER[1] - _LOWER[0])
    score, length = _ray_scores(thing, told, x, y, step_px=step_px, floor=floor)
    whole = step_px * len(_LOWER) / _SIZE_PX
    return float(score.max()) if length.mean() >= _FAN_SEEN * whole else math.nan


def _ray_scores(
    thing: Image, told: Image, x: FloatArray, y: FloatArray, *, step_px: float, floor: float
) -> tuple[FloatArray, FloatArray]:
    """Score rays (n, points) by how far they are covered, and the length seen of each, (n,)."""
    maps = x.astype(np.float32), y.astype(np.float32)
    seen = cv2.remap(told, *maps, cv2.INTER_NEAREST) * (y < floor + 2)
    hits = seen * cv2.remap(cv2.dilate(thing, square(3)), *maps, cv2.INTER_NEAREST)
    length, covered = (a.sum(axis=1) * step_px / _SIZE_PX for a in (seen, hits))
    return covered / np.maximum(length, _LEAST) * np.minimum(covered / _WHOLE, 1.0), length
