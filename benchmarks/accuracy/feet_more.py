"""`python -m benchmarks.accuracy.feet_more FOLDER`: writes scenes to teach the feet by, by a seed.

What `benchmarks.support.scenes` and `benchmarks.support.transitions` have little of: aids and holds
seen from behind, from before and from a corner under the ceiling, gaits of patients, turns, starts
and stops, cruising and letting go, and people who are carried along and take no step. Rendered like
those; none is a clip of `tune` or `report`.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.support import scenes
from benchmarks.support.draw import Draw, Families, command

PLACES = ("behind", "towards", "corner")
WALKERS = ("adult", "elderly", "child9", "child5", "toddler")


def _script(*builds: str, words: str, ahead_m: float = 0.0, turned_deg: float = 0.0) -> Callable:
    """Somebody with a script, in which `$S` is a pause drawn anew each time."""

    def make(d: Draw) -> None:
        d.build = d.dice.choice(builds)
        text = words
        while "$S" in text:
            text = text.replace("$S", f"seconds = {d.dice.uniform(0.3, 1.2):.2f}", 1)
        d.people += f"""
[[people]]
name = "walker"
build = "{d.build}"
start = {d.place(ahead_m, 0.0)}
heading_deg = {d.heading_deg + turned_deg}
script = [{text}]
"""

    return make


def _gait(kind: str, *builds: str) -> Callable[[Draw], None]:
    def make(d: Draw) -> None:
        side = d.dice.choice(["left", "right"])
        d.walker(*builds, gait=kind.replace("SIDE", side), steps=d.dice.choice([6, 8]))

    return make


def _turns(d: Draw) -> None:
    deg = d.dice.choice([90, -90, 180, -180])
    back = d.dice.choice([2, 4])
    _script(
        *WALKERS,
        words='{ do = "stand", $S }, { do = "walk", steps = 3 }, '
        f'{{ do = "turn", deg = {deg} }}, {{ do = "walk", steps = {back} }}, '
        '{ do = "stand", $S },',
    )(d)


def _cruises(*, lets_go: bool) -> Callable[[Draw], None]:
    """Sideways along a sofa; some let go, turn and walk off."""

    def make(d: Draw) -> None:
        d.build, d.support = d.dice.choice(["toddler", "toddler", "child5"]), "object_fixed"
        # Faces away from the camera; the travel goes as the view has it.
        way, turned = ("right", 90.0) if not d.mirrored else ("left", -90.0)
        end = f'{{ do = "turn", deg = {-turned} }}, {{ do = "walk", steps = 4 }}, '
        first = 4 if lets_go else 7
        d.people += f"""
[[people]]
name = "walker"
build = "{d.build}"
start = {d.place(0.2, 0.0)}
heading_deg = {d.heading_deg + turned}
script = [
  {{ do = "stand", seconds = 0.7 }},
  {{ do = "walk", steps = {first}, direction = "{way}", gait = "cruise" }},
  {{ do = "stand", seconds = 0.6 }}, {end if lets_go else ""}{{ do = "stand", seconds = 0.6 }},
]
"""
        away = 0.48 if not d.mirrored else -0.48
        height = 0.36 if d.build == "toddler" else 0.45
        d.prop(
            f'kind = "sofa"\nname = "sofa"\nat = {d.place(0.75, away)}\n'
            f"heading_deg = {d.heading_deg + turned + 180}\nlength_m = 1.9\nheight_m = {height}"
        )
        for side in ("left", "right"):
            d.hold(side, "sofa.edge", more="regrip_s = 1.1\nuntil_s = 4.0\n" if lets_go else "")

    return make


def _rides(kind: str) -> Callable[[Draw], None]:
    """Carried along by something on wheels: no step, whatever the feet do."""

    def make(d: Draw) -> None:
        dice = d.dice
        d.build, d.gait = dice.choice(["child9", "child5", "adult"]), "riding"
        until_s, script = dice.uniform(3.0, 5.0), '{ do = "sit", seconds = 6.5, seat_m = 0.41 }'
        lift_m = 0.0
        if kind == "scooter":
            script = '{ do = "stand", seconds = 6.5, arms = "bent" }'
            lift_m = 0.1
        if kind == "kicks":  # now one foot is lifted and set down, now the other: all but a walk
            kick = '{ do = "march", steps = 1, lift = 0.08 }, { do = "stand", $S }, '
            script, lift_m = 6 * kick, 0.1
        while "$S" in script:
            script = script.replace("$S", f"seconds = {dice.uniform(0.2, 0.7):.2f}", 1)
        start, end = d.place(0.1, 0.0), d.place(3.0, dice.uniform(-0.2, 0.2))
        name = "wheelchair" if kind == "wheelchair" else "scooter"
        d.people += f"""
