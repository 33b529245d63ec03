"""`python -m benchmarks.support.towards FOLDER`: rails and bars from where they are hard to see.

Hands at rails and bars by people who come towards the camera, go away from it or walk aslant to it,
and people in the same views who hold nothing. Drawn as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from benchmarks.support import scenes
from benchmarks.support.draw import Families, command

VIEWS = ("front", "rear", "diagonal", "behind", "towards", "corner")
KINDS = {
    "rail_far": VIEWS,
    "rail_near": VIEWS,
    "bars": VIEWS,
    "free_along_rail": VIEWS,
    "free_swing": VIEWS,
    "free_hemiplegic": VIEWS[1:4],
    "free_pockets": VIEWS[1:4],
}
"""Kinds of scenes, as `benchmarks.support.scenes` puts them together, and the views of each."""

FAMILIES: Families = {kind: (scenes.FAMILIES[kind][0], views) for kind, views in KINDS.items()}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.towards", about=__doc__, seed=120_000)
