"""Whether another person's hands are at somebody's body while they go down."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import GRID_HZ, WRISTS, BodySeries, body_series
from gaitcheck.gait.cues.near import SEEN, to_person
from gaitcheck.gait.cues.windows import ramp
from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]

AT_BODY: Final = (0.6, 0.35)
"""Distance of a hand from the trunk or an arm of the other that does not hold it and that
may, trunk lengths (rendered: hands at the armpits of one who was caught 0.0 to 0.5)."""

NEARLY_AT_BODY: Final = (0.8, 0.55)
"""The same in trunk lengths of whoever is larger, where the rest speaks for a catch too: hands
behind a body are seen beside it (rendered, caught: 0.0 to 0.56)."""

AFTER_S: Final = 0.5
"""Who stops a fall still holds so long after it, s."""

HELD_SHARE: Final = 0.6
"""Share of the time in which the hand must be there."""

POSSIBLE_SHARE: Final = 0.3
"""Share of it from which it cannot be ruled out."""


def stopping_hands(
    track: Track, other: Track, start_s: float, end_s: float, *, nearly: bool = False
) -> float:
    """Score a hand of the other that is at the body when it stops sinking, and stays, 0 to 1.

    Or ``nearly`` at it, as far as an adult's hands at a child may seem to be.
    """
    near = _near(track, other, (start_s + end_s) / 2, end_s + AFTER_S, nearly=nearly)
    if near is None:
        return 0.0
    seen = np.isfinite(near)
    if seen.any(axis=1).mean() < HELD_SHARE:
        return 0.0
    score = float(np.nanmax(np.nanmean(np.where(seen, near, 0.0), axis=0)))
    return float(np.interp(score, (HELD_SHARE - 0.2, 0.9), (0.0, 1.0)))


def at_body(track: Track, other: Track, start_s: float, end_s: float) -> bool:
    """Whether a hand of the other may have been at the body."""
    near = _near(track, other, start_s, end_s)
    return near is not None and bool(
        (np.where(np.isfinite(near), near, 1.0).max(axis=1) > 0.5).mean() >= POSSIBLE_SHARE
    )


def _near(
    track: Track, other: Track, start_s: float, end_s: float, *, nearly: bool = False
) -> FloatArray | None:
    """Score the other's hands at the body, shape (n, 2); None while they are not both there."""
    first = max(start_s, float(other.time_s[0]), float(track.time_s[0]))
    last = min(end_s, float(other.time_s[-1]), float(track.time_s[-1]))
    if last - first < 2 / GRID_HZ:
        return None
    grid = np.arange(first, last, 1 / GRID_HZ)
    body, helper = body_series(track, time_s=grid), body_series(other, time_s=grid)
    return np.column_stack([_of_hand(body, helper, side, nearly=nearly) for side in (0, 1)])


def _of_hand(body: BodySeries, helper: BodySeries, side: int, *, nearly: bool) -> FloatArray:
    trunk_px = np.fmax(body.trunk_px, helper.trunk_px) if nearly else body.trunk_px
    zero, one = NEARLY_AT_BODY if nearly else AT_BODY
    distance = to_person(body, helper.hand_px(side)) / trunk_px
    score = ramp(np.asarray(distance), zero=zero, one=one)
    known = helper.visibility[:, WRISTS[side]] >= SEEN
    return np.asarray(np.where(known | ~np.isfinite(distance), score, 0.0))
