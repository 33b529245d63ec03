"""The comparison of a pose model with the exact joints."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.check import PARTS, Seen, _Tally, table
from benchmarks.studio.joints import HIDDEN, SEEN
from gaitcheck.pose.landmarks import INDEX, NAMES

TRUE_NAMES = [*NAMES, "head_top"]


def standing() -> np.ndarray:
    """A body 100 px tall whose feet are 20 px apart; left at the picture's right."""
    xy = np.full((34, 2), 50.0)
    heights = {"shoulder": 20, "hip": 50, "knee": 75, "ankle": 95, "heel": 100, "foot_index": 100}
    for part, y in heights.items():
        xy[INDEX[f"left_{part}"]] = (60, y)
        xy[INDEX[f"right_{part}"]] = (40, y)
    xy[33] = (50, 0)
    return xy


def tallied(found: list[np.ndarray], seen: np.ndarray | None = None) -> Seen:
    tally = _Tally()
    tally.add(TRUE_NAMES, standing(), np.full(34, SEEN) if seen is None else seen, found)
    return tally.result("clip", "man", "whole")


def test_the_same_skeleton_has_no_error() -> None:
    found = tallied([standing()[:33]])
    assert (found.found_pct, found.mean_pct, found.exchanged_pct) == (100, 0, 0)


def test_an_error_is_in_percent_of_the_height() -> None:
    off = standing()[:33] + np.array([3.0, 4.0])
    assert tallied([off]).error_pct == pytest.approx(dict.fromkeys(PARTS, 5.0))


def test_exchanged_legs_are_counted() -> None:
    exchanged = standing()[:33]
    for part in ("knee", "ankle", "heel", "foot_index"):
        pair = [INDEX[f"left_{part}"], INDEX[f"right_{part}"]]
        exchanged[pair] = exchanged[pair[::-1]]
    assert tallied([exchanged]).exchanged_pct == 100


def test_somebody_else_is_not_taken() -> None:
    assert tallied([standing()[:33] + np.array([80.0, 0.0])]).found_pct == 0
    near, far = standing()[:33] + np.array([1.0, 0.0]), standing()[:33] + np.array([15.0, 0.0])
    assert tallied([far, near]).mean_pct == pytest.approx(1.0)


def test_frames_with_hidden_feet_do_not_count() -> None:
    seen = np.full(34, SEEN)
    seen[INDEX["left_heel"]] = HIDDEN
    found = tallied([], seen)
    assert found.n_frames == 0
    assert np.isnan(found.found_pct)


def test_the_table_weighs_by_frames() -> None:
    errors = dict.fromkeys(PARTS, 1.0)
    rows = [
        Seen("a", "man", "whole", 300, 100.0, errors, 1.0, 0.0),
        Seen("b", "man", "whole", 100, 60.0, errors, 5.0, 0.0),
    ]
    last = [cell.strip() for cell in table(rows).splitlines()[-1].split("|")]
    assert last[1] == "all"
    assert last[4:6] == ["400", "90.0"]
    assert last[-3] == f"{(300 * 1.0 + 60 * 5.0) / 360:.1f}"
