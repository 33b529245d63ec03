"""Body postures that no footsteps make: sitting, squatting, kneeling, carried.

A posture is told in a frame that stands on the floor (or rides on another body): `left`, `up` and
`ahead` of a place and heading, in m. Postures whose `feet` is None leave the feet where footsteps
put them. Lengths are shares of the person's own segments, chosen by eye.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.state import BodyState, Palms, no_palms
from benchmarks.studio.person.vectors import (
    SIGN,
    Array,
    euler,
    quat_multiply,
    quat_yaw,
    rotate,
    unit,
)

Frame = Callable[[Array], tuple[Array, Array]]
"""Times (n,) to places (n, 3) and headings (n,)."""


def fixed_frame(place: Array, yaw: float) -> Frame:
    """Give a frame that stays."""

    def frame(t: Array) -> tuple[Array, Array]:
        return np.tile(place, (len(t), 1)), np.full(len(t), yaw)

    return frame


@dataclass(frozen=True)
class Feet:
    """Feet in a posture's frame: ankles and knees' ways (2, 3), turns (2, 4)."""

    ankles: Array
    turns: Array
    poles: Array
    toe_bend: float = 0.0


@dataclass(frozen=True)
class Posture:
    """One posture at one place; see the module's text.

    Parameters
    ----------
    frame : Frame
    pelvis : ndarray, shape (3,)
        Left, up, ahead, m.
    turn, chest, head : ndarray, shape (4,)
        Turns of pelvis, chest and head in the frame.
    feet : Feet or None
    palms, elbows : ndarray, shape (2, 3), or None
        Places of the palms and where the elbows point; None leaves the arms free.
    rhythm : callable or None
        Times to (palms' and ankles' further offsets (n, 2, 3) each): crawling.
    """

    frame: Frame
    pelvis: Array
    turn: Array
    chest: Array
    head: Array
    feet: Feet | None = None
    palms: Array | None = None
    elbows: Array | None = None
    rhythm: Callable[[Array], tuple[Array, Array]] | None = None

    def state(self, t: Array, walking: BodyState) -> BodyState:
        """Give the body at times (n,); feet left alone come from `walking`."""
        place, yaw = self.frame(t)
        turn = quat_yaw(yaw)
        n = len(t)

        def there(local: Array) -> Array:
            if local.ndim == 1:
                return np.asarray(place + rotate(turn, np.tile(local, (n, 1))))
            return np.asarray(
                place[:, None] + rotate(turn[:, None], np.broadcast_to(local, (n, 2, 3)))
            )

        def turned(q: Array) -> Array:
            if q.ndim == 1:
                return quat_multiply(turn, np.tile(q, (n, 1)))
            return quat_multiply(np.repeat(turn[:, None], 2, 1), np.tile(q, (n, 1, 1)))

        out = BodyState(
            pelvis=there(self.pelvis),
            pelvis_turn=turned(self.turn),
            chest_turn=turned(self.chest),
            head_turn=turned(self.head),
            ankles=walking.ankles,
            foot_turns=walking.foot_turns,
            toe_bend=walking.toe_bend,
            knee_poles=walking.knee_poles,
        )
        if self.feet is not None:
            ankles = self.feet.ankles
            if self.rhythm is not None:
                ankles = ankles + self.rhythm(t)[1]
            out = replace(
                out,
                ankles=there(ankles),
                foot_turns=turned(self.feet.turns),
                toe_bend=np.full((n, 2), self.feet.toe_bend),
                knee_poles=rotate(turn[:, None], np.broadcast_to(unit(self.feet.poles), (n, 2, 3))),
            )
        return out

    def hands(self, t: Array) -> Palms:
        """Give where the posture puts the hands at times (n,)."""
        n = len(t)
        if self.palms is None or self.elbows is None:
            return no_palms(n)
        place, yaw = self.frame(t)
        turn = quat_yaw(yaw)[:, None]
        palms = self.palms if self.rhythm is None else self.palms + self.rhythm(t)[0]
        return Palms(
            place[:, None] + rotate(turn, np.broadcast_to(palms, (n, 2, 3))),
            rotate(turn, np.broadcast_to(unit(self.elbows), (n, 2, 3))),
            np.ones(n),
        )


def pair(left: float, up: float, ahead: float) -> Array:
    """Give a place for the left side and its mirror image for the right, shape (2, 3)."""
    return np.array([[left, up, ahead], [-left, up, ahead]])


def both(q: Array) -> Array:
    """Give the same turn for both sides, shape (2, 4)."""
    return np.tile(q, (2, 1))


def tilted_foot(pitch: float, roll: float = 0.0) -> Array:
    """Give a foot's turn, shape (2, 4); toes up is positive (the opposite of nodding)."""
    return both(euler(0.0, -pitch, roll))


