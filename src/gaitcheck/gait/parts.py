"""A walk comes in; the parts of it in which somebody is held, or is not, go out.

The learned judge looks at the whole walk around a step, for how an arm is carried lasts. Where
somebody lets go or takes hold in the midst of it, the one would be spread over the other. There
the walk is cut in two, and each part judged by itself, as if it were all there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import BodySeries, body_series, even_grid
from gaitcheck.gait.cues.seen import hand_in_view
from gaitcheck.gait.cues.traces import CueTraces, measure_cues
from gaitcheck.gait.cues.windows import ramp
from gaitcheck.gait.features import RESTS, leads_child
from gaitcheck.gait.freedom import OF_FREEDOM, hand_freedom
from gaitcheck.people.track import Track
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

SHORTEST_S: Final = 1.3
"""No part is shorter, s: about two steps, and as long as the windows of the cues."""

REACH_S: Final = 3.0
"""What lies farther from a cut does not speak for it, s: as far as the judge looks."""

CHANGE: Final = 0.18
"""A hand that lets go or takes hold is elsewhere from its shoulder by at least so much in the mean,
trunk lengths (rendered: 0.2 to 1.2 where the walk is cut rightly; cut for less, free walks whose
arms swing late are cut as well, at 0.11 to 0.16)."""

FREE: Final = 0.6
"""Both hands are known to be free for at least so much of the time on one side of the cut."""

UNFREE: Final = 0.25
"""And one of them for at most so much on the other side."""

SEEN: Final = 0.6
"""That hand is in view for so much of both sides: one that is hidden seems to swing now and then
(with hands out of sight one walk of 59 at a rail or wall is cut, and its first steps called free).
"""

MAY_DIFFER: Final = 0.15
"""Less is left of it nowhere where cues are measured across the cut (rendered, 176 walks: 0.25)."""

BEHIND: Final = 0.25
"""And none that was not free rests in the room or lags so clearly then: a hand that goes along a
rail swings on its way to the next hold (there 0.47; hands that had let go 0.06 at most)."""

UNSURE_S: Final = 0.6
"""So near to the cut a step still belongs, or belongs already, to the part in which a hand is held,
s (arbitrary: a hand takes hold in 0.3 to 0.5 s)."""


@dataclass(frozen=True)
class Part:
    """A part of a walk.

    Parameters
    ----------
    span : Interval
        Its time, s.
    held : bool
        Whether a hand is held in it that is free beyond a cut; reaches past the cut then.
    """

    span: Interval
    held: bool = False


def parts_of(track: Track, walk: Interval, *, cues: CueTraces | None = None) -> tuple[Part, ...]:
    """Cut a walk where a hold ends or begins.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    walk : Interval
        The time of the walk, s.
    cues : CueTraces, optional
        All cues of the person, measured across any cut: a hand that leads a child by them is free.

    Returns
    -------
    tuple of Part
        In order; one where nothing changes.
    """
    cues = cues or measure_cues(track, over=walk)
    if not np.isfinite(cues.hands("thing_glimpsed")).any():
        return (Part(walk),)  # the learned judge is not asked where nobody looked at the hands
    body = body_series(track, time_s=even_grid(track, over=walk))
    found = _cuts(track, body, cues)
    cuts = {float(body.time_s[k]): ends_hold for k, ends_hold in found.items()}
    ends = [walk.start_s, *cuts, walk.end_s]
    parts = []
    for start, end in pairwise(ends):
        before, after = UNSURE_S * (cuts.get(start) is False), UNSURE_S * (cuts.get(end) is True)
        span = Interval(max(walk.start_s, start - before), min(walk.end_s, end + after))
        parts.append(Part(span, held=bool(before or after)))
    return tuple(parts)


def part_of(parts: Sequence[Part], look: Interval) -> tuple[Part, bool]:
    """Give the part that a step lies in, and whether that is certain.

    Where it lies in two, it is that in which a hand is held, and not certain.
    """
    shared = [p for p in parts if p.span & look is not None] or list(parts)[:1]
    return next((part for part in shared if part.held), shared[0]), len(shared) == 1


def _cuts(track: Track, body: BodySeries, cues: CueTraces) -> dict[int, bool]:
    """Give the places of the grid at which a hold ends or begins, and whether it ends, in order."""
    shortest, reach = body.samples(SHORTEST_S), body.samples(REACH_S)
    cuts: dict[int, bool] = {}
    for k in _changes(body.wrists, shortest=shortest, reach=reach):
        first = max([0, k - reach, *(c for c in cuts if c < k)])
        last = min([len(body.time_s), k + reach, *(c for c in cuts if c > k)])
        if min(k - first, last - k) < shortest:
            continue
        sides = body.part(first, k), body.part(k, last)
        if _seen_elsewhere(*sides) and _may_differ(cues, *sides):
            before, after = (_hands(track, side, cues) for side in sides)
            if _lets_go(before, after) or _lets_go(after, before):
                cuts[k] = _lets_go(before, after)
    return dict(sorted(cuts.items()))


def _seen_elsewhere(before: BodySeries, after: BodySeries) -> bool:
    """Whether a hand that is seen on both sides is at another place from its shoulder."""
    seen = [np.nan_to_num(hand_in_view(side)).mean(axis=0) >= SEEN for side in (before, after)]
    places = [_mean_place(side.wrists) for side in (before, after)]
    moved = np.linalg.norm(places[1] - places[0], axis=1) >= CHANGE
    return bool((seen[0] & seen[1] & moved).any())


def _may_differ(cues: CueTraces, before: BodySeries, after: BodySeries) -> bool:
    """Whether hands are freer on one side by cues that look across the cut: else spare the look."""
    free = hand_freedom(cues)
    least = [free[_within(cues, side)].mean(axis=0).min() for side in (before, after)]
    return bool(abs(least[0] - least[1]) >= MAY_DIFFER)


def _within(cues: CueTraces, side: BodySeries) -> npt.NDArray[np.bool_]:
    return np.asarray((cues.time_s >= side.time_s[0]) & (cues.time_s <= side.time_s[-1]))


def _changes(wrists: FloatArray, *, shortest: int, reach: int) -> list[int]:
    """Give the places at which a hand's mean place changes, the greatest change first.

    Each change is the greatest within half the shortest length of a part.
    """
    known = np.isfinite(wrists)
    total = np.cumsum(np.pad(np.where(known, wrists, 0.0), [(1, 0), (0, 0), (0, 0)]), axis=0)
    count = np.cumsum(np.pad(known, [(1, 0), (0, 0), (0, 0)]), axis=0)
    at = np.arange(shortest, len(wrists) - shortest + 1)
    first, last = np.maximum(at - reach, 0), np.minimum(at + reach, len(wrists))
    with np.errstate(invalid="ignore"):
        before = (total[at] - total[first]) / (count[at] - count[first])
        after = (total[last] - total[at]) / (count[last] - count[at])
    moved = np.nan_to_num(np.linalg.norm(after - before, axis=2))  # (places, 2 sides)
    size = (at - first) * (last - at) / (last - first) * (moved**2).sum(axis=1)
    size[moved.max(axis=1, initial=0.0) < CHANGE] = 0.0
    found = []
    while size.max(initial=0.0) > 0:
        best = int(size.argmax())
        found.append(int(at[best]))
        size[max(0, best - shortest // 2) : best + shortest // 2 + 1] = 0.0
    return found


@dataclass(frozen=True)
class _Hands:
    """Both hands on one side of a cut: known to be free, in view, ever behind; shape (2 sides,)."""

    free: FloatArray
    seen: FloatArray
    behind: FloatArray


def _hands(track: Track, side: BodySeries, across: CueTraces) -> _Hands:
    over = Interval(float(side.time_s[0]), float(side.time_s[-1]))
    cues = measure_cues(track, over=over, only=(*OF_FREEDOM, "hand_rests", "hand_lags"))
    seen, rests, lags = (
        np.nan_to_num(cues.hands(cue)) for cue in ("hand_in_view", "hand_rests", "hand_lags")
    )
    leads = leads_child(across, _within(across, side))
    return _Hands(
        free=np.maximum(hand_freedom(cues).mean(axis=0), leads),
        seen=seen.mean(axis=0),
        behind=np.maximum(ramp(rests, zero=RESTS[0], one=RESTS[1]), lags).max(axis=0),
    )


def _mean_place(wrists: FloatArray) -> FloatArray:
    """Mean place of each hand, NaN where none is known, shape (2 sides, 2)."""
    known = np.isfinite(wrists)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, wrists, 0.0).sum(axis=0) / known.sum(axis=0))


def _lets_go(held: _Hands, free: _Hands) -> bool:
    """Whether both hands are free on one side, and one, seen on both, is not on the other."""
    was_held = held.free <= UNFREE
    seen = np.minimum(held.seen, free.seen) >= SEEN
    still = (was_held & (free.behind >= BEHIND)).any()
    return bool(free.free.min() >= FREE and (was_held & seen).any() and not still)
