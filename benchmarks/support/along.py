"""`python -m benchmarks.support.along FOLDER`: walls and furniture, held and passed by.

A wall, a sofa, a low table, a worktop or a bed at the side of who walks: a hand on it, or none, or
both hands of a toddler who cruises along it. Drawn as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support.draw import Draw, Families, command

REACH = {"toddler": 0.26, "child5": 0.33, "child9": 0.40, "adult": 0.48, "elderly": 0.45}
"""From the middle of the body to what a hand rests on beside it, m."""
HEIGHT = {"toddler": 0.38, "child5": 0.52, "child9": 0.62, "adult": 0.86, "elderly": 0.82}
"""Of furniture that a hand rests on, m."""
DEPTH = {"sofa": 0.62, "low_table": 0.55, "cupboard": 0.58, "bed": 0.90, "wall": 0.12}


def _beside(d: Draw, kind: str, *, away_m: float, height_m: float) -> str:
    """Put a thing at the far side, its front this far from the body; gives that side."""
    side = d.side("far")
    left = 1 if side == "left" else -1
    centre = left * (away_m + DEPTH[kind] / 2)
    d.prop(
        f'kind = "{kind}"\nname = "thing"\nat = {d.place(1.4, centre)}\n'
        f"heading_deg = {d.heading_deg - 90 * left}\nlength_m = 6.0\nheight_m = {height_m}"
    )
    return side


def _height(d: Draw, kind: str) -> float:
    if kind == "wall":  # hands are on it at 0.62 of its height, 0.9 m at most
        return 0.9 if d.build == "toddler" else float(d.dice.choice([1.3, 2.2]))
    return HEIGHT[d.build]


def held(kind: str, *builds: str, gait: str = "careful") -> Callable[[Draw], None]:
    """One hand on it, the other free."""

    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.walker(*builds, gait=gait)
        side = _beside(d, kind, away_m=REACH[d.build], height_m=_height(d, kind))
        to = "thing.face" if kind == "wall" else "thing.edge"
        d.hold(side, to, more=f"regrip_s = {d.dice.choice([0.9, 1.5])}\n")

    return make


def passed(kind: str, *builds: str, gait: str = "") -> Callable[[Draw], None]:
    """The same within reach, and no hand on it."""

    def make(d: Draw) -> None:
        d.walker(*builds, gait=gait)
        _beside(d, kind, away_m=REACH[d.build] + 0.12, height_m=_height(d, kind))

    return make


def cruise(kind: str) -> Callable[[Draw], None]:
    """Sideways along it, both hands on it."""

    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.build = "toddler"
        left = 1 if d.side("far") == "left" else -1
        side = "right" if left == 1 else "left"
        d.people += f"""
[[people]]
name = "walker"
build = "toddler"
start = {d.place(0.3, 0)}
heading_deg = {d.heading_deg + 90 * left}
script = [
  {{ do = "stand", seconds = 0.8 }},
  {{ do = "walk", steps = 9, direction = "{side}", gait = "cruise" }},
  {{ do = "stand", seconds = 0.8 }},
]
"""
        d.prop(
            f'kind = "{kind}"\nname = "thing"\n'
            f"at = {d.place(1.2, left * (0.2 + DEPTH[kind] / 2))}\n"
            f"heading_deg = {d.heading_deg - 90 * left}\nlength_m = 4.0\nheight_m = 0.38"
        )
        for hand in ("left", "right"):
            d.hold(hand, "thing.edge", more="regrip_s = 1.1\n")

    return make


VIEWS = ("side", "oblique", "high", "phone", "diagonal")
FAMILIES: Families = {
    "wall": (held("wall", "toddler", "child5", "child9", "elderly"), (*VIEWS, "side")),
    "sofa": (held("sofa", "toddler", "child5"), VIEWS),
    "low_table": (held("low_table", "toddler", "child5"), VIEWS[:4]),
    "worktop": (held("cupboard", "child9", "adult", "elderly"), VIEWS[:4]),
    "cruise": (cruise("sofa"), ("side", "oblique", "high")),
    "free_wall": (passed("wall", "toddler", "child5", "child9", "elderly"), VIEWS),
    "free_sofa": (passed("sofa", "toddler", "child5"), VIEWS),
    "free_worktop": (passed("cupboard", "child9", "adult", "elderly"), VIEWS[:3]),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.along", about=__doc__, seed=110_000)
