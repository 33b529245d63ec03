from __future__ import annotations

import copy
from typing import Any

import pytest

from gaitcheck.errors import LabelsError
from gaitcheck.review.corrections import corrected
from tests.review.answers import answer

DOCUMENT = answer().to_dict()


def after(*edits: dict[str, Any]) -> dict[str, Any]:
    return corrected(DOCUMENT, edits)


def step(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in document["steps"] if one["id"] == name]
    return found


def test_without_corrections_everything_stays():
    found = after()
    assert found["sequences"] == DOCUMENT["sequences"]
    assert found["first_independent_step"]["time_s"] == DOCUMENT["steps"][0]["contact_s"]
    assert [{k: s[k] for k in DOCUMENT["steps"][0]} for s in found["steps"]] == DOCUMENT["steps"]
    assert {s["state"] for s in found["steps"]} == {"machine"}


def test_the_machines_answer_is_left_alone():
    before = copy.deepcopy(DOCUMENT)
    after({"do": "move", "step": "m0", "contact_s": 1.0}, {"do": "delete", "step": "m1"})
    assert before == DOCUMENT


def test_confirming_says_who_looked_and_changes_nothing_else():
    found = after({"do": "confirm", "steps": ["m0", "m1"]})
    assert [s["state"] for s in found["steps"]][:3] == ["confirmed", "confirmed", "machine"]
    assert found["sequences"] == DOCUMENT["sequences"]


def test_a_step_is_moved_and_its_sequence_with_it():
    found = after({"do": "move", "step": "m3", "contact_s": 2.9})
    assert step(found, "m3")["contact_s"] == 2.9
    assert found["sequences"][0]["end_s"] == 2.9
    assert step(found, "m3")["state"] == "corrected"


def test_a_step_moved_before_its_lift_off_has_none():
    lift_off_s = DOCUMENT["steps"][3]["lift_off_s"]
    found = after({"do": "move", "step": "m3", "contact_s": lift_off_s - 0.1})
    assert step(found, "m3")["lift_off_s"] is None


def test_added_and_deleted_steps():
    found = after(
        {"do": "add", "person": 1, "side": "right", "contact_s": 3.2, "support": "none"},
        {"do": "delete", "step": "m1"},
        {"do": "add", "person": 1, "side": None, "contact_s": 3.6, "support": "none"},
    )
    assert [s["id"] for s in found["steps"] if s["person"] == 1] == ["m0", "m2", "m3", "a1", "a2"]
    assert found["sequences"][0]["n_steps"] == 5
    assert step(found, "a2")["state"] == "added"


def test_held_steps_are_no_longer_independent():
    found = after({"do": "support", "steps": ["m0", "m1", "m2", "m3"], "support": "person"})
    assert found["first_independent_step"] is None
    assert not any(sequence["independent"] for sequence in found["sequences"])


def test_a_change_of_support_parts_a_sequence():
    found = after({"do": "support", "steps": ["m0", "m1"], "support": "object_fixed"})
    mine = [s for s in found["sequences"] if s["person"] == 1]
    assert [(s["support"], s["n_steps"]) for s in mine] == [("object_fixed", 2), ("none", 2)]
    assert found["first_independent_step"]["time_s"] == DOCUMENT["steps"][2]["contact_s"]
    assert [s["id"] for s in found["sequences"]] == [1, 2, 3]


def test_side_and_person():
    found = after(
        {"do": "side", "step": "m0", "side": None}, {"do": "person", "steps": ["m1"], "person": 2}
    )
    assert step(found, "m0")["side"] is None
    assert step(found, "m1")["person"] == 2


def test_a_person_watched_throughout_is_confirmed_and_can_be_taken_back():
    found = after({"do": "watched", "person": 1, "watched": True})
    assert [s["state"] for s in found["steps"] if s["person"] == 1] == ["confirmed"] * 4
    assert found["review"]["watched"] == [1]
    again = after(
        {"do": "watched", "person": 1, "watched": True},
        {"do": "watched", "person": 1, "watched": False},
    )
    assert {s["state"] for s in again["steps"]} == {"machine"}


def test_milestones_keep_the_last_word():
    seen = {
        "do": "milestone",
        "person": 1,
        "name": "who_walking_alone",
        "seen": True,
        "time_s": 2.0,
    }
    found = after(seen, {**seen, "seen": False})
    assert [one["seen"] for one in found["review"]["milestones"]] == [False]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"do": "fly"}, "no deed called 'fly'"),
        ({"do": ["move"]}, "no deed called"),
        ({"do": "move", "step": "m0"}, "lacks contact_s"),
        ({"do": "move", "step": "m99", "contact_s": 1.0}, "no step 'm99'"),
        ({"do": "move", "step": ["m0"], "contact_s": 1.0}, "no step"),
        ({"do": "move", "step": "m0", "contact_s": 99.0}, "no time of this video"),
        ({"do": "move", "step": "m0", "contact_s": float("nan")}, "no time of this video"),
        ({"do": "move", "step": "m0", "contact_s": "1"}, "no time of this video"),
        ({"do": "move", "step": "m0", "contact_s": True}, "no time of this video"),
        ({"do": "side", "step": "m0", "side": "up"}, "no side"),
        ({"do": "support", "steps": ["m0"], "support": "air"}, "no support"),
        ({"do": "support", "steps": "m0", "support": "none"}, "no list of steps"),
        ({"do": "person", "steps": ["m0"], "person": 7}, "no person 7"),
        ({"do": "person", "steps": ["m0"], "person": "1"}, "no person '1'"),
        ({"do": "watched", "person": 1, "watched": "yes"}, "true or false"),
        (
            {"do": "milestone", "person": 1, "name": "flies", "seen": True, "time_s": 1.0},
            "no milestone 'flies'",
        ),
    ],
)
def test_deeds_that_make_no_sense_are_refused(edit: dict[str, Any], said: str):
    with pytest.raises(LabelsError, match=said):
        after({"do": "confirm", "steps": ["m0"]}, edit)


def test_a_deleted_step_is_gone_for_later_deeds():
    with pytest.raises(LabelsError, match="correction 2 "):
        after({"do": "delete", "step": "m0"}, {"do": "confirm", "steps": ["m0"]})
