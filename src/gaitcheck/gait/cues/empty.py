"""Nothing there to be held, as the pictures show: no rail along the way, nothing below the hand.

A hand that does not swing may slide along something, or lean on something that goes along; by the
arm alone that cannot be told. Each cue here is 1 where the pictures rule such a thing out, and 0
where they show one, or something like it far behind; NaN where nobody looked, or the view told
nothing: that rules nothing out.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import arm_is_long
from gaitcheck.gait.cues.body import BodySeries
from gaitcheck.gait.cues.swing import arm_swings
from gaitcheck.gait.cues.windows import often_over, ramp

FloatArray = npt.NDArray[np.floating[Any]]

RAIL_S: Final = 2.6
"""Two strides, s: who lets go of a rail, or reaches it, has been at it for a third of that at any
step held. With 1.8 s and `RAIL_SHARE` 0.2 more lines far behind are at a hand by chance."""

AHEAD_S: Final = 0.6
"""From the middle of that time back to the step, s: looks tell of the second before."""

SURE_RAIL: Final = (0.07, 0.11)
"""Strength of a line that is no rail yet and of one that may well be (rendered, small people at
rails and sofas: 0.08 to 0.3, free ones mostly below 0.06; (0.05, 0.08) keeps a fortieth of the free
steps open and no held one more)."""

RAIL_SHARE: Final = 0.35
"""Share of that time: landmarks of hidden hands jump."""

PLAIN_RAIL: Final = (0.16, 0.22)
"""Strength of a line that is doubted whoever it is: from the front and from behind an arm shows
little of what it does (rendered free hands over 0.2: half a percent, hands at rails 0.4)."""

SWINGS_S: Final = 5.0
"""Some strides, s: who lets an arm swing does it before and after."""

SWINGS_SHARE: Final = 0.4
"""Share of that time in which an arm swings that is at nothing."""

CLEAR_LINE: Final = (0.1, 0.2)
"""Strength of a line that may be anything and of one that is as clear as a rail (rendered, hands
that do not swing: at rails and bars 0.17 to 0.4, before other lines 0.00 to 0.13, three of thirty
to 0.22)."""

HIDDEN: Final = 0.6
"""So strong is a line to which a hidden hand may have kept, as its landmarks stray: some line is
nearly always there (rendered: 0.05 to 0.14 far behind, rails 0.11 to 0.4)."""

HIDDEN_DOUBT: Final = 0.4
"""The same for a doubt that nothing else can lift."""

HIDDEN_HAND: Final = (0.6, 0.4)
"""Visibility of a hand in half of `HIDDEN_S`, s, from seen to hidden."""

HIDDEN_S: Final = 1.4

RAIL: Final = (0.05, 0.02)
"""Strength of a line that may be a rail for sure, and of none (rendered rails, bars and sofas, in
that share of the time: 0.07 to 0.4; bare rooms 0)."""

WALL_SHARE: Final = 0.7
"""Share of that time in which a wall is beyond the feet: furniture far behind is passed by."""

BELOW_S: Final = 5.0
"""Some strides, s: a stick that the legs hide is seen now and then, and nobody lays it aside."""

BELOW_SHARE: Final = 0.05
"""Share of that time in which it is seen."""

BELOW: Final = (0.25, 0.06)
"""How clearly a thing may be seen then, and when there is none (rendered sticks 0.7 to 1 by fixed
cameras, 0.14 to 0.9 by those that move, frames and prams 0.7 to 1; nothing 0.08 in the median)."""

SMALL_TRUNK_PX: Final = (45.0, 40.0)
"""A trunk, px, of somebody whose arms can be told from those at a rail, and of somebody who is too
small for that (rendered people at rails of 130 px, a trunk of 38, and less seem to swing the hand
that goes along it; at full size they do not)."""

LOST_TRUNK_PX: Final = (20.0, 17.0)
"""A trunk, px, of somebody whose hands may be judged, and of somebody too small for that. No scene
shows smaller ones: at 17 a clip made half as large had a hand along a wall that seemed to swing."""

LEAST_KNOWN: Final = 0.3
"""Share of the time in which the pictures must have told something."""


def no_rail_at_hand(body: BodySeries) -> FloatArray:
    """Nothing runs along the way of each hand, shape (n, 2 sides)."""
    return ramp(_line_at_hand(body, hidden=HIDDEN), zero=RAIL[0], one=RAIL[1])


def rail_at_hand(body: BodySeries) -> FloatArray:
    """Something runs along the way of a hand of somebody small, shape (n, 2 sides).

    The hand goes from place to place along it as if it swung: nothing but the picture tells. What
    is as plain as few things but rails are counts for anybody whose long arm does not swing.
    """
    small = ramp(body.trunk_px, zero=SMALL_TRUNK_PX[0], one=SMALL_TRUNK_PX[1])
    line = _line_at_hand(body, hidden=HIDDEN_DOUBT)
    sure = ramp(line, zero=SURE_RAIL[0], one=SURE_RAIL[1]) * small[:, None]
    swings = arm_swings(body) * arm_is_long(body)
    swings = np.nan_to_num(often_over(swings, samples=body.samples(SWINGS_S), share=SWINGS_SHARE))
    plain = ramp(line, zero=PLAIN_RAIL[0], one=PLAIN_RAIL[1]) * (1.0 - swings)
    return np.asarray(np.fmax(sure, plain))


def too_small(body: BodySeries) -> FloatArray:
    """Whether the person is too small in the picture to see what the hands do, shape (n,)."""
    return ramp(body.trunk_px, zero=LOST_TRUNK_PX[0], one=LOST_TRUNK_PX[1])


def line_at_hand(body: BodySeries) -> FloatArray:
    """Tell a line as clear as a rail along the way of each hand, shape (n, 2 sides).

    Of anybody, however tall: no cause for doubt alone, as such lines lie far behind too, but an arm
    that does not move as free ones do is at a rail then.
    """
    line = _line_at_hand(body, hidden=HIDDEN)
    return ramp(line, zero=CLEAR_LINE[0], one=CLEAR_LINE[1])


def no_wall_near(body: BodySeries) -> FloatArray:
    """No wall that the hand could slide on meets the floor just beyond the feet, shape (n, 2)."""
    samples = body.samples(RAIL_S)
    often = often_over(body.walls, samples=samples, share=WALL_SHARE, least=LEAST_KNOWN)
    return ramp(often, zero=RAIL[0], one=RAIL[1])


def nothing_below_hand(body: BodySeries) -> FloatArray:
    """No stick, leg of a frame or wheel stands between each hand and the floor, shape (n, 2)."""
    return ramp(below_now_and_then(body), zero=BELOW[0], one=BELOW[1])


def below_now_and_then(body: BodySeries) -> FloatArray:
    """How clearly something stands below each hand when it is seen best, shape (n, 2 sides)."""
    samples = body.samples(BELOW_S)
    return often_over(body.below, samples=samples, share=BELOW_SHARE, least=LEAST_KNOWN)


def _line_at_hand(body: BodySeries, *, hidden: float) -> FloatArray:
    """Give the strength of the line on which each hand goes before and after each time, (n, 2).

    Where the hand is hidden only this share of it, ``hidden``.
    """
    ahead = body.samples(AHEAD_S)
    until = np.pad(body.rails, ((0, ahead), (0, 0)), constant_values=np.nan)
    often = often_over(until, samples=body.samples(RAIL_S), share=RAIL_SHARE, least=LEAST_KNOWN)
    seen = often_over(body.hand_visibility, samples=body.samples(HIDDEN_S), share=0.5)
    unseen = np.nan_to_num(ramp(seen, zero=HIDDEN_HAND[0], one=HIDDEN_HAND[1]))
    return np.asarray(often[ahead:] * (1.0 - (1.0 - hidden) * unseen))
