from __future__ import annotations

from dataclasses import replace

import pytest

from gaitcheck.answer import Analysis
from gaitcheck.gait.events import Support
from gaitcheck.gait.reasons import Reason
from gaitcheck.output.verdict import verdict
from tests.output.examples import PERSON, analysis_of, free_walk, held_walk, walk

CASES: dict[str, tuple[Analysis, str]] = {
    "free": (
        free_walk(),
        "First independent step: person 1 at 0:01.23. "
        "4 independent steps in 1 sequence, by person 1.",
    ),
    "two walkers": (
        analysis_of(walk("none"), walk("none", n_steps=2, person=2, sequence=2, first=3)),
        "First independent step: person 1 at 0:01.23. "
        "6 independent steps in 2 sequences, by persons 1 and 2.",
    ),
    "a crowd": (
        analysis_of(*(walk("none", n_steps=2, person=i, sequence=i) for i in range(1, 7))),
        "First independent step: person 1 at 0:01.23. "
        "12 independent steps in 6 sequences, by 6 people.",
    ),
    "unknown, then free": (
        analysis_of(walk("unknown", n_steps=3), walk("none", first=5, sequence=2)),
        "First independent step: person 1 at 0:03.73. 4 independent steps in 1 sequence, by "
        "person 1. 3 steps before it are of unknown support: one of them may have been the first.",
    ),
    "another's is unknown, then free": (
        analysis_of(walk("unknown", person=2), walk("none", first=5, sequence=2)),
        "First independent step: person 1 at 0:03.73. "
        "4 independent steps in 1 sequence, by person 1.",
    ),
    "held": (
        held_walk(),
        "No independent step found: 4 steps were found, all held by a person.",
    ),
    "held twice": (
        analysis_of(walk("object_moving"), walk("person", n_steps=1, first=5, sequence=2)),
        "No independent step found: 5 steps were found, 1 held by a person and "
        "4 held on to something moving.",
    ),
    "unknown": (
        analysis_of(
            walk("unknown"),
            reasons=(
                Reason(1, 1, 1, 1.0, 1.2, "none", "both_hands_free"),
                Reason(1, 2, 3, 1.2, 2.2, "unknown", "hand_hidden", ("left",)),
                Reason(1, 4, 4, 2.2, 2.7, "unknown", "not_seen"),
            ),
        ),
        "No independent step can be confirmed: 4 steps were found, "
        "all of unknown support. Why: person 1, steps 2 to 3: unknown: left hand hidden, "
        "1.2 to 2.2 s (and 1 more).",
    ),
    "held, then unknown": (
        analysis_of(walk("person"), walk("unknown", first=5, sequence=2)),
        "No independent step can be confirmed: 8 steps were found, 4 held by a person and "
        "4 of unknown support.",
    ),
    "one free step": (
        analysis_of(walk("none", n_steps=1)),
        "No independent step found: 1 step was found, free but too few together "
        "(an independent sequence has at least 2).",
    ),
    "no steps": (
        analysis_of(),
        "No independent step found: 1 person was followed, and no step was found.",
    ),
    "nobody": (analysis_of(people=()), "No independent step found: nobody was found in the video."),
    "too short": (
        replace(analysis_of(people=()), video=replace(analysis_of().video, duration_s=0.2)),
        "No independent step found: the video is too short (0.20 s) to follow anybody.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_says_it_plainly(name: str) -> None:
    analysis, sentence = CASES[name]
    assert verdict(analysis) == sentence


@pytest.mark.parametrize("other", ["person", "object_moving", "none"])
def test_unknown_never_reads_as_none_found(other: Support) -> None:
    mixed = analysis_of(walk(other, n_steps=1), walk("unknown", first=5, sequence=2))
    assert verdict(mixed).startswith("No independent step can be confirmed: 5 steps were found, 1 ")


def _family(*walks, statures):
    people = tuple(replace(PERSON, id=k, stature=s) for k, s in statures.items())
    return analysis_of(*walks, people=people)


def test_of_an_adult_and_a_child_the_childs_first_step_is_told_too():
    walks = (walk("none"), walk("none", n_steps=2, person=2, sequence=2, first=6))
    found = verdict(_family(*walks, statures={1: "larger", 2: "smaller"}))
    assert found.startswith("First independent step: person 1 (the larger) at 0:01.23. ")
    assert found.endswith(" Of the smaller, person 2 from 0:04.23.")


def test_of_an_adult_alone_free_it_is_told_that_the_child_was_not():
    walks = (walk("none"), walk("person", person=2, sequence=2))
    found = verdict(_family(*walks, statures={1: "larger", 2: "smaller"}))
    assert found.endswith(" Of the smaller, person 2: none found.")


def test_of_a_child_who_was_first_nothing_more_is_said():
    walks = (walk("none", person=2, sequence=2), walk("none", first=6))
    found = verdict(_family(*walks, statures={1: "larger", 2: "smaller"}))
    assert "person 2 (the smaller)" in found
    assert "Of the smaller" not in found
