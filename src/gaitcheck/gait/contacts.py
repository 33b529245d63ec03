"""From foot signals to swings: when each foot left the floor, and when it landed in a new place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.learned import FeetOdds, feet_odds
from gaitcheck.gait.moving import moving_feet
from gaitcheck.gait.shifts import shifted_feet
from gaitcheck.gait.signals import SPARSE_HZ, WalkSignals, runs

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

MIN_STANCE_S: Final = 0.13
"""A foot that stops for less has not landed, s (running children stand for 0.15 s)."""

FROM_FRONT: Final = 0.7
"""So much of the facing must point at the camera for a view from the front (45 degrees)."""

HANGING_S: Final = 0.3
"""Nor has one that stops for less and then turns back in the picture, s: seen from the front a foot
goes up, hangs, and comes down as it goes forward (arbitrary: half a slow swing)."""

MIN_SWING_S: Final = 0.10
"""A shorter movement is a twitch of the landmarks, s (toddlers' steps take 0.2 s or more, FIELD 6,
of which the swing is over half)."""

STANCE_S: Final = 0.20
"""So much of the stance before and after a swing tells where the foot stood, s."""

ALONG_STRETCH: Final = 1.7
"""So much longer is a way along the line of sight than it looks, at least: a camera held at 1.4 m
sees the floor at 3 m under 25 degrees."""

CONTACT_OF_PEAK: Final = 0.2
"""The heel lands when its speed falls to this part of the swing's highest, and the toe leaves when
its speed rises to it (measured on rendered people from the side: mean error under 10 ms; the heel,
because after it has landed the ankle and the toe still move)."""

FACING_OF_PEAK: Final = 0.35
"""So much more where the person faces a low camera, in whose picture steps are short: after heel
contact the foot goes on coming down, which from the front looks like the end of the step (measured:
without it contacts from the front come 90 ms late)."""

LEARNED_PART: Final = (0.3, 0.9)
"""The contact lies so far from where the speed has it to where the learned landing is, with sparse
and with dense frames (measured: 0.9 to 1 is best on rendered people at all rates, 0.25 on labelled
ones at 10 Hz)."""

FARTHEST_S: Final = 0.5
"""A landing farther from where the speed has it is taken for so far, s: where the speed shows a
swing in pieces the last of them may be missed by this."""

SLOW_SWING_S: Final = (0.6, 0.8)
"""Of longer swings less and less is known by learning, of the longest nothing, s: slow patients'
are longer than any that was taught, and seem to be over too soon."""

LANDING_ODDS: Final = 0.15
"""A landing less likely than this, at its likeliest, does not tell the time."""

LANDING_AFTER_S: Final = 0.2
"""The landing lies at most so long after the foot has come to stand, s."""

LANDING_S: Final = 0.1
"""So much time before and after the likeliest moment is weighed, s."""

AFTER_END_S: Final = (0.02, 0.2)
"""The heel lands at most so long after the foot has come to stand, s, with sparse and with dense
frames (measured: with sparse frames landings come 40 ms late without it)."""

HIDDEN_END: Final = 0.2
"""Part of a swing whose end one does not see where the foot moves up the picture by little, away
from a low camera: it moves forward, which is up, while it comes down (measured and reckoned: 0.2
to 0.3 for a camera at the height of the chest)."""

SEEN_END_LEGS: Final = 1.0
"""Where the foot moves as far as this in the picture the whole end is seen, leg lengths."""


@dataclass(frozen=True)
class Swing:
    """One movement of one foot from standing to standing.

    Parameters
    ----------
    foot : int
        0 left, 1 right.
    start, end : int
        Rows of the grid: the foot moves in ``[start, end)``.
    lift_off_s, contact_s : float or None
        None where the beginning or the end was not seen.
    moved_legs : float
        Distance in the picture between the places where it stood before and after, leg lengths.
    way_legs : float
        The same over the floor, as far as the view lets us reckon (`over_floor`).
    peak : float
        Highest speed, leg lengths/s.
    other : float
        Speed of the other foot meanwhile, as a part of this one's (median over the fast half).
    other_odds : float
        Log odds that the other foot moved meanwhile (median over the fast half).
    moving_odds : float
        Log odds that this foot moved (mean over the swing).
    landing_odds : float
        Log odds that it landed, where they are highest from the middle of the swing on.
    from_px, to_px : tuple of float
        Those places, px of the room.
    """

    foot: int
    start: int
    end: int
    lift_off_s: float | None
    contact_s: float | None
    moved_legs: float
    way_legs: float
    peak: float
    other: float
    other_odds: float
    moving_odds: float
    landing_odds: float
    from_px: tuple[float, float]
    to_px: tuple[float, float]


def find_swings(signals: WalkSignals) -> list[Swing]:
    """Find every movement of either foot, also those that are no steps.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    list of Swing
        Sorted by start.
    """
    odds = feet_odds(signals)
    moving = shifted_feet(signals, moving_feet(signals, odds), odds=odds)
    swings = []
    for foot in (0, 1):
        spans = _joined(runs(moving[:, foot]), moving[:, 1 - foot], signals, foot)
        for k, span in enumerate(spans):
            before = spans[k - 1][1] if k else 0
            after = spans[k + 1][0] if k + 1 < len(spans) else len(signals.time_s)
            swings.append(_swing(signals, odds, foot, span, (before, after)))
    return sorted(swings, key=lambda s: (s.start, s.foot))


def _joined(
    spans: list[tuple[int, int]], other: BoolArray, signals: WalkSignals, foot: int
) -> list[tuple[int, int]]:
    """Join movements of one foot over a stop that is no stance, the other foot standing."""
    out: list[tuple[int, int]] = []
    for span in spans:
        if out:
            stop = slice(out[-1][1], span[0])
            stop_s = signals.time_s[span[0]] - signals.time_s[out[-1][1]]
            first, second = (_way(signals, foot, s) for s in (out[-1], span))
            hangs = float(first @ second) < 0 and signals.toward[span[0]] > FROM_FRONT
            if (
                stop_s < (HANGING_S if hangs else MIN_STANCE_S)
                and signals.valid[stop].all()
                and not other[stop].any()
            ):
                out[-1] = (out[-1][0], span[1])
                continue
        out.append(span)
    return out


def _way(signals: WalkSignals, foot: int, span: tuple[int, int]) -> FloatArray:
    return np.asarray(signals.feet_px[span[1] - 1, foot] - signals.feet_px[span[0], foot])


def over_floor(moved_px: FloatArray, toward: float) -> float:
    """Length of a way over the floor, px, of which one sees the part across and a part along.

    Where the body faces along the line of sight its ways up and down the picture are ways along the
    floor, shortened by a low camera; sideways views show ways as they are.
    """
    stretch = 1 + (ALONG_STRETCH - 1) * toward**2
    return float(np.hypot(moved_px[0], stretch * moved_px[1]))


def _swing(
    signals: WalkSignals,
    odds: FeetOdds,
    foot: int,
    span: tuple[int, int],
    bounds: tuple[int, int],
) -> Swing:
    start, end = span
    speed, n = signals.speed[:, foot], len(signals.time_s)
    seen_before = start > 0 and bool(np.isfinite(speed[start - 1]))
    seen_after = end < n and bool(np.isfinite(speed[end]))
    peak = float(speed[start:end].max())
    fast = start + np.flatnonzero(speed[start:end] >= 0.5 * peak)
    places = signals.feet_px[:, foot]
    width = max(1, round(STANCE_S / (signals.time_s[1] - signals.time_s[0])))
    old = _median_place(places[max(bounds[0], start - width) : start], places[start])
    new = _median_place(places[end : min(bounds[1], end + width)], places[end - 1])
    leg = float(np.nanmean(signals.leg_px[start:end]))
    moved = new - old
    moved_legs = float(np.hypot(*moved) / leg)
    short = max(0.0, 1 - moved_legs / SEEN_END_LEGS)
    toward = max(0.0, float(signals.toward[start:end].mean()))
    part = CONTACT_OF_PEAK + FACING_OF_PEAK * toward * short
    after = round(LANDING_AFTER_S / (signals.time_s[1] - signals.time_s[0]))
    late = slice((start + end) // 2, min(bounds[1], end + after))
    lift_off_s = contact_s = None
    if seen_before:
        lift_off_s = _crossing(
            signals.time_s, signals.toe_speed[:, foot], span, CONTACT_OF_PEAK, rising=True
        )
    if seen_after:
        contact_s = _crossing(signals.time_s, signals.heel_speed[:, foot], span, part, rising=False)
        late_s = AFTER_END_S[0] if signals.rate_hz < SPARSE_HZ else AFTER_END_S[1]
        contact_s = min(contact_s, float(signals.time_s[end - 1]) + late_s)
        upward = max(0.0, -float(moved[1]) / max(float(np.hypot(*moved)), 1e-9))
        hidden = HIDDEN_END * upward * short
        contact_s += hidden * float(signals.time_s[end - 1] - signals.time_s[start])
        landing_s = _landing(signals.time_s, odds.landing[:, foot], late)
        if landing_s is not None:
            part = LEARNED_PART[0] if signals.rate_hz < SPARSE_HZ else LEARNED_PART[1]
            off_s = min(max(landing_s - contact_s, -FARTHEST_S), FARTHEST_S)
            swing_s = float(signals.time_s[end - 1] - signals.time_s[start])
            contact_s += part * float(np.interp(swing_s, SLOW_SWING_S, (1.0, 0.0))) * off_s
    return Swing(
        foot=foot,
        start=start,
        end=end,
        lift_off_s=lift_off_s,
        contact_s=contact_s,
        moved_legs=moved_legs,
        way_legs=over_floor(moved, float(signals.toward[start:end].mean())) / leg,
        peak=peak,
        other=float(np.median(signals.speed[fast, 1 - foot] / speed[fast])),
        other_odds=float(np.median(odds.moving[fast, 1 - foot])),
        moving_odds=float(odds.moving[start:end, foot].mean()),
        landing_odds=float(odds.landing[late, foot].max()),
        from_px=(float(old[0]), float(old[1])),
        to_px=(float(new[0]), float(new[1])),
    )


def _landing(time_s: FloatArray, odds: FloatArray, late: slice) -> float | None:
    """Time, between rows, at which the foot most likely landed late in a swing or after it."""
    likely = 1 / (1 + np.exp(-odds[late]))
    if likely.max() < LANDING_ODDS:
        return None
    at, width = late.start + int(likely.argmax()), round(LANDING_S / (time_s[1] - time_s[0]))
    near = slice(max(late.start, at - width), min(late.stop, at + width + 1))
    weight = 1 / (1 + np.exp(-odds[near]))
    return float((weight * time_s[near]).sum() / weight.sum())


def _median_place(places: FloatArray, otherwise: FloatArray) -> FloatArray:
    good = places[np.isfinite(places).all(axis=1)]
    return np.asarray(np.median(good, axis=0) if len(good) else otherwise)


def _crossing(
    time_s: FloatArray, speed: FloatArray, span: tuple[int, int], part: float, *, rising: bool
) -> float:
    """Time, between rows, when the speed first rose or last fell through a part of its highest.

    From the outermost half-high speed of the swing it is followed outwards, so that a later bump
    of the standing foot does not count.
    """
    start, end = span
    peak = float(speed[start:end].max())
    high = np.flatnonzero(speed[start:end] >= 0.5 * peak) + start
    level = part * peak
    row, step = (int(high[0]), -1) if rising else (int(high[-1]), 1)
    while 0 <= row + step < len(speed) and np.isfinite(speed[row + step]):
        here, there = speed[row], speed[row + step]
        if there <= level:
            between = (here - level) / (here - there)
            return float(time_s[row] + between * (time_s[row + step] - time_s[row]))
        row += step
    return float(time_s[row])
