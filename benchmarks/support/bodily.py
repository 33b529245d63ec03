"""`python -m benchmarks.support.bodily FOLDER`: the trunk is held while the hands may be free.

A baby walker, frames with a pad round the chest and a belt (gait trainers), somebody on a rolling
stool behind or before the walker, a towel round the chest, a hand at the belt from behind; chairs
in a row and a bed to go along. And who is held by nothing: a wheelchair or somebody on a stool
follows, a pram is pushed beside, an empty frame stands there, a skirt. Drawn as
`benchmarks.support.scenes` are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support.draw import Draw, Families, command

SEATED = ", crouch = 0.36, stoop = 0.25"
"""How somebody goes along on a stool."""
TOWARD = ', face = "toward"'


def ringed(kind: str, *builds: str, gait: str = "", hands: bool = False) -> Callable[[Draw], None]:
    """The trunk in a ring on wheels; the hands on it or free."""

    def make(d: Draw) -> None:
        d.support = "object_moving"
        arms = "" if hands else d.dice.choice(["", "", "bent", "high_guard"])
        d.walker(*builds, gait=gait or d.dice.choice(["", "crouch"]), arms=arms)
        d.prop(f'kind = "{kind}"\nname = "aid"\ngoes_with = "walker"')
        d.hold("none", "aid.sling")
        for side in ("left", "right") if hands else ():
            d.hold(side, f"aid.{side}")

    return make


def _on_stool(d: Draw, *, ahead_m: float, more: str = "") -> None:
    """Somebody goes along on a stool."""
    d.companion(ahead_m=ahead_m, left_m=0.0, more=SEATED + more)
    d.prop('kind = "stool"\nname = "stool"\ngoes_with = "helper"')


def stool(place: str, *builds: str, before: bool = False) -> Callable[[Draw], None]:
    """Both hands of somebody on a stool are at the walker's waist."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds, gait=d.dice.choice(["", "crouch"]))
        _on_stool(d, ahead_m=0.55 if before else -0.5, more=TOWARD if before else "")
        for side, other in (("left", "right"), ("right", "left")):
            hand = other if before else side
            d.hold(hand, f"walker.{side}_{place}", who="helper")

    return make


def towel(d: Draw) -> None:
    """A towel round the chest, its ends in the hands of somebody behind."""
    d.support = "person"
    d.walker("toddler", "child5", gait=d.dice.choice(["", "toddler"]))
    stoop = {"toddler": 0.75, "child5": 0.5}[d.build]
    d.companion(ahead_m=-0.45, left_m=0.0, more=f", stoop = {stoop}")
    for side, q in (("left", 1), ("right", -1)):
        d.hold(side, "walker.back", who="helper", more=f"offset = [{q * 0.07}, 0.10, -0.16]\n")
        ends = f'ends = ["helper.{side}_palm", "walker.{side}_armpit"]'
        d.prop(f'kind = "strap"\n{ends}\nsize = 1.8\ncolour = [0.6, 0.58, 0.5]')


def belt(d: Draw) -> None:
    """One hand of somebody behind is at the back of the walker's belt."""
    d.support = "person"
    d.walker("child9", "adult", "elderly", gait="careful")
    away = 0.22 * d.dice.choice([-1, 1])
    d.companion(ahead_m=-0.42, left_m=away)
    low = {"child9": -0.16, "adult": -0.2, "elderly": -0.2}[d.build]
    hand = "right" if away > 0 else "left"
    d.hold(hand, "walker.back", who="helper", more=f"offset = [0.0, {low}, 0.0]\n")


def chairs(which: str) -> Callable[[Draw], None]:
    """A hand goes from chair to chair of a row."""

    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.walker("child5", "child9", gait="careful")
        side = d.side(which)
        left = 1 if side == "left" else -1
        wide = (0.19 + {"child5": 0.32, "child9": 0.38}[d.build]) * left
        d.prop(
            f'kind = "chair_row"\nname = "row"\nat = {d.place(1.3, wide)}\n'
            f"heading_deg = {d.heading_deg + 90 * left}\nlength_m = 4.0\n"
            f"height_m = {0.33 if d.build == 'child5' else 0.42}"
        )
        d.hold(side, "row.backs", more="regrip_s = 1.0\n")

    return make


