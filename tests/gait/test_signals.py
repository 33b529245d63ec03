"""Signals in the person's own units: the same near and far, gaps kept, the camera taken out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.signals import body_scale_px, nearest, runs, walk_signals

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.55, step_m=0.6)


def true_leg_px(body: object, camera: object) -> float:
    distance = float(np.linalg.norm(np.subtract(camera.place, camera.target(0.0))))
    return camera.focal_px * body.leg / distance


@pytest.mark.parametrize("body", [w.Body(), w.Body.toddler()])
@pytest.mark.parametrize("view", [w.SIDE_VIEW, w.OBLIQUE_VIEW, w.FRONT_VIEW, w.REAR_VIEW])
def test_scale_of_a_standing_body(view: object, body: object) -> None:
    track = w.make_track([], duration_s=2.0, camera=view, body=body)
    assert np.median(body_scale_px(track)) == pytest.approx(true_leg_px(body, view), rel=0.12)


def test_scale_does_not_shrink_with_sitting() -> None:
    feet = ((0.45, -0.1), (0.45, 0.1))
    stands = w.make_track([], start=feet, duration_s=2.0, camera=w.FRONT_VIEW)
    sits = w.make_track(
        [], start=feet, duration_s=2.0, camera=w.FRONT_VIEW, hips_m=lambda _t: (-0.42, -0.42, 0.0)
    )
    ratio = np.median(body_scale_px(sits)) / np.median(body_scale_px(stands))
    assert ratio == pytest.approx(1.0, abs=0.12)


def test_scale_is_filled_over_gaps_and_unknown_if_never_seen() -> None:
    track = w.make_track([], duration_s=3.0)
    assert np.isfinite(body_scale_px(w.unseen(track, [(1.0, 2.0)]))).all()
    assert np.isnan(body_scale_px(w.unseen(track, [(0.0, 9.0)]))).all()


def test_speeds_are_the_same_in_a_picture_of_half_the_size() -> None:
    track = w.make_track(WALK)
    half = replace(track, points_px=track.points_px / 2, picture_size=(640, 360))
    one, two = walk_signals(track), walk_signals(half)
    assert one is not None
    assert two is not None
    assert np.allclose(one.speed, two.speed, atol=1e-6)


def test_stance_is_slow_and_swing_is_fast() -> None:
    signals = walk_signals(w.make_track(WALK))
    assert signals is not None
    for fall in WALK[1:-1]:
        swing = (signals.time_s > fall.lift_s + 0.1) & (signals.time_s < fall.land_s - 0.1)
        assert signals.speed[swing, fall.side].min() > 1.5
        assert signals.speed[swing, 1 - fall.side].max() < 0.4


def test_a_gap_stays_a_gap_and_a_lost_frame_is_bridged() -> None:
    track = w.make_track(WALK, rate_hz=30.0)
    signals = walk_signals(w.unseen(track, [(1.5, 2.0), (2.99, 3.02)]))
    assert signals is not None
    hole = (signals.time_s > 1.55) & (signals.time_s < 1.95)
    assert not signals.valid[hole].any()
    assert np.isnan(signals.speed[hole]).all()
    assert signals.valid[np.abs(signals.time_s - 3.0) < 0.05].all()
    assert np.isfinite(signals.speed[signals.valid]).all()


@pytest.mark.parametrize(
    ("view", "toward"),
    [(w.SIDE_VIEW, 0.0), (w.FRONT_VIEW, 1.0), (w.REAR_VIEW, -1.0), (w.OBLIQUE_VIEW, 0.707)],
)
def test_facing(view: object, toward: float) -> None:
    signals = walk_signals(w.make_track([], duration_s=2.0, camera=view))
    assert signals is not None
    assert np.median(signals.toward) == pytest.approx(toward, abs=0.1)


def test_facing_is_nought_without_a_body_in_metres() -> None:
    track = w.make_track([], duration_s=2.0, camera=w.FRONT_VIEW)
    signals = walk_signals(replace(track, world_m=np.full_like(track.world_m, np.nan)))
    assert signals is not None
    assert not signals.toward.any()


def test_true_rate_of_frames() -> None:
    signals = walk_signals(w.make_track(WALK, rate_hz=29.97))
    assert signals is not None
    assert signals.rate_hz == pytest.approx(29.97)


def test_too_few_frames() -> None:
    track = w.make_track(WALK)
    assert walk_signals(w.unseen(track, [(0.05, 99.0)])) is None


def test_runs() -> None:
    assert runs(np.array([], dtype=bool)) == []
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]


def test_nearest() -> None:
    among = np.array([0.0, 1.0, 2.0])
    assert nearest(np.array([-3.0, 0.4, 0.6, 1.9, 7.0]), among).tolist() == [0, 0, 1, 2, 2]
    assert nearest(np.array([-1.0, 5.0]), np.array([2.0])).tolist() == [0, 0]
