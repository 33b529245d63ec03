"""Hands that hover over a person and touch nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.hovering import hands_hover
from gaitcheck.gait.cues.others import Pair
from gaitcheck.gait.cues.reach import may_hold_straps
from gaitcheck.gait.support import judge_support
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from tests.gait import bodies
from tests.gait.bodies import UP, Walker, free
from tests.gait.looks import seen_at

WALK = {"step_m": 0.25, "start": (-1.0, 0.0)}
CHILD = {**WALK, "height_m": 1.0}


def over(child: Walker, *, up: float = 0.55, apart: float = 0.2) -> Walker:
    """An adult behind the child, hands kept over the hips so high and to both sides."""

    def hand(_walker: Walker, side: int, t: float) -> np.ndarray:
        return child.pelvis(t) + UP * up + child.forward * (apart if side == 0 else -apart)

    return Walker(hand, hand, person=2, height_m=1.7, step_m=0.25, start=(-1.35, 0.0), seed=1)


def hidden_hand(track: Track, visibility: float = 0.1) -> Track:
    """The track whose left hand nobody sees."""
    seen = track.visibility.copy()
    seen[:, [INDEX["left_wrist"], *(INDEX[f"left_{f}"] for f in ("index", "pinky"))]] = visibility
    return replace(track, visibility=seen)


def score(child: Track, adult: Track) -> float:
    body = body_series(child)
    pair = Pair(body, body_series(adult, time_s=body.time_s))
    walk = (body.time_s > 1.0) & (body.time_s < 4.0)
    return float(np.nan_to_num(hands_hover(pair)[walk]).mean())


def test_hands_over_the_shoulders_and_off_them_hover():
    child = free(**CHILD)
    assert score(child.track(), over(child).track()) > 0.9
    assert score(hidden_hand(child.track()), over(child).track()) > 0.9


@pytest.mark.parametrize(
    ("up", "apart"),
    [
        pytest.param(0.33, 0.1, id="at the shoulders"),
        pytest.param(0.42, 0.02, id="at the head, perhaps behind it"),
        pytest.param(0.2, 0.3, id="beside the trunk"),
        pytest.param(0.2, 0.05, id="at the trunk"),
    ],
)
def test_hands_lower_or_nearer_may_touch(up, apart):
    child = free(**CHILD)
    assert score(child.track(), over(child, up=up, apart=apart).track()) < 0.1


def test_a_hand_that_nobody_sees_may_be_anywhere():
    child = free(**CHILD)
    assert score(child.track(), hidden_hand(over(child).track())) < 0.1


def test_hands_to_which_the_person_reaches_up_may_hold():
    plain = free(**CHILD)

    def head(t: float) -> np.ndarray:
        return plain.pelvis(t) + UP * 0.5

    child = Walker(bodies.at(head), bodies.swinging(), **CHILD)
    assert score(child.track(), over(plain).track()) < 0.1


def test_one_hand_at_the_trunk_is_enough_to_hold():
    child = free(**CHILD)
    hovers = over(child)

    def trunk(t: float) -> np.ndarray:
        return child.pelvis(t) + UP * 0.15

    assert score(child.track(), replace(hovers, right_arm=bodies.at(trunk)).track()) < 0.1


@pytest.mark.parametrize(("up", "said"), [(0.55, "none"), (0.3, "unknown")])
def test_who_walks_under_such_hands_is_free_though_a_hand_is_hidden(up, said):
    child = free(**CHILD)
    track = hidden_hand(seen_at(child))
    adult = over(child, up=up).track()
    judged = judge_support(track, child.steps(), others=[adult])
    assert {step.support for step in judged.steps} == {said}
    if said == "unknown":
        assert {d.cause.what for d in judged.details} == {"person_in_reach"}


def test_hands_together_over_somebody_may_hold_straps_and_before_them_they_do_not():
    child = free(**CHILD)
    together = over(child, up=0.75, apart=0.06)
    assert score(child.track(), together.track()) < 0.1
    assert straps(child.track(), together.track()) > 0.9
    assert straps(child.track(), over(child, up=0.75).track()) < 0.1  # open
    assert straps(child.track(), over(child, up=0.2, apart=0.06).track()) < 0.1  # low
    as_tall = replace(together, height_m=1.0)
    assert straps(child.track(), as_tall.track()) < 0.1
    child_px, before = looking(child.track(), 1), looking(together.track(), -1)
    assert score(child_px, before) > 0.9
    assert straps(child_px, before) < 0.1
    assert straps(child_px, looking(together.track(), 1)) > 0.9


def straps(child: Track, adult: Track) -> float:
    """How far the adult is within reach by straps, all along the walk."""
    body = body_series(child)
    other = body_series(adult, time_s=body.time_s)
    walk = (body.time_s > 1.0) & (body.time_s < 4.0)
    return float(np.nan_to_num(may_hold_straps(body, other)[walk]).mean())


def looking(track: Track, way: int) -> Track:
    """The same with the nose before the ears, to the right of the picture (1) or to the left."""
    points = track.points_px.copy()
    ears = points[:, [INDEX["left_ear"], INDEX["right_ear"]], 0].mean(axis=1)
    points[:, INDEX["nose"], 0] = ears + 25.0 * way
    return replace(track, points_px=points)
