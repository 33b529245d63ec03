from __future__ import annotations

import math

import numpy as np
import pytest

from gaitcheck.footage.edges import extended
from gaitcheck.footage.windows import EXTEND_S, LEAD_S, TAIL_S, length_s, windows
from gaitcheck.people.track import Track
from gaitcheck.time import Interval
from tests.people.scene import standing


def test_a_window_has_margins_on_both_sides() -> None:
    assert windows([Interval(100, 104)], duration_s=600) == [Interval(100 - LEAD_S, 104 + TAIL_S)]


def test_windows_that_are_near_become_one_and_far_ones_stay() -> None:
    found = windows([Interval(100, 104), Interval(110, 112), Interval(150, 152)], duration_s=600)
    assert [(w.start_s, w.end_s) for w in found] == [(98, 113.5), (148, 153.5)]
    assert length_s(found, duration_s=600) == 21


def test_nothing_moves_nothing_is_followed() -> None:
    assert windows([], duration_s=600) == []


def test_near_its_ends_a_window_goes_on_to_the_ends_of_the_video() -> None:
    assert windows([Interval(6, 7)], duration_s=600) == [Interval(0, 8.5)]
    assert windows([Interval(590, 594)], duration_s=600) == [Interval(588, math.inf)]


def walker(x_px: np.ndarray, time_s: np.ndarray) -> Track:
    points = np.stack([standing(x=x, feet_y=300, height=160) for x in x_px])
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    n = len(time_s)
    return Track(
        person=1, time_s=time_s, frame_index=np.arange(n), points_px=points,
        visibility=np.ones((n, 33)), world_m=np.zeros((n, 33, 3)), boxes_px=boxes,
        to_room=np.broadcast_to(np.eye(3), (n, 3, 3)), picture_size=(640, 480),
    )  # fmt: skip


WINDOW = Interval(100.0, 110.0)
TIME_S = np.arange(100, 110, 0.04)


@pytest.mark.parametrize(
    ("start_s", "stop_s", "expected"),
    [
        (104, 106, WINDOW),
        (100, 106, Interval(100 - EXTEND_S, 110)),
        (104, 110, Interval(100, 110 + EXTEND_S)),
        (100, 110, Interval(100 - EXTEND_S, 110 + EXTEND_S)),
    ],
    ids=["inside", "at the start", "at the end", "throughout"],
)
def test_a_window_at_whose_edge_somebody_walks_is_extended(
    start_s: float, stop_s: float, expected: Interval
) -> None:
    x = 100 + 80 * (np.clip(TIME_S, start_s, stop_s) - start_s)
    assert extended(WINDOW, [walker(x, TIME_S)], duration_s=600) == expected


def test_who_jitters_where_they_sit_extends_nothing() -> None:
    x = 100 + np.random.default_rng(0).normal(0, 2, len(TIME_S))
    assert extended(WINDOW, [walker(x, TIME_S)], duration_s=600) == WINDOW


def test_beyond_the_ends_of_a_video_there_is_nothing() -> None:
    whole = Interval(0.0, math.inf)
    track = walker(100 + 80 * TIME_S, TIME_S - 100)
    assert extended(whole, [track], duration_s=10) == whole
