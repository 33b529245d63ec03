"""The things of a scene: what lies, what stands, what moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.studio import aids, encircling, furniture, pushed, tied, toys, walking_aids
from benchmarks.studio.actor import Actor
from benchmarks.studio.aids import Aid
from benchmarks.studio.boxes import Placed
from benchmarks.studio.errors import SceneError
from benchmarks.studio.rooms import CLOTHS
from benchmarks.studio.scene import PropSpec, Scene


def _colour(prop: PropSpec, fallback: tuple[float, float, float]) -> tuple[float, float, float]:
    return (prop.colour[0], prop.colour[1], prop.colour[2]) if prop.colour else fallback


def cloth(scene: Scene, prop: PropSpec) -> list[float]:
    """Lay something flat on the floor; its length runs along x before it is turned."""
    if len(prop.at) != 2:
        raise SceneError(f"{scene.name}: the {prop.kind} needs at = [x, z]")
    length, depth = prop.length_m or 2.0, prop.depth_m or 1.2
    yaw, seed = float(np.radians(prop.heading_deg)), (scene.seed * 0.37) % 1.0
    return [*prop.at, length / 2, depth / 2, CLOTHS[prop.kind], yaw, seed, 0.0]


def place(scene: Scene, prop: PropSpec, actors: Mapping[str, Actor]) -> Placed:
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
        at = pelvis + np.array([np.sin(yaw), 0, np.cos(yaw)]) * (
            depth / 2 - 0.085 * h + prop.ahead_m
        )
        return furniture.make(prop.kind, (float(at[0]), float(at[2])), float(yaw), **kwargs)
    if len(prop.at) != 2:
        raise SceneError(f"{scene.name}: the {prop.kind} needs at = [x, z] (or under = a person)")
    return furniture.make(
        prop.kind, (prop.at[0], prop.at[1]), float(np.radians(prop.heading_deg)), **kwargs
    )


_ALONG: dict[str, tuple[Callable[..., Aid], float, tuple[float, float, float]]] = {
    # maker, metres ahead of the pelvis per metre of height, colour
    "rollator": (walking_aids.rollator, 0.20, (0.35, 0.06, 0.08)),
    "front_walker": (walking_aids.front_walker, 0.20, (0.6, 0.6, 0.62)),
    "rear_walker": (walking_aids.rear_walker, 0.02, (0.08, 0.2, 0.5)),
    "push_toy": (walking_aids.push_toy, 0.27, (0.6, 0.1, 0.08)),
    "pram": (walking_aids.pram, 0.24, (0.1, 0.14, 0.3)),
    "wheelchair": (walking_aids.wheelchair, 0.06, (0.06, 0.07, 0.1)),
    "scooter": (walking_aids.scooter, 0.0, (0.1, 0.45, 0.3)),
    "pushed_chair": (pushed.pushed_chair, 0.25, (0.50, 0.33, 0.18)),
    "pushed_box": (pushed.pushed_box, 0.25, (0.42, 0.30, 0.18)),
    "trolley": (pushed.trolley, 0.24, (0.6, 0.1, 0.1)),
    "hoist": (pushed.hoist, 0.0, (0.55, 0.58, 0.62)),
    "baby_walker": (encircling.baby_walker, 0.0, (0.10, 0.32, 0.50)),
    "gait_trainer": (encircling.gait_trainer(-0.26), 0.0, (0.08, 0.25, 0.12)),
    "front_trainer": (encircling.gait_trainer(0.28), 0.0, (0.45, 0.05, 0.06)),
    "stool": (pushed.stool, 0.0, (0.05, 0.05, 0.06)),
    "skirt": (encircling.skirt, 0.0, (0.30, 0.06, 0.22)),
}


def _rolling_ball(prop: PropSpec) -> Aid:
    r, path = 0.13 * prop.size, aids.wandering(prop.path)
    colour = _colour(prop, (0.7, 0.1, 0.1))
    return toys.toy_ball(r, lambda t: path(t)[0] + np.array([0, r, 0]), colour)


def _pet(prop: PropSpec) -> Aid:
    return toys.pet(prop.size, aids.wandering(prop.path), _colour(prop, (0.35, 0.22, 0.12)))


def _at_side(prop: PropSpec, actor: Actor) -> Aid:
    """Make what goes at a person's side: a drip stand, a dog, a toy on a string."""
    h, q = actor.height_m, 1.0 if prop.side == "left" else -1.0
    ahead, left = {"drip_stand": (0.14, 0.20), "pet": (0.0, 0.24), "pull_toy": (-0.75, 0.10)}[
        prop.kind
    ]
    path = aids.beside(
        actor, ahead=ahead * h + prop.ahead_m, left=q * left * h,
        from_s=prop.from_s, until_s=prop.until_s,
    )  # fmt: skip
    if prop.kind == "drip_stand":
        return pushed.drip_stand(h * prop.size, path, _colour(prop, (0.5, 0.5, 0.55)))
    if prop.kind == "pet":
        return toys.pet(prop.size, path, _colour(prop, (0.35, 0.22, 0.12)))
    return tied.pull_toy(path, _colour(prop, (0.7, 0.55, 0.08)))


