"""Two people of drawn tracks: a hold, its end and its beginning are found at the right step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.events import Step, StepSequence
from gaitcheck.gait.sequences import find_sequences
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.support import SupportJudgement, judge_support
from gaitcheck.people.track import Track
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free

SWING, HANGING = bodies.swinging(), bodies.hanging
CHILD = {"step_m": 0.25, "n_steps": 14, "duration_s": 8.5}
ADULT = {"height_m": 1.7, "person": 2, "seed": 1, "duration_s": 8.5}
WAYS = [
    pytest.param({"start": (-2.0, 0.0)}, id="to the right"),
    pytest.param({"start": (2.0, 0.0), "heading_deg": 180.0}, id="to the left"),
    pytest.param({"start": (-2.0, 0.5), "heading_deg": 25.0}, id="towards the camera too"),
]
GOES_S = 0.4
"""A hand that lets go, or takes hold, is on its way for so long."""
STEP_S = 0.5


def looked_at(who: Walker) -> Track:
    """Give the track of somebody at whose hands the pictures showed nothing."""
    track = who.track()
    return replace(track, things=np.zeros((len(track), 2)))


def judged(who: Walker, *others: Walker) -> SupportJudgement:
    """Find the steps in the tracks, and who held them."""
    found = [find_steps(looked_at(one)) for one in (who, *others)]
    assert len(found[0].steps) == who.n_steps
    return judge_support(
        found[0].repaired, found[0].steps, others=[other.repaired for other in found[1:]]
    )


def by_time(steps: tuple[Step, ...], *, after_s: float, before_s: float) -> list[str]:
    return [step.support for step in steps if after_s < step.contact_s <= before_s]


def independent(steps: tuple[Step, ...]) -> list[StepSequence]:
    return [sequence for sequence in find_sequences(steps)[1] if sequence.independent]


def joined(child: Walker) -> Callable[[float], np.ndarray]:
    """Where the child's left hand meets that of whoever walks on its left."""
    return lambda t: child.pelvis(t) + UP * 0.28 + child.forward * 0.05 + child.left * 0.2


def beside(child: Walker, *, steps: int, hand: bodies.Arm) -> Walker:
    """An adult on the child's left, whose right hand is the near one."""
    place = np.array([*child.start, 0.0]) + child.left * 0.55
    same = {"heading_deg": child.heading_deg, "step_m": child.step_m, "n_steps": steps}
    return Walker(SWING, hand, start=(place[0], place[1]), **same, **ADULT)


@pytest.mark.parametrize("way", WAYS)
def test_of_two_children_only_the_one_at_the_hand_is_held(way):
    plain = free(**CHILD, **way)
    hand = joined(plain)
    held = replace(plain, left_arm=bodies.at(hand))
    adult = beside(plain, steps=14, hand=bodies.at(hand))
    away = plain.left * -1.6
    other = free(person=3, seed=2, **CHILD | way | {"start": (way["start"][0] + away[0], away[1])})
    held_steps = judged(held, adult, other).steps
    free_steps = judged(other, held, adult).steps
    assert {s.support for s in held_steps} == {"person"}
    assert {s.support for s in free_steps} == {"none"}
    assert independent(held_steps) == []
    assert len(independent(free_steps)) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("let_go_s", [2.55, 4.05])
def test_a_hand_that_lets_go_ends_the_hold_at_its_step(way, let_go_s):
    plain = free(**CHILD, **way)
    hand = joined(plain)
    child = replace(plain, left_arm=bodies.then(bodies.at(hand), SWING, let_go_s, takes_s=GOES_S))
    drops = bodies.then(bodies.at(hand), HANGING, let_go_s, takes_s=GOES_S)
    adult = beside(plain, steps=round((let_go_s - 0.5) / STEP_S), hand=drops)
    judgement = judged(child, adult)
    steps = judgement.steps
    assert set(by_time(steps, after_s=0.0, before_s=let_go_s)) == {"person"}
    # whoever lets go stands within reach for another step; then nobody is left to hold
    apart_s = let_go_s + GOES_S + 3 * STEP_S
    after = by_time(steps, after_s=apart_s, before_s=9.0)
    assert set(after) == {"none"}
    (alone,) = independent(steps)
    assert let_go_s < alone.start_s <= apart_s
    assert any("held by person 2 at the left" in r.text for r in judgement.reasons)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_caught_is_held_from_that_step(way):
    catch_s = 6.3
    child = free(**CHILD, **way)

    def trunk(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.2

    arm = bodies.then(bodies.rigid(0.2, 0.1, -0.15), bodies.at(trunk), catch_s - 0.3, takes_s=0.3)
    place = child.pelvis(catch_s) + child.forward * 0.6
    adult = Walker(
        arm,
        arm,
        start=(place[0], place[1]),
        heading_deg=child.heading_deg + 180.0,
        n_steps=0,
        **ADULT,
    )
    steps = judged(child, adult).steps
    assert set(by_time(steps, after_s=0.0, before_s=catch_s - 3 * STEP_S)) == {"none"}
    # The hands come while the first of these feet is in the air: a look more or less decides.
    first, *later = by_time(steps, after_s=catch_s, before_s=9.0)
    assert first in ("unknown", "person")
    assert later == ["person"] * 2
    (alone,) = independent(steps)
    assert catch_s - 3 * STEP_S <= alone.end_s <= catch_s
