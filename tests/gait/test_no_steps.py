"""No steps where nobody walks, from synthetic tracks in all views; the rule is named."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.contacts import find_swings
from gaitcheck.gait.rules import Judge
from gaitcheck.gait.signals import walk_signals
from gaitcheck.gait.steps import find_steps
from gaitcheck.settings import GaitSettings

sys.path.insert(0, str(Path(__file__).parent))
import walker as w


def march() -> list[object]:
    return [
        w.Fall(k % 2, 0.5 + 0.5 * k, 0.85 + 0.5 * k, 0.0, -0.08 if k % 2 == 0 else 0.08, 0.0)
        for k in range(10)
    ]


def side_to_side() -> list[object]:
    """Step to the side and close, and back: dancing on the spot."""
    return [
        w.Fall(
            side,
            0.5 + 1.2 * k + 0.5 * j,
            0.8 + 1.2 * k + 0.5 * j,
            0.35 if k % 2 == 0 else 0.0,
            -0.08 if side == 0 else 0.08,
            0.0,
        )
        for k in range(6)
        for j, side in enumerate((k % 2, 1 - k % 2))
    ]


def fidget() -> list[object]:
    return [
        w.Fall(
            k % 2, 1 + 0.9 * k, 1.3 + 0.9 * k, 0.45 + 0.05 * (-1) ** (k // 2),
            -0.1 if k % 2 == 0 else 0.1, 0.0,
        )
        for k in range(6)
    ]  # fmt: skip


NO_WALKS = {
    "still": lambda c: w.make_track([], duration_s=6, camera=c, noise=0.0),
    "standing": lambda c: w.make_track([], duration_s=6, camera=c, noise=0.012),
    "swaying": lambda c: w.make_track(
        [], duration_s=6, camera=c, hips_m=lambda t: (0.08 * np.sin(3 * t), 0, 0.12 * np.sin(2 * t))
    ),
    "marching": lambda c: w.make_track(march(), camera=c),
    "dancing": lambda c: w.make_track(side_to_side(), start=((0.0, -0.08), (0.0, 0.08)), camera=c),
    "jumping": lambda c: w.make_track(
        [],
        duration_s=6,
        camera=c,
        hips_m=lambda t: (0, 0.2 * abs(np.sin(5 * t)), 0),
        lift_m=lambda t: 0.2 * abs(np.sin(5 * t)),
    ),
    "sitting": lambda c: w.make_track(
        fidget(),
        start=((0.45, -0.1), (0.45, 0.1)),
        duration_s=7,
        camera=c,
        hips_m=lambda _t: (-0.42, -0.42, 0),
    ),
}


@pytest.mark.parametrize("view", w.VIEWS)
@pytest.mark.parametrize("what", NO_WALKS)
def test_no_steps_where_nobody_walks(what: str, view: str) -> None:
    found = find_steps(NO_WALKS[what](w.VIEWS[view]))
    assert found.steps == ()
    assert not any(p.posture == "walking" for p in found.postures)


def test_turned_away_movements_name_their_rule() -> None:
    march = find_steps(NO_WALKS["marching"](w.SIDE_VIEW))
    assert len(march.rejected) >= 10
    assert "foot came back to its place" in {r.reason for r in march.rejected}
    dance = find_steps(NO_WALKS["dancing"](w.SIDE_VIEW))
    assert "on the spot: the body does not travel" in {r.reason for r in dance.rejected}
    assert len(dance.rejected) >= 10


@pytest.mark.parametrize("seed", range(5))
def test_landmarks_that_rattle(seed: int) -> None:
    rng = np.random.default_rng(seed)
    track = w.make_track([], duration_s=8)
    wild = replace(track, points_px=rng.uniform(0, 700, track.points_px.shape))
    assert find_steps(wild).steps == ()


@pytest.mark.parametrize("seed", range(5))
def test_feet_that_rattle(seed: int) -> None:
    """After a fall, or behind a frame, only the legs' landmarks jump about."""
    rng = np.random.default_rng(seed)
    track = w.make_track([], duration_s=8)
    points = track.points_px.copy()
    points[:, 25:] += rng.normal(0, 20, points[:, 25:].shape).cumsum(axis=0) % 60
    assert find_steps(replace(track, points_px=points)).steps == ()


def test_nobody_and_hardly_anybody() -> None:
    track = w.make_track([], duration_s=2)
    nobody = find_steps(w.unseen(track, [(0.0, 99.0)]))
    assert nobody.steps == ()
    assert nobody.warnings == ("person 1: seen in too few frames for steps",)
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    once = replace(track, **{n: getattr(track, n)[:1] for n in names})
    assert find_steps(once).steps == ()


def test_landings_too_near_to_be_two_steps() -> None:
    falls = w.straight(n_steps=6, step_s=0.5, step_m=0.5)
    track = w.make_track(falls)
    found = find_steps(track, settings=GaitSettings(min_step_time_s=0.7))
    assert len(found.steps) == 3
    assert len({s.side for s in found.steps}) == 1
    assert {r.reason for r in found.rejected} == {"too soon after the other foot"}


def test_settings_bound_the_step_time() -> None:
    falls = w.straight(n_steps=5, step_s=1.6, step_m=0.3, start=(-0.8, 0), swing_of_step=0.5)
    strict = GaitSettings(max_step_time_s=0.5)
    assert find_steps(w.make_track(falls), settings=strict).steps == ()


@pytest.mark.parametrize("hips_px", [0.0, 120.0])
def test_feet_that_seem_to_land_lower_under_a_body_that_stays_are_no_walk(hips_px: float) -> None:
    """Seen from the front, feet that are held up seem to land elsewhere; the hips tell."""
    track = w.make_track(w.straight(n_steps=6, step_s=0.55, step_m=0.6))
    signals = walk_signals(track)
    assert signals is not None
    way = np.linspace(0.0, hips_px, len(signals.time_s))
    up_px = np.broadcast_to(signals.up_px[0], signals.up_px.shape).copy()
    up_px[..., 1] += way[:, None, None]
    judge = Judge(track, replace(signals, up_px=up_px), GaitSettings())
    lower = [
        replace(s, way_legs=0.4, from_px=(s.from_px[0], y), to_px=(s.to_px[0], y + 40.0))
        for s, y in zip(find_swings(signals), 300 + 20.0 * np.arange(99), strict=False)
    ]
    walking = judge.steps_of_a_walk(lower[:6])
    assert len(walking) == (6 if hips_px else 0)
    assert bool(hips_px) == (
        "on the spot: the body does not travel" not in {r.reason for r in judge.rejected}
    )
