"""The whole body over time as arrays, and blending two of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from benchmarks.studio.person.vectors import Array, mix_quat, unit


@dataclass
class BodyState:
    """Trunk and legs for n times; index 0 of a pair is left, 1 right.

    Parameters
    ----------
    pelvis : ndarray, shape (n, 3)
        Middle of the hips, m.
    pelvis_turn, chest_turn, head_turn : ndarray, shape (n, 4)
        Quaternions.
    ankles : ndarray, shape (n, 2, 3)
    foot_turns : ndarray, shape (n, 2, 4)
    toe_bend : ndarray, shape (n, 2)
        rad.
    knee_poles : ndarray, shape (n, 2, 3)
        Where each knee points.
    """

    pelvis: Array
    pelvis_turn: Array
    chest_turn: Array
    head_turn: Array
    ankles: Array
    foot_turns: Array
    toe_bend: Array
    knee_poles: Array

    def __getitem__(self, where: slice | Array) -> BodyState:
        return BodyState(*(getattr(self, f.name)[where] for f in fields(self)))

    def __setitem__(self, where: slice | Array, part: BodyState) -> None:
        for f in fields(self):
            getattr(self, f.name)[where] = getattr(part, f.name)


def blend(a: BodyState, b: BodyState, w: Array) -> BodyState:
    """Go from `a` (w = 0) to `b` (w = 1); `w` has shape (n,)."""
    one, two, three = w[:, None], w[:, None, None], w[:, None, None]

    def line(name: str, weight: Array) -> Array:
        return np.asarray(getattr(a, name) * (1 - weight) + getattr(b, name) * weight)

    return BodyState(
        pelvis=line("pelvis", one),
        pelvis_turn=mix_quat(a.pelvis_turn, b.pelvis_turn, one),
        chest_turn=mix_quat(a.chest_turn, b.chest_turn, one),
        head_turn=mix_quat(a.head_turn, b.head_turn, one),
        ankles=line("ankles", two),
        foot_turns=mix_quat(a.foot_turns, b.foot_turns, three),
        toe_bend=line("toe_bend", one),
        knee_poles=unit(line("knee_poles", two)),
    )


@dataclass(frozen=True)
class Palms:
    """Where a posture puts the hands, for n times.

    Parameters
    ----------
    places : ndarray, shape (n, 2, 3)
        Middle of each palm, m.
    poles : ndarray, shape (n, 2, 3)
        Where each elbow points.
    weight : ndarray, shape (n,)
        0 where the arms go their own way.
    """

    places: Array
    poles: Array
    weight: Array


def no_palms(n: int) -> Palms:
    """Give hands that no posture holds."""
    return Palms(np.zeros((n, 2, 3)), np.tile([0.0, -1.0, 0.0], (n, 2, 1)), np.zeros(n))