def seated(
    build: Build, frame: Frame, *, seat_m: float, back_m: float, hands_free: bool, lean: float
) -> Posture:
    """Sit on a seat behind one's feet, hands on the thighs."""
    b = build
    up = seat_m + 0.075 * b.height * b.girth**0.5
    palms = pair(0.62 * b.hip_width, up + 0.060 * b.height * b.girth**0.4, 0.62 * b.thigh - back_m)
    return Posture(
        frame,
        pelvis=np.array([0.0, up, -back_m]),
        turn=euler(0.0, 0.35 * lean),
        chest=euler(0.0, lean),
        head=euler(0.0, 0.3 * lean),
        palms=None if hands_free else palms,
        elbows=pair(0.6, -0.5, -0.7),
    )


def squatting(build: Build, frame: Frame, *, depth: float = 0.45, lean: float = 0.75) -> Posture:
    """Half way between the floor and standing, feet on their places."""
    up = build.ankle + build.leg * (1 - depth)
    back = 0.22 * build.leg * depth / 0.45
    return Posture(
        frame,
        pelvis=np.array([0.0, up, -back]),
        turn=euler(0.0, 0.5 * lean),
        chest=euler(0.0, lean),
        head=euler(0.0, 0.4 * lean),
    )


def sinking(build: Build, frame: Frame, *, drop_m: float) -> Posture:
    """Knees give way while somebody holds the trunk."""
    up = build.ankle + 0.97 * build.leg - drop_m
    return Posture(
        frame,
        pelvis=np.array([0.0, up, 0.10 * drop_m]),
        turn=euler(0.0, 0.22),
        chest=euler(0.0, 0.30),
        head=euler(0.0, 0.35),
    )


def kneeling(build: Build, frame: Frame) -> Posture:
    """Kneel upright on both knees, toes tucked under."""
    b = build
    ankle_up, pitch = 0.078 * b.height, -1.25
    reach = np.sqrt(max(b.shank**2 - (ankle_up - b.knee_radius) ** 2, 0.0))
    back = -0.02 * b.height
    ankles = pair(0.5 * b.hip_width, ankle_up, back)
    return Posture(
        frame,
        pelvis=np.array([0.0, b.knee_radius + 0.985 * b.thigh, back + reach]),
        turn=euler(0.0, 0.02),
        chest=euler(0.0, 0.06),
        head=euler(0.0, 0.05),
        feet=Feet(ankles, tilted_foot(pitch), pair(0.0, -0.35, 1.0), -pitch),
    )


def in_arms(build: Build, frame: Frame) -> Posture:
    """Be carried, the frame being where the pelvis is; legs bent about the carrier's waist."""
    b = build
    half = SIGN * 1.0
    ankles = np.array([[s * 0.155 * b.height, -0.62 * b.leg, 0.30 * b.leg] for s in half])
    turns = np.stack([euler(0.0, 0.55, 0.0)] * 2)
    palms = np.array([[s * 0.07 * b.height, 0.92 * b.trunk, 0.24 * b.height] for s in half])
    return Posture(
        frame,
        np.zeros(3),
        euler(0.0, 0.05),
        euler(0.0, 0.12),
        euler(0.0, 0.05),
        Feet(ankles, turns, np.array([[s * 1.0, 0.2, 0.9] for s in half])),
        palms,
        np.array([[s * 0.8, -0.7, 0.1] for s in half]),
    )