def _strap(
    scene: Scene, prop: PropSpec, actors: Mapping[str, Actor], things: Mapping[str, Aid]
) -> Aid:
    """Make what is stretched between two places on people or things."""

    def end(text: str) -> tied.Place:
        owner, _, name = text.partition(".")
        try:
            place = actors[owner].point if owner in actors else things[owner].handle
            place(name, 0.0)
        except (KeyError, ValueError) as error:
            raise SceneError(f"{scene.name}: {owner} has no place {name!r} ({error})") from error
        return lambda t: place(name, t)

    if len(prop.ends) != 2:
        raise SceneError(f"{scene.name}: the strap needs ends = [NAME.PLACE, NAME.PLACE]")
    thick = 0.012 * prop.size
    return tied.strap(
        (end(prop.ends[0]), end(prop.ends[1])), thick, _colour(prop, (0.5, 0.05, 0.05))
    )


def _curtain(prop: PropSpec) -> Aid:
    return toys.curtain(
        (prop.at[0], prop.at[1]), float(np.radians(prop.heading_deg)), prop.height_m or 2.2,
        prop.length_m or 0.9, _colour(prop, (0.5, 0.42, 0.3)),
    )  # fmt: skip


_ALONE = {"ball": _rolling_ball, "pet": _pet, "curtain": _curtain}
"""Things that nobody holds."""


def _along(prop: PropSpec, actors: Mapping[str, Actor]) -> Aid:
    """Make an aid that goes with somebody, or by itself."""
    maker, ahead, usual = _ALONG[prop.kind]
    colour = _colour(prop, usual)
    if not prop.goes_with:
        path = aids.wandering(prop.path or [[0.0, *prop.at], [1.0, *prop.at]])
        return maker(1.7 * prop.size, path, colour)
    actor = actors[prop.goes_with]
    path = aids.beside(
        actor, ahead=ahead * actor.height_m + prop.ahead_m,
        from_s=prop.from_s, until_s=prop.until_s,
    )  # fmt: skip
    return maker(actor.height_m * prop.size, path, colour)


def _stick(prop: PropSpec, actor: Actor) -> Aid:
    return walking_aids.stick(
        actor, side=prop.side, crutch=prop.kind == "crutch",
        colour=_colour(prop, (0.3, 0.3, 0.32)), from_s=prop.from_s, until_s=prop.until_s,
    )  # fmt: skip


def _bag(prop: PropSpec, actor: Actor) -> Aid:
    return tied.bag(actor, side=prop.side, colour=_colour(prop, (0.25, 0.12, 0.08)))


def _carried(prop: PropSpec, actor: Actor) -> Aid:
    """Give a toy between the palms of one whose arms carry (``arms = "carry"``)."""
    r = (0.10 if prop.kind == "ball" else 0.075) * actor.height_m * prop.size

    def place(t: float) -> tuple[np.ndarray, float]:
        middle = 0.5 * (actor.point("left_palm", t) + actor.point("right_palm", t))
        return middle, actor.pelvis(t)[1]

    if prop.kind == "ball":
        return toys.toy_ball(r, lambda t: place(t)[0], _colour(prop, (0.75, 0.15, 0.1)))
    return toys.teddy(r, place, _colour(prop, (0.45, 0.28, 0.14)))


_WITH: dict[str, Callable[[PropSpec, Actor], Aid]] = {
    "stick": _stick,
    "crutch": _stick,
    "bag": _bag,
    "ball": _carried,
    "teddy": _carried,
    "drip_stand": _at_side,
    "pet": _at_side,
    "pull_toy": _at_side,
}
"""What somebody has in a hand or at their side."""


def aid(
    scene: Scene, prop: PropSpec, actors: Mapping[str, Actor], things: Mapping[str, Aid]
) -> Aid:
    """Make a thing that moves: with a person, by itself along a path, in a hand, or tied."""
    kind = prop.kind
    if kind in _ALONG:
        return _along(prop, actors)
    if kind == "strap":
        return _strap(scene, prop, actors, things)
    if kind in _WITH and prop.goes_with:
        return _WITH[kind](prop, actors[prop.goes_with])
    if kind in _ALONE:
        return _ALONE[kind](prop)
    known = sorted({*CLOTHS, *furniture.MAKERS, *_ALONG, *_ALONE, *_WITH, "strap"})
    raise SceneError(f"{scene.name}: no prop {kind!r}; known are {', '.join(known)}")
