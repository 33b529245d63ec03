"""Where ways up and down begin and end, on drawn speeds."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.going_down import BodyMotion
from gaitcheck.gait.ways import UP_S, level_above, rest_below, whole_way

TIME_S = np.arange(0, 8, 0.04)


def moving(start_s: float, end_s: float, *, speed: float = 0.5, up: float = 0.5) -> BodyMotion:
    """Somebody who moves between two times and rests before and after."""
    inside = (start_s <= TIME_S) & (end_s > TIME_S)
    still = np.zeros(len(TIME_S))
    return BodyMotion(
        time_s=TIME_S, hips_legs=still, trunk_deg=still, shoulders_legs=still, hips_px=still,
        leg_px=still + 1, places=np.zeros((len(TIME_S), 3)), speed=np.where(inside, speed, 0.02),
        shoulders_up=np.where(inside, up, 0.0), kneels=still > 0,
        legs_seen=still, inside=still > 0, frame_s=0.04,
    )  # fmt: skip


def row(time_s: float) -> int:
    return int(np.searchsorted(TIME_S, time_s))


def test_a_rise_lasts_from_rest_to_level_shoulders() -> None:
    found = whole_way(moving(2.0, 4.0), row(3.0), row(3.5), rises=True)
    assert found == pytest.approx((2.0, 4.0), abs=0.05)


def test_a_way_down_lasts_from_level_shoulders_to_rest() -> None:
    found = whole_way(moving(2.0, 4.0, up=-0.5), row(2.5), row(3.0), rises=False)
    assert found == pytest.approx((2.0, 4.0), abs=0.05)


def test_where_nobody_rests_the_steep_middle_is_what_is_known() -> None:
    assert rest_below(moving(0.0, 8.0), row(5.0), forward=False) is None
    start_s, _ = whole_way(moving(0.0, 8.0), row(5.0), row(5.5), rises=True)
    assert start_s == pytest.approx(5.0, abs=0.05)


def test_shoulders_that_go_on_up_are_followed_only_so_far() -> None:
    last = level_above(moving(0.0, 8.0), row(3.0), forward=True)
    assert TIME_S[last] == pytest.approx(3.0 + UP_S, abs=0.05)
