"""Sticks in step, from given scores of the pictures and the feet of a walker."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.body import ANKLES, body_series
from gaitcheck.gait.cues.stick import stick_in_step
from gaitcheck.people.track import STICK_STANDS_S, Track
from tests.gait.bodies import free


def ways_px(walk: Track) -> np.ndarray:
    """How far each foot has gone in the time for which a stick stands, shape (n, 2)."""
    feet = walk.points_room_px[:, ANKLES]
    then = np.searchsorted(walk.time_s, walk.time_s - STICK_STANDS_S)
    return np.linalg.norm(feet - feet[then], axis=2)


def with_stick(*, side: int, while_goes: int) -> Track:
    """Somebody whose stick is seen to stand at one hand while one of the feet goes on."""
    walk = free().track()
    ways = ways_px(walk)
    stands = ways[:, while_goes] > 1.5 * ways[:, 1 - while_goes]
    sticks = np.zeros((len(walk), 2))
    sticks[stands, side] = 1.0
    return replace(walk, things=np.zeros((len(walk), 2)), sticks=sticks)


@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
def test_a_stick_that_stands_while_the_foot_of_its_side_goes_is_in_step(side):
    score = stick_in_step(body_series(with_stick(side=side, while_goes=side)))
    middle = score[25:-25]
    assert middle[:, side].min() > 0.9
    assert middle[:, 1 - side].max() == 0.0


@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
def test_a_line_to_the_own_standing_foot_is_none(side):
    score = stick_in_step(body_series(with_stick(side=side, while_goes=1 - side)))
    assert np.nanmax(score) < 0.1


def test_who_stands_walks_with_no_stick():
    walk = with_stick(side=0, while_goes=0)
    still = replace(walk, points_px=np.repeat(walk.points_px[:1], len(walk), axis=0))
    assert np.nanmax(stick_in_step(body_series(still))) == 0.0


def test_a_line_for_a_moment_is_none():
    walk = with_stick(side=0, while_goes=0)
    first = int(np.flatnonzero(walk.sticks[:, 0])[0]) + 3
    flash = np.zeros((len(walk), 2))
    flash[first, 0] = 1.0
    assert np.nanmax(stick_in_step(body_series(replace(walk, sticks=flash)))) < 0.3


def test_without_pictures_nothing_is_told():
    assert np.isnan(stick_in_step(body_series(free().track()))).all()


def test_of_tracks_saved_before_sticks_were_looked_for_there_is_none():
    walk = free().track()
    old = replace(walk, things=np.zeros((len(walk), 2)))
    assert np.nanmax(stick_in_step(body_series(old))) == 0.0
