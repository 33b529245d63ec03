"""Hands at places: on somebody, on a walking aid, along an edge.

They move the arms, and they are the truth of support.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.actor import Actor, HandTarget, Side
from benchmarks.studio.aids import Aid
from benchmarks.studio.boxes import Placed
from benchmarks.studio.errors import SceneError
from benchmarks.studio.scene import HoldSpec, Scene

_REACH = 0.335
"""Shoulder to palm of an arm nearly straight, as a share of the height."""
Place = Callable[[float], np.ndarray]


@dataclass(frozen=True)
class Hold:
    """One hold, resolved.

    ``what`` is the support it gives ("" for none), ``cause`` its name for the truth.
    """

    spec: HoldSpec
    target: HandTarget
    what: str
    cause: str


def make_holds(
    scene: Scene,
    *,
    actors: Mapping[str, Actor],
    aids: Mapping[str, Aid],
    placed: Mapping[str, Placed],
) -> list[Hold]:
    """Resolve every hold of a scene and attach the hands.

    Raises
    ------
    SceneError
        A place that the person or thing does not have.
    """
    holds = []
    for spec in scene.holds:
        owner, _, place_name = spec.to.partition(".")
        if owner in actors:
            place = _on_person(scene, spec, actors, owner, place_name)
            what, cause = "person", owner
        elif owner in aids:
            place = _on_aid(scene, aids[owner], owner, place_name)
            what, cause = aids[owner].support, owner
        else:
            place = _on_edge(scene, spec, actors[spec.who], placed[owner])
            what, cause = "object_fixed", owner
        if what == "person" and spec.supports and spec.supports != spec.who:
            cause = spec.who  # the holder holds the other up
        target = _timed(spec, _shifted(spec, place, actors[spec.who]))
        if spec.hand != "none":
            actors[spec.who].attach(spec.hand, target)  # type: ignore[arg-type]
        holds.append(Hold(spec, target, what if spec.supports else "", cause))
    return holds


def _on_person(
    scene: Scene, spec: HoldSpec, actors: Mapping[str, Actor], owner: str, name: str
) -> Place:
    """A place on a body; "hand" is where both people's hands meet, between them."""
    other = actors[owner]
    if name in ("left_hand", "right_hand"):
        side: Side = "left" if name == "left_hand" else "right"
        return _meeting(actors[spec.who], spec.hand, other, side)
    try:
        other.point(name, 0.0)
    except (KeyError, ValueError) as error:
        raise SceneError(f"{scene.name}: {owner} has no place {name!r} ({error})") from error
    return lambda t: other.point(name, t)


def _meeting(a: Actor, a_side: Side, b: Actor, b_side: Side) -> Place:
    """Where two hands meet: nearer the smaller person, low enough for both, on the line between."""
    small, small_side = (a, a_side) if a.height_m <= b.height_m else (b, b_side)
    large, large_side = (b, b_side) if small is a else (a, a_side)

    def place(t: float) -> np.ndarray:
        s = small.point(f"{small_side}_shoulder", t)
        g = large.point(f"{large_side}_shoulder", t)
        between = s + 0.42 * (g - s)
        aside = float(np.hypot(between[0] - g[0], between[2] - g[2]))
        hang = np.sqrt(max((_REACH * large.height_m) ** 2 - aside**2, 0.0))  # arm nearly straight
        low, high = s[1] - 0.24 * small.height_m, s[1] + 0.20 * small.height_m
        between[1] = np.clip(g[1] - hang, low, high)
        return between

    return place


def _on_aid(scene: Scene, aid: Aid, owner: str, name: str) -> Place:
    try:
        aid.handle(name, 0.0)
    except KeyError as error:
        raise SceneError(
            f"{scene.name}: {owner} has no handle {name!r}; it has {', '.join(aid.handles)}"
        ) from error
    return lambda t: aid.handle(name, t)


def _on_edge(scene: Scene, spec: HoldSpec, actor: Actor, thing: Placed) -> Place:
    """The place of an edge nearest the shoulder, taken anew every ``regrip_s``."""
    owner, _, name = spec.to.partition(".")
    if name not in thing.furniture.edges:
        raise SceneError(
            f"{scene.name}: {owner} has no edge {name!r}; it has {', '.join(thing.furniture.edges)}"
        )
    a, b = thing.edge(name)
    along = (b - a) / np.linalg.norm(b - a)
    length = float(np.linalg.norm(b - a))
    q = 1.0 if spec.hand == "left" else -1.0

    def near(t: float) -> float:
        at, yaw = actor.pelvis(t)
        own = at + q * 0.11 * actor.height_m * np.array([np.cos(yaw), 0, -np.sin(yaw)])
        own = own + 0.06 * actor.height_m * np.array([np.sin(yaw), 0, np.cos(yaw)])
        return float(np.clip((own - a) @ along, 0.04, length - 0.04))

    if spec.regrip_s <= 0:
        return lambda t: a + along * near(t)
    period, move = spec.regrip_s, 0.3
    offset = 0.0 if spec.hand == "left" else 0.5 * period

    def place(t: float) -> np.ndarray:
        k = np.floor((t - offset) / period)
        start = k * period + offset
        old, new = near(start - 0.5 * period), near(start + 0.5 * period)
        x = float(np.clip((t - start) / move, 0, 1))
        x = x * x * (3 - 2 * x)
        lift = 0.04 * np.sin(np.pi * x) if abs(new - old) > 0.01 else 0.0
        return a + along * (old + (new - old) * x) + np.array([0.0, lift, 0.0])

    return place


def _shifted(spec: HoldSpec, place: Place, actor: Actor) -> Place:
    if not spec.offset:
        return place
    left, up, ahead = spec.offset

    def shifted(t: float) -> np.ndarray:
        yaw = actor.pelvis(t)[1]
        return place(t) + np.array([
            np.cos(yaw) * left + np.sin(yaw) * ahead, up, -np.sin(yaw) * left + np.cos(yaw) * ahead
        ])  # fmt: skip

    return shifted


def _timed(spec: HoldSpec, place: Place) -> HandTarget:
    """Weight 1 during the hold, eased in before it and out after it."""

    def target(t: float) -> tuple[np.ndarray, float] | None:
        early = (t - (spec.from_s - spec.take_s)) / spec.take_s
        late = ((spec.until_s + spec.take_s) - t) / spec.take_s
        x = float(np.clip(min(early, late), 0.0, 1.0))
        if x <= 0.0:
            return None
        return place(t), x * x * (3 - 2 * x)

    return target
