"""Somebody walks at the person's side, and the arm between the two swings: it holds nobody."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import arm_is_long, arms_are_long
from gaitcheck.gait.cues.body import ANKLES, GRID_HZ, BodySeries
from gaitcheck.gait.cues.others import BIGGER, Pair
from gaitcheck.gait.cues.reach import reaches_out
from gaitcheck.gait.cues.seen import hand_in_view
from gaitcheck.gait.cues.swing import arm_swings, arms_alternate
from gaitcheck.gait.cues.windows import covering, mean_over, ramp, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

STEADY_S: Final = 2.0
"""Over so long the feet of a walker are where the walker is, s: two strides of a child."""

WAY_S: Final = 1.5
"""The way is taken from so long before to so long after, s."""

WALKS: Final = 0.5
"""Least way in that time, trunk lengths: whoever stands has no side."""

ANKLE: Final = 0.16
"""Height of the ankles over the floor, trunk lengths (0.08 m of 0.5; children the same share)."""

LOOKS_DOWN: Final = 4.0
"""Height of the camera over the feet's row, trunk lengths: an adult's own height and a little."""

FLAT: Final = (1.5, 6.0)
"""The floor looks so many times shorter towards the camera than across, at least and at most."""

AWAY: Final = (0.4, 0.55)
"""Distance across the way, trunk lengths of the bigger (rendered: beside 0.55 to 1.3, behind with
both hands at the waist 0.0 to 0.6, now and then 0.8)."""

AHEAD: Final = (1.0, 0.85)
"""How far the person is ahead, of that distance, where the other may be behind (rendered: beside
-0.9 to 0.7, whoever holds the waist from behind 1.07 and more)."""

SWINGS: Final = (0.25, 0.4)
"""Mean swing of the arm between the two (rendered: hands that hold a hand 0.00 to 0.27, beside a
person 0.3 to 1 for most of the way)."""

AT_BODY: Final = (0.2, 0.1)
"""Mean of `hand_at_body` around from which the other may hold, whatever the arms seem to do: a
helper who sways over a child moves the arms too (rendered: 0.14 to 0.7; beside 0.00 to 0.04, where
one walks before the other in the picture now and then 0.2 to 0.3)."""

AT_BODY_WINDOW_S: Final = 3.0
"""That mean's window, s: nobody lets go of a trunk for a step."""

JOINED: Final = (0.97, 0.87)
"""Mean of `hand_at_hand` in some window, of hands that are joined (rendered: 1; hands that only
pass or hang one before the other 0.2 to 0.8, now and then 1)."""

JOINED_WINDOW_S: Final = 0.8
"""That window, s: any in which the moment lies."""

AROUND_S: Final = 1.0
"""Centred window in which a swinging arm tells of the moments before and after, s: a step each way
(arbitrary)."""

SWING_WINDOW_S: Final = 1.2
"""That mean's window, s: about a stride of a child."""


def swings_beside(pair: Pair) -> FloatArray:
    """Score whether the other goes at the person's side and swings the arm between, shape (n,).

    Of whoever walks at the side the arm between the two is the one that could hold, and that one
    swings in clear view with the other's own legs: hands that hold a hand or a trunk do not.
    Whoever walks behind may hold with either hand and is not meant. NaN where either is not seen.
    """
    body, other = pair.body, pair.other
    across, ahead = seen_from(other, body)
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    away = np.abs(across)
    score = ramp(np.asarray(away / bigger), zero=AWAY[0], one=AWAY[1])
    share = np.asarray(ahead / np.maximum(away, 1e-9))
    score = np.asarray(score * ramp(share, zero=AHEAD[0], one=AHEAD[1]))
    arms = _swinging_arms(other)
    between = np.where(across > 0, arms[:, 1], arms[:, 0])
    score = np.asarray(score * ramp(np.asarray(between), zero=SWINGS[0], one=SWINGS[1]))
    # A moment before and after: arms begin to swing, or pass behind somebody.
    return covering(score, samples=body.samples(AROUND_S))


