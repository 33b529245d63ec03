"""The rules that decide one step: cues of made-up strength in, a support and its cause out."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.traces import CueTrace, CueTraces, measure_cues
from gaitcheck.gait.decide import DOUBTS, FREEDOMS, OF_OTHERS, decide
from gaitcheck.gait.freedom import hand_freedom
from gaitcheck.gait.holders import HOLDS
from gaitcheck.gait.reasons import DECIDED, DOUBTED
from gaitcheck.settings import SupportSettings
from gaitcheck.time import Interval
from tests.gait.bodies import free


class TestDecide:
    """The rules alone, on made-up cues."""

    TIME_S = np.arange(100) / 25
    LOOK = Interval(1.0, 2.0)

    def cues(self, **loud: float) -> CueTraces:
        names = {*HOLDS, *DOUBTS, *FREEDOMS, "hand_in_view", "hand_glimpsed", "hand_at_border"}
        names |= {
            "hand_hangs",
            "other_is_small",
            "holds_other",
            "swings_beside",
            "walks_beside",
            "hands_hover",
            "arms_opposed",
            "arm_is_long",
            "arms_are_long",
        }
        alone = {"arms_alternate", "arms_opposed", "hands_rigid_ahead", "hands_rigid_apart"}
        alone |= {"arms_are_long", "arms_hang", "arms_torn", "too_small"}
        pairs = {"hand_at_body", "person_in_reach", "bodies_coincide", "other_is_small"}
        pairs |= {"holds_other", "swings_beside", "walks_beside", "hands_hover", "lost_beside"}
        defaults = {"hand_in_view": 1.0, "hand_glimpsed": 1.0, "arm_swings": 1.0}
        defaults |= {"arms_opposed": 1.0, "arm_is_long": 1.0, "arms_are_long": 1.0}
        traces = []
        for name in sorted(names):
            score = np.full(100, loud.get(name, defaults.get(name, 0.0)))
            sides = (None,) if name in alone | pairs else ("left", "right")
            other = 2 if name in pairs | {"hand_at_hand"} else None
            traces += [CueTrace(name, score, side=side, other_person=other) for side in sides]
        return CueTraces(self.TIME_S, tuple(traces))

    @pytest.mark.parametrize(
        ("loud", "expected"),
        [
            pytest.param({}, "none", id="free"),
            pytest.param({"arm_swings": 0.0}, "unknown", id="nothing known"),
            pytest.param({"arm_swings": np.nan}, "unknown", id="cue blind"),
            pytest.param({"arm_is_long": 0.0}, "unknown", id="a stick swings along"),
            pytest.param({"arm_swings": 0.0, "arms_alternate": 1.0}, "none", id="from the front"),
            pytest.param(
                {"arm_swings": 0.0, "arms_alternate": 1.0, "arms_are_long": 0.0},
                "unknown",
                id="crutches from the front",
            ),
            pytest.param({"hand_in_view": 0.0, "hand_glimpsed": 0.0}, "unknown", id="hidden"),
            pytest.param({"hand_at_border": 1.0}, "unknown", id="at the border"),
            pytest.param({"hand_at_hand": 0.9, "arm_swings": 0.0}, "person", id="held"),
            pytest.param({"hand_at_hand": 0.9}, "unknown", id="beside, arms swing"),
            pytest.param(
                {"hand_at_hand": 0.9, "arm_swings": 0.0, "hand_hangs": 0.9},
                "unknown",
                id="beside, arms hang",
            ),
            pytest.param(
                {"hand_at_hand": 0.9, "arm_swings": 0.0, "other_is_small": 1.0},
                "unknown",
                id="by a child",
            ),
            pytest.param({"hand_at_hand": 0.5}, "none", id="too faint to speak"),
            pytest.param(
                {"hand_at_hand": 0.9, "holds_other": 0.9, "arm_swings": 0.0},
                "unknown",
                id="holds another",
            ),
            pytest.param(
                {"hand_at_hand": 0.9, "holds_other": 0.9, "hand_at_body": 0.9, "arm_swings": 0.0},
                "person",
                id="each holds the other",
            ),
            pytest.param({"hand_at_body": 0.9, "hands_rigid_apart": 1.0}, "person", id="both"),
            pytest.param({"hand_fixed_in_room": 0.9}, "object_fixed", id="fixed"),
            pytest.param({"hands_rigid_apart": 0.9}, "object_moving", id="moving"),
            pytest.param({"hands_rigid_ahead": 0.9}, "unknown", id="moving, or arms carried bent"),
            pytest.param(
                {"hands_rigid_apart": 0.9, "other_is_small": 1.0}, "unknown", id="hovering parent"
            ),
            pytest.param({"person_in_reach": 0.9}, "unknown", id="in reach"),
            pytest.param({"lost_beside": 0.9}, "unknown", id="out of sight within reach"),
            pytest.param({"arms_torn": 0.9}, "unknown", id="arms of two"),
            pytest.param({"too_small": 0.9}, "unknown", id="too small"),
            pytest.param({"arms_torn": 0.9, "hand_at_body": 0.9}, "person", id="torn, but held"),
            pytest.param({"person_in_reach": 0.9, "walks_beside": 0.9}, "none", id="only beside"),
            pytest.param(
                {"hand_at_hand": 0.9, "arm_swings": 0.0, "arms_alternate": 1, "walks_beside": 1},
                "none",
                id="hand passes hand",
            ),
            pytest.param({"person_in_reach": 0.9, "hands_hover": 0.9}, "none", id="hovers over"),
            pytest.param({"hand_at_body": 0.9, "hands_hover": 0.9}, "person", id="hovers, holds"),
            pytest.param({"hand_at_body": 0.9, "walks_beside": 0.9}, "person", id="beside, holds"),
            pytest.param(
                {"hand_at_body": 0.9, "swings_beside": 0.9},
                "unknown",
                id="the hand at the body swings",
            ),
            pytest.param({"bodies_coincide": 0.9, "hand_at_hand": 1.0}, "unknown", id="merged"),
            pytest.param({"arm_held_up": 0.9}, "unknown", id="arm up"),
            pytest.param({"hands_overhead": 0.9}, "unknown", id="overhead"),
            pytest.param({"arm_held_up": 0.9, "person_in_reach": 0.9}, "person", id="up to one"),
            pytest.param(
                {"arm_held_up": 0.9, "person_in_reach": 0.9, "other_is_small": 1.0},
                "unknown",
                id="up, a child near",
            ),
        ],
    )  # fmt: skip
    def test_rule(self, loud, expected):
        detail = decide(self.cues(**loud), self.LOOK, settings=SupportSettings())
        assert detail.support == expected
        assert detail.cause.what in (DOUBTED if expected == "unknown" else DECIDED)

    def test_short_bursts_are_not_heard(self):
        cues = self.cues()
        reach = next(t for t in cues.traces if t.cue == "person_in_reach")
        reach.score[30:33] = 1.0
        assert decide(cues, self.LOOK, settings=SupportSettings()).support == "none"
        reach.score[26:45] = 1.0
        assert decide(cues, self.LOOK, settings=SupportSettings()).support == "unknown"

    def test_a_glimpsed_hand_needs_the_other_to_be_free(self):
        cues = self.cues(hand_in_view=0.0)
        assert hand_freedom(cues).max() == 0
        cues.of("hand_in_view")[1].score[:] = 1.0
        assert hand_freedom(cues).min() == 1


def test_every_rule_reads_a_cue_that_is_measured():
    cues = measure_cues(free().track(), others=[free(person=2, start=(-1.0, 1.0)).track()])
    measured = {trace.cue for trace in cues.traces}
    assert {*HOLDS, *DOUBTS, *FREEDOMS, *OF_OTHERS} <= measured
    assert all(trace.score.shape == cues.time_s.shape for trace in cues.traces)
    scores = np.concatenate([t.score[np.isfinite(t.score)] for t in cues.traces])
    assert 0 <= scores.min() <= scores.max() <= 1
