"""All cues of one person, measured: what the judge of support reads and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import (
    arm_hangs_long,
    arm_held_up,
    arm_is_long,
    arms_are_long,
    arms_hang,
    from_behind,
    hand_hangs,
    hand_in_guard,
    hands_overhead,
    squarely,
)
from gaitcheck.gait.cues.at_hold import arm_at_hold
from gaitcheck.gait.cues.beside import swings_beside, walks_beside
from gaitcheck.gait.cues.body import HIPS, SIDES, BodySeries, body_series, even_grid
from gaitcheck.gait.cues.company import arms_torn, close_by
from gaitcheck.gait.cues.empty import (
    line_at_hand,
    no_rail_at_hand,
    no_wall_near,
    nothing_below_hand,
    rail_at_hand,
    too_small,
)
from gaitcheck.gait.cues.grips import (
    elbow_back,
    hand_beside,
    hand_inside,
    hand_lags,
    hand_low,
    hand_near_hip,
    hand_raised,
    hand_rests,
    hand_stays,
)
from gaitcheck.gait.cues.holding import (
    hand_fixed_in_room,
    hands_rigid_ahead,
    hands_rigid_apart,
)
from gaitcheck.gait.cues.hovering import hands_hover
from gaitcheck.gait.cues.led import hand_leads, other_is_small
from gaitcheck.gait.cues.lost import lost_beside
from gaitcheck.gait.cues.others import (
    Pair,
    bodies_coincide,
    hand_at_body,
    hand_at_hand,
    holds_other,
)
from gaitcheck.gait.cues.reach import person_in_reach
from gaitcheck.gait.cues.seen import hand_at_border, hand_glimpsed, hand_in_view, hand_visibility
from gaitcheck.gait.cues.stick import stick_in_step
from gaitcheck.gait.cues.swing import arm_swings, arms_alternate, arms_opposed, hand_moves_freely
from gaitcheck.gait.cues.things import (
    rolls_along,
    strap_above,
    thing_at_both_hands,
    thing_at_hand,
    thing_glimpsed,
    thing_stands,
)
from gaitcheck.gait.events import Side
from gaitcheck.people.track import Track
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

NEAR_TRUNKS: Final = 6.0
"""No arm of anybody reaches so far from pelvis to pelvis, trunk lengths of the bigger."""

NEAR_MARGIN_S: Final = 1.0
"""Longer than the windows of the cues between two people, s."""

_OF_HANDS = (
    hand_visibility,
    hand_in_view,
    hand_glimpsed,
    hand_at_border,
    arm_swings,
    hand_moves_freely,
    hand_in_guard,
    hand_hangs,
    arm_is_long,
    arm_hangs_long,
    arm_held_up,
    hands_overhead,
    hand_fixed_in_room,
    thing_at_hand,
    thing_glimpsed,
    thing_stands,
    stick_in_step,
    hand_low,
    hand_raised,
    hand_near_hip,
    hand_beside,
    hand_inside,
    elbow_back,
    hand_lags,
    hand_rests,
    hand_stays,
    no_rail_at_hand,
    no_wall_near,
    nothing_below_hand,
    rail_at_hand,
    line_at_hand,
    arm_at_hold,
)
_OF_BODY = (
    too_small,
    arms_alternate,
    arms_are_long,
    arms_hang,
    arms_opposed,
    hands_rigid_ahead,
    hands_rigid_apart,
    thing_at_both_hands,
    strap_above,
    rolls_along,
    squarely,
    from_behind,
)
_OF_PAIR = (holds_other, hands_hover, other_is_small)


@dataclass(frozen=True, eq=False)
class CueTrace:
    """One cue over time.

    Parameters
    ----------
    cue : str
        Name of the cue's function.
    score : ndarray, shape (n,)
        0 to 1, NaN where the cue is blind.
    side : {'left', 'right'} or None
        The person's own hand it concerns.
    other_person : int or None
        The other person it concerns.
    """

    cue: str
    score: FloatArray
    side: Side | None = None
    other_person: int | None = None


@dataclass(frozen=True, eq=False)
class CueTraces:
    """All cues of one person on one grid ``time_s``, shape (n,)."""

    time_s: FloatArray
    traces: tuple[CueTrace, ...]

    def of(self, cue: str) -> tuple[CueTrace, ...]:
        """Give the traces of one cue, one for each side or other person."""
        return tuple(trace for trace in self.traces if trace.cue == cue)

    def hands(self, cue: str) -> FloatArray:
        """Give a cue of the hands as one array, shape (n, 2 sides)."""
        return np.stack([trace.score for trace in self.of(cue)], axis=1)


def measure_cues(
    track: Track,
    *,
    others: Sequence[Track] = (),
    over: Interval | None = None,
    only: Collection[str] | None = None,
) -> CueTraces:
    """Measure every cue of one person.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    others : sequence of Track
        Everybody else; those never near the person cost next to nothing.
    over : Interval, optional
        Only this stretch of time.
    only : collection of str, optional
        Only these cues, all of them of the person alone.

    Returns
    -------
    CueTraces
    """
    body = body_series(track, time_s=even_grid(track, over=over))
    traces = [
        CueTrace(cue.__name__, series[:, i], side=_side(i))
        for cue in _OF_HANDS
        if only is None or cue.__name__ in only
        for series in (cue(body),)
        for i in (0, 1)
    ]
    traces += [
        CueTrace(cue.__name__, cue(body))
        for cue in _OF_BODY
        if only is None or cue.__name__ in only
    ]
    if only is not None:
        return CueTraces(body.time_s, tuple(traces))
    for other in others:
        traces += _of_pair(body, other)
    close = [trace.score for trace in traces if trace.cue == close_by.__name__]
    traces.append(CueTrace(arms_torn.__name__, arms_torn(body, others=close)))
    return CueTraces(body.time_s, tuple(traces))


def _of_pair(body: BodySeries, track: Track) -> list[CueTrace]:
    """Measure the cues between two people while they are near each other, NaN at other times."""
    shared = np.flatnonzero((body.time_s >= track.time_s[0]) & (body.time_s <= track.time_s[-1]))
    if len(shared) == 0:
        return []
    start = int(shared[0])
    whole = body_series(track, time_s=body.time_s)
    other = whole.part(start, int(shared[-1]) + 1)
    near = np.flatnonzero(_near(body.part(start, int(shared[-1]) + 1), other))
    if len(near) == 0:
        return []
    margin = body.samples(NEAR_MARGIN_S)
    first = max(0, int(near[0]) - margin)
    last = min(len(other.time_s), int(near[-1]) + 1 + margin)
    pair = Pair(body.part(start + first, start + last), other.part(first, last))

    def trace(cue: str, score: FloatArray, side: Side | None = None) -> CueTrace:
        whole = np.full(len(body.time_s), np.nan)
        whole[start + first : start + last] = score
        return CueTrace(cue, whole, side=side, other_person=track.person)

    traces = [
        trace(cue, hands[:, i], _side(i))
        for cue, hands in (
            (hand_at_hand.__name__, pair.hands),
            (hand_leads.__name__, hand_leads(pair)),
        )
        for i in (0, 1)
    ]
    traces.append(trace(hand_at_body.__name__, pair.held))
    traces.append(trace(person_in_reach.__name__, pair.reach))
    traces += [
        trace(cue.__name__, cue(pair.body, pair.other)) for cue in (bodies_coincide, close_by)
    ]
    traces += [trace(cue.__name__, cue(pair)) for cue in _OF_PAIR]
    swings = swings_beside(pair)
    traces.append(trace(swings_beside.__name__, swings))
    traces.append(trace(walks_beside.__name__, walks_beside(pair, swings)))
    lost = lost_beside(body, whole, within=_may_hold(traces))
    return [*traces, CueTrace(lost_beside.__name__, lost, other_person=track.person)]


def _may_hold(traces: Sequence[CueTrace]) -> FloatArray:
    """Say how far the other of a pair's traces may hold the person, NaN where unknown, (n,)."""
    near, merged, child, beside = (
        next(t.score for t in traces if t.cue == cue.__name__)
        for cue in (person_in_reach, bodies_coincide, other_is_small, walks_beside)
    )
    merged = np.where(merged > 0, merged, np.nan)  # that two are not one tells nothing of reach
    free = (1.0 - np.nan_to_num(child)) * (1.0 - np.nan_to_num(beside))
    return np.asarray(np.fmax(near, merged) * free)


def _near(body: BodySeries, other: BodySeries) -> npt.NDArray[np.bool_]:
    """Say when the other is near enough that a cue may speak, shape (n,)."""
    apart = body.points_px[:, HIPS].mean(axis=1) - other.points_px[:, HIPS].mean(axis=1)
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    return np.asarray(np.linalg.norm(apart, axis=-1) < NEAR_TRUNKS * bigger)


def _side(index: int) -> Side:
    return "left" if SIDES[index] == "left" else "right"
