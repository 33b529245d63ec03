"""Falls seen along the body, where the trunk in the picture stays upright; and what is none."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.dropping import drops
from gaitcheck.gait.going_down import body_motion
from gaitcheck.gait.steps import find_steps
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

sys.path.insert(0, str(Path(__file__).parent))
import walker as w


def comes_down(to: float, within_s: float, *, at_s: float = 2.0, until_s: float = 9.0) -> Track:
    """Seen from the front, the body turns about the feet along the line of sight.

    What is seen of its height comes down to a part of it.
    """
    track = w.make_track([], duration_s=6.0, camera=w.FRONT_VIEW)
    points, world = track.points_px.copy(), track.world_m.copy()
    floor = points[:, [INDEX["left_ankle"], INDEX["right_ankle"]], 1].max(axis=1)
    part = np.clip((track.time_s - at_s) / within_s, 0, 1) * (track.time_s < until_s)
    height = (1 - (1 - to) * part)[:, None]
    points[..., 1] = floor[:, None] - (floor[:, None] - points[..., 1]) * height
    aside = np.sqrt(1 - height**2)
    world[..., 1], world[..., 2] = (
        height * world[..., 1] - aside * world[..., 2],
        aside * world[..., 1] + height * world[..., 2],
    )
    return replace(track, points_px=points, world_m=world)


def test_who_falls_towards_the_camera_fell() -> None:
    found = find_steps(comes_down(0.4, 0.6))
    assert "falling" in {p.posture for p in found.postures}
    (fall,) = drops(body_motion(found.repaired))
    assert fall.start_s == pytest.approx(2.1, abs=0.15)
    assert fall.deep == 1.0


@pytest.mark.parametrize(
    ("to", "within_s", "until_s"),
    [(0.4, 2.0, 9.0), (0.66, 0.4, 9.0), (0.4, 0.5, 2.8)],
    ids=["slowly, to the floor", "fast, to the knees", "and is up at once"],
)
def test_who_goes_down_otherwise_did_not(to: float, within_s: float, until_s: float) -> None:
    track = find_steps(comes_down(to, within_s, until_s=until_s)).repaired
    assert drops(body_motion(track)) == []


def test_who_leaves_the_picture_while_sinking_in_it_did_not_fall() -> None:
    track = comes_down(0.4, 0.6)
    assert "falling" in {p.posture for p in find_steps(track).postures}
    feet = track.points_px[:, [INDEX["left_ankle"], INDEX["right_ankle"]], 1].max()
    cut = replace(track, picture_size=(track.picture_size[0], int(feet)))
    assert "falling" not in {p.posture for p in find_steps(cut).postures}


def test_who_is_lost_from_sight_when_down_fell() -> None:
    track = w.unseen(comes_down(0.4, 0.6), [(2.85, 5.0)])
    (fall,) = drops(body_motion(track))
    assert fall.end_s < 2.7


def test_what_nobody_saw_is_not_told() -> None:
    track = w.unseen(comes_down(0.4, 0.6), [(2.1, 2.5)])
    assert drops(body_motion(track)) == []
