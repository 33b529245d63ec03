"""Somebody too small to hold the person up, and the hands by which the person leads them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import arm_held_up
from gaitcheck.gait.cues.beside import seen_from
from gaitcheck.gait.cues.body import ANKLES, HIPS, KNEES, BodySeries
from gaitcheck.gait.cues.others import Pair
from gaitcheck.gait.cues.windows import ramp, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

SMALL: Final = (0.88, 0.78)
"""The other's size over the person's (a six-year-old has 0.7 of an adult's; arbitrary)."""

CLEARLY: Final = 0.8
"""Score of `other_is_small` from which somebody is led, 0.8 of the person's size: a small woman can
hold up a tall man."""

KNOWN_S: Final = 0.4
"""Both must be seen together for so long before anything is said of their sizes, s (a step)."""

DEEP: Final = 2.5
"""Least height of a camera over the feet's row, trunk lengths of the bigger: whoever stands farther
away is smaller in the picture, the lower the camera the more for a row between their feet."""

FARTHEST: Final = 0.5
"""Feet farther up the picture than this, trunk lengths, are guessed, or not within reach."""

AWAY: Final = (0.2, 0.4)
"""Distance to that side, trunk lengths of the bigger, where the other walks at it (a child at a
hand: 0.4 m of the adult's 0.5)."""

SPEED_S: Final = 0.2
"""A speed is taken over so long, s."""

GOES: Final = 0.3
"""Slower than this nobody goes anywhere in the picture, trunk lengths a second."""

STANDS: Final = (0.85, 0.75)
"""Speed of the slower foot over that of the hips, the median while they go: of two feet that walk
one stands (rendered: 0.2 to 0.75; what is taken for a child in a frame, in crutches or in limbs of
two people glides along as a whole, 0.86 to 1.5)."""


def size_of(pair: Pair) -> float:
    """How big the other is over the person, by trunk and legs; NaN where they are not seen enough.

    The mean over all the time in which both are seen: nobody grows. A trunk that stoops is short in
    the picture, a leg that is bent towards the camera too; of the two the mean. Whoever is farther
    away is taken to be as much bigger as the feet on the floor tell.
    """
    known = np.isfinite(pair.ratio)
    if known.sum() < pair.body.samples(KNOWN_S):
        return float("nan")
    trunks = pair.ratio[known]
    legs = (_legs(pair.other) / np.maximum(_legs(pair.body), 1e-9))[known]
    return float((np.median(trunks) + np.median(legs)) / 2 * np.median(_farther(pair)[known]))


def _legs(body: BodySeries) -> FloatArray:
    """Length of the longer leg in the picture, hip over knee to ankle, px, shape (n,)."""
    p = body.points_px
    thigh = np.linalg.norm(p[:, HIPS] - p[:, KNEES], axis=-1)
    shank = np.linalg.norm(p[:, KNEES] - p[:, ANKLES], axis=-1)
    return np.asarray((thigh + shank).max(axis=1))


def _farther(pair: Pair) -> FloatArray:
    """By how much the other's distance makes them smaller than the person, at least 1, (n,)."""
    mine, theirs = (one.points_px[:, ANKLES, 1].max(axis=1) for one in (pair.body, pair.other))
    bigger = np.fmax(pair.body.trunk_px, pair.other.trunk_px)
    up = np.clip((mine - theirs) / bigger, 0.0, FARTHEST)
    return np.asarray(DEEP / (DEEP - up))


def other_is_small(pair: Pair) -> FloatArray:
    """Score how clearly the other is too small to hold this person: a child at its parent's hand.

    One and the same at all times, shape (n,), also while one of the two is hidden.
    """
    score = ramp(np.asarray(size_of(pair)), zero=SMALL[0], one=SMALL[1])
    return np.full(len(pair.body.time_s), float(score))


def hand_leads(pair: Pair) -> FloatArray:
    """Score each hand of the person that leads the other, who is small, shape (n, 2 sides).

    It is at a hand or the trunk of theirs; or they are at its side and hold an arm up within reach:
    the hands themselves are often hidden, by the child or by the person's own body. Whoever does
    not walk is led by nobody: frames and prams are taken for children at times. NaN where either is
    not seen.
    """
    up = np.minimum(arm_held_up(pair.other).max(axis=1), pair.reach)
    up = np.where(np.isfinite(up)[:, None], np.nan_to_num(up[:, None] * _at_side(pair)), np.nan)
    at_them = np.fmax(np.fmax(pair.hands, pair.holding), up)
    small = other_is_small(pair)
    return np.asarray(at_them * (small * (small >= CLEARLY))[:, None] * _walks(pair.other))


def _walks(body: BodySeries) -> float:
    """Score that one foot stands while the hips go on; 0 where they go nowhere in the picture."""
    hips = _speed(body, body.room_px[:, HIPS].mean(axis=1))
    feet = np.fmin(*(_speed(body, body.room_px[:, ankle]) for ankle in ANKLES))
    goes = hips >= GOES
    if goes.sum() < body.samples(KNOWN_S):
        return 0.0
    share = np.asarray(np.median(feet[goes] / hips[goes]))
    return float(ramp(share, zero=STANDS[0], one=STANDS[1]))


def _speed(body: BodySeries, points_px: FloatArray) -> FloatArray:
    """Speed of a point, trunk lengths a second, shape (n - `SPEED_S`,); NaN in gaps."""
    samples = body.samples(SPEED_S)
    steady = without_spikes(points_px)
    way = np.linalg.norm(steady[samples:] - steady[:-samples], axis=-1)
    return np.asarray(way / SPEED_S / body.trunk_px[samples:])


def _at_side(pair: Pair) -> FloatArray:
    """Score at which side of the person the other walks, shape (n, 2 sides)."""
    to_right, _ahead = seen_from(pair.body, pair.other)
    away = to_right / np.fmax(pair.body.trunk_px, pair.other.trunk_px)
    both = np.stack([-away, away], axis=1)
    return ramp(both, zero=AWAY[0], one=AWAY[1])
