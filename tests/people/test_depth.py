"""Ways to the camera and away from it, and the lines along them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from gaitcheck.people.depth import Place, aside, deep_way
from gaitcheck.people.things import HandThings
from gaitcheck.people.track import HAND_ARRAYS
from gaitcheck.pose.landmarks import INDEX
from tests.people import scene

VANISHES = np.array([320.0, 150.0])
START_PX, END_PX = 130.0, 290.0
SECONDS = 3.0
ARM = ("elbow", "wrist", "index", "pinky", "thumb")


def body_at(t: float, *, away: bool = False, apart: float = 0.0) -> np.ndarray:
    """Somebody who comes from the vanishing point; the left hand so far from the body, heights."""
    share = 1 - t / SECONDS if away else t / SECONDS
    height = START_PX + (END_PX - START_PX) * share
    feet = VANISHES + height * np.array([0.1, 0.85])
    body = scene.standing(x=feet[0], feet_y=feet[1], height=height)
    for k, part in enumerate(ARM):
        body[INDEX[f"left_{part}"], 0] += apart * height * (0.5 if k == 0 else 1.0)
    return body


def hand(body: np.ndarray) -> np.ndarray:
    return body[[INDEX[f"left_{part}"] for part in ("wrist", "index", "pinky")]].mean(axis=0)


def walk(
    *, apart: float = 0.2, rail: float | None = None, away: bool = False, seen: float = 1.0,
    flips: bool = False,
) -> np.ndarray:  # fmt: skip
    """Strengths at both hands of looks after 1.6 s, (n, 2).

    The rail lies along the way of the left hand, so many heights beyond it.
    """
    room = np.random.default_rng(0).normal(128, 3, (480, 640, 3)).clip(0, 255).astype(np.uint8)
    if rail is not None:
        at = hand(body_at(0.0, apart=apart + rail))
        far = VANISHES + 6 * (at - VANISHES)
        cv2.line(room, *(tuple(int(v) for v in p) for p in (VANISHES, far)), (80,) * 3, 6)
    hands, out = HandThings(), []
    other = {"left": "right", "right": "left"}
    swapped = [INDEX["_".join(other.get(part, part) for part in name.split("_"))] for name in INDEX]
    for i in range(round(SECONDS * 25)):
        picture, body = room.copy(), body_at(i / 25, away=away, apart=apart)
        scene.paint(picture, body, 0)
        given = body[swapped] if flips and i // 4 % 2 else body
        found = hands.look(
            picture, time_s=i / 25, to_room=np.eye(3), bodies={3: given},
            visibility={3: np.full(33, seen)},
        )  # fmt: skip
        if i >= 40 and found:
            both = found[3][HAND_ARRAYS.index("rails")]
            out.append(both[::-1] if given is not body else both)
    return np.array(out)


@pytest.mark.parametrize("away", [False, True])
def test_a_rail_that_leads_to_the_camera_is_found_at_the_hand_that_is_on_it(away):
    found = walk(rail=0.0, away=away)
    assert np.quantile(found[:, 0], 0.2) > 0.1
    assert np.nanmax(found[:, 1], initial=0.0) < 0.05


@pytest.mark.parametrize("away", [False, True])
def test_where_nothing_leads_to_the_camera_there_is_no_rail(away):
    found = walk(away=away)
    assert np.isfinite(found[:, 0]).all()
    assert found[:, 0].max() < 0.04


def test_a_rail_out_of_reach_is_none():
    assert np.quantile(walk(rail=0.35)[:, 0], 0.8) < 0.04


def test_a_pose_that_changes_sides_changes_nothing():
    assert np.quantile(walk(rail=0.0, flips=True)[:, 0], 0.2) > 0.1


def test_of_a_hidden_hand_beside_the_body_nothing_is_told():
    assert np.isnan(walk(seen=0.3)[:, 0]).all()


def test_a_hand_before_the_trunk_is_at_no_rail_even_if_it_is_hidden():
    assert (walk(apart=-0.13, rail=0.0)[:, 0] == 0).all()
    assert (walk(apart=-0.13, rail=0.0, seen=0.3)[:, 0] == 0).all()


def places(*, across: float, grows: float) -> list[Place]:
    """A body 100 px tall in the middle of 2.6 s, sizes a second."""
    out = []
    for t in np.arange(0.0, 2.61, 0.08):
        size = 100.0 * (1 + grows * (t - 1.3))
        middle = np.array([100.0 * across * t, 200.0 + 0.2 * size])
        at = middle + size * np.array([[0.3, 0.1], [-0.3, 0.1]])
        out.append(Place(float(t), middle, size, at))
    return out


def test_who_crosses_the_picture_or_stands_has_no_way_to_the_camera():
    assert deep_way(places(across=0.6, grows=0.1)) is None
    assert deep_way(places(across=0.0, grows=0.01)) is None
    assert deep_way(places(across=0.0, grows=0.2)[:8]) is None


@pytest.mark.parametrize("grows", [-0.2, 0.2])
def test_hands_go_outwards_from_where_the_way_vanishes(grows):
    way = deep_way(places(across=0.0, grows=grows))
    assert way is not None
    assert way.straight
    assert way.outwards == pytest.approx(np.array([[-0.707, 0.707], [0.707, 0.707]]), abs=0.02)


def test_who_comes_aslant_comes_not_straight():
    way = deep_way(places(across=0.3, grows=0.2))
    assert way is not None
    assert not way.straight


def test_hands_are_measured_from_the_middle_line_of_the_trunk():
    body = scene.standing(x=300.0, feet_y=400.0, height=200.0)
    assert aside(body) == pytest.approx([0.15 / 0.11] * 2, abs=0.01)
