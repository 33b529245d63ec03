"""`python -m benchmarks.support.transitions FOLDER`: scenes of people who go up and down.

Rising, sitting down, falls, falls that a helper stops, and look-alikes of each, with builds, rooms,
views and light drawn by a seed. Rendered like those of `benchmarks.support.scenes`; scored by
`benchmarks.accuracy`. None is a clip of `tune` or `report`.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.studio.build import build
from benchmarks.studio.scene import parse_scene
from benchmarks.support.draw import Draw, Families, command

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

SEAT_M = {"toddler": 0.2, "child5": 0.3, "child9": 0.36, "adult": 0.45, "elderly": 0.46}
FALLS = ("forward", "back", "left", "right")


def _person(
    d: Draw, name: str, kind: str, script: str, *, ahead_m: float = 0.0, turned_deg: float = 0.0
) -> None:
    """Somebody with a script of their own, ``ahead_m`` before the start."""
    d.people += f"""
[[people]]
name = "{name}"
build = "{kind}"
start = {d.place(ahead_m, 0.0)}
heading_deg = {d.heading_deg + turned_deg}
script = [
{script}
]
"""


def _turned(d: Draw) -> float:
    """Somewhere between facing as the view wants it and half a turn to the camera."""
    return d.dice.choice([0.0, 20.0, -40.0])


def rises_and_sits(d: Draw) -> None:
    """From a chair and down on it again."""
    d.build = d.dice.choice(["adult", "elderly", "child9", "child5"])
    seat, dice = SEAT_M[d.build], d.dice
    _person(
        d, "walker", d.build,
        f'  {{ do = "sit", seconds = 1.2, seat_m = {seat} }},\n'
        f'  {{ do = "rise", seconds = {dice.choice([1.0, 1.4, 2.0])} }},\n'
        '  { do = "stand", seconds = 1.2 },\n'
        f'  {{ do = "sit_down", seconds = {dice.choice([1.0, 1.4, 1.8])}, seat_m = {seat} }},\n'
        f'  {{ do = "sit", seconds = 1.4, seat_m = {seat} }},',
        ahead_m=1.4, turned_deg=_turned(d),
    )  # fmt: skip
    d.prop('kind = "chair"\nunder = "walker"')


def rises_and_walks(d: Draw) -> None:
    """From a chair, and away."""
    d.build = d.dice.choice(["adult", "elderly", "child9", "child5"])
    seat = SEAT_M[d.build]
    _person(
        d, "walker", d.build,
        f'  {{ do = "sit", seconds = 1.2, seat_m = {seat} }},\n'
        f'  {{ do = "rise", seconds = {d.dice.choice([1.0, 1.4, 1.8])} }},\n'
        '  { do = "stand", seconds = 0.4 },\n  { do = "walk", steps = 5 },\n'
        '  { do = "stand", seconds = 0.5 },',
        ahead_m=0.4,
    )  # fmt: skip
    d.prop('kind = "chair"\nunder = "walker"')


def falls(d: Draw) -> None:
    """Walks some steps and falls; some get up again."""
    d.build = d.dice.choice(["toddler", "toddler", "child5", "adult", "elderly"])
    fall_s = d.dice.choice([0.8, 1.0])
    up = '  { do = "get_up", seconds = 2.4 },\n  { do = "stand", seconds = 0.9 },'
    _person(
        d, "walker", d.build,
        '  { do = "stand", seconds = 0.5 },\n  { do = "walk", steps = 4 },\n'
        f'  {{ do = "fall", seconds = {fall_s}, way = "{d.dice.choice(FALLS)}" }},\n'
        f'  {{ do = "lie", seconds = 1.4 }},\n{d.dice.choice(["", up])}',
        ahead_m=0.6,
    )  # fmt: skip
    d.gait = "fall"


def kneels(d: Draw) -> None:
    """Goes down on the knees and comes up: no fall, no sitting down."""
    d.build = d.dice.choice(["adult", "child5", "child9", "toddler"])
    _person(
        d, "walker", d.build,
        '  { do = "stand", seconds = 0.9 },\n  { do = "kneel_down", seconds = 1.3 },\n'
        '  { do = "kneel", seconds = 1.4 },\n  { do = "get_up", seconds = 2.0 },\n'
        '  { do = "stand", seconds = 1.0 },',
        ahead_m=1.3, turned_deg=_turned(d),
    )  # fmt: skip


CATCH = '  {{ do = "caught", seconds = {s} }},\n  {{ do = "held", seconds = 1.2 }},'
ARRIVE = '  { do = "stand", seconds = 2.0, arms = "reach" },'


def _to_helper(*, is_caught: bool) -> Callable[[Draw], None]:
    """Walks to a helper who kneels with arms out, and is caught, or stands there held."""

    def make(d: Draw) -> None:
        d.build = d.dice.choice(["toddler", "toddler", "child5"])
        away = {"toddler": 1.5, "child5": 1.8}[d.build]
        end = CATCH.format(s=d.dice.choice([0.6, 0.8])) if is_caught else ARRIVE
        _person(
            d, "walker", d.build,
            '  { do = "stand", seconds = 0.6 },\n'
            f'  {{ do = "walk", to = {d.place(away - 0.42, 0.0)} }},\n{end}',
        )  # fmt: skip
        _person(
            d, "helper", "adult",
            '  { do = "kneel", seconds = 12.0, arms = "reach", stoop = 0.25 },',
            ahead_m=away, turned_deg=180.0,
        )  # fmt: skip
        d.support = "mixed"
        _at_end(d, "right", "left")

    return make


STANDS = '  { do = "stand", seconds = 1.6 },'
KNEELS = '  { do = "kneel_down", seconds = 1.1 },\n  { do = "kneel", seconds = 1.4 },'


def _from_behind(*, is_caught: bool, end: str = STANDS) -> Callable[[Draw], None]:
    """Somebody goes behind with arms out, and stops the fall, or has nothing to stop."""

    def make(d: Draw) -> None:
        d.build = d.dice.choice(["toddler", "child5"])
        last = CATCH.format(s=d.dice.choice([0.6, 0.8])) if is_caught else end
        _person(
            d, "walker", d.build,
            '  { do = "stand", seconds = 0.6 },\n  { do = "walk", steps = 5 },\n' + last,
            ahead_m=0.4,
        )  # fmt: skip
        stoop = {"toddler": 0.6, "child5": 0.45}[d.build]
        d.people += f"""