def walks_beside(pair: Pair, swings: FloatArray) -> FloatArray:
    """Score whether the other only walks at the person's side, shape (n,).

    Not one whose hand seems to be at the person's hand or trunk all the same, nor one to whom the
    person, who is smaller, clings: who goes hand in hand may swing the hands together.

    Parameters
    ----------
    pair : Pair
        The two.
    swings : ndarray, shape (n,)
        As from `swings_beside`.
    """
    score = swings * ramp(_hands_joined(pair), zero=JOINED[0], one=JOINED[1])
    score = score * (1.0 - _holds_on(pair))
    return np.asarray(score * ramp(_at_a_trunk(pair), zero=AT_BODY[0], one=AT_BODY[1]))


def _at_a_trunk(pair: Pair) -> FloatArray:
    """How far the other's hand is at the person's trunk, or theirs at a bigger one's: (n,)."""
    holds = np.nan_to_num(pair.held)
    clings = np.nan_to_num(pair.holds * ramp(pair.ratio, zero=BIGGER[1], one=BIGGER[0]))
    samples = pair.body.samples(AT_BODY_WINDOW_S)
    return mean_over(np.maximum(holds, clings), samples=samples, least=0.2)


def _holds_on(pair: Pair) -> FloatArray:
    """How far the person holds a hand out to the other, shape (n,)."""
    hands = [np.nan_to_num(reaches_out(pair.other, pair.body, side=side)) for side in (0, 1)]
    return np.asarray(np.maximum(*hands))


def _hands_joined(pair: Pair) -> FloatArray:
    """How steadily hands of the two are together before or after each moment, shape (n,).

    The swing is heard in windows longer than a step: until when hands were joined they tell best.
    """
    together = np.nan_to_num(pair.hands).max(axis=1)
    samples = pair.body.samples(JOINED_WINDOW_S)
    return covering(mean_over(together, samples=samples, least=0.2), samples=samples)


def seen_from(other: BodySeries, body: BodySeries) -> tuple[FloatArray, FloatArray]:
    """Where the person is on the floor, seen from the other: to the right and ahead, px each.

    Both go the other's way. The camera's height is guessed: towards the camera the floor is as much
    shorter in the picture as the picture is wide, over how far it looks down at the feet.
    """
    samples = body.samples(STEADY_S)
    mine, theirs = (without_spikes(_feet(one), samples=samples) for one in (body, other))
    one, two = _way(mine), _way(theirs)
    way = np.where(np.isfinite(one) & np.isfinite(two), (one + two) / 2, np.fmax(one, two))
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    flat = np.clip(body.picture_size[0] / (LOOKS_DOWN * bigger), *FLAT)
    stretch = np.stack([np.ones_like(flat), flat], axis=1)
    way, offset = way * stretch, (mine - theirs) * stretch
    length = np.linalg.norm(way, axis=-1)
    length = np.where(length >= WALKS * bigger, length, np.nan)
    to_right = (way[:, 0] * offset[:, 1] - way[:, 1] * offset[:, 0]) / length
    return np.asarray(to_right), np.asarray((way * offset).sum(axis=-1) / length)


def _feet(body: BodySeries) -> FloatArray:
    """Middle of both feet on the floor, px of the room, shape (n, 2)."""
    down = np.stack([np.zeros_like(body.trunk_px), ANKLE * body.trunk_px], axis=1)
    return np.asarray(body.room_px[:, ANKLES].mean(axis=1) + down)


def _way(feet: FloatArray) -> FloatArray:
    """Way of the feet around each time, px, shape (n, 2)."""
    at = np.arange(len(feet))
    half = round(WAY_S * GRID_HZ)
    return np.asarray(
        feet[np.clip(at + half, 0, len(feet) - 1)] - feet[np.clip(at - half, 0, len(feet) - 1)]
    )


def _swinging_arms(body: BodySeries) -> FloatArray:
    """How clearly each arm is seen to swing with the legs, long, shape (n, 2 sides)."""
    own = np.nan_to_num(arm_swings(body) * arm_is_long(body))
    both = np.nan_to_num(arms_alternate(body) * arms_are_long(body))[:, None]
    swings = np.maximum(own, both) * np.nan_to_num(hand_in_view(body))
    samples = body.samples(SWING_WINDOW_S)
    return np.asarray(np.nan_to_num(mean_over(swings, samples=samples, least=0.2)))
