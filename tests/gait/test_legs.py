"""Exchanged legs and arms: put right where they were wrong, left alone where they were right."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.legs import repair_sides
from gaitcheck.pose.landmarks import INDEX

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

FAR = w.Camera.still((0.0, 1.1, 6.0), (0.0, 0.7, 0.0))


@pytest.fixture(scope="module")
def walk() -> object:
    falls = w.straight(n_steps=8, step_s=0.5, step_m=0.6, start=(-2.0, 0.0))
    return w.make_track(falls, camera=FAR, rate_hz=30.0)


def wrong_frames(found: object, truth: object) -> float:
    """Share of frames with the feet well apart whose ankles are exchanged."""
    ankles = [INDEX["left_ankle"], INDEX["right_ankle"]]
    a, b = found.points_px[:, ankles], truth.points_px[:, ankles]
    apart = np.linalg.norm(b[:, 0] - b[:, 1], axis=1) > 10
    return float((np.abs(a - b).max(axis=(1, 2)) > 1e-9)[apart].mean())


def test_right_labels_stay(walk: object) -> None:
    assert wrong_frames(repair_sides(walk), walk) == 0.0


@pytest.mark.parametrize("length_s", [0.034, 0.1, 0.2, 0.4])
def test_runs_are_put_right(walk: object, length_s: float) -> None:
    wrong = w.exchanged(walk, [(t, t + length_s) for t in (1.05, 2.0, 2.95, 4.1)])
    assert wrong_frames(wrong, walk) > 0.02
    assert wrong_frames(repair_sides(wrong), walk) == 0.0


def test_everything_of_the_leg_moves_together(walk: object) -> None:
    repaired = repair_sides(w.exchanged(walk, [(2.0, 2.3)]))
    for name in ("points_px", "visibility", "world_m"):
        assert np.array_equal(getattr(repaired, name), getattr(walk, name))


def test_arms_and_legs_are_judged_apart(walk: object) -> None:
    arms = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")
    rows = np.zeros(len(walk), dtype=bool)
    for start in (1.4, 2.43, 3.34):
        rows |= (walk.time_s >= start) & (walk.time_s < start + 0.1)
    points = walk.points_px.copy()
    for part in arms:
        a, b = INDEX[f"left_{part}"], INDEX[f"right_{part}"]
        points[rows, a], points[rows, b] = walk.points_px[rows, b], walk.points_px[rows, a]
    repaired = repair_sides(replace(walk, points_px=points))
    assert wrong_frames(repaired, walk) == 0.0
    wrists = [INDEX["left_wrist"], INDEX["right_wrist"]]
    assert np.allclose(repaired.points_px[:, wrists], walk.points_px[:, wrists])


def test_gaps_stay_gaps(walk: object) -> None:
    holed = w.unseen(walk, [(1.5, 2.5)])
    repaired = repair_sides(holed)
    assert np.array_equal(repaired.seen, holed.seen)
    assert wrong_frames(repaired, walk) < 0.3


def test_the_input_is_not_changed(walk: object) -> None:
    wrong = w.exchanged(walk, [(2.0, 2.3)])
    before = wrong.points_px.copy()
    repair_sides(wrong)
    assert np.array_equal(wrong.points_px, before)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_short_tracks(walk: object, n: int) -> None:
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    short = replace(walk, **{k: getattr(walk, k)[:n] for k in names})
    assert np.array_equal(repair_sides(short).points_px, short.points_px)
