"""Feet that leave their way for a moment are laid back on it; true movements stay."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.jumps import without_jumps

LEG_PX = 100.0


def feet(way_px: np.ndarray) -> np.ndarray:
    """Both feet, three parts each; the left goes ``way_px`` to the right, the right stands."""
    places = np.zeros((len(way_px), 2, 3, 2))
    places[:, 0, :, 0] = way_px[:, None]
    places[:, 1, :, 0] = 300.0
    return places


def mended(places: np.ndarray, rate_hz: float = 25.0) -> np.ndarray:
    n = len(places)
    return without_jumps(places, time_s=np.arange(n) / rate_hz, leg_px=np.full(n, LEG_PX))


@pytest.mark.parametrize("n_frames", [1, 2, 3, 4])
def test_a_standing_foot_drawn_over_the_other_stands(n_frames: int) -> None:
    places = feet(np.zeros(30))
    places[10 : 10 + n_frames, 0, :, 0] = 80.0
    assert np.abs(mended(places)[:, 0]).max() < 1e-9


def test_a_swinging_foot_drawn_over_the_other_swings_on() -> None:
    way = np.clip((np.arange(40) - 10) * 12.0, 0, 144)
    places = feet(way)
    places[14:16, 0, :, 0] = 0.0
    assert mended(places)[:, 0, 0, 0] == pytest.approx(way, abs=8)


@pytest.mark.parametrize("rate_hz", [25.0, 30.0])
def test_a_swing_stays_as_it_is(rate_hz: float) -> None:
    u = np.clip((np.arange(40) / rate_hz - 0.4) / 0.3, 0, 1)
    way = 120 * (1 - np.cos(np.pi * u)) / 2
    assert mended(feet(way), rate_hz)[:, 0, 0, 0] == pytest.approx(way, abs=1)


def test_a_foot_that_goes_and_stays_has_gone() -> None:
    way = np.where(np.arange(30) < 12, 0.0, 80.0)
    assert mended(feet(way))[:, 0, 0, 0] == pytest.approx(way)


def test_rare_frames_are_left_alone() -> None:
    places = feet(np.zeros(30))
    places[10, 0, :, 0] = 80.0
    assert mended(places, 10.0) == pytest.approx(places)
