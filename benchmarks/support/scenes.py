"""`python -m benchmarks.support.scenes FOLDER`: writes scenes to learn support from.

Every kind of holding and its look-alikes, each in several views, with builds, rooms, light and
sides drawn by a seed. `python -m benchmarks.studio render --scenes FOLDER --out CLIPS` draws them;
`python -m benchmarks.support.fit` learns from them. None is a clip of `tune` or `report`.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support.draw import Draw, Families, command

SHOULDER = {"toddler": 0.30, "child5": 0.36, "child9": 0.42, "adult": 0.50, "elderly": 0.47}


def stick(d: Draw) -> None:
    d.support = "object_moving"
    d.walker("elderly", "adult")
    _cane(d, d.side(d.dice.choice(["far", "near"])), "stick")


def crutches(d: Draw) -> None:
    d.support = "object_moving"
    d.walker("adult", "child9")
    for side in ("left", "right"):
        _cane(d, side, "crutch")


def _cane(d: Draw, side: str, kind: str) -> None:
    d.prop(f'kind = "{kind}"\nname = "{kind}_{side}"\ngoes_with = "walker"\nside = "{side}"')
    d.hold(side, f"{kind}_{side}.grip")


def _frame(kind: str, *builds: str, gait: str = "") -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.support = "object_moving"
        d.walker(*builds, gait=gait)
        d.prop(f'kind = "{kind}"\nname = "aid"\ngoes_with = "walker"')
        for side in ("left", "right"):
            d.hold(side, f"aid.{side}")

    return make


def _rail(which: str) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.support = "object_fixed"
        d.walker("elderly", "adult", "child9", gait=d.dice.choice(["careful", "typical"]))
        side = d.side(which)
        away = SHOULDER.get(d.build, 0.45) * (1 if side == "left" else -1)
        height = {"child9": 0.62}.get(d.build, 0.85)
        d.prop(
            f'kind = "rail"\nname = "rail"\nat = {d.place(1.4, away)}\n'
            f"heading_deg = {d.heading_deg - 90}\nlength_m = 6.0\nheight_m = {height}"
        )
        d.hold(side, "rail.edge", more=f"regrip_s = {d.dice.choice([0.0, 1.4])}\n")

    return make


def bars(d: Draw) -> None:
    d.support = "object_fixed"
    d.walker("child9", "adult", gait="careful")
    wide, height = (0.56, 0.66) if d.build == "child9" else (0.66, 0.86)
    d.prop(
        f'kind = "bars"\nname = "bars"\nat = {d.place(1.4, 0)}\n'
        f"heading_deg = {d.heading_deg - 90}\nlength_m = 3.6\ndepth_m = {wide}\nheight_m = {height}"
    )
    for side in ("left", "right"):
        d.hold(side, f"bars.{side}", more="regrip_s = 1.4\n")


def _hand(which: str, *builds: str) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.support = "person"
        d.walker(*builds)
        side, other = d.side(which), d.side("near" if which == "far" else "far")
        away = (0.5 if d.build in ("adult", "elderly") else 0.43) * (1 if side == "left" else -1)
        d.companion(ahead_m=0.03, left_m=away)
        d.hold(side, f"helper.{other}_hand")
        d.rest += f"""
