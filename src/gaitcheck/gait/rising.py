"""Ways up and down between postures: rising, and sitting down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.catching import at_body
from gaitcheck.gait.events import Evidence, PostureEvent, PostureSpan, Transition
from gaitcheck.gait.going_down import BodyMotion
from gaitcheck.gait.posture import KNEELING_HIPS_LEGS, LOW, SEATED_S, UPRIGHT
from gaitcheck.gait.ways import whole_way
from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

STAYS_S: Final = 0.6
"""Who is low, or up, for less did not get there, s (arbitrary: a squat before a jump takes 0.3)."""

RISE_S: Final = 3.0
"""The steep middle of a way from low to up takes at most so long, s (arbitrary; a five times
sit-to-stand takes about 2 s a rise in slow patients)."""

BETWEEN_S: Final = 1.0
"""Low and up may lie so far apart, of an unknown posture between them, s (arbitrary)."""

MEDIAN_S: Final = 1.5
"""How low and how high are medians over so long, s (arbitrary)."""

WAY: Final = (0.1, 0.35)
"""Way between low and up, in the numbers of `BodyMotion.places`, that is no way and a sure one
(measured: rendered chairs 0.25 to 0.7; standing that is taken for sitting for a moment 0.1)."""

LEGS_SEEN: Final = (0.2, 0.5)
"""Visibility of the legs, behind a desk or not, that tells nothing of postures, and that tells
all."""

IN_ROOM: Final = (0.0, 0.08)
"""Way of the hips in the room, leg lengths, that is none and a sure one (rendered: 0.1 from a chair
seen from above to 0.4 from the side; who comes out from behind a desk: none)."""

CALM_LEGS_S: Final = 0.25
"""Shoulders and hips of one who sits go slower than this, leg lengths/s (arbitrary: twice as fast
as at rest)."""

LEFT: Final = 0.15
"""Who has gone this part of the way has left, and who is as near to its end has arrived."""

_Kind = Literal["low", "up", "other"]


@dataclass(frozen=True)
class _Stretch:
    """Consecutive postures of one kind."""

    kind: _Kind
    spans: tuple[PostureSpan, ...]

    @property
    def start_s(self) -> float:
        return self.spans[0].start_s

    @property
    def end_s(self) -> float:
        return self.spans[-1].end_s

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


def posture_event(
    person: int, event: Transition, span_s: tuple[float, float], sure: float, *evidence: Evidence
) -> PostureEvent:
    """Make an event of what was found, times to a thousandth of a second."""
    start_s, end_s = (round(time_s, 3) for time_s in span_s)
    return PostureEvent(person, event, start_s, end_s, round(min(sure, 1.0), 3), evidence)


def risings_and_sittings(
    track: Track, postures: Sequence[PostureSpan], motion: BodyMotion, others: Sequence[Track]
) -> list[PostureEvent]:
    """Find the ways from low to up and from up to a seat, as `find_transitions` takes them."""
    out = []
    main = [s for s in _stretches(postures, motion) if s.kind != "other"]
    for before, after in pairwise(main):
        if before.kind == after.kind or after.start_s - before.end_s > _allowed_s(
            postures, before, after
        ):
            continue
        if min(before.duration_s, after.duration_s) < STAYS_S:
            continue
        way = _way(motion, before, after)
        if way is None:
            continue
        start_s, end_s, sure = way
        rises = after.kind == "up"
        if rises and start_s - before.start_s < STAYS_S:
            continue  # a stoop or a stumble
        if not rises and (
            after.spans[0].posture != "sitting"
            or _leaves_soon(after, float(motion.time_s[-1]))
            or not _rests(motion, end_s)
            or any(at_body(track, other, start_s, end_s) for other in others)
        ):
            continue  # to the knees or the floor; or let down, or caught, by somebody
        kind: Transition = "rising" if rises else "sitting_down"
        cue = "hips_rise" if rises else "hips_sink"
        sign = Evidence(cue, round(start_s, 3), round(end_s, 3), score=round(sure, 3))
        out.append(posture_event(track.person, kind, (start_s, end_s), sure, sign))
    return out


def _rests(motion: BodyMotion, end_s: float) -> bool:
    """Whether the body is calm after a way down: who goes on to the floor has not sat down."""
    after = motion.speed[motion.between(end_s, end_s + STAYS_S)]
    return bool(len(after)) and float(np.median(after)) < CALM_LEGS_S


def _leaves_soon(seated: _Stretch, last_s: float) -> bool:
    span = seated.spans[0]
    return span.end_s - span.start_s < SEATED_S and span.end_s < last_s


def _allowed_s(postures: Sequence[PostureSpan], before: _Stretch, after: _Stretch) -> float:
    between = [s for s in postures if before.end_s <= s.start_s < after.start_s]
    moving = all(s.posture in ("rising", "falling") for s in between)
    return RISE_S if moving else BETWEEN_S


def _stretches(postures: Sequence[PostureSpan], motion: BodyMotion) -> list[_Stretch]:
    """Join postures that are low, and such as are up; a short unknown one joins what is around."""
    out: list[_Stretch] = []
    for span in postures:
        kind = _kind(span, motion)
        if out and out[-1].kind == kind:
            out[-1] = _Stretch(kind, (*out[-1].spans, span))
        elif (
            len(out) > 1
            and out[-1].kind == "other"
            and out[-1].duration_s < BETWEEN_S
            and out[-2].kind == kind
        ):
            gone, last = out.pop(), out.pop()
            out.append(_Stretch(kind, (*last.spans, *gone.spans, span)))
        else:
            out.append(_Stretch(kind, (span,)))
    return out


def _kind(span: PostureSpan, motion: BodyMotion) -> _Kind:
    if span.posture in UPRIGHT:
        return "up"
    if span.posture in LOW:
        return "low"
    inside = motion.between(span.start_s, span.end_s)
    if span.posture == "unknown" and inside.any():
        near_floor = float(np.median(motion.hips_legs[inside])) < KNEELING_HIPS_LEGS
        if near_floor or 2 * motion.kneels[inside].sum() > inside.sum():
            return "low"
    return "other"


def _place(motion: BodyMotion, rows: BoolArray, kind: _Kind) -> FloatArray:
    """Median place over the higher half of the frames of who is up, the lower of who is low."""
    height = motion.hips_legs[rows]
    middle = np.median(height)
    half = height >= middle if kind == "up" else height <= middle
    return np.asarray(np.median(motion.places[rows][half], axis=0))


def _way(
    motion: BodyMotion, before: _Stretch, after: _Stretch
) -> tuple[float, float, float] | None:
    """Give when the body left one posture and reached the other, and how sure that is."""
    first = motion.between(max(before.start_s, before.end_s - MEDIAN_S), before.end_s)
    second = motion.between(after.start_s, min(after.end_s, after.start_s + MEDIAN_S))
    if first.sum() < 3 or second.sum() < 3:
        return None
    a, b = (
        _place(motion, rows, stretch.kind) for rows, stretch in ((first, before), (second, after))
    )
    length = float(np.linalg.norm(b - a))
    sure = float(np.interp(length, WAY, (0.0, 1.0)))
    if sure == 0.0:
        return None
    part = (motion.places - a) @ (b - a) / length**2
    near = motion.between(before.end_s - MEDIAN_S, after.start_s + MEDIAN_S)
    crossed = np.flatnonzero(near[1:] & (part[:-1] < 0.5) & (part[1:] >= 0.5)) + 1
    if not len(crossed):
        return None
    middle_s = (before.end_s + after.start_s) / 2
    at = int(crossed[np.argmin(np.abs(motion.time_s[crossed] - middle_s))])
    left = np.flatnonzero(part[:at] <= LEFT)
    reached = np.flatnonzero(part[at:] >= 1 - LEFT)
    if not len(left) or not len(reached):
        return None
    start, end = int(left[-1]), at + int(reached[0])
    rises = after.kind == "up"
    way_s = whole_way(motion, start, end, rises=rises)
    from_row, to_row = np.searchsorted(motion.time_s, way_s)
    sunk = motion.sunk_legs(int(from_row), float(motion.hips_px[to_row]))
    sure *= float(np.interp(-sunk if rises else sunk, IN_ROOM, (0.0, 1.0)))
    legs_seen = min(float(np.median(motion.legs_seen[rows])) for rows in (first, second))
    sure *= float(np.interp(legs_seen, LEGS_SEEN, (0.0, 1.0)))
    if motion.time_s[end] - motion.time_s[start] > RISE_S:
        return None
    return (*way_s, sure)
