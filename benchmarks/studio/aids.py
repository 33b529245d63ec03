"""Things that move: what people walk with, toys, pets and curtains.

An aid is built in its own axes (left, up, ahead; m) and carried along by a path. Shapes are the
16 floats of the shader: round cones, rounded boxes, rings and discs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.studio.actor import Actor

Pose = tuple[np.ndarray, float]
Path = Callable[[float], Pose]
METAL, RUBBER, COLOUR, SECOND = range(4)


@dataclass(frozen=True)
class Shape:
    """One shape in the thing's own axes: ``kind`` as in the shader."""

    kind: int
    a: tuple[float, float, float]
    b: tuple[float, float, float]
    ra: float
    rb: float
    material: int


def rod(
    a: Sequence[float], b: Sequence[float], r: float, material: int = METAL, rb: float | None = None
) -> Shape:
    """Give a tube from a to b."""
    return Shape(0, tuple(a), tuple(b), r, r if rb is None else rb, material)  # type: ignore[arg-type]


def block(c: Sequence[float], half: Sequence[float], r: float, material: int = COLOUR) -> Shape:
    """Give a rounded box."""
    return Shape(2, tuple(c), tuple(half), 0.0, r, material)  # type: ignore[arg-type]


def ring(c: Sequence[float], big: float, r: float, material: int = RUBBER) -> Shape:
    """Give a tyre that turns about the left axis."""
    return Shape(3, tuple(c), (big, r, 0.0), 0.0, 0.0, material)  # type: ignore[arg-type]


def disc(c: Sequence[float], big: float, half_width: float, material: int = RUBBER) -> Shape:
    """Give a small solid wheel."""
    return Shape(4, tuple(c), (big, half_width, 0.0), 0.0, 0.006, material)  # type: ignore[arg-type]


def ball(c: Sequence[float], half: Sequence[float], material: int = COLOUR) -> Shape:
    """Give an ellipsoid."""
    return Shape(1, tuple(c), tuple(half), 0.0, 0.0, material)  # type: ignore[arg-type]


Group = list[Shape]
Part = tuple[np.ndarray, np.ndarray, float, list[list[float]]]


@dataclass
class Aid:
    """A thing that moves.

    ``shapes`` gives its groups at a time (rigid things ignore it); ``handles`` are places in its
    own axes that hands hold.
    """

    path: Path
    shapes: Callable[[float], list[Group]]
    materials: list[list[float]]
    handles: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    support: str = "object_moving"
    joints: Callable[[str, float], np.ndarray] | None = None
    """Places of handles that do not stay in the thing's own axes."""

    def handle(self, name: str, t_s: float) -> np.ndarray:
        """Give the place of a handle in the room."""
        if self.joints is not None:
            return self.joints(name, t_s)
        origin, yaw = self.path(t_s)
        return origin + turned(np.asarray(self.handles[name], float), yaw)

    def parts(self, t_s: float, base: int) -> list[Part]:
        """Give the groups at a time as bounded lists of shader rows."""
        origin, yaw = self.path(t_s)
        return [_bounded([_row(s, origin, yaw, base) for s in g]) for g in self.shapes(t_s)]


def turned(p: np.ndarray, yaw: float) -> np.ndarray:
    """Turn places (..., 3) about the upright axis."""
    c, s = np.cos(yaw), np.sin(yaw)
    x, y, z = np.moveaxis(np.asarray(p, float), -1, 0)
    return np.stack([c * x + s * z, y, -s * x + c * z], -1)


def _row(s: Shape, origin: np.ndarray, yaw: float, base: int) -> list[float]:
    a = origin + turned(np.asarray(s.a), yaw)
    if s.kind == 0:
        b = origin + turned(np.asarray(s.b), yaw)
        return [*a, s.ra, *b, s.rb, base + s.material, 0, 0, 0, 0, 0, 1, 0]
    turn = [0.0, float(np.sin(yaw / 2)), 0.0, float(np.cos(yaw / 2))]
    big = max(s.b) if s.kind != 2 else float(np.linalg.norm(s.b))
    return [*a, big, *s.b, s.rb, base + s.material, 0, s.kind, 0, *turn]


