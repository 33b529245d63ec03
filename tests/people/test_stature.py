from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.stature import statures
from gaitcheck.people.track import Track
from tests.people.scene import standing

N = 30


def _track(person, *, height, x=100.0, feet_y=400.0, rows=range(N), visibility=0.9):
    rows = np.array(rows)
    points = np.stack([standing(x=x + row, feet_y=feet_y, height=height) for row in rows])
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    n = len(rows)
    return Track(
        person=person, time_s=rows / 25, frame_index=rows, points_px=points,
        visibility=np.full((n, 33), visibility), world_m=np.zeros((n, 33, 3)), boxes_px=boxes,
        to_room=np.tile(np.eye(3), (n, 1, 1)), picture_size=(640, 480),
    )  # fmt: skip


def test_a_child_beside_an_adult_is_the_smaller():
    assert statures([_track(1, height=200), _track(2, height=120, x=200)]) == {
        1: "larger",
        2: "smaller",
    }


def test_of_three_whoever_is_smaller_than_anybody_is_smaller():
    tracks = [_track(1, height=220), _track(2, height=140, x=200), _track(3, height=90, x=300)]
    assert statures(tracks) == {1: "larger", 2: "smaller", 3: "smaller"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"height": 200}, {"height": 180}, id="two adults"),
        pytest.param({"height": 200}, {"height": 120, "feet_y": 320.0}, id="one is farther away"),
        pytest.param({"height": 200}, {"height": 120, "rows": range(N, 2 * N)}, id="never at once"),
        pytest.param({"height": 200}, {"height": 120, "rows": range(5)}, id="too short together"),
        pytest.param({"height": 200}, {"height": 120, "visibility": 0.2}, id="feet hidden"),
    ],
)
def test_who_cannot_be_compared_or_is_about_as_tall_is_neither(one, other):
    assert statures([_track(1, **one), _track(2, **other)]) == {}


def test_nobody_and_somebody_alone():
    assert statures([]) == {}
    assert statures([_track(1, height=200)]) == {}
