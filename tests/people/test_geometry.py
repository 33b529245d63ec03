from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.geometry import (
    Crop,
    body_box,
    body_centre,
    body_mask,
    body_size,
    covered_head,
    covered_share,
    crop_around,
    crop_of_box,
    head_top,
    overlap,
    touching,
    without_legs,
)
from tests.people.scene import standing

BIG = (4000, 4000)


@pytest.mark.parametrize("height", [60.0, 170.0, 900.0])
def test_size_of_an_adult_who_stands_is_the_height(height):
    assert body_size(standing(x=500, feet_y=1000, height=height)) == pytest.approx(height, rel=0.12)


def test_size_does_not_change_with_a_turn_in_the_picture():
    points = standing(x=500, feet_y=1000, height=200)
    lying = (points - 500) @ np.array([[0.0, 1.0], [-1.0, 0.0]]) + 500
    assert body_size(lying) == pytest.approx(body_size(points))


def test_head_top_is_above_the_eyes_by_about_half_a_head():
    top = head_top(standing(x=500, feet_y=1000, height=200))
    assert top[0] == pytest.approx(500, abs=1)
    assert 1000 - top[1] == pytest.approx(200, abs=8)


def test_box_holds_the_whole_person():
    box = body_box(standing(x=500, feet_y=1000, height=200), picture_size=BIG)
    assert overlap(box, np.array([465.0, 800.0, 535.0, 1003.0])) > 0.85


def test_box_is_cut_at_the_edge_of_the_picture():
    box = body_box(standing(x=5, feet_y=500, height=200), picture_size=(640, 480))
    assert box[0] == 0
    assert box[3] == 480


def test_box_of_a_body_outside_is_empty_not_negative():
    box = body_box(standing(x=-500, feet_y=400, height=200), picture_size=(640, 480))
    assert box[2] == box[0] == 0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), 1.0),
        ((0, 0, 10, 10), (5, 0, 15, 10), 1 / 3),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0.0),
        ((0, 0, 0, 0), (0, 0, 0, 0), 0.0),
    ],
    ids=["same", "half", "beside", "empty"],
)
def test_overlap(a, b, expected):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    assert overlap(a, b) == pytest.approx(expected)
    assert touching(a, b) == (expected > 0)


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
    crop = crop_around(points, margin=1.5, picture_size=BIG)
    assert crop.size_px == pytest.approx(1.5 * 208, rel=0.06)
    assert (crop.box[:2] < points.min(axis=0)).all()
    assert (crop.box[2:] > points.max(axis=0)).all()


def test_crop_around_a_body_at_the_edge_keeps_room_for_the_rest_of_it():
    points = standing(x=320, feet_y=600, height=400)  # hips and legs below the picture's edge
    assert crop_around(points, margin=1.5, picture_size=(640, 300)).size_px > 350


def test_crop_of_an_empty_box_is_not_empty():
    assert crop_of_box(np.zeros(4), margin=1.5).size_px > 0


def test_mask_covers_the_body_and_not_the_room():
    points = standing(x=100, feet_y=190, height=180)
    mask = body_mask(points, shape=(200, 200))
    at = points.astype(int)
    assert (mask[at[:, 1], at[:, 0]] == 255).all()
    assert 0.05 < (mask > 0).mean() < 0.3
    assert not mask[:, :50].any()


def test_mask_at_reduced_size_covers_the_same_share():
    points = standing(x=100, feet_y=190, height=180)
    full = (body_mask(points, shape=(200, 200)) > 0).mean()
    half = (body_mask(points, shape=(100, 100), scale=0.5) > 0).mean()
    assert half == pytest.approx(full, rel=0.1)


def test_centre_is_between_shoulders_and_hips():
    assert body_centre(standing(x=100, feet_y=200, height=100)) == pytest.approx([100, 133])


def test_covered_share_tells_legs_of_another_from_a_child_beside():
    adult = standing(x=300, feet_y=400, height=300)
    legs = standing(x=300, feet_y=395, height=110)
    assert covered_share(legs, [adult]) > 0.8
    assert covered_share(standing(x=365, feet_y=400, height=140), [adult]) < 0.5
    assert covered_share(standing(x=420, feet_y=400, height=140), [adult]) == 0.0
    assert covered_share(legs, []) == 0.0


def test_covered_head_tells_a_head_on_anothers_legs_from_one_beside_them():
    adult = standing(x=300, feet_y=400, height=300)
    assert covered_head(standing(x=310, feet_y=395, height=130), adult) > 0.8
    assert covered_head(standing(x=360, feet_y=400, height=140), adult) < 0.3


def test_without_legs_keeps_all_but_the_legs():
    adult = standing(x=300, feet_y=400, height=300)
    cut = without_legs(adult)
    np.testing.assert_array_equal(cut[:25], adult[:25])
    assert (cut[25:, 1] < 250).all()
