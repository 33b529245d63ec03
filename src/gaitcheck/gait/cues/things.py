"""Things at the hands, from the pictures: a stick, a crutch, a frame, a pram, a toy on a rod."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import BodySeries
from gaitcheck.gait.cues.empty import BELOW_S, below_now_and_then
from gaitcheck.gait.cues.windows import covering, mean_over, often_over, ramp

FloatArray = npt.NDArray[np.floating[Any]]

LOOK_S: Final = 0.5
"""What the pictures show in one frame may be a fringe of clothes or a shadow; a thing stays, s."""

LEAST_KNOWN: Final = 0.3
"""Share of that time in which the pictures must have told something."""

STRIDE_S: Final = 2.5
"""A thing seen once is at the hand for the stride before and after, s: legs hide a stick for most
of a stride, and nobody lays it aside between two steps."""

AT_HAND: Final = (0.35, 0.75)
"""Mean score of the pictures over `LOOK_S`, at its best in a walk: free hands under 0.43 but for
one of 0.60 at the shadow of a body on a wall; a toy in both arms 0.6; sticks and crutches 0.6 to
1 and under 0.5 in two of 30 clips, frames and prams 0.7 to 1 (rendered people)."""

AT_BOTH: Final = (0.5, 0.85)
"""The same for both hands at one thing that bears weight: toys in both arms up to
0.52, frames and prams 0.57 to 1."""

STANDS: Final = ((0.2, 0.45), (0.35, 0.65))
"""The same at its best within some strides, and how clearly a thing stands below the hand then
(rendered: both reached at all but 4 of the hands with aids, also of people 90 px tall; at free
ones, where nobody else's legs are, at most 0.6 with 0.35, or 0.23 with 0.75)."""


STRAP_S: Final = 1.0
"""Over so long a strap is looked for, s: a line of the room that somebody passes stays shorter."""

WORN_S: Final = 12.0
"""A strap seen once is worn for half of this before and after, s: nobody takes it off and walks on
(arbitrary)."""

ABOVE: Final = (0.5, 0.75)
"""Mean score of the better shoulder over `STRAP_S`, at its best in a walk: four rendered hoists
0.85 to 1, drip stands 0.58 to 0.99; free people under 0.43, mostly 0; hair makes the most of it."""


ROLLS_S: Final = 2.0
"""Over so long something that rolls along is looked for, s: what somebody passes is left behind."""

ROLLS_SHARE: Final = 0.7
"""Share of that time in which it is there, and in which the pictures told something."""

ROLLS: Final = ((0.25, 0.45), (0.03, 0.11))
"""Share of the way from hips to floor that something takes up beside the legs, at its best in a
walk, on the one side and on both (rendered: frames, prams, boxes, baby walkers 0.36 to 1 at one
side, or 0.08 and more at both, but for 5 of 66 seen from the front or behind; free walkers 0.17 at
most in 150, or 0, but for who carries a bag, 0.35 and 0.03, a toy pulled along, 0.4, and dogs)."""


def thing_at_hand(body: BodySeries) -> FloatArray:
    """Something that is no body goes along with each hand, shape (n, 2 sides).

    It may bear weight or be carried: the pictures cannot tell.
    """
    steady = _steady(body)
    score = ramp(steady, zero=AT_HAND[0], one=AT_HAND[1])
    return covering(score, samples=body.samples(STRIDE_S))


def thing_glimpsed(body: BodySeries) -> FloatArray:
    """How clearly the pictures show something at each hand, shape (n, 2 sides); NaN if untold."""
    return np.asarray(_steady(body))


def thing_stands(body: BodySeries) -> FloatArray:
    """Something goes along with each hand and stands on the floor below it, shape (n, 2 sides).

    Each alone may be faint: a shadow on a wall is at the hand or below it, seldom both.
    """
    (at0, at1), (below0, below1) = STANDS
    best = covering(_steady(body), samples=body.samples(BELOW_S))
    at_hand = ramp(best, zero=at0, one=at1)
    return np.minimum(at_hand, ramp(below_now_and_then(body), zero=below0, one=below1))


def thing_at_both_hands(body: BodySeries) -> FloatArray:
    """Something long and narrow goes along below both hands, shape (n,): a frame, a pram."""
    both = _steady(body).min(axis=1)
    return covering(ramp(both, zero=AT_BOTH[0], one=AT_BOTH[1]), samples=body.samples(LOOK_S))


def strap_above(body: BodySeries) -> FloatArray:
    """Something goes along above a shoulder, as the straps of a hoist do, shape (n,)."""
    best = np.fmax(body.above[:, 0], body.above[:, 1])
    steady = mean_over(best, samples=body.samples(STRAP_S), least=LEAST_KNOWN)
    score = ramp(steady, zero=ABOVE[0], one=ABOVE[1])
    return covering(score, samples=body.samples(WORN_S))


def rolls_along(body: BodySeries) -> FloatArray:
    """Something goes along beside the legs, as a frame on wheels does, shape (n,)."""
    samples = body.samples(ROLLS_S)
    sides = [
        often_over(side, samples=samples, share=ROLLS_SHARE, least=ROLLS_SHARE)
        for side in body.beside.T
    ]
    (one0, one1), (both0, both1) = ROLLS
    one = ramp(np.maximum(*sides), zero=one0, one=one1)
    both = ramp(np.minimum(*sides), zero=both0, one=both1)
    return covering(np.fmax(one, both), samples=body.samples(WORN_S))


def _steady(body: BodySeries) -> FloatArray:
    return mean_over(body.things, samples=body.samples(LOOK_S), least=LEAST_KNOWN)
