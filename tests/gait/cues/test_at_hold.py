"""Arms carried as those of hands at something fixed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues import at_hold
from gaitcheck.gait.cues.body import body_series
from tests.gait import bodies
from tests.gait.bodies import Walker, free

SWING = bodies.swinging()
RAIL = bodies.at_rail(hop_s=2.0)
MIDDLE_S = (1.5, 3.5)


def inputs(who: Walker) -> dict[str, np.ndarray]:
    """What the trees ask for in the middle of the walk, by name: left and right arm."""
    body = body_series(who.track())
    inside = (body.time_s > MIDDLE_S[0]) & (body.time_s < MIDDLE_S[1])
    mean = at_hold.arm_inputs(body)[inside].mean(axis=0)
    return dict(zip(at_hold.INPUTS, mean.T, strict=True))


def score(who: Walker) -> np.ndarray:
    body = body_series(who.track())
    inside = (body.time_s > MIDDLE_S[0]) & (body.time_s < MIDDLE_S[1])
    return np.nanmean(at_hold.arm_at_hold(body)[inside], axis=0)


def test_arms_that_swing_are_not_carried_so():
    assert score(free()).max() < 0.3


@pytest.mark.parametrize("heading_deg", [0.0, 180.0])
def test_an_arm_at_a_rail_is_likelier_so_than_the_other_one(heading_deg):
    start = (-1.0 if heading_deg == 0 else 1.0, 0.0)
    at_rail, other = score(Walker(RAIL, SWING, step_m=0.2, heading_deg=heading_deg, start=start))
    assert at_rail > 0.4
    assert at_rail > other + 0.3


def test_what_counts_is_told_in_trunks():
    arm = inputs(Walker(bodies.rigid(0.4, 0.1, 0.1), SWING))
    near = inputs(Walker(bodies.rigid(0.4, 0.1, 0.1), SWING, height_m=2.0, step_m=0.6))
    for name in at_hold.INPUTS:
        assert near[name] == pytest.approx(arm[name], abs=0.08), name


def test_a_body_and_its_mirror_image_are_alike():
    who = Walker(bodies.rigid(0.4, 0.1, 0.1), SWING, noise_px=0.0)
    track = who.track()
    flipped = track.points_px.copy()
    flipped[..., 0] = bodies.PICTURE[0] - flipped[..., 0]
    order = np.arange(33)
    for name, index in bodies.INDEX.items():
        if name.startswith("left_"):
            twin = bodies.INDEX[name.replace("left_", "right_")]
            order[[index, twin]] = twin, index
    mirror = replace(track, points_px=flipped[:, order], visibility=track.visibility[:, order])
    ours = at_hold.arm_inputs(body_series(track))
    theirs = at_hold.arm_inputs(body_series(mirror))[:, ::-1]
    assert np.allclose(ours, theirs, equal_nan=True)


def test_without_feet_nobody_knows_which_way_is_ahead():
    track = free().track()
    track.points_px[:, at_hold._TOES] = np.nan
    assert np.isnan(at_hold.arm_at_hold(body_series(track))).all()


def test_where_the_body_is_not_seen_nothing_is_said():
    body = body_series(free(gaps=((2.0, 3.5),)).track())
    inside = (body.time_s > 2.5) & (body.time_s < 3.0)
    assert np.isnan(at_hold.arm_at_hold(body)[inside]).all()


def test_the_trees_ask_for_what_they_are_given():
    trees = at_hold.taught()
    assert trees.trees
    for tree in trees.trees:
        assert tree.asks.max() < len(at_hold.INPUTS)
        leaf = tree.asks < 0
        assert (tree.low[~leaf] > np.flatnonzero(~leaf)).all()
        assert (tree.high[~leaf] > np.flatnonzero(~leaf)).all()
