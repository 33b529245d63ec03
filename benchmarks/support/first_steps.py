"""`python -m benchmarks.support.first_steps FOLDER`: somebody is let go and walks on alone.

Unlike in `changing`, who lets go goes no further, standing or with their hands out, and the learner
walks away from them, or beyond the end of a rail or a sofa, or up to one, or turns from one and
walks away beside it, or on to a second adult who kneels and takes them. In the look-alikes the
helper goes along and holds until the second adult does. Drawn as `benchmarks.support.scenes` are.
"""

from __future__ import annotations

import re

import numpy as np

from benchmarks.studio.build import build
from benchmarks.studio.person.performer import Performer
from benchmarks.studio.scene import parse_scene
from benchmarks.support import along, changing
from benchmarks.support.changing import ALWAYS, Make
from benchmarks.support.draw import Draw, Families, command

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

KNEELS_M = 0.8
"""From a child who arrives to where an adult stood before they knelt, which is half of it ahead."""
FARTHEST_M = 2.6
END_M = 0.5
"""From the start to the end of a rail or a sofa, or from its beginning to the end of the walk."""
LENGTH_M = 2.0
MORE_STEPS = 4
ARMS = ("", "", ', arms = "hover"', ', arms = "reach", stoop = 0.3')


def _walker(d: Draw) -> Performer:
    """The walker of a scene so far, who can be asked when they are where."""
    return build(parse_scene(tomllib.loads(d.toml()), name=d.name)).actors["walker"]


def _goes_far(d: Draw) -> None:
    """Toddlers make more steps: theirs are short."""
    if d.build == "toddler":
        d.people = re.sub(
            r'"walk", steps = (\d+)',
            lambda m: f'"walk", steps = {int(m[1]) + MORE_STEPS}',
            d.people,
        )


def _comes_near(d: Draw) -> None:
    """Who takes long steps makes fewer of them, for the second adult is to be in the picture."""
    while _way(d)[1][-1] > FARTHEST_M:
        d.people = re.sub(
            r'"walk", steps = (\d+)', lambda m: f'"walk", steps = {int(m[1]) - 1}', d.people
        )


def left_behind(make: Make) -> Make:
    """The helper lets go and goes no further."""

    def made(d: Draw) -> None:
        make(d)
        _goes_far(d)
        until = d.dice.uniform(1.8, 2.4)
        changing.hold_in(d, ((ALWAYS[0], until),))
        stands = f'  {{ do = "stand", seconds = 9.0{d.dice.choice(ARMS)} }},\n'
        d.people = re.sub(
            r'(\{ do = "follow".*)seconds = 9\.0(.*\n)', rf"\g<1>seconds = {until:.2f}\2{stands}",
            d.people,
        )  # fmt: skip

    return made


def waited_for(make: Make) -> Make:
    """A second adult kneels where the walk ends, and takes the learner under the arms."""

    def made(d: Draw) -> None:
        make(d)
        _comes_near(d)
        walker = _walker(d)
        way = np.array([np.sin(np.radians(d.heading_deg)), 0.0, np.cos(np.radians(d.heading_deg))])
        x, _, z = walker.pelvis(walker.end_s)[0] + KNEELS_M * way
        d.people += f"""
[[people]]
name = "second"
build = "adult"
start = [{x:.3f}, {z:.3f}]
heading_deg = {d.heading_deg + 180.0}
script = [
  {{ do = "kneel", seconds = 12.0, arms = "reach", stoop = 0.25 }},
]
"""
        for hand, side in (("left", "right"), ("right", "left")):
            d.hold(
                hand, f"walker.{side}_armpit", who="second", supports="walker",
                more=f"from_s = {walker.end_s - 0.6:.2f}\ntake_s = 0.4\n",
            )  # fmt: skip

    return made


