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
