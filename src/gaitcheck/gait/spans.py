"""Stretches of time come in; who or what held the person in each, looked at by itself, goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.cues.traces import CueTraces, measure_cues
from gaitcheck.gait.decide import decide
from gaitcheck.gait.held_out import times_of_hands_held_out
from gaitcheck.gait.lost_hands import times_of_lost_hands
from gaitcheck.gait.parts import Part, part_of, parts_of
from gaitcheck.gait.reasons import Cause
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings
from gaitcheck.time import Interval

AROUND_S: Final = 3.0
"""Time around a step that its cues may need, s: more than their longest window."""

HOLD_CHANGES: Final = Cause("hold_changes")


def judge_spans(
    track: Track,
    looks: Sequence[Interval],
    *,
    walks: Sequence[Interval | None] | None = None,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> tuple[StepSupport, ...]:
    """Say for each stretch of time, such as one of standing, who or what held the person.

    ``looks`` are in time order; ``walks`` are the walks that they belong to, None for standing.
    Between looks far apart no cue is measured: somebody who sits for an hour costs nothing.
    """
    settings = settings or GaitSettings()
    out: list[StepSupport] = []
    for together in _neighbours(looks):
        around = (walks or [None] * len(looks))[len(out) : len(out) + len(together)]
        start_s, end_s = together[0].start_s, max(look.end_s for look in together)
        cues = measure_cues(track, others=others, over=_widened(Interval(start_s, end_s)))
        # Looks of one walk share it: each walk is cut once.
        seen = {
            walk: _look_at_walk(track, others, walk, cues)
            for walk in dict.fromkeys(filter(None, around))
        }
        for look, walk in zip(together, around, strict=True):
            if walk is None:
                out.append(decide(cues, look, settings=settings.support))
            else:
                out.append(_judge_step(seen[walk], look, settings=settings))
    return tuple(out)


@dataclass(frozen=True, eq=False)
class _Walk:
    """What is seen of a walk as a whole: the cues of each part, and what leaves it open when."""

    parts: dict[Part, CueTraces]
    doubts: tuple[tuple[Interval, Cause], ...]


def _look_at_walk(track: Track, others: Sequence[Track], walk: Interval, cues: CueTraces) -> _Walk:
    parts = parts_of(track, walk, cues=cues)
    if len(parts) == 1:
        own = [cues]
    else:
        own = [measure_cues(track, others=others, over=_reach(part, walk)) for part in parts]
    doubts = [(span, HOLD_CHANGES) for span in times_of_hands_held_out(track, walk, cues)]
    doubts += [
        (span, Cause("hand_hidden", (side,))) for span, side in times_of_lost_hands(cues, walk)
    ]
    return _Walk(dict(zip(parts, own, strict=True)), tuple(doubts))


def _judge_step(walk: _Walk, look: Interval, *, settings: GaitSettings) -> StepSupport:
    part, certain = part_of(list(walk.parts), look)
    near = part.span & _widened(look)
    judged = decide(walk.parts[part], look, settings=settings.support, walk=near)
    judged = judged if certain else _changing(judged)
    middle_s = (look.start_s + look.end_s) / 2
    doubt = next((cause for span, cause in walk.doubts if middle_s in span), None)
    judged = replace(judged, part=part.span, doubt=doubt)
    if doubt is None:
        return judged
    # What is in doubt is neither outweighed nor mended by its neighbours.
    return replace(judged, nearly=False, otherwise=None)


def _changing(judged: StepSupport) -> StepSupport:
    """Leave open, while a hand lets go or takes hold, what the learned judge would weigh."""
    if judged.features is None:
        return judged
    weighable = judged if judged.open_features is not None else judged.otherwise
    return replace(
        judged,
        support="unknown",
        confidence=0.0,
        cause=HOLD_CHANGES,
        features=None,
        otherwise=weighable,
    )


def _reach(part: Part, walk: Interval) -> Interval:
    """Give the time over which the cues of a part are measured: not across a cut."""
    wide = _widened(part.span)
    return Interval(
        wide.start_s if part.span.start_s == walk.start_s else part.span.start_s,
        wide.end_s if part.span.end_s == walk.end_s else part.span.end_s,
    )


def _widened(span: Interval) -> Interval:
    return Interval(span.start_s - AROUND_S, span.end_s + AROUND_S)


def _neighbours(looks: Sequence[Interval]) -> list[list[Interval]]:
    """Group looks with less than twice `AROUND_S` between them."""
    groups: list[list[Interval]] = []
    for look in looks:
        if not groups or look.start_s - groups[-1][-1].end_s > 2 * AROUND_S:
            groups.append([])
        groups[-1].append(look)
    return groups
