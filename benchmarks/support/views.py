"""`python -m benchmarks.support.views FOLDER`: the same supports from views the others leave out.

Frames, prams and push toys from behind and aslant, where the body hides the hands or the thing;
hands that hold a walker, and walls and furniture, from the front, from behind and from above. Drawn
as `benchmarks.support.scenes` are, whose kinds these are, and those of `along`.
"""

from __future__ import annotations

from benchmarks.support import along, scenes
from benchmarks.support.draw import Families, command

PUSHED = ("rear", "behind", "diagonal", "corner", "towards", "high")
TOWARDS = ("front", "rear", "diagonal", "corner")
KINDS = {
    **dict.fromkeys(("rollator", "front_walker", "rear_walker", "push_toy", "pram"), PUSHED),
    "free_carry": ("rear", "behind", "high"),
    "free_bent": ("rear", "behind", "high"),
    "two_hands": ("rear", "high", "diagonal", "phone", "corner"),
    "waist": ("front", "high", "diagonal", "phone", "corner"),
    "armpits": ("rear", "oblique", "high", "diagonal", "phone"),
    "hand_near": ("rear", "high", "diagonal", "phone"),
    "hand_adults": ("oblique", "rear", "high", "diagonal"),
    **dict.fromkeys(("wall", "sofa", "worktop", "low_table", "cruise", "free_wall"), TOWARDS),
}
"""Kinds of scenes and the views of each."""

MADE = {**along.FAMILIES, **scenes.FAMILIES}
FAMILIES: Families = {kind: (MADE[kind][0], views) for kind, views in KINDS.items()}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.views", about=__doc__, seed=140_000)
