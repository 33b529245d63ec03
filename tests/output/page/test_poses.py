from __future__ import annotations

import base64

import numpy as np
import pytest

from gaitcheck.output.page import poses as room
from gaitcheck.output.page.poses import GUESSED, LEVELS, POINTS, UNSEEN, poses
from gaitcheck.pose.landmarks import INDEX
from tests.output.page.pages import track_of


def decoded(pose: dict) -> tuple[np.ndarray, np.ndarray]:
    times = np.frombuffer(base64.b64decode(pose["times"]), "<u4") / 1e4
    points = np.frombuffer(base64.b64decode(pose["points"]), "<u2").reshape(-1, len(POINTS), 2)
    return times, points


def test_points_come_back_within_a_tenth_of_a_px():
    track = track_of()
    (pose,) = poses([track])
    times, points = decoded(pose)
    assert np.allclose(times, track.time_s, atol=1e-4)
    px = (points / LEVELS * 2 - 0.5) * np.array(track.picture_size)
    assert np.allclose(px, track.points_px[:, [INDEX[name] for name in POINTS]], atol=0.1)


def test_guessed_and_unseen_points_are_told():
    track = track_of(n=3)
    track.visibility[:, INDEX["left_wrist"]] = 0.2
    track.points_px[1, INDEX["nose"]] = np.nan
    track.points_px[2] = np.nan
    times, points = decoded(poses([track])[0])
    assert len(times) == 2, "a frame in which nobody was seen has no row"
    assert points[0, POINTS.index("left_wrist"), 0] & GUESSED
    assert not points[0, POINTS.index("right_wrist"), 0] & GUESSED
    assert points[1, 0, 0] == UNSEEN


def test_a_long_video_keeps_every_so_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "_MAX_ROWS", 30)
    times = [decoded(pose)[0] for pose in poses([track_of(n=40), track_of(person=2, n=40)])]
    assert [len(t) for t in times] == [14, 14]
    assert times[0][1] == pytest.approx(0.3)
