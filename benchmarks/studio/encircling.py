"""What goes round the trunk: a baby walker, a gait trainer, a skirt.

Each is built for somebody ``h`` m tall whose pelvis is at its origin, as the makers of
``walking_aids`` are. Who is in one may have both hands free and be held all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.studio.aids import (
    COLOUR,
    RUBBER,
    SECOND,
    Aid,
    Path,
    Shape,
    ball,
    block,
    disc,
    materials,
    rod,
)


def hoop(height: float, wide: float, deep: float, r: float, material: int) -> list[Shape]:
    """Give a level ring of rods round the origin, ``wide`` and ``deep`` from its middle."""
    turns = np.linspace(0, 2 * np.pi, 13)
    at = [(float(wide * np.sin(a)), height, float(deep * np.cos(a))) for a in turns]
    return [rod(a, b, r, material) for a, b in pairwise(at)]


def baby_walker(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a seat in a ring on castors, with a tray before the child."""
    low, high, seat = 0.07, 0.52 * h, 0.40 * h
    base, rim = 0.38 * h, 0.24 * h
    turns = np.linspace(0, 2 * np.pi, 7)[:-1]
    feet = [(base * np.sin(a), base * np.cos(a)) for a in turns]
    legs = [
        rod((x, low, z), (-0.45 * x, high - 0.02, 0.62 * z), 0.009)
        for x, z in ((base, 0.1), (-base, 0.1), (base, -0.1), (-base, -0.1))
    ]
    castors = [disc((x, 0.03, z), 0.03, 0.012) for x, z in feet]
    seat_ = [
        *hoop(high, rim, rim, 0.022, COLOUR),
        *hoop(0.5 * (seat + high), 0.17 * h, 0.15 * h, 0.018, SECOND),
        block((0, seat - 0.02, 0), (0.05 * h, 0.012, 0.14 * h), 0.01, SECOND),
        block((0, high + 0.005, 0.27 * h), (0.19 * h, 0.012, 0.09 * h), 0.01, COLOUR),
    ]
    grip = {
        "sling": (0.0, seat, 0.0),
        "left": (0.12 * h, high + 0.03, 0.22 * h),
        "right": (-0.12 * h, high + 0.03, 0.22 * h),
    }
    groups = [hoop(low, base, base, 0.02, COLOUR), legs, castors, seat_]
    return Aid(path, lambda _t: groups, materials(colour, (0.75, 0.72, 0.62)), grip)


def gait_trainer(at: float) -> Callable[[float, Path, Sequence[float]], Aid]:
    """Make the maker of frames with a post ``at`` times the height before (+) or behind (-).

    A pad round the chest and a belt round the pelvis hang from the post; four wheels, the feet
    between them; bars at the sides to take hold of.
    """

    def make(h: float, path: Path, colour: Sequence[float]) -> Aid:
        w, end, r = 0.23 * h, 0.30 * h, 0.014 * max(h, 0.9)
        chest, belt, bar = 0.68 * h, 0.54 * h, 0.60 * h
        side = [rod((q * w, 0.11, -end), (q * w, 0.11, end), r, COLOUR) for q in (1, -1)]
        wheels = [disc((q * w, 0.055, z), 0.055, 0.016) for q in (1, -1) for z in (-end, end)]
        post = [
            rod((w, 0.11, at * h), (-w, 0.11, at * h), r, COLOUR),
            rod((0, 0.11, at * h), (0, chest, at * h), r * 1.3, COLOUR),
            *(rod((0, y, at * h), (0, y, np.sign(at) * 0.10 * h), r) for y in (belt, chest)),
            *(rod((0, bar, at * h), (q * 0.19 * h, bar, at * h), r) for q in (1, -1)),
            *(
                rod((q * 0.19 * h, bar, at * h), (q * 0.19 * h, bar, 0.14 * h), r, RUBBER)
                for q in (1, -1)
            ),
        ]
        rings = [
            *hoop(chest, 0.135 * h, 0.105 * h, 0.022 * h, RUBBER),
            *hoop(belt, 0.125 * h, 0.100 * h, 0.018 * h, SECOND),
        ]
        grip = {
            "sling": (0.0, belt, 0.0),
            "left": (0.19 * h, bar, 0.12 * h),
            "right": (-0.19 * h, bar, 0.12 * h),
        }
        groups = [side, wheels, post, rings]
        return Aid(path, lambda _t: groups, materials(colour, (0.05, 0.06, 0.12)), grip)

    return make


def skirt(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a skirt from the waist to the knees: no support, though it goes round the hips."""
    cloth = [
        ball((0, 0.44 * h, 0), (0.15 * h, 0.17 * h, 0.14 * h), COLOUR),
        *hoop(0.34 * h, 0.15 * h, 0.14 * h, 0.02 * h, COLOUR),
    ]
    return Aid(path, lambda _t: [cloth], materials(colour), {}, "")
