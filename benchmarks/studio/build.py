"""From a scene to its world: actors, furniture, aids, holds, camera; and what to draw when."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.studio import aids, furniture
from benchmarks.studio.actor import Actor
from benchmarks.studio.aids import Aid
from benchmarks.studio.camera import View, look, tremble
from benchmarks.studio.errors import SceneError
from benchmarks.studio.furniture import Placed
from benchmarks.studio.holds import Hold, make_holds
from benchmarks.studio.renderer import SHADERS, Graph
from benchmarks.studio.riding import Rider
from benchmarks.studio.rooms import CLOTHS, furnish
from benchmarks.studio.scene import PersonSpec, PropSpec, Scene

MakeActor = Callable[..., Actor]
LOOK_VERSION = 1
"""Raised when effects or the encoder change what a clip looks like."""


@dataclass
class Moment:
    """The world at one time: every actor's pose, and the graph to draw."""

    t_s: float
    poses: dict[str, Any]
    graph: Graph
    shapes_of: dict[str, slice]
    """Which rows of ``graph.shapes`` belong to whom or what."""
    capsules_of: dict[str, slice]


@dataclass
class World:
    """A scene with everything made."""

    scene: Scene
    actors: dict[str, Actor]
    aids: dict[str, Aid]
    placed: dict[str, Placed]
    holds: list[Hold]
    duration_s: float
    frame_times_s: np.ndarray
    _base: Graph
    _camera: Callable[[float], View]
    still_camera: bool
    material_of: dict[str, int] = field(default_factory=dict)

    def view(self, t_s: float) -> View:
        """Give the camera at a time."""
        return self._camera(t_s)

    def shown_s(self, t_s: float) -> float:
        """Give the moment that the picture at a time shows: that time, or the one held still."""
        return self.scene.still_at_s if self.scene.still_at_s >= 0 else t_s

    def moment(self, t_s: float) -> Moment:
        """Give everybody's pose and the graph at a time."""
        base = self._base
        graph = Graph(base.surroundings, base.boxes, base.panels, base.rugs, base.materials)
        poses, shapes_of, capsules_of = {}, {}, {}
        for name, actor in self.actors.items():
            poses[name] = pose = actor.pose(t_s)
            shapes, groups, capsules = actor.primitives(pose, self.material_of[name])
            first, first_capsule = len(graph.shapes), len(graph.capsules)
            _add_groups(graph, shapes, groups)
            graph.capsules.extend(capsules)
            shapes_of[name] = slice(first, len(graph.shapes))
            capsules_of[name] = slice(first_capsule, len(graph.capsules))
        for name, aid in self.aids.items():
            first, first_capsule = len(graph.shapes), len(graph.capsules)
            for a, b, radius, rows in aid.parts(t_s, self.material_of[name]):
                _add_groups(graph, rows, [(a, b, radius, len(rows))])
                graph.capsules.extend(_capsules(rows))
            shapes_of[name] = slice(first, len(graph.shapes))
            capsules_of[name] = slice(first_capsule, len(graph.capsules))
        return Moment(t_s, poses, graph, shapes_of, capsules_of)

    def fingerprint(self) -> str:
        """SHA-256 of the numbers that make the pictures: same numbers, same clip.

        Every half second the graph and the camera are rounded to a thousandth (with an odd
        offset, so that round figures are not on the edge) and hashed, with the shader's text and
        the picture's settings.
        """
        digest = hashlib.sha256()
        for t in np.arange(0.0, self.duration_s, 0.5):
            moment, view = self.moment(float(t)), self.view(float(t))
            numbers = np.concatenate([
                moment.graph.packed().ravel().astype(np.float64),
                view.position, view.axes.ravel(), [view.focal_px, view.distortion],
            ])  # fmt: skip
            digest.update(np.floor(numbers * 1000 + 0.3717).astype(np.int64).tobytes())
        digest.update(repr((self.scene.picture, LOOK_VERSION, self._base.surroundings)).encode())
        digest.update((SHADERS / "scene.frag").read_bytes())
        digest.update(np.round(self.frame_times_s, 4).tobytes())
        return digest.hexdigest()


