"""The clearest line on which a hand has gone, in the pictures of the last second.

A line past the hand in the latest patch is looked for in the earlier ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.backdrop import floor_ends, mere_border
from gaitcheck.people.lines import ALONG_PX, SLOPES_RAD, moved, strengths, through
from gaitcheck.people.order import behind_body
from gaitcheck.people.patches import Look

FloatArray = npt.NDArray[np.floating[Any]]

_BOTH_PX: Final = np.stack([ALONG_PX, -ALONG_PX])
"""Columns from the hand, to both sides."""
_REACH_PX: Final = np.arange(-8.0, 8.5)
"""Rows from the hand: error of its landmark, thickness of what is held."""
_HIDDEN_REACH_PX: Final = np.arange(-12.0, 12.5)
"""The same of hidden hands, whose landmarks are guessed (looked for as near as seen ones, hands on
low tables are at nothing, rendered; with 14 px one free step of 150 more stays open)."""
_HIDDEN_STRAYS_PX: Final = 5.0
"""From here on a landmark strays as hidden ones do."""
_WALL_PX: Final = np.arange(-22.0, -1.5)
"""Rows from the lower foot: there a wall within an arm's reach meets the floor."""
_NOTHING: Final = 0.02
"""Less than this is the camera's noise."""
_EVERY_S: Final = 0.21
"""So often in the time of the looks the line is looked for."""
_SHARE: Final = 0.7
"""Share of that time: landmarks jump, and others cover the line."""
_OFF: Final = 0.55
"""A hand that was on the line for less of it has left it (rendered hands at rails whose landmarks
jump: 0.55 and more)."""
_LEAST_LOOKS: Final = 3
_FAR: Final = 0.7
"""Share that a line loses where the floor ends: now and then a rail is before the foot of a wall.
"""
_APART: Final = 0.95
"""The same where it is a mere border far behind: no rail is."""
_BEHIND: Final = 0.85
"""Share that it loses where the body hides it."""
_LIKELY: Final = 16
"""So many lines, the clearest, are looked at for both."""
_TURNS_S: Final = 0.4
"""Least time in which the way of a hand shows."""
_TURNED_RAD: Final = 0.6
"""Most that the hand's way is known to lie off that of the trunk in the picture."""
_DEEP_ALONG_PX: Final = np.arange(4.0, 18.0, 0.6)
"""Columns outwards from a hand: bars may begin or end just there."""
_DEEP_SLOPES_RAD: Final = np.radians(np.arange(-24.0, 24.5, 3.0))
"""Directions: where the way vanishes is known so far."""
_NO_BORDER: Final = 0.04
"""Weaker than this on the own body, nothing is before it: clothes have borders too."""
_TOLD: Final = 0.5
"""Share of the lines past the hand that must be seen to say that there is none."""


def rail(looks: Sequence[Look], side: int, *, deep: bool = False, straight: bool = False) -> float:
    """Strength of the clearest line that a hand has kept to; NaN where too little is seen."""
    now = looks[-1]
    here = now.from_room
    hands = moved(here, np.array([look.hands[side] for look in looks]))
    slopes_rad = _DEEP_SLOPES_RAD if deep else SLOPES_RAD + _turned(looks, hands)
    hidden = now.strays_px[side] > _HIDDEN_STRAYS_PX
    rows = _HIDDEN_REACH_PX if hidden else _REACH_PX
    lines = through(hands[-1], rows=rows, slopes_rad=slopes_rad)
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
        there = looks[k].from_room @ now.to_room
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
    # What is weaker than the clearest one at its worst cannot be the clearest in the end.
    least = (1 - _APART) * (1 - _BEHIND if now.near == side else 1.0)
    likely = likely[clear[likely] >= least * clear[likely[0]]]
    lines, clear, often = lines[likely], clear[likely], often[likely]
    some, x = [looks[k] for k in chosen[::2]], hands[chosen[::2], 0]
    clear = clear * (1 - _far_behind(some, lines, now.to_room, x=x))
    if now.near == side:
        clear = clear * (1 - _BEHIND * _behind_body(some, lines, now.to_room, x=x, beside=often))
    return float(clear.max())


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
    here = looks[-1].from_room
    middle = moved(here, np.array([look.middle for look in looks]))
    size = np.array([look.size for look in looks])
    place = np.median((hands - middle) / size[:, None], axis=0)
    time_s = time_s - time_s.mean()
    x, y = time_s @ (middle + place * size[:, None])
    return float(np.clip(math.atan2(y * np.sign(x), abs(x)), -_TURNED_RAD, _TURNED_RAD))


def _far_behind(
    looks: Sequence[Look], lines: FloatArray, to_room: FloatArray, *, x: FloatArray
) -> FloatArray:
    """Say how much lines of the latest patch lose as they seem to be far behind the hand, (n,)."""
    here = [(look, look.from_room @ to_room, float(at)) for look, at in zip(looks, x, strict=True)]
    ends, far = np.median(
        [
            floor_ends(look.steps, there, lines, x=at, feet_px=float(look.feet[:, 1].max()))
            for look, there, at in here
        ],
        axis=0,
    )
    apart = far > 0
    if apart.any():
        borders = [mere_border(look.borders, there, lines[apart], x=at) for look, there, at in here]
        far[apart] *= np.median(borders, axis=0)
    return np.asarray(np.maximum(_FAR * ends, _APART * far))


def _behind_body(
    looks: Sequence[Look],
    lines: FloatArray,
    to_room: FloatArray,
    *,
    x: FloatArray,
    beside: FloatArray,
) -> FloatArray:
    """Say how far the body hides lines of the latest patch in the middle one of looks, (n,)."""
    behind = [
        behind_body(look.on_body, look.from_room @ to_room, lines, x=float(at), beside=beside)
        if look.on_body is not None
        else np.zeros(len(lines))
        for look, at in zip(looks, x, strict=True)
    ]
    return np.asarray(np.median(behind, axis=0))


def _every(looks: Sequence[Look]) -> list[int]:
    """Choose looks some time apart, the latest first."""
    chosen = [len(looks) - 1]
    for k in range(len(looks) - 2, -1, -1):
        if looks[chosen[-1]].time_s - looks[k].time_s >= _EVERY_S - 1e-6:
            chosen.append(k)
    return chosen
