"""Every scene makes a world that can be drawn, and hands are where the truth says they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.studio.build import World, build, frame_times
from benchmarks.studio.errors import SceneError
from benchmarks.studio.scene import load_scene, parse_scene, scene_names
from tests.benchmarks.studio.test_scene import changed

NAMES = scene_names()
HELD_WITHIN_M = 0.09  # a palm's length: the fingers still close round what it holds


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_can_be_drawn_at_any_time(world_of: Callable[[str], World], name: str) -> None:
    world = world_of(name)
    assert 4.0 <= world.duration_s <= 20.0
    for t in np.linspace(0, world.duration_s, 4):
        moment, view = world.moment(float(t)), world.view(float(t))
        assert np.isfinite(moment.graph.packed()).all()
        assert set(moment.shapes_of) == set(world.actors) | set(world.aids)
        np.testing.assert_allclose(view.axes @ view.axes.T, np.eye(3), atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_sinks_into_the_floor(world_of: Callable[[str], World], name: str) -> None:
    world = world_of(name)
    for t in np.linspace(0, world.duration_s, 9):
        moment = world.moment(float(t))
        for who, actor in world.actors.items():
            points = actor.truth_points(moment.poses[who])
            assert min(p[1] for p in points.values()) > -0.03, (who, float(t))


@pytest.mark.parametrize("name", [n for n in NAMES if load_scene(n).holds])
def test_a_hand_that_holds_is_at_what_it_holds(world_of: Callable[[str], World], name: str) -> None:
    world = world_of(name)
    for hold in world.holds:
        spec = hold.spec
        start, end = max(0.0, spec.from_s), min(world.duration_s, spec.until_s)
        gaps = [
            world.actors[spec.who].residual_m(spec.hand, float(t))
            for t in np.linspace(start, end - 1e-6, 12)
        ]
        assert max(gaps) < HELD_WITHIN_M, (spec.who, spec.hand, spec.to)


def test_one_seed_gives_the_same_numbers() -> None:
    for name in ("story_corridor", "phone_zoom"):
        scene = load_scene(name)
        assert build(scene).fingerprint() == build(scene).fingerprint()


def test_another_seed_gives_other_people_and_another_step_length() -> None:
    table = changed("people.0.script", [{"do": "walk", "steps": 6}])
    one, two = (
        build(parse_scene({**table, "seed": seed}, name="x")).actors["man"] for seed in (1, 2)
    )
    assert one.materials() != two.materials()
    assert [s.x_m for s in one.steps] != [s.x_m for s in two.steps]


def test_even_times_are_even_and_uneven_ones_rise() -> None:
    even = parse_scene(changed("picture", {"fps": 25}), name="x")
    np.testing.assert_allclose(np.diff(frame_times(even, 4.0)), 0.04)
    uneven = parse_scene(changed("picture", {"fps": 25, "uneven": 0.3, "drop": 0.2}), name="x")
    times = frame_times(uneven, 4.0)
    assert (np.diff(times) > 0).all()
    assert np.diff(times).std() > 0.005
    assert 60 < len(times) < 95
    np.testing.assert_array_equal(times, frame_times(uneven, 4.0))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("room.style", "castle", "known are living"),
        ("room.light", "moon", "known are day"),
        ("people.0.build", "giant", "giant"),
        ("people.0.script", [{"do": "fly"}], "fly"),
        ("props", [{"kind": "horse"}], "no prop 'horse'"),
        ("props", [{"kind": "chair"}], "needs at"),
        ("props", [{"kind": "strap"}], "needs ends"),
        ("props", [{"kind": "strap", "ends": ["man.tail", "man.head"]}], "no place 'tail'"),
        (
            "props",
            [
                {"kind": "strap", "ends": ["man.left_palm", "duck.ring"]},
                {"kind": "pull_toy", "name": "duck", "goes_with": "man"},
            ],
            "duck has no place 'ring'",
        ),
        (
            "holds",
            [{"who": "man", "hand": "left", "to": "man.tail"}],
            "no place 'tail'",
        ),
    ],
)
def test_what_does_not_exist_is_named(path: str, value: object, said: str) -> None:
    with pytest.raises(SceneError, match=said):
        build(parse_scene(changed(path, value), name="x"))
