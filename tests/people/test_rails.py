"""Lines along the way of the hands of flat people who walk through a room."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from gaitcheck.people.things import HandThings
from gaitcheck.people.track import HAND_ARRAYS
from gaitcheck.pose.landmarks import INDEX
from tests.people import scene

HEIGHT = 220.0
SPEED_PX_S = 110.0
FEET_Y = 400.0


def body_at(t: float, *, slope: float) -> np.ndarray:
    x = 130.0 + SPEED_PX_S * t
    return scene.standing(x=x, feet_y=FEET_Y + slope * x, height=HEIGHT)


HANDS = [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("wrist", "index", "pinky")]


def hand_of(body: np.ndarray) -> np.ndarray:
    names = ("left_wrist", "left_index", "left_pinky")
    return np.asarray(body[[INDEX[name] for name in names]].mean(axis=0))


def lines(
    *, at_hand: float | None = None, at_feet: float | None = None, slope: float = 0.0,
    pan_px_s: float = 0.0, contrast: int = 40, tilt: float = 0.0, ends_after_px: float = 1200.0,
    swing_px: float = 0.0, seen: float = 1.0, wall_ends: float | None = None,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Walk past a wall with a bar so far below the hand, or an edge so far above the feet, px.

    The bar ends so far after the first place of the hand, which goes up and down so far. The floor
    begins so far below the hand.
    """
    rng = np.random.default_rng(0)
    wide = rng.normal(128, 3, (480, 1000, 3)).clip(0, 255).astype(np.uint8)
    start = body_at(0.0, slope=slope)
    x0, y0 = hand_of(start)

    def line(y: float, height: int) -> None:
        ends = [
            (x, round(y + (slope + tilt) * (x - x0))) for x in (-100, round(x0 + ends_after_px))
        ]
        cv2.line(wide, *ends, (128 - contrast,) * 3, height)

    if wall_ends is not None:
        wide[round(y0 + wall_ends) :] -= contrast
    if at_hand is not None:
        line(y0 + at_hand, 6)
    if at_feet is not None:
        line(start[:, 1].max() - at_feet, 3)
    hands, out = HandThings(), []
    for i in range(50):
        t = i / 25
        picture, body = wide.copy(), body_at(t, slope=slope)
        scene.paint(picture, body, 0)
        to_room = np.eye(3)
        to_room[0, 2] = shift = round(pan_px_s * t)
        part = np.ascontiguousarray(picture[:, shift : shift + 640])
        body[HANDS, 1] += swing_px * np.sin(2 * np.pi * t / 1.1)
        bodies = {3: body - np.array([shift, 0.0])}
        found = hands.look(
            part, time_s=t, to_room=to_room, bodies=bodies, visibility={3: np.full(33, seen)}
        )
        if t >= 1.0 and found:
            out.append(found[3])
    return {name: np.array(out)[:, k] for k, name in enumerate(HAND_ARRAYS)}


def test_a_rail_at_the_hand_lies_along_its_way():
    assert np.nanmin(lines(at_hand=0)["rails"]) > 0.1


def test_a_bare_wall_has_none():
    bare = lines()
    assert np.isfinite(bare["rails"]).all()
    assert np.max(bare["rails"]) < 0.03
    assert np.max(bare["walls"]) < 0.03


def test_a_rail_out_of_reach_is_none():
    assert np.nanmax(lines(at_hand=40)["rails"]) < 0.03


def test_a_hand_that_swings_leaves_the_line_and_one_that_only_trembles_does_not():
    assert np.nanmax(lines(at_hand=0, swing_px=12)["rails"]) < 0.03
    assert np.nanmin(lines(at_hand=0, swing_px=2)["rails"]) > 0.1


def test_of_a_hidden_hand_that_seems_to_swing_a_line_may_still_be_its_rail():
    assert np.nanquantile(lines(at_hand=0, swing_px=12, seen=0.3)["rails"], 0.5) > 0.1


def test_the_foot_of_a_wall_far_behind_is_hardly_a_line_for_the_hand():
    far, rail = lines(wall_ends=0), lines(at_hand=0, wall_ends=70)
    assert np.nanmax(far["rails"]) < 0.03
    assert np.nanmin(rail["rails"]) > 0.1


def test_a_hidden_hand_may_be_at_what_is_farther_off_than_at_a_seen_one():
    beside = {"at_hand": 30, "contrast": 60}
    assert np.nanmax(lines(**beside)["rails"]) < 0.03
    assert np.nanmedian(lines(**beside, seen=0.3)["rails"]) > 0.1


def test_what_ends_before_a_stride_is_over_is_none():
    assert np.nanquantile(lines(at_hand=0, ends_after_px=10)["rails"][:, 0], 0.9) < 0.03


def test_what_only_crosses_the_way_is_none():
    assert np.nanmax(lines(at_hand=0, tilt=0.6)["rails"]) < 0.03


@pytest.mark.parametrize("slope", [-0.3, 0.3])
def test_ways_that_rise_or_fall_in_the_picture_count_as_well(slope):
    assert np.nanquantile(lines(at_hand=0, slope=slope)["rails"], 0.2) > 0.08


def test_a_camera_that_goes_along_changes_nothing():
    moved = lines(at_hand=0, pan_px_s=SPEED_PX_S)
    assert np.nanmin(moved["rails"]) > 0.1


def test_a_faint_rail_is_weaker_than_a_clear_one():
    faint, clear = (np.nanmean(lines(at_hand=0, contrast=c)["rails"]) for c in (15, 60))
    assert 0.02 < faint < 0.5 * clear


def test_where_a_near_wall_meets_the_floor_is_told_apart():
    near = lines(at_feet=18)
    assert np.nanmin(near["walls"]) > 0.08
    assert np.nanmax(near["rails"]) < 0.03


def test_whoever_stands_has_no_way():
    hands = HandThings()
    body = scene.standing(x=300.0, feet_y=FEET_Y, height=HEIGHT)
    for i in range(40):
        found = hands.look(
            scene.room(),
            time_s=i / 25,
            to_room=np.eye(3),
            bodies={1: body},
            visibility={1: np.ones(33)},
        )
        if found:
            assert np.isnan(found[1][HAND_ARRAYS.index("rails")]).all()