def ends(make: Make) -> Make:
    """The rail or the furniture ends, and the walk goes on."""

    def made(d: Draw) -> None:
        make(d)
        _goes_far(d)
        _only_beside(d, END_M - LENGTH_M, END_M)
        changing.hold_in(d, ((ALWAYS[0], _passes(d, END_M - 0.1)),))

    return made


def reached(make: Make) -> Make:
    """The walk ends at a rail or at furniture, with a hand on it."""

    def made(d: Draw) -> None:
        make(d)
        _goes_far(d)
        start_m = _way(d)[1][-1] - END_M
        _only_beside(d, start_m, start_m + LENGTH_M)
        changing.hold_in(d, ((_passes(d, start_m - 0.1), ALWAYS[1]),))

    return made


def turns_away(*, cruises: int) -> Make:
    """Both hands on a sofa, after some steps along it or none; then a turn, and away beside it."""

    def made(d: Draw) -> None:
        d.build = d.dice.choice(["toddler", "child5"]) if not cruises else "toddler"
        side, other = d.side("far"), d.side("near")
        left = 1 if side == "left" else -1
        along_it = (
            f'  {{ do = "walk", steps = {cruises}, direction = "{other}", gait = "cruise" }},\n'
        )
        d.people += f"""
[[people]]
name = "walker"
build = "{d.build}"
start = {d.place(0, 0)}
heading_deg = {d.heading_deg + 90 * left}
script = [
  {{ do = "stand", seconds = 1.0 }},
{along_it if cruises else ""}  {{ do = "turn", deg = {-90 * left} }},
  {{ do = "walk", steps = {8 if d.build == "child5" else 10} }},
  {{ do = "stand", seconds = 0.7 }},
]
"""
        d.prop(
            f'kind = "sofa"\nname = "thing"\n'
            f"at = {d.place(0.0, left * (0.22 + along.DEPTH['sofa'] / 2))}\n"
            f"heading_deg = {d.heading_deg - 90 * left}\nlength_m = {2 * END_M + 0.2 * cruises}\n"
            f"height_m = {along.HEIGHT[d.build]}"
        )
        d.support = "mixed"
        turns_s, turned_s = _turn(d)
        for hand, until_s in ((side, turned_s + 1.0), (other, turns_s)):
            d.hold(hand, "thing.edge", more=f"until_s = {until_s:.2f}\nregrip_s = 1.1\n")

    return made


def knelt(place: str = "") -> Make:
    """An adult who kneels behind a learner holds them until the first steps, or nobody."""

    def made(d: Draw) -> None:
        d.walker("toddler", "toddler", "child5", steps=9)
        d.people = d.people.replace("seconds = 0.7", "seconds = 1.6", 1)
        _goes_far(d)
        d.people += f"""
[[people]]
name = "helper"
build = "adult"
start = {d.place(-KNEELS_M, 0.0)}
heading_deg = {d.heading_deg}
script = [
  {{ do = "kneel", seconds = 12.0{d.dice.choice(ARMS[2:])} }},
]
"""
        if place:
            d.support = "mixed"
            until = f"until_s = {d.dice.uniform(1.8, 2.2):.2f}\n"
            for hand in ("left", "right"):
                d.hold(hand, f"walker.{hand}_{place}", who="helper", supports="walker", more=until)

    return made


def _turn(d: Draw) -> tuple[float, float]:
    """When the walker begins and ends to turn, s."""
    walker = _walker(d)
    times = np.arange(0.0, walker.end_s, 0.05)
    turned = np.abs(np.unwrap([walker.pelvis(float(t))[1] for t in times]))
    turned = np.abs(turned - turned[0])
    return tuple(float(times[np.argmax(turned > np.radians(angle))]) for angle in (15, 75))


