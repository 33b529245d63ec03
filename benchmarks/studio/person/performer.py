"""`Performer`: a person who moves by a script; what the world draws and asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.studio.actor import FootStep, HandTarget, PostureSpan, Side
from benchmarks.studio.person.builds import Build, make_build
from benchmarks.studio.person.feet import FootTrack
from benchmarks.studio.person.footsteps import side_index
from benchmarks.studio.person.looks import Look, draw_look
from benchmarks.studio.person.motion import foot_turn, make_grid, posed_times
from benchmarks.studio.person.plan import Leader
from benchmarks.studio.person.script import read_script
from benchmarks.studio.person.shapes import Capsule, Group, Shape, materials_of, shapes_of
from benchmarks.studio.person.skeleton import (
    ARM_POINTS,
    Pose,
    bend_arms,
    body_point,
    soles,
    truth_points,
    upper_body,
)
from benchmarks.studio.person.state import BodyState
from benchmarks.studio.person.vectors import (
    LEFT,
    SIGN,
    Array,
    matrix,
    mix_quat,
    two_bones,
    unit,
)

SHRUG = 0.035
"""How far a shoulder blade gives way towards what a hand can hardly reach, share of height.

The blade of an adult slides 5 to 7 cm forward; a rough figure.
"""
HELD_ELBOW = np.stack([0.45 * SIGN, np.full(2, -0.6), np.full(2, -0.7)], -1)
"""Where an elbow points when the hand holds something: down, back and out."""


@dataclass(frozen=True)
class Landing(FootStep):
    """A step with what the world's own class does not ask.

    Parameters
    ----------
    yaw : float
        Where the toes point, rad.
    how : str
        See `feet.Plant`: "walk", "turn", "side", "back", "recover" travel; "march", "dance" and
        "jump" land where they were.
    """

    yaw: float = 0.0
    how: str = "walk"


class Performer:
    """A person; see the package's text and `benchmarks.studio.actor.Actor`."""

    def __init__(
        self,
        build: Build,
        look: Look,
        script: Sequence[Mapping[str, Any]],
        *,
        start: tuple[float, float],
        heading: float,
        seed: int,
        others: Mapping[str, Leader],
    ) -> None:
        self.build = build
        self.look = look
        self.height_m = build.height
        plan = read_script(build, script, start=start, heading=heading, seed=seed, others=others)
        self.end_s = plan.end_s
        self.postures: Sequence[PostureSpan] = plan.postures
        self._feet = (FootTrack(build, 0, plan.plants[0]), FootTrack(build, 1, plan.plants[1]))
        self._grid = make_grid(build, plan, self._feet, seed=seed)
        self._posed = posed_times(plan.spans)
        self.steps: Sequence[Landing] = self._landings()
        self._holds: tuple[list[HandTarget], list[HandTarget]] = ([], [])
        self._latest: tuple[float, Pose] | None = None
        self._latest_free: tuple[float, Pose] | None = None

    # -- truth ----------------------------------------------------------------------------------

    def _landings(self) -> list[Landing]:
        steps = []
        sides: tuple[Side, Side] = ("left", "right")
        for side, track in zip(sides, self._feet, strict=True):
            for before, after in zip(track.plants, track.plants[1:], strict=False):
                if after.how != "placed":
                    steps.append(
                        Landing(
                            side, before.off_s, after.on_s, after.x_m, after.z_m, after.yaw,
                            after.how,
                        )
                    )  # fmt: skip
        return sorted(steps, key=lambda s: s.contact_s)

    def _in_posture(self, t_s: float) -> bool:
        """Whether a posture, not the footsteps, places the feet."""
        return any(a <= t_s < b for a, b in self._posed)

    def contact(self, side: Side, t_s: float) -> bool:
        """Whether a foot stands on its planted place; False in kneeling, crawling and the like."""
        down = self._feet[side_index(side)].load_at(np.array([t_s]))[0]
        return bool(down) and not self._in_posture(t_s)

    # -- motion ---------------------------------------------------------------------------------

    def _rows(self, t_s: float | Array) -> tuple[Array, Array]:
        grid = self._grid.t
        x = np.clip((np.asarray(t_s, float) - grid[0]) / (grid[1] - grid[0]), 0, len(grid) - 1.001)
        i = np.floor(x).astype(int)
        return i, x - i

    def pelvis_path(self, t_s: Array) -> tuple[Array, Array]:
        """Give pelvis (n, 3) and its heading (n,) at times (n,)."""
        i, w = self._rows(t_s)
        place = self._grid.state.pelvis
        axes = matrix(self._grid.state.pelvis_turn[i])
        # Lying, forward points up or down: the way of the head then tells the heading.
        up, ahead = axes[..., 1], axes[..., 2]
        level = ahead - up * ahead[..., 1:2]
        heading = np.arctan2(level[..., 0], level[..., 2])
        return place[i] * (1 - w[:, None]) + place[i + 1] * w[:, None], heading

    def pelvis(self, t_s: float) -> tuple[Array, float]:
        """Give the middle of the hips (3,) and the heading (rad), without the hands' targets."""
        place, yaw = self.pelvis_path(np.array([t_s]))
        return place[0], float(yaw[0])

    def attach(self, side: Side, target: HandTarget) -> None:
        """Let a palm follow a target; later targets win where their weight is above zero."""
        self._holds[side_index(side)].append(target)
        self._latest = None

    def pose(self, t_s: float) -> Pose:
        """Give the joints at a time."""
        if self._latest is None or self._latest[0] != t_s:
            free = self._free(t_s)
            holding = any(self._holds)
            self._latest = (t_s, self._holding(t_s, free) if holding else free)
        return self._latest[1]

    def _free(self, t_s: float) -> Pose:
        """Give the joints without the hands' targets (which may ask other people's joints)."""
        if self._latest_free is None or self._latest_free[0] != t_s:
            self._latest_free = (t_s, self._pose(t_s))
        return self._latest_free[1]

    def _pose(self, t_s: float) -> Pose:
        i, w = self._rows(t_s)
        state, grid = self._grid.state, self._grid

        def at(values: Array) -> Array:
            return np.asarray(values[i] * (1 - w) + values[i + 1] * w)

        def turn(values: Array) -> Array:
            return matrix(mix_quat(values[i], values[i + 1], w))

        pelvis = at(state.pelvis)
        axes = (turn(state.pelvis_turn), turn(state.chest_turn), turn(state.head_turn))
        upper = upper_body(self.build, pelvis, axes)
        poles = at(grid.elbow_poles)
        elbows, wrists, palms = bend_arms(self.build, upper.shoulders, at(grid.palms), poles)
        legs = self._legs(t_s, pelvis, axes[0], state, at=at, turn=turn)
        down = (self.contact("left", t_s), self.contact("right", t_s))
        return Pose(
            pelvis=pelvis, waist=upper.waist, chest=upper.chest, neck=upper.neck, head=upper.head,
            pelvis_axes=axes[0], chest_axes=axes[1], head_axes=axes[2],
            shoulders=upper.shoulders, elbows=elbows, wrists=wrists, palms=palms, elbow_poles=poles,
            hands=unit(palms - wrists), down=down, missed_m=np.zeros(2), **legs,
        )  # fmt: skip

    def _holding(self, t_s: float, free: Pose) -> Pose:
        """Bring the hands to their targets."""
        goals, poles = free.palms.copy(), free.elbow_poles.copy()
        held: list[tuple[int, Array]] = []
        for side, targets in enumerate(self._holds):
            for target in targets:
                wanted = target(t_s)
                if wanted is None or wanted[1] <= 0:
                    continue
                place, weight = wanted
                goals[side] += (place - goals[side]) * weight
                bent = free.chest_axes @ unit(HELD_ELBOW[side])
                poles[side] = unit(poles[side] + (bent - poles[side]) * weight)
                if weight >= 1 - 1e-9:
                    held.append((side, place))
        far = goals - free.shoulders
        length = np.linalg.norm(far, axis=-1, keepdims=True)
        shrug = np.clip(length - 0.99 * self.build.arm, 0.0, SHRUG * self.build.height)
        shoulders = free.shoulders + shrug * far / length
        elbows, wrists, palms = bend_arms(self.build, shoulders, goals, poles)
        missed = np.zeros(2)
        for side, place in held:
            missed[side] = np.linalg.norm(palms[side] - place)
        return replace(
            free, shoulders=shoulders, elbows=elbows, wrists=wrists, palms=palms,
            hands=unit(palms - wrists), missed_m=missed,
        )  # fmt: skip

    def _legs(
        self, t_s: float, pelvis: Array, axes: Array, state: BodyState, *, at: Any, turn: Any
    ) -> dict[str, Array]:
        hips = pelvis + (SIGN[:, None] * LEFT * 0.5 * self.build.hip_width) @ axes.T
        ankles, foot_axes, bends = at(state.ankles), turn(state.foot_turns), at(state.toe_bend)
        ways = unit(at(state.knee_poles))
        if not self._in_posture(t_s):
            feet = [track.at(np.array([t_s])) for track in self._feet]
            ankles = np.concatenate([f.ankle for f in feet])
            bends = np.concatenate([f.toe_bend for f in feet])
            foot_axes = matrix(np.concatenate([foot_turn(f) for f in feet]))
        knees, ankles = two_bones(
            hips, ankles, upper=self.build.thigh, lower=self.build.shank, pole=ways
        )
        heels, balls, toes, toe_axes = soles(self.build, ankles, foot_axes, bends)
        return {
            "hips": hips, "knees": knees, "ankles": ankles, "knee_ways": ways, "heels": heels,
            "balls": balls, "toes": toes, "foot_axes": foot_axes, "toe_axes": toe_axes,
        }  # fmt: skip

    # -- what others ask ------------------------------------------------------------------------

    def point(self, name: str, t_s: float) -> Array:
        """Give a named place on the body (`skeleton.body_point`), m."""
        of_arm = name.partition("_")[2] in ARM_POINTS
        return body_point(self.build, self.pose(t_s) if of_arm else self._free(t_s), name)

    def residual_m(self, side: Side, t_s: float) -> float:
        """Give how far a palm is from what it should hold; 0.0 where free or on its way."""
        return float(self.pose(t_s).missed_m[side_index(side)])

    # -- picture --------------------------------------------------------------------------------

    def primitives(
        self, pose: Pose, material_base: int
    ) -> tuple[list[Shape], list[Group], list[Capsule]]:
        """Give shapes (16 floats each), groups (a, b, radius, count) and shadow capsules."""
        return shapes_of(self.build, self.look, pose, material_base)

    def materials(self) -> list[list[float]]:
        """Give the materials (8 floats each) that the shapes count from ``material_base``."""
        return materials_of(self.build, self.look)

    def truth_points(self, pose: Pose) -> Mapping[str, Array]:
        """Give the landmarks by name, and ``head_top``."""
        return truth_points(self.build, pose)


def make_actor(
    *,
    build: str = "adult",
    look: Mapping[str, Any] | None = None,
    script: Sequence[Mapping[str, Any]],
    start: tuple[float, float] = (0.0, 0.0),
    heading_deg: float = 0.0,
    seed: int = 0,
    height_m: float | None = None,
    others: Mapping[str, Leader] | None = None,
) -> Performer:
    """Make a person who plays a script.

    Parameters
    ----------
    build : str
        Word in `builds.SHARES`.
    look : mapping or None
        Fields of `looks.Look` to fix; the rest is drawn by seed.
    script : sequence of mappings
        Entries as the package's text tells.
    start : (float, float)
        x and z between the feet at 0 s, m.
    heading_deg : float
        Where the person faces; 0 is +z, 90 is +x.
    others : mapping or None
        Actors that `follow` and `carried` may name.

    Raises
    ------
    KeyError, benchmarks.studio.person.ScriptError
        A word is unknown; the message lists those there are.
    """
    return Performer(
        make_build(build, seed=seed, height_m=height_m),
        draw_look(build, seed=seed, overrides=look),
        script,
        start=(float(start[0]), float(start[1])),
        heading=float(np.radians(heading_deg)),
        seed=seed,
        others=others or {},
    )
