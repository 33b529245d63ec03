from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.people.reduction import LARGEST_PX, Reduction
from gaitcheck.people.track import Track
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame
from tests.people.scene import standing


def track(points_px: np.ndarray, *, to_room: np.ndarray, size: tuple[int, int]) -> Track:
    n = len(points_px)
    return Track(
        person=1, time_s=np.arange(n) / 25, frame_index=np.arange(n), points_px=points_px,
        visibility=np.ones((n, 33)), world_m=np.zeros((n, 33, 3)),
        boxes_px=np.concatenate([points_px.min(axis=1), points_px.max(axis=1)], axis=1),
        to_room=np.broadcast_to(to_room, (n, 3, 3)), picture_size=size,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "factor"),
    [((640, 480), 1), ((LARGEST_PX, 1440), 1), ((3840, 2160), 2), ((2160, 3840), 2),
     ((4097, 2161), 2), ((7680, 4320), 4)],
)  # fmt: skip
def test_only_very_large_pictures_are_halved(size: tuple[int, int], factor: int) -> None:
    reduction = Reduction(size)
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    (frame,) = reduction.frames([Frame(index=3, time_s=0.1, image_bgr=picture)])
    assert reduction.factor == factor
    assert frame.image_bgr.shape == (size[1] // factor, size[0] // factor, 3)
    assert (frame.index, frame.time_s) == (3, 0.1)


def test_what_is_found_is_where_it_is_in_the_full_picture() -> None:
    """A white square of the full picture, found by its middle in the reduced one."""
    reduction = Reduction((3840, 2160))
    picture = np.zeros((2160, 3840, 3), np.uint8)
    picture[1000:1100, 2000:2200] = 255
    (frame,) = reduction.frames([Frame(index=0, time_s=0.0, image_bgr=picture)])
    rows, columns = np.nonzero(frame.image_bgr[..., 0])
    middle = np.full((1, 33, 2), (columns.mean(), rows.mean()))
    found = reduction.undone(track(middle, to_room=np.eye(3), size=(1920, 1080)))
    assert np.allclose(found.points_px, (2099.5, 1049.5))
    assert found.picture_size == (3840, 2160)


def test_the_camera_s_motion_is_that_of_the_full_picture() -> None:
    reduction = Reduction((3840, 2160))
    points = np.stack([standing(x=300 + 5 * k, feet_y=900, height=400) for k in range(4)])
    turn = np.array([[0.99, -0.05, 8.0], [0.05, 0.99, -3.0], [0.0, 0.0, 1.0]])
    small = track(points, to_room=turn, size=(1920, 1080))
    full = reduction.undone(small)
    there = reduction.undone(replace(small, points_px=small.points_room_px, to_room=np.broadcast_to(
        np.eye(3), (4, 3, 3))))  # fmt: skip
    assert np.allclose(full.points_room_px, there.points_px)


def test_the_smallest_person_is_as_large_in_the_room_but_never_too_small_to_see() -> None:
    reduction = Reduction((3840, 2160))
    for wanted_px, small_px in ((200.0, 100.0), (45.0, 45.0), (60.0, 45.0), (30.0, 30.0)):
        settings = reduction.settings(PeopleSettings(min_height_px=wanted_px))
        assert settings.min_height_px == small_px
    ordinary = PeopleSettings()
    assert Reduction((1920, 1080)).settings(ordinary) is ordinary
