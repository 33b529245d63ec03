"""Somebody within reach: who may be touching the person, as far as the picture tells."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ELBOWS, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.near import (
    SEEN,
    STAY_WINDOW_S,
    hands_open,
    same_depth,
    stays,
    to_head,
    to_person,
)
from gaitcheck.gait.cues.windows import mean_over, ramp, travel_over, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

REACH: Final = (0.7, 0.45)
"""Nearer than this, a seen hand of another person may touch, trunk lengths."""

CLEARLY_SEEN: Final = 0.65
"""Visibility from which the other's hand is known well enough to say what it does not touch."""

TOUCH: Final = (0.42, 0.28)
"""Distance of such a hand from the trunk or an arm that it may touch, trunk lengths (rendered:
hands at a waist 0.2, an arm that swings beside a child 0.4)."""

AT_HEAD: Final = (0.3, 0.2)
"""The same from the line between ears and shoulders: it may be behind the head, at neck or back."""

TOUCH_HAND: Final = (0.75, 0.5)
"""The same from the person's own hands, whose place is less sure while they are held, in trunk
lengths of the smaller one (rendered: held 0.2 to 0.5, an adult's beside a child's 0.9)."""

HELD_OUT: Final = (0.9, 0.6)
"""Distance from trunk, arms and head of a hand that is raised and stays: it may reach behind the
person, drawn where it is lost from sight (rendered: at armpit and shoulder from behind 0.2 to 0.5,
trunk lengths)."""

RAISED: Final = (0.95, 0.8)
"""Height of such a hand under its own shoulder, its own trunk lengths (rendered: 0.6 to 0.9; arms
that hang 1.06 to 1.23, that swing 0.9 and more)."""

HIDDEN: Final = 0.5
"""Visibility below which the person's own hand may be elsewhere than the model says."""

OWN_ARM: Final = (1.7, 1.4)
"""Distance of the other's hand from the shoulder of such an arm, trunk lengths: an arm has 1.15,
and the hands of the two meet in the palms."""

PASSES: Final = (1.6, 0.9)
"""How far two people move against each other in that time, mean of their trunk lengths, where one
only passes (rendered: 4; helpers 0.1 to 0.5)."""

STRAPS: Final = ((0.0, 0.2), (2.0, 1.7))
"""Of both hands of the other: how high over the person's shoulders, how far aside their middle is
at most, trunk lengths. Straps go down from such hands (rendered harness: 0.6 to 2.1, 0.1 to 1.5).
"""

HOLDS_UP: Final = (1.1, 1.3)
"""The other's trunk length over the person's, from which on they may hold them by straps: hands
over the shoulders of somebody as tall hold none (real passers-by, who look so now and then)."""

ARM: Final = 1.15
"""Arm with hand over trunk length, people of any age (rounded up)."""

FOREARM: Final = 0.6
"""Forearm with hand over trunk length (rounded up)."""


