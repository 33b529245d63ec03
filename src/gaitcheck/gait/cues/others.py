"""Other people: a hand at the walker's hand or body, somebody within reach, two bodies as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ELBOWS, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.near import SEEN, STAY_WINDOW_S, same_depth, stays, to_trunk
from gaitcheck.gait.cues.reach import person_in_reach
from gaitcheck.gait.cues.windows import ramp, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

HAND_NEAR: Final = (0.65, 0.35)
"""Distance of two hands that hold each other, the walker's trunk lengths (rendered pairs of child
and adult: true wrists 0.15 to 0.33 apart)."""

BODY_NEAR: Final = (0.3, 0.12)
"""Distance of the other's hand from the walker's trunk or upper arms, trunk lengths."""

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
            kept = stays(offset, samples=samples)
            out[:, side] = np.fmax(out[:, side], near * kept)
    return np.asarray(out * same_depth(body, other)[:, None])


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
        distance = to_trunk(body, hand) / body.trunk_px
        near = ramp(np.asarray(distance), zero=BODY_NEAR[0], one=BODY_NEAR[1])
        offset = without_spikes((hand - pelvis) / scale)
        kept = stays(offset, samples=samples)
        seen = other.visibility[:, WRISTS[other_side]] >= SEEN
        score[:, other_side] = np.where(seen, near * kept, np.nan)
    return np.asarray(score * same_depth(body, other)[:, None])


def holds_other(pair: Pair) -> FloatArray:
    """Score a hand of this person, in view, that stays at the other's trunk, shape (n,).

    Whoever holds somebody so, who is not the bigger, is not held by the hands that they meet there.
    """
    return np.asarray(pair.holds * ramp(pair.ratio, zero=BIGGER[0], one=BIGGER[1]))


def bodies_coincide(body: BodySeries, other: BodySeries) -> FloatArray:
    """Both tracks lie on one and the same body, shape (n,): whose arms these are is not known."""
    apart = np.linalg.norm(body.points_px[:, _CORE] - other.points_px[:, _CORE], axis=-1)
    mean = apart.mean(axis=1) / body.trunk_px
    return ramp(np.asarray(mean), zero=SAME_BODY[0], one=SAME_BODY[1])
