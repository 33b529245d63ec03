"""Sticks that stand: a thin line from the hand to one place of the floor, while the hand goes on.

A stick is set down before the body and stands on its place until the body has gone past. So all
that time a line (`sticks`) goes from the hand, wherever it is by now, to that one place. Seams of
trousers and gaps between legs do so for a moment, shadows and toys go along with the body.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.lines import moved
from gaitcheck.people.sticks import CLEAR, FINE, StickLook
from gaitcheck.people.track import STICK_STANDS_S

FloatArray = npt.NDArray[np.floating[Any]]

_LOOKS: Final = 5
"""So many looks in that time are compared."""
_MISSED: Final = 1
"""In so many of them the line may be missing: the legs pass it."""
_LEAST_S: Final = 0.45
"""They must lie so far apart, s."""
_GONE: Final = 12.0
"""The hand must have gone on so far in the room meanwhile, px of the patch: seen from the front it
is in its place for long, and so are the seams of trousers."""
_ASIDE_PX: Final = np.arange(-45.0, 46.0, 3.0)
_FLOOR_PX: Final = np.array([-9.0, -4.0, 1.0])
"""Places at which a stick may stand, from below the hand and from the row of the feet."""
_LEANS: Final = 0.67
"""Sticks lean by no more than that, aside for down (rendered, with room to spare: 0.5)."""
_TOPS_PX: Final = np.array([-2.5, 0.0, 2.5])
"""Columns from the hand's landmark at which the line may begin."""
_FAINT: Final = 0.1
"""A line less clear than this is none."""
_PART: Final = np.linspace(0.4, 0.9, 18)
"""Part of the way from hand to floor that is looked at: near the hand what goes along with it, too,
points to one place."""


def lately(looks: Sequence[StickLook]) -> list[StickLook]:
    """Give those of the last `STICK_STANDS_S`: a stick has been set down since the others."""
    since_s = looks[-1].time_s - STICK_STANDS_S
    return [look for look in looks if look.time_s >= since_s]


def planted(looks: Sequence[StickLook]) -> FloatArray:
    """Score for each hand a stick that has stood on one place of the floor all the time.

    Parameters
    ----------
    looks : sequence of StickLook
        Of one person, in time order, as `lately` gives them.

    Returns
    -------
    ndarray, shape (2 sides,)
        How clear a line is that goes to the place in all looks but one, 0 to 1; NaN where the hand
        did not go on, is too low or was not looked at for so long.
    """
    now = looks[-1]
    scores = np.full(2, np.nan)
    if now.time_s - looks[0].time_s < _LEAST_S or len(looks) < _LOOKS:
        return scores
    chosen = [looks[k] for k in np.linspace(0, len(looks) - 1, _LOOKS).round().astype(int)]
    here = np.linalg.inv(now.to_room)
    for side in (0, 1):
        hands = np.array([moved(here @ look.to_room, look.hands[side]) for look in chosen])
        if now.high(side) and np.ptp(hands[:, 0]) >= _GONE:
            scores[side] = _clearest_place(chosen, side)
    return scores


def _clearest_place(looks: Sequence[StickLook], side: int) -> float:
    """How much clearer a line to its place the clearest one is than half of them are, 0 to 1."""
    now = looks[-1]
    x, y = np.meshgrid(now.hands[side, 0] + _ASIDE_PX, now.floor + _FLOOR_PX)
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    clear = np.zeros((len(looks), len(places)))
    likely = np.arange(len(places))
    for k, look in enumerate(looks):
        there = moved(np.linalg.inv(look.to_room) @ now.to_room, places[likely])
        steep = _steep(there - look.hands[side])
        clear[k, likely[steep]] = _lines_to(look, side, there[steep])
        likely = likely[(clear[: k + 1, likely] < _FAINT).sum(axis=0) <= _MISSED]
    stands = np.sort(clear, axis=0)[_MISSED]
    return float(stands.max() - np.median(stands))


def _lines_to(look: StickLook, side: int, places: FloatArray) -> FloatArray:
    """How clear the line from a hand to each place is, light or dark, on half of it, (n,)."""
    if len(places) == 0:
        return np.zeros(0)
    hand = look.hands[side]
    way = places - hand
    x = hand[0] + _TOPS_PX[:, None] + way[:, 0, None, None] * _PART
    y = np.broadcast_to(hand[1] + way[:, 1, None, None] * _PART, x.shape)
    columns, rows = ((FINE * a.reshape(-1, len(_PART))).astype(np.float32) for a in (x, y))
    clear = np.zeros(len(places))
    for line in look.lines:
        found = cv2.remap(line, columns, rows, cv2.INTER_NEAREST)
        half = np.partition(found, len(_PART) // 2, axis=1)[:, len(_PART) // 2] / CLEAR
        clear = np.maximum(clear, half.reshape(len(places), -1).max(axis=1))
    return clear


def _steep(ways: FloatArray) -> npt.NDArray[np.bool_]:
    """Whether a stick may lean so, ways from hands to places, (n, 2)."""
    return np.asarray(np.abs(ways[:, 0]) <= _LEANS * np.maximum(ways[:, 1], 1.0))