def build(scene: Scene, *, make_actor: MakeActor | None = None) -> World:
    """Make the world of a scene.

    Raises
    ------
    SceneError
        A room, prop, place or script that does not exist or does not fit.
    """
    if make_actor is None:
        from benchmarks.studio.person import make_actor  # noqa: PLC0415  (heavy)
    actors: dict[str, Actor] = {}
    for i, spec in enumerate(scene.people):
        actors[spec.name] = _actor(scene, spec, i, make_actor, actors)
    room = furnish(scene.room, camera_at=scene.camera.at)
    placed: dict[str, Placed] = {}
    things: dict[str, Aid] = {}
    for i, prop in enumerate(scene.props):
        name = prop.name or f"{prop.kind}#{i}"
        if prop.kind in CLOTHS:
            room.rugs.append(_cloth(scene, prop))
        elif prop.kind in furniture.MAKERS:
            placed[name] = _place(scene, prop, actors)
        else:
            things[name] = _aid(scene, prop, actors)
    holds = make_holds(scene, actors=actors, aids=things, placed=placed)
    duration = scene.duration_s or next(iter(actors.values())).end_s
    boxes = [b for p in [*room.placed, *placed.values()] for b in p.boxes()]
    base = Graph(room.surroundings, boxes, room.panels, room.rugs, [])
    material_of = {}
    for owner, rows in [(n, a.materials()) for n, a in actors.items()] + [
        (n, a.materials) for n, a in things.items()
    ]:
        material_of[owner] = len(base.materials)
        base.materials.extend(rows)
    camera, still = _camera(scene, actors)
    return World(
        scene, actors, things, placed, holds, duration, frame_times(scene, duration),
        base, camera, still, material_of,
    )  # fmt: skip


def frame_times(scene: Scene, duration_s: float) -> np.ndarray:
    """Times of the frames, s: even, or uneven and with losses, by seed."""
    picture = scene.picture
    n = round(duration_s * picture.fps)
    times = np.arange(n) / picture.fps
    if picture.uneven or picture.drop:
        rng = np.random.default_rng(scene.seed + 991)
        late = np.clip(rng.normal(0, picture.uneven, n), -0.45, 0.45) / picture.fps
        times = times + late
        times[0] = 0.0
        keep = rng.uniform(size=n) >= picture.drop
        keep[0] = True
        times = times[keep]
    return times


def _actor(
    scene: Scene, spec: PersonSpec, i: int, make_actor: MakeActor, others: dict[str, Actor]
) -> Actor:
    start, heading = ((0.0, 0.0), 0.0) if spec.ride else (spec.start, spec.heading_deg)
    try:
        actor = make_actor(
            build=spec.build,
            look=spec.look,
            script=spec.script,
            start=(start[0], start[1]),
            heading_deg=heading,
            seed=spec.seed or scene.seed * 31 + i,
            others=dict(others),
        )
    except (ValueError, KeyError) as error:
        raise SceneError(f"{scene.name}: {spec.name}: {error}") from error
    if not spec.ride:
        return actor
    return Rider(actor, aids.wandering(spec.ride), lift_m=spec.ride_lift_m)


def _add_groups(graph: Graph, shapes: list[list[float]], groups: list[Any]) -> None:
    first = len(graph.shapes)
    for a, b, radius, count in groups:
        graph.groups.append([*a, radius, *b, first + 1000 * count])
        first += count
    graph.shapes.extend(shapes)


def _capsules(rows: list[list[float]]) -> list[list[float]]:
    """Shadow capsules of a thing's shapes: rods as they are, the rest by their middle."""
    out = []
    for r in rows[:6]:
        if r[10] == 0:
            out.append([*r[0:3], max(r[3], r[7]), *r[4:7], 0.0])
        elif r[10] in (1, 2):
            half = sorted(r[4:7])
            out.append([*r[0:3], half[1] * 0.9, r[0], r[1] + 0.01, r[2], 0.0])
    return out


def _colour(prop: PropSpec, fallback: tuple[float, float, float]) -> tuple[float, float, float]:
    return (prop.colour[0], prop.colour[1], prop.colour[2]) if prop.colour else fallback


