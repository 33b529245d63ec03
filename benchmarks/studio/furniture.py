"""Things that stand: each gives boxes and edges that hands can hold.

Every maker builds its thing around the origin, facing +z; ``make`` sets it in the room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.studio import railings
from benchmarks.studio.boxes import (
    BOOKS,
    CLOTH,
    DOORS,
    PLAIN,
    SCREEN,
    WOOD,
    Colour,
    Furniture,
    Part,
    Placed,
)


def _legs(w: float, d: float, h: float, r: float, colour: Colour) -> list[Part]:
    return [
        Part((a * (w - r), h / 2, b * (d - r)), (r, h / 2, r), colour, WOOD)
        for a in (1, -1)
        for b in (1, -1)
    ]


def chair(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a wooden chair; ``h`` is the height of its seat."""
    w, d = w / 2, d / 2
    parts = [Part((0, h - 0.02, 0), (w, 0.02, d), colour, WOOD, 0.008)]
    parts += _legs(w, d, h - 0.04, 0.018, colour)
    parts += [Part((0, h + 0.30, -d), (w, 0.09, 0.014), colour, WOOD, 0.01)]
    parts += [
        Part((a * (w - 0.02), h + 0.19, -d), (0.016, 0.20, 0.016), colour, WOOD) for a in (1, -1)
    ]
    top = h + 0.385
    return Furniture(parts, {"back": ((w, top, -d), (-w, top, -d))})


