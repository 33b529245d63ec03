"""The gait stage as a whole, from tracks to findings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.events import FirstStep
from gaitcheck.gait.walk import analyze_tracks
from tests.gait import bodies
from tests.gait.bodies import ARMS_ALONE, Walker, free


def test_one_free_walker():
    who = free(n_steps=8)
    found = analyze_tracks([who.track()], settings=ARMS_ALONE)
    (one,) = found.sequences
    assert one.independent
    assert 6 <= one.n_steps <= 8
    assert "who_walking_alone" in one.milestones
    first = min(s.contact_s for s in found.steps if s.sequence == one.id)
    assert found.first_independent == FirstStep(1, first, one.id)
    truth = [s.contact_s for s in who.steps()]
    assert np.min(np.abs(np.array(truth) - first)) < 0.15


def test_two_people_are_kept_apart_and_numbered_in_time_order():
    late = free(person=1, first_s=3.0, duration_s=8.0, start=(-2.0, 4.0))
    early = free(person=2, first_s=0.5, duration_s=8.0, start=(-2.0, -2.0), seed=1)
    found = analyze_tracks([late.track(), early.track()], settings=ARMS_ALONE)
    assert [s.id for s in found.sequences] == list(range(1, len(found.sequences) + 1))
    assert [s.person for s in found.sequences] == [2, 1]
    assert found.first_independent is not None
    assert found.first_independent.person == 2
    contacts = [s.contact_s for s in found.steps]
    assert contacts == sorted(contacts)
    for step in found.steps:
        if step.sequence is not None:
            assert found.sequences[step.sequence - 1].person == step.person
    counts = {s.id: s.n_steps for s in found.sequences}
    for number, count in counts.items():
        assert sum(step.sequence == number for step in found.steps) == count


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(Walker(bodies.handle, bodies.handle), id="frame"),
        pytest.param(Walker(bodies.hanging, bodies.hanging), id="hands that only hang"),
        pytest.param(free(wrist_visibility=(0.02, 0.02)), id="hidden hands"),
    ],
)
def test_supported_or_unclear_walking_has_no_first_step(who):
    found = analyze_tracks([who.track()])
    assert found.steps
    assert found.first_independent is None
    assert not any(s.independent for s in found.sequences)


def test_a_still_person_takes_no_step():
    found = analyze_tracks([free(n_steps=0).track()])
    assert found.steps == ()
    assert found.sequences == ()
    assert found.first_independent is None
    assert {span.posture for span in found.postures} == {"standing"}


def test_long_standing_is_flagged_only_with_evidence():
    guarded = Walker(bodies.guard, bodies.guard, n_steps=0, duration_s=12.0)
    met = [m for s in analyze_tracks([guarded.track()]).postures for m in s.milestones]
    assert met == ["who_standing_alone"]
    hidden = replace(guarded, wrist_visibility=(0.02, 0.02))
    assert not any(s.milestones for s in analyze_tracks([hidden.track()]).postures)


@pytest.mark.parametrize("duration_s", [0.04, 0.08, 0.3])
def test_somebody_seen_for_a_moment(duration_s):
    found = analyze_tracks([free(duration_s=duration_s).track(), free(person=2).track()])
    assert not any(step.person == 1 for step in found.steps)


def test_nobody():
    found = analyze_tracks([])
    assert (found.steps, found.sequences, found.first_independent) == ((), (), None)


def test_reasons_name_the_person():
    found = analyze_tracks([free(person=7).track()])
    assert any(r.text.startswith("person 7, steps 1 to") for r in found.reasons)