def bed(which: str) -> Callable[[Draw], None]:
    """A hand on the edge of a bed."""

    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.walker("toddler", "child5", gait=d.dice.choice(["careful", "toddler"]), steps=7)
        side = d.side(which)
        left = 1 if side == "left" else -1
        d.prop(
            f'kind = "bed"\nname = "bed"\nat = {d.place(1.0, 0.65 * left)}\n'
            f"heading_deg = {d.heading_deg - 90 * left}\nlength_m = 2.6\n"
            f"height_m = {0.40 if d.build == 'toddler' else 0.52}"
        )
        d.hold(side, "bed.edge")

    return make


def _follows(d: Draw, kind: str, *, ahead_m: float, left_m: float, own_m: float) -> None:
    """Somebody goes along who pushes a thing ``own_m`` before themselves."""
    d.companion(ahead_m=ahead_m, left_m=left_m)
    d.prop(f'kind = "{kind}"\nname = "pushed"\ngoes_with = "helper"\nahead_m = {own_m}')
    grip = "push_" if kind == "wheelchair" else ""
    for side in ("left", "right"):
        d.hold(side, f"pushed.{grip}{side}", who="helper", supports="helper")


def chair_follows(d: Draw) -> None:
    """A wheelchair is pushed close behind the walker, in case they tire."""
    d.walker("child9", "adult", "elderly", gait=d.dice.choice(["", "careful"]))
    _follows(d, "wheelchair", ahead_m=-1.25, left_m=0.0, own_m=0.46)


def pram_beside(d: Draw) -> None:
    """Somebody pushes a pram beside the walker."""
    d.walker("child5", "child9")
    away = 0.7 * (1 if d.side(d.dice.choice(["far", "near"])) == "left" else -1)
    _follows(d, "pram", ahead_m=-0.3, left_m=away, own_m=0.0)


def stool_follows(d: Draw) -> None:
    """Somebody on a stool follows with hands held ready."""
    d.walker("child5", "child9", gait=d.dice.choice(["", "crouch"]))
    _on_stool(d, ahead_m=-0.95, more=', arms = "hover"')


def stands_empty(d: Draw) -> None:
    """The frame stands beside the way, nobody in it."""
    d.walker("child5", "child9")
    away = 0.75 * (1 if d.side(d.dice.choice(["far", "near"])) == "left" else -1)
    d.prop(f'kind = "gait_trainer"\nname = "aid"\nsize = 0.7\nat = {d.place(1.4, away)}')


def skirted(d: Draw) -> None:
    d.walker("child5", "child9", "adult")
    d.prop('kind = "skirt"\nname = "skirt"\ngoes_with = "walker"')


SMALL = ("child5", "child9")
FAMILIES: Families = {
    "trainer": (
        ringed("gait_trainer", *SMALL), ("side", "oblique", "front", "rear", "high", "phone")
    ),
    "front_trainer": (
        ringed("front_trainer", *SMALL), ("side", "oblique", "front", "rear", "diagonal")
    ),
    "trainer_grown": (
        ringed("front_trainer", "adult", "elderly", gait="careful"), ("side", "oblique", "front")
    ),
    "trainer_hands": (ringed("gait_trainer", *SMALL, hands=True), ("side", "oblique", "front")),
    "baby_walker": (
        ringed("baby_walker", "toddler", gait="toddler"),
        ("side", "oblique", "front", "rear", "high", "phone"),
    ),
    "baby_walker_hands": (
        ringed("baby_walker", "toddler", gait="toddler", hands=True),
        ("side", "oblique", "front", "high"),
    ),
    "stool": (stool("waist", *SMALL, "adult"), ("side", "oblique", "front", "rear", "high")),
    "stool_before": (stool("waist", *SMALL, before=True), ("side", "oblique", "rear", "phone")),
    "towel": (towel, ("side", "oblique", "front", "rear", "high", "phone")),
    "belt": (belt, ("side", "oblique", "front", "rear", "diagonal")),
    "chairs_far": (chairs("far"), ("side", "oblique", "high", "phone")),
    "chairs_near": (chairs("near"), ("side", "oblique", "rear")),
    "bed_far": (bed("far"), ("side", "oblique", "high")),
    "bed_near": (bed("near"), ("oblique", "rear")),
    "free_chair_follows": (chair_follows, ("side", "oblique", "front", "diagonal")),
    "free_pram_beside": (pram_beside, ("side", "oblique", "front")),
    "free_stool_follows": (stool_follows, ("side", "oblique", "front", "phone")),
    "free_stands_empty": (stands_empty, ("side", "oblique", "high", "phone")),
    "free_skirt": (skirted, ("side", "oblique", "front", "rear", "phone")),
}  # fmt: skip
"""Kinds of scenes and the views of each."""


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.bodily", about=__doc__, seed=250_000)
