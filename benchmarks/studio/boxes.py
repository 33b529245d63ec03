"""What things that stand are made of: boxes for the shader, and edges that hands can hold.

A box is 16 floats: centre and yaw, half sizes and rounding, colour and pattern, cosine and sine of
the yaw.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

Colour = tuple[float, float, float]
PLAIN, WOOD, CLOTH, BOOKS, SCREEN, DOORS = range(6)


@dataclass(frozen=True)
class Part:
    """A box of a thing, in the thing's own axes: centre and half size in m."""

    centre: tuple[float, float, float]
    half: tuple[float, float, float]
    colour: Colour
    pattern: int = PLAIN
    rounding: float = 0.0


@dataclass(frozen=True)
class Furniture:
    """A thing that stands still.

    ``edges`` are lines (two ends, in the thing's own axes) along which a hand may hold it.
    """

    parts: list[Part]
    edges: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True)
class Placed:
    """A thing in the room."""

    furniture: Furniture
    at: np.ndarray
    yaw: float

    def world(self, p: tuple[float, float, float]) -> np.ndarray:
        """Bring a place of the thing into the room."""
        return self.at + _turn(self.yaw, np.asarray(p, float))

    def boxes(self) -> list[list[float]]:
        """Give the rows for the shader."""
        c, s = float(np.cos(self.yaw)), float(np.sin(self.yaw))
        return [
            [*self.world(p.centre), self.yaw, *p.half, p.rounding, *p.colour, p.pattern, c, s, 0, 0]
            for p in self.furniture.parts
        ]

    def edge(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Give the two ends of an edge in the room."""
        a, b = self.furniture.edges[name]
        return self.world(a), self.world(b)


def _turn(yaw: float, p: np.ndarray) -> np.ndarray:
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([c * p[0] + s * p[2], p[1], -s * p[0] + c * p[2]])
