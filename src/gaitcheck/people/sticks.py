"""Straight narrow lines from a hand towards the floor: sticks and crutches, before the legs too.

A stick is mostly seen before the legs of who holds it, where no comparison with the room tells it
from them. But it is a narrow line, lighter or darker than what is on both its sides, and it goes
straight from the hand down without a gap. Seams and folds of trousers, the gap between the legs and
bare shins do not begin at the hand; borders of legs are no lines, as one side is like the line; and
lines of the room do not differ from the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.kept import Kept

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

FINE: Final = 2
"""Px of the finer picture for one px of the patch: a stick of 2 cm beside an adult is two wide."""
_BESIDE_PX: Final = 3
"""How far to each side of a line, px of the finer picture, something else must be."""
CLEAR: Final = 32
"""A line stands out clearly by so much, of 255 (sticks before trousers 30 to 120)."""
_ANGLES_RAD: Final = np.radians(np.arange(-30.0, 31.0))
"""Directions of lines from straight down."""
_TOPS_PX: Final = np.arange(-3.0, 3.5)
"""Columns from the hand's landmark at which a line may begin."""
_PART: Final = np.linspace(0.15, 0.75, 28)
"""Part of the way from hand to floor that is looked at: below the fist, above the shoes."""
_WEAKEST: Final = 1 / 3
"""All but this share of a line must be as clear as it is said to be."""
_SURE: Final = (0.5, 0.8)
"""How clear a line is where there may be a stick, and where there is one for sure (rendered, the
best twentieth of 5 s: 1 at sticks on films of moving cameras; free hands 0.3 at most in nine of
ten, over 0.5 in 3 %)."""
LOOKS: Final = 5
"""So many looks tell whether a line stays, 0.4 s: a fold of trousers is one for a look or two."""
_STAYS: Final = (0.4, 0.8)
"""Share of them in which it is there (rendered, best in 5 s: sticks 0.7 and more in nine of ten on
films of moving cameras; free hands over 0.5 in 0.2 %)."""
_LOW_HAND: Final = 0.2
"""Hands nearer to the floor hold no stick, of the patch's rows."""


@dataclass(frozen=True, eq=False)
class StickLook:
    """What a picture shows of thin lines about somebody's hands.

    Parameters
    ----------
    time_s : float
        Its time, s.
    to_room : ndarray, shape (3, 3)
        Takes px of the patch to the room.
    lines : tuple of ndarray of uint8, shape (2 rows, 2 columns)
        How clear light and dark lines are, `FINE` times as fine as the patch; 0 in the room.
    hands : ndarray, shape (2 sides, 2)
        Where they are, px of the patch.
    floor : float
        Row of the floor in the patch.
    """

    time_s: float
    to_room: FloatArray
    lines: tuple[Image, Image]
    hands: FloatArray
    floor: float

    def high(self, side: int) -> bool:
        """Whether a hand is high enough over the floor to hold a stick."""
        return bool(self.floor - self.hands[side, 1] >= _LOW_HAND * self.lines[0].shape[0] / FINE)


def stick_look(
    now: Kept, place: FloatArray, *, hands: FloatArray, floor: float, new: npt.NDArray[np.bool_]
) -> StickLook:
    """Look for thin lines in a patch.

    Parameters
    ----------
    now : Kept
        The picture.
    place : ndarray, shape (3, 3)
        Takes px of the patch to px of the picture.
    hands : ndarray, shape (2 sides, 2)
        Where they are, px of the patch.
    floor : float
        Row of the floor in the patch.
    new : ndarray of bool, shape (rows, columns)
        Where the patch shows the body, or something that is not the room.
    """
    shape = (new.shape[0] * FINE, new.shape[1] * FINE)
    here = now.patch(place @ np.diag([1 / FINE, 1 / FINE, 1.0]), shape=shape)
    there = cv2.resize(new.astype(np.uint8), shape[::-1], interpolation=cv2.INTER_NEAREST)
    wide = np.ones((1, 3), np.uint8)
    light, dark = (np.asarray(cv2.dilate(line * there, wide), np.uint8) for line in _lines(here))
    return StickLook(now.time_s, now.to_room @ place, (light, dark), hands, floor)


def lines_at(look: StickLook) -> FloatArray:
    """Score the clearest line from each hand towards the floor.

    Returns
    -------
    ndarray, shape (2 sides,)
        0 to 1; 0 where a hand is too low.
    """
    scores = np.zeros(2)
    for side, hand in enumerate(look.hands):
        if look.high(side):
            far = look.floor - hand[1]
            scores[side] = max(_clearest(line, hand=hand, far=far) for line in look.lines)
    return np.clip((scores - _SURE[0]) / (_SURE[1] - _SURE[0]), 0.0, 1.0)


def lasting(looks: Sequence[FloatArray]) -> FloatArray:
    """Score the sticks that were there in most of the last looks, of the last `LOOKS` `lines_at`.

    Returns
    -------
    ndarray, shape (2 sides,)
        0 to 1.
    """
    share = np.sum(looks, axis=0) / LOOKS
    return np.asarray(np.clip((share - _STAYS[0]) / (_STAYS[1] - _STAYS[0]), 0.0, 1.0))


def _lines(here: Image) -> tuple[Image, Image]:
    """How far each px is lighter, and darker, than both sides, less what these differ by."""
    left, right = np.roll(here, _BESIDE_PX, axis=1), np.roll(here, -_BESIDE_PX, axis=1)
    high, low = cv2.max(left, right), cv2.min(left, right)
    apart = cv2.subtract(high, low)
    light, dark = cv2.subtract(here, high), cv2.subtract(low, here)
    return _most(cv2.subtract(light, apart)), _most(cv2.subtract(dark, apart))


def _most(line: npt.NDArray[Any]) -> Image:
    blue, green, red = cv2.split(line)
    return np.minimum(cv2.max(cv2.max(blue, green), red), CLEAR).astype(np.uint8)


def _clearest(line: Image, *, hand: FloatArray, far: float) -> float:
    """How clear the clearest ray is, 0 to 1, above what half of all rays are."""
    x = hand[0] + _TOPS_PX[:, None, None] + np.tan(_ANGLES_RAD)[:, None] * far * _PART
    y = np.broadcast_to(hand[1] + far * _PART, x.shape)
    columns, rows = ((FINE * a.reshape(-1, len(_PART))).astype(np.float32) for a in (x, y))
    rays = cv2.remap(line, columns, rows, cv2.INTER_NEAREST)
    k = int(_WEAKEST * len(_PART))
    clear = np.partition(rays, k, axis=1)[:, k] / CLEAR
    return float(clear.max() - np.median(clear))
