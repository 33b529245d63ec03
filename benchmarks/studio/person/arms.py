"""Arms that nobody and nothing holds: where palms go and elbows point, by a word.

Each style takes the trunk over time and gives palms and elbow poles (n, 2, 3) in the world; the
skeleton bends the arms to them. Angles are chosen by eye.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.vectors import SIGN, Array, rotate, unit, without

Arms = tuple[Array, Array]


@dataclass(frozen=True)
class Trunk:
    """What arms hang from, for n times.

    Parameters
    ----------
    build : Build
    t : ndarray, shape (n,)
        s.
    shoulders : ndarray, shape (n, 2, 3)
        m.
    hang, chest, pelvis_turn : ndarray, shape (n, 4)
        Turns of the upright body (for arms that hang), the chest and the pelvis.
    pelvis : ndarray, shape (n, 3)
    stride : ndarray, shape (n,)
        How far the right foot is before the left, share of height: drives the swing.
    swing : ndarray, shape (n,)
        rad for a stride of 0.36.
    """

    build: Build
    t: Array
    shoulders: Array
    hang: Array
    chest: Array
    pelvis: Array
    pelvis_turn: Array
    stride: Array
    swing: Array


def _angled(
    trunk: Trunk, flex: Array, abduct: Array, bend: Array, *, inward: float = 0.0, up: float = 0.0
) -> Arms:
    """Give arms by angles (n, 2) of shoulder and elbow, rad.

    The forearm bends forward, or towards the midline and up by `inward` and `up`.
    """
    n = len(trunk.t)
    flex, abduct, bend = (np.broadcast_to(a, (n, 2)) for a in (flex, abduct, bend))
    # The upper arm: swung forward by `flex`, then lifted sideways by `abduct`.
    down = np.stack(
        [SIGN * np.sin(abduct) * np.cos(flex), -np.cos(abduct) * np.cos(flex), np.sin(flex)], -1
    )
    toward = np.stack([-SIGN * inward, np.full(2, up), np.ones(2)], -1)
    fold = without(np.broadcast_to(toward, down.shape), unit(down))
    b = trunk.build
    elbow = b.upper_arm * down
    palm = elbow + b.forearm_to_palm * (
        down * np.cos(bend)[..., None] + fold * np.sin(bend)[..., None]
    )
    turn = trunk.hang[:, None]
    pole = elbow - palm * (b.upper_arm / (b.upper_arm + b.forearm_to_palm))
    pole = unit(pole - 1e-4 * fold)
    return trunk.shoulders + rotate(turn, palm), rotate(turn, pole)


def _swinging(trunk: Trunk, share: float = 1.0) -> Array:
    """Give the shoulder's flexion (n, 2): each arm goes with the other leg."""
    swing = SIGN * (trunk.stride * trunk.swing / 0.36)[:, None]
    return np.asarray(0.05 + share * np.clip(swing, -0.9, 0.9))


def _swing(trunk: Trunk) -> Arms:
    flex = _swinging(trunk)
    wide = 0.12 + 0.12 * (trunk.build.girth - 1)
    return _angled(trunk, flex, np.array(wide), 0.25 + 0.5 * np.maximum(flex, 0), inward=0.15)


def _guard(trunk: Trunk, *, share: float) -> Arms:
    """Raise the arms beside the body, hands up: the more, the higher."""
    flex = (1 - share) * _swinging(trunk) + share * 0.4
    wobble = 0.08 * np.sin(2 * np.pi * 0.9 * trunk.t)[:, None] * SIGN
    return _angled(
        trunk, flex, 0.15 + 1.0 * share + wobble, np.array(0.3 + 1.25 * share),
        inward=0.15, up=1.6 * share,
    )  # fmt: skip


def _balance(trunk: Trunk) -> Arms:
    """Hold the arms out to the sides, uneasily."""
    t = trunk.t[:, None]
    wobble = 0.16 * np.sin(2 * np.pi * 0.63 * t + np.array([0.0, 2.1])) + 0.10 * np.sin(
        2 * np.pi * 1.37 * t + np.array([1.0, 0.2])
    )
    return _angled(trunk, 0.15 + 0.4 * _swinging(trunk), 0.85 + wobble, 0.55 + 0.8 * wobble)


def _startled(trunk: Trunk) -> Arms:
    """Throw the arms forward and out."""
    return _angled(trunk, np.array(0.85), np.array(0.55), np.array(0.5))


def _bent(trunk: Trunk) -> Arms:
    """Keep the elbows bent at the sides."""
    return _angled(trunk, _swinging(trunk), np.array(0.18), np.array(1.25), inward=0.25)


def _hemiplegic(trunk: Trunk, *, side: int) -> Arms:
    """Bend one arm before the body, let the other swing."""
    free = _swing(trunk)
    held = _angled(trunk, np.array(0.12), np.array(0.16), np.array(1.75), inward=0.6, up=0.2)
    for one, other in zip(free, held, strict=True):
        one[:, side] = other[:, side]
    return free


def _reach(trunk: Trunk) -> Arms:
    """Stretch both arms out ahead."""
    wave = 0.06 * np.sin(2 * np.pi * 0.8 * trunk.t)[:, None] * SIGN
    return _angled(trunk, 1.2 + wave, np.array(0.25), np.array(0.25))


