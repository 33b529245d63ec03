"""Somebody within reach who is lost from sight."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.company import CLOSE
from gaitcheck.gait.cues.lost import FOR_S, lost_beside
from gaitcheck.gait.cues.traces import measure_cues
from tests.gait.bodies import Walker, free

CHILD = {"height_m": 1.0, "person": 1, "start": (-1.0, 0.0), "step_m": 0.25}
ADULT = {"height_m": 1.7, "person": 2, "step_m": 0.25, "seed": 1, "start": (-1.3, 0.1)}
HIDDEN = (2.0, 99.0)


def lost(adult: Walker, *, within: float = 1.0, child: Walker | None = None) -> tuple[float, float]:
    """Give the mean before and after two seconds, when the adult is lost."""
    body = body_series((child or free(**CHILD)).track())
    other = body_series(adult.track(), time_s=body.time_s)
    score = lost_beside(body, other, within=np.full(len(body.time_s), within))
    before = body.time_s < 1.95
    return float(score[before].mean()), float(score[~before][3:].mean())


def test_whoever_was_within_reach_may_still_be_there():
    assert lost(free(**ADULT)) == (0.0, 0.0)
    before, after = lost(free(**ADULT, gaps=(HIDDEN,)))
    assert before == 0
    assert after > 0.95


def test_whoever_comes_into_sight_within_reach_may_have_been_there():
    body = body_series(free(**CHILD).track())
    other = body_series(free(**ADULT, gaps=((0.0, 3.0),)).track(), time_s=body.time_s)
    score = lost_beside(body, other, within=np.where(np.isfinite(other.trunk_px), 1.0, np.nan))
    assert score[body.time_s < 2.9].min() > 0.95
    assert score[body.time_s > 3.1].max() == 0


def test_whoever_comes_into_the_picture_was_not():
    body = body_series(free(**CHILD).track())
    comes = {**ADULT, "start": (4.8, 0.0), "heading_deg": 180.0, "step_m": 0.05}
    other = body_series(free(**comes, gaps=((0.0, 3.0),)).track(), time_s=body.time_s)
    score = lost_beside(body, other, within=np.where(np.isfinite(other.trunk_px), 1.0, np.nan))
    assert score.max() == 0


def test_whoever_was_out_of_reach_is_not():
    assert lost(free(**ADULT, gaps=(HIDDEN,)), within=0.0) == (0.0, 0.0)
    assert lost(free(**ADULT, gaps=((0.0, 99.0),))) == (0.0, 0.0)


@pytest.mark.parametrize(("within", "least", "most"), [(1.0, 0.95, 1.0), (0.0, 0.0, 0.05)])
def test_of_two_who_take_turns_the_last_time_both_were_seen_tells(within, least, most):
    """The pose lies on two who are one body in the picture: both tracks follow it in turn."""
    child = free(**CHILD, gaps=((1.6, 2.0),))
    adult = free(**{**ADULT, "start": (-1.0, 0.05)}, gaps=((1.2, 1.6), HIDDEN))
    body = body_series(child.track())
    other = body_series(adult.track(), time_s=body.time_s)
    seen = np.isfinite(body.trunk_px) & np.isfinite(other.trunk_px)
    score = lost_beside(body, other, within=np.where(seen, within, np.nan))
    assert least <= score[(body.time_s > 2.1) & (body.time_s < 4.0)].mean() <= most


def test_whoever_went_away_before_is_not_there():
    child = free(**CHILD)
    adult = free(**{**ADULT, "step_m": 0.0, "start": (1.8, 0.0)}, gaps=((3.5, 99.0),))
    body = body_series(child.track())
    other = body_series(adult.track(), time_s=body.time_s)
    score = lost_beside(body, other, within=np.where(body.time_s < 1.0, 1.0, np.nan))
    far = np.linalg.norm(body.points_px[:, 0] - other.points_px[:, 0], axis=-1)
    assert np.nanmin(far[body.time_s < 3.0]) > CLOSE[0] * np.nanmax(other.trunk_px)
    assert score[body.time_s > 3.6].max() == 0


@pytest.mark.parametrize("start", [(-5.5, 0.0), (4.1, 0.0)])
def test_whoever_leaves_the_picture_is_gone(start):
    assert lost(free(**{**ADULT, "start": start}, gaps=(HIDDEN,))) == (0.0, 0.0)


def test_nobody_stays_hidden_for_ever():
    long = {**CHILD, "step_m": 0.02, "duration_s": FOR_S + 6.0}
    adult = free(**{**ADULT, "step_m": 0.02}, gaps=(HIDDEN,), duration_s=FOR_S + 6.0)
    body = body_series(free(**long).track())
    other = body_series(adult.track(), time_s=body.time_s)
    score = lost_beside(body, other, within=np.ones(len(body.time_s)))
    assert score[(body.time_s > 2.1) & (body.time_s < 1.9 + FOR_S)].min() > 0.9
    assert score[body.time_s > 2.1 + FOR_S].max() == 0


@pytest.mark.parametrize(("height_m", "heard"), [(1.7, True), (0.6, False)])
def test_of_what_is_measured_a_small_child_does_not_count(height_m, heard):
    adult = free(**{**ADULT, "height_m": height_m}, wrist_visibility=(0.1, 0.1), gaps=(HIDDEN,))
    cues = measure_cues(free(**CHILD).track(), others=[adult.track()])
    (trace,) = cues.of("lost_beside")
    after = trace.score[(cues.time_s > 2.2) & (cues.time_s < 4.0)]
    assert trace.other_person == 2
    assert (after.min() > 0.7) == heard
    assert heard or after.max() < 0.2
