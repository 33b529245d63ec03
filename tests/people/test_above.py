"""Straps from above at the shoulders of flat people who glide through a textured room."""

from __future__ import annotations

import cv2
import numpy as np

from gaitcheck.pose.landmarks import INDEX
from tests.people.gliding import HEIGHT, body_at, light_room, scores

STRAP_BGR = (90, 20, 20)
SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]


def strap(picture: np.ndarray, shoulder: np.ndarray) -> None:
    x, y = (round(v) for v in shoulder)
    cv2.line(picture, (x, y), (x, y - round(0.55 * HEIGHT)), STRAP_BGR, 3)


def straps(picture: np.ndarray, points: np.ndarray) -> None:
    for shoulder in points[SHOULDERS]:
        strap(picture, shoulder)


def one_strap(picture: np.ndarray, points: np.ndarray) -> None:
    strap(picture, points[SHOULDERS[0]])


def test_straps_that_go_along_are_above_both_shoulders():
    assert np.nanmean(scores("above", draw=straps), axis=0).min() > 0.7


def test_a_strap_is_above_its_own_shoulder():
    left, right = np.nanmean(scores("above", draw=one_strap), axis=0)
    assert left > 0.7
    assert right < 0.2


def test_above_a_free_walker_is_nothing():
    assert np.nanmax(scores("above")) < 0.1


def test_lines_of_the_room_that_are_passed_are_no_straps():
    background = light_room()
    for x in range(40, 1000, 45):
        cv2.line(background, (x, 40), (x, 430), STRAP_BGR, 3)
    assert np.nanmean(scores("above", background=background)) < 0.1


def test_a_raised_arm_is_no_strap():
    def waves(t: float) -> np.ndarray:
        points = body_at(t)
        arm = {"elbow": 0.14, "wrist": 0.32, "pinky": 0.36, "index": 0.37, "thumb": 0.35}
        for part, up in arm.items():
            points[INDEX[f"left_{part}"]] = points[SHOULDERS[0]] - np.array([0.0, up * HEIGHT])
        return points

    assert np.nanmax(np.nan_to_num(scores("above", path=waves))) < 0.2


def test_a_tall_hair_is_no_strap():
    def hair(picture: np.ndarray, points: np.ndarray) -> None:
        x, y = points[: INDEX["mouth_right"] + 1].mean(axis=0)
        cv2.circle(
            picture, (round(x), round(y - 0.06 * HEIGHT)), round(0.12 * HEIGHT), STRAP_BGR, -1
        )

    assert np.nanmean(scores("above", draw=hair)) < 0.3


def test_of_a_camera_that_moves_nothing_is_told():
    assert np.isnan(scores("above", draw=straps, pan_px_s=80.0)).all()
