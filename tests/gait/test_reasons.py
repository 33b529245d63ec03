"""Reasons as data and as sentences."""

from __future__ import annotations

import pytest

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.decide import DOUBTS
from gaitcheck.gait.events import Step
from gaitcheck.gait.holders import HOLDS
from gaitcheck.gait.reasons import DECIDED, DOUBTED, Cause, Reason, find_reasons
from gaitcheck.time import Interval


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        pytest.param(
            Reason(1, 3, 9, 12.1, 15.4, "person", "hand_at_hand", ("right",), 2),
            "person 1, steps 3 to 9: held by person 2 at the right hand, 12.1 to 15.4 s",
            id="held",
        ),
        pytest.param(
            Reason(1, 1, 1, 0.0, 0.5, "unknown", "hand_hidden", ("left",)),
            "person 1, step 1: unknown: left hand hidden, 0.0 to 0.5 s",
            id="hidden",
        ),
        pytest.param(
            Reason(1, 1, 2, 0, 1, "object_fixed", "hand_fixed_in_room", ("left", "right")),
            "person 1, steps 1 to 2: both hands held to something fixed, 0.0 to 1.0 s",
            id="both hands",
        ),
        pytest.param(
            Reason(1, 1, 2, 0, 1, "person", "hand_at_body", (), 3),
            "person 1, steps 1 to 2: held by person 3 at the body, 0.0 to 1.0 s",
            id="body",
        ),
        pytest.param(
            Reason(1, 1, 2, 0, 1, "person", "arm_held_up", ("left",), 3),
            "person 1, steps 1 to 2: held by person 3 at the left arm, held up, 0.0 to 1.0 s",
            id="arm up",
        ),
    ],
)
def test_sentence(reason, text):
    assert reason.text == text


def test_every_cue_that_decides_or_doubts_has_words():
    assert set(HOLDS) <= set(DECIDED)
    assert {*DOUBTS, *HOLDS, StepSupport("unknown", 0.0).cause.what} <= set(DOUBTED)


def test_runs_share_support_and_cause():
    causes = [Cause("both_hands_free")] * 2 + [Cause("hand_hidden", ("left",))] * 3
    supports = ["none"] * 2 + ["unknown"] * 3
    steps = [
        Step(person=4, side=None, lift_off_s=None, contact_s=float(k), support=support)
        for k, support in enumerate(supports)
    ]
    looks = [Interval(k - 0.5, float(k)) for k in range(5)]
    free, hidden = find_reasons(steps, causes, looks)
    assert (free.first_step, free.last_step, free.support) == (1, 2, "none")
    assert (hidden.person, hidden.first_step, hidden.last_step) == (4, 3, 5)
    assert (hidden.start_s, hidden.end_s, hidden.hands) == (1.5, 4.0, ("left",))
