from __future__ import annotations

import numpy as np

from gaitcheck.output.blur.path import BEYOND_S, RegionPath

FPS = 10.0


class Still:
    """A camera that stands."""

    def to_room(self, time_s: float) -> np.ndarray:  # noqa: ARG002
        return np.eye(3)


def path(x_px: np.ndarray) -> RegionPath:
    """A round region that is somewhere at the rows in which its place is known."""
    regions = np.column_stack([x_px, np.full_like(x_px, 50.0), *2 * [np.full_like(x_px, 10.0)]])
    regions[np.isnan(x_px)] = np.nan
    n = len(x_px)
    eyes = np.broadcast_to(np.eye(3), (n, 3, 3))
    return RegionPath(np.arange(n) / FPS, regions, eyes, Still(), wider=1.0 * regions)


def away(*, until_s: float) -> np.ndarray:
    """Goes right at 40 px/s for 2 s; comes back from 500 px, at 40 px/s to the left, for 2 s."""
    t = np.arange(round((until_s + 2.0) * FPS)) / FPS
    going = np.where(t < 2.0, 40.0 * t, np.nan)
    return np.where(t >= until_s, 500.0 - 40.0 * (t - until_s), going)


def covers(ellipses: np.ndarray, x_px: float) -> bool:
    return any(abs(x - x_px) < rx for x, _, rx, _ in ellipses)


def test_who_is_away_for_long_is_hidden_where_they_went_and_where_they_come_from():
    region = path(away(until_s=12.0))
    assert covers(region.at(3.0), 40.0 * 3.0)
    assert covers(region.at(11.0), 500.0 + 40.0)
    assert not covers(region.at(3.0), 500.0)
    assert not len(region.at(7.0))
    assert not len(region.at(14.0 + BEYOND_S + 0.1))


def test_who_is_away_for_a_moment_is_hidden_in_between():
    region = path(away(until_s=3.0))
    assert covers(region.at(2.45), (76.0 + 500.0) / 2)


def test_both_ends_are_hidden_where_they_meet():
    region = path(away(until_s=5.0))
    assert covers(region.at(3.5), 40.0 * 3.5)
    assert covers(region.at(3.5), 500.0 + 40.0 * 1.5)


def test_a_pose_that_is_off_right_after_a_gap_uncovers_nobody():
    """Somebody stands at 100 px; the first pose after 0.5 s is that of somebody else's body."""
    x = np.full(40, 100.0)
    x[15:20], x[20:22] = np.nan, 140.0
    region = path(x)
    assert covers(region.at(1.95), 100.0)
    assert covers(region.at(2.0), 100.0)
