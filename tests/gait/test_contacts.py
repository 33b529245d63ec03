"""Swings: where the feet went and when, before any rule says what is a step."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from gaitcheck.gait.contacts import Swing, find_swings
from gaitcheck.gait.signals import walk_signals

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.55, step_m=0.6)


def swings_of(track: object) -> list[Swing]:
    signals = walk_signals(track)
    assert signals is not None
    return find_swings(signals)


def test_as_many_swings_as_falls_in_order() -> None:
    swings = swings_of(w.make_track(WALK))
    assert [s.foot for s in swings] == [f.side for f in WALK]
    assert all(a.start <= b.start for a, b in pairwise(swings))


def test_way_of_the_foot_in_leg_lengths() -> None:
    """From the side a stride of 1.2 m is 1.4 of an adult's legs; the last step closes up."""
    swings = swings_of(w.make_track(WALK))
    for swing in swings[1:-1]:
        assert swing.moved_legs == pytest.approx(1.2 / 0.86, rel=0.12)
    assert swings[-1].moved_legs == pytest.approx(0.6 / 0.86, rel=0.15)


def test_the_other_foot_stands() -> None:
    assert all(s.other < 0.15 for s in swings_of(w.make_track(WALK)))


def test_both_feet_in_a_jump() -> None:
    track = w.make_track(
        [w.Fall(s, 1.0, 1.4, 0.5, -0.08 if s == 0 else 0.08, 0.0) for s in (0, 1)],
        start=((0.0, -0.08), (0.0, 0.08)),
    )
    swings = swings_of(track)
    assert {s.foot for s in swings} == {0, 1}
    assert all(s.other > 0.8 for s in swings)


def test_a_swing_into_a_gap_has_no_landing() -> None:
    fall = WALK[2]
    track = w.unseen(w.make_track(WALK), [((fall.lift_s + fall.land_s) / 2, fall.land_s + 0.3)])
    cut = [s for s in swings_of(track) if s.foot == fall.side and s.contact_s is None]
    assert len(cut) == 1
    assert cut[0].lift_off_s == pytest.approx(fall.lift_s, abs=0.08)


def test_a_swing_out_of_a_gap_has_no_lift_off() -> None:
    fall = WALK[2]
    track = w.unseen(w.make_track(WALK), [(fall.lift_s - 0.3, (fall.lift_s + fall.land_s) / 2)])
    cut = [s for s in swings_of(track) if s.foot == fall.side and s.lift_off_s is None]
    assert len(cut) == 1
    assert cut[0].contact_s == pytest.approx(fall.land_s, abs=0.04)


def test_nothing_moves_in_a_still_picture() -> None:
    assert swings_of(w.make_track([], duration_s=8.0, noise=0.0)) == []
