"""Scenes that a set writes, put together but not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.studio.build import World, build
from benchmarks.studio.scene import parse_scene
from benchmarks.studio.truth import supports
from benchmarks.support.draw import Families, scenes_of

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib


@dataclass(frozen=True)
class Worlds:
    """Some scenes of a set, by name."""

    scenes: dict[str, str]

    @property
    def held(self) -> list[str]:
        return sorted(name for name in self.scenes if not name.startswith("free_"))

    @property
    def free(self) -> list[str]:
        return sorted(name for name in self.scenes if name.startswith("free_"))

    def __call__(self, name: str) -> World:
        return build(parse_scene(tomllib.loads(self.scenes[name]), name=name))


def worlds(families: Families, *views: str, seed: int = 7_000) -> Worlds:
    """The scenes whose names end so."""
    made = scenes_of(families, seed=seed)
    return Worlds({name: text for name, text in made.items() if name.endswith(views)})


def reaches(scene: World, *, within_m: float) -> bool:
    """Whether every hand is where it holds for most of the walk."""
    times = np.linspace(0.8, scene.duration_s - 0.8, 12)
    hands = [hold.spec for hold in scene.holds if hold.spec.hand != "none"]
    off = [
        [scene.actors[spec.who].residual_m(spec.hand, float(t)) for t in times] for spec in hands
    ]
    return all(np.median(hand) < within_m for hand in off)


def only_support(scene: World, who: str = "walker") -> dict[str, Any]:
    """The truth of somebody's support, which is one all the while."""
    (span,) = supports(scene, np.arange(0.0, scene.duration_s, 0.04), who)
    return span
