"""What each cue adds is told of all of them."""

from __future__ import annotations

from collections import Counter

from benchmarks.accuracy.support import GROUPS, OF_WALKS, _without, by_kind, table
from benchmarks.support.evidence import ClipEvidence, TrueStep
from gaitcheck.gait import spans
from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.events import Step
from gaitcheck.gait.features import NAMES
from gaitcheck.gait.reasons import Cause


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


def test_walkers_are_counted_by_kind_and_all_who_go_with_them_together() -> None:
    steps = tuple(Step(1, "left", None, 1.0 + 0.5 * k) for k in range(4))
    details = tuple(StepSupport("person", 0.9, cause=Cause("hand_at_hand")) for _ in steps)
    true = [TrueStep("person", "walker", s.contact_s, 0, k) for k, s in enumerate(steps)]
    true += [TrueStep("none", "walker", 3.0), TrueStep("none", "helper", 1.0)]
    one = ClipEvidence("hand-side0", "hand", "added", ((steps, details),), tuple(true))
    rows = dict(by_kind([one, one]))
    assert rows["hand"] == Counter(held=8, held_person=8, right_kind=8, free=2, free_missed=2)
    assert rows["who goes along"] == Counter(free=2, free_missed=2, right_kind=0)
    assert list(rows)[-1] == "all walkers"
    assert rows["all walkers"] == rows["hand"]


def test_every_rule_of_whole_walks_can_be_left_out() -> None:
    for rule in OF_WALKS.values():
        told = getattr(spans, rule)
        with _without(rule):
            assert getattr(spans, rule)("anything") == ()
        assert getattr(spans, rule) is told
