"""What one step's neighbours in the same walk say about its support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gaitcheck.gait.events import Evidence, Step, Support
from gaitcheck.settings import GaitSettings

MEND_INSIDE, MEND_END = 4, 2
"""So many steps that are only nearly free may be mended between free steps, and at the beginning
or end of a walk next to free steps (arbitrary: about a stride of a walk's start)."""


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
    reason : str
        In words, without times.
    doubted : bool
        For `unknown`: a cue spoke against freedom, rather than none for it.
    nearly : bool
        For `unknown`: one hand is free, or both hang; only the last evidence is missing.
    """

    support: Support
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    doubted: bool = False
    nearly: bool = False


def in_context(
    steps: Sequence[Step], details: Sequence[StepSupport], *, settings: GaitSettings
) -> list[StepSupport]:
    """Mend steps by their neighbours in the same walk.

    Steps for which only the last evidence of freedom is missing, while nothing speaks of holding,
    are free with half the confidence between steps judged free, and at the beginning and end of a
    walk next to two of them: there the arms only begin to swing. Next to a step that was held, or
    may have been, nothing is mended. A single free step between two held ones is unknown: hands
    that hold do not let go for half a second.
    """
    out = list(details)
    for walk in _walks(steps, settings):
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
        for k in range(1, len(walk) - 1):
            held = {kinds[k - 1], kinds[k + 1]}
            if kinds[k] == "none" and not held & {"none", "unknown"}:
                reason = "unknown: free for one step only"
                out[walk[k]] = replace(
                    details[walk[k]], support="unknown", reason=reason, doubted=True
                )
    return out


def _mended(detail: StepSupport, beside: StepSupport) -> StepSupport:
    return replace(
        detail,
        support="none",
        confidence=round(beside.confidence / 2, 3),
        reason=beside.reason,
        nearly=False,
    )


def _walks(steps: Sequence[Step], settings: GaitSettings) -> list[list[int]]:
    """Group the indices of steps no further apart than a slow step."""
    walks: list[list[int]] = [[0]] if steps else []
    for i in range(1, len(steps)):
        if steps[i].contact_s - steps[i - 1].contact_s > settings.max_step_time_s:
            walks.append([])
        walks[-1].append(i)
    return walks


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
