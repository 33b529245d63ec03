"""The judge of support: from the cues to who or what held the person during each step.

Each step is decided by itself (`decide`), then mended by its neighbours (`context`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gaitcheck.gait.context import StepSupport, in_context
from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.gait.decide import decide
from gaitcheck.gait.events import Step
from gaitcheck.gait.reasons import Reason, find_reasons
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval

SHORTEST_LOOK_S: Final = 0.4
"""A step's support is judged over at least so long, s (arbitrary)."""

FIRST_LOOK_S: Final = 0.3
"""Stance before the first step's lift-off that is looked at, s (arbitrary)."""

STATED: Final = (0.75, 0.97)
"""Confidence stated for decisions with no and with full evidence: on the scenes to tune on all of
them were right whatever their evidence, so the lower end is a guess for scenes unseen."""

AROUND_S: Final = 3.0
"""Time around a step that its cues may need, s: more than their longest window."""

LIKELY_SWING_S: Final = 0.4
"""Swing of a step whose lift-off was not seen, s (FIELD: steps of 0.3 to 0.7 s)."""


@dataclass(frozen=True)
class SupportJudgement:
    """Support of each step of one person.

    Parameters
    ----------
    steps : tuple of Step
        The steps given, with their support.
    details : tuple of StepSupport
        One for each step.
    reasons : tuple of Reason
        Why runs of steps have their support.
    """

    steps: tuple[Step, ...]
    details: tuple[StepSupport, ...]
    reasons: tuple[Reason, ...] = ()


def judge_support(
    track: Track,
    steps: Sequence[Step],
    *,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> SupportJudgement:
    """Say for each step who or what held the person.

    Each step is judged over its swing and the stance before it, that is from the contact before
    to its own.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    steps : sequence of Step
        Their steps in time order.
    others : sequence of Track
        Everybody else in the video. Without them a helper's hands go unseen: give them.
    settings : GaitSettings, optional
        Thresholds.

    Returns
    -------
    SupportJudgement
    """
    settings = settings or GaitSettings()
    if not steps:
        return SupportJudgement((), ())
    looks = [look_at(steps, i, settings=settings) for i in range(len(steps))]
    details = list(judge_spans(track, looks, others=others, settings=settings))
    details = [_stated(detail) for detail in in_context(steps, details, settings=settings)]
    judged = tuple(
        replace(step, support=detail.support) for step, detail in zip(steps, details, strict=True)
    )
    causes = [detail.cause for detail in details]
    return SupportJudgement(judged, tuple(details), find_reasons(judged, causes, looks))


def _stated(detail: StepSupport) -> StepSupport:
    """Turn the strength of the evidence for a decision into how often such decisions are right."""
    if detail.support == "unknown":
        return detail
    least, most = STATED
    return replace(detail, confidence=round(least + (most - least) * detail.confidence, 3))


def judge_spans(
    track: Track,
    looks: Sequence[Interval],
    *,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> tuple[StepSupport, ...]:
    """Say for each stretch of time, such as one of standing, who or what held the person.

    ``looks`` are in time order. Between looks far apart no cue is measured: somebody who sits
    for an hour costs nothing.
    """
    settings = settings or GaitSettings()
    out: list[StepSupport] = []
    for together in _neighbours(looks):
        start_s = together[0].start_s - AROUND_S
        end_s = max(look.end_s for look in together) + AROUND_S
        cues = measure_cues(track, others=others, over=Interval(start_s, end_s))
        out += [decide(cues, look, settings=settings.support) for look in together]
    return tuple(out)


def _neighbours(looks: Sequence[Interval]) -> list[list[Interval]]:
    """Group looks with less than twice `AROUND_S` between them."""
    groups: list[list[Interval]] = []
    for look in looks:
        if not groups or look.start_s - groups[-1][-1].end_s > 2 * AROUND_S:
            groups.append([])
        groups[-1].append(look)
    return groups


def look_at(steps: Sequence[Step], index: int, *, settings: GaitSettings) -> Interval:
    """Give the time over which the support of a step is judged: its swing, the stance before."""
    step = steps[index]
    start = (
        step.lift_off_s - FIRST_LOOK_S
        if step.lift_off_s is not None
        else step.contact_s - LIKELY_SWING_S - FIRST_LOOK_S
    )
    if index > 0:
        before = steps[index - 1].contact_s
        if step.contact_s - before <= settings.max_step_time_s:
            start = before
    return Interval(max(0.0, min(start, step.contact_s - SHORTEST_LOOK_S)), step.contact_s)