def _bounded(rows: list[list[float]]) -> Part:
    """A ball round the rows (the shader's group is a capsule; both its ends are the middle)."""
    points, radii = [], []
    for r in rows:
        points.append(r[0:3])
        radii.append(r[3] + r[7] if r[10] > 0 else r[3])
        if r[10] == 0:
            points.append(r[4:7])
            radii.append(r[7])
    p = np.asarray(points, float)
    middle = (p.min(0) + p.max(0)) / 2
    radius = float((np.linalg.norm(p - middle, axis=1) + np.asarray(radii)).max())
    return middle, middle, radius + 0.01, rows


def materials(
    colour: Sequence[float], second: Sequence[float] = (0.75, 0.7, 0.2)
) -> list[list[float]]:
    """Give metal, rubber, a colour and a second colour."""
    return [
        [0.45, 0.47, 0.52, 7, 0, 0, 0, 0],
        [0.04, 0.04, 0.045, 8, 0, 0, 0, 0],
        [*colour, 0, 0, 0, 0, 0],
        [*second, 0, 0, 0, 0, 0],
    ]


# ---------------------------------------------------------------- how things are carried along
def beside(
    actor: Actor,
    *,
    ahead: float,
    left: float = 0.0,
    from_s: float,
    until_s: float,
    lag_s: float = 0.22,
) -> Path:
    """Path of a thing that goes with a person: smooth, and parked before and after."""
    rate = 50.0
    times = np.arange(-1.0, actor.end_s + 1.0, 1 / rate)
    spots, yaws = zip(*(actor.pelvis(float(t)) for t in times), strict=True)
    from scipy.ndimage import gaussian_filter1d

    spots_ = gaussian_filter1d(np.asarray(spots, float), lag_s * rate, axis=0, mode="nearest")
    yaw_ = gaussian_filter1d(np.unwrap(np.asarray(yaws, float)), lag_s * rate, mode="nearest")

    def path(t_s: float) -> Pose:
        t = float(np.clip(t_s, max(from_s, times[0]), min(until_s, times[-1])))
        yaw = float(np.interp(t, times, yaw_))
        at = np.array([np.interp(t, times, spots_[:, i]) for i in (0, 2)])
        ahead_ = np.array([np.sin(yaw), np.cos(yaw)])
        left_ = np.array([np.cos(yaw), -np.sin(yaw)])
        at = at + ahead_ * ahead + left_ * left
        return np.array([at[0], 0.0, at[1]]), yaw

    return path


def wandering(keys: Sequence[Sequence[float]]) -> Path:
    """Path through places [t_s, x, z] with eased speed, looking where it goes."""
    k = np.asarray(keys, float)

    def spot(t: float) -> np.ndarray:
        i = int(np.clip(np.searchsorted(k[:, 0], t, side="right") - 1, 0, max(0, len(k) - 2)))
        j = min(i + 1, len(k) - 1)
        span = max(k[j, 0] - k[i, 0], 1e-6)
        x = float(np.clip((t - k[i, 0]) / span, 0, 1))
        return k[i, 1:3] + (k[j, 1:3] - k[i, 1:3]) * x * x * (3 - 2 * x)

    def path(t_s: float) -> Pose:
        d = spot(t_s + 0.3) - spot(t_s - 0.3)
        for off in (s * 0.25 * k for k in range(1, 40) for s in (-1, 1)):
            if np.linalg.norm(d) > 1e-3:  # at rest it looks where it last went, or will go first
                break
            d = spot(t_s + 0.3 + off) - spot(t_s - 0.3 + off)
        x, z = spot(t_s)
        return np.array([x, 0.0, z]), float(np.arctan2(d[0], d[1]))

    return path