def _hover(trunk: Trunk) -> Arms:
    """Hold open arms low, ready to catch."""
    wave = 0.05 * np.sin(2 * np.pi * 0.6 * trunk.t)[:, None]
    return _angled(trunk, 0.62 + wave, np.array(0.38), np.array(0.55), inward=0.1)


def _up(trunk: Trunk) -> Arms:
    """Stretch both arms up."""
    return _angled(trunk, np.array(0.35), np.array(2.55), np.array(0.3))


def _clasped(trunk: Trunk, ahead: Array, down: Array, apart: Array) -> Arms:
    """Give hands before the chest: distances (n,) from the middle of the shoulders, m."""
    middle = trunk.shoulders.mean(1)
    n = len(trunk.t)
    local = np.stack(
        [
            SIGN * np.broadcast_to(apart, (n,))[:, None],
            np.broadcast_to(-np.broadcast_to(down, (n,))[:, None], (n, 2)),
            np.broadcast_to(np.broadcast_to(ahead, (n,))[:, None], (n, 2)),
        ],
        -1,
    )
    pole = np.stack([0.75 * SIGN, np.full(2, -0.8), np.full(2, -0.35)], -1)
    turn = trunk.chest[:, None]
    return middle[:, None] + rotate(turn, local), rotate(
        turn, np.broadcast_to(unit(pole), (n, 2, 3))
    )


def _carry(trunk: Trunk) -> Arms:
    """Carry something before the belly in both hands."""
    h = trunk.build.height
    return _clasped(trunk, np.array(0.19 * h), np.array(0.155 * h), np.array(0.075 * h))


def _clap(trunk: Trunk) -> Arms:
    h = trunk.build.height
    apart = (0.022 + 0.09 * np.abs(np.sin(np.pi * 2.6 * trunk.t))) * h
    return _clasped(trunk, np.array(0.20 * h), np.array(0.06 * h), apart)


def _type(trunk: Trunk) -> Arms:
    """Work at a keyboard before one."""
    h = trunk.build.height
    tap = 0.006 * h * np.sin(2 * np.pi * 3.1 * trunk.t)
    return _clasped(trunk, np.array(0.23 * h), 0.195 * h + tap, np.array(0.075 * h))


def _at_pelvis(trunk: Trunk, place: Array, pole: Array) -> Arms:
    """Give hands at the pelvis: `place` and `pole` (3,) for the left, m."""
    mirror = np.stack([place, place * np.array([-1, 1, 1])])
    poles = unit(np.stack([pole, pole * np.array([-1, 1, 1])]))
    n, turn = len(trunk.t), trunk.pelvis_turn[:, None]
    return (
        trunk.pelvis[:, None] + rotate(turn, np.broadcast_to(mirror, (n, 2, 3))),
        rotate(trunk.hang[:, None], np.broadcast_to(poles, (n, 2, 3))),
    )


def _half_hips(b: Build) -> float:
    """Half the width of the body at the hips, m."""
    return float(0.5 * b.hip_width + 0.052 * b.height * b.girth**0.5)


def _pockets(trunk: Trunk) -> Arms:
    b = trunk.build
    place = np.array([_half_hips(b) + 0.008 * b.height, -0.005 * b.height, 0.035 * b.height])
    return _at_pelvis(trunk, place, np.array([0.8, 0.1, -0.8]))


def _hips(trunk: Trunk) -> Arms:
    b = trunk.build
    place = np.array([_half_hips(b) + 0.005 * b.height, 0.085 * b.height, 0.03 * b.height])
    return _at_pelvis(trunk, place, np.array([1.0, 0.0, -0.35]))


def _behind(trunk: Trunk) -> Arms:
    """Clasp the hands behind the back."""
    b = trunk.build
    place = np.array([0.03 * b.height, 0.04 * b.height, -0.10 * b.height * b.girth])
    return _at_pelvis(trunk, place, np.array([1.0, 0.1, -0.6]))


def _dance(trunk: Trunk) -> Arms:
    t = trunk.t[:, None]
    beat = np.sin(2 * np.pi * 0.95 * t + np.array([0.0, np.pi]))
    slow = np.sin(2 * np.pi * 0.24 * t)
    return _angled(
        trunk, 0.7 + 0.5 * beat, 0.6 + 0.35 * slow + 0.2 * beat, 1.2 - 0.4 * slow, up=1.2
    )


STYLES: dict[str, Callable[[Trunk], Arms]] = {
    "swing": _swing,
    "high_guard": lambda trunk: _guard(trunk, share=0.85),
    "half_guard": lambda trunk: _guard(trunk, share=0.38),
    "balance": _balance,
    "startled": _startled,
    "bent": _bent,
    "hemiplegic_left": lambda trunk: _hemiplegic(trunk, side=0),
    "hemiplegic_right": lambda trunk: _hemiplegic(trunk, side=1),
    "reach": _reach,
    "hover": _hover,
    "up": _up,
    "carry": _carry,
    "clap": _clap,
    "type": _type,
    "pockets": _pockets,
    "hips": _hips,
    "behind": _behind,
    "dance": _dance,
}
"""Arm styles by word."""