[[people]]
name = "walker"
build = "{d.build}"
start = [0.0, 0.0]
heading_deg = 0.0
ride = [[0.6, {start[1:-1]}], [{until_s:.2f}, {end[1:-1]}]]
ride_lift_m = {lift_m}
script = [{script}]
"""
        d.prop(f'kind = "{name}"\nname = "aid"\ngoes_with = "walker"')
        for side in ("left", "right"):
            d.hold(side, f"aid.{side}")

    return make


STOPS = (
    '{ do = "stand", $S }, { do = "walk", steps = 2 }, { do = "stand", $S }, '
    '{ do = "walk", steps = 3 }, { do = "stand", $S }, { do = "walk", steps = 2 }, '
    '{ do = "stand", $S },'
)
OTHERWISE = (
    '{ do = "stand", $S }, { do = "walk", steps = 4, direction = "right" }, { do = "stand", $S }, '
    '{ do = "walk", steps = 4, direction = "backward" }, { do = "stand", $S },'
)
CURVE = '{ do = "stand", $S }, { do = "walk", steps = 9, turn_deg = 130 }, { do = "stand", $S },'
SPOT = '{ do = "stand", $S }, { do = "march", steps = 8 }, { do = "stand", $S },'
HOPS = '{ do = "stand", $S }, { do = "jump", times = 4 }, { do = "stand", $S },'
DANCE = '{ do = "dance", seconds = 5.0 },'

_AID = scenes.FAMILIES
FAMILIES: Families = {
    "feet_rollator": (_AID["rollator"][0], (*PLACES, "rear", "diagonal", "oblique")),
    "feet_front_walker": (_AID["front_walker"][0], (*PLACES, "rear", "diagonal")),
    "feet_rear_walker": (_AID["rear_walker"][0], (*PLACES, "rear", "front")),
    "feet_pram": (_AID["pram"][0], (*PLACES, "rear")),
    "feet_push_toy": (_AID["push_toy"][0], PLACES),
    "feet_crutches": (_AID["crutches"][0], (*PLACES, "side", "rear")),
    "feet_stick": (_AID["stick"][0], PLACES),
    "feet_hemiplegic": (_gait("hemiplegic_SIDE", "adult", "elderly"), (*PLACES, "side", "rear")),
    "feet_limp": (_gait("limp_SIDE", "adult", "child9"), (*PLACES, "oblique")),
    "feet_scissoring": (_gait("scissoring", "child9", "child5"), ("front", "side", "behind")),
    "feet_shuffle": (_gait("shuffle", "elderly", "adult"), (*PLACES, "front", "side")),
    "feet_ataxic": (_gait("ataxic", "child5", "toddler", "adult"), PLACES),
    "feet_toes": (_gait("toe_walking", "child5", "child9"), ("side", "towards")),
    "feet_free": (_gait("", *WALKERS), (*PLACES, "front", "rear", "side")),
    "feet_turns": (_turns, ("side", "front", "oblique", "high", "corner")),
    "feet_stops": (_script(*WALKERS, words=STOPS), ("side", "front", "oblique", "towards")),
    "feet_otherwise": (_script("adult", "child9", words=OTHERWISE), ("side", "front")),
    "feet_curve": (_script("adult", "child9", "toddler", words=CURVE), ("side", "oblique")),
    "feet_two_hands": (scenes.two_hands, (*PLACES, "rear", "high", "diagonal")),
    "feet_armpits": (_AID["armpits"][0], (*PLACES, "rear", "oblique")),
    "feet_hand": (_AID["hand_near"][0], (*PLACES, "rear")),
    "feet_rail": (_AID["rail_far"][0], (*PLACES, "side")),
    "feet_cruises": (_cruises(lets_go=False), ("side", "oblique", "high")),
    "feet_lets_go": (_cruises(lets_go=True), ("side", "oblique", "high", "side")),
    "feet_scooter": (_rides("scooter"), ("side", "oblique", "high", "behind", "corner")),
    "feet_kicks": (_rides("kicks"), ("side", "oblique", "high", "towards")),
    "feet_wheelchair": (_rides("wheelchair"), ("oblique", "front")),
    "feet_spot": (
        _script("child9", "adult", words=SPOT, ahead_m=1.2),
        ("side", "towards", "corner"),
    ),
    "feet_hops": (_script("child5", "adult", words=HOPS, ahead_m=1.2), ("front", "corner")),
    "feet_dances": (_script("child9", "adult", words=DANCE, ahead_m=1.2), ("side", "corner")),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.accuracy.feet_more", about=__doc__, seed=70_000)
