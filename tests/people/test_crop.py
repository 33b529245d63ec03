from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.crop import Crop, crop_around, crop_of_box
from tests.people.scene import standing


@pytest.mark.parametrize(
    "crop",
    [Crop(320, 240, 200), Crop(12.5, 470.25, 90), Crop(300, 420, 1400), Crop(321.7, 240.3, 640)],
    ids=["inside", "over the edge", "reduced", "reduced by two"],
)
def test_what_is_seen_in_a_crop_is_found_in_the_picture(crop):
    picture = np.zeros((900, 1200, 3), np.uint8)
    true = np.array([crop.x_px + 0.1 * crop.size_px, crop.y_px - 0.2 * crop.size_px])
    ys, xs = np.mgrid[0:900, 0:1200] + 0.5
    radius = 0.04 * crop.size_px
    picture[(xs - true[0]) ** 2 + (ys - true[1]) ** 2 < radius**2] = 255
    cut = crop.cut(picture)
    assert cut.shape == (384, 384, 3)
    weight = cut[..., 0].astype(float)
    rows, columns = np.mgrid[0:384, 0:384] + 0.5
    seen = np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()
    # A landmark is a place, not a pixel: pixel k covers k to k + 1.
    assert crop.to_picture(seen) == pytest.approx(true, abs=0.004 * crop.size_px)


def test_crop_outside_the_picture_is_black():
    cut = Crop(-5000, -5000, 100).cut(np.full((100, 100, 3), 200, np.uint8))
    assert not cut.any()
    assert not Crop(-5000, -5000, 1000).cut(np.full((100, 100, 3), 200, np.uint8)).any()


def test_crop_around_a_body_has_its_margin():
    points = standing(x=500, feet_y=1000, height=200)
    crop = crop_around(points, margin=1.5, picture_size=(4000, 4000))
    assert crop.size_px == pytest.approx(1.5 * 208, rel=0.06)
    assert (crop.box[:2] < points.min(axis=0)).all()
    assert (crop.box[2:] > points.max(axis=0)).all()


def test_crop_around_a_body_at_the_edge_keeps_room_for_the_rest_of_it():
    points = standing(x=320, feet_y=600, height=400)  # hips and legs below the picture's edge
    assert crop_around(points, margin=1.5, picture_size=(640, 300)).size_px > 350


def test_crop_of_an_empty_box_is_not_empty():
    assert crop_of_box(np.zeros(4), margin=1.5).size_px > 0
