"""How a hand is carried, on walkers whose hands are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues import grips
from gaitcheck.gait.cues.body import body_series
from tests.gait import bodies
from tests.gait.bodies import Walker, free

SWING, GUARD, STICK, HANDLE = bodies.swinging(), bodies.guard, bodies.at_stick, bodies.handle


def middle(cue, who: Walker) -> np.ndarray:
    """Mean of a cue in the middle of the walk, left and right."""
    body = body_series(who.track())
    inside = (body.time_s > 1.5) & (body.time_s < 3.5)
    return np.nanmean(cue(body)[inside], axis=0)


def test_hands_in_guard_are_raised_and_hands_that_swing_are_low():
    assert middle(grips.hand_raised, Walker(GUARD, SWING))[0] > 0.8
    assert middle(grips.hand_raised, Walker(GUARD, SWING))[1] < 0.1
    low = middle(grips.hand_low, Walker(GUARD, SWING))
    assert low[0] < 0.2
    assert low[1] > 0.9


def test_a_hand_at_a_rail_lags_and_one_on_a_frame_does_not():
    at_rail = Walker(bodies.at_rail(hop_s=2.0), HANDLE, step_m=0.2)
    lags = middle(grips.hand_lags, at_rail)
    assert lags[0] > 0.5
    assert lags[1] < 0.1
    stays = middle(grips.hand_stays, at_rail)
    assert stays[0] > 0.5
    assert stays[1] < 0.1


def test_who_does_not_travel_tells_nothing_of_lagging():
    body = body_series(Walker(SWING, SWING, step_m=0.0).track())
    assert np.isnan(grips.hand_lags(body)).all()


@pytest.mark.parametrize("hop_s", [0.9, 1.4, 2.0])
def test_a_hand_that_goes_from_place_to_place_rests_most_of_the_time(hop_s):
    who = Walker(bodies.at_rail(hop_s=hop_s), SWING)
    rests = middle(grips.hand_rests, who)
    assert rests[0] > 0.5
    assert rests[1] < 0.38


@pytest.mark.parametrize("fps", [10.0, 25.0])
@pytest.mark.parametrize("arm", [SWING, GUARD, HANDLE], ids=["swings", "guard", "at a handle"])
def test_a_hand_that_goes_along_with_the_body_rests_a_third_of_the_time_at_most(arm, fps):
    rests = grips.hand_rests(body_series(Walker(arm, arm, fps=fps).track()))
    assert np.isfinite(rests).any()
    assert np.nanmax(rests) < 0.4


def test_who_does_not_travel_tells_nothing_of_resting():
    body = body_series(Walker(SWING, SWING, step_m=0.0).track())
    assert np.isnan(grips.hand_rests(body)).all()


@pytest.mark.parametrize("heading_deg", [0.0, 180.0])
def test_elbows_are_back_or_ahead_whichever_way_one_walks(heading_deg):
    start = (-1.5 if heading_deg == 0 else 1.5, 0.0)
    who = Walker(STICK, bodies.rigid(0.35, 0.05, -0.05), heading_deg=heading_deg, start=start)
    back = middle(grips.elbow_back, who)
    assert back[0] > back[1]


def test_without_feet_nobody_knows_which_way_is_back():
    track = free().track()
    track.points_px[:, grips.TOES] = np.nan
    assert np.isnan(grips.elbow_back(body_series(track))).all()


CLASPED = bodies.rigid(-0.08, -0.06, -0.24)
FRONT = {"heading_deg": 90.0, "start": (0.0, 0.0)}
BEHIND = {"heading_deg": -90.0, "start": (0.0, 0.0)}


@pytest.mark.parametrize("view", [FRONT, BEHIND])
def test_from_front_and_back_a_grip_is_beside_the_body_and_clasped_hands_are_inside(view):
    who = Walker(CLASPED, STICK, **view)
    assert middle(grips.hand_inside, who) == pytest.approx([1.0, 0.0], abs=0.05)
    assert middle(grips.hand_beside, who) == pytest.approx([0.0, 1.0], abs=0.05)
    hang = Walker(bodies.hanging, bodies.hanging, **view)
    assert middle(grips.hand_beside, hang).max() < 0.05
    assert middle(grips.hand_inside, hang).max() < 0.05


@pytest.mark.parametrize("heading_deg", [0.0, 35.0])
def test_from_aside_nobody_knows_what_is_inside_or_beside(heading_deg):
    who = Walker(CLASPED, STICK, heading_deg=heading_deg, start=(-1.0, 0.0))
    assert middle(grips.hand_inside, who).max() < 0.05
    assert middle(grips.hand_beside, who).max() < 0.05


def test_hands_before_the_trunk_of_who_goes_sideways_may_be_at_a_sofa():
    track = Walker(CLASPED, CLASPED, step_m=0.0, **FRONT).track()
    at_rest = grips.hand_inside(body_series(track))
    body = body_series(track)
    aside = 1.2 * np.median(body.trunk_px) * track.time_s / 2.4
    track.points_px[..., 0] += aside[:, None]
    sideways = grips.hand_inside(body_series(track))
    inside = (body.time_s > 1.5) & (body.time_s < 3.5)
    assert at_rest[inside].min() > 0.95
    assert sideways[inside].max() < 0.05


def test_from_the_front_neither_elbows_nor_hips_tell():
    who = Walker(HANDLE, bodies.hanging, **FRONT)
    assert middle(grips.elbow_back, who).max() == 0.0
    assert middle(grips.hand_near_hip, who).max() == 0.0
    assert middle(grips.hand_near_hip, Walker(bodies.hanging, STICK)).min() > 0.5
