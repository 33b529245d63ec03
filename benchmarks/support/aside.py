"""`python -m benchmarks.support.aside FOLDER`: somebody at the walker's side who holds, or not.

A hand at the back, the waist, an arm, an armpit or the shoulder of who walks, by whoever goes at
their side, as therapists do; a hand of the walker's on another's arm or hip; a child between two
adults; and people who only walk there, or hold their hands ready over or beside the walker. Drawn
as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support import scenes
from benchmarks.support.draw import Draw, Families, command

AWAY = {"toddler": 0.38, "child5": 0.40, "child9": 0.44, "adult": 0.52, "elderly": 0.50}
"""From the middle of the walker to the middle of who goes beside, m."""
STOOP = {"toddler": 0.7, "child5": 0.5, "child9": 0.25}


def _at_side(d: Draw, which: str, *, ahead_m: float, arms: str = "") -> tuple[str, str]:
    """Let somebody go at a side; gives that side of the walker, and the helper's towards them."""
    side, other = d.side(which), d.side("near" if which == "far" else "far")
    left = AWAY[d.build] * (1 if side == "left" else -1)
    more = f', arms = "{arms}"' if arms else ""
    if d.build in STOOP and (arms or d.support != "none"):
        more += f", stoop = {STOOP[d.build]}"
    d.companion(ahead_m=ahead_m, left_m=left, more=more)
    return side, other


def held(which: str, place: str, *builds: str) -> Callable[[Draw], None]:
    """The hand towards the walker is at the trunk or the arm of that side."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds, gait=d.dice.choice(["careful", "typical"]))
        side, hand = _at_side(d, which, ahead_m=-0.12)
        to = place if place == "back" else f"{side}_{place}"
        d.hold(hand, f"walker.{to}", who="helper")

    return make


def clings(which: str, place: str, *builds: str) -> Callable[[Draw], None]:
    """The walker's own hand is at the arm or the hip of whoever goes beside."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds, gait=d.dice.choice(["careful", "typical"]))
        arms = "bent" if place == "forearm" else ""
        side, hand = _at_side(d, which, ahead_m=0.0, arms=arms)
        d.hold(side, f"helper.{hand}_{place}")

    return make


def between(d: Draw) -> None:
    """Two adults hold a hand each."""
    d.support = "person"
    d.walker("toddler", "child5")
    for side, hand, name in (("left", "right", "helper"), ("right", "left", "second")):
        away = 0.42 * (1 if side == "left" else -1)
        d.companion(ahead_m=0.05, left_m=away, name=name)
        d.hold(side, f"{name}.{hand}_hand")
        d.rest += f'\n[[holds]]\nwho = "{name}"\nhand = "{hand}"\nto = "walker.{side}_hand"\n'


def ready(which: str) -> Callable[[Draw], None]:
    """Both hands held out beside the walker, who is not touched."""

    def make(d: Draw) -> None:
        d.walker("toddler", "child5", "child9", "elderly")
        _at_side(d, which, ahead_m=-0.2, arms="hover")

    return make


GROWN = ("child9", "adult", "elderly")
BESIDE_FAR, BESIDE_NEAR = (scenes.FAMILIES[f"free_beside_{which}"][0] for which in ("far", "near"))
FAMILIES: Families = {
    "back_far": (held("far", "back", *GROWN), ("side", "oblique", "rear", "high")),
    "back_near": (held("near", "back", *GROWN), ("oblique", "front", "diagonal")),
    "side_far": (held("far", "waist", *GROWN), ("side", "oblique", "front")),
    "side_near": (held("near", "waist", *GROWN), ("oblique", "rear", "high")),
    "arm_far": (held("far", "upper_arm", *GROWN), ("side", "oblique", "phone")),
    "arm_near": (held("near", "upper_arm", *GROWN), ("front", "rear", "diagonal")),
    "armpit_far": (held("far", "armpit", "child5", "child9"), ("side", "oblique")),
    "armpit_near": (held("near", "armpit", "child5", "child9"), ("front", "rear")),
    "shoulder_far": (held("far", "shoulder", "child9", "child5"), ("oblique", "front")),
    "free_hovering": (
        scenes.hovering,
        ("side", "oblique", "high", "front", "rear", "diagonal", "phone"),
    ),
    "free_beside_far": (BESIDE_FAR, ("oblique", "high", "front")),
    "free_beside_near": (BESIDE_NEAR, ("rear", "high", "diagonal")),
    "free_ready_far": (ready("far"), ("side", "oblique", "front")),
    "free_ready_near": (ready("near"), ("oblique", "rear", "high")),
    "on_arm_far": (clings("far", "forearm", "adult", "elderly"), ("side", "oblique", "front")),
    "on_arm_near": (clings("near", "forearm", "adult", "elderly"), ("oblique", "rear", "phone")),
    "at_hip_far": (clings("far", "hip", "child5", "child9"), ("side", "oblique", "front")),
    "at_hip_near": (clings("near", "hip", "child5", "child9"), ("oblique", "rear", "high")),
    "between": (between, ("front", "rear", "oblique", "high")),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.aside", about=__doc__, seed=130_000)
