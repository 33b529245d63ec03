from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.background import MovingBlobs
from gaitcheck.people.geometry import body_box, overlap
from tests.people.scene import paint, room, standing


def _noisy(picture: np.ndarray, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 4, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _settled(*, min_height_px: float = 45.0) -> MovingBlobs:
    blobs = MovingBlobs(min_height_px=min_height_px)
    for i in range(20):
        blobs.feed(_noisy(room(), i), time_s=i / 10)
    return blobs


def _with(points: np.ndarray, seed: int = 99) -> np.ndarray:
    picture = room()
    paint(picture, points, 0)
    return _noisy(picture, seed)


@pytest.mark.parametrize("height", [60.0, 120.0, 350.0])
def test_who_comes_in_is_a_blob(height):
    blobs = _settled()
    points = standing(x=300, feet_y=460, height=height)
    blobs.feed(_with(points), time_s=2.0)
    (box, *_) = blobs.uncovered([])
    assert overlap(box, body_box(points, picture_size=(640, 480))) > 0.6


def test_an_empty_room_has_none():
    assert _settled().uncovered([]) == []


def test_who_is_followed_is_none_but_whoever_stands_beside_them_is():
    blobs = _settled()
    adult = standing(x=300, feet_y=460, height=250)
    child = standing(x=380, feet_y=460, height=120)
    picture = _with(adult)
    paint(picture, child, 1)
    blobs.feed(picture, time_s=2.0)
    (box,) = blobs.uncovered([adult])
    assert overlap(box, body_box(child, picture_size=(640, 480))) > 0.4
    assert blobs.uncovered([adult, child]) == []


def test_what_is_smaller_than_a_person_is_left_out():
    blobs = _settled()
    blobs.feed(_with(standing(x=300, feet_y=460, height=18)), time_s=2.0)
    assert blobs.uncovered([]) == []


def test_a_change_of_light_is_nobody():
    blobs = _settled()
    bright = np.clip(room() * 1.6 + 20, 0, 255).astype(np.uint8)
    found = []
    for i in range(10):
        blobs.feed(_noisy(bright, i), time_s=2.0 + i / 10)
        found += blobs.uncovered([])
    assert found == []


def test_after_a_reset_the_present_is_background():
    blobs = _settled()
    picture = _with(standing(x=300, feet_y=460, height=200))
    blobs.reset()
    assert blobs.uncovered([]) == []
    blobs.feed(picture, time_s=2.0)
    blobs.feed(picture, time_s=2.1)
    assert blobs.uncovered([]) == []


def test_what_moves_beside_somebody_is_told_from_themselves():
    blobs = _settled()
    adult = standing(x=300, feet_y=460, height=350)
    child = standing(x=380, feet_y=460, height=160)
    place = np.array([340.0, 300.0, 420.0, 460.0])
    assert MovingBlobs(min_height_px=45.0).share_beside(place, adult) is None
    blobs.feed(_with(adult), time_s=2.0)
    alone = blobs.share_beside(place, adult)
    picture = room()
    paint(picture, adult, 0)
    paint(picture, child, 1)
    blobs.feed(_noisy(picture, 98), time_s=2.1)
    assert alone is not None
    assert alone < 0.05
    assert (blobs.share_beside(place, adult) or 0) > 0.15
    assert blobs.share_beside(place + 2000, adult) == 0.0
