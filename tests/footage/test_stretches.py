from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.footage.stretches import SHORTEST_S, STRETCH_S, joined, stretches
from gaitcheck.footage.windows import LEAD_S
from gaitcheck.people.track import Track
from gaitcheck.time import Interval
from tests.people.scene import standing

FPS = 10


def walker(start_s: float, end_s: float, *, at_x: float = 100.0, speed: float = 20.0) -> Track:
    """Somebody who walks to the right, the same at the same time in whatever track."""
    frames = np.arange(round(start_s * FPS), round(end_s * FPS))
    points = np.stack([standing(x=at_x + speed * k / FPS, feet_y=300, height=160) for k in frames])
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    n = len(frames)
    return Track(
        person=1, time_s=frames / FPS, frame_index=frames, points_px=points,
        visibility=np.ones((n, 33)), world_m=np.zeros((n, 33, 3)), boxes_px=boxes,
        to_room=np.broadcast_to(np.eye(3), (n, 3, 3)), picture_size=(640, 480),
        things=np.zeros((n, 2)),
    )  # fmt: skip


def unseen(track: Track, *, from_s: float, to_s: float) -> Track:
    """Take the person out of sight for a while."""
    away = (track.time_s >= from_s) & (track.time_s < to_s)
    points, boxes = track.points_px.copy(), track.boxes_px.copy()
    points[away], boxes[away] = np.nan, np.nan
    return replace(track, points_px=points, boxes_px=boxes)


def test_a_short_window_is_one_stretch() -> None:
    for window in (Interval(0, math.inf), Interval(0, 40), Interval(20, 40)):
        assert stretches(window, duration_s=STRETCH_S + SHORTEST_S - 0.1) == [window]


def test_each_stretch_begins_before_the_last_ends_and_seams_keep_their_times() -> None:
    found = stretches(Interval(0, math.inf), duration_s=100)
    assert [(s.start_s, s.end_s) for s in found] == [
        (0, STRETCH_S),
        (STRETCH_S - LEAD_S, 2 * STRETCH_S),
        (2 * STRETCH_S - LEAD_S, math.inf),
    ]
    later = stretches(Interval(8, 100), duration_s=500)
    assert later[0] == Interval(8, STRETCH_S)
    assert later[1] == found[1]


@pytest.mark.parametrize("start_s", [0.0, 7.3, 16.0, 29.9, 45.0])
@pytest.mark.parametrize("length_s", [10.0, 44.9, 61.0, 130.0])
def test_stretches_cover_the_window_and_none_is_short(start_s: float, length_s: float) -> None:
    window = Interval(start_s, start_s + length_s)
    found = stretches(window, duration_s=1000)
    assert found[0].start_s == window.start_s
    assert found[-1].end_s == window.end_s
    assert all(a.end_s == pytest.approx(b.start_s + LEAD_S) for a, b in itertools.pairwise(found))
    assert len(found) == 1 or all(s.duration_s >= SHORTEST_S for s in found)


def test_one_person_across_a_seam_is_one_track_with_every_frame_once() -> None:
    (track,) = joined([[walker(20, 30)], [walker(27.5, 40)]])
    assert np.array_equal(track.frame_index, np.arange(200, 400))
    assert np.array_equal(track.points_px, walker(20, 40).points_px)


def test_several_seams_make_one_track() -> None:
    (track,) = joined([[walker(2, 30)], [walker(27, 60)], [walker(57, 70)]])
    assert np.array_equal(track.frame_index, np.arange(20, 700))


def test_people_side_by_side_stay_two() -> None:
    a, b = joined(
        [
            [walker(20, 30, at_x=0), walker(21, 30, at_x=90)],
            [walker(27, 40, at_x=90), walker(27, 41, at_x=0)],
        ]
    )
    assert (a.time_s[0], b.time_s[0]) == (20, 21)
    assert (a.time_s[-1], b.time_s[-1]) == (40.9, 39.9)
    assert np.abs(np.diff(a.points_px[:, 0, 0])).max() < 3


def test_who_left_before_the_seam_and_who_came_after_are_two_people() -> None:
    assert len(joined([[walker(20, 28)], [walker(31, 40)]])) == 2


def test_where_the_older_track_sees_nobody_the_younger_one_does() -> None:
    old = unseen(walker(20, 30), from_s=28, to_s=29)
    (track,) = joined([[old], [walker(27, 40)]])
    assert track.seen.all()
    (track,) = joined([[old], [unseen(walker(27, 40), from_s=28, to_s=29)]])
    assert (~track.seen).sum() == FPS


def test_what_is_fixed_in_the_room_stays_fixed_where_the_camera_moves() -> None:
    """The second stretch counts from a picture of its own; also for who was not there before."""
    turn = np.array([[1.0, 0.02, 5.0], [-0.02, 1.0, 7.0], [0.0, 0.0, 1.0]])
    pan = np.array([[1.0, 0.0, -30.0], [0.0, 1.0, 4.0], [0.0, 0.0, 1.0]])
    old = walker(20, 30)
    old = replace(old, to_room=np.broadcast_to(pan @ turn, (len(old), 3, 3)))
    new, other = walker(27, 40), walker(32, 40, at_x=600, speed=-20)
    new, other = (replace(t, to_room=np.broadcast_to(turn, (len(t), 3, 3))) for t in (new, other))
    a, b = joined([[old], [new, other]])
    assert np.allclose(a.to_room, pan @ turn)
    assert np.allclose(b.to_room, pan @ turn)


def test_tracks_without_a_look_at_things_can_be_joined() -> None:
    old = replace(walker(20, 30), things=None)
    (track,) = joined([[old], [walker(27, 40)]])
    assert track.things is None


def test_what_both_have_told_of_the_hands_is_joined() -> None:
    old, new = (
        replace(t, below=np.full((len(t), 2), 0.5)) for t in (walker(20, 30), walker(27, 40))
    )
    (track,) = joined([[old], [replace(new, rails=new.below)]])
    assert track.below is not None
    assert (track.below == 0.5).all()
    assert track.rails is None
