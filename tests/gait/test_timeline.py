"""Events laid over postures: whole, in order, without leftovers."""

from __future__ import annotations

from itertools import pairwise

from gaitcheck.gait.events import Posture, PostureEvent, PostureSpan, Transition
from gaitcheck.gait.timeline import SLIVER_S, lay_over


def spans(*told: tuple[Posture, float, float]) -> list[PostureSpan]:
    return [PostureSpan(1, what, start, end) for what, start, end in told]


def event(what: Transition, start_s: float, end_s: float) -> PostureEvent:
    return PostureEvent(1, what, start_s, end_s, 0.9, ())


def told(postures: list[PostureSpan], *events: PostureEvent) -> list[tuple[str, float, float]]:
    out = lay_over(postures, events)
    assert all(a.end_s == b.start_s for a, b in pairwise(out))
    assert all(span.end_s > span.start_s for span in out)
    return [(span.posture, span.start_s, span.end_s) for span in out]


def test_a_rise_takes_its_time_from_both_sides() -> None:
    before = spans(("sitting", 0.0, 2.0), ("standing", 2.0, 5.0))
    assert told(before, event("rising", 1.5, 2.5)) == [
        ("sitting", 0.0, 1.5), ("rising", 1.5, 2.5), ("standing", 2.5, 5.0),
    ]  # fmt: skip


def test_what_lies_within_a_fall_goes_and_slivers_beside_it_join_what_follows() -> None:
    sliver = SLIVER_S / 2
    before = spans(
        ("walking", 0.0, 2.1), ("sitting", 2.1, 3.0 + sliver), ("lying", 3.0 + sliver, 6)
    )
    assert told(before, event("falling", 2.0, 3.0)) == [
        ("walking", 0.0, 2.0), ("falling", 2.0, 3.0), ("lying", 3.0, 6),
    ]  # fmt: skip


def test_a_sliver_before_an_event_joins_what_went_before() -> None:
    before = spans(("walking", 0.0, 2.0), ("standing", 2.0, 6.0))
    assert told(before, event("falling", 2.1, 3.0)) == [
        ("walking", 0.0, 2.1), ("falling", 2.1, 3.0), ("standing", 3.0, 6.0),
    ]  # fmt: skip


def test_who_was_caught_is_carried_until_on_their_feet() -> None:
    before = spans(
        ("walking", 0.0, 2.0), ("sitting", 2.0, 4.0), ("unknown", 4.0, 5.0), ("standing", 5.0, 6.0),
        ("sitting", 6.0, 7.0),
    )  # fmt: skip
    assert told(before, event("caught", 2.0, 2.8)) == [
        ("walking", 0.0, 2.0), ("falling", 2.0, 2.8), ("carried", 2.8, 5.0),
        ("standing", 5.0, 6.0), ("sitting", 6.0, 7.0),
    ]  # fmt: skip


def test_sitting_down_and_nothing_change_nothing() -> None:
    before = spans(("standing", 0.0, 2.0), ("sitting", 2.0, 4.0))
    assert lay_over(before, [event("sitting_down", 1.5, 2.5)]) == tuple(before)
    assert lay_over((), ()) == ()
