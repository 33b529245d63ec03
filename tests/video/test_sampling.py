from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.errors import SettingsError
from gaitcheck.video.frame import Frame
from gaitcheck.video.sampling import thinned

PICTURE = np.zeros((2, 2, 3), np.uint8)


def _kept(times_s, most_hz=30.0):
    frames = [Frame(k, t, PICTURE) for k, t in enumerate(times_s)]
    return [frame.index for frame in thinned(frames, most_hz=most_hz)]


@pytest.mark.parametrize(
    ("rate_hz", "every"),
    [(10, 1), (25, 1), (29.97, 1), (30, 1), (48, 2), (50, 2), (59.94, 2), (60, 2), (120, 3)],
)
def test_every_so_many_of_even_frames(rate_hz, every):
    times = np.arange(240) / rate_hz
    assert _kept(times) == list(range(0, 240, every))


def test_uneven_frames_of_thirty_a_second_are_all_kept():
    rng = np.random.default_rng(3)
    times = np.arange(300) / 30 + rng.uniform(-0.003, 0.003, 300)
    assert _kept(times) == list(range(300))


def test_a_pause_delays_nothing_after_it():
    times = [*np.arange(30) / 60, *(5 + np.arange(30) / 60)]
    kept = _kept(times)
    assert 30 in kept
    assert np.diff(kept).max() <= 2


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, float("nan")])
def test_a_rate_that_is_none_is_refused_at_once(rate_hz):
    with pytest.raises(SettingsError, match="above 0"):
        thinned([], most_hz=rate_hz)
