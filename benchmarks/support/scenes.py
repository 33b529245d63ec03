"""`python -m benchmarks.support.scenes FOLDER`: writes scenes to learn support from.

Every kind of holding and its look-alikes, each in several views, with builds, rooms, light and
sides drawn by a seed. `python -m benchmarks.studio render --scenes FOLDER --out CLIPS` draws them;
`python -m benchmarks.support.fit` learns from them. None is a clip of `tune` or `report`.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

VIEWS = {
    # camera, what it looks at, field of view, start, heading, extra lines of the camera
    "side": ([0.0, 1.1, 3.6], [0.0, 0.75, 0.0], 60, [-1.45, 0.0], 90, ""),
    "oblique": ([1.7, 1.3, 3.2], [-0.1, 0.7, 0.0], 60, [-1.45, 0.1], 88, ""),
    "high": ([2.2, 2.6, 3.0], [-0.1, 0.5, 0.0], 60, [-1.4, 0.1], 80, ""),
    "front": ([0.2, 1.1, 4.2], [0.0, 0.7, 0.0], 48, [0.0, -1.5], 3, ""),
    "rear": ([0.2, 1.1, 4.2], [0.0, 0.7, 0.0], 48, [0.1, 1.6], 181, ""),
    "diagonal": ([0.6, 1.3, 3.9], [-0.1, 0.7, 0.0], 52, [-1.1, -1.1], 42, ""),
    "phone": (
        [-0.6, 1.25, 3.2], [-1.35, 0.65, 0.1], 58, [-1.7, 0.1], 90,
        'follow = "walker"\nshare = 0.93\nride = 0.35\nlag_s = 0.5\nshake = 0.012\n',
    ),
}  # fmt: skip
LIGHTS = ("day", "day", "day", "window", "lamp")
ROOMS = ("living", "parlour", "kitchen", "office", "corridor", "ward", "gym", "hall")
HEIGHT_M = {"toddler": 0.8, "child5": 1.1, "child9": 1.35, "adult": 1.72, "heavy": 1.7}
SHOULDER = {"toddler": 0.30, "child5": 0.36, "child9": 0.42, "adult": 0.50, "elderly": 0.47}


@dataclass
class Draw:
    """One scene while it is put together."""

    name: str
    view: str
    seed: int
    dice: random.Random
    mirrored: bool
    build: str = "adult"
    people: str = ""
    rest: str = ""
    support: str = "none"
    gait: str = "typical"

    @property
    def start(self) -> tuple[float, float]:
        x, z = VIEWS[self.view][3]
        return (-x if self.mirrored else x), z

    @property
    def heading_deg(self) -> float:
        heading = float(VIEWS[self.view][4])
        return -heading if self.mirrored else heading

    def place(self, ahead_m: float, left_m: float) -> str:
        """A place beside the start, in the room."""
        turn = math.radians(self.heading_deg)
        x, z = self.start
        x += ahead_m * math.sin(turn) + left_m * math.cos(turn)
        z += ahead_m * math.cos(turn) - left_m * math.sin(turn)
        return f"[{x:.3f}, {z:.3f}]"

    @property
    def far(self) -> str:
        """The hand away from the camera in a side view."""
        return "right" if self.mirrored else "left"

    def side(self, which: str) -> str:
        """The walker's `far` or `near` side."""
        near = "left" if self.far == "right" else "right"
        return self.far if which == "far" else near

    def walker(
        self, *builds: str, gait: str = "", arms: str = "", steps: int = 8, more: str = ""
    ) -> None:
        """The one who walks."""
        self.build = self.dice.choice(builds)
        self.gait = gait or self.gait
        extra = f', gait = "{gait}"' if gait else ""
        extra += f', arms = "{arms}"' if arms else ""
        if self.view == "phone":
            steps += 1
        self.people += f"""
[[people]]
name = "walker"
build = "{self.build}"
start = {self.place(0, 0)}
heading_deg = {self.heading_deg}
script = [
  {{ do = "stand", seconds = 0.7{extra}{more} }},
  {{ do = "walk", steps = {steps}{extra}{more} }},
  {{ do = "stand", seconds = 0.7{extra}{more} }},
]
"""

    def companion(self, *, ahead_m: float, left_m: float, more: str = "") -> None:
        """An adult who goes along."""
        self.people += f"""
[[people]]
name = "helper"
build = "adult"
start = {self.place(ahead_m, left_m)}
heading_deg = {self.heading_deg}
script = [
  {{ do = "follow", who = "walker", ahead_m = {ahead_m}, left_m = {left_m}, seconds = 9.0{more} }},
]
"""

    def hold(self, hand: str, to: str, *, who: str = "walker", more: str = "") -> None:
        supported = "walker" if self.support != "none" else ""
        self.rest += f"""
[[holds]]
who = "{who}"
hand = "{hand}"
to = "{to}"
supports = "{supported}"
{more}"""

    def prop(self, text: str) -> None:
        self.rest += f"\n[[props]]\n{text}\n"

    def toml(self) -> str:
        at, look, fov, _start, _heading, camera = VIEWS[self.view]
        if self.mirrored:
            at, look = [-at[0], *at[1:]], [-look[0], *look[1:]]
        dice = self.dice
        at = [round(v + dice.uniform(-0.12, 0.12), 3) for v in at]
        age = {"toddler": "toddler", "elderly": "elderly"}.get(self.build, "adult")
        age = "child" if self.build.startswith("child") else age
        fps = 30.0 if self.view == "phone" else dice.choice([20.0, 25.0, 25.0])
        light = dice.choice(LIGHTS)
        return f"""title = "{self.name}"
expect = "{self.support}"
split = "tune"
seed = {self.seed}
categories = {{ age = "{age}", camera = "{self.view}", support = "{self.support}", \
gait = "{self.gait}", light = "{light}" }}

[room]
style = "{dice.choice(ROOMS)}"
seed = {self.seed % 97 + 1}
light = "{light}"
bare = true

[camera]
at = {at}
look = {look}
fov_deg = {float(fov)}
{camera}
[picture]
width = 480
height = 360
fps = {fps}
{self.people}{self.rest}"""


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
FAMILIES: dict[str, tuple[Callable[[Draw], None], tuple[str, ...]]] = {
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


def scenes(seed: int) -> dict[str, str]:
    """Every family in each of its views: name of the scene to its TOML."""
    out = {}
    for number, (family, (make, views)) in enumerate(FAMILIES.items()):
        for k, view in enumerate(views):
            own = seed + 100 * number + k
            dice = random.Random(own)
            draw = Draw(f"{family}-{view}{k}", view, own, dice, mirrored=dice.random() < 0.5)
            make(draw)
            out[draw.name] = draw.toml()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.support.scenes", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=20_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    made = scenes(options.seed)
    for name, text in made.items():
        (options.folder / f"{name}.toml").write_text(text, encoding="utf-8")
    print(f"{len(made)} scenes in {options.folder}")


if __name__ == "__main__":
    main()
