"""Words of a script for people on their feet: standing, walking, turning, jumping, following."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.studio.actor import PostureSpan
from benchmarks.studio.person import postures as body
from benchmarks.studio.person.footsteps import FIRST_STEP, side_index, wrap
from benchmarks.studio.person.plan import Leader, ScriptError, Span
from benchmarks.studio.person.reader import Reader
from benchmarks.studio.person.vectors import Array, forward, leftward

PAUSE_S = 1.0
"""Who follows somebody and has both feet at rest for so long meanwhile stands, s."""


class Upright(Reader):
    """Each method is a word; its parameters are the entry's keys."""

    def do_stand(self, seconds: float, *, gait: str | None = None, sway: float = 1.0) -> None:
        self._upright("stand")
        since = self.now_s
        style = self._gait(gait)
        arms = "half_guard" if style.arms == "high_guard" else None
        self._carry(style, lean=0.5 * style.lean, arms=arms, unrest=sway)
        self.planner.wait(seconds)
        self._label("standing", since)

    def do_walk(
        self,
        steps: int | None = None,
        *,
        distance_m: float | None = None,
        to: Sequence[float] | None = None,
        gait: str | None = None,
        direction: str = "forward",
        turn_deg: float = 0.0,
        step_m: float | None = None,
        cadence_spm: float | None = None,
        first: str | None = None,
        close: bool = True,
    ) -> None:
        self._upright("walk")
        if sum(x is not None for x in (steps, distance_m, to)) != 1:
            raise ScriptError("a walk needs exactly one of steps, distance_m and to")
        style = self._gait(gait)
        length = step_m or style.step * self.build.height
        cadence = cadence_spm or style.cadence_spm
        if to is not None:
            aim = np.array([to[0], 0.0, to[1]]) - self.planner.centre
            distance_m = float(np.hypot(aim[0], aim[2]))
            if direction in ("forward", "backward"):
                flip = np.pi if direction == "backward" else 0.0
                self.planner.yaw += wrap(np.arctan2(aim[0], aim[2]) + flip - self.planner.yaw)
        since = self.now_s
        self._carry(style)
        if direction in ("left", "right"):
            count = steps or 2 * max(1, round((distance_m or 0.0) / length))
            if distance_m is not None:
                length = distance_m / (count / 2)
            self.planner.sidestep(
                style, steps=count, step_m=length, cadence_spm=cadence,
                way=1 if direction == "left" else -1,
            )  # fmt: skip
        elif direction in ("forward", "backward"):
            if direction == "backward" and step_m is None:
                length *= 0.6
            if distance_m is not None:
                extra = 2 - FIRST_STEP if close else 0.0
                steps = max(2, round(distance_m / length + extra))
                length = distance_m / (steps - extra)
            self.planner.walk(
                style, steps=steps or 0, step_m=length, cadence_spm=cadence,
                turn=np.radians(turn_deg), first=None if first is None else side_index(first),
                close=close, backward=direction == "backward",
            )  # fmt: skip
        else:
            raise ScriptError(f"no direction '{direction}'; forward, backward, left or right")
        self._label("walking", since)

    def do_turn(
        self,
        deg: float | None = None,
        *,
        to: Sequence[float] | None = None,
        steps: int | None = None,
        gait: str | None = None,
        cadence_spm: float | None = None,
    ) -> None:
        self._upright("turn")
        if (deg is None) == (to is None):
            raise ScriptError("a turn needs either deg or to")
        style = self._gait(gait)
        if to is not None:
            aim = np.array([to[0], 0.0, to[1]]) - self.planner.centre
            angle = wrap(np.arctan2(aim[0], aim[2]) - self.planner.yaw)
        else:
            angle = np.radians(float(deg or 0.0))
        if steps is not None and steps < 2:
            raise ScriptError("a turn takes at least 2 steps")
        since = self.now_s
        self._carry(style)
        cadence = cadence_spm or style.cadence_spm
        self.planner.turn(style, angle=angle, steps=steps, cadence_spm=cadence)
        self._label("walking", since)

    def do_march(
        self,
        steps: int,
        *,
        gait: str | None = None,
        cadence_spm: float | None = None,
        lift: float = 0.2,
    ) -> None:
        self._upright("march")
        style = self._gait(gait)
        since = self.now_s
        self._carry(style, arms="swing")
        self.planner.march(
            style, steps=steps, cadence_spm=cadence_spm or style.cadence_spm, lift=lift
        )
        self._label("standing", since)

    def do_dance(self, seconds: float, *, cadence_spm: float = 116.0) -> None:
        self._upright("dance")
        since = self.now_s
        self._carry(self.usual, arms="dance")
        self.planner.dance(self.usual, seconds=seconds, cadence_spm=cadence_spm)
        self._label("standing", since)

    def do_jump(self, times: int = 1, *, flight_s: float = 0.28) -> None:
        self._upright("jump")
        since = self.now_s
        self._carry(self.usual, arms="bent")
        low = body.squatting(self.build, self._here(), depth=0.20, lean=0.4)
        for _ in range(times):
            start = self.now_s
            self.planner.jump(self.usual, crouch_s=0.36, flight_s=flight_s)
            land = start + 0.36 + flight_s
            self.spans += [
                Span(start, start + 0.22, None, low),
                Span(start + 0.22, start + 0.36, low, None),
                Span(land - 0.02, land + 0.14, None, low),
                Span(land + 0.14, land + 0.36, low, None),
            ]
        self._label("standing", since)

    def do_stumble(self) -> None:
        self._upright("stumble")
        since = self.now_s
        self._carry(self.usual, arms="startled", lean=0.5)
        self.planner.stumble(self.usual)
        self._label("walking", since)

    def do_follow(
        self,
        who: str,
        *,
        ahead_m: float = 0.0,
        left_m: float = 0.0,
        face: str = "same",
        seconds: float | None = None,
        gait: str | None = None,
        cadence_spm: float | None = None,
    ) -> None:
        self._upright("follow")
        leader, style = self._leader(who), self._gait(gait)
        if face not in ("same", "toward"):
            raise ScriptError(f"no face '{face}'; same or toward")
        until = leader.end_s if seconds is None else self.now_s + seconds
        path = _smooth_path(leader, until, ahead_m=ahead_m, left_m=left_m, toward=face == "toward")
        since = self.now_s
        self._carry(style)
        cadence = cadence_spm or style.cadence_spm
        self.planner.follow(style, path=path, until_s=until, cadence_spm=cadence)
        self._label_steps(since, weight_shift_s=style.double_support * 60 / cadence)

    def _label_steps(self, since: float, *, weight_shift_s: float) -> None:
        """Label as walking what was walked since then; where both feet rest one stands."""
        swings = sorted(
            (before.off_s - weight_shift_s, after.on_s)
            for plants in self.planner.plants
            for before, after in pairwise(plants)
            if after.on_s > since
        )
        at_s = since
        for start_s, end_s in swings:
            rests = start_s - at_s >= (PAUSE_S if at_s > since else 1e-6)
            self.postures += [
                PostureSpan("standing" if rests else "walking", at_s, start_s),
                PostureSpan("walking", max(at_s, start_s), end_s),
            ]
            at_s = end_s
        self._label("standing", at_s)


def _smooth_path(
    leader: Leader, until_s: float, *, ahead_m: float, left_m: float, toward: bool
) -> Callable[[float], tuple[Array, float]]:
    """Give a place beside another's smoothed way, and where to face there."""
    grid = np.arange(0.0, until_s + 0.05, 0.05)
    place, yaw = leader.pelvis_path(grid)
    yaw = np.unwrap(yaw)
    width = 15
    kernel = np.hanning(width + 2)[1:-1]
    kernel /= kernel.sum()

    def smooth(x: Array) -> Array:
        return np.convolve(np.pad(x, width // 2, mode="edge"), kernel, mode="valid")

    yaw = smooth(yaw)
    place = np.stack([smooth(place[:, k]) for k in range(3)], -1) * np.array([1.0, 0.0, 1.0])
    place = place + ahead_m * forward(yaw) + left_m * leftward(yaw)
    facing = yaw + (np.pi if toward else 0.0)

    def path(t_s: float) -> tuple[Array, float]:
        where = np.array([np.interp(t_s, grid, place[:, k]) for k in range(3)])
        return where, float(np.interp(t_s, grid, facing))

    return path
