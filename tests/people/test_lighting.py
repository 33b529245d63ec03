from __future__ import annotations

import cv2
import numpy as np
import pytest

from gaitcheck.people.lighting import Lighting
from gaitcheck.people.remarks import remarks

HEIGHT, WIDTH = 240, 320


def _room(*, seed: int = 0) -> np.ndarray:
    """A room from 60 to 200 of 255, without noise."""
    coarse = np.random.default_rng(seed).integers(60, 200, (12, 16, 1))
    return np.repeat(np.repeat(np.repeat(coarse, 20, 0), 20, 1), 3, 2).astype(np.float64)


def _counted(pictures) -> Lighting:
    lighting = Lighting()
    for picture in pictures:
        lighting.look(np.clip(picture, 0, 255).astype(np.uint8))
    return lighting


def _lamp(share: float, *, bands: float = 0.0, n: int = 40):
    rows = 2 * np.pi * bands * np.arange(HEIGHT)[:, None, None] / HEIGHT
    return (_room() * (1 + share * np.sin(2 * np.pi * 0.37 * k + rows)) for k in range(n))


def test_daylight_is_neither_dark_nor_flat_nor_flickering():
    noise = np.random.default_rng(1).normal(0, 6, (40, HEIGHT, WIDTH, 3))
    counted = _counted(_room() + grains for grains in noise)
    assert (counted.n_dark, counted.n_flat, counted.n_flickering) == (0, 0, 0)
    assert not counted.flat


@pytest.mark.parametrize("bands", [0.0, 1.5])
def test_a_lamp_that_swells_flickers_also_in_bands(bands):
    assert _counted(_lamp(0.1, bands=bands)).n_flickering > 25


def test_a_lamp_that_hardly_swells_does_not_flicker():
    assert _counted(_lamp(0.02)).n_flickering == 0


def test_a_lamp_that_is_switched_on_once_does_not_flicker():
    counted = _counted([_room() * 0.5] * 20 + [_room()] * 20)
    assert counted.n_flickering <= 2


def test_a_steady_pan_does_not_flicker():
    wide = cv2.GaussianBlur(np.tile(_room(), (1, 3, 1)), (0, 0), 8)  # as real ones: no mosaic
    assert _counted(wide[:, 4 * k : 4 * k + WIDTH] for k in range(60)).n_flickering == 0


def test_somebody_who_flashes_by_does_not_flicker():
    def pictures():
        for k in range(40):
            picture = _room()
            picture[40:220, (9 * k) % 220 : (9 * k) % 220 + 60] = 255 * (k % 2)
            yield picture

    assert _counted(pictures()).n_flickering <= 2


def test_night_is_dark_and_flat():
    counted = _counted([_room() * 0.1] * 5)
    assert (counted.n_dark, counted.n_flat) == (5, 5)
    assert counted.flat


def test_fog_is_flat_and_not_dark():
    counted = _counted([150 + 0.1 * (_room() - 130)] * 5)
    assert (counted.n_dark, counted.n_flat) == (0, 5)


def test_light_again_is_not_flat():
    assert not _counted([_room() * 0.1, _room()]).flat


def _said(**counts) -> str:
    whole = {"n_unknown": 0, "n_dark": 0, "n_flat": 0, "n_flickering": 0, "n_refused": 0}
    return "\n".join(remarks(cuts_s=[], n_frames=100, max_people=6, **(whole | counts)))


def test_remarks_are_silent_where_all_is_well():
    assert _said(n_dark=10, n_flat=10, n_flickering=25, n_unknown=10) == ""


def test_remarks_name_the_true_cause():
    assert "background shows too little" in _said(n_unknown=20)
    flickering = _said(n_unknown=20, n_flickering=60)
    assert "The light flickers" in flickering
    assert "the light is too poor" in flickering
    assert "background shows too little" not in flickering
    assert "dark" in _said(n_dark=50)
    assert "contrast" in _said(n_flat=50)
    assert "contrast" not in _said(n_dark=50)
