"""Things that move: what people walk with, toys, pets and curtains.

An aid is built in its own axes (left, up, ahead; m) and carried along by a path. Shapes are the
16 floats of the shader: round cones, rounded boxes, rings and discs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.studio.actor import Actor, FootStep

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


def rod(a: Sequence[float], b: Sequence[float], r: float, material: int = METAL, rb: float | None = None) -> Shape:
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
        return origin + _turned(np.asarray(self.handles[name], float), yaw)

    def parts(self, t_s: float, base: int) -> list[Part]:
        """Give the groups at a time as bounded lists of shader rows."""
        origin, yaw = self.path(t_s)
        return [_bounded([_row(s, origin, yaw, base) for s in g]) for g in self.shapes(t_s)]


def _turned(p: np.ndarray, yaw: float) -> np.ndarray:
    c, s = np.cos(yaw), np.sin(yaw)
    x, y, z = np.moveaxis(np.asarray(p, float), -1, 0)
    return np.stack([c * x + s * z, y, -s * x + c * z], -1)


def _row(s: Shape, origin: np.ndarray, yaw: float, base: int) -> list[float]:
    a = origin + _turned(np.asarray(s.a), yaw)
    if s.kind == 0:
        b = origin + _turned(np.asarray(s.b), yaw)
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


def materials(colour: Sequence[float], second: Sequence[float] = (0.75, 0.7, 0.2)) -> list[list[float]]:
    """Give metal, rubber, a colour and a second colour."""
    return [
        [0.45, 0.47, 0.52, 7, 0, 0, 0, 0],
        [0.04, 0.04, 0.045, 8, 0, 0, 0, 0],
        [*colour, 0, 0, 0, 0, 0],
        [*second, 0, 0, 0, 0, 0],
    ]


# ---------------------------------------------------------------- how things are carried along
def beside(
    actor: Actor, *, ahead: float, left: float = 0.0, from_s: float, until_s: float, lag_s: float = 0.22
) -> Path:
    """Path of a thing that goes with a person: smooth, and parked before and after."""
    rate = 50.0
    times = np.arange(-1.0, actor.end_s + 1.0, 1 / rate)
    spots, yaws = zip(*(actor.pelvis(float(t)) for t in times), strict=True)
    from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415  (only scenes with aids pay)

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


# ---------------------------------------------------------------- walking aids
def rollator(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Four wheels, a seat, handles at 0.53 of the height; the pelvis is at the handles' level."""
    hh, w, deep, r = 0.53 * h, 0.17 * h, 0.30 * h, 0.010 * max(h, 0.9)
    tyre = 0.055 if h > 1.3 else 0.042
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append([
            rod((x, hh, -0.09 * h), (x, hh, 0.05 * h), r * 1.6, RUBBER),
            rod((x, hh, 0.03 * h), (x, tyre, deep), r, COLOUR),
            rod((x, hh * 0.60, 0.03 * h + 0.4 * (deep - 0.03 * h)), (x, tyre, -0.06 * h), r, COLOUR),
            disc((x, tyre, deep), tyre, 0.014), disc((x, tyre, -0.06 * h), tyre, 0.014),
        ])  # fmt: skip
    middle = [
        block((0, hh * 0.62, 0.15 * h), (w, 0.012, 0.085 * h), 0.01, RUBBER),
        rod((w, hh * 0.82, 0.10 * h), (-w, hh * 0.82, 0.10 * h), r),
        block((0, hh * 0.45, 0.24 * h), (w * 0.75, 0.05 * h, 0.05 * h), 0.02, SECOND),
    ]
    groups = [*sides, middle]
    grip = {"left": (w, hh, -0.05 * h), "right": (-w, hh, -0.05 * h)}
    return Aid(path, lambda _t: groups, materials(colour, (0.1, 0.1, 0.12)), grip)