def _cloth(scene: Scene, prop: PropSpec) -> list[float]:
    """Lay something flat on the floor; its length runs along x before it is turned."""
    if len(prop.at) != 2:
        raise SceneError(f"{scene.name}: the {prop.kind} needs at = [x, z]")
    length, depth = prop.length_m or 2.0, prop.depth_m or 1.2
    yaw, seed = float(np.radians(prop.heading_deg)), (scene.seed * 0.37) % 1.0
    return [*prop.at, length / 2, depth / 2, CLOTHS[prop.kind], yaw, seed, 0.0]


def _place(scene: Scene, prop: PropSpec, actors: dict[str, Actor]) -> Placed:
    """Set a piece of furniture: where it is told, or beneath one who sits."""
    colour = _colour(prop, furniture.MAKERS[prop.kind][2])
    kwargs: dict[str, Any] = {
        "size": prop.size, "height_m": prop.height_m, "width_m": prop.length_m,
        "depth_m": prop.depth_m, "colour": colour,
    }  # fmt: skip
    if prop.under:
        actor = actors[prop.under]
        pelvis, yaw = actor.pelvis(prop.at_s)
        h = actor.height_m
        if not prop.height_m:
            kwargs["height_m"] = float(pelvis[1] - 0.068 * h)
        usual = furniture.MAKERS[prop.kind][1]
        scale = 0.72 if h < 1.3 else 1.0
        kwargs["width_m"] = prop.length_m or usual[1] * scale
        depth = kwargs["depth_m"] = prop.depth_m or usual[2] * scale
        at = pelvis + np.array([np.sin(yaw), 0, np.cos(yaw)]) * (depth / 2 - 0.085 * h + prop.ahead_m)
        return furniture.make(prop.kind, (float(at[0]), float(at[2])), float(yaw), **kwargs)
    if len(prop.at) != 2:
        raise SceneError(f"{scene.name}: the {prop.kind} needs at = [x, z] (or under = a person)")
    return furniture.make(
        prop.kind, (prop.at[0], prop.at[1]), float(np.radians(prop.heading_deg)), **kwargs
    )


_ALONG: dict[str, tuple[Callable[..., Aid], float, tuple[float, float, float]]] = {
    # maker, metres ahead of the pelvis per metre of height, colour
    "rollator": (aids.rollator, 0.20, (0.35, 0.06, 0.08)),
    "front_walker": (aids.front_walker, 0.20, (0.6, 0.6, 0.62)),
    "rear_walker": (aids.rear_walker, 0.02, (0.08, 0.2, 0.5)),
    "push_toy": (aids.push_toy, 0.27, (0.6, 0.1, 0.08)),
    "pram": (aids.pram, 0.24, (0.1, 0.14, 0.3)),
    "wheelchair": (aids.wheelchair, 0.06, (0.06, 0.07, 0.1)),
    "scooter": (aids.scooter, 0.0, (0.1, 0.45, 0.3)),
}


def _aid(scene: Scene, prop: PropSpec, actors: dict[str, Actor]) -> Aid:
    """Make a thing that moves: with a person, by itself along a path, or in a hand."""
    kind = prop.kind
    if kind in _ALONG:
        maker, ahead, colour = _ALONG[kind]
        if prop.goes_with:
            actor = actors[prop.goes_with]
            path = aids.beside(
                actor, ahead=ahead * actor.height_m + prop.ahead_m, from_s=prop.from_s, until_s=prop.until_s
            )
            return maker(actor.height_m * prop.size, path, _colour(prop, colour))
        path = aids.wandering(prop.path or [[0.0, *prop.at], [1.0, *prop.at]])
        return maker(1.7 * prop.size, path, _colour(prop, colour))
    if kind in ("stick", "crutch"):
        return aids.stick(
            actors[prop.goes_with], side=prop.side, crutch=kind == "crutch",
            colour=_colour(prop, (0.3, 0.3, 0.32)), from_s=prop.from_s, until_s=prop.until_s,
        )  # fmt: skip
    if kind in ("ball", "teddy") and prop.goes_with:
        return _carried(prop, actors[prop.goes_with])
    if kind == "ball":
        r = 0.13 * prop.size
        path = aids.wandering(prop.path)
        return aids.toy_ball(r, lambda t: path(t)[0] + np.array([0, r, 0]), _colour(prop, (0.7, 0.1, 0.1)))
    if kind == "pet":
        return aids.pet(prop.size, aids.wandering(prop.path), _colour(prop, (0.35, 0.22, 0.12)))
    if kind == "curtain":
        return aids.curtain(
            (prop.at[0], prop.at[1]), float(np.radians(prop.heading_deg)), prop.height_m or 2.2,
            prop.length_m or 0.9, _colour(prop, (0.5, 0.42, 0.3)),
        )  # fmt: skip
    known = sorted([*CLOTHS, *furniture.MAKERS, *_ALONG, "stick", "crutch", "ball", "teddy", "pet", "curtain"])
    raise SceneError(f"{scene.name}: no prop {kind!r}; known are {', '.join(known)}")


