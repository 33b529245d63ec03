"""What one step's neighbours in the same walk say about its support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from gaitcheck.gait.events import Evidence, Step, Support
from gaitcheck.gait.features import StepFeatures
from gaitcheck.gait.reasons import NOT_SEEN, Cause
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval

MEND_INSIDE: Final = 4
"""So many steps that are only nearly free may be mended between free steps (arbitrary)."""

MEND_END: Final = 2
"""And so many at the beginning or end of a walk next to free steps (arbitrary: a stride)."""

MOMENT_STEPS: Final = 3
"""Nobody lets go of a learner for fewer steps than this and takes hold again (arbitrary)."""

STRAY_WALK: Final = 5
"""In a walk of so many steps one free step alone is not believed (arbitrary)."""

GOES_ON: Final[dict[str, frozenset[str]]] = {
    "person": frozenset({"person_in_reach", "hand_at_hand", "hand_at_body"}),
    "object_fixed": frozenset({"hand_fixed_in_room"}),
    "object_moving": frozenset(
        {"thing_at_hand", "stick_in_step", "thing_at_both_hands", "hands_rigid_apart"}
    ),
}
"""Cues by which a step beside held ones is held too, though they speak too faintly to decide."""

CLEARLY_IN_REACH: Final = 0.8
"""Weight of such a doubt about a person from which the hold went on (held: 0.9 to 1)."""

ARM_UP: Final = ("arm_held_up", "hands_overhead")
"""Cues of an arm up, perhaps to somebody unseen."""


@dataclass(frozen=True)
class StepSupport:
    """Who or what held the person during one step, and how that is known.

    Parameters
    ----------
    support : str
        As in `Step`.
    confidence : float
        0 to 1.
    evidence : tuple of Evidence
        The cues that spoke during the step.
    cause : Cause
        What decided, or left it unknown.
    nearly : bool
        For `unknown`: one hand is free, or both hang; only the last evidence is missing.
    features : StepFeatures or None
        Where no rule decided: what the learned judge looks at.
    alone : bool
        With features: nobody was within reach, so what is at the hands is no other person.
    held : float or None
        How likely the person was held, 0 to 1, where the learned judge weighed it.
    part : Interval or None
        The part of the walk that the step belongs to (`parts`), s.
    doubt : Cause or None
        Why the step is not known to be free however free it seems: of what begins or ends the walk
        (`held_out`, `lost_hands`).
    otherwise : StepSupport or None
        What the step is where both arms are carried as free ones, which outweighs what leaves it
        `unknown` here.
    """

    support: Support
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    cause: Cause = NOT_SEEN
    nearly: bool = False
    features: StepFeatures | None = None
    alone: bool = False
    held: float | None = None
    part: Interval | None = None
    doubt: Cause | None = None
    otherwise: StepSupport | None = None

    @property
    def open_features(self) -> StepFeatures | None:
        """The features where the learned judge may call it free: both hands are seen somewhere."""
        return self.features if self.features is not None and self.features.glimpsed else None


def in_context(
    steps: Sequence[Step], details: Sequence[StepSupport], *, settings: GaitSettings
) -> list[StepSupport]:
    """Mend steps by their neighbours in the same walk.

    Steps for which only the last evidence of freedom is missing, while nothing speaks of holding,
    are free with half the confidence between steps judged free, and at the beginning and end of a
    walk next to two of them: there the arms only begin to swing. Next to a step that was held, or
    may have been, nothing is mended. Up to three free steps between steps that were held, or had
    an arm up, are unknown: rather the helper was lost from sight than let go for a second. For
    the same reason up to three unknown steps between steps held alike are held alike, and those
    at either end of a walk beside two held ones, as long as something still speaks of that. Last,
    in a longer walk one free step alone among unknown ones is not believed: two people drawn as
    one body look free for a moment.
    """
    out = list(details)
    for walk in walks_of(steps, settings):
        kinds = [details[i].support for i in walk]
        for first, last in _nearly_free(details, walk):
            before, after = kinds[:first][-2:], kinds[last:][:2]
            inside = before[-1:] == ["none"] == after[:1] and last - first <= MEND_INSIDE
            at_end = last - first <= MEND_END and (
                (not before and after == ["none"] * 2) or (not after and before == ["none"] * 2)
            )
            if inside or at_end:
                beside = details[walk[first - 1] if before else walk[last]]
                for i in walk[first:last]:
                    out[i] = _mended(details[i], beside)
        for first, last in _short_unknown_runs(details, walk):
            beside = details[walk[first - 1]]
            for i in walk[first:last]:
                out[i] = replace(_mended(details[i], beside), support=beside.support)
        for i, beside in _held_on(out, walk):
            out[i] = replace(_mended(out[i], beside), support=beside.support)
        for first, last in _short_free_runs(details, walk):
            for i in walk[first:last]:
                out[i] = replace(
                    details[i],
                    support="unknown",
                    cause=Cause("moment_between_holds"),
                )
        for i in _stray_free_steps(out, walk):
            out[i] = replace(
                out[i],
                support="unknown",
                cause=Cause("one_step_alone"),
            )
    return out


def _mended(detail: StepSupport, beside: StepSupport) -> StepSupport:
    return replace(
        detail,
        support="none",
        confidence=round(beside.confidence / 2, 3),
        cause=beside.cause,
        nearly=False,
    )


def walks_of(steps: Sequence[Step], settings: GaitSettings) -> list[list[int]]:
    """Group the indices of steps no further apart than a slow step."""
    walks: list[list[int]] = [[0]] if steps else []
    for i in range(1, len(steps)):
        if steps[i].contact_s - steps[i - 1].contact_s > settings.max_step_time_s:
            walks.append([])
        walks[-1].append(i)
    return walks


def parts_of_walks(
    steps: Sequence[Step], details: Sequence[StepSupport], settings: GaitSettings
) -> list[list[int]]:
    """Group the indices of the steps of one part of a walk."""
    return [
        list(part)
        for walk in walks_of(steps, settings)
        for _, part in groupby(walk, key=lambda i: details[i].part)
    ]


def _nearly_free(details: Sequence[StepSupport], walk: Sequence[int]) -> list[tuple[int, int]]:
    """Give ``[first, last)`` places in ``walk`` of each run of nearly free steps."""
    out = []
    place = 0
    for nearly, run in groupby(walk, key=lambda i: details[i].nearly):
        length = len(list(run))
        if nearly:
            out.append((place, place + length))
        place += length
    return out


def _short_free_runs(details: Sequence[StepSupport], walk: Sequence[int]) -> list[tuple[int, int]]:
    """Give ``[first, last)`` places of the short runs of free steps between held ones."""
    out = []
    place = 0
    for support, run in groupby(walk, key=lambda i: details[i].support):
        first, last = place, place + len(list(run))
        place = last
        inside = first > 0 and last < len(walk)
        if support == "none" and inside and last - first <= MOMENT_STEPS:
            around = (details[walk[first - 1]], details[walk[last]])
            if all(_in_hand(detail) for detail in around):
                out.append((first, last))
    return out


def _short_unknown_runs(
    details: Sequence[StepSupport], walk: Sequence[int]
) -> list[tuple[int, int]]:
    """Give ``[first, last)`` places of the short unknown runs between holds of one kind."""
    out = []
    place = 0
    for support, run in groupby(walk, key=lambda i: details[i].support):
        first, last = place, place + len(list(run))
        place = last
        inside = first > 0 and last < len(walk)
        if support == "unknown" and inside and last - first <= MOMENT_STEPS:
            before, after = details[walk[first - 1]].support, details[walk[last]].support
            if before == after != "none":
                out.append((first, last))
    return out


def _held_on(details: Sequence[StepSupport], walk: Sequence[int]) -> list[tuple[int, StepSupport]]:
    """Give the unknown steps at either end of a walk in which the hold beside them goes on.

    Each with the held step that tells who or what. A person's hold goes on for a stride at most:
    whoever lets go stays within reach.
    """
    out = []
    for order in (list(walk), list(walk)[::-1]):
        count = next((k for k, i in enumerate(order) if details[i].support != "unknown"), 0)
        around = [details[i] for i in order[count : count + 2]]
        kinds = {detail.support for detail in around}
        if len(around) < 2 or len(kinds) > 1 or not kinds <= set(GOES_ON):
            continue
        on = [_goes_on(details[i], around[0], count) for i in order[:count][::-1]]
        for place, i in enumerate(order[:count][::-1]):
            # Nobody lets go of a thing for one step: a step of silence between does not end it.
            later = around[0].support != "person" and any(on[place + 1 : place + 2])
            if not on[place] and not later:
                break
            out.append((i, around[0]))
    return out


def _goes_on(detail: StepSupport, beside: StepSupport, count: int) -> bool:
    """Say whether an unknown step, one of ``count``, is held as the one beside it."""
    cues = GOES_ON[beside.support]
    if beside.support != "person":
        return any(evidence.cue in cues for evidence in detail.evidence)
    same = detail.cause.what in cues and detail.cause.other_person == beside.cause.other_person
    return same and detail.confidence >= CLEARLY_IN_REACH and count <= MEND_END


def _stray_free_steps(details: Sequence[StepSupport], walk: Sequence[int]) -> list[int]:
    """Give the free steps of a longer walk that are alone among unknown ones."""
    kinds = [details[i].support for i in walk]
    out = []
    for place, i in enumerate(walk):
        beside = kinds[max(0, place - 1) : place] + kinds[place + 1 : place + 2]
        if kinds[place] == "none" and beside and set(beside) == {"unknown"}:
            out.append(i)
    return out if len(walk) >= STRAY_WALK else []


def _in_hand(detail: StepSupport) -> bool:
    """Say whether the step was held, or an arm was up as if it were."""
    if detail.support not in ("none", "unknown"):
        return True
    return any(e.cue in ARM_UP for e in detail.evidence)
