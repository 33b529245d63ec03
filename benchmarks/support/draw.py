"""One scene while it is put together: view, light and sides drawn by a seed, and its TOML."""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Mapping
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
    "behind": ([1.5, 1.3, 3.9], [0.1, 0.6, -0.3], 56, [0.9, 1.4], 203, ""),
    "towards": ([0.9, 1.3, 4.3], [-0.2, 0.6, -0.4], 58, [-1.5, -2.2], 33, ""),
    "corner": ([2.9, 2.5, 3.3], [-0.2, 0.3, -0.4], 66, [-1.9, -0.5], 76, ""),
}  # fmt: skip
FILMED = {
    # the same by somebody who goes along
    "beside": ([0.22, 1.20, -2.24], [0.02, 0.50, -1.62], 76, [0.0, -1.7], 0),
    "before": ([0.06, 1.22, -1.02], [0.0, 0.52, -1.60], 76, [0.0, -1.7], 0),
    "after": ([-0.02, 1.22, -2.32], [0.0, 0.50, -1.62], 76, [0.0, -1.7], 0),
}
RIDES = 'follow = "{filmer}"\nshare = 1.0\nride = 1.0\nlag_s = 0.05\nshake = 0.014\n'
TALL = "_tall"
"""A phone held upright: at the end of a view's name."""
VIEWS |= {f"filmed_{k}{tall}": (*v, RIDES) for k, v in FILMED.items() for tall in ("", TALL)}
LIGHTS = ("day", "day", "day", "window", "lamp")
ROOMS = ("living", "parlour", "kitchen", "office", "corridor", "ward", "gym", "hall")


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
    furnished: bool = False
    filmer: str = "walker"
    """Whose way the camera goes, in views that go along."""

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

    def companion(
        self, *, ahead_m: float, left_m: float, more: str = "", name: str = "helper"
    ) -> None:
        """An adult who goes along."""
        self.people += f"""
[[people]]
name = "{name}"
build = "adult"
start = {self.place(ahead_m, left_m)}
heading_deg = {self.heading_deg}
script = [
  {{ do = "follow", who = "walker", ahead_m = {ahead_m}, left_m = {left_m}, seconds = 9.0{more} }},
]
"""

    def hold(
        self, hand: str, to: str, *, who: str = "walker", supports: str = "", more: str = ""
    ) -> None:
        """A hand at a place; it holds the walker up, if anything does, or whom it says."""
        supported = supports or ("walker" if self.support != "none" else "")
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
        fps = 30.0 if camera else dice.choice([20.0, 25.0, 25.0])
        size = (360, 480) if self.view.endswith(TALL) else (480, 360)
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
bare = {"false" if self.furnished else "true"}

[camera]
at = {at}
look = {look}
fov_deg = {float(fov)}
{camera.format(filmer=self.filmer)}
[picture]
width = {size[0]}
height = {size[1]}
fps = {fps}
{self.people}{self.rest}"""


Families = Mapping[str, tuple[Callable[[Draw], None], tuple[str, ...]]]
"""Name of a kind of scene: how it is put together, and the views to see it in."""


def scenes_of(families: Families, *, seed: int, furnished: bool = False) -> dict[str, str]:
    """Every family in each of its views: name of the scene to its TOML.

    Furnished, the same people do the same in the same rooms with their furniture and rugs.
    """
    out = {}
    for number, (family, (make, views)) in enumerate(families.items()):
        for k, view in enumerate(views):
            own = seed + 100 * number + k
            dice = random.Random(own)
            mirrored = dice.random() < 0.5
            draw = Draw(f"{family}-{view}{k}", view, own, dice, mirrored, furnished=furnished)
            make(draw)
            out[draw.name] = draw.toml()
    return out


def write_scenes(
    families: Families, folder: Path, *, seed: int, every: int = 1, furnished: bool = False
) -> int:
    """Write them, or every so many of them by name, into a folder; gives how many those are."""
    folder.mkdir(parents=True, exist_ok=True)
    made = sorted(scenes_of(families, seed=seed, furnished=furnished).items())[::every]
    for name, text in made:
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return len(made)


def command(families: Families, *, prog: str, about: str | None, seed: int) -> None:
    """Write scenes as the command line says."""
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--every", type=int, default=1, help="Only every so many, by name [1].")
    parser.add_argument("--furnished", action="store_true", help="Rooms with their furniture.")
    options = parser.parse_args()
    made = write_scenes(
        families,
        options.folder,
        seed=options.seed,
        every=options.every,
        furnished=options.furnished,
    )
    print(f"{made} scenes in {options.folder}")
