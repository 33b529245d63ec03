"""Postures of synthetic people: sitting, rising, standing, walking, falling, lying."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.posture import cannot_step, frame_postures
from gaitcheck.gait.steps import find_steps
from gaitcheck.pose.landmarks import INDEX

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

SEAT = 0.43
FEET = ((0.45, -0.1), (0.45, 0.1))


def chair(rise_at_s: float, rise_s: float) -> object:
    """Sit on a chair behind the feet, then come up over them."""

    def hips(t: float) -> tuple[float, float, float]:
        part = 1 - float(np.clip((t - rise_at_s) / rise_s, 0, 1))
        return (-SEAT * part, -SEAT * part, 0.0)

    return hips


@pytest.mark.parametrize("view", [w.SIDE_VIEW, w.OBLIQUE_VIEW, w.FRONT_VIEW])
def test_sit_rise_stand(view: object) -> None:
    track = w.make_track([], start=FEET, duration_s=6.0, camera=view, hips_m=chair(2.5, 1.0))
    spans = find_steps(track).postures
    assert [p.posture for p in spans] == ["sitting", "rising", "standing"]
    assert 2.3 < spans[1].start_s < 3.1
    assert 3.0 < spans[1].end_s < 3.8


def test_rise_then_walk() -> None:
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.5, start=(0.45, 0.0), begin_s=4.0)
    far = w.Camera.still((1.5, 1.1, 5.5), (1.5, 0.7, 0.0))
    track = w.make_track(falls, start=FEET, camera=far, hips_m=chair(1.5, 1.0))
    found = find_steps(track)
    assert [p.posture for p in found.postures] == [
        "sitting", "rising", "standing", "walking", "standing",
    ]  # fmt: skip
    assert len(found.steps) == 6


def lying_from(track: object, start_s: float, drop_s: float) -> object:
    """Turn the body about the ankles onto the floor from ``start_s`` on."""
    points, world = track.points_px.copy(), track.world_m.copy()
    for i, t in enumerate(track.time_s):
        angle = np.pi / 2 * float(np.clip((t - start_s) / drop_s, 0, 1)) ** 2
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        pivot = points[i, [INDEX["left_ankle"], INDEX["right_ankle"]]].mean(axis=0)
        points[i] = (points[i] - pivot) @ turn.T + pivot
        world[i, :, :2] = world[i, :, :2] @ turn.T
    return replace(track, points_px=points, world_m=world)


def test_fall_and_lie() -> None:
    track = lying_from(w.make_track([], duration_s=6.0), 2.0, 0.7)
    found = find_steps(track)
    assert found.steps == ()
    spans = found.postures
    assert [p.posture for p in spans] == ["standing", "falling", "lying"]
    assert 1.9 < spans[1].start_s < 2.6
    assert spans[1].end_s < 3.0


def test_slow_way_down_is_no_fall() -> None:
    track = lying_from(w.make_track([], duration_s=9.0), 2.0, 4.0)
    assert "falling" not in {p.posture for p in find_steps(track).postures}


def test_spans_cover_the_track_without_overlap() -> None:
    track = w.unseen(w.make_track([], duration_s=5.0), [(2.0, 3.0)])
    spans = find_steps(track).postures
    assert spans[0].start_s == track.time_s[0]
    assert spans[-1].end_s >= track.time_s[-1]
    assert all(a.end_s == b.start_s for a, b in pairwise(spans))
    assert [p.posture for p in spans] == ["standing", "unknown", "standing"]


def test_who_walks_with_the_feet_out_of_the_picture_walks() -> None:
    track = w.make_track(w.straight(n_steps=6, step_s=0.55, step_m=0.6))
    feet = track.points_px[:, INDEX["left_ankle"] :, 1].min()
    found = find_steps(replace(track, picture_size=(track.picture_size[0], int(feet))))
    assert found.steps == ()
    assert "walking" in [p.posture for p in found.postures]


@pytest.mark.parametrize(("part", "posture"), [(0.7, "standing"), (0.4, "unknown")])
def test_straight_legs_seen_short_stand_unless_they_may_kneel(part: float, posture: str) -> None:
    track = w.make_track([], duration_s=3.0)
    points = track.points_px.copy()
    hips = points[:, INDEX["left_hip"], 1][:, None]
    lower = slice(INDEX["left_knee"], None)
    points[:, lower, 1] = hips + part * (points[:, lower, 1] - hips)
    spans = find_steps(replace(track, points_px=points)).postures
    assert [p.posture for p in spans] == [posture]


def test_who_kneels_neither_sits_nor_stands() -> None:
    track = w.make_track([], duration_s=3.0, camera=w.FRONT_VIEW)
    points = track.points_px.copy()
    knee, foot = (points[:, [INDEX[f"left_{p}"], INDEX[f"right_{p}"]], 1] for p in ("knee", "heel"))
    shank = float(np.median(foot - knee))
    above = [i for name, i in INDEX.items() if not name.endswith(("ankle", "heel", "foot_index"))]
    points[:, above, 1] += 0.75 * shank
    assert {p.posture for p in find_steps(track).postures} == {"standing"}
    kneeling = find_steps(replace(track, points_px=points)).postures
    assert {p.posture for p in kneeling} == {"unknown"}


def test_short_thighs_over_straight_legs_do_not_sit() -> None:
    track = w.make_track([], duration_s=3.0)
    seat = w.make_track([], start=FEET, duration_s=3.0, hips_m=chair(9.0, 1.0))
    points = track.points_px.copy()
    knees = points[:, INDEX["left_knee"], 1][:, None]
    hips = points[:, INDEX["left_hip"], 1][:, None]
    above = [i for name, i in INDEX.items() if not name.endswith(("ankle", "heel", "foot_index"))]
    points[:, above, 1] += 0.25 * (knees - hips)  # shanks seen short
    upper = [i for name, i in INDEX.items() if i in above and not name.endswith("knee")]
    points[:, upper, 1] += 0.65 * (knees - hips)  # thighs shorter, as from above
    seen = replace(track, points_px=points)
    assert "sitting" not in {*cannot_step(seen), *frame_postures(seen)}
    bent = replace(seen, world_m=seat.world_m)
    assert (cannot_step(bent) == "sitting").mean() > 0.8


def test_who_goes_by_steps_does_not_sit_however_bent() -> None:
    falls = w.straight(n_steps=8, step_s=0.55, step_m=0.45, begin_s=1.0)
    track = w.make_track(falls, duration_s=7.0, hips_m=lambda _: (-0.1, -0.25, 0.0))
    assert (frame_postures(track) == "sitting").mean() > 0.5
    found = find_steps(track)
    assert len(found.steps) == 8
    (walk,) = (p for p in found.postures if p.posture == "walking")
    assert walk.start_s < falls[0].land_s
    assert walk.end_s >= found.steps[-1].contact_s - 0.1


@pytest.mark.parametrize(("sunk", "meanwhile"), [(False, "standing"), (True, "unknown")])
def test_whose_shoulders_stay_up_stands_though_the_hips_seem_low(
    sunk: bool, meanwhile: str
) -> None:
    track = w.make_track([], duration_s=6.0, camera=w.FRONT_VIEW)
    points = track.points_px.copy()
    rows = (track.time_s > 2.0) & (track.time_s < 4.0)
    knee, foot = (points[rows][:, INDEX[f"left_{part}"], 1] for part in ("knee", "heel"))
    above = [i for name, i in INDEX.items() if not name.endswith(("ankle", "heel", "foot_index"))]
    moved, part = (above, 0.75) if sunk else ([INDEX["left_hip"], INDEX["right_hip"]], 1.0)
    points[np.ix_(rows, moved, [1])] += part * (foot - knee)[:, None, None]
    seen = replace(track, points_px=points)
    assert (frame_postures(seen)[rows] == "unknown").mean() > 0.9
    spans = find_steps(seen).postures
    assert spans[0].posture == spans[-1].posture == "standing"
    assert {p.posture for p in spans if p.start_s < 3.0 < p.end_s} == {meanwhile}


def test_straight_legs_do_not_sit_however_short_from_above_and_stretched_ones_do() -> None:
    track = w.make_track([], duration_s=3.0, camera=w.FRONT_VIEW)
    points = track.points_px.copy()
    hips = points[:, INDEX["left_hip"], 1][:, None]
    lower = slice(INDEX["left_knee"], None)
    points[:, lower, 1] = hips + 0.32 * (points[:, lower, 1] - hips)
    above = replace(track, points_px=points)
    assert not {"sitting"} & {*cannot_step(above), *frame_postures(above)}
    # The same picture of legs that are stretched on the floor, towards the camera.
    world = track.world_m.copy()
    pelvis = world[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)[:, None]
    legs = world[:, lower] - pelvis
    world[:, lower] = pelvis + np.stack([legs[..., 0], legs[..., 2], -legs[..., 1]], axis=-1)
    assert (cannot_step(replace(above, world_m=world)) == "sitting").mean() > 0.9
