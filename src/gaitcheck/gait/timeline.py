"""Postures over time, with rising, falling and being caught in their place between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gaitcheck.gait.events import (
    Posture,
    PostureEvent,
    PostureSpan,
    Rejection,
    Step,
    Transition,
)
from gaitcheck.gait.posture import find_postures
from gaitcheck.gait.transitions import find_transitions
from gaitcheck.people.track import Track

SHOWN_AS: Final[dict[Transition, Posture]] = {
    "rising": "rising",
    "falling": "falling",
    "caught": "falling",
}
"""Events that are postures of their own; who sits down stands or sits."""

SLIVER_S: Final = 0.25
"""What is left of a posture beside an event for less joins what is around, s (arbitrary)."""

NOT_UP: Final[frozenset[Posture]] = frozenset({"sitting", "lying", "crawling", "unknown"})
"""Who was caught and is seen so is carried until they are on their feet."""


def postures_and_events(
    track: Track,
    steps: tuple[Step, ...],
    *,
    uncounted: Sequence[Rejection] = (),
    others: Sequence[Track] = (),
) -> tuple[tuple[PostureSpan, ...], tuple[PostureEvent, ...]]:
    """Say how the person held themselves from first to last frame, and what happened between.

    Parameters
    ----------
    track : Track
        One person, sides repaired.
    steps : tuple of Step
        Theirs.
    uncounted : sequence of Rejection
        Their movements that were not counted as steps.
    others : sequence of Track
        Everybody else: without them nobody is seen to be caught.

    Returns
    -------
    postures : tuple of PostureSpan
        Without overlap, in order, over the whole track.
    events : tuple of PostureEvent
        By time.
    """
    postures = find_postures(track, steps, uncounted=uncounted)
    events = find_transitions(track, postures, others=others)
    return lay_over(postures, events), events


def lay_over(
    postures: Sequence[PostureSpan], events: Sequence[PostureEvent]
) -> tuple[PostureSpan, ...]:
    """Put events in their place among the postures.

    Parameters
    ----------
    postures : sequence of PostureSpan
        Of one person, in order, without overlap.
    events : sequence of PostureEvent
        Theirs.

    Returns
    -------
    tuple of PostureSpan
        Over the same time, in order, without overlap; the word of an event where there is one, and
        "carried" after being caught.
    """
    shown = [event for event in events if event.event in SHOWN_AS]
    out = list(postures)
    for event in shown:
        out = _cut(out, event)
    laid = [
        PostureSpan(event.person, SHOWN_AS[event.event], event.start_s, event.end_s)
        for event in shown
    ]
    out = _without_slivers(out, laid)
    caught_s = {event.end_s for event in shown if event.event == "caught"}
    carried = False
    for k, span in enumerate(out):
        carried = span.posture in NOT_UP and (carried or span.start_s in caught_s)
        if carried:
            out[k] = replace(span, posture="carried")
    return tuple(_joined(out))


def _cut(spans: list[PostureSpan], event: PostureEvent) -> list[PostureSpan]:
    """Take the time of an event out of the postures."""
    out = []
    for span in spans:
        if span.start_s < event.start_s:
            out.append(replace(span, end_s=min(span.end_s, event.start_s)))
        if span.end_s > event.end_s:
            out.append(replace(span, start_s=max(span.start_s, event.end_s)))
    return out


def _without_slivers(spans: list[PostureSpan], laid: list[PostureSpan]) -> list[PostureSpan]:
    """Put both together; short leftovers join the neighbour that is no event, else the event."""
    out = sorted([*spans, *laid], key=lambda span: span.start_s)
    edges = {time_s for span in laid for time_s in (span.start_s, span.end_s)}
    k = 0
    while k < len(out):
        span = out[k]
        short = span.end_s - span.start_s < SLIVER_S and not any(span is other for other in laid)
        if not short or len(out) == 1 or not {span.start_s, span.end_s} & edges:
            k += 1
            continue
        before, after = out[k - 1] if k else None, out[k + 1] if k + 1 < len(out) else None
        if after is not None and (before is None or span.start_s in edges):
            out[k + 1] = replace(after, start_s=span.start_s)
        elif before is not None:
            out[k - 1] = replace(before, end_s=span.end_s)
        del out[k]
    return out


def _joined(spans: list[PostureSpan]) -> list[PostureSpan]:
    out: list[PostureSpan] = []
    for span in spans:
        if out and out[-1].posture == span.posture and out[-1].end_s == span.start_s:
            out[-1] = replace(out[-1], end_s=span.end_s)
        else:
            out.append(span)
    return out
