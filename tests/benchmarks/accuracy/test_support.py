"""What each cue adds is told of all of them."""

from __future__ import annotations

from collections import Counter

from benchmarks.accuracy.support import GROUPS, table
from gaitcheck.gait.features import NAMES


def test_every_feature_of_the_judge_is_left_out_with_some_group() -> None:
    beginnings = tuple(start for group in GROUPS.values() for start in group)
    assert [name for name in NAMES if not name.startswith(beginnings)] == []


def test_every_group_leaves_something_out() -> None:
    assert all(any(name.startswith(group) for name in NAMES) for group in GROUPS.values())


def test_a_row_counts_held_and_free_steps_apart() -> None:
    counts = Counter(
        held=4, held_none=1, right_kind=2, free=10, free_none=5, free_unknown=3, free_missed=2
    )
    assert "| all | 4 | 1 | 50.0% | 10 | 50.0% | 30.0% | 20.0% |" in table(
        "rows", [("all", counts)]
    )
