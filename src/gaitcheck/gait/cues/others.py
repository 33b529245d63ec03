"""Other people: a hand at the walker's hand or body, somebody within reach, two bodies as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ANKLES, ELBOWS, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import covering, mean_over, ramp, travel_over, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

HAND_NEAR: Final = (0.65, 0.35)
"""Distance of two hands that hold each other, the walker's trunk lengths (rendered pairs of child
and adult: true wrists 0.15 to 0.33 apart)."""

BODY_NEAR: Final = (0.3, 0.12)
"""Distance of the other's hand from the walker's trunk or upper arms, trunk lengths."""

STAY_WINDOW_S: Final = 0.8
"""A hand that passes by is gone in this time, s."""

STAYS: Final = (0.6, 0.3)
"""Extent of the other's hand from the walker's in that time, trunk lengths."""

REACH: Final = (0.7, 0.45)
"""Nearer than this, a seen hand of another person may touch, trunk lengths."""

CLEARLY_SEEN: Final = 0.65
"""Visibility from which the other's hand is known well enough to say what it does not touch."""

TOUCH: Final = (0.42, 0.28)
"""Distance of such a hand from the trunk or an arm that it may touch, trunk lengths (rendered:
hands at a waist 0.2, an arm that swings beside a child 0.4)."""

TOUCH_HAND: Final = (0.75, 0.5)
"""The same from the person's own hands, whose place is less sure while they are held, in trunk
lengths of the smaller one (rendered: held 0.2 to 0.5, an adult's beside a child's 0.9)."""

HIDDEN: Final = 0.5
"""Visibility below which the person's own hand may be elsewhere than the model says."""

OWN_ARM: Final = (1.7, 1.4)
"""Distance of the other's hand from the shoulder of such an arm, trunk lengths: an arm has 1.15,
and the hands of the two meet in the palms."""

PASSES: Final = (1.6, 0.9)
"""How far two people move against each other in that time, mean of their trunk lengths, where one
only passes (rendered: 4; helpers 0.1 to 0.5)."""

SEEN: Final = 0.4
"""Visibility from which the other's wrist is taken to be where the model says."""

ARM: Final = 1.15
"""Arm with hand over trunk length, people of any age (rounded up)."""

FOREARM: Final = 0.6
"""Forearm with hand over trunk length (rounded up)."""

DEPTH_APART: Final = (2.6, 2.0)
"""Feet this far apart up and down the picture, trunk lengths of the bigger person, stand out of
each other's reach in depth, whatever the camera's height."""

BIGGER: Final = (1.15, 1.0)
"""The same from which the other is not held by this person, but rather clung to (arbitrary)."""

SAME_BODY: Final = (0.35, 0.2)
"""Mean distance of the joints of two tracks, trunk lengths, that lie on one and the same person."""

_CORE: Final = np.concatenate([SHOULDERS, HIPS, ELBOWS, WRISTS])


@dataclass(frozen=True, eq=False)
class Pair:
    """A person and another on one grid, shape (n,); whose hands are where is measured once.

    Parameters
    ----------
    body, other : BodySeries
        The person and the other.
    """

    body: BodySeries
    other: BodySeries

    @cached_property
    def hands(self) -> FloatArray:
        """The other's hand at each hand of the person, shape (n, 2 sides)."""
        return hand_at_hand(self.body, self.other)

    @cached_property
    def held(self) -> FloatArray:
        """The other's hand at the person's trunk, shape (n,)."""
        return hand_at_body(self.body, self.other)

    @cached_property
    def holding(self) -> FloatArray:
        """Each hand of the person at the other's trunk, shape (n, 2 sides)."""
        return hands_at_body(self.other, self.body)

    @property
    def holds(self) -> FloatArray:
        """One of them there, shape (n,)."""
        return np.fmax(self.holding[:, 0], self.holding[:, 1])

    @cached_property
    def reach(self) -> FloatArray:
        """How far the other may be touching the person, shape (n,)."""
        return person_in_reach(self.body, self.other)

    @property
    def ratio(self) -> FloatArray:
        """The other's trunk length over the person's, shape (n,)."""
        return np.asarray(self.other.trunk_px / self.body.trunk_px)


def _same_depth(body: BodySeries, other: BodySeries) -> FloatArray:
    """How far the two may stand at one distance from the camera, by their feet, shape (n,)."""
    gap = np.abs(
        body.points_px[:, ANKLES, 1].max(axis=1) - other.points_px[:, ANKLES, 1].max(axis=1)
    )
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    return ramp(gap / bigger, zero=DEPTH_APART[0], one=DEPTH_APART[1])


