"""Sticks that stand on the floor, or do not, drawn beside hands that go on past them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from gaitcheck.people.kept import Kept
from gaitcheck.people.planted import lately, planted
from gaitcheck.people.sticks import StickLook, stick_look

SHAPE = (96, 136)
ZOOM = 3.0
"""Px of the picture for one of the patch."""
FLOOR = 90.0
PACE = 35.0
"""Px of the patch a second in which the hand goes on."""
TROUSERS = (90, 60, 50)
STICK = (170, 170, 175)

Tips = Callable[[float], float]
"""Where the stick's tip is in the room, px of the patch, by the time."""


def hand_at(time_s: float, *, pace: float = PACE) -> float:
    return 38.0 + pace * time_s


def stands(_: float) -> float:
    return 45.0


def goes_along(time_s: float) -> float:
    return hand_at(time_s) + 8.0


def swings(time_s: float) -> float:
    return hand_at(time_s) + 20.0 * np.sin(7.0 * time_s)


def looks_at(
    tip: Tips | None, *, pace: float = PACE, pan: float = 0.0, until_s: float = 0.7, hand_y=40.0
) -> list[StickLook]:
    """Looks 0.07 s apart at somebody who walks, before a camera that pans, px of the patch a s."""
    looks = []
    for time_s in np.arange(0.0, until_s + 1e-6, 0.07):
        hand_x = hand_at(time_s, pace=pace) - pan * time_s
        image = np.full((round(SHAPE[0] * ZOOM), round(SHAPE[1] * ZOOM), 3), TROUSERS, np.uint8)
        if tip is not None:
            top = (round(ZOOM * hand_x), round(ZOOM * hand_y))
            end_x = tip(float(time_s)) - pan * time_s
            cv2.line(image, top, (round(ZOOM * end_x), round(ZOOM * FLOOR)), STICK, 4, cv2.LINE_AA)
        to_room = np.array([[1.0, 0.0, ZOOM * pan * time_s], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
        kept = Kept(image, time_s=float(time_s), to_room=to_room, bodies={})
        looks.append(
            stick_look(
                kept,
                np.diag([ZOOM, ZOOM, 1.0]),
                hands=np.array([[hand_x, hand_y], [hand_x + 30.0, hand_y]]),
                floor=FLOOR,
                new=np.ones(SHAPE, dtype=bool),
            )
        )
    return lately(looks)


@pytest.mark.parametrize("pan", [0.0, 35.0, 50.0], ids=["fixed camera", "follows", "overtakes"])
def test_a_stick_that_stands_is_seen_to_stand_whatever_the_camera_does(pan):
    left, right = planted(looks_at(stands, pan=pan))
    assert left > 0.9
    assert right == 0.0


@pytest.mark.parametrize("tip", [goes_along, swings, None])
def test_what_goes_along_with_the_hand_does_not_stand(tip):
    assert planted(looks_at(tip)).max() < 0.1


@pytest.mark.parametrize(
    "looks",
    [looks_at(stands, pace=5.0), looks_at(stands, until_s=0.4), looks_at(stands, hand_y=80.0)],
    ids=["a hand that rests", "too short a time", "a hand at the floor"],
)
def test_nothing_is_told_where_it_cannot_be(looks):
    assert np.isnan(planted(looks)).all()


def test_ten_pictures_a_second_are_enough():
    looks = looks_at(stands, until_s=0.9)
    now = looks[-1].time_s
    assert planted([look for look in looks if round((now - look.time_s) / 0.07) % 2 == 0])[0] > 0.9
