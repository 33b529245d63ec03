"""Hand-made analyses, small enough to check by eye."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gaitcheck.answer import Analysis, ModelInfo, Person
from gaitcheck.gait.events import (
    Evidence,
    FirstStep,
    PostureEvent,
    PostureSpan,
    Rejection,
    Step,
    StepSequence,
    Support,
)
from gaitcheck.gait.quality import BadlySeen
from gaitcheck.gait.reasons import Reason
from gaitcheck.settings import Settings
from gaitcheck.video.frame import VideoInfo

PERSON = Person(
    1, 0.0, 8.0, 212.34, ((0.0, 10.04, 20.06, 60.0, 232.4), (0.2, 11.0, 20.0, 61.0, 232.0))
)


def walk(
    support: Support,
    *,
    n_steps: int = 4,
    first: int = 0,
    person: int = 1,
    sequence: int = 1,
    evidence: tuple[Evidence, ...] = (),
) -> tuple[tuple[Step, ...], StepSequence]:
    """Steps half a second apart, from ``first`` half seconds on, and their sequence."""
    steps = tuple(
        Step(
            person=person,
            side="left" if i % 2 else "right",
            lift_off_s=None if i == 0 else 0.5 * (first + i) + 0.70001,
            contact_s=0.5 * (first + i) + 1.23456,
            support=support,
            confidence=0.87654,
            sequence=sequence,
        )
        for i in range(n_steps)
    )
    return steps, StepSequence(
        id=sequence,
        person=person,
        start_s=steps[0].contact_s,
        end_s=steps[-1].contact_s,
        n_steps=n_steps,
        support=support,
        independent=support == "none" and n_steps >= 2,
        confidence=0.8,
        milestones=(),
        cadence_spm=120.04 if n_steps >= 3 else None,
        evidence=evidence,
    )


def analysis_of(
    *walks: tuple[tuple[Step, ...], StepSequence],
    people: tuple[Person, ...] = (PERSON,),
    **changes: Any,
) -> Analysis:
    """An analysis of these walks; the first independent step is found as the contract says."""
    sequences = tuple(sequence for _, sequence in walks)
    free = [sequence for sequence in sequences if sequence.independent]
    first = min(free, key=lambda sequence: sequence.start_s, default=None)
    made = Analysis(
        video=VideoInfo("clip.mp4", 640, 480, 240, 8.0, 30.0),
        model=ModelInfo("pose_landmarker_full", "ab" * 32),
        settings=Settings(),
        people=people,
        steps=tuple(step for steps, _ in walks for step in steps),
        sequences=sequences,
        postures=(
            PostureSpan(1, "standing", 0.0, 1.0),
            PostureSpan(1, "walking", 1.0, 4.0, ("who",)),
        ),
        events=(
            PostureEvent(
                1,
                "caught",
                4.2,
                4.9,
                0.71234,
                (Evidence("hand_at_body", 4.2, 4.9, other_person=2),),
            ),
        ),
        badly_seen=(BadlySeen(1, 6.0, 7.0, "legs hidden", 0.21234),),
        rejected=(Rejection(1, 5.0, 6.0, "swaying on the spot"),),
        first_independent_step=None
        if first is None
        else FirstStep(first.person, first.start_s, first.id),
        warnings=("2 damaged frames were skipped",),
        reasons=(Reason(1, 1, 4, 1.2, 2.7, "none", "both_hands_free"),),
    )
    return replace(made, **changes)


HELD = Evidence("wrist_at_hand", 1.0, 3.0, side="right", other_person=2, score=0.91234)
HIDDEN = Evidence("hand_hidden", 1.0, 3.0, side="left", score=0.6)


def free_walk() -> Analysis:
    return analysis_of(walk("none"))


def held_walk() -> Analysis:
    return analysis_of(walk("person", evidence=(HELD,)))
