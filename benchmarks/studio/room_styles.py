"""The rooms there are: walls, floors, light, what hangs on the walls and stands along them."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.studio.renderer import Surroundings

BOARDS, TILES, CARPET, LINO, SPORTS, PARQUET, GRASS, PAVING = range(8)
PAINT, CLINIC, OUTDOORS, STRIPES, BRICKS = range(5)
PICTURE, DOOR, WINDOW, BOARD, RAIL, MIRROR, CURTAIN, WALL_BARS, WALL_TILES = range(9)
WEST, EAST, NORTH, SOUTH = range(4)  # -x, +x, -z, +z
WAVES, PLAIN_RUG, PAPER_ROAD, MAT, CHECKS, GRAVEL = range(6)


@dataclass(frozen=True)
class Panel:
    """Something flat on a wall: middle along the wall (x or z) and up, half sizes, m."""

    wall: int
    along: float
    up: float
    half_w: float
    half_h: float
    kind: int
    seed: float = 0.3


@dataclass(frozen=True)
class Rug:
    """Something flat on the floor."""

    x: float
    z: float
    half_x: float
    half_z: float
    style: int
    seed: float = 0.0
    yaw: float = 0.0


@dataclass(frozen=True)
class Room:
    """A room before its light is set."""

    surroundings: Surroundings
    panels: list[Panel] = field(default_factory=list)
    rugs: list[Rug] = field(default_factory=list)
    things: list[tuple[str, float, float, float, dict[str, float]]] = field(default_factory=list)
    """kind, x, z, heading in degrees, sizes."""


def _around(
    x: float, z0: float, z1: float, h: float = 2.6
) -> dict[str, tuple[float, float, float]]:
    return {"low": (-x, 0.0, z0), "high": (x, h, z1)}


ROOMS: dict[str, Room] = {
    "living": Room(
        Surroundings(
            **_around(4, -3, 6),
            light=(0.6, 2.5, 1.7),
            wall=(0.72, 0.70, 0.64),
            floor=(0.50, 0.34, 0.20),
        ),
        [
            Panel(NORTH, -2.6, 1.65, 0.34, 0.26, PICTURE, 0.1),
            Panel(NORTH, 0.35, 1.7, 0.24, 0.3, PICTURE, 0.55),
            Panel(NORTH, 2.0, 1.02, 0.45, 1.02, DOOR, 0.2),
            Panel(WEST, -0.5, 1.45, 0.8, 0.65, WINDOW, 0.3),
            Panel(WEST, -1.5, 1.3, 0.22, 1.1, CURTAIN, 0.1),
            Panel(WEST, 0.5, 1.3, 0.22, 1.1, CURTAIN, 0.1),
            Panel(EAST, 0.4, 1.6, 0.4, 0.3, PICTURE, 0.8),
            Panel(SOUTH, -1.0, 1.02, 0.45, 1.02, DOOR, 0.7),
        ],
        [Rug(0.3, -0.2, 1.3, 0.8, WAVES, 0.0)],
        [
            ("sofa", -1.2, -2.5, 0, {}),
            ("low_table", 0.9, -2.5, 0, {}),
            ("shelf", 3.1, -2.8, 0, {}),
            ("plant", -3.5, -2.5, 0, {}),
        ],
    ),
    "parlour": Room(
        Surroundings(
            **_around(3.6, -2.6, 5.5),
            light=(-0.8, 2.3, 1.2),
            wall=(0.60, 0.52, 0.42),
            floor=(0.36, 0.33, 0.30),
            floor_style=CARPET,
            wall_style=STRIPES,
        ),
        [
            Panel(NORTH, -1.3, 1.5, 0.75, 0.6, WINDOW, 0.6),
            Panel(NORTH, -2.25, 1.35, 0.2, 1.15, CURTAIN, 0.8),
            Panel(NORTH, -0.35, 1.35, 0.2, 1.15, CURTAIN, 0.8),
            Panel(NORTH, 1.3, 1.6, 0.28, 0.36, PICTURE, 0.4),
            Panel(EAST, -1.0, 1.02, 0.44, 1.02, DOOR, 0.1),
            Panel(WEST, 0.3, 1.6, 0.5, 0.35, PICTURE, 0.9),
            Panel(EAST, 1.5, 1.55, 0.3, 0.3, PICTURE, 0.25),
        ],
        [Rug(0.0, 0.2, 1.6, 1.0, CHECKS, 0.1)],
        [
            ("armchair", 2.6, -1.9, -35, {}),
            ("low_table", 1.2, -2.1, 0, {"size": 0.8}),
            ("shelf", 2.3, -2.42, 0, {"width_m": 0.7}),
            ("crate", -2.9, -2.2, 0, {}),
        ],
    ),
    "kitchen": Room(
        Surroundings(
            **_around(3.2, -2.4, 5),
            light=(0.2, 2.4, 0.8),
            wall=(0.74, 0.73, 0.62),
            floor=(0.46, 0.44, 0.40),
            floor_style=TILES,
            ambient=0.62,
        ),
        [
            Panel(NORTH, -0.4, 1.15, 2.2, 0.26, WALL_TILES, 0.2),
            Panel(NORTH, 2.4, 1.5, 0.5, 0.6, WINDOW, 0.2),
            Panel(WEST, 0.6, 1.02, 0.44, 1.02, DOOR, 0.8),
            Panel(EAST, 0.0, 1.5, 0.45, 0.35, BOARD, 0.4),
        ],
        [],
        [
            ("cupboard", -1.2, -2.08, 0, {"width_m": 2.4}),
            ("wall_unit", -1.2, -2.2, 0, {"width_m": 2.4}),
            ("crate", 2.4, -2.0, 0, {"height_m": 1.7, "width_m": 0.62, "depth_m": 0.6}),
            ("table", 2.3, 0.4, 90, {"size": 0.9}),
            ("chair", 2.3, 1.1, 180, {}),
        ],
    ),
    "office": Room(
        Surroundings(
            **_around(3.8, -2.8, 5),
            light=(0.9, 2.5, 1.2),
            wall=(0.68, 0.70, 0.70),
            floor=(0.34, 0.37, 0.40),
            floor_style=LINO,
            ambient=0.62,
        ),
        [
            Panel(NORTH, 0.2, 1.5, 0.9, 0.5, BOARD, 0.7),
            Panel(NORTH, -2.6, 1.02, 0.45, 1.02, DOOR, 0.9),
            Panel(EAST, -0.6, 1.5, 1.1, 0.6, WINDOW, 0.9),
            Panel(WEST, 0.5, 1.6, 0.3, 0.4, PICTURE, 0.15),
        ],
        [],
        [
            ("shelf", 2.4, -2.6, 0, {}),
            ("shelf", 3.2, -2.6, 0, {"width_m": 0.6}),
            ("plant", -3.3, -2.3, 0, {"size": 1.1}),
        ],
    ),
    "corridor": Room(
        Surroundings(
            **_around(5.5, -1.6, 6),
            light=(0.4, 2.45, 0.8),
            wall=(0.74, 0.76, 0.70),
            floor=(0.42, 0.48, 0.46),
            floor_style=LINO,
            wall_style=CLINIC,
            ambient=0.66,
        ),
        [
            Panel(NORTH, -3.4, 1.02, 0.55, 1.02, DOOR, 0.9),
            Panel(NORTH, 2.9, 1.02, 0.55, 1.02, DOOR, 0.6),
            Panel(NORTH, 0.2, 1.55, 0.7, 0.42, BOARD, 0.2),
            Panel(NORTH, -1.7, 0.88, 1.0, 0.06, RAIL),
            Panel(NORTH, 1.4, 0.88, 0.8, 0.06, RAIL),
            Panel(EAST, 0.0, 1.1, 0.9, 1.1, DOOR, 0.8),
            Panel(WEST, 0.6, 1.4, 0.7, 0.7, WINDOW, 0.4),
            Panel(NORTH, -4.7, 1.6, 0.3, 0.25, PICTURE, 0.7),
        ],
        [],
        [("chair", 4.4, -1.25, 0, {}), ("chair", 4.9, -1.25, 0, {})],
    ),
    "ward": Room(
        Surroundings(
            **_around(4.2, -2.6, 5.5),
            light=(-0.3, 2.5, 1.0),
            wall=(0.70, 0.75, 0.77),
            floor=(0.52, 0.50, 0.44),
            floor_style=LINO,
            wall_style=CLINIC,
            ambient=0.64,
        ),
        [
            Panel(NORTH, 1.4, 1.5, 1.0, 0.6, WINDOW, 0.1),
            Panel(NORTH, -0.5, 1.35, 0.25, 1.2, CURTAIN, 0.55),
            Panel(EAST, 0.2, 1.02, 0.5, 1.02, DOOR, 0.7),
            Panel(WEST, 0.4, 1.5, 0.45, 0.4, BOARD, 0.1),
        ],
        [],
        [("bed", -2.4, -1.95, 0, {}), ("crate", -0.9, -2.3, 0, {"height_m": 0.8, "width_m": 0.45})],
    ),
    "gym": Room(
        Surroundings(
            **_around(5, -3, 6.5, 3.2),
            light=(0.3, 3.1, 1.5),
            wall=(0.66, 0.62, 0.54),
            floor=(0.52, 0.36, 0.20),
            floor_style=SPORTS,
            wall_style=BRICKS,
            ambient=0.6,
        ),
        [
            Panel(NORTH, -3.4, 1.3, 0.9, 1.3, WALL_BARS, 0.3),
            Panel(NORTH, -1.5, 1.3, 0.9, 1.3, WALL_BARS, 0.6),
            Panel(NORTH, 2.2, 1.15, 1.3, 1.0, MIRROR, 0.3),
            Panel(EAST, 0.0, 2.2, 1.4, 0.5, WINDOW, 0.6),
            Panel(WEST, 0.5, 1.1, 0.9, 1.1, DOOR, 0.3),
        ],
        [Rug(3.3, -1.6, 1.2, 0.8, MAT, 0.1)],
        [("crate", 4.2, -2.5, 0, {"height_m": 0.9, "width_m": 0.9, "depth_m": 0.5})],
    ),
    "hall": Room(
        Surroundings(
            **_around(4.5, -2.8, 6, 2.9),
            light=(1.2, 2.8, 1.8),
            wall=(0.76, 0.66, 0.50),
            floor=(0.50, 0.36, 0.22),
            floor_style=PARQUET,
            ambient=0.58,
        ),
        [
            Panel(NORTH, -2.4, 1.6, 0.7, 0.7, WINDOW, 0.8),
            Panel(NORTH, -0.5, 1.6, 0.7, 0.7, WINDOW, 0.4),
            Panel(NORTH, 1.6, 1.5, 0.7, 0.45, BOARD, 0.6),
            Panel(EAST, 0.5, 1.05, 0.5, 1.05, DOOR, 0.2),
            Panel(WEST, -0.3, 1.6, 0.4, 0.5, PICTURE, 0.35),
            Panel(NORTH, 3.4, 1.02, 0.45, 1.02, DOOR, 0.55),
        ],
        [Rug(-1.6, -1.6, 1.0, 0.7, PLAIN_RUG, 0.6)],
        [
            ("crate", -3.4, -2.45, 0, {"height_m": 0.55, "width_m": 1.2}),
            ("low_table", 2.9, -2.2, 0, {"size": 0.75}),
        ],
    ),
    "yard": Room(
        Surroundings(
            **_around(9, -7, 9, 6.0),
            light=(-4.0, 5.8, 3.5),
            wall=(0.5, 0.5, 0.5),
            floor=(0.46, 0.43, 0.39),
            floor_style=PAVING,
            wall_style=OUTDOORS,
            light_colour=(4.2, 3.9, 3.4),
            light_fall=0.012,
            sky=(0.62, 0.76, 1.0),
            ambient=0.75,
            exposure=0.75,
        ),
        [],
        [],
        [
            ("plant", -3.6, -3.4, 0, {"size": 1.3}),
            ("plant", 3.9, -4.0, 0, {"size": 1.2}),
            ("crate", 1.8, -4.2, 0, {"width_m": 1.5, "height_m": 0.42}),
        ],
    ),
    "park": Room(
        Surroundings(
            **_around(11, -9, 11, 7.0),
            light=(5.0, 6.6, 2.5),
            wall=(0.5, 0.5, 0.5),
            floor=(0.20, 0.29, 0.10),
            floor_style=GRASS,
            wall_style=OUTDOORS,
            light_colour=(4.6, 4.2, 3.6),
            light_fall=0.010,
            sky=(0.60, 0.75, 1.0),
            ambient=0.7,
            exposure=0.72,
        ),
        [],
        [Rug(0.0, 0.2, 10.5, 0.9, GRAVEL)],
        [("crate", -3.0, -2.2, 0, {"width_m": 1.6, "height_m": 0.42, "depth_m": 0.45})],
    ),
}
