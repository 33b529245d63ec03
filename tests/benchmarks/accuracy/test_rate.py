from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.accuracy.rate import every
from tests.footage.test_stretches import walker


def test_every_second_frame_is_told_by_its_number_not_by_its_row() -> None:
    track = walker(2.1, 4.0)
    thin = every(track, 2)
    assert thin is not None
    assert thin.frame_index.tolist() == list(range(22, 40, 2))
    assert np.array_equal(thin.points_px, track.points_px[1::2])
    assert thin.things is not None
    assert len(thin.things) == len(thin)


def test_a_track_of_which_nothing_is_left_is_none() -> None:
    track = walker(2.1, 2.2)
    assert every(replace(track, things=None), 2) is None
