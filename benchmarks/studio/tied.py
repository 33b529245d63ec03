"""What hangs between two places or from a hand: straps, poles, a lead, a bag, a toy on a string."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.studio.actor import Actor
from benchmarks.studio.aids import (
    COLOUR,
    SECOND,
    Aid,
    Group,
    Path,
    ball,
    block,
    disc,
    materials,
    rod,
)

Place = Callable[[float], np.ndarray]


def strap(ends: tuple[Place, Place], thick_m: float, colour: Sequence[float]) -> Aid:
    """Give something straight from one place to another."""
    origin = np.zeros(3)

    def shapes(t: float) -> list[Group]:
        return [[rod(ends[0](t), ends[1](t), thick_m, COLOUR)]]

    return Aid(lambda _t: (origin, 0.0), shapes, materials(colour), {}, "")


def bag(actor: Actor, *, side: str, colour: Sequence[float]) -> Aid:
    """Give a bag that hangs from a hand."""
    h = actor.height_m
    group = [
        [
            block((0, -0.17 * h, 0), (0.035 * h, 0.08 * h, 0.10 * h), 0.01, COLOUR),
            *(rod((0, 0, 0), (0, -0.10 * h, q * 0.07 * h), 0.008, SECOND) for q in (1, -1)),
        ]
    ]

    def path(t: float) -> tuple[np.ndarray, float]:
        return actor.point(f"{side}_palm", t), actor.pelvis(t)[1]

    return Aid(path, lambda _t: group, materials(colour, (0.1, 0.08, 0.06)), {}, "")


def pull_toy(path: Path, colour: Sequence[float]) -> Aid:
    """Give a wooden duck on wheels, with a ring for its string."""
    duck = [
        block((0, 0.075, 0), (0.06, 0.012, 0.12), 0.008, SECOND),
        ball((0, 0.15, -0.01), (0.06, 0.065, 0.10)),
        ball((0, 0.25, 0.07), (0.045, 0.05, 0.05)),
        *(disc((q * 0.07, 0.04, z), 0.04, 0.012) for q in (1, -1) for z in (0.08, -0.08)),
    ]
    return Aid(
        path, lambda _t: [duck], materials(colour, (0.5, 0.1, 0.08)), {"ring": (0, 0.08, 0.13)}, ""
    )
