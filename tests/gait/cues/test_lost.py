"""Somebody within reach who is lost from sight."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
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


def test_whoever_was_out_of_reach_is_not():
    assert lost(free(**ADULT, gaps=(HIDDEN,)), within=0.0) == (0.0, 0.0)
    assert lost(free(**ADULT, gaps=((0.0, 99.0),))) == (0.0, 0.0)


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
