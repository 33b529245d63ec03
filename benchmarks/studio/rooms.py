"""Rooms as a scene asks for them: colours turned by seed, light set, furniture placed."""

from __future__ import annotations

import colorsys
import dataclasses
from dataclasses import dataclass

import numpy as np

from benchmarks.studio import furniture
from benchmarks.studio.boxes import Placed
from benchmarks.studio.errors import SceneError
from benchmarks.studio.renderer import Surroundings
from benchmarks.studio.room_styles import CHECKS, MAT, PAPER_ROAD, PLAIN_RUG, ROOMS, WAVES
from benchmarks.studio.scene import RoomSpec


@dataclass(frozen=True)
class Furnished:
    """A room ready to be drawn, as rows for the shader."""

    surroundings: Surroundings
    panels: list[list[float]]
    rugs: list[list[float]]
    """Rows of x, z, half sizes, style, yaw, seed."""
    placed: list[Placed]


CLOTHS = {
    "rug": WAVES,
    "plain_rug": PLAIN_RUG,
    "paper_road": PAPER_ROAD,
    "mat": MAT,
    "checked_rug": CHECKS,
}
"""What a scene may lay on the floor, by name."""
LIGHTS = ("day", "lamp", "window", "backlight", "dim", "infrared")


def furnish(spec: RoomSpec, *, camera_at: list[float]) -> Furnished:
    """Make a room as a scene asks for it: its colours turned by seed, its light set.

    Raises
    ------
    SceneError
        No such room or light.
    """
    if spec.style not in ROOMS:
        raise SceneError(f"room.style {spec.style!r}; known are {', '.join(ROOMS)}")
    if spec.light not in LIGHTS:
        raise SceneError(f"room.light {spec.light!r}; known are {', '.join(LIGHTS)}")
    room = ROOMS[spec.style]
    rng = np.random.default_rng(spec.seed)
    s = room.surroundings
    if spec.seed:
        s = dataclasses.replace(s, wall=_turned(s.wall, rng), floor=_turned(s.floor, rng))
    s, glow = _lit(s, spec, camera_at)
    shift = rng.uniform() if spec.seed else 0.0
    panels = [
        [p.wall, p.along, p.up, p.kind, p.half_w, p.half_h, (p.seed + shift) % 1.0, glow]
        for p in room.panels
    ]
    rugs = [
        [r.x, r.z, r.half_x, r.half_z, r.style, r.yaw, (r.seed + shift) % 1.0, 0.0]
        for r in ([] if spec.bare else room.rugs)
    ]
    placed = [
        furniture.make(kind, (x, z), np.radians(deg), **sizes)  # type: ignore[arg-type]
        for kind, x, z, deg, sizes in ([] if spec.bare else room.things)
    ]
    return Furnished(s, panels, rugs, placed)


def _turned(
    colour: tuple[float, float, float], rng: np.random.Generator
) -> tuple[float, float, float]:
    """Another hue, strength and brightness not far from the colour."""
    h, s, v = colorsys.rgb_to_hsv(*colour)
    h = (h + rng.uniform(-0.04, 0.05)) % 1.0
    v = min(0.80, v * rng.uniform(0.75, 1.2))
    r, g, b = colorsys.hsv_to_rgb(h, s * rng.uniform(0.4, 1.05), v)
    return (r, g, b)


def _lit(s: Surroundings, spec: RoomSpec, camera_at: list[float]) -> tuple[Surroundings, float]:
    """Set the light; the number is how bright the windows shine."""
    glow = 1.0
    if spec.light == "lamp":
        s = dataclasses.replace(
            s,
            light_colour=(2.4, 1.85, 1.25),
            ambient=s.ambient * 0.55,
            sky=(0.95, 0.85, 0.72),
            light_fall=0.09,
        )
        glow = 0.02
    elif spec.light == "window":
        x = s.low[0] + 0.3
        s = dataclasses.replace(
            s,
            light=(x, 1.9, -0.4),
            light_colour=(2.9, 3.0, 3.2),
            ambient=s.ambient * 0.7,
            light_fall=0.05,
        )
        glow = 1.6
    elif spec.light == "backlight":
        s = dataclasses.replace(
            s,
            light=(0.3, 2.2, s.low[2] + 0.3),
            light_colour=(3.2, 3.2, 3.3),
            ambient=s.ambient * 0.5,
            light_fall=0.06,
        )
        glow = 3.5
    elif spec.light == "dim":
        s = dataclasses.replace(s, light_colour=(0.55, 0.5, 0.42), ambient=s.ambient * 0.28)
        glow = 0.05
    elif spec.light == "infrared":
        x, y, z = camera_at
        s = dataclasses.replace(
            s, light=(x, y + 0.05, z), light_colour=(5.0, 5.0, 5.0), ambient=0.08, light_fall=0.16
        )
        glow = 0.0
    if spec.light_at:
        x, y, z = spec.light_at
        s = dataclasses.replace(s, light=(x, y, z))
    return dataclasses.replace(s, exposure=s.exposure * spec.exposure), glow