[[people]]
name = "helper"
build = "adult"
start = {d.place(0.0, 0.0)}
heading_deg = {d.heading_deg}
script = [
  {{ do = "follow", who = "walker", ahead_m = -0.42, seconds = 9.0, arms = "hover", \
stoop = {stoop} }},
]
"""
        if is_caught:
            d.support = "mixed"
            _at_end(d, "left", "right")

    return make


def _at_end(d: Draw, left: str, right: str) -> None:
    """The helper takes the walker under the arms as the last but one thing begins."""
    walker = build(parse_scene(tomllib.loads(d.toml()), name=d.name)).actors["walker"]
    spans = [p for p in walker.postures if p.what in ("falling", "standing")]
    since = spans[-1].start_s
    for hand, side in (("left", left), ("right", right)):
        d.hold(
            hand, f"walker.{side}_armpit", who="helper",
            more=f"from_s = {since + 0.1:.2f}\ntake_s = 0.5\n",
        )  # fmt: skip


def _alone(script: str, *builds: str, ahead_m: float = 1.2) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        d.build = d.dice.choice(builds)
        _person(d, "walker", d.build, script, ahead_m=ahead_m, turned_deg=_turned(d))

    return make


def lifted(d: Draw) -> None:
    """A toddler is lifted and carried: neither a fall nor caught."""
    d.build, d.support = "toddler", "person"
    _person(
        d, "helper", "adult",
        '  { do = "stand", seconds = 1.0, arms = "carry", stoop = 0.3 },\n'
        '  { do = "stand", seconds = 1.0, arms = "carry", stoop = 0.1 },\n'
        '  { do = "walk", steps = 3, arms = "carry" },',
        ahead_m=0.6,
    )  # fmt: skip
    _person(
        d, "walker", "toddler",
        '  { do = "stand", seconds = 0.8 },\n'
        '  { do = "carried", who = "helper", seconds = 4.0, side = "front" },',
        ahead_m=1.05, turned_deg=180.0,
    )  # fmt: skip


JUMPS = (
    '{ do = "stand", seconds = 0.8 }, { do = "jump", times = 3 }, { do = "stand", seconds = 1 },'
)
DANCES = '{ do = "dance", seconds = 4.0 },'
BOWS = (
    '{ do = "stand", seconds = 0.9 }, { do = "stand", seconds = 1.4, stoop = 0.9 }, '
    '{ do = "stand", seconds = 1.2 },'
)
STUMBLES = (
    '{ do = "stand", seconds = 0.5 }, { do = "walk", steps = 3 }, { do = "stumble" }, '
    '{ do = "walk", steps = 2 }, { do = "stand", seconds = 0.6 },'
)
CRAWLS = (
    '{ do = "stand", seconds = 0.8 }, { do = "kneel_down", seconds = 1.2 }, '
    '{ do = "crawl", distance_m = 0.6 }, { do = "get_up", seconds = 2.0 }, '
    '{ do = "stand", seconds = 0.8 },'
)

FAMILIES: Families = {
    "chair": (rises_and_sits, ("side", "oblique", "front", "high", "diagonal")),
    "chair_walk": (rises_and_walks, ("side", "oblique", "front", "high")),
    "fall": (falls, ("side", "side", "oblique", "oblique", "front", "high", "diagonal")),
    "kneel": (kneels, ("side", "oblique", "front")),
    "caught_front": (_to_helper(is_caught=True), ("side", "oblique", "front", "high")),
    "caught_behind": (_from_behind(is_caught=True), ("side", "oblique", "front", "high")),
    "not_arrive": (_to_helper(is_caught=False), ("side", "oblique", "high")),
    "not_hover": (_from_behind(is_caught=False), ("side", "oblique")),
    "not_lifted": (lifted, ("side", "oblique")),
    "not_jump": (_alone(JUMPS, "child5", "adult"), ("side", "oblique")),
    "not_dance": (_alone(DANCES, "child5", "adult"), ("oblique",)),
    "not_bow": (_alone(BOWS, "child9", "adult", "elderly"), ("side", "oblique", "front")),
    "not_stumble": (_alone(STUMBLES, "toddler", "adult", ahead_m=0.4), ("side", "oblique")),
    "crawl": (_alone(CRAWLS, "toddler", "child5"), ("side", "oblique")),
    "not_kneel_hover": (_from_behind(is_caught=False, end=KNEELS), ("side", "oblique", "high")),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.transitions", about=__doc__, seed=41_000)
