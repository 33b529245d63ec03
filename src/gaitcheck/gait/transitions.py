"""From postures to what happened between them: rising, sitting down, falling, being caught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from gaitcheck.gait.catching import at_body, stopping_hands
from gaitcheck.gait.dropping import drops
from gaitcheck.gait.events import Evidence, PostureEvent, PostureSpan
from gaitcheck.gait.going_down import AFTER_S, BodyMotion, GoingDown, body_motion, falls, sinkings
from gaitcheck.gait.rising import posture_event, risings_and_sittings
from gaitcheck.gait.ways import whole_way
from gaitcheck.people.track import Track

LEAST_CONFIDENCE: Final = 0.5
"""What is less sure is left out: a false event is worse than a missed one."""

COMES_DOWN_S: Final = 0.7
"""From flat to rest a fall takes at most so long, s (rendered 0.2 to 0.4)."""

GOES: Final = (0.1, 0.2)
"""Mean speed before they sink of one who stands and of one who goes, leg lengths/s: who sits down
beside somebody sinks as well (rendered, of those caught: 0.24 at least, seen from the front)."""

RESTS: Final = (0.25, 0.45)
"""Mean speed after it of one who is held and of one who goes on (rendered: caught 0.07 to 0.21; who
walks on, or kneels down and crawls, 0.56 at least)."""

FELL: Final = 0.9
"""Confidence of a fall of which every sign is good (measured: rendered falls and look-alikes)."""


def find_transitions(
    track: Track, postures: Sequence[PostureSpan], *, others: Sequence[Track] = ()
) -> tuple[PostureEvent, ...]:
    """Find when somebody rose, sat down, fell or was caught.

    Parameters
    ----------
    track : Track
        One person, sides repaired.
    postures : sequence of PostureSpan
        Theirs, in order.
    others : sequence of Track
        Everybody else: without them nobody is seen to be caught.

    Returns
    -------
    tuple of PostureEvent
        By time. What is in doubt is left out.
    """
    motion = body_motion(track)
    if motion is None:
        return ()
    down = [*_caught(track, motion, others), *_falls(track, motion, others)]
    calm = [
        event
        for event in risings_and_sittings(track, postures, motion, others)
        if not any(_overlap(event, other) for other in down)
    ]
    found = [event for event in (*down, *calm) if event.confidence >= LEAST_CONFIDENCE]
    return tuple(sorted(found, key=lambda event: event.start_s))


def _overlap(a: PostureEvent, b: PostureEvent) -> bool:
    return a.start_s < b.end_s and b.start_s < a.end_s


def _falls(track: Track, motion: BodyMotion, others: Sequence[Track]) -> list[PostureEvent]:
    alone = [
        drop
        for drop in drops(motion)
        if not any(at_body(track, other, drop.start_s, drop.end_s) for other in others)
    ]
    out: list[PostureEvent] = []
    for cue, found in (("trunk_falls", falls(motion)), ("shoulders_drop", alone)):
        for steep in found:
            if not motion.inside[motion.between(steep.start_s, steep.end_s)].all():
                continue  # who leaves the picture sinks in it
            start, end = np.searchsorted(motion.time_s, (steep.start_s, steep.end_s))
            span_s = whole_way(motion, int(start), int(end), rises=False, below_s=COMES_DOWN_S)
            signs = [Evidence("hips_sink", *span_s, score=steep.deep)]
            signs.insert(0, Evidence(cue, *span_s, score=steep.flat))
            sure = FELL * float(np.sqrt(steep.flat * steep.deep))
            event = posture_event(track.person, "falling", span_s, sure, *signs)
            if not any(_overlap(event, other) for other in out):
                out.append(event)
    return out


def _grip(track: Track, motion: BodyMotion, other: Track, sink: GoingDown) -> float:
    """Score hands at a body that sinks and then rests; nearly at it will do if it was walking."""
    before = motion.speed[motion.between(sink.start_s - AFTER_S, sink.start_s)].mean()
    after = motion.speed[motion.between(sink.end_s, sink.end_s + AFTER_S)].mean()
    went, rests = np.interp(before, GOES, (0.0, 1.0)), np.interp(after, RESTS, (1.0, 0.0))
    at_it, nearly = (
        stopping_hands(track, other, sink.start_s, sink.end_s, nearly=nearly)
        for nearly in (False, True)
    )
    return float(rests * max(at_it, went * nearly))


def _caught(track: Track, motion: BodyMotion, others: Sequence[Track]) -> list[PostureEvent]:
    out = []
    for sink in sinkings(motion):
        grips = [(_grip(track, motion, other, sink), other.person) for other in others]
        if not grips:
            continue
        grip, helper = max(grips)
        signs = (
            Evidence("hips_sink", sink.start_s, sink.end_s, score=sink.deep),
            Evidence("hand_at_body", sink.start_s, sink.end_s, other_person=helper, score=grip),
        )
        sure = FELL * float(np.sqrt(sink.deep * grip))
        out.append(posture_event(track.person, "caught", (sink.start_s, sink.end_s), sure, *signs))
    return out
