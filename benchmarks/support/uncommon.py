"""`python -m benchmarks.support.uncommon FOLDER`: supports and look-alikes the other sets lack.

Things pushed that were not made for it (a wheelchair, a chair, a box, a trolley), a drip stand, two
sticks, one crutch, a hoist, a dog, a rail on posts; straps held from above, hands and poles held by
somebody who walks backwards, a shoulder, somebody's clothes. And who holds nothing: somebody backs
away or waits before them with open arms, they carry a bag, telephone, pull a toy, lead a dog. Drawn
as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support.draw import Draw, Families, command

TOWARD = ', face = "toward"'


def pushed(kind: str, *builds: str, gait: str = "", ahead: float = 0.0) -> Callable[[Draw], None]:
    """Both hands on a thing; ``ahead`` as a share of the height, beyond its usual place."""

    def make(d: Draw) -> None:
        d.support = "object_moving"
        d.walker(*builds, gait=gait)
        tall = {"toddler": 0.78, "child5": 1.08, "child9": 1.32}.get(d.build, 1.7)
        d.prop(f'kind = "{kind}"\nname = "aid"\ngoes_with = "walker"\nahead_m = {ahead * tall:.3f}')
        grip = "push_" if kind == "wheelchair" else ""
        for side in ("left", "right"):
            d.hold(side, f"aid.{grip}{side}")

    return make


def at_side(kind: str, place: str, *builds: str) -> Callable[[Draw], None]:
    """One hand on what goes beside."""

    def make(d: Draw) -> None:
        d.support = "object_moving"
        d.walker(*builds, gait=d.dice.choice(["careful", "typical"]))
        side = d.side(d.dice.choice(["far", "near"]))
        size = {"child5": 0.95, "child9": 1.2}.get(d.build, 1.35) if kind == "pet" else 1.0
        d.prop(
            f'kind = "{kind}"\nname = "aid"\ngoes_with = "walker"\nside = "{side}"\nsize = {size}'
        )
        d.hold(side, f"aid.{place or side}")

    return make


def sticks(kind: str, sides: int, *builds: str) -> Callable[[Draw], None]:
    """A stick or crutch in one hand or in each."""

    def make(d: Draw) -> None:
        d.support = "object_moving"
        d.walker(*builds, gait="careful")
        first = d.side(d.dice.choice(["far", "near"]))
        for side in [first] if sides == 1 else ["left", "right"]:
            d.prop(f'kind = "{kind}"\nname = "aid_{side}"\ngoes_with = "walker"\nside = "{side}"')
            d.hold(side, f"aid_{side}.grip")

    return make


def hoist(d: Draw) -> None:
    """Straps from a frame hold the trunk; the arms swing."""
    d.support = "object_moving"
    d.walker("child9", "adult", "elderly", gait="careful", arms=d.dice.choice(["swing", "bent"]))
    d.prop('kind = "hoist"\nname = "aid"\ngoes_with = "walker"')
    d.hold("none", "aid.sling")


def fence(which: str) -> Callable[[Draw], None]:
    """A hand on a rail on posts."""

    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.walker("child9", "adult", "elderly", gait=d.dice.choice(["careful", "typical"]))
        side = d.side(which)
        wide = {"child9": 0.40, "adult": 0.48, "elderly": 0.45}[d.build]
        away = wide * (1 if side == "left" else -1)
        height = {"child9": 0.66}.get(d.build, 0.88)
        d.prop(
            f'kind = "fence"\nname = "fence"\nat = {d.place(1.4, away)}\n'
            f"heading_deg = {d.heading_deg - 90}\nlength_m = 6.0\nheight_m = {height}"
        )
        d.hold(side, "fence.edge", more=f"regrip_s = {d.dice.choice([0.0, 1.4])}\n")

    return make


def harness(d: Draw) -> None:
    """Straps from the back of a child to both hands of somebody behind."""
    d.support = "person"
    d.walker("toddler", "child5", gait=d.dice.choice(["", "toddler"]), steps=9)
    d.companion(ahead_m=-0.5, left_m=0.0, more=", stoop = 0.25")
    up = {"toddler": 0.42, "child5": 0.30}[d.build]
    for side, q in (("left", 1), ("right", -1)):
        d.hold(side, "walker.back", who="helper", more=f"offset = [{q * 0.09}, {up}, -0.10]\n")
        d.prop(f'kind = "strap"\nends = ["helper.{side}_palm", "walker.{side}_armpit"]')


def _meets(d: Draw, side: str, other: str, *, apart_m: float = 0.0) -> None:
    """A hand of the walker's in the helper's, or each at an end of a pole this long."""
    away = f"offset = [0.0, 0.05, {-0.5 * apart_m}]\n" if apart_m else ""
    d.hold(side, f"helper.{other}_hand", more=away)
    d.rest += f'\n[[holds]]\nwho = "helper"\nhand = "{other}"\nto = "walker.{side}_hand"\n{away}'
    if apart_m:
        d.prop(
            f'kind = "strap"\nends = ["walker.{side}_palm", "helper.{other}_palm"]\n'
            "colour = [0.5, 0.36, 0.15]"
        )


def backing(*builds: str, hands: int = 2, pole_m: float = 0.0) -> Callable[[Draw], None]:
    """Somebody walks backwards before the walker and holds their hands, or poles with them."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds, gait=d.dice.choice(["", "careful"]))
        grown = d.build in ("adult", "elderly")
        stoop = 0.1 if grown else {"toddler": 0.6, "child5": 0.4}.get(d.build, 0.2)
        away = {"toddler": 0.38, "child5": 0.54, "child9": 0.62}.get(d.build, 0.7) + pole_m
        d.companion(ahead_m=away, left_m=0.0, more=f"{TOWARD}, stoop = {stoop}")
        pairs = [("left", "right"), ("right", "left")]
        if hands == 1:
            pairs = [d.dice.choice(pairs)]
        for side, other in pairs:
            _meets(d, side, other, apart_m=pole_m)

    return make


