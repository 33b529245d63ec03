"""From planted feet to where each foot is at any time: no slide in stance, by construction.

In stance the foot turns about its heel while the toes are up and about its ball while the heel is
up (the toes stay flat), so the part that bears never moves. In swing the ankle follows a smooth
path that is raised wherever the sole would come near the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.gaits import LegStyle
from benchmarks.studio.person.vectors import SIGN, UP, Array, ease, forward, leftward

SOLE_CLEARANCE = 0.012
"""Least height of the sole in mid swing where the style's own lift is higher, share of height."""


@dataclass(frozen=True)
class Plant:
    """One foot standing in one place.

    Parameters
    ----------
    on_s, off_s : float
        Contact and lift-off, s; infinite at the ends of the script.
    x_m, z_m : float
        The place under the ankle.
    yaw : float
        Where the toes point, rad.
    style : LegStyle
        How the foot came there and rolls there.
    how : str
        "start", "walk", "turn", "side", "back", "march", "dance", "jump", "recover", or "placed"
        where the foot was set down while the body was in a posture (no swing leads there).
    """

    on_s: float
    off_s: float
    x_m: float
    z_m: float
    yaw: float
    style: LegStyle
    how: str


@dataclass(frozen=True)
class FootState:
    """Where a foot is, for n times.

    Parameters
    ----------
    ankle : ndarray, shape (n, 3)
    pitch, toe_bend, yaw : ndarray, shape (n,)
        Toes up is positive; `toe_bend` lifts the toes against the foot; rad.
    down : ndarray of bool, shape (n,)
        In stance.
    """

    ankle: Array
    pitch: Array
    toe_bend: Array
    yaw: Array
    down: Array


def about_pivot(build: Build, pitch: Array) -> Array:
    """Give the ankle ahead and up of its flat place for a foot tilted on heel or ball, m."""
    cos, sin = np.cos(pitch), np.sin(pitch)
    arm = np.where(pitch >= 0, build.heel_back, -build.ball_ahead)
    ahead = arm * cos - build.ankle * sin - arm
    up = arm * sin + build.ankle * cos
    return np.stack([ahead, up], -1)


def _stance_pitch(plant: Plant, t: Array) -> Array:
    style = plant.style
    stay = min(plant.off_s - plant.on_s, 1.0)
    landed = np.ones_like(t)
    if np.isfinite(plant.on_s):
        landed = ease((t - plant.on_s) / (0.16 * (stay if np.isfinite(plant.off_s) else 0.7)))
    leaving = np.zeros_like(t)
    if np.isfinite(plant.off_s):
        roll = 0.42 * stay if np.isfinite(plant.on_s) else 0.30
        leaving = np.clip((t - plant.off_s) / roll + 1.0, 0.0, 1.0) ** 1.7
    start = style.contact_pitch if np.isfinite(plant.on_s) else style.mid_pitch
    return (
        start + (style.mid_pitch - start) * landed + (style.off_pitch - style.mid_pitch) * leaving
    )


def _stance(build: Build, plant: Plant, t: Array) -> FootState:
    pitch = _stance_pitch(plant, t)
    move = about_pivot(build, pitch)
    ahead = forward(plant.yaw)
    ankle = np.array([plant.x_m, 0.0, plant.z_m]) + move[:, :1] * ahead + move[:, 1:] * UP
    return FootState(
        ankle, pitch, np.maximum(0.0, -pitch), np.full_like(t, plant.yaw), np.ones_like(t, bool)
    )


def lowest(build: Build, ankle: Array, pitch: Array, toe_bend: Array) -> Array:
    """Give the height of the lowest of heel, ball and toe, m."""
    cos, sin = np.cos(pitch), np.sin(pitch)
    base = ankle[..., 1] - build.ankle * cos
    heel = base - build.heel_back * sin
    ball = base + build.ball_ahead * sin
    toe = ball + (build.toe_ahead - build.ball_ahead) * np.sin(pitch + toe_bend)
    return np.asarray(np.minimum(np.minimum(heel, ball), toe))


def _swing(build: Build, side: int, before: Plant, after: Plant, t: Array) -> FootState:
    x = (t - before.off_s) / (after.on_s - before.off_s)
    left = _stance(build, before, np.array([before.off_s]))
    land = _stance(build, after, np.array([after.on_s]))
    style = after.style
    # A quintic-like Hermite curve: the foot leaves and lands with some speed along its way.
    along = (3 - 2 * x) * x**2 + 0.6 * (x**3 - 2 * x**2 + x) + 0.25 * (x**3 - x**2)
    travel = land.ankle[0] - left.ankle[0]
    length = float(np.hypot(travel[0], travel[2]))
    ankle = left.ankle[0] + along[:, None] * travel
    arch = np.sin(np.pi * x ** (np.log(0.5) / np.log(style.lift_peak)))
    lift = style.lift * build.height * min(1.0, 0.35 + length / (0.5 * build.height))
    ankle[:, 1] = left.ankle[0, 1] + travel[1] * ease(x) + 0.6 * lift * np.maximum(arch, 0) ** 1.3
    heading = 0.5 * (before.yaw + after.yaw)
    aside = leftward(heading) * SIGN[side] * style.circumduction + forward(heading) * style.reach
    ankle += (build.height * np.maximum(np.sin(np.pi * x), 0.0) ** 1.3)[:, None] * aside
    pitch = left.pitch * (1 - ease(x / 0.6)) + land.pitch * ease((x - 0.45) / 0.5)
    bend = left.toe_bend * (1 - ease(x / 0.35)) + land.toe_bend * ease((x - 0.6) / 0.4)
    clearance = min(SOLE_CLEARANCE, 0.8 * style.lift) * build.height * np.sin(np.pi * x)
    ankle[:, 1] += np.maximum(0.0, clearance - lowest(build, ankle, pitch, bend))
    yaw = before.yaw + (after.yaw - before.yaw) * ease(x)
    return FootState(ankle, pitch, bend, yaw, np.zeros_like(t, bool))


class FootTrack:
    """One foot over a whole script."""

    def __init__(self, build: Build, side: int, plants: Sequence[Plant]) -> None:
        self.build = build
        self.side = side
        self.plants = tuple(plants)
        self._edges = np.array([e for p in self.plants for e in (p.on_s, p.off_s)])
        if np.any(np.diff(self._edges) < 0):
            raise ValueError("a foot's contacts and lift-offs are out of order in time")

    def at(self, t_s: Array) -> FootState:
        """Give the foot at any times, shape (n,), s."""
        t = np.asarray(t_s, float)
        # Slot 2 i + 1 is the stance of plant i, slot 2 i + 2 the swing after it.
        slots = np.clip(np.searchsorted(self._edges, t, side="right"), 1, len(self._edges) - 1)
        n = len(t)
        out = FootState(np.empty((n, 3)), np.empty(n), np.empty(n), np.empty(n), np.empty(n, bool))
        for slot in np.unique(slots):
            here = slots == slot
            i = (slot - 1) // 2
            if slot % 2:
                part = _stance(self.build, self.plants[i], t[here])
            else:
                before, after = self.plants[i], self.plants[i + 1]
                part = _swing(self.build, self.side, before, after, t[here])
            for name in ("ankle", "pitch", "toe_bend", "yaw", "down"):
                getattr(out, name)[here] = getattr(part, name)
        return out

    def load_at(self, t_s: Array) -> Array:
        """Say whether the foot is in stance at each time."""
        slots = np.searchsorted(self._edges, np.asarray(t_s, float), side="right")
        return np.asarray(np.clip(slots, 1, len(self._edges) - 1) % 2 == 1)
