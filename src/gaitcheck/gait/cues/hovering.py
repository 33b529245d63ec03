"""Somebody's hands hover over a person and touch nobody, ready to catch a first walker."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import SHOULDERS, BodySeries
from gaitcheck.gait.cues.near import hands_open, to_head, to_person
from gaitcheck.gait.cues.others import Pair
from gaitcheck.gait.cues.windows import mean_over, ramp

FloatArray = npt.NDArray[np.floating[Any]]

OVER: Final = (0.1, 0.2)
"""Height of each hand of the other over the person's shoulders, trunk lengths (rendered: hovering
0.2 to 0.6; the nearer hand at a waist or an armpit 0.2 at most)."""

OFF: Final = (0.25, 0.33)
"""Distance of each of them from the person's trunk and arms, trunk lengths (rendered: hovering 0.3
to 0.65, the nearer hand at an armpit 0.0 to 0.3)."""

OFF_HEAD: Final = (0.2, 0.3)
"""The same from the line between ears and shoulders: a hand that seems to be there may be behind,
at the neck or the back (rendered: such hands 0.05 to 0.2)."""

OFF_HANDS: Final = (1.05, 1.25)
"""The same from the person's own hands, which hang or are in guard, trunk lengths of the smaller
(rendered: hovering 1.3 to 1.7, hands that hold hands 0.15 to 0.7, now and then 1)."""

SEEN: Final = (0.25, 0.45)
"""Visibility of the other's hands."""

WINDOW_S: Final = 1.0
"""Centred window, s: landmarks jump for a moment."""


def hands_hover(pair: Pair) -> FloatArray:
    """Score whether both hands of the other are seen open over the person, off them, shape (n,).

    Such hands are at no hand, arm or trunk. The person's own hands may be hidden: they are not
    where a hand of the other is seen over the shoulders, or the model would draw them there.
    NaN where either body is not seen.
    """
    body, other = pair.body, pair.other
    score = np.minimum(_hovers(body, other, 0), _hovers(body, other, 1))
    score = score * hands_open(body, other)
    return mean_over(score, samples=body.samples(WINDOW_S), least=0.2)


def _hovers(body: BodySeries, other: BodySeries, side: int) -> FloatArray:
    """Score one hand of the other, shape (n,)."""
    hand = other.hand_px(side)
    over = body.points_px[:, SHOULDERS, 1].mean(axis=1) - hand[:, 1]
    to_hands = np.min([np.linalg.norm(hand - body.hand_px(s), axis=-1) for s in (0, 1)], axis=0)
    smaller = np.fmin(body.trunk_px, other.trunk_px)
    return np.asarray(
        ramp(np.asarray(over / body.trunk_px), zero=OVER[0], one=OVER[1])
        * ramp(np.asarray(to_person(body, hand) / body.trunk_px), zero=OFF[0], one=OFF[1])
        * ramp(np.asarray(to_head(body, hand) / body.trunk_px), zero=OFF_HEAD[0], one=OFF_HEAD[1])
        * ramp(np.asarray(to_hands / smaller), zero=OFF_HANDS[0], one=OFF_HANDS[1])
        * ramp(other.hand_visibility[:, side], zero=SEEN[0], one=SEEN[1])
    )
