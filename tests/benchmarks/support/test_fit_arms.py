"""Teaching how arms are carried at fixed things: on made-up arms, whose right answer is known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks.support import fit_arms
from gaitcheck.gait.cues.at_hold import INPUTS
from gaitcheck.gait.trees import tree_sum
from gaitcheck.scoring.truth import Span, TruePerson

OUT = INPUTS.index("wrist_outward")


def lesson(number: int) -> fit_arms.Lesson:
    """Hands that hold are far out, at times; nothing else tells."""
    dice = np.random.default_rng(number)
    numbers = dice.normal(size=(60, len(INPUTS)))
    holds = dice.random(60) < 0.3
    numbers[:, OUT] = np.where(holds, 0.7, 0.2) + 0.05 * dice.normal(size=60)
    return fit_arms.Lesson(
        f"clip{number}", f"kind{number % 3}", f"folder{number % 2}", numbers, holds
    )


@pytest.fixture(scope="module")
def lessons() -> list[fit_arms.Lesson]:
    return [lesson(i) for i in range(6)]


def test_hands_are_read_from_what_labels_say_of_the_cause():
    one = Span("object_fixed", 0, 1, ("rail (left hand of walker at edge)",))
    both = Span("object_fixed", 0, 1, ("bars (left hand of walker at left)", *one.cause))
    helper = Span("person", 0, 1, ("helper (left hand of helper at left_waist)",))
    right = Span("object_fixed", 0, 1, ("sofa (right hand of walker at edge)", *one.cause))
    assert fit_arms.hands_of(one).tolist() == [True, False]
    assert fit_arms.hands_of(both).tolist() == [True, False]
    assert fit_arms.hands_of(right).tolist() == [True, True]
    assert fit_arms.hands_of(helper).tolist() == [False, False]


def test_only_times_of_walking_count_at_which_nobody_lets_go():
    free, holds = Span("none", 0.0, 2.0), Span("object_fixed", 2.0, 4.0)
    who = TruePerson(
        "walker", np.zeros((0, 5)), Span("labelled", 0.0, 4.0), (), (free, holds),
        (Span("standing", 0.0, 0.6), Span("walking", 0.6, 4.0)),
    )  # fmt: skip
    assert fit_arms.steady_at(who, 0.5) is None
    assert fit_arms.steady_at(who, 1.0) is free
    assert fit_arms.steady_at(who, 1.9) is None
    assert fit_arms.steady_at(who, 2.5) is holds


def test_what_tells_is_learned_and_holds_on_kinds_left_out(lessons):
    odds = fit_arms.apart(lessons, [one.kind for one in lessons])
    holds = np.concatenate([one.holds for one in lessons])
    assert ((odds > 0) == holds).mean() > 0.95


def test_arms_are_shown_a_little_off():
    numbers = lesson(0).numbers
    off = fit_arms.shaken(numbers) - np.tile(numbers, (fit_arms.SHAKEN, 1))
    assert off[:, OUT].std() == pytest.approx(fit_arms.BY, rel=0.2)


def test_what_is_written_is_what_was_learned(lessons, tmp_path):
    trees = fit_arms.fit(lessons)
    path = tmp_path / "arms.json"
    fit_arms.write(trees, lessons, path)
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table["inputs"] == list(INPUTS)
    assert (table["clips"], table["arms"]) == (6, 360)
    numbers = np.concatenate([one.numbers for one in lessons])
    assert np.abs(tree_sum(table)(numbers) - trees(numbers)).mean() < 0.01