def chair_row(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give chairs side by side over a length of ``w``; ``h`` is the height of their seats."""
    wide, gap = 0.40, 0.16
    n = max(1, int((w + gap) / (wide + gap)))
    one = chair(h, wide, d, colour)
    parts = [
        replace(p, centre=(p.centre[0] + (i - (n - 1) / 2) * (wide + gap), *p.centre[1:]))
        for i in range(n)
        for p in one.parts
    ]
    ((_, top, back), _) = one.edges["back"]
    reach = (n * wide + (n - 1) * gap) / 2
    return Furniture(parts, {"backs": ((reach, top, back), (-reach, top, back))})


def armchair(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give an upholstered chair with arms."""
    w, d, back = w / 2, d / 2, h + 0.34
    parts = [
        Part((0, h * 0.40, 0), (w, h * 0.40, d), colour, CLOTH, 0.02),
        Part((0, h - 0.06, 0.01), (w - 0.005, 0.06, d), _lighter(colour), CLOTH, 0.04),
        Part((0, back / 2, -d - 0.04), (w + 0.1, back / 2, 0.08), colour, CLOTH, 0.05),
    ]
    arm = h * 0.5 + 0.08
    for a in (1, -1):
        parts += [Part((a * (w + 0.05), arm, -0.02), (0.06, arm, d), colour, CLOTH, 0.045)]
    top = h + 0.16
    return Furniture(parts, {"arm": ((w + 0.05, top, d), (w + 0.05, top, -d))})


def sofa(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a sofa with two or three cushions; its front edge and arms can be held."""
    w, d = w / 2, d / 2
    n = 3 if w > 0.95 else 2
    parts = [
        Part((0, h * 0.36, 0), (w, h * 0.36, d), colour, CLOTH, 0.02),
        Part((0, h + 0.12, -d - 0.06), (w + 0.14, h * 0.5 + 0.30, 0.10), colour, CLOTH, 0.06),
    ]
    for i in range(n):
        x = (2 * i + 1 - n) * w / n
        parts.append(
            Part((x, h - 0.065, 0.01), (w / n - 0.008, 0.065, d), _lighter(colour), CLOTH, 0.045)
        )
        parts.append(
            Part(
                (x, h + 0.19, -d + 0.05), (w / n - 0.01, 0.19, 0.07), _lighter(colour), CLOTH, 0.06
            )
        )
    for a in (1, -1):
        parts += [Part((a * (w + 0.08), 0.28, -0.02), (0.08, 0.28, d), colour, CLOTH, 0.05)]
    front = d - 0.03
    return Furniture(
        parts,
        {
            "edge": ((w, h, front), (-w, h, front)),
            "arm": ((w + 0.08, 0.56, d), (w + 0.08, 0.56, -d)),
        },
    )


def table(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a table on four legs; its near edge can be held."""
    w, d = w / 2, d / 2
    parts = [Part((0, h - 0.02, 0), (w, 0.02, d), colour, WOOD, 0.008)]
    parts += _legs(w - 0.03, d - 0.03, h - 0.04, 0.025, colour)
    parts += [
        Part((0, h - 0.075, b * (d - 0.05)), (w - 0.06, 0.035, 0.01), colour, WOOD) for b in (1, -1)
    ]
    return Furniture(
        parts, {"edge": ((w, h, d - 0.02), (-w, h, d - 0.02)), "top": ((w, h, 0), (-w, h, 0))}
    )


def desk(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a desk with a screen, a keyboard and drawers; one sits at its +z side."""
    w, d = w / 2, d / 2
    dark: Colour = (0.03, 0.03, 0.035)
    parts = [
        Part((0, h - 0.015, 0), (w, 0.015, d), colour, WOOD, 0.006),
        Part((w - 0.2, h / 2 - 0.02, 0), (0.18, h / 2 - 0.02, d - 0.04), colour, DOORS),
        Part((-w + 0.02, h / 2 - 0.02, 0), (0.02, h / 2 - 0.02, d - 0.04), colour, WOOD),
        Part((-0.05, h + 0.30, -d + 0.14), (0.28, 0.17, 0.012), dark, SCREEN, 0.0),
        Part((-0.05, h + 0.07, -d + 0.12), (0.03, 0.07, 0.01), dark),
        Part((-0.05, h + 0.006, -d + 0.13), (0.13, 0.006, 0.08), dark),
        Part((-0.05, h + 0.009, d - 0.22), (0.21, 0.009, 0.07), (0.08, 0.08, 0.09)),
    ]
    return Furniture(
        parts,
        {
            "keys": ((0.12, h + 0.03, d - 0.22), (-0.22, h + 0.03, d - 0.22)),
            "edge": ((w, h, d), (-w, h, d)),
        },
    )


def shelf(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a shelf full of books."""
    w, d = w / 2, d / 2
    parts = [
        Part((0, h / 2, -0.01), (w - 0.02, h / 2 - 0.02, d - 0.02), colour, BOOKS),
        Part((w, h / 2, 0), (0.015, h / 2, d), colour, WOOD),
        Part((-w, h / 2, 0), (0.015, h / 2, d), colour, WOOD),
        Part((0, h, 0), (w, 0.015, d), colour, WOOD),
    ]
    return Furniture(parts)


def cupboard(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a row of cupboards with a worktop whose edge can be held."""
    w, d = w / 2, d / 2
    parts = [
        Part((0, h / 2 + 0.03, 0), (w, h / 2 - 0.05, d), colour, DOORS, 0.004),
        Part((0, 0.04, -0.03), (w, 0.04, d - 0.03), (0.05, 0.05, 0.05)),
        Part((0, h - 0.015, 0.01), (w + 0.005, 0.018, d + 0.015), (0.22, 0.21, 0.2), PLAIN, 0.006),
    ]
    return Furniture(parts, {"edge": ((w, h, d), (-w, h, d))})


def wall_unit(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give cupboards that hang from 1.4 m up."""
    return Furniture([Part((0, 1.4 + h / 2, 0), (w / 2, h / 2, d / 2), colour, DOORS, 0.004)])


def bed(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a bed with a blanket, head end at -x."""
    w, d = w / 2, d / 2
    frame: Colour = (0.55, 0.55, 0.57)
    parts = [
        Part((0, h - 0.18, 0), (w, 0.05, d), frame, PLAIN, 0.01),
        Part((0, h - 0.07, 0), (w - 0.02, 0.08, d - 0.02), (0.75, 0.76, 0.78), CLOTH, 0.05),
        Part((0.18, h - 0.02, 0), (w - 0.22, 0.07, d), colour, CLOTH, 0.05),
        Part((-w + 0.24, h + 0.04, 0), (0.18, 0.06, d * 0.7), (0.8, 0.8, 0.82), CLOTH, 0.06),
        Part((-w, h / 2 + 0.15, 0), (0.02, h / 2 + 0.15, d), frame, PLAIN, 0.01),
        Part((w, h / 2 + 0.02, 0), (0.02, h / 2 + 0.02, d), frame, PLAIN, 0.01),
    ]
    return Furniture(parts, {"edge": ((w, h, d), (-w, h, d))})


def screen_wall(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a free wall; a hand can lean on its face at 0.5 to 1 m."""
    grip = min(0.9, 0.62 * h)
    return Furniture(
        [Part((0, h / 2, 0), (w / 2, h / 2, d / 2), colour, PLAIN, 0.005)],
        {"face": ((w / 2, grip, d / 2 + 0.015), (-w / 2, grip, d / 2 + 0.015))},
    )


def crate(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a plain chest or box."""
    return Furniture(
        [Part((0, h / 2, 0), (w / 2, h / 2, d / 2), colour, WOOD, 0.02)],
        {"edge": ((w / 2, h, d / 2), (-w / 2, h, d / 2))},
    )


def plant(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a pot with a bush."""
    leaf: Colour = (0.07, 0.2, 0.06)
    parts = [Part((0, 0.15, 0), (0.13, 0.15, 0.13), colour, PLAIN, 0.05)]
    rng = np.random.default_rng(int(1000 * h))
    for _ in range(7):
        x, y, z = rng.uniform(-w / 3, w / 3), rng.uniform(0.4, h - 0.1), rng.uniform(-d / 3, d / 3)
        parts.append(Part((x, y, z), (0.12, 0.09, 0.12), leaf, CLOTH, 0.07))
    return Furniture(parts)


def _lighter(c: Colour) -> Colour:
    return (
        min(1.0, c[0] * 1.15 + 0.01),
        min(1.0, c[1] * 1.15 + 0.01),
        min(1.0, c[2] * 1.15 + 0.01),
    )


Maker = Callable[[float, float, float, Colour], Furniture]
MAKERS: dict[str, tuple[Maker, tuple[float, float, float], Colour]] = {
    # maker, height (of the seat or top), width, depth in m, colour
    "chair": (chair, (0.44, 0.40, 0.38), (0.50, 0.33, 0.18)),
    "chair_row": (chair_row, (0.44, 2.80, 0.38), (0.50, 0.33, 0.18)),
    "armchair": (armchair, (0.40, 0.52, 0.50), (0.22, 0.34, 0.32)),
    "sofa": (sofa, (0.38, 1.70, 0.62), (0.42, 0.30, 0.26)),
    "table": (table, (0.72, 1.20, 0.70), (0.48, 0.32, 0.18)),
    "low_table": (table, (0.45, 1.00, 0.55), (0.42, 0.27, 0.15)),
    "desk": (desk, (0.72, 1.30, 0.62), (0.55, 0.45, 0.34)),
    "shelf": (shelf, (1.90, 0.95, 0.30), (0.50, 0.38, 0.26)),
    "cupboard": (cupboard, (0.90, 2.00, 0.58), (0.66, 0.66, 0.62)),
    "wall_unit": (wall_unit, (0.60, 2.00, 0.33), (0.66, 0.66, 0.62)),
    "bed": (bed, (0.60, 1.95, 0.90), (0.30, 0.45, 0.55)),
    "bars": (railings.bars, (0.62, 3.00, 0.50), (0.56, 0.40, 0.22)),
    "rail": (railings.rail, (0.85, 3.00, 0.08), (0.50, 0.34, 0.18)),
    "fence": (railings.fence, (0.90, 3.00, 0.05), (0.42, 0.40, 0.36)),
    "wall": (screen_wall, (2.20, 3.00, 0.12), (0.66, 0.62, 0.54)),
    "crate": (crate, (0.40, 0.60, 0.40), (0.45, 0.30, 0.16)),
    "plant": (plant, (1.10, 0.60, 0.60), (0.55, 0.28, 0.16)),
}


def make(
    kind: str,
    at: tuple[float, float],
    yaw: float,
    *,
    size: float = 1.0,
    height_m: float = 0.0,
    width_m: float = 0.0,
    depth_m: float = 0.0,
    colour: Colour | None = None,
) -> Placed:
    """Make a piece of furniture and set it in the room; 0 keeps the usual size."""
    maker, (h, w, d), usual = MAKERS[kind]
    thing = maker(height_m or h * size, width_m or w * size, depth_m or d * size, colour or usual)
    return Placed(thing, np.array([at[0], 0.0, at[1]]), yaw)
