"""The judge of support: from the cues to who or what held the person during each step.

Each step is looked at by itself (`spans`); what no rule decides the learned judge weighs, together
with the steps around it (`judge`); then each is mended by its neighbours (`context`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gaitcheck.gait.coarse import coarseness
from gaitcheck.gait.context import StepSupport, in_context, parts_of_walks, walks_of
from gaitcheck.gait.events import Side, Step
from gaitcheck.gait.features import StepFeatures
from gaitcheck.gait.judge import (
    HeldJudge,
    arms_steadied,
    learned_judge,
    probability,
    walk_logits,
)
from gaitcheck.gait.kinds import hold_of, rolls
from gaitcheck.gait.never_free import arms_as_free, not_known_free
from gaitcheck.gait.reasons import Cause, Reason, find_reasons
from gaitcheck.gait.spans import judge_spans
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

LIKELY_SWING_S: Final = 0.4
"""Swing of a step whose lift-off was not seen, s (FIELD: steps of 0.3 to 0.7 s)."""


CAUSES: Final = {
    "thing_maybe": "thing_at_hand",
    "thing": "thing_at_hand",
    "thing_unfree": "thing_at_hand",
    "thing_low": "thing_at_hand",
    "thing_stands": "thing_at_hand",
    "stick": "stick_in_step",
    "elbow_back": "hand_as_at_grip",
    "elbow_back_low": "hand_as_at_grip",
    "near_hip_unfree": "hand_as_at_grip",
    "raised_unfree": "hand_not_seen_free",
    "lags": "hand_lags",
    "lags_unfree": "hand_lags",
    "lags_untold": "hand_not_seen_free",
    "rests": "hand_lags",
    "raised_stays": "hand_lags",
    "fixed": "hand_fixed_in_room",
    "unseen": "hand_hidden",
    "unseen_unfree": "hand_hidden",
    "unfree": "hand_not_seen_free",
    "raised_alone_lags": "hand_raised_alone",
    "kept_at_hip": "hand_as_at_grip",
    "unfree_now": "hand_not_seen_free",
    "rail_unfree": "rail_at_hand",
    "rail_unswung": "rail_at_hand",
    "at_line": "rail_at_hand",
    "bent_alone": "hand_as_at_grip",
    "still_alone": "hand_as_at_grip",
    "stands_unfree": "thing_at_hand",
    "beside_unfree": "hand_as_at_grip",
    "before_unfree": "hand_hidden",
    "guard_alone": "hand_raised_alone",
    "at_hold": "hand_as_at_grip",
    "hands_rigid_ahead": "hands_rigid_ahead",
    "hands_rigid_apart": "hands_rigid_apart",
    "thing_at_both_hands": "thing_at_both_hands",
}
"""What a reader is told where a feature of the learned judge leaves a step unknown."""


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
    seen = support_evidence(track, steps, others=others, settings=settings)
    judge = learned_judge().careful(coarseness(track.coding_qp))
    details = conclude(steps, seen, judge=judge, settings=settings)
    judged = tuple(
        replace(step, support=detail.support, held_probability=detail.held)
        for step, detail in zip(steps, details, strict=True)
    )
    causes = [detail.cause for detail in details]
    return SupportJudgement(judged, tuple(details), find_reasons(judged, causes, looks))


def support_evidence(
    track: Track,
    steps: Sequence[Step],
    *,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> tuple[StepSupport, ...]:
    """Look at each step by itself: decided by a rule, or with features for the learned judge."""
    settings = settings or GaitSettings()
    looks = [look_at(steps, i, settings=settings) for i in range(len(steps))]
    around = [
        Interval(looks[walk[0]].start_s, steps[walk[-1]].contact_s)
        for walk in walks_of(steps, settings)
        for _ in walk
    ]
    return judge_spans(track, looks, walks=around, others=others, settings=settings)


def conclude(
    steps: Sequence[Step],
    details: Sequence[StepSupport],
    *,
    judge: HeldJudge | None = None,
    settings: GaitSettings | None = None,
) -> list[StepSupport]:
    """Let the learned judge weigh what no rule decided, and mend each step by its neighbours.

    Parameters
    ----------
    steps : sequence of Step
        Of one person, in time order.
    details : sequence of StepSupport
        As from `support_evidence`.
    judge : HeldJudge, optional
        The learned judge; the package's own if None.
    settings : GaitSettings, optional
        Thresholds.
    """
    settings = settings or GaitSettings()
    judge = judge or learned_judge()
    out = list(details)
    for walk in parts_of_walks(steps, details, settings):
        for i, detail in zip(walk, _by_judge([out[i] for i in walk], judge), strict=True):
            out[i] = detail
    return [_stated(detail) for detail in in_context(steps, out, settings=settings)]


def _by_judge(part: Sequence[StepSupport], judge: HeldJudge) -> list[StepSupport]:
    """Let the learned judge weigh the steps of one part of a walk.

    What leaves a step open may be outweighed by how the arms are carried; a step that is not free
    then either is left open as it was.
    """
    arms = arms_steadied([(detail.otherwise or detail).features for detail in part])
    doubted = [_with_arms(detail, of_step) for detail, of_step in zip(part, arms, strict=True)]
    weighed = [_outweighed(detail, of_step) for detail, of_step in zip(doubted, arms, strict=True)]
    logits = walk_logits(judge, [detail.open_features for detail in weighed])
    out = []
    for before, detail, logit in zip(doubted, weighed, logits, strict=True):
        judged = detail if logit is None else _weighed(detail, logit, judge)
        if judged.support == "none" or detail is before:
            out.append(_with_kind(judged, logit, judge))
        else:
            out.append(_with_kind(before, None, judge))
    return out


def _with_arms(detail: StepSupport, steadied: StepFeatures | None) -> StepSupport:
    """Give a step that the learned judge looks at its arms as steadied."""
    if detail.features is None or steadied is None:
        return detail
    return replace(detail, features=replace(detail.features, hands=steadied.hands))


def _outweighed(detail: StepSupport, steadied: StepFeatures | None) -> StepSupport:
    """Give a step as it is otherwise, if its arms are carried as free ones; else as it is."""
    if detail.otherwise is None or steadied is None or not arms_as_free(steadied):
        return detail
    return replace(detail.otherwise, features=steadied, part=detail.part)


def _weighed(detail: StepSupport, logit: float, judge: HeldJudge) -> StepSupport:
    """Decide by the learned judge: free, or unknown because of what speaks most for holding.

    Free only where both hands are known to be: a hand that may be at a rail, or both at a frame,
    and of which nothing is known is outweighed by nothing, nor is one that is held out as before
    the walk or out of sight to its end.
    """
    held = probability(logit)
    detail = replace(detail, held=round(held, 3))
    assert detail.features is not None
    still = not_known_free(detail.features)
    seems_free = judge.seems_free(detail.features, held)
    if seems_free and detail.doubt is not None:
        return replace(detail, confidence=round(held, 3), cause=detail.doubt)
    if seems_free and still is None:
        return replace(
            detail,
            support="none",
            confidence=round(1.0 - held, 3),
            cause=Cause("both_hands_free"),
        )
    name, hand = still if seems_free and still else judge.loudest(detail.features)
    hands: tuple[Side, ...] = () if hand is None else (("left", "right")[hand],)
    return replace(detail, confidence=round(held, 3), cause=Cause(CAUSES[name], hands))


def _with_kind(detail: StepSupport, logit: float | None, judge: HeldJudge) -> StepSupport:
    """Say what holds where the learned judge finds it likely enough and it is clear."""
    if detail.features is None or not detail.alone or detail.support != "unknown":
        return detail
    held = probability(judge.logit(detail.features) if logit is None else logit)
    hold = hold_of(detail.features, held)
    if hold is None and rolls(detail.cause.what, detail.confidence, detail.features, held):
        hold = ("object_moving", "rolls_along", ())
    if hold is None:
        return detail
    kind, cue, hands = hold
    return replace(detail, support=kind, confidence=round(held, 3), cause=Cause(cue, hands))


def _stated(detail: StepSupport) -> StepSupport:
    """Turn the strength of the evidence for a decision into how often such decisions are right."""
    if detail.support == "unknown" or (detail.support == "none" and detail.open_features):
        return detail
    least, most = STATED
    return replace(detail, confidence=round(least + (most - least) * detail.confidence, 3))


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
