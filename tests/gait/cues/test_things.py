"""Cues of things at the hands, from given scores of the pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.things import (
    rolls_along,
    strap_above,
    thing_at_both_hands,
    thing_at_hand,
    thing_stands,
)
from gaitcheck.gait.legs import repair_sides
from gaitcheck.people.track import Track
from tests.gait.bodies import free


def track(left: float, right: float, *, start_s: float = 0.0, end_s: float = 9.0) -> Track:
    """Somebody who walks freely, with scores of the pictures at every other frame."""
    walk = free().track()
    things = np.full((len(walk), 2), np.nan)
    things[::2] = 0.05
    things[::2][(walk.time_s[::2] >= start_s) & (walk.time_s[::2] < end_s)] = (left, right)
    return replace(walk, things=things)


def at(score: np.ndarray, time_s: float, body) -> np.ndarray:
    return score[np.argmin(np.abs(body.time_s - time_s))]


def test_a_thing_seen_for_a_moment_is_there_for_a_stride():
    body = body_series(track(0.9, 0.0, start_s=2.0, end_s=2.6))
    score = thing_at_hand(body)
    assert at(score, 2.3, body) == pytest.approx([1.0, 0.0])
    assert at(score, 3.3, body)[0] > 0.8
    assert at(score, 4.2, body)[0] < 0.1


def test_a_flicker_is_no_thing():
    body = body_series(track(1.0, 1.0, start_s=2.0, end_s=2.1))
    assert thing_at_hand(body).max() < 0.2


def test_a_toy_in_both_arms_bears_no_weight():
    toy, frame = body_series(track(0.6, 0.6)), body_series(track(0.95, 0.9))
    assert thing_at_both_hands(toy)[50] < 0.3
    assert thing_at_both_hands(frame)[50] > 0.6
    assert thing_at_both_hands(body_series(track(0.95, 0.0)))[50] == 0.0


def test_without_pictures_nothing_is_told():
    body = body_series(free().track())
    assert np.isnan(thing_at_hand(body)).all()
    assert np.isnan(thing_at_both_hands(body)).all()


def test_where_nobody_looked_nothing_is_told():
    walk = free().track()
    things = np.full((len(walk), 2), np.nan)
    things[:10] = 0.9
    score = thing_at_hand(body_series(replace(walk, things=things)))
    assert np.isfinite(score[5]).all()
    assert np.isnan(score[-5:]).all()


def test_things_go_with_their_arms_when_sides_are_repaired():
    walk = track(0.9, 0.1)
    wrong = slice(50, 60)
    arms = list(range(11, 23))
    swapped = [i + 1 if i % 2 else i - 1 for i in arms]
    points, things = walk.points_px.copy(), walk.things.copy()
    points[wrong, arms] = walk.points_px[wrong, swapped]
    things[wrong] = walk.things[wrong, ::-1]
    mended = repair_sides(replace(walk, points_px=points, things=things))
    np.testing.assert_array_equal(mended.things, walk.things)


@pytest.mark.parametrize(
    ("at_hand", "below", "stands"),
    [(0.45, 0.7, 1.0), (0.6, 0.3, 0.0), (0.15, 0.8, 0.0), (0.3, 0.9, 0.4)],
    ids=["a stick far away", "a shadow at the hand", "a shadow below it", "hardly seen"],
)
def test_what_stands_at_a_hand_is_seen_at_it_and_below_it(at_hand, below, stands):
    seen = track(at_hand, 0.05)
    under = np.where(np.isfinite(seen.things), [below, 0.05], np.nan)
    score = thing_stands(body_series(replace(seen, below=under)))
    assert score[50] == pytest.approx([stands, 0.0], abs=0.01)


def test_what_stands_at_a_hand_is_untold_where_nobody_looked_below_it():
    assert np.isnan(thing_stands(body_series(track(0.9, 0.9)))).all()


def test_a_strap_is_worn_for_longer_than_it_is_seen():
    walk = free().track()
    above = np.zeros((len(walk), 2))
    above[(walk.time_s >= 2.0) & (walk.time_s < 3.5), 1] = 0.95
    body = body_series(replace(walk, above=above))
    assert np.nanmin(strap_above(body)) > 0.9


def test_a_line_passed_is_no_strap():
    walk = free().track()
    above = np.zeros((len(walk), 2))
    above[(walk.time_s >= 2.0) & (walk.time_s < 2.4)] = 1.0
    assert np.nanmax(strap_above(body_series(replace(walk, above=above)))) < 0.1


def test_of_tracks_without_pictures_no_strap_is_told():
    assert np.isnan(strap_above(body_series(free().track()))).all()


def beside(left: float, right: float, *, from_s: float = 0.0, until_s: float = 9.0):
    """What is beside the legs of a free walker for a while, else nothing."""
    walk = free().track()
    there = np.zeros((len(walk), 2))
    there[(walk.time_s >= from_s) & (walk.time_s < until_s)] = (left, right)
    return body_series(replace(walk, beside=there))


@pytest.mark.parametrize(
    ("left", "right", "rolls"),
    [(0.6, 0.0, 1.0), (0.0, 0.35, 0.5), (0.2, 0.2, 1.0), (0.25, 0.02, 0.0), (0.02, 0.03, 0.0)],
    ids=["a pram on one side", "hardly", "low wheels on both", "a bag", "nothing"],
)
def test_what_is_beside_the_legs_rolls_along_if_it_is_high_or_on_both_sides(left, right, rolls):
    assert rolls_along(beside(left, right)) == pytest.approx(rolls, abs=0.01)


def test_what_rolled_along_once_is_believed_to_be_there_for_some_seconds():
    assert np.nanmin(rolls_along(beside(0.8, 0.8, from_s=1.0, until_s=3.2))) > 0.9


def test_somebody_who_is_passed_does_not_roll_along():
    assert np.nanmax(rolls_along(beside(1.0, 0.0, from_s=2.0, until_s=2.9))) < 0.1


def test_a_second_of_looks_does_not_tell_what_rolls_along():
    body = beside(0.9, 0.9)
    short = replace(body, beside=np.where(body.time_s[:, None] < 1.0, body.beside, np.nan))
    assert np.isnan(rolls_along(short)).all()


def test_of_tracks_without_pictures_nothing_is_said_to_roll_along():
    assert np.isnan(rolls_along(body_series(free().track()))).all()
