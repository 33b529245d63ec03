"""Scenes in which the trunk is held: what holds reaches the walker, the look-alikes hold nobody."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.support import bodily
from tests.benchmarks.support.worlds import only_support, reaches, worlds

world = worlds(bodily.FAMILIES, "side0", "oblique1", "oblique0")
RINGED = [name for name in world.held if name.partition("-")[0] in ("trainer", "baby_walker")]


@pytest.mark.parametrize("name", world.held)
def test_what_holds_reaches_and_the_truth_says_so_all_the_while(name):
    scene = world(name)
    assert reaches(scene, within_m=0.1)
    span = only_support(scene)
    assert span["what"] == scene.scene.categories["support"] != "none"
    assert span["sure"]


@pytest.mark.parametrize("name", world.free)
def test_look_alikes_hold_nobody(name):
    assert only_support(world(name))["what"] == "none"


@pytest.mark.parametrize("name", RINGED)
def test_rings_go_round_the_trunk_of_who_walks_in_them(name):
    scene = world(name)
    aid, walker = scene.aids["aid"], scene.actors["walker"]
    for t in np.linspace(1.0, scene.duration_s - 1.0, 5):
        (seat, hips) = aid.handle("sling", float(t)), walker.pelvis(float(t))[0]
        assert np.hypot(*(seat - hips)[[0, 2]]) < 0.05 * walker.height_m
        assert abs(seat[1] - hips[1]) < 0.15 * walker.height_m


def test_who_pushes_a_wheelchair_behind_the_walker_is_held_by_it():
    scene = world("free_chair_follows-side0")
    span = only_support(scene, "helper")
    assert (span["what"], span["sure"]) == ("object_moving", True)
    chair, walker = scene.aids["pushed"], scene.actors["walker"]
    apart = chair.path(3.0)[0] - walker.pelvis(3.0)[0]
    assert np.hypot(*apart[[0, 2]]) > 0.2 * walker.height_m