def front_walker(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a light frame before the person, two small wheels in front, rubber feet behind."""
    hh, w, deep, r = 0.53 * h, 0.19 * h, 0.24 * h, 0.010 * max(h, 0.9)
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append([
            rod((x, hh, -0.08 * h), (x, hh, 0.10 * h), r * 1.5, RUBBER),
            rod((x, hh, -0.06 * h), (x * 1.12, 0.01, -0.13 * h), r), rod((x, hh, 0.10 * h), (x * 1.08, 0.04, deep), r),
            rod((x * 1.05, hh * 0.5, -0.09 * h), (x * 1.04, hh * 0.5, 0.16 * h), r * 0.9),
            disc((x * 1.08, 0.04, deep), 0.04, 0.012),
        ])  # fmt: skip
    bars = [
        rod((w, hh * 0.86, 0.12 * h), (-w, hh * 0.86, 0.12 * h), r),
        rod((w, hh * 0.5, 0.17 * h), (-w, hh * 0.5, 0.17 * h), r, COLOUR),
    ]
    groups = [*sides, bars]
    grip = {"left": (w, hh, -0.04 * h), "right": (-w, hh, -0.04 * h)}
    return Aid(path, lambda _t: groups, materials(colour), grip)


def rear_walker(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a frame that stands behind the person, open in front (posterior walker)."""
    hh, w, deep, r = 0.52 * h, 0.20 * h, 0.26 * h, 0.011 * max(h, 0.9)
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append([
            rod((x, hh, 0.10 * h), (x, hh, -0.04 * h), r * 1.6, RUBBER), rod((x, hh, -0.04 * h), (x, hh, -deep), r, COLOUR),
            rod((x, hh, 0.04 * h), (x * 1.05, 0.05, 0.14 * h), r, COLOUR), rod((x, hh, -deep), (x * 1.05, 0.05, -deep - 0.04 * h), r, COLOUR),
            disc((x * 1.05, 0.05, 0.14 * h), 0.05, 0.013), disc((x * 1.05, 0.05, -deep - 0.04 * h), 0.05, 0.013),
        ])  # fmt: skip
    back = [
        rod((w, hh, -deep), (-w, hh, -deep), r, COLOUR),
        rod((w, hh * 0.5, -deep - 0.02 * h), (-w, hh * 0.5, -deep - 0.02 * h), r, COLOUR),
    ]
    groups = [*sides, back]
    grip = {"left": (w, hh, 0.04 * h), "right": (-w, hh, 0.04 * h)}
    return Aid(path, lambda _t: groups, materials(colour), grip)


def push_toy(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a toddler's wagon with a high handle."""
    hh, w = 0.56 * h, 0.13 * h / 0.78
    body = [
        block((0, 0.13, 0.30), (w, 0.05, 0.16), 0.02, COLOUR), block((0, 0.22, 0.22), (w * 0.85, 0.07, 0.012), 0.01, SECOND),
        disc((w, 0.055, 0.40), 0.055, 0.015, SECOND), disc((-w, 0.055, 0.40), 0.055, 0.015, SECOND),
        disc((w, 0.055, 0.18), 0.055, 0.015, SECOND), disc((-w, 0.055, 0.18), 0.055, 0.015, SECOND),
    ]  # fmt: skip
    bow = [
        rod((w, 0.15, 0.16), (w, hh, 0.0), 0.012, SECOND), rod((-w, 0.15, 0.16), (-w, hh, 0.0), 0.012, SECOND),
        rod((w, hh, 0.0), (-w, hh, 0.0), 0.014, COLOUR),
    ]  # fmt: skip
    grip = {"left": (w * 0.6, hh, 0.0), "right": (-w * 0.6, hh, 0.0)}
    return Aid(path, lambda _t: [body, bow], materials(colour), grip)


def pram(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a pram with a hood."""
    hh, w = 0.60 * h, 0.22
    body = [
        block((0, 0.62, 0.55), (w, 0.10, 0.36), 0.08, COLOUR),
        ball((0, 0.74, 0.68), (w * 1.02, 0.24, 0.24), COLOUR),
        block((0, 0.68, 0.35), (w * 0.9, 0.07, 0.16), 0.06, SECOND),
    ]
    wheels = [ring((q * w, 0.13, z), 0.115, 0.018) for q in (1, -1) for z in (0.28, 0.84)]
    frame = [rod((q * w, 0.13, 0.84), (q * w, hh, 0.0), 0.012) for q in (1, -1)]
    frame += [rod((q * w, 0.13, 0.28), (q * w, 0.55, 0.70), 0.012) for q in (1, -1)]
    frame += [rod((w, hh, 0.0), (-w, hh, 0.0), 0.016, RUBBER)]
    grip = {"left": (w * 0.7, hh, 0.0), "right": (-w * 0.7, hh, 0.0)}
    return Aid(path, lambda _t: [body, wheels[:2], wheels[2:], frame], materials(colour, (0.8, 0.8, 0.82)), grip)


def wheelchair(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a wheelchair; the seat is at 0.30 of the height, its middle at the origin."""
    seat, w = 0.30 * h, 0.16 * h
    big = 0.185 * h
    wheels = [[ring((q * (w + 0.05), big, -0.02 * h), big - 0.015, 0.015), ring((q * (w + 0.06), big, -0.02 * h), big * 0.86, 0.008, METAL), disc((q * (w + 0.05), big, -0.02 * h), 0.03, 0.02, METAL)] + [rod((q * (w + 0.05), big + big * 0.9 * np.cos(a), -0.02 * h + big * 0.9 * np.sin(a)), (q * (w + 0.05), big - big * 0.9 * np.cos(a), -0.02 * h - big * 0.9 * np.sin(a)), 0.004) for a in (0.3, 1.35, 2.4)] for q in (1, -1)]  # fmt: skip
    frame = [
        block((0, seat - 0.035, 0.02 * h), (w, 0.025, 0.14 * h), 0.02, COLOUR),
        block((0, seat + 0.13 * h, -0.135 * h), (w, 0.14 * h, 0.015), 0.012, COLOUR),
        rod((w, seat + 0.30 * h, -0.15 * h), (w, 0.10, -0.13 * h), 0.011), rod((-w, seat + 0.30 * h, -0.15 * h), (-w, 0.10, -0.13 * h), 0.011),
        rod((w, seat + 0.10 * h, -0.13 * h), (w, seat + 0.10 * h, 0.12 * h), 0.014, RUBBER), rod((-w, seat + 0.10 * h, -0.13 * h), (-w, seat + 0.10 * h, 0.12 * h), 0.014, RUBBER),
        rod((w, seat - 0.03, 0.15 * h), (w * 0.8, 0.09, 0.26 * h), 0.010), rod((-w, seat - 0.03, 0.15 * h), (-w * 0.8, 0.09, 0.26 * h), 0.010),
        disc((w, 0.05, 0.17 * h), 0.05, 0.012), disc((-w, 0.05, 0.17 * h), 0.05, 0.012),
        block((0, 0.07, 0.27 * h), (w * 0.8, 0.008, 0.05 * h), 0.006, RUBBER),
    ]  # fmt: skip
    grip = {
        "left": (w + 0.05, big * 2 - 0.01, 0.04 * h), "right": (-w - 0.05, big * 2 - 0.01, 0.04 * h),
        "push_left": (w, seat + 0.30 * h, -0.17 * h), "push_right": (-w, seat + 0.30 * h, -0.17 * h),
    }  # fmt: skip
    return Aid(path, lambda _t: [*wheels, frame], materials(colour), grip)


def scooter(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a kick scooter: a board between two wheels, a bar in front."""
    hh = 0.60 * h
    parts = [
        block((0, 0.09, 0.02), (0.06, 0.012, 0.22), 0.01, RUBBER),
        disc((0, 0.065, -0.28), 0.065, 0.018), disc((0, 0.065, 0.33), 0.065, 0.018),
        rod((0, 0.08, 0.31), (0, hh, 0.22), 0.016, COLOUR), rod((0, 0.09, 0.22), (0, 0.12, 0.30), 0.014, COLOUR),
        rod((0.19, hh, 0.21), (-0.19, hh, 0.21), 0.014, RUBBER),
    ]  # fmt: skip
    grip = {"left": (0.16, hh, 0.21), "right": (-0.16, hh, 0.21)}
    return Aid(path, lambda _t: [parts], materials(colour), grip)


def stick(
    actor: Actor, *, side: str, crutch: bool, colour: Sequence[float], from_s: float, until_s: float
) -> Aid:
    """Give a stick or a forearm crutch whose tip stays on the floor while the other foot stands.

    The tip goes forward with the foot of the other side, as it is taught; the hand's place is
    above and behind the tip and moves with the body.
    """
    h = actor.height_m
    q = 1.0 if side == "left" else -1.0
    grip_h = 0.49 * h
    other = "right" if side == "left" else "left"
    tips = _planted(actor, [s for s in actor.steps if s.side == other], q, from_s, until_s)
    body = beside(actor, ahead=0.0, from_s=from_s, until_s=until_s, lag_s=0.12)

    def hand(t: float) -> np.ndarray:
        at, yaw = body(t)
        tip = tips(t)
        mine = at + _turned(np.array([q * 0.165 * h, grip_h, 0.10 * h]), yaw)
        mine[[0, 2]] += 0.35 * (tip[[0, 2]] - mine[[0, 2]])
        return mine

    def shapes(t: float) -> list[Group]:
        top, tip = hand(t), tips(t)
        along = (top - tip) / np.linalg.norm(top - tip)
        yaw = body(t)[1]
        grip = _turned(np.array([0.0, 0.0, 0.055]), yaw)
        rods = [rod(tip, top, 0.010), rod(tip, tip + along * 0.03, 0.016, RUBBER), rod(top - grip, top + grip, 0.014, RUBBER)]
        if crutch:
            cuff = top + along * 0.15 * h - _turned(np.array([0, 0, 0.05]), yaw)
            rods += [rod(top, cuff, 0.010), rod(cuff - grip * 0.6, cuff + grip * 0.6, 0.022, RUBBER)]
        return [rods]

    origin = np.zeros(3)
    return Aid(lambda _t: (origin, 0.0), shapes, materials(colour), {}, "object_moving", lambda _name, t: hand(t))


def _planted(
    actor: Actor, steps: Sequence[FootStep], q: float, from_s: float, until_s: float
) -> Callable[[float], np.ndarray]:
    """Places of a tip that swings with the given steps and rests between them."""
    h = actor.height_m

    def spot(t: float) -> np.ndarray:
        at, yaw = actor.pelvis(t)
        return np.array([at[0], 0.012, at[2]]) + _turned(np.array([q * 0.19 * h, 0.0, 0.17 * h]), yaw)

    swings = [(s.lift_off_s, s.contact_s) for s in steps if from_s <= s.lift_off_s <= until_s]
    rests = [spot(max(from_s, 0.0))] + [spot(end) for _, end in swings]

    def tip(t: float) -> np.ndarray:
        for i, (start, end) in enumerate(swings):
            if t < start:
                return rests[i]
            if t < end:
                x = (t - start) / (end - start)
                place = rests[i] + (rests[i + 1] - rests[i]) * x * x * (3 - 2 * x)
                return place + np.array([0.0, 0.05 * np.sin(np.pi * x), 0.0])
        return rests[-1]

    return tip


# ---------------------------------------------------------------- toys, pets, curtains
def toy_ball(r: float, place: Callable[[float], np.ndarray], colour: Sequence[float]) -> Aid:
    """Give a ball at a place that moves."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 10, 0.85, 0.83, 0.75, 0]
    group = [[ball((0, 0, 0), (r, r, r))]]
    return Aid(lambda t: (place(t), 0.0), lambda _t: group, mats, {}, "")


def teddy(r: float, place: Callable[[float], Pose], colour: Sequence[float]) -> Aid:
    """Give a soft bear about 3 r tall."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 9, 0, 0, 0, 0]
    group = [[ball((0, -0.4 * r, 0), (r, 1.2 * r, 0.8 * r)), ball((0, 1.2 * r, 0.1 * r), (0.75 * r, 0.7 * r, 0.7 * r)), *(ball((q * 0.6 * r, 1.8 * r, 0), (0.28 * r, 0.28 * r, 0.15 * r)) for q in (1, -1)), *(rod((q * 0.9 * r, 0.3 * r, 0.1 * r), (q * 1.5 * r, -0.3 * r, 0.5 * r), 0.33 * r, COLOUR) for q in (1, -1)), *(rod((q * 0.5 * r, -1.3 * r, 0.2 * r), (q * 0.8 * r, -1.7 * r, 0.9 * r), 0.38 * r, COLOUR) for q in (1, -1))]]  # fmt: skip
    return Aid(place, lambda _t: group, mats, {}, "")


def pet(size: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a dog about 0.5 m tall (times ``size``) whose legs swing while it goes."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 9, 0, 0, 0, 0]
    mats[SECOND] = [*(0.6 * c for c in colour), 9, 0, 0, 0, 0]
    k = size

    def shapes(t: float) -> list[Group]:
        here, before = path(t)[0], path(t - 0.1)[0]
        speed = float(np.linalg.norm(here - before)) / 0.1
        swing = min(1.0, speed) * 0.5
        phase = 2 * np.pi * 1.9 * t
        body = [
            rod((0, 0.36 * k, -0.22 * k), (0, 0.38 * k, 0.20 * k), 0.10 * k, COLOUR, 0.12 * k),
            rod((0, 0.42 * k, 0.22 * k), (0, 0.54 * k, 0.32 * k), 0.075 * k, COLOUR, 0.06 * k),
            ball((0, 0.58 * k, 0.36 * k), (0.075 * k, 0.075 * k, 0.09 * k)), rod((0, 0.56 * k, 0.40 * k), (0, 0.53 * k, 0.50 * k), 0.045 * k, SECOND, 0.032 * k),
            rod((0.05 * k, 0.62 * k, 0.33 * k), (0.07 * k, 0.55 * k, 0.33 * k), 0.025 * k, SECOND), rod((-0.05 * k, 0.62 * k, 0.33 * k), (-0.07 * k, 0.55 * k, 0.33 * k), 0.025 * k, SECOND),
            rod((0, 0.42 * k, -0.28 * k), (0.03 * k * np.sin(phase * 1.5), 0.56 * k, -0.42 * k), 0.03 * k, COLOUR, 0.015 * k),
        ]  # fmt: skip
        legs = []
        for i, (x, z) in enumerate(((0.07, 0.18), (-0.07, 0.18), (-0.07, -0.2), (0.07, -0.2))):
            a = swing * np.sin(phase + np.pi * (i % 2))
            foot = (x * k, 0.03 * k + 0.03 * k * max(0.0, float(np.cos(phase + np.pi * (i % 2)))) * min(1, speed), (z + 0.3 * np.sin(a)) * k)
            legs.append(rod((x * k, 0.32 * k, z * k), foot, 0.045 * k, COLOUR, 0.028 * k))
        return [body, legs]

    return Aid(path, shapes, mats, {}, "")


def curtain(at: tuple[float, float], yaw: float, h: float, w: float, colour: Sequence[float]) -> Aid:
    """Give a curtain that sways in a draught."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 11, 0, 0, 0, 0]
    origin = np.array([at[0], 0.0, at[1]])
    n = 6

    def shapes(t: float) -> list[Group]:
        cloth = []
        for i in range(n):
            x = (i - (n - 1) / 2) * w / n
            d = 0.16 * np.sin(1.7 * t + 0.6 * i) + 0.08 * np.sin(3.1 * t + 1.1 * i)
            cloth.append(rod((x, h, 0.02), (x + 0.3 * d, 0.10, 0.05 + abs(d)), 0.6 * w / n, COLOUR))
        return [cloth]

    return Aid(lambda _t: (origin, yaw), shapes, mats, {}, "")
