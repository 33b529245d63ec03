"""A person who is carried along by something on wheels: the same actor, moved as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.studio.actor import Actor, FootStep, HandTarget, PostureSpan, Side
from benchmarks.studio.aids import Path


@dataclass(frozen=True)
class _Seated:
    pose: Any
    t_s: float


class Rider:
    """An actor whose own place is the origin, looking along +z, moved along a path.

    Takes no step, whatever the actor's script says of feet.
    """

    def __init__(self, actor: Actor, path: Path, *, lift_m: float = 0.0) -> None:
        self._actor, self._path, self._lift = actor, path, lift_m
        self.height_m, self.end_s = actor.height_m, actor.end_s
        self.steps: Sequence[FootStep] = ()
        self.postures: Sequence[PostureSpan] = actor.postures

    def _carried(self, points: np.ndarray, t_s: float) -> np.ndarray:
        origin, yaw = self._path(t_s)
        return self._turned(points, yaw) + origin + np.array([0.0, self._lift, 0.0])

    @staticmethod
    def _turned(points: np.ndarray, yaw: float) -> np.ndarray:
        c, s = np.cos(yaw), np.sin(yaw)
        turn = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
        return np.asarray(points, float) @ turn.T

    def _home(self, point: np.ndarray, t_s: float) -> np.ndarray:
        origin, yaw = self._path(t_s)
        return self._turned(point - origin - np.array([0.0, self._lift, 0.0]), -yaw)

    def pose(self, t_s: float) -> _Seated:
        """Give the actor's pose and when it is."""
        return _Seated(self._actor.pose(t_s), t_s)

    def primitives(
        self, pose: _Seated, material_base: int
    ) -> tuple[
        list[list[float]], list[tuple[np.ndarray, np.ndarray, float, int]], list[list[float]]
    ]:
        """Give the actor's shapes, groups and capsules where it has been carried."""
        shapes, groups, capsules = self._actor.primitives(pose.pose, material_base)
        t, yaw = pose.t_s, self._path(pose.t_s)[1]
        rows = np.array(shapes, float)
        cones = rows[:, 10] == 0
        rows[:, :3] = self._carried(rows[:, :3], t)
        rows[cones, 4:7] = self._carried(rows[cones, 4:7], t)
        rows[cones, 12:15] = self._turned(rows[cones, 12:15], yaw)
        rows[~cones, 12:16] = _after_yaw(rows[~cones, 12:16], yaw)
        cap = np.array(capsules, float)
        cap[:, :3], cap[:, 4:7] = self._carried(cap[:, :3], t), self._carried(cap[:, 4:7], t)
        moved = [(self._carried(a, t), self._carried(b, t), r, n) for a, b, r, n in groups]
        return rows.tolist(), moved, cap.tolist()

    def materials(self) -> list[list[float]]:
        """Give the actor's materials."""
        return self._actor.materials()

    def truth_points(self, pose: _Seated) -> Mapping[str, np.ndarray]:
        """Give the actor's joints where it has been carried."""
        points = self._actor.truth_points(pose.pose)
        return {name: self._carried(p, pose.t_s) for name, p in points.items()}

    def pelvis(self, t_s: float) -> tuple[np.ndarray, float]:
        """Give the middle of the hips and the heading."""
        place, yaw = self._actor.pelvis(t_s)
        return self._carried(place, t_s), yaw + self._path(t_s)[1]

    def point(self, name: str, t_s: float) -> np.ndarray:
        """Give a place on the body."""
        return self._carried(self._actor.point(name, t_s), t_s)

    def residual_m(self, side: Side, t_s: float) -> float:
        """Give how far a palm is from what it should hold, m."""
        return self._actor.residual_m(side, t_s)

    def attach(self, side: Side, target: HandTarget) -> None:
        """Let a palm follow a target in the room."""

        def own(t_s: float) -> tuple[np.ndarray, float] | None:
            wanted = target(t_s)
            return None if wanted is None else (self._home(wanted[0], t_s), wanted[1])

        self._actor.attach(side, own)


def _after_yaw(quats: np.ndarray, yaw: float) -> np.ndarray:
    """Turn (n, 4) quaternions (x, y, z, w) further about the upright axis."""
    s, c = np.sin(yaw / 2), np.cos(yaw / 2)
    x, y, z, w = quats.T
    return np.stack([c * x + s * z, c * y + s * w, c * z - s * x, c * w - s * y], -1)
