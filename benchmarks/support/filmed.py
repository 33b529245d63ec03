"""`python -m benchmarks.support.filmed FOLDER`: who helps films, or who films helps.

Somebody goes along beside, before or behind the walker, a phone in one hand, held level or upright.
Of them no more is in the picture than the arm whose hand holds the walker's, their hood or
reins, or that is held out. Frames and toys that are pushed are filmed so, too. Drawn as
`benchmarks.support.scenes` are.
"""

from __future__ import annotations

from benchmarks.support import scenes
from benchmarks.support.cameras import TALL
from benchmarks.support.draw import Draw, Families, command

SMALL = ("toddler", "child5")


def both_ways(*names: str) -> tuple[str, ...]:
    """Views with the phone held level and upright."""
    return tuple(f"filmed_{name}{tall}" for name in names for tall in ("", TALL))


def _films(d: Draw) -> str:
    """Add who films, out of their own picture; give the hand that is free."""
    before, q = "before" in d.view, -1 if d.mirrored else 1
    ahead, aside = (0.96, 0.1) if before else (-0.88, 0.34) if "beside" in d.view else (-0.95, 0.12)
    toward = ', face = "toward"' if before else ""
    d.filmer = "helper"
    d.companion(ahead_m=ahead, left_m=q * aside, more=f'{toward}, arms = "behind"')
    return "left" if d.mirrored == before else "right"


def hand(d: Draw) -> None:
    """One hand in that of who films."""
    d.support = "person"
    d.walker("child5", steps=9)
    other = _films(d)
    side = "right" if d.mirrored else "left"
    d.hold(side, f"helper.{other}_hand")
    d.rest += f'\n[[holds]]\nwho = "helper"\nhand = "{other}"\nto = "walker.{side}_hand"\n'


def hood(d: Draw) -> None:
    """A hand of who films has the walker's hood, which is drawn back."""
    d.support = "person"
    d.walker("child5", gait=d.dice.choice(["", "toddler"]), steps=9)
    other = _films(d)
    d.hold(other, "walker.back", who="helper", more="offset = [0.0, 0.30, -0.26]\n")
    d.prop(f'kind = "strap"\nends = ["helper.{other}_palm", "walker.neck"]')


def reins(d: Draw) -> None:
    """A strap from the walker's back to the hand of who films."""
    d.support = "person"
    d.walker(*SMALL, gait=d.dice.choice(["", "toddler"]), steps=9)
    other = _films(d)
    up = {"toddler": 0.42, "child5": 0.32}[d.build]
    d.hold(other, "walker.back", who="helper", more=f"offset = [0.0, {up}, -0.35]\n")
    d.prop(f'kind = "strap"\nends = ["helper.{other}_palm", "walker.back"]')


def free(d: Draw) -> None:
    """Nobody holds, nobody else is in the picture."""
    d.walker(*SMALL, gait=d.dice.choice(["", "toddler"]), steps=9)


def free_ready(d: Draw) -> None:
    """Who films holds the other hand out, and touches nothing."""
    d.walker(*SMALL, gait=d.dice.choice(["", "toddler"]), steps=9)
    other = _films(d)
    q, ahead = (1, 0.4) if ("before" in d.view) != (other == "left") else (-1, 0.4)
    ahead = ahead if "before" in d.view else -ahead
    near = f"offset = [{0.18 * q}, 0.25, {ahead}]\n"
    d.hold(other, "walker.pelvis", who="helper", more=near)


FAMILIES: Families = {
    "hand": (hand, both_ways("beside", "before")),
    "hood": (hood, both_ways("after", "beside")),
    "reins": (reins, both_ways("after", "beside")),
    **{
        kind: (scenes.FAMILIES[kind][0], both_ways("before", "after", "beside"))
        for kind in ("push_toy", "rear_walker")
    },
    "free": (free, both_ways("beside", "before", "after")),
    "free_ready": (free_ready, both_ways("before", "after", "beside")),
}


if __name__ == "__main__":
    command(FAMILIES, prog="python -m benchmarks.support.filmed", about=__doc__, seed=280_000)
