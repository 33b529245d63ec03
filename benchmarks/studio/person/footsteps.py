"""Where and when feet land: walking, turning, marching, jumping, following another person.

A `Planner` holds both feet's plants, the clock and the body's place, and adds to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.feet import Plant
from benchmarks.studio.person.gaits import Gait, LegStyle
from benchmarks.studio.person.vectors import SIDES, SIGN, Array, forward, leftward

LEFT_FOOT, RIGHT_FOOT = 0, 1
FIRST_STEP = 0.6
"""The first step from standing, share of a full step."""
LIFT_IN_PLACE = 0.6 * 0.35
"""Of a style's lift, what a swing without travel comes to (see `feet`)."""


def wrap(angle: float) -> float:
    """Bring an angle to [-pi, pi)."""
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


class Planner:
    """Footsteps of one person, one after another.

    Parameters
    ----------
    build : Build
    x_m, z_m, yaw : float
        Place between the feet and heading at the start.
    seed : int
        Of all irregularity.
    """

    def __init__(
        self, build: Build, *, x_m: float, z_m: float, yaw: float, seed: int, gait: Gait
    ) -> None:
        self.build = build
        self.now_s = 0.0
        self.centre = np.array([x_m, 0.0, z_m])
        self.yaw = yaw
        self.rng = np.random.default_rng([seed, 13])
        self.last = RIGHT_FOOT
        self.plants: tuple[list[Plant], list[Plant]] = ([], [])
        self.stand_here(gait, -np.inf, how="start")

    # -- places ---------------------------------------------------------------------------------

    def stand_here(self, gait: Gait, at_s: float, *, how: str) -> None:
        """Put both feet beside each other at the body's place, with no swing."""
        for side in (LEFT_FOOT, RIGHT_FOOT):
            x, z, yaw = self._spot(side, gait, width=max(abs(gait.width), 0.7))
            if self.plants[side]:
                self.plants[side][-1] = replace(self.plants[side][-1], off_s=at_s)
            style = self._style(gait, side)
            self.plants[side].append(Plant(at_s, np.inf, x, z, yaw, style, how))

    def _style(self, gait: Gait, side: int) -> LegStyle:
        return (gait.left, gait.right)[side]

    def _spot(
        self, side: int, gait: Gait, *, width: float | None = None, ahead_m: float = 0.0
    ) -> tuple[float, float, float]:
        """Give where a foot stands beside the body's place: x, z, yaw."""
        width = gait.width if width is None else width
        out = SIGN[side] * 0.5 * width * self.build.hip_width
        place = self.centre + leftward(self.yaw) * out + forward(self.yaw) * ahead_m
        return float(place[0]), float(place[2]), self.yaw + SIGN[side] * gait.toe_out

    def _add(
        self, side: int, spot: tuple[float, float, float], style: LegStyle, how: str, *,
        off_s: float, on_s: float,
    ) -> None:  # fmt: skip
        track = self.plants[side]
        before = track[-1]
        # Toes may only leave after they have landed.
        off_s = max(off_s, before.on_s + 0.02) if np.isfinite(before.on_s) else off_s
        x, z, yaw = spot
        yaw = before.yaw + wrap(yaw - before.yaw)
        # How the foot rolls off belongs to the gait that takes the next step.
        rolling = replace(before.style, off_pitch=style.off_pitch)
        track[-1] = replace(before, off_s=off_s, style=rolling)
        track.append(Plant(on_s, np.inf, x, z, yaw, style, how))
        self.last = side

    def _step(
        self, side: int, gait: Gait, spot: tuple[float, float, float], how: str, *,
        step_s: float, style: LegStyle | None = None, irregular: bool = True,
    ) -> None:  # fmt: skip
        style = style or self._style(gait, side)
        if irregular:
            step_s *= float(np.clip(1 + self.rng.normal(0, gait.time_spread), 0.6, 1.8))
        off_s = self.now_s + gait.double_support * step_s
        on_s = off_s + (1 - gait.double_support) * step_s * style.swing_share
        self._add(side, spot, style, how, off_s=off_s, on_s=on_s)
        self.now_s = on_s

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds

    # -- ways of stepping -----------------------------------------------------------------------

    def walk(
        self,
        gait: Gait,
        *,
        steps: int,
        step_m: float,
        cadence_spm: float,
        turn: float = 0.0,
        first: int | None = None,
        close: bool = True,
        backward: bool = False,
    ) -> None:
        """Walk `steps` steps, turning by `turn` rad on the way; the last closes the feet."""
        side = 1 - self.last if first is None else first
        way = -1.0 if backward else 1.0
        for i in range(steps):
            closing = close and i == steps - 1 and steps > 1
            style = self._style(gait, side)
            if backward:
                style = replace(style, contact_pitch=-0.22, off_pitch=-0.10)
            length = 0.0 if closing else step_m * (FIRST_STEP if i == 0 and close else 1.0)
            length *= style.length
            noise = 0.0 if closing else self.rng.normal(0, gait.length_spread)
            length *= float(np.clip(1 + noise, 0.3, 1.7))
            self.yaw += turn / (2 * steps)
            self.centre = self.centre + way * length * forward(self.yaw)
            self.yaw += turn / (2 * steps)
            width = gait.width + self.rng.normal(0, gait.width_spread)
            if closing or length < 0.17 * self.build.height:
                # A short step lands beside the other foot, not in it.
                width = max(width, 0.8 if gait.width > 0.7 else 1.0)
            how = "back" if backward else "walk"
            self._step(
                side, gait, self._spot(side, gait, width=width), how,
                step_s=60 / cadence_spm, style=style,
            )  # fmt: skip
            if i < steps - 1 and self.rng.random() < gait.stop_chance:
                self.wait(gait.stop_s * self.rng.uniform(0.6, 1.5))
            side = 1 - side

    def sidestep(
        self, gait: Gait, *, steps: int, step_m: float, cadence_spm: float, way: int
    ) -> None:
        """Step sideways: the leading foot goes out, the other follows. `way` is +1 to the left."""
        lead = LEFT_FOOT if way > 0 else RIGHT_FOOT
        for i in range(steps):
            if i % 2 == 0:
                length = step_m * float(np.clip(1 + self.rng.normal(0, gait.length_spread), 0.4, 2))
                self.centre = self.centre + way * length * leftward(self.yaw)
            side = lead if i % 2 == 0 else 1 - lead
            spot = self._spot(side, gait, ahead_m=self.rng.normal(0, 0.01) * self.build.height)
            self._step(side, gait, spot, "side", step_s=60 / cadence_spm)

    def turn(self, gait: Gait, *, angle: float, steps: int | None, cadence_spm: float) -> None:
        """Turn on the spot: the inner foot opens, the outer foot comes beside it.

        The outer foot never leads far: toes would tread on toes. It closes the turn; with an odd
        number of steps it also begins it.
        """
        inner = LEFT_FOOT if angle > 0 else RIGHT_FOOT
        busy = self.plants[self.last][-1].on_s > self.now_s - 0.8
        if steps is None:
            steps = 2 * int(np.ceil(abs(angle) / 1.05))
            steps += int(busy and self.last == inner)
        side = inner if steps % 2 == 0 else 1 - inner
        if busy and self.last == side:
            self.wait(0.35)
        begin = np.sign(angle) * min(0.3, abs(angle) / 4) if steps % 2 else 0.0
        opening = (angle - begin) / (steps // 2)
        width = max(abs(gait.width), 1.3 + 0.5 * max(0.0, abs(opening) - 1.0))
        for i in range(steps):
            self.yaw += opening if side == inner else begin if i == 0 else 0.0
            spot = self._spot(
                side, gait, width=width + 0.5 * abs(self.rng.normal(0, gait.width_spread))
            )
            style = self._shuffling(gait, side)
            self._step(side, gait, spot, "turn", step_s=60 / cadence_spm, style=style)
            side = 1 - side

    def _shuffling(self, gait: Gait, side: int) -> LegStyle:
        """Give the style of small steps: no heel strike, little roll."""
        style = self._style(gait, side)
        return replace(
            style, contact_pitch=min(style.contact_pitch, 0.05), off_pitch=0.5 * style.off_pitch
        )

    def march(self, gait: Gait, *, steps: int, cadence_spm: float, lift: float) -> None:
        """Lift the feet one after the other and put them down where they were.

        `lift` is how high the ankle rises, share of height.
        """
        for _ in range(steps):
            side = 1 - self.last
            style = replace(
                self._style(gait, side), contact_pitch=-0.12, off_pitch=-0.3,
                lift=lift / LIFT_IN_PLACE,
                reach=0.7 * lift,
            )  # fmt: skip
            spot = self._spot(side, gait, width=max(abs(gait.width), 0.9))
            self._step(side, gait, spot, "march", step_s=60 / cadence_spm, style=style)

    def dance(self, gait: Gait, *, seconds: float, cadence_spm: float) -> None:
        """Rock from foot to foot about one place."""
        home, end_s = self.centre, self.now_s + seconds
        while self.now_s + 60 / cadence_spm < end_s:
            side = 1 - self.last
            style = replace(
                self._style(gait, side), contact_pitch=-0.15, off_pitch=-0.35, lift=0.35
            )
            out = SIGN[side] * self.rng.uniform(0.0, 0.05) * self.build.height
            ahead = self.rng.normal(0, 0.02) * self.build.height
            self.centre = home + leftward(self.yaw) * out + forward(self.yaw) * ahead
            spot = self._spot(side, gait, width=1.5)
            self._step(side, gait, spot, "dance", step_s=60 / cadence_spm, style=style)
        self.centre = home
        self.now_s = end_s

    def jump(self, gait: Gait, *, crouch_s: float, flight_s: float) -> None:
        """Leave the floor with both feet at once and land on both."""
        off_s = self.now_s + crouch_s
        rise = 9.81 * flight_s**2 / 8  # how high a body flies that is in the air so long
        for side in (LEFT_FOOT, RIGHT_FOOT):
            style = replace(
                self._style(gait, side), contact_pitch=-0.35, off_pitch=-0.8, circumduction=0.0,
                lift=rise / self.build.height / LIFT_IN_PLACE,
            )  # fmt: skip
            spot = self._spot(side, gait, width=1.0)
            self._add(side, spot, style, "jump", off_s=off_s, on_s=off_s + flight_s)
        self.now_s = off_s + flight_s + crouch_s

    def stumble(self, gait: Gait) -> None:
        """Catch oneself with a long quick step, then two more."""
        for k, (length, step_s) in enumerate(((0.34, 0.30), (0.22, 0.34), (0.0, 0.5))):
            side = 1 - self.last
            style = replace(self._style(gait, side), contact_pitch=0.0, off_pitch=-0.5, lift=0.05)
            self.centre = self.centre + length * self.build.height * forward(self.yaw)
            width = max(abs(gait.width), 1.0) + (0.5, 0.3, 0.0)[k]
            spot = self._spot(side, gait, width=width)
            self._step(side, gait, spot, "recover", step_s=step_s, style=style, irregular=False)

    def follow(
        self,
        gait: Gait,
        *,
        path: Callable[[float], tuple[Array, float]],
        until_s: float,
        cadence_spm: float,
    ) -> None:
        """Step wherever the feet must go to stay on a path over time.

        Parameters
        ----------
        path : callable
            Time (s) to the body's place (3,) on the floor and heading (rad).
        until_s : float
            No step begins that would land later.
        """
        step_s = 60 / cadence_spm
        while self.now_s + step_s <= until_s:
            ahead_s = self.now_s + step_s
            self.centre, yaw = path(min(ahead_s + 0.5 * step_s, until_s))
            self.yaw += wrap(yaw - self.yaw)
            side = 1 - self.last
            width = max(0.9, gait.width)
            needs = [self._off(s, self._spot(s, gait, width=width)) for s in (0, 1)]
            if max(needs) < 0.045:
                self.wait(0.25 * step_s)
                continue
            if needs[side] < 0.02:
                side = 1 - side
            style = self._style(gait, side)
            place = self.plants[side][-1]
            travel = self.centre - np.array([place.x_m, 0, place.z_m])
            how = "back" if travel @ forward(self.yaw) < -0.1 * self.build.height else "walk"
            if how == "back":
                style = replace(style, contact_pitch=-0.22, off_pitch=-0.10)
            spot = self._spot(side, gait, width=width)
            self._step(side, gait, spot, how, step_s=step_s, style=style, irregular=False)
        self.now_s = max(self.now_s, until_s)

    def _off(self, side: int, spot: tuple[float, float, float]) -> float:
        """How far a foot is from a place: shares of height, a turn of 1 rad counting as 0.15."""
        place = self.plants[side][-1]
        apart = np.hypot(spot[0] - place.x_m, spot[1] - place.z_m) / self.build.height
        return float(apart + 0.15 * abs(wrap(spot[2] - place.yaw)))


def side_index(word: str) -> int:
    """Give 0 for "left" and 1 for "right"."""
    return SIDES.index(word)
