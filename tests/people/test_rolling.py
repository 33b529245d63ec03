"""What rolls along beside the legs of flat people who glide through a textured room."""

from __future__ import annotations

import cv2
import numpy as np

from gaitcheck.people.geometry import HIPS
from tests.people.gliding import FEET_Y, HEIGHT, body_at, light_room, scores

FRAME_BGR = (120, 40, 30)
POST_X, TOP, BOTTOM = 0.25, 0.48, 0.02
"""Of a frame: how far from the middle, and from where to where over the floor, body heights."""
HIPS_UP = 0.52
"""Height of the hips over the floor of who stands, body heights."""


def _hips(points: np.ndarray) -> float:
    return float(points[list(HIPS), 0].mean())


def post(picture: np.ndarray, points: np.ndarray, *, across: float = POST_X) -> None:
    x = round(_hips(points) + across * HEIGHT)
    low, high = (round(FEET_Y - share * HEIGHT) for share in (BOTTOM, TOP))
    cv2.line(picture, (x, low), (x, high), FRAME_BGR, 4)


def frame(picture: np.ndarray, points: np.ndarray) -> None:
    for across in (-POST_X, POST_X):
        post(picture, points, across=across)


def broad_box(picture: np.ndarray, points: np.ndarray) -> None:
    left, right = (round(_hips(points) + share * HEIGHT) for share in (0.16, 0.5))
    top, low = (round(FEET_Y - share * HEIGHT) for share in (0.4, 0.0))
    picture[top:low, left:right] = (60, 110, 170)


def shadow(picture: np.ndarray, points: np.ndarray) -> None:
    """On a wall beside the walker: the room darker, all colours alike, with soft borders."""
    mask = np.zeros(picture.shape[:2], np.float32)
    x = round(_hips(points) + 0.3 * HEIGHT)
    cv2.ellipse(
        mask, (x, round(FEET_Y - 0.3 * HEIGHT)), (24, round(0.35 * HEIGHT)), 0, 0, 360, 1.0, -1
    )
    mask = cv2.GaussianBlur(mask, (0, 0), 5.0)
    picture[:] = (picture * (1 - 0.35 * mask[..., None])).astype(np.uint8)


def test_a_frame_is_on_both_sides():
    assert np.nanmean(scores("beside", draw=frame), axis=0).min() > 0.6


def test_a_post_is_on_its_own_side_in_the_picture():
    left, right = np.nanmean(scores("beside", draw=post), axis=0)
    assert right > 0.6
    assert left < 0.05


def test_a_broad_box_is_seen_though_it_is_not_narrow():
    assert np.nanmean(scores("beside", draw=broad_box)[:, 1]) > 0.5


def test_beside_a_free_walker_is_nothing():
    assert np.nanmax(scores("beside")) < 0.1


def test_a_shadow_that_goes_along_on_a_wall_is_nothing():
    wall = cv2.GaussianBlur(light_room(), (0, 0), 8.0)  # tiles cut shadows into narrow pieces
    behind, shaded = np.nanmean(scores("beside", draw=shadow, background=wall), axis=0)
    assert shaded < 0.05
    assert behind < 0.35  # slivers of the wall, lit again: less than the cue asks for
    assert np.nanmean(scores("beside", draw=frame, background=wall), axis=0).min() > 0.6


def test_posts_of_the_room_that_are_passed_do_not_roll_along():
    background = light_room()
    for x in range(40, 1000, 70):
        cv2.line(background, (x, 310), (x, 420), FRAME_BGR, 4)
    assert np.nanmean(scores("beside", background=background)) < 0.1


def test_a_frame_rolls_along_before_a_camera_that_pans_too():
    assert np.nanmean(scores("beside", draw=frame, pan_px_s=80.0), axis=0).min() > 0.6
    assert np.nanmax(np.nan_to_num(scores("beside", pan_px_s=80.0))) < 0.2


def test_of_who_crawls_nothing_is_told():
    def crawls(t: float) -> np.ndarray:
        points = body_at(t)
        up = FEET_Y - points[:, 1]
        hip = HIPS_UP * HEIGHT
        points[:, 0] += np.maximum(up - hip, 0.0)  # the trunk lies, as long as it is
        points[:, 1] = FEET_Y - 0.15 * np.minimum(up, hip)
        return points

    assert np.isnan(scores("beside", draw=frame, path=crawls)).all()