[[holds]]
who = "helper"
hand = "{other}"
to = "walker.{side}_hand"
"""

    return make


def two_hands(d: Draw) -> None:
    d.support = "person"
    d.walker("toddler", gait="toddler", steps=9)
    d.companion(ahead_m=-0.36, left_m=0.0, more=", stoop = 0.45")
    for side in ("left", "right"):
        d.hold(side, f"helper.{side}_hand")
        d.rest += f'\n[[holds]]\nwho = "helper"\nhand = "{side}"\nto = "walker.{side}_hand"\n'


def _trunk(place: str) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.support = "person"
        d.walker("child5", "child9", gait="crouch")
        stoop = 0.7 if d.build == "child5" else 0.5
        d.companion(ahead_m=-0.36, left_m=0.0, more=f", stoop = {stoop}")
        for side in ("left", "right"):
            d.hold(side, f"walker.{side}_{place}", who="helper")

    return make


def _free(*builds: str, gait: str = "", arms: str = "", toy: str = "") -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.walker(*builds, gait=gait, arms=arms)
        if toy:
            d.prop(f'kind = "{toy}"\ngoes_with = "walker"')

    return make


def hovering(d: Draw) -> None:
    d.walker("toddler", "child5", steps=9)
    d.companion(ahead_m=-0.55, left_m=0.0, more=', arms = "hover", stoop = 0.3')


def _beside(which: str) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.walker("child5", "child9", "adult", "elderly")
        away = 0.62 * (1 if d.side(which) == "left" else -1)
        d.companion(ahead_m=0.05, left_m=away)

    return make


def along_rail(d: Draw) -> None:
    """A rail within reach that nobody holds."""
    d.walker("elderly", "adult", "child9")
    away = 0.62 * (1 if d.side("far") == "left" else -1)
    d.prop(
        f'kind = "rail"\nname = "rail"\nat = {d.place(1.4, away)}\n'
        f"heading_deg = {d.heading_deg - 90}\nlength_m = 6.0\nheight_m = 0.85"
    )


ALL = ("side", "oblique", "high", "front", "rear", "diagonal", "phone")
ASIDE = ("side", "oblique", "high", "phone")
FAMILIES: Families = {
    "free_swing": (_free("adult", "child9", "child5", "heavy"), (*ALL, "side", "phone")),
    "free_elderly": (_free("elderly", gait="elderly"), ("side", "front", "phone")),
    "free_ataxic": (
        _free("child5", "child9", "adult", gait="ataxic"),
        ("side", "oblique", "phone", "front"),
    ),
    "free_toddler": (_free("toddler"), ("side", "phone", "oblique")),
    "free_crouch": (_free("child9", "child5", gait="crouch"), ("side", "oblique", "front")),
    "free_shuffle": (_free("elderly", gait="shuffle"), ("side", "oblique", "high")),
    "free_limp": (_free("adult", "child9", gait="limp_left"), ("side", "phone")),
    "free_hemiplegic": (_free("adult", gait="hemiplegic_left"), ("side", "oblique", "front")),
    "free_hips": (_free("adult", arms="hips"), ("side", "oblique", "front")),
    "free_pockets": (_free("adult", arms="pockets"), ("side", "oblique", "front")),
    "free_behind": (_free("elderly", "adult", arms="behind"), ("side", "front")),
    "free_bent": (_free("adult", "child9", arms="bent"), ("side", "oblique", "rear")),
    "free_carry": (
        _free("child5", "child9", "toddler", arms="carry", toy="teddy"),
        ("side", "oblique", "front"),
    ),
    "free_ball": (_free("child9", "adult", arms="carry", toy="ball"), ("side", "oblique")),
    "free_hovering": (hovering, ("side", "oblique", "front")),
    "free_beside_far": (_beside("far"), ("side", "oblique", "phone")),
    "free_beside_near": (_beside("near"), ("oblique", "rear")),
    "free_along_rail": (along_rail, ("side", "oblique", "phone")),
    "rail_far": (_rail("far"), (*ASIDE, "side", "phone", "oblique")),
    "rail_near": (_rail("near"), ("oblique", "rear", "high")),
    "bars": (bars, ("side", "oblique", "phone")),
    "stick": (stick, (*ALL, "side", "phone")),
    "crutches": (crutches, (*ALL, "phone")),
    "rollator": (
        _frame("rollator", "elderly", gait="careful"),
        ("side", "oblique", "front", "phone"),
    ),
    "front_walker": (
        _frame("front_walker", "elderly", "child9", gait="careful"),
        ("side", "front", "oblique"),
    ),
    "rear_walker": (_frame("rear_walker", "child9", "child5"), ("side", "oblique", "phone")),
    "push_toy": (_frame("push_toy", "toddler"), ("side", "oblique", "front")),
    "pram": (_frame("pram", "adult"), ("side", "oblique", "front")),
    "hand_far": (_hand("far", "child5", "child9"), (*ASIDE, "side", "rear")),
    "hand_near": (_hand("near", "child5", "child9"), ("side", "oblique", "front")),
    "hand_adults": (_hand("far", "adult", "elderly"), ("side", "front", "phone")),
    "two_hands": (two_hands, ("side", "front", "oblique")),
    "waist": (_trunk("waist"), ("side", "rear", "oblique")),
    "armpits": (_trunk("armpit"), ("side", "front")),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.scenes", about=__doc__, seed=20_000)
