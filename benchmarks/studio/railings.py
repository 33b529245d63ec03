"""Things to walk along with a hand on them: parallel bars, a rail on a wall, one on posts."""

from __future__ import annotations

from benchmarks.studio.boxes import PLAIN, WOOD, Colour, Furniture, Part


def bars(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give parallel bars along x, ``d`` apart, on posts."""
    w, d = w / 2, d / 2
    steel: Colour = (0.42, 0.43, 0.46)
    parts = []
    edges = {}
    for name, b in (("right", 1), ("left", -1)):  # seen by one who walks to +x
        parts.append(Part((0, h, b * d), (w, 0.019, 0.019), colour, WOOD, 0.018))
        for x in (-0.85 * w, 0.0, 0.85 * w):
            parts.append(Part((x, h / 2, b * d), (0.018, h / 2, 0.018), steel, PLAIN, 0.015))
            parts.append(Part((x, 0.012, b * d), (0.16, 0.012, 0.05), steel, PLAIN, 0.005))
        edges[name] = ((w, h + 0.015, b * d), (-w, h + 0.015, b * d))
    return Furniture(parts, edges)


def rail(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a handrail along a wall behind it (-z)."""
    w = w / 2
    parts = [Part((0, h, 0), (w, 0.022, 0.018), colour, WOOD, 0.016)]
    for i in range(max(2, int(w * 2))):
        x = -w + 0.15 + i * (2 * w - 0.3) / max(1, int(w * 2) - 1)
        parts.append(Part((x, h - 0.02, -d / 2), (0.012, 0.012, d / 2), (0.4, 0.4, 0.42)))
    return Furniture(parts, {"edge": ((w, h + 0.02, 0), (-w, h + 0.02, 0))})


def fence(h: float, w: float, d: float, colour: Colour) -> Furniture:
    """Give a handrail on posts, ``d`` thick, with a second bar at half its height."""
    w = w / 2
    posts = [
        Part((x, h / 2, 0), (0.022, h / 2, 0.022), colour, WOOD, 0.01)
        for x in (-w + 0.05 + i * (2 * w - 0.1) / max(1, round(w)) for i in range(round(w) + 1))
    ]
    bars_ = [Part((0, y, 0), (w, 0.02, d / 2), colour, WOOD, 0.012) for y in (h, 0.5 * h)]
    return Furniture([*bars_, *posts], {"edge": ((w, h + 0.02, 0), (-w, h + 0.02, 0))})
