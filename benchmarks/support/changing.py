"""`python -m benchmarks.support.changing FOLDER`: holds that begin, end or pause within a walk.

The holds of the other sets last for the whole walk. Here a hand, the trunk, a rail, a wall or a
sofa is let go, taken hold of, touched for a moment, or let go of for a moment; a child leaves a
frame behind. Drawn as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support import along, aside, scenes, uncommon
from benchmarks.support.draw import Draw, Families, command

Make = Callable[[Draw], None]
Spans = tuple[tuple[float, float], ...]
ALWAYS = (-10.0, 1e9)


def _timed(make: Make, draw_spans: Callable[[Draw], Spans], *, take_s: float = 0.5) -> Make:
    """Let what holds throughout hold in some spans only, s."""

    def made(d: Draw) -> None:
        make(d)
        hold_in(d, draw_spans(d), take_s=take_s)

    return made


def hold_in(d: Draw, spans: Spans, *, take_s: float = 0.5) -> None:
    """Let the holds of a scene that hold throughout do so in some spans only, s."""
    pieces = d.rest.split("\n[[")
    d.rest = "\n[[".join(
        "\n[[".join(_at(piece, span, take_s) for span in spans) if _is_hold(piece) else piece
        for piece in pieces
    )
    d.support = "mixed"


def _is_hold(piece: str) -> bool:
    return piece.startswith("holds]]")


def _at(piece: str, span: tuple[float, float], take_s: float) -> str:
    times = f"\nfrom_s = {span[0]:.2f}\nuntil_s = {span[1]:.2f}\ntake_s = {take_s}\n"
    return piece.rstrip() + times


def lets_go(make: Make) -> Make:
    """Held, then free."""
    return _timed(make, lambda d: ((ALWAYS[0], d.dice.uniform(1.8, 2.6)),))


def takes(make: Make) -> Make:
    """Free, then held."""
    return _timed(make, lambda d: ((d.dice.uniform(2.4, 3.2), ALWAYS[1]),))


def touches(make: Make) -> Make:
    """Free but for a moment."""

    def spans(d: Draw) -> Spans:
        start = d.dice.uniform(2.0, 2.6)
        return ((start, start + d.dice.uniform(0.4, 0.7)),)

    return _timed(make, spans, take_s=0.3)


def loosens(make: Make) -> Make:
    """Held but for a moment."""

    def spans(d: Draw) -> Spans:
        start = d.dice.uniform(1.7, 2.1)
        return ((ALWAYS[0], start), (start + d.dice.uniform(1.6, 2.0), ALWAYS[1]))

    return _timed(make, spans, take_s=0.3)


def leaves(make: Make) -> Make:
    """Lets go of a frame, which stays where it is."""

    def made(d: Draw) -> None:
        until = d.dice.uniform(1.9, 2.5)
        _timed(make, lambda _: ((ALWAYS[0], until),))(d)
        d.rest = d.rest.replace('name = "aid"\n', f'name = "aid"\nuntil_s = {until:.2f}\n')

    return made


HAND_FAR, HAND_NEAR, TWO_HANDS, WAIST, ARMPITS, RAIL_FAR, RAIL_NEAR, REAR_WALKER = (
    scenes.FAMILIES[name][0]
    for name in (
        "hand_far", "hand_near", "two_hands", "waist", "armpits", "rail_far", "rail_near",
        "rear_walker",
    )
)  # fmt: skip
WALL, SOFA = along.FAMILIES["wall"][0], along.FAMILIES["sofa"][0]
ARM_FAR, BACK_NEAR = aside.FAMILIES["arm_far"][0], aside.FAMILIES["back_near"][0]
BACKING = uncommon.FAMILIES["backing"][0]

FAMILIES: Families = {
    "hand_far_let_go": (lets_go(HAND_FAR), ("side", "oblique", "rear", "phone")),
    "hand_near_let_go": (lets_go(HAND_NEAR), ("side", "oblique", "front")),
    "two_hands_let_go": (lets_go(TWO_HANDS), ("side", "oblique", "front", "high")),
    "waist_let_go": (lets_go(WAIST), ("side", "oblique", "rear", "phone")),
    "armpits_let_go": (lets_go(ARMPITS), ("side", "oblique", "front")),
    "backing_let_go": (lets_go(BACKING), ("side", "oblique", "rear", "phone")),
    "arm_let_go": (lets_go(ARM_FAR), ("side", "oblique")),
    "back_let_go": (lets_go(BACK_NEAR), ("oblique", "diagonal")),
    "rail_let_go": (lets_go(RAIL_FAR), ("side", "oblique", "high", "phone")),
    "wall_let_go": (lets_go(WALL), ("side", "oblique", "diagonal")),
    "sofa_let_go": (lets_go(SOFA), ("side", "oblique", "high")),
    "frame_left": (leaves(REAR_WALKER), ("side", "oblique", "front", "phone")),
    "hand_far_taken": (takes(HAND_FAR), ("side", "oblique", "rear", "phone")),
    "hand_near_taken": (takes(HAND_NEAR), ("side", "oblique", "front")),
    "two_hands_taken": (takes(TWO_HANDS), ("side", "oblique", "front")),
    "waist_taken": (takes(WAIST), ("side", "oblique", "rear", "high")),
    "armpits_taken": (takes(ARMPITS), ("side", "front", "phone")),
    "rail_taken": (takes(RAIL_FAR), ("side", "oblique", "phone")),
    "rail_near_taken": (takes(RAIL_NEAR), ("oblique", "rear")),
    "wall_taken": (takes(WALL), ("side", "oblique", "high")),
    "sofa_taken": (takes(SOFA), ("side", "oblique", "diagonal")),
    "hand_touched": (touches(HAND_FAR), ("side", "oblique", "phone")),
    "waist_touched": (touches(WAIST), ("side", "oblique", "rear")),
    "rail_touched": (touches(RAIL_FAR), ("side", "oblique")),
    "wall_touched": (touches(WALL), ("side", "oblique", "high")),
    "hand_loosened": (loosens(HAND_FAR), ("side", "oblique", "phone")),
    "two_hands_loosened": (loosens(TWO_HANDS), ("side", "oblique", "front")),
    "rail_loosened": (loosens(RAIL_FAR), ("side", "oblique", "high")),
}  # fmt: skip
"""Kinds of scenes and the views of each."""


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.changing", about=__doc__, seed=260_000)