def person_in_reach(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score whether the other person may be touching, as far as the picture tells, shape (n,).

    A hand in view must come near the person's arms or trunk, or to where a hidden hand of theirs
    reaches; a hidden one may be anywhere its forearm, or its whole arm, reaches. NaN where either
    body is not seen.
    """
    reach = np.full(len(body.time_s), np.nan)
    samples = body.samples(STAY_WINDOW_S)
    seen = mean_over(other.hand_visibility, samples=samples) >= CLEARLY_SEEN
    own_seen = mean_over(body.hand_visibility, samples=samples).min(axis=1) >= HIDDEN
    for side in (0, 1):
        wrist, elbow = other.points_px[:, WRISTS[side]], other.points_px[:, ELBOWS[side]]
        shoulder = other.points_px[:, SHOULDERS[side]]
        wrist_seen = other.visibility[:, WRISTS[side]] >= SEEN
        elbow_seen = other.visibility[:, ELBOWS[side]] >= SEEN
        known = to_person(body, wrist)
        by_elbow = to_person(body, elbow) - FOREARM * other.trunk_px
        by_shoulder = to_person(body, shoulder) - ARM * other.trunk_px
        gap = np.where(wrist_seen, known, np.where(elbow_seen, by_elbow, by_shoulder))
        score = ramp(np.asarray(gap / body.trunk_px), zero=REACH[0], one=REACH[1])
        clear = seen[:, side] & own_seen
        reach = np.fmax(reach, np.where(clear, _touches(body, other, known, side=side), score))
        reach = np.fmax(reach, np.where(clear, reaches_out(body, other, side=side), np.nan))
        reach = np.fmax(reach, np.where(wrist_seen, _meets_hidden_hand(body, wrist), np.nan))
    reach = np.fmax(reach, may_hold_straps(body, other))
    steady = mean_over(reach, samples=samples, least=0.2)
    return np.asarray(steady * same_depth(body, other) * _stays_by(body, other))


def _touches(
    body: BodySeries, other: BodySeries, to_person: FloatArray, *, side: int
) -> FloatArray:
    """Score whether a hand in clear view may touch the person, whose hands are too, shape (n,)."""
    hand = other.hand_px(side)
    to_hands = np.min([np.linalg.norm(hand - body.hand_px(s), axis=-1) for s in (0, 1)], axis=0)
    smaller = np.fmin(body.trunk_px, other.trunk_px)
    scores = (
        ramp(np.asarray(to_person / body.trunk_px), zero=TOUCH[0], one=TOUCH[1]),
        ramp(np.asarray(to_head(body, hand) / body.trunk_px), zero=AT_HEAD[0], one=AT_HEAD[1]),
        ramp(np.asarray(to_hands / smaller), zero=TOUCH_HAND[0], one=TOUCH_HAND[1]),
    )
    return np.asarray(np.fmax.reduce(scores))


def reaches_out(body: BodySeries, other: BodySeries, *, side: int) -> FloatArray:
    """Score whether a hand of the other is held out to the person and stays there, shape (n,)."""
    hand = other.hand_px(side)
    to_arms = to_person(body, other.points_px[:, WRISTS[side]])
    gap = np.fmin(to_arms, to_head(body, hand)) / body.trunk_px
    offset = (hand - body.points_px[:, HIPS].mean(axis=1)) / body.trunk_px[:, None]
    return np.asarray(
        ramp(np.asarray(gap), zero=HELD_OUT[0], one=HELD_OUT[1])
        * ramp(np.asarray(other.wrists[:, side, 1]), zero=RAISED[0], one=RAISED[1])
        * stays(without_spikes(offset), samples=body.samples(STAY_WINDOW_S))
    )


def may_hold_straps(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score whether the other's hands are seen together over the person, who may hang there, (n,).

    One hand seen will do, beside which the model draws the other; hands that nobody sees are where
    their forearms reach.
    """
    hands = np.stack([other.hand_px(0), other.hand_px(1)])
    shoulders = body.points_px[:, SHOULDERS].mean(axis=1)
    up = shoulders[:, 1] - hands[..., 1].max(axis=0)
    aside = np.abs(hands[..., 0].mean(axis=0) - shoulders[:, 0])
    over, near = (
        ramp(np.asarray(value / body.trunk_px), zero=zero, one=one)
        for value, (zero, one) in zip((up, aside), STRAPS, strict=True)
    )
    seen = other.hand_visibility.max(axis=1) >= SEEN
    ratio = np.asarray(other.trunk_px / body.trunk_px)
    bigger = ramp(ratio, zero=HOLDS_UP[0], one=HOLDS_UP[1])
    return np.asarray(over * near * seen * bigger * (1.0 - hands_open(body, other)))


def _meets_hidden_hand(body: BodySeries, wrist: FloatArray) -> FloatArray:
    """Score whether a hand that the person shows nobody may be at this one, shape (n,)."""
    hidden = mean_over(body.hand_visibility, samples=body.samples(STAY_WINDOW_S)) < HIDDEN
    gap = np.linalg.norm(wrist[:, None] - body.points_px[:, SHOULDERS], axis=-1)
    score = ramp(np.asarray(gap / body.trunk_px[:, None]), zero=OWN_ARM[0], one=OWN_ARM[1])
    return np.asarray((score * hidden).max(axis=1))


def _stays_by(body: BodySeries, other: BodySeries) -> FloatArray:
    """Tell whoever walks along from whoever passes, shape (n,)."""
    apart = body.points_px[:, HIPS].mean(axis=1) - other.points_px[:, HIPS].mean(axis=1)
    scale = (body.trunk_px + other.trunk_px) / 2
    offset = without_spikes(apart / scale[:, None])
    travel = travel_over(offset, samples=body.samples(STAY_WINDOW_S), least=0.2)
    return ramp(travel, zero=PASSES[0], one=PASSES[1])
