from __future__ import annotations

import pytest

from gaitcheck.gait.context import StepSupport, in_context
from gaitcheck.gait.events import Evidence, Step
from gaitcheck.gait.reasons import Cause
from gaitcheck.settings import GaitSettings


class TestContext:
    FREE = StepSupport("none", 0.8, cause=Cause("both_hands_free"))
    NEARLY = StepSupport("unknown", 0.5, cause=Cause("hand_hidden", ("left",)), nearly=True)
    BLIND = StepSupport("unknown", 0.5, cause=Cause("hand_hidden", ("left",)))
    DOUBT = StepSupport("unknown", 0.9, cause=Cause("person_in_reach", (), 2))
    ARM_UP = StepSupport(
        "unknown", 0.9, (Evidence("arm_held_up", 0, 1, "left"),), Cause("arm_held_up", ("left",))
    )
    HELD = StepSupport("person", 0.9, cause=Cause("hand_at_body", (), 2))
    NEAR_3 = StepSupport("unknown", 0.9, cause=Cause("person_in_reach", (), 3))
    FAINT = StepSupport("unknown", 0.6, cause=Cause("person_in_reach", (), 2))
    FRAME = StepSupport("object_moving", 0.9, cause=Cause("thing_at_both_hands"))
    THING = StepSupport(
        "unknown", 0.9, (Evidence("thing_at_hand", 0, 1, "left"),), Cause("person_in_reach", (), 2)
    )

    @pytest.mark.parametrize(
        ("details", "expected"),
        [
            pytest.param("FnF", "NNN", id="between free steps"),
            pytest.param("nFF", "NNN", id="at the beginning"),
            pytest.param("FFnn", "NNNN", id="at the end"),
            pytest.param("nF", "UN", id="one free step is too little"),
            pytest.param("nnnFFF", "UUUNNN", id="too long a beginning"),
            pytest.param("FFnnnnnFF", "NNUUUUUNN", id="too long a middle"),
            pytest.param("FbF", "NUN", id="blind stays blind"),
            pytest.param("FdF", "NUN", id="doubt stays doubt"),
            pytest.param("dnFF", "UUNN", id="not next to doubt"),
            pytest.param("hnFF", "PUNN", id="not next to holding"),
            pytest.param("hFh", "PUP", id="free for one step only"),
            pytest.param("hFFFh", "PUUUP", id="free for three"),
            pytest.param("hFFFFh", "PNNNNP", id="free for four"),
            pytest.param("aFFh", "UUUP", id="between an arm up and a hold"),
            pytest.param("dFFd", "UNNU", id="somebody near before and after"),
            pytest.param("hbdh", "PPPP", id="unknown between two holds"),
            pytest.param("hddddh", "PUUUUP", id="unknown for long"),
            pytest.param("hdF", "PUN", id="unknown before letting go"),
            pytest.param("hFF", "PNN", id="let go"),
            pytest.param("FFh", "NNP", id="caught"),
            pytest.param("bFbbFd", "UUUUUU", id="one step alone in a longer walk"),
            pytest.param("bFFbb", "UNNUU", id="two of them are believed"),
            pytest.param("dbbhF", "UUUPN", id="after letting go one is"),
            pytest.param("hhd", "PPP", id="held to the end"),
            pytest.param("ddhh", "PPPP", id="from the beginning"),
            pytest.param("hhddd", "PPUUU", id="somebody near for long"),
            pytest.param("hd", "PU", id="one held step is too little"),
            pytest.param("hhb", "PPU", id="blind at the end"),
            pytest.param("hho", "PPU", id="somebody else near at the end"),
            pytest.param("hhe", "PPU", id="near, but faintly"),
            pytest.param("hhdFF", "PPUNN", id="never up to where it is free"),
            pytest.param("mmtttt", "MMMMMM", id="still at the frame when somebody comes near"),
            pytest.param("mmtdt", "MMMMM", id="also over one step that says nothing"),
            pytest.param("mmtddt", "MMMUUU", id="until nothing is at the hands for longer"),
        ],
    )
    def test_mending(self, details, expected):
        kinds = {"F": self.FREE, "n": self.NEARLY, "b": self.BLIND, "d": self.DOUBT, "h": self.HELD}
        kinds |= {"a": self.ARM_UP, "o": self.NEAR_3, "e": self.FAINT}
        kinds |= {"m": self.FRAME, "t": self.THING}
        steps = [
            Step(person=1, side=None, lift_off_s=None, contact_s=0.5 * k)
            for k in range(len(details))
        ]
        mended = in_context(steps, [kinds[c] for c in details], settings=GaitSettings())
        letters = {"none": "N", "unknown": "U", "person": "P", "object_moving": "M"}
        assert "".join(letters[d.support] for d in mended) == expected

    def test_a_mended_step_is_less_sure(self):
        steps = [Step(person=1, side=None, lift_off_s=None, contact_s=0.5 * k) for k in range(3)]
        mended = in_context(steps, [self.FREE, self.NEARLY, self.FREE], settings=GaitSettings())
        assert mended[1].confidence == self.FREE.confidence / 2

    def test_steps_of_another_walk_do_not_help(self):
        steps = [Step(person=1, side=None, lift_off_s=None, contact_s=t) for t in (0.0, 0.5, 9.0)]
        mended = in_context(steps, [self.FREE, self.FREE, self.NEARLY], settings=GaitSettings())
        assert mended[2].support == "unknown"
