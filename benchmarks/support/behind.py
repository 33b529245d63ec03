"""`python -m benchmarks.support.behind FOLDER`: what is pushed, from where it is hard to see.

Frames, prams and push toys of people who go away from the camera, come towards it or walk aslant to
it: the body hides the hands or the thing. Drawn as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from benchmarks.support import scenes
from benchmarks.support.draw import Families, command

VIEWS = ("rear", "behind", "diagonal", "corner", "towards", "high")
KINDS = {
    **dict.fromkeys(("rollator", "front_walker", "rear_walker", "push_toy", "pram"), VIEWS),
    "free_carry": ("rear", "behind", "high"),
    "free_bent": ("rear", "behind", "high"),
}
"""Kinds of scenes, as `benchmarks.support.scenes` puts them together, and the views of each."""

FAMILIES: Families = {kind: (scenes.FAMILIES[kind][0], views) for kind, views in KINDS.items()}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.behind", about=__doc__, seed=140_000)