def _only_beside(d: Draw, from_m: float, to_m: float) -> None:
    """Cut what is beside the whole way to a stretch of it, m from the start."""
    prop = re.search(r"at = \[(.*), (.*)\]\n(heading_deg = .*\n)length_m = 6\.0", d.rest)
    assert prop is not None
    old, new = (
        np.array(d.place(ahead, 0.0).strip("[]").split(","), float)
        for ahead in (1.4, (from_m + to_m) / 2)
    )
    x, z = np.array(prop.groups()[:2], float) + new - old
    d.rest = d.rest.replace(
        prop.group(0), f"at = [{x:.3f}, {z:.3f}]\n{prop.group(3)}length_m = {to_m - from_m:.2f}"
    )


def _way(d: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Times (n,), s, and how far the walker is from the start then (n,), m."""
    walker = _walker(d)
    times = np.arange(0.0, walker.end_s, 0.05)
    places = np.array([walker.pelvis(float(t))[0] for t in times])
    return times, np.linalg.norm(places - places[0], axis=1)


def _passes(d: Draw, way_m: float) -> float:
    """When the walker has gone so far, s."""
    times, gone = _way(d)
    return float(times[np.argmax(gone > way_m)])


HAND_FAR, HAND_NEAR, TWO_HANDS, WAIST, ARMPITS, RAIL_FAR = (
    changing.HAND_FAR, changing.HAND_NEAR, changing.TWO_HANDS, changing.WAIST, changing.ARMPITS,
    changing.RAIL_FAR,
)  # fmt: skip
SOFA, WORKTOP, WALL = (along.FAMILIES[name][0] for name in ("sofa", "worktop", "wall"))

FAMILIES: Families = {
    "hand_far": (left_behind(HAND_FAR), ("side", "oblique", "front", "phone")),
    "hand_near": (left_behind(HAND_NEAR), ("side", "oblique", "high")),
    "two_hands": (left_behind(TWO_HANDS), ("side", "oblique", "front", "phone")),
    "waist": (left_behind(WAIST), ("side", "oblique", "front", "phone")),
    "armpits": (left_behind(ARMPITS), ("side", "oblique", "high")),
    "rail_ends": (ends(RAIL_FAR), ("side", "oblique", "high", "phone")),
    "sofa_ends": (ends(SOFA), ("side", "oblique", "phone")),
    "worktop_ends": (ends(WORKTOP), ("side", "oblique", "high")),
    "wall_ends": (ends(WALL), ("side", "oblique", "diagonal")),
    "rail_reached": (reached(RAIL_FAR), ("side", "oblique", "high", "phone")),
    "sofa_reached": (reached(SOFA), ("side", "oblique", "phone")),
    "worktop_reached": (reached(WORKTOP), ("side", "oblique", "high")),
    "wall_reached": (reached(WALL), ("side", "oblique")),
    "hand_far_to": (waited_for(left_behind(HAND_FAR)), ("side", "oblique", "front", "phone")),
    "two_hands_to": (waited_for(left_behind(TWO_HANDS)), ("side", "oblique", "front")),
    "waist_to": (waited_for(left_behind(WAIST)), ("side", "oblique", "phone")),
    "sofa_to": (waited_for(ends(SOFA)), ("side", "oblique", "high")),
    "held_hand_to": (waited_for(HAND_FAR), ("side", "oblique", "front", "phone")),
    "held_two_hands_to": (waited_for(TWO_HANDS), ("side", "oblique")),
    "held_waist_to": (waited_for(WAIST), ("side", "oblique", "phone")),
    "sofa_turned": (turns_away(cruises=0), ("side", "oblique", "high", "phone")),
    "sofa_cruised": (turns_away(cruises=4), ("side", "oblique", "high")),
    "knelt_waist": (knelt("waist"), ("side", "oblique", "front", "phone")),
    "knelt_armpits_to": (waited_for(knelt("armpit")), ("side", "oblique", "high", "phone")),
    "free_knelt": (knelt(), ("side", "oblique", "high")),
}  # fmt: skip
"""Kinds of scenes and the views of each."""


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.first_steps", about=__doc__, seed=270_000)
