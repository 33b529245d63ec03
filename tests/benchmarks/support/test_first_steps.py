"""Scenes in which somebody is let go and walks on alone: the truth says when, and who is where."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.truth import supports
from benchmarks.support import first_steps
from tests.benchmarks.support.worlds import worlds

world = worlds(first_steps.FAMILIES, "side0", "oblique0")
HELD_LAST = ("reached", "_to")


def spans_of(name: str) -> list[str]:
    scene = world(name)
    spans = supports(scene, np.arange(0.0, scene.duration_s, 0.04), "walker")
    return [span["what"] for span in spans if span["sure"]]


@pytest.mark.parametrize("name", [n for n in world.held if not n.startswith("held")])
def test_the_walker_is_held_at_one_end_of_the_walk_and_free_between(name):
    spans = spans_of(name)
    family = name.partition("-")[0]
    assert "none" in spans
    assert (spans[0] == "none") == family.endswith("reached")
    assert (spans[-1] == "none") != family.endswith(HELD_LAST)


@pytest.mark.parametrize("name", [n for n in world.held if n.startswith("held")])
def test_who_is_handed_over_is_never_free(name):
    assert set(spans_of(name)) == {"person"}


@pytest.mark.parametrize("name", ["hand_far-side0", "two_hands-side0", "waist_to-side0"])
def test_who_lets_go_stays_behind(name):
    scene = world(name)
    until = min(hold.spec.until_s for hold in scene.holds if hold.spec.until_s < 1e3)
    apart = [
        np.linalg.norm(
            np.subtract(*(scene.actors[who].pelvis(t)[0] for who in ("walker", "helper")))
        )
        for t in (until, scene.duration_s - 0.8)
    ]
    assert apart[1] > apart[0] + 0.5


@pytest.mark.parametrize("name", ["rail_ends-side0", "wall_reached-side0", "sofa_to-side0"])
def test_the_hand_is_on_what_it_holds_while_it_does(name):
    scene = world(name)
    (hold,) = [hold for hold in scene.holds if hold.spec.who == "walker"]
    times = np.clip([hold.spec.from_s, hold.spec.until_s], 0.3, scene.duration_s - 0.3)
    middle = np.linspace(times[0] + 0.3, times[1] - 0.3, 9)
    off = [scene.actors["walker"].residual_m(hold.spec.hand, float(t)) for t in middle]
    assert np.median(off) < 0.06


def test_a_second_adult_kneels_where_the_walk_ends():
    scene = world("hand_far_to-side0")
    end = scene.duration_s - 0.3
    gap = scene.actors["second"].pelvis(end)[0] - scene.actors["walker"].pelvis(end)[0]
    assert np.linalg.norm(gap[[0, 2]]) == pytest.approx(0.42, abs=0.1)


@pytest.mark.parametrize("name", ["sofa_turned-side0", "sofa_cruised-side0"])
def test_who_turns_from_a_sofa_keeps_one_hand_on_it_for_a_second(name):
    scene = world(name)
    walker = scene.actors["walker"]
    first, last = sorted(scene.holds, key=lambda hold: hold.spec.until_s)
    assert first.spec.hand != last.spec.hand
    turned = [walker.pelvis(t)[1] for t in (0.0, first.spec.until_s, last.spec.until_s)]
    assert np.degrees(np.abs(np.diff(np.unwrap(turned)))) == pytest.approx([10, 80], abs=20)
    times = np.linspace(first.spec.until_s, last.spec.until_s - 0.1, 9)
    off = [walker.residual_m(last.spec.hand, float(t)) for t in times]
    assert np.median(off) < 0.06
    assert spans_of(name)[-1] == "none"


@pytest.mark.parametrize("name", ["knelt_waist-side0", "knelt_armpits_to-side0"])
def test_who_kneels_behind_reaches_the_learner_until_they_let_go(name):
    scene = world(name)
    held = [hold.spec for hold in scene.holds if hold.spec.who == "helper"]
    assert {hold.hand for hold in held} == {"left", "right"}
    for hold in held:
        times = np.linspace(0.2, hold.until_s - 0.1, 9)
        off = [scene.actors["helper"].residual_m(hold.hand, float(t)) for t in times]
        assert np.median(off) < 0.06


@pytest.mark.parametrize("name", world.free)
def test_who_only_kneels_behind_holds_nobody(name):
    assert set(spans_of(name)) == {"none"}