def hand_at_hand(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score a hand of the other that stays at each of the person's hands, shape (n, 2 sides).

    NaN where either body is not seen.
    """
    samples = body.samples(STAY_WINDOW_S)
    scale = body.trunk_px[:, None]
    out = np.full((len(body.time_s), 2), np.nan)
    for side in (0, 1):
        mine = body.hand_px(side)
        for other_side in (0, 1):
            theirs = other.hand_px(other_side)
            offset = without_spikes((theirs - mine) / scale)
            near = ramp(
                np.asarray(np.linalg.norm(offset, axis=-1)), zero=HAND_NEAR[0], one=HAND_NEAR[1]
            )
            stays = _stays(offset, samples=samples)
            out[:, side] = np.fmax(out[:, side], near * stays)
    return np.asarray(out * _same_depth(body, other)[:, None])


def _stays(offset: FloatArray, *, samples: int) -> FloatArray:
    """Score each time in which a hand stays, from when it comes until it goes, shape (n,)."""
    stays = ramp(travel_over(offset, samples=samples), zero=STAYS[0], one=STAYS[1])
    return covering(stays, samples=samples)


def hand_at_body(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score a hand of the other, in view, that stays at the trunk or an upper arm, shape (n,)."""
    hands = hands_at_body(body, other)
    return np.fmax(hands[:, 0], hands[:, 1])


def hands_at_body(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score each hand of the other so, shape (n, 2 sides of the other)."""
    samples = body.samples(STAY_WINDOW_S)
    scale = body.trunk_px[:, None]
    pelvis = body.points_px[:, HIPS].mean(axis=1)
    score = np.full((len(body.time_s), 2), np.nan)
    for other_side in (0, 1):
        hand = other.hand_px(other_side)
        distance = _to_trunk(body, hand) / body.trunk_px
        near = ramp(np.asarray(distance), zero=BODY_NEAR[0], one=BODY_NEAR[1])
        offset = without_spikes((hand - pelvis) / scale)
        stays = _stays(offset, samples=samples)
        seen = other.visibility[:, WRISTS[other_side]] >= SEEN
        score[:, other_side] = np.where(seen, near * stays, np.nan)
    return np.asarray(score * _same_depth(body, other)[:, None])


def holds_other(pair: Pair) -> FloatArray:
    """Score a hand of this person, in view, that stays at the other's trunk, shape (n,).

    Whoever holds somebody so, who is not the bigger, is not held by the hands that they meet there.
    """
    return np.asarray(pair.holds * ramp(pair.ratio, zero=BIGGER[0], one=BIGGER[1]))


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
        reach = np.fmax(reach, np.where(wrist_seen, _meets_hidden_hand(body, wrist), np.nan))
    steady = mean_over(reach, samples=samples, least=0.2)
    return np.asarray(steady * _same_depth(body, other) * _stays_by(body, other))


def _touches(
    body: BodySeries, other: BodySeries, to_person: FloatArray, *, side: int
) -> FloatArray:
    """Score whether a hand in clear view may touch the person, whose hands are too, shape (n,)."""
    hand = other.hand_px(side)
    to_hands = np.min([np.linalg.norm(hand - body.hand_px(s), axis=-1) for s in (0, 1)], axis=0)
    smaller = np.fmin(body.trunk_px, other.trunk_px)
    return np.fmax(
        ramp(np.asarray(to_person / body.trunk_px), zero=TOUCH[0], one=TOUCH[1]),
        ramp(np.asarray(to_hands / smaller), zero=TOUCH_HAND[0], one=TOUCH_HAND[1]),
    )


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


def bodies_coincide(body: BodySeries, other: BodySeries) -> FloatArray:
    """Both tracks lie on one and the same body, shape (n,): whose arms these are is not known."""
    apart = np.linalg.norm(body.points_px[:, _CORE] - other.points_px[:, _CORE], axis=-1)
    mean = apart.mean(axis=1) / body.trunk_px
    return ramp(np.asarray(mean), zero=SAME_BODY[0], one=SAME_BODY[1])


def _to_trunk(body: BodySeries, point: FloatArray) -> FloatArray:
    """Distance of a point from the trunk and the upper arms, px, shape (n,)."""
    p = body.points_px
    left, right = p[:, SHOULDERS[0]], p[:, SHOULDERS[1]]
    middle = (p[:, SHOULDERS].mean(axis=1), p[:, HIPS].mean(axis=1))
    bones = [
        (left, right),
        middle,
        (left, p[:, HIPS[0]]),
        (right, p[:, HIPS[1]]),
        (left, p[:, ELBOWS[0]]),
        (right, p[:, ELBOWS[1]]),
    ]
    return np.asarray(np.min([_to_bone(point, a, b) for a, b in bones], axis=0))


def to_person(body: BodySeries, point: FloatArray) -> FloatArray:
    """Distance of a point from the trunk and the whole arms, px, shape (n,)."""
    p = body.points_px
    forearms = [_to_bone(point, p[:, ELBOWS[s]], p[:, WRISTS[s]]) for s in (0, 1)]
    return np.asarray(np.min([_to_trunk(body, point), *forearms], axis=0))


def _to_bone(point: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """Distance of a point from the stretch between ``a`` and ``b``, px, shape (n,)."""
    along = b - a
    length = np.maximum((along**2).sum(axis=-1), 1e-9)
    share = np.clip(((point - a) * along).sum(axis=-1) / length, 0.0, 1.0)
    return np.asarray(np.linalg.norm(point - a - share[:, None] * along, axis=-1))
