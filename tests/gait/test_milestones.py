from __future__ import annotations

import pytest

from gaitcheck.gait.events import Evidence
from gaitcheck.gait.milestones import CRITERIA, standing_milestones, walking_milestones
from gaitcheck.settings import MilestoneSettings

LEFT, RIGHT = (Evidence("hand_at_hand", 0, 1, side, 2) for side in ("left", "right"))


@pytest.mark.parametrize(
    ("n_steps", "support", "evidence", "expected"),
    [
        pytest.param(4, "none", (), (), id="four steps"),
        pytest.param(5, "none", (), ("who_walking_alone",), id="five free"),
        pytest.param(10, "none", (), ("who_walking_alone", "gmfm_69_steps"), id="ten free"),
        pytest.param(5, "object_fixed", (), ("who_walking_with_assistance",), id="cruising"),
        pytest.param(4, "object_fixed", (), (), id="cruising four steps"),
        pytest.param(10, "person", (LEFT,), ("gmfm_68_steps",), id="one hand held"),
        pytest.param(10, "person", (LEFT, RIGHT), ("gmfm_67_steps",), id="two hands held"),
        pytest.param(9, "person", (LEFT,), (), id="one hand, nine steps"),
        pytest.param(10, "person", (Evidence("hand_at_body", 0, 1),), (), id="held by the trunk"),
        pytest.param(20, "object_moving", (), (), id="walking frame"),
        pytest.param(20, "unknown", (), (), id="unknown"),
    ],
)
def test_walking(n_steps, support, evidence, expected):
    assert walking_milestones(n_steps=n_steps, support=support, evidence=evidence) == expected
    assert set(expected) <= set(CRITERIA)


@pytest.mark.parametrize(
    ("duration_s", "support", "expected"),
    [
        (9.9, "none", ()),
        (10.0, "none", ("who_standing_alone",)),
        (10.0, "object_fixed", ("who_standing_with_assistance",)),
        (60.0, "person", ()),
        (60.0, "unknown", ()),
    ],
)
def test_standing(duration_s, support, expected):
    assert standing_milestones(duration_s=duration_s, support=support) == expected
    assert set(expected) <= set(CRITERIA)


def test_thresholds_come_from_the_settings():
    three = MilestoneSettings(who_steps=3, who_standing_s=2.0)
    assert walking_milestones(n_steps=3, support="none", settings=three) == ("who_walking_alone",)
    met = standing_milestones(duration_s=2.0, support="none", settings=three)
    assert met == ("who_standing_alone",)


def test_every_criterion_names_its_source():
    assert all(c.text and c.source for c in CRITERIA.values())
