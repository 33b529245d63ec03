"""One scene while it is put together: view, light and sides drawn by a seed, and its TOML."""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support.cameras import HOME, VIEWS, Camera

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
    def camera(self) -> Camera:
        return VIEWS[self.view]

    @property
    def start(self) -> tuple[float, float]:
        x, z = self.camera.start
        return (-x if self.mirrored else x), z

    @property
    def heading_deg(self) -> float:
        heading = float(self.camera.heading_deg)
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
        camera, dice = self.camera, self.dice
        mirror = -1 if self.mirrored else 1
        at = [mirror * camera.at[0], *camera.at[1:]]
        look = [mirror * camera.look[0], *camera.look[1:]]
        at = [round(v + dice.uniform(-0.12, 0.12), 3) for v in at]
        age = {"toddler": "toddler", "elderly": "elderly"}.get(self.build, "adult")
        age = "child" if self.build.startswith("child") else age
        fps = dice.choice(camera.rates) if len(camera.rates) > 1 else camera.rates[0]
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
fov_deg = {float(camera.fov_deg)}
{camera.lines.format(filmer=self.filmer)}
[picture]
width = {camera.size[0]}
height = {camera.size[1]}
fps = {fps}
{camera.picture_lines}{self.people}{self.rest}"""


Families = Mapping[str, tuple[Callable[[Draw], None], tuple[str, ...]]]
"""Name of a kind of scene: how it is put together, and the views to see it in."""


def scenes_of(
    families: Families, *, seed: int, furnished: bool = False, home: bool = False
) -> dict[str, str]:
    """Every family in each of its views: name of the scene to its TOML.

    Furnished, the same people do the same in the same rooms with their furniture and rugs. At
    home, cameras that watch a room see them instead.
    """
    out = {}
    for number, (family, (make, views)) in enumerate(families.items()):
        for k, view in enumerate(HOME if home else views):
            own = seed + 100 * number + k
            dice = random.Random(own)
            mirrored = dice.random() < 0.5
            draw = Draw(f"{family}-{view}{k}", view, own, dice, mirrored, furnished=furnished)
            make(draw)
            out[draw.name] = draw.toml()
    return out


def write_scenes(
    families: Families,
    folder: Path,
    *,
    seed: int,
    every: int = 1,
    furnished: bool = False,
    home: bool = False,
) -> int:
    """Write them, or every so many of them by name, into a folder; gives how many those are."""
    folder.mkdir(parents=True, exist_ok=True)
    made = sorted(scenes_of(families, seed=seed, furnished=furnished, home=home).items())[::every]
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
    parser.add_argument("--home", action="store_true", help="By cameras that watch a room.")
    options = parser.parse_args()
    made = write_scenes(
        families,
        options.folder,
        seed=options.seed,
        every=options.every,
        furnished=options.furnished,
        home=options.home,
    )
    print(f"{made} scenes in {options.folder}")