def _carried(prop: PropSpec, actor: Actor) -> Aid:
    """Give a toy between the palms of one whose arms carry (``arms = "carry"``)."""
    r = (0.10 if prop.kind == "ball" else 0.075) * actor.height_m * prop.size

    def place(t: float) -> tuple[np.ndarray, float]:
        middle = 0.5 * (actor.point("left_palm", t) + actor.point("right_palm", t))
        return middle, actor.pelvis(t)[1]

    if prop.kind == "ball":
        return aids.toy_ball(r, lambda t: place(t)[0], _colour(prop, (0.75, 0.15, 0.1)))
    return aids.teddy(r, place, _colour(prop, (0.45, 0.28, 0.14)))


# ---------------------------------------------------------------- the camera
def _camera(scene: Scene, actors: dict[str, Actor]) -> tuple[Callable[[float], View], bool]:
    """Make the camera's motion; the flag says whether it stands still."""
    spec, picture = scene.camera, scene.picture
    shakes = [tremble(spec.shake, seed=scene.seed * 17 + k) for k in range(6)]
    pan = _pan(scene, actors[spec.follow]) if spec.follow else None
    roll = float(np.radians(spec.roll_deg))

    def view(t: float) -> View:
        at, target, fov = _keyed(scene, t)
        if pan is not None:
            moved = pan(t)
            target = target + spec.share * moved
            at = at + spec.ride * moved
        tilt = roll
        if spec.shake:
            far = float(np.linalg.norm(target - at))
            at = at + np.array([shakes[i](t) for i in range(3)]) * 0.5
            target = target + np.array([shakes[3](t), shakes[4](t), 0.0]) * far
            tilt += 0.5 * shakes[5](t)
        return look(
            at, target, fov_deg=fov, width=picture.width, height=picture.height, roll=tilt,
            distortion=spec.distortion,
        )  # fmt: skip

    return view, not (spec.follow or spec.shake or spec.keys)


def _keyed(scene: Scene, t_s: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Place, target and angle of view between the camera's keys."""
    spec = scene.camera
    at, target, fov = np.asarray(spec.at, float), np.asarray(spec.look, float), spec.fov_deg
    before = 0.0
    for key in spec.keys:
        x = float(np.clip((t_s - before) / max(key.t_s - before, 1e-6), 0, 1))
        x = x * x * (3 - 2 * x)
        if key.at:
            at = at + (np.asarray(key.at, float) - at) * x
        if key.look:
            target = target + (np.asarray(key.look, float) - target) * x
        if key.fov_deg:
            fov = fov + (key.fov_deg - fov) * x
        before = key.t_s
    return at, target, fov


def _pan(scene: Scene, actor: Actor) -> Callable[[float], np.ndarray]:
    """How far a person has gone since the start, as a hand that follows late sees it."""
    from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415

    rate = 20.0
    times = np.arange(0.0, (scene.duration_s or actor.end_s) + 1.0, 1 / rate)
    spots = np.asarray([actor.pelvis(float(t))[0] for t in times], float)
    spots[:, 1] = 0.0
    smooth = gaussian_filter1d(spots - spots[0], scene.camera.lag_s * rate, axis=0, mode="nearest")
    lag = 0.5 * scene.camera.lag_s
    return lambda t: np.array([np.interp(t - lag, times, smooth[:, i]) for i in range(3)])