def on_person(place: str, *builds: str, ahead: float, face: str) -> Callable[[Draw], None]:
    """Both hands at the shoulders, forearms or waist of whoever goes before."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds, gait="careful")
        more = TOWARD if face == "toward" else ""
        more += ', arms = "bent"' if place == "forearm" else ""
        d.companion(ahead_m=ahead, left_m=0.0, more=more)
        for side in ("left", "right"):
            other = {"left": "right", "right": "left"}[side] if face == "toward" else side
            d.hold(side, f"helper.{other}_{place}")

    return make


def clothes(which: str) -> Callable[[Draw], None]:
    """A child's hand at the trousers of whoever goes beside."""

    def make(d: Draw) -> None:
        d.support = "person"
        d.walker("toddler", "child5")
        side, other = d.side(which), d.side("near" if which == "far" else "far")
        away = {"toddler": 0.28, "child5": 0.32}[d.build] * (1 if side == "left" else -1)
        d.companion(ahead_m=0.05, left_m=away)
        low = {"toddler": -0.32, "child5": -0.12}[d.build]
        d.hold(side, f"helper.{other}_hip", more=f"offset = [0.0, {low}, 0.0]\n")

    return make


def backs_away(d: Draw) -> None:
    """Somebody walks backwards before a child, hands held ready, and touches nothing."""
    d.walker("toddler", "child5", steps=9)
    stoop = {"toddler": 0.5, "child5": 0.35}[d.build]
    arms = d.dice.choice(["hover", "reach"])
    d.companion(
        ahead_m=round(d.dice.uniform(0.85, 1.15), 2), left_m=0.0,
        more=f'{TOWARD}, arms = "{arms}", stoop = {stoop}',
    )  # fmt: skip


def waits(d: Draw) -> None:
    """Somebody waits at the end of the way with open arms."""
    d.walker("toddler", "child5", steps=9)
    arms = d.dice.choice(["hover", "reach"])
    posture = d.dice.choice(["stoop = 0.6, crouch = 0.35", "stoop = 0.4"])
    d.people += f"""
[[people]]
name = "helper"
build = "adult"
start = {d.place(2.6 if d.build == "toddler" else 3.4, 0.05)}
heading_deg = {d.heading_deg + 180}
script = [{{ do = "stand", seconds = 12.0, arms = "{arms}", {posture} }}]
"""


def carries_bag(d: Draw) -> None:
    d.walker("adult", "child9", "elderly")
    d.prop(f'kind = "bag"\ngoes_with = "walker"\nside = "{d.side(d.dice.choice(["far", "near"]))}"')


