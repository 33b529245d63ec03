"""Straps from above at the shoulders of flat people who glide through a textured room."""

from __future__ import annotations

import cv2
import numpy as np

from gaitcheck.people.things import HandThings
from gaitcheck.people.track import HAND_ARRAYS
from gaitcheck.pose.landmarks import INDEX
from tests.people import scene

HEIGHT, FEET_Y, SPEED_PX_S = 220.0, 420.0, 110.0
STRAP_BGR = (90, 20, 20)
SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]


def body_at(t: float) -> np.ndarray:
    return scene.standing(x=150.0 + SPEED_PX_S * t, feet_y=FEET_Y, height=HEIGHT)


def strap(picture: np.ndarray, shoulder: np.ndarray) -> None:
    x, y = (round(v) for v in shoulder)
    cv2.line(picture, (x, y), (x, y - round(0.55 * HEIGHT)), STRAP_BGR, 3)


def straps(picture: np.ndarray, points: np.ndarray) -> None:
    for shoulder in points[SHOULDERS]:
        strap(picture, shoulder)


def one_strap(picture: np.ndarray, points: np.ndarray) -> None:
    strap(picture, points[SHOULDERS[0]])


def room(width: int = 1000) -> np.ndarray:
    """Lighter than the straps."""
    return cv2.add(scene.room(width=width), np.full((480, width, 3), 70, np.uint8))


def scores(*, draw=None, background=None, path=body_at, pan_px_s: float = 0.0) -> np.ndarray:
    """Scores of every look from 1.5 s on, shape (n, 2)."""
    wide = room() if background is None else background
    things, out = HandThings(), []
    for i in range(60):
        t = i / 25
        picture, points = wide.copy(), path(t)
        if draw is not None:
            draw(picture, points)
        scene.paint(picture, points, 0)
        to_room = np.eye(3)
        to_room[0, 2] = shift = round(pan_px_s * t)
        found = things.look(
            np.ascontiguousarray(picture[:, shift : shift + 640]),
            time_s=t,
            to_room=to_room,
            bodies={7: points - np.array([shift, 0.0])},
            visibility={7: np.ones(33)},
        )
        if t >= 1.5 and found:
            out.append(found[7][HAND_ARRAYS.index("above")])
    return np.array(out)


def test_straps_that_go_along_are_above_both_shoulders():
    assert np.nanmean(scores(draw=straps), axis=0).min() > 0.7


def test_a_strap_is_above_its_own_shoulder():
    left, right = np.nanmean(scores(draw=one_strap), axis=0)
    assert left > 0.7
    assert right < 0.2


def test_above_a_free_walker_is_nothing():
    assert np.nanmax(scores()) < 0.1


def test_lines_of_the_room_that_are_passed_are_no_straps():
    background = room()
    for x in range(40, 1000, 45):
        cv2.line(background, (x, 40), (x, 430), STRAP_BGR, 3)
    assert np.nanmean(scores(background=background)) < 0.1


def test_a_raised_arm_is_no_strap():
    def waves(t: float) -> np.ndarray:
        points = body_at(t)
        arm = {"elbow": 0.14, "wrist": 0.32, "pinky": 0.36, "index": 0.37, "thumb": 0.35}
        for part, up in arm.items():
            points[INDEX[f"left_{part}"]] = points[SHOULDERS[0]] - np.array([0.0, up * HEIGHT])
        return points

    assert np.nanmax(np.nan_to_num(scores(path=waves))) < 0.2


def test_a_tall_hair_is_no_strap():
    def hair(picture: np.ndarray, points: np.ndarray) -> None:
        x, y = points[: INDEX["mouth_right"] + 1].mean(axis=0)
        cv2.circle(
            picture, (round(x), round(y - 0.06 * HEIGHT)), round(0.12 * HEIGHT), STRAP_BGR, -1
        )

    assert np.nanmean(scores(draw=hair)) < 0.3


def test_of_a_camera_that_moves_nothing_is_told():
    assert np.isnan(scores(draw=straps, pan_px_s=80.0)).all()
