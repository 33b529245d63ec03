"""People of the studio with something at their hands, and with each other."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.studio.person import make_actor


def test_a_hand_reaches_its_target_and_says_how_much_is_missing() -> None:
    actor = make_actor(script=[{"do": "stand", "seconds": 2}], seed=1)
    shoulder = actor.point("left_shoulder", 1.0)
    near = shoulder + np.array([0.1, -0.25, 0.3])
    far = shoulder + np.array([0.0, 0.0, 2.0])
    actor.attach("left", lambda t: (near, 1.0) if t < 1.5 else (far, 1.0))
    assert np.linalg.norm(actor.point("left_palm", 1.0) - near) < 1e-6
    assert actor.residual_m("left", 1.0) < 1e-6
    assert actor.residual_m("left", 1.8) > 1.0
    assert actor.residual_m("right", 1.8) == 0.0


def test_two_people_may_hold_each_other() -> None:
    child = make_actor(build="child5", script=[{"do": "walk", "steps": 5}], seed=1)
    adult = make_actor(
        script=[{"do": "follow", "who": "child", "left_m": 0.45}], start=(0.45, 0), seed=2,
        others={"child": child},
    )  # fmt: skip

    def meeting(t: float) -> tuple[np.ndarray, float]:
        small, large = child.point("left_shoulder", t), adult.point("right_shoulder", t)
        return 0.62 * small + 0.38 * large - np.array([0, 0.05, 0]), 1.0

    child.attach("left", meeting)
    adult.attach("right", meeting)
    for t in np.arange(0.5, child.end_s, 0.25):
        apart = child.point("left_palm", float(t)) - adult.point("right_palm", float(t))
        assert np.linalg.norm(apart) < 0.02
    assert any(s.how == "walk" for s in adult.steps)


def test_an_adult_walks_backward_before_a_child_and_faces_it() -> None:
    child = make_actor(build="toddler", script=[{"do": "walk", "steps": 12}], seed=1)
    adult = make_actor(
        script=[{"do": "follow", "who": "child", "ahead_m": 0.6, "face": "toward"}],
        start=(0, 0.6), heading_deg=180, seed=2, others={"child": child},
    )  # fmt: skip
    assert {s.how for s in adult.steps} >= {"back"}
    for t in np.arange(0.5, child.end_s, 0.5):
        (there, yaw), (here, _) = adult.pelvis(float(t)), child.pelvis(float(t))
        assert np.cos(yaw) < -0.9
        assert 0.3 < there[2] - here[2] < 0.9


def test_who_follows_somebody_stands_while_that_one_does() -> None:
    child = make_actor(
        build="child5", seed=1,
        script=[
            {"do": "stand", "seconds": 1.5}, {"do": "walk", "steps": 6},
            {"do": "stand", "seconds": 3.0}, {"do": "walk", "steps": 6},
            {"do": "stand", "seconds": 2.0},
        ],
    )  # fmt: skip
    adult = make_actor(
        script=[{"do": "follow", "who": "child", "ahead_m": -0.5}],
        start=(0, -0.5), seed=2, others={"child": child},
    )  # fmt: skip
    spans = [s for s in adult.postures if s.start_s < child.end_s]
    assert [s.what for s in spans] == ["standing", "walking"] * 2 + ["standing"]
    for before, after in pairwise(spans):
        assert before.end_s == pytest.approx(after.start_s)
    for step in adult.steps:
        (walk,) = (s for s in spans if s.start_s < step.contact_s <= s.end_s)
        assert walk.what == "walking"


def test_a_carried_child_goes_with_its_carrier_and_takes_no_step() -> None:
    adult = make_actor(script=[{"do": "walk", "steps": 6}], seed=1)
    child = make_actor(
        build="toddler", seed=2, others={"adult": adult},
        script=[{"do": "carried", "who": "adult", "seconds": 3.0}, {"do": "put_down"}],
    )  # fmt: skip
    assert list(child.steps) == []
    assert [p.what for p in child.postures] == ["carried", "standing"]
    for t in (0.5, 1.5, 2.5):
        apart = child.pose(t).pelvis - adult.pose(t).pelvis
        assert np.hypot(apart[0], apart[2]) < 0.35
        assert not child.contact("left", t)
    assert child.contact("left", child.end_s + 0.1)