def telephones(d: Draw) -> None:
    d.walker("adult", "child9")
    side = d.side(d.dice.choice(["far", "near"]))
    d.hold(side, "walker.head", more=f"offset = [{0.1 if side == 'left' else -0.1}, 0.0, 0.03]\n")


def pulls_toy(d: Draw) -> None:
    d.walker("toddler", "child5")
    side = d.side(d.dice.choice(["far", "near"]))
    d.prop(f'kind = "pull_toy"\nname = "toy"\ngoes_with = "walker"\nside = "{side}"')
    d.prop(f'kind = "strap"\nends = ["walker.{side}_palm", "toy.ring"]\nsize = 0.4')


def leads_dog(d: Draw) -> None:
    d.walker("adult", "child9")
    side = d.side(d.dice.choice(["far", "near"]))
    d.prop(
        f'kind = "pet"\nname = "dog"\ngoes_with = "walker"\nside = "{side}"\nahead_m = '
        f"{d.dice.choice([-0.4, 0.5, 0.8])}"
    )
    d.prop(f'kind = "strap"\nends = ["walker.{side}_palm", "dog.collar"]\nsize = 0.5')


def dog_beside(d: Draw) -> None:
    d.walker("child5", "child9")
    side = d.side(d.dice.choice(["far", "near"]))
    d.prop(f'kind = "pet"\nname = "dog"\ngoes_with = "walker"\nside = "{side}"\nahead_m = 0.1')


GROWN = ("adult", "elderly")
SMALL = ("toddler", "child5")
FAMILIES: Families = {
    "wheelchair": (
        pushed("wheelchair", "child9", *GROWN, gait="careful", ahead=0.30),
        ("side", "oblique", "front", "rear", "phone"),
    ),
    "chair": (pushed("pushed_chair", *SMALL), ("side", "oblique", "front", "diagonal")),
    "box": (pushed("pushed_box", *SMALL), ("side", "oblique", "high", "rear")),
    "trolley": (pushed("trolley", "child9", *GROWN), ("side", "oblique", "front", "behind")),
    "drip": (at_side("drip_stand", "", *GROWN), ("side", "oblique", "front", "rear", "high")),
    "dog": (at_side("pet", "back", "child5", "child9"), ("side", "oblique", "front", "phone")),
    "two_sticks": (sticks("stick", 2, *GROWN), ("side", "oblique", "front", "rear")),
    "one_crutch": (sticks("crutch", 1, "child9", "adult"), ("side", "oblique", "front", "high")),
    "hoist": (hoist, ("side", "oblique", "front", "rear")),
    "fence_far": (fence("far"), ("side", "oblique", "high", "front", "phone")),
    "fence_near": (fence("near"), ("side", "oblique", "rear", "diagonal")),
    "harness": (harness, ("side", "oblique", "front", "rear", "high", "phone")),
    "backing": (backing(*SMALL, "child9"), ("side", "oblique", "front", "rear", "high")),
    "backing_one": (backing(*SMALL, hands=1), ("side", "oblique", "front", "diagonal")),
    "backing_grown": (backing(*GROWN), ("side", "oblique", "rear")),
    "poles": (backing("toddler", "child5", pole_m=0.2), ("side", "oblique", "front")),
    "forearms": (
        on_person("forearm", *GROWN, ahead=0.62, face="toward"), ("side", "oblique", "rear")
    ),
    "shoulders": (
        on_person("shoulder", *GROWN, ahead=0.6, face="toward"), ("side", "oblique", "front")
    ),
    "shoulders_before": (
        on_person("shoulder", *GROWN, ahead=0.55, face="same"), ("side", "oblique", "high")
    ),
    "clothes_far": (clothes("far"), ("side", "oblique", "front")),
    "clothes_near": (clothes("near"), ("side", "oblique", "rear")),
    "free_backs_away": (backs_away, ("side", "oblique", "front", "rear", "high", "phone")),
    "free_waits": (waits, ("side", "oblique", "high", "diagonal", "phone")),
    "free_bag": (carries_bag, ("side", "oblique", "front", "rear")),
    "free_telephone": (telephones, ("side", "oblique", "front")),
    "free_pull_toy": (pulls_toy, ("side", "oblique", "front", "phone")),
    "free_lead": (leads_dog, ("side", "oblique", "front")),
    "free_dog_beside": (dog_beside, ("side", "oblique", "front")),
}  # fmt: skip
"""Kinds of scenes and the views of each."""


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.uncommon", about=__doc__, seed=240_000)
