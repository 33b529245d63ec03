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
from benchmarks.studio.boxes import Placed
from benchmarks.studio.camera import View
from benchmarks.studio.errors import SceneError
from benchmarks.studio.filming import camera_of
from benchmarks.studio.holds import Hold, make_holds
from benchmarks.studio.person import make_actor
from benchmarks.studio.props import aid, cloth, place
from benchmarks.studio.renderer import SHADERS, Graph
from benchmarks.studio.riding import Rider
from benchmarks.studio.rooms import CLOTHS, furnish
from benchmarks.studio.scene import PersonSpec, Scene

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
        for name, thing in self.aids.items():
            first, first_capsule = len(graph.shapes), len(graph.capsules)
            for a, b, radius, rows in thing.parts(t_s, self.material_of[name]):
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


def build(scene: Scene) -> World:
    """Make the world of a scene.

    Raises
    ------
    SceneError
        A room, prop, place or script that does not exist or does not fit.
    """
    actors: dict[str, Actor] = {}
    for i, spec in enumerate(scene.people):
        actors[spec.name] = _actor(scene, spec, i, actors)
    room = furnish(scene.room, camera_at=scene.camera.at)
    placed: dict[str, Placed] = {}
    things: dict[str, Aid] = {}
    for i, prop in enumerate(scene.props):
        name = prop.name or f"{prop.kind}#{i}"
        if prop.kind in CLOTHS:
            room.rugs.append(cloth(scene, prop))
        elif prop.kind in furniture.MAKERS:
            placed[name] = place(scene, prop, actors)
        else:
            things[name] = aid(scene, prop, actors, things)
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
    camera, still = camera_of(scene, actors)
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


def _actor(scene: Scene, spec: PersonSpec, i: int, others: dict[str, Any]) -> Actor:
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
