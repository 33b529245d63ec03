"""Lines from hands towards the floor, drawn before legs, borders and rooms."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from gaitcheck.people.kept import Kept
from gaitcheck.people.sticks import LOOKS, lasting, lines_at, stick_look

SHAPE = (96, 136)
HANDS = np.array([[60.0, 40.0], [90.0, 40.0]])
FLOOR = 90.0
ZOOM = 3.0
"""Px of the picture for one of the patch."""
TROUSERS = (90, 60, 50)
STICK = (170, 170, 175)


def picture() -> np.ndarray:
    """Trousers over all of the patch, with folds of their own."""
    rng = np.random.default_rng(3)
    shape = (round(SHAPE[0] * ZOOM), round(SHAPE[1] * ZOOM))
    folds = rng.normal(0, 12, (shape[0] // 12, shape[1] // 12)).astype(np.float32)
    folds = cv2.resize(folds, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(np.array(TROUSERS) + folds[..., None], 0, 255).astype(np.uint8)


def at(x: float, y: float) -> tuple[int, int]:
    return round(ZOOM * x), round(ZOOM * y)


def draw_stick(image: np.ndarray, *, top=(60.0, 40.0), tip=(70.0, 90.0), width_px: int = 4) -> None:
    cv2.line(image, at(*top), at(*tip), STICK, width_px, cv2.LINE_AA)


def score(image: np.ndarray, *, new: np.ndarray | None = None, floor: float = FLOOR) -> np.ndarray:
    kept = Kept(image, time_s=0.0, to_room=np.eye(3), bodies={})
    everywhere = np.ones(SHAPE, dtype=bool)
    look = stick_look(
        kept,
        np.diag([ZOOM, ZOOM, 1.0]),
        hands=HANDS,
        floor=floor,
        new=everywhere if new is None else new,
    )
    return lines_at(look)


@pytest.mark.parametrize("tip_x", [45.0, 60.0, 80.0])
def test_a_stick_before_the_legs_is_at_its_hand_alone(tip_x):
    image = picture()
    draw_stick(image, tip=(tip_x, 90.0))
    left, right = score(image)
    assert left > 0.9
    assert right == 0


def test_a_dark_stick_counts_as_well():
    image = 255 - picture()
    cv2.line(image, at(60, 40), at(70, 90), (60, 60, 60), 4, cv2.LINE_AA)
    assert score(image)[0] > 0.9


def test_legs_alone_are_no_stick():
    assert score(picture()).max() == 0


def test_the_border_of_a_leg_is_no_stick():
    image = picture()
    border = round(62 * ZOOM)
    image[:, :border] = 230
    image[:, border : border + 4] = 10  # what sharpening makes of it
    assert score(image).max() == 0


def test_a_limb_is_too_broad_for_a_stick():
    image = picture()
    draw_stick(image, width_px=round(7 * ZOOM))
    assert score(image).max() == 0


def test_a_line_that_does_not_begin_at_the_hand_is_no_stick():
    image = picture()
    draw_stick(image, top=(60.0, 68.0))
    assert score(image).max() == 0
    draw_stick(other := picture(), top=(75.0, 40.0), tip=(75.0, 90.0))
    assert score(other).max() == 0


def test_a_line_of_the_room_is_no_stick():
    image = picture()
    draw_stick(image)
    assert score(image, new=np.zeros(SHAPE, dtype=bool)).max() == 0


def test_a_hand_near_the_floor_holds_no_stick():
    image = picture()
    draw_stick(image, tip=(62.0, 55.0))
    assert score(image, floor=55.0).max() == 0


def test_a_line_that_stays_is_a_stick_and_one_for_two_looks_is_a_fold():
    there, gone = np.array([1.0, 0.0]), np.zeros(2)
    assert lasting([there] * LOOKS).tolist() == [1, 0]
    assert lasting([there, there, gone, there, there]).tolist() == [1, 0]
    assert lasting([gone, gone, there, there, gone]).max() == 0
    assert lasting([there, there]).max() == 0
