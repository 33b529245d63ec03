"""Things at the hands of flat people who glide through a textured room."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest

from gaitcheck.people.things import HandThings
from gaitcheck.people.track import HAND_ARRAYS
from gaitcheck.pose.landmarks import INDEX
from tests.people import gliding, scene
from tests.people.gliding import FEET_Y, HEIGHT, body_at

STICK_BGR = (40, 40, 40)
SEEN = {1: np.ones(33)}
"""Every landmark of the one person."""


def stick(picture: np.ndarray, points: np.ndarray) -> None:
    """A stick in the left hand, its tip before the feet."""
    x, y = points[INDEX["left_index"]]
    cv2.line(picture, (round(x), round(y)), (round(x) + 12, round(FEET_Y)), STICK_BGR, 3)


def shadow(picture: np.ndarray, points: np.ndarray) -> None:
    """A soft shadow beside the person."""
    x, y = points[INDEX["left_index"]]
    dark = np.ones(picture.shape[:2], np.float32)
    cv2.line(dark, (round(x) + 25, round(y)), (round(x) + 25, round(FEET_Y)), 0.5, 40)
    dark = cv2.GaussianBlur(dark, (0, 0), 8)
    picture[:] = np.clip(picture * dark[..., None], 0, 255).astype(np.uint8)


def poles(picture: np.ndarray) -> None:
    for x in range(40, 640, 60):
        cv2.line(picture, (x, 200), (x, 430), STICK_BGR, 3)


def scores(*, background=None, what: str = "things", **options) -> np.ndarray:
    """Scores of every look from 1.5 s on, shape (n, 2)."""
    wide = scene.room(width=1000) if background is None else background
    return gliding.scores(what, background=wide, **options)


def test_a_stick_is_at_its_hand():
    assert np.nanmean(scores(draw=stick)[:, 0]) > 0.7


def test_free_hands_have_nothing():
    assert np.nanmax(scores()) < 0.2


def test_a_stick_is_seen_by_a_camera_that_goes_along():
    assert np.nanmean(scores(draw=stick, pan_px_s=80.0)[:, 0]) > 0.6
    assert np.nanmean(scores(pan_px_s=80.0)) < 0.1


def test_poles_passed_by_belong_to_the_room():
    background = scene.room(width=1000)
    poles(background)
    assert np.nanmean(scores(background=background)) < 0.1


def test_a_soft_shadow_is_no_thing():
    slope = np.linspace(90, 200, 1000).astype(np.uint8)
    wall = np.repeat(np.tile(slope, (480, 1))[..., None], 3, axis=2)
    assert np.nanmean(scores(draw=shadow, background=wall)[:, 0]) < 0.1
    assert np.nanmean(scores(draw=stick, background=wall)[:, 0]) > 0.7


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_the_size_of_the_picture_matters_little(scale):
    things, out = HandThings(), []
    for i in range(60):
        picture, points = scene.room(), body_at(i / 25)
        stick(picture, points)
        scene.paint(picture, points, 0)
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = things.look(
            picture,
            time_s=i / 25,
            to_room=np.eye(3),
            bodies={1: points * scale},
            visibility=SEEN,
        )
        out += [found[1][0, 0]] if found and i > 38 else []
    assert np.nanmean(out) > 0.6


def test_nothing_is_told_before_there_was_a_room_to_compare_with():
    assert np.isnan(HandThings().look(
        scene.room(), time_s=0.0, to_room=np.eye(3), bodies={1: body_at(0.0)}, visibility=SEEN
    )[1]).all()  # fmt: skip


def test_frames_between_two_looks_are_left_out():
    things = HandThings()
    still, room = {1: body_at(0)}, np.eye(3)
    told = [
        bool(things.look(scene.room(), time_s=i / 50, to_room=room, bodies=still, visibility=SEEN))
        for i in range(9)
    ]
    assert told == [True, False, False, False, True, False, False, False, True]


def test_after_a_cut_all_is_new():
    things = HandThings()
    for i in range(40):
        picture, points = scene.room(), body_at(i / 25)
        things.look(picture, time_s=i / 25, to_room=np.eye(3), bodies={1: points}, visibility=SEEN)
    things.reset()
    found = things.look(
        scene.room(), time_s=1.7, to_room=np.eye(3), bodies={1: body_at(1.7)}, visibility=SEEN
    )
    assert np.isnan(found[1]).all()


def toy(picture: np.ndarray, points: np.ndarray) -> None:
    """Something short and narrow in the left hand that ends far above the floor."""
    x, y = points[INDEX["left_index"]]
    cv2.line(picture, (round(x), round(y)), (round(x) + 8, round(y) + 40), STICK_BGR, 3)


def test_a_stick_stands_below_its_hand():
    assert np.nanquantile(scores(draw=stick, what="below")[:, 0], 0.9) > 0.6


def hand_before_the_thigh(t: float) -> np.ndarray:
    points = body_at(t)
    fingers = [INDEX[f"left_{p}"] for p in ("wrist", "index", "pinky", "thumb")]
    points[fingers, 0] = points[INDEX["left_knee"], 0]
    return points


def test_a_stick_before_the_leg_is_seen_though_the_room_is_not():
    things = HandThings()
    for i in range(5):
        picture, points = scene.room(), hand_before_the_thigh(i / 10)
        scene.paint(picture, points, 0)
        x, y = (round(v) for v in points[INDEX["left_index"]])
        cv2.line(picture, (x, y), (x, round(FEET_Y)), STICK_BGR, 3)
        found = things.look(
            picture, time_s=i / 10, to_room=np.eye(3), bodies={1: points}, visibility=SEEN
        )
    for what in ("things", "below"):
        assert found[1][HAND_ARRAYS.index(what), 0] > 0.9
        assert not found[1][HAND_ARRAYS.index(what), 1] > 0


def test_below_a_toy_in_the_hand_and_below_nothing_is_nothing():
    assert np.nanmax(scores(draw=toy, what="things")[:, 0]) > 0.3
    assert np.nanmax(scores(draw=toy, what="below")[:, 0]) < 0.15
    assert np.nanmax(scores(what="below")) < 0.15


def test_a_shadow_beside_the_feet_is_nothing_below_the_hand():
    slope = np.linspace(90, 200, 1000).astype(np.uint8)
    wall = np.repeat(np.tile(slope, (480, 1))[..., None], 3, axis=2)
    assert np.nanmax(scores(draw=shadow, background=wall, what="below")[:, 0]) < 0.15


def plain_wall() -> np.ndarray:
    return np.repeat(
        np.tile(np.linspace(150, 200, 1000).astype(np.uint8), (480, 1))[..., None], 3, 2
    )


@pytest.mark.parametrize("dark", [0.2, 0.5])
def test_the_darkest_part_of_a_narrow_soft_shadow_is_no_stick(dark):
    def cast(picture: np.ndarray, points: np.ndarray) -> None:
        x, y = points[INDEX["left_index"]]
        light = np.ones(picture.shape[:2], np.float32)
        cv2.line(light, (round(x) + 14, round(y)), (round(x) + 14, round(FEET_Y)), dark, 8)
        light = cv2.GaussianBlur(light, (0, 0), 5)
        picture[:] = (picture * light[..., None]).astype(np.uint8)

    for what in ("things", "below"):
        assert np.nanmax(scores(draw=cast, background=plain_wall(), what=what)) < 0.1


@pytest.mark.parametrize("width_px", [40, 44])
def test_a_broad_shadow_that_the_body_hides_but_for_a_strip_is_no_stick(width_px):
    things, out, points = HandThings(), [], scene.standing(x=300.0, feet_y=FEET_Y, height=HEIGHT)
    hips = points[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    x, y = (round(v) for v in hips)
    for i in range(60):
        picture = plain_wall()
        if i > 45:
            strip = picture[y : round(FEET_Y), x - width_px : x]
            strip[:] = (0.8 * strip).astype(np.uint8)
        scene.paint(picture, points, 0)
        found = things.look(
            picture, time_s=i / 25, to_room=np.eye(3), bodies={1: points}, visibility=SEEN
        )
        out += [found[1]] if found else []
    for what in ("things", "below"):
        assert np.nanmax(np.array(out)[:, HAND_ARRAYS.index(what)]) < 0.1


def test_whoever_is_gone_is_forgotten():
    things, room, used = HandThings(), scene.room(), []
    tracemalloc.start()
    for person in range(12):
        for i in range(12):
            things.look(
                room, time_s=person + i / 12, to_room=np.eye(3),
                bodies={person: body_at(i / 12)}, visibility={person: np.ones(33)},
            )  # fmt: skip
        used.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert used[-1] < 1.3 * used[3]
