from __future__ import annotations

from dataclasses import replace

import pytest

from gaitcheck.output.events import HELD, events, hours
from tests.output.examples import analysis_of, free_walk, walk


def test_all_kinds_come_in_order_of_their_start() -> None:
    found = events(free_walk().to_dict())
    assert {event.kind for event in found} == {
        "step", "sequence", "posture", "posture_event", "rejected",
    }  # fmt: skip
    assert [event.start_s for event in found] == sorted(event.start_s for event in found)


def test_a_step_lasts_from_lift_off_to_contact() -> None:
    first, second = [event for event in events(free_walk().to_dict()) if event.kind == "step"][:2]
    assert (second.start_s, second.end_s) == (1.2346, 1.2346)  # its lift-off is unseen
    assert (first.start_s, first.end_s) == (1.2, 1.7346)


def test_a_lift_off_after_its_contact_turns_no_interval_round() -> None:
    steps, sequence = walk("none", n_steps=2)
    odd = (replace(steps[0], lift_off_s=steps[0].contact_s + 0.2), steps[1])
    for event in events(analysis_of((odd, sequence)).to_dict()):
        assert event.start_s <= event.end_s


@pytest.mark.parametrize(
    ("time_s", "expected"),
    [
        (0.0, "00:00:00.000"),
        (59.9996, "00:01:00.000"),
        (3599.9994, "00:59:59.999"),
        (360000.5, "100:00:00.500"),
    ],
)
def test_times_carry(time_s: float, expected: str) -> None:
    assert hours(time_s, mark=".") == expected


@pytest.mark.parametrize("support", HELD)
def test_words_tell_support_and_side(support) -> None:
    steps, sequence = walk(support, n_steps=1)
    found = events(analysis_of(((replace(steps[0], side=None),), sequence)).to_dict())
    words = {event.kind: event.words for event in found}
    assert words["step"] == f"side unknown, {HELD[support]}"
    assert words["sequence"] == f"1 step, {HELD[support]}"
    assert "independent" not in words["sequence"]
