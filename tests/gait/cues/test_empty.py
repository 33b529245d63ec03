"""Cues that there is nothing to be held, from given scores of the pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.empty import (
    line_at_hand,
    no_rail_at_hand,
    no_wall_near,
    nothing_below_hand,
    rail_at_hand,
)
from tests.gait.bodies import free

CUES = {"rails": no_rail_at_hand, "walls": no_wall_near, "below": nothing_below_hand}


def looked(name: str, scores: np.ndarray):
    return body_series(replace(free().track(), **{name: scores}))


def even(value: float, *, n: int | None = None) -> np.ndarray:
    return np.full((n or len(free().track()), 2), value)


def small_of(body):
    return replace(body, trunk_px=np.full_like(body.trunk_px, 38.0))


@pytest.mark.parametrize("name", CUES)
def test_pictures_that_show_nothing_rule_it_out(name):
    assert CUES[name](looked(name, even(0.01)))[50] == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("name", CUES)
def test_pictures_that_show_something_do_not(name):
    scores = even(0.01)
    scores[:, 1] = 0.6
    assert CUES[name](looked(name, scores))[50] == pytest.approx([1.0, 0.0])


@pytest.mark.parametrize("name", CUES)
def test_without_pictures_nothing_is_ruled_out(name):
    assert np.isnan(CUES[name](body_series(free().track()))).all()
    few = even(np.nan)
    few[40:44] = 0.0
    assert np.isnan(CUES[name](looked(name, few))[50]).all()


def test_a_wall_is_beyond_the_feet_for_most_of_the_time_and_a_door_is_passed_by():
    time_s = free().track().time_s
    door = np.where((time_s > 1.6) & (time_s < 2.2), 0.3, 0.0)[:, None] * [1, 1]
    wall = np.where((time_s > 1.9) & (time_s < 2.2), 0.0, 0.3)[:, None] * [1, 1]
    assert no_wall_near(looked("walls", door))[50].min() == 1.0
    assert no_wall_near(looked("walls", wall))[50].max() == 0.0


def test_a_line_on_which_the_hand_went_for_a_second_is_told_of_that_second():
    time_s = free().track().time_s
    line = np.where((time_s > 2.9) & (time_s < 4.0), 0.3, 0.0)[:, None] * [1, 1]
    score = no_rail_at_hand(looked("rails", line))
    assert score[np.searchsorted(time_s, 2.2)].max() == 0.0
    assert score[np.searchsorted(time_s, 1.2)].min() == 1.0
    assert score[np.searchsorted(time_s, 4.2)].min() == 1.0


def test_a_stick_that_is_seen_now_and_then_is_there_for_some_strides():
    time_s = free().track().time_s
    glimpsed = np.where((time_s > 2.0) & (time_s < 2.45), 0.8, 0.0)[:, None] * [1, 0]
    score = nothing_below_hand(looked("below", glimpsed))
    assert score[30] == pytest.approx([0.0, 1.0])
    assert score[80] == pytest.approx([0.0, 1.0])


def test_a_line_to_which_only_a_hidden_hand_may_have_kept_is_believed_less():
    faint = looked("rails", even(0.075))
    hidden = replace(faint, visibility=np.full_like(faint.visibility, 0.1))
    assert no_rail_at_hand(faint)[50].max() == 0.0
    assert no_rail_at_hand(hidden)[50].min() > 0.1
    fair = looked("rails", even(0.1))
    assert rail_at_hand(small_of(fair))[50].min() > 0.5
    hidden = replace(fair, visibility=np.full_like(fair.visibility, 0.1))
    assert rail_at_hand(small_of(hidden))[50].max() == 0.0
    clear = looked("rails", even(0.3))
    hidden = replace(clear, visibility=np.full_like(clear.visibility, 0.1))
    assert no_rail_at_hand(hidden)[50].max() == 0.0
    assert rail_at_hand(small_of(hidden))[50].min() == 1.0


@pytest.mark.parametrize("name", CUES)
def test_a_flicker_is_nothing(name):
    flicker = even(0.0)
    flicker[50] = 1.0
    assert CUES[name](looked(name, flicker))[50].min() == 1.0


def test_of_somebody_small_a_rail_at_the_hand_is_told_whatever_the_arm_does():
    scores = even(0.01)
    scores[:, 1] = 0.12
    body = looked("rails", scores)
    large = replace(body, trunk_px=np.full_like(body.trunk_px, 60.0))
    assert rail_at_hand(small_of(body))[50] == pytest.approx([0.0, 1.0])
    assert rail_at_hand(large)[50] == pytest.approx([0.0, 0.0])
    unlooked = body_series(free().track())
    assert np.isnan(rail_at_hand(unlooked)).all()


def test_a_plain_rail_at_the_hand_is_told_however_tall_the_body_is():
    scores = even(0.15)
    scores[:, 1] = 0.24
    body = looked("rails", scores)
    large = replace(body, trunk_px=np.full_like(body.trunk_px, 60.0))
    assert rail_at_hand(large)[50] == pytest.approx([0.0, 1.0])


def test_a_line_as_clear_as_a_rail_is_told_of_anybody():
    scores = even(0.09)
    scores[:, 1] = 0.25
    body = looked("rails", scores)
    large = replace(body, trunk_px=np.full_like(body.trunk_px, 60.0))
    assert line_at_hand(large)[50] == pytest.approx([0.0, 1.0])
    hidden = replace(large, visibility=np.full_like(large.visibility, 0.1))
    assert 0.0 < line_at_hand(hidden)[50][1] < 1.0
    assert np.isnan(line_at_hand(body_series(free().track()))).all()
