"""A walk comes in; the times come out in which a hand may still, or already, be at something.

Who stands at a sofa, a rail or a worktop and walks away from it has a hand out on it, beside the
other one that hangs, and takes it down after a step or two; who arrives there puts it out again.
That is too short for the learned judge, which looks at the whole walk, and for `parts`. Who turns
from it with both hands on it may raise them in guard: they are free once nothing is there.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import GRID_HZ, BodySeries, body_series
from gaitcheck.gait.cues.traces import CueTraces
from gaitcheck.gait.cues.windows import without_spikes
from gaitcheck.gait.possible import may_be_there
from gaitcheck.people.track import Track
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]
Times = npt.NDArray[np.bool_]

STANDING_S: Final = 1.5
"""So long before and after a walk is looked at, s (arbitrary)."""

LEAST_S: Final = 0.2
"""For so much of that the pose model must draw the hands, s (arbitrary)."""

SEEN: Final = 0.15
"""Visibility from which a hand is about where the pose model draws it in the walk, as in
`hand_glimpsed`, for it is the far hand that one sees on a rail (with 0.3 half as many held steps
are found). Standing it may be hidden: hands that hang are drawn hanging."""

HELD_OUT: Final = 0.9
"""A hand is held out less than so far below its shoulder, trunk lengths (rendered: on walls, sofas,
rails and worktops 0.3 to 0.85)."""

HANGS: Final = 1.0
"""The other one hangs at least so far below (1.05 to 1.15): both are held out in guard, or to carry
something (with any other that is lower by 0.15, nine more of 2,200 free steps are lost)."""

COMES_DOWN: Final = 0.12
"""And the hand comes down by so much in the walk (with 0.09 four more free steps are lost, with
0.16 seven held ones fewer found): an arm that is always bent is for the learned judge."""

MOSTLY: Final = 0.6
"""Down is where it is, or lower, for the rest of the time (with 0.5 seven held steps fewer are
found, with 0.75 two more, and eight more free ones lost)."""

STEADY_S: Final = 0.36
"""A hand is up or down by the median of so long, s."""

HIDDEN_S: Final = 1.0
"""Out of sight it is still there for at most so long, s: the body hides a far hand in each stride
(with 0.6 two held steps fewer are found)."""

DOWN_S: Final = 0.2
"""And seen to be down for at most so long, s: it is taken along to the next hold (with 0.4 six more
free steps are lost)."""

BOTH_OUT: Final = 0.45
"""Both hands are held out, to be at something, where one of them is so high (on a sofa 0.3 to 0.5;
with 0.6 one more held step of 14 is found, but toddlers stand so in the midst of furnished rooms:
17 of 420 free steps are lost instead of 1). Before the walk only: whoever comes to rest with both
hands out was told right so far, and 18 of 690 free steps would be lost."""

AT_SOMETHING: Final = (0.5, 0.3)
"""And something may run along the way of a hand that is out, or stand below it, and something meet
the floor beyond the feet, so clearly (0.9 for either tells nearly the same)."""

LEAVES_S: Final = 3.0
"""Whoever walks away from something is beside it for at most so long, s (arbitrary)."""


def times_of_hands_held_out(track: Track, walk: Interval, cues: CueTraces) -> tuple[Interval, ...]:
    """Say when a hand is still where it was before the first step, or already as after the last.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    walk : Interval
        The time of the walk, s.
    cues : CueTraces
        Of the person, over `STANDING_S` before the walk to as long after it.

    Returns
    -------
    tuple of Interval
        At most one from the beginning of the walk on, and one to its end.
    """
    start_s, end_s = walk.start_s - STANDING_S, walk.end_s + STANDING_S
    around = (cues.time_s >= start_s) & (cues.time_s < end_s)
    body = body_series(track, time_s=cues.time_s[around])
    before, after = body.time_s < walk.start_s, body.time_s >= walk.end_s
    inside = ~before & ~after
    starts, ends = [walk.start_s], [walk.end_s]
    for hand in (0, 1):
        times, up = _held_out(body, hand, standing=before, inside=inside)
        starts.append(_until(times, up, walk.start_s))
        times, up = _held_out(body, hand, standing=after, inside=inside)
        ends.append(-_until(-times[::-1], up[::-1], -walk.end_s))
    if _both_out(body, before):
        out = body.wrists[..., 1] < HELD_OUT
        there = np.asarray((_may_be_at_hand(cues)[around] & out).any(axis=1))
        last_s = _until(body.time_s[inside], there[inside], walk.start_s)
        starts.append(min(last_s, walk.start_s + LEAVES_S))
    spans = Interval(walk.start_s, max(starts)), Interval(min(ends), walk.end_s)
    return tuple(span for span in spans if span.duration_s > 0)


def _both_out(body: BodySeries, standing: Times) -> bool:
    """Say whether both hands are held out in standing."""
    height = body.wrists[standing][..., 1]
    height = height[np.isfinite(height).all(axis=1)]
    if len(height) < body.samples(LEAST_S):
        return False
    low, high = sorted(np.median(height, axis=0))
    return bool(high < HELD_OUT and low < BOTH_OUT)


def _may_be_at_hand(cues: CueTraces) -> Times:
    """Say when something may be at each hand, as far as the pictures tell, shape (n, 2 sides)."""
    rail, below, _ = may_be_there(cues)
    wall = 1.0 - np.nan_to_num(cues.hands("no_wall_near"))
    return np.asarray((np.maximum(rail, below) >= AT_SOMETHING[0]) & (wall >= AT_SOMETHING[1]))


def _held_out(
    body: BodySeries, side: int, *, standing: Times, inside: Times
) -> tuple[FloatArray, Times]:
    """Give the times in the walk, s, when a hand is seen that is held out in standing, and if up.

    None where it is not held out in standing, or never comes down.
    """
    height = body.wrists[..., 1]
    known = np.isfinite(height)
    seen = known[:, side] & (body.hand_visibility[:, side] >= SEEN)
    there, other = (height[standing & known[:, s], s] for s in (side, 1 - side))
    walks = height[inside & known[:, side], side]
    if min(len(there), len(other), len(walks)) < body.samples(LEAST_S):
        return np.zeros(0), np.zeros(0, bool)
    out, down = float(np.median(there)), float(np.quantile(walks, MOSTLY))
    if out > HELD_OUT or np.median(other) < HANGS or down < out + COMES_DOWN:
        return np.zeros(0), np.zeros(0, bool)
    steady = without_spikes(height[:, [side]], samples=body.samples(STEADY_S))[:, 0]
    look = inside & seen
    return body.time_s[look], steady[look] < (out + down) / 2


def _until(times: FloatArray, up: Times, start_s: float) -> float:
    """Give the last time at which a hand that was up at the start is still so, s."""
    last_s, down_s = start_s, 0.0
    for time_s, is_up in zip(times.tolist(), up.tolist(), strict=True):
        if time_s - last_s > HIDDEN_S or down_s > DOWN_S:
            break
        last_s, down_s = (time_s, 0.0) if is_up else (last_s, down_s + 1 / GRID_HZ)
    return last_s
