"""Arms held in the air: the guard of new walkers, arms spread for balance, an arm held up."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ELBOWS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import mean_over, ramp, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

GUARD_LOW: Final = (0.7, 0.55)
"""Wrist below its shoulder, trunk lengths: hands on a rollator 0.65 to 0.8, in guard 0 to 0.45."""

OVERHEAD: Final = (-0.5, -0.3)
"""Higher than this the hands are where an adult behind would hold them."""

SPREAD: Final = (0.35, 0.55)
"""Wrist outward of its shoulder seen from front or back, trunk lengths."""

FAR_OUT: Final = ((0.5, 0.65), (0.95, 0.85), (-0.75, -0.85))
"""Of a straight arm held far out for balance, lower than in guard: wrist outward of its shoulder
and below it, trunk lengths; cosine at the elbow. Sticks, crutches and frames: 0.3 to 0.36."""

ABOVE_ELBOW: Final = (-0.02, 0.08)
"""Wrist above its elbow, trunk lengths: no handle that carries weight is held so."""

STRAIGHT_COS: Final = (-0.8, -0.6)
"""Cosine at the elbow: 145 to 127 degrees; an arm pulled up is straight."""

HELD_UP: Final = (0.5, 0.25)
"""Wrist below its shoulder, trunk lengths, of one arm held up (rendered child on an adult's hand:
0.0 to 0.3)."""

HANGS: Final = (0.6, 0.8)
"""The same of an arm that hangs."""

HANGING: Final = ((0.75, 0.9), (-0.7, -0.85), (0.5, 0.35))
"""Of an arm that hangs: wrist below its shoulder, trunk lengths; cosine at the elbow (134 to 148
degrees); wrist beside its shoulder, trunk lengths."""

FULL_LENGTH: Final = ((0.93, 1.0), (-0.93, -0.97), (0.27, 0.2))
"""The same, stricter, of arms that hang at full length beside the body, seen from the front: no
grip that bears weight is so low and so near (measured on rendered people: sticks and crutches 0.80
to 0.94 below and 0.27 to 0.31 beside the shoulder, frames 0.7 and 0.35; free arms 0.95 to 1.1 and
0.05 to 0.17)."""

LEVEL: Final = (0.12, 0.06)
"""Difference in height of wrists that both hang, trunk lengths; with one hand at a stick 0.12 to
0.3."""

FACING: Final = (0.3, 0.45)
"""Width of the shoulders, trunk lengths, from which a body is seen from the front or back."""

LONG: Final = ((1.27, 1.33), (-0.80, -0.89))
"""Of an arm that swings free: mean of wrist below shoulder, trunk lengths, less half the cosine at
the elbow; and that cosine's mean (143 to 153 degrees). A grip keeps the arm shorter or bent
(rendered: sticks and crutches 1.15 to 1.27 or -0.4 to -0.6; rail and bars 1.0 to 1.2); free arms
1.34 to 1.65 and -0.9 to -1."""

LONG_FROM_FRONT: Final = ((0.84, 0.92), (0.27, 0.2))
"""From the front, where a bent elbow is hardly seen: the height of the shorter arm and how
far the wider one is beside its shoulder (rendered: sticks and crutches 0.27 to 0.31, as
they are planted beside the foot; frames 0.35; free arms 0.05 to 0.17)."""

SQUARELY: Final = (0.45, 0.55)
"""The same of a body so squarely in view that ahead and back are not seen in it, and a hand that is
beside it does not seem to be before it."""

LONG_WINDOW_S: Final = 2.4
"""About two strides, s: how an arm is carried lasts longer than a swing."""

UP_WINDOW_S: Final = 0.8
"""An arm that swings high is down again in this time, s."""


def elbow_cosine(body: BodySeries) -> FloatArray:
    """Cosine of the angle at each elbow, -1 for a straight arm, shape (n, 2 sides)."""
    upper = body.points_px[:, SHOULDERS] - body.points_px[:, ELBOWS]
    fore = body.points_px[:, WRISTS] - body.points_px[:, ELBOWS]
    length = np.linalg.norm(upper, axis=-1) * np.linalg.norm(fore, axis=-1)
    return np.asarray((upper * fore).sum(axis=-1) / np.maximum(length, 1e-6))


def _bent(body: BodySeries) -> FloatArray:
    """How clearly each elbow is bent, shape (n, 2 sides)."""
    return ramp(elbow_cosine(body), zero=STRAIGHT_COS[0], one=STRAIGHT_COS[1])


def hand_hangs(body: BodySeries) -> FloatArray:
    """Each arm hanging straight by the side, shape (n, 2 sides).

    No proof of freedom: it may hold a stick, or the hand of somebody small.
    """
    wrists = without_spikes(body.wrists)
    (low0, low1), (cos0, cos1), (out0, out1) = HANGING
    return np.asarray(
        ramp(wrists[..., 1], zero=low0, one=low1)
        * ramp(elbow_cosine(body), zero=cos0, one=cos1)
        * ramp(np.abs(wrists[..., 0]), zero=out0, one=out1)
    )


def arm_is_long(body: BodySeries) -> FloatArray:
    """Each arm about as long over a stride as a free one, shape (n, 2 sides).

    A hand at a stick or a crutch goes to and fro with the legs too, but its grip stays at its
    height, over which the elbow is bent.
    """
    samples = body.samples(LONG_WINDOW_S)
    below = mean_over(without_spikes(body.wrists)[..., 1], samples=samples)
    bend = mean_over(elbow_cosine(body), samples=samples)
    (low0, low1), (cos0, cos1) = LONG
    return ramp(below - bend / 2, zero=low0, one=low1) * ramp(bend, zero=cos0, one=cos1)


def arms_are_long(body: BodySeries) -> FloatArray:
    """Both arms as long and as near the body as free ones, seen from front or back, shape (n,)."""
    samples = body.samples(LONG_WINDOW_S)
    wrists = without_spikes(body.wrists)
    below = mean_over(wrists[..., 1], samples=samples).min(axis=1)
    beside = np.abs(mean_over(wrists[..., 0], samples=samples)).max(axis=1)
    bend = mean_over(elbow_cosine(body), samples=samples).max(axis=1)
    (low0, low1), (out0, out1) = LONG_FROM_FRONT
    return (
        ramp(below, zero=low0, one=low1)
        * ramp(beside, zero=out0, one=out1)
        * ramp(bend, zero=LONG[1][0], one=LONG[1][1])
    )


def arm_hangs_long(body: BodySeries) -> FloatArray:
    """Each arm hangs at full length beside the body over two strides, shape (n, 2 sides).

    It may hold a bag, or the hand of somebody small, but no grip: those are higher.
    """
    samples = body.samples(LONG_WINDOW_S)
    wrists = mean_over(without_spikes(body.wrists), samples=samples)
    bend = mean_over(elbow_cosine(body), samples=samples)
    (low0, low1), (cos0, cos1), (out0, out1) = FULL_LENGTH
    return np.asarray(
        ramp(wrists[..., 1], zero=low0, one=low1)
        * ramp(bend, zero=cos0, one=cos1)
        * ramp(np.abs(wrists[..., 0]), zero=out0, one=out1)
    )


def arms_hang(body: BodySeries) -> FloatArray:
    """Both arms hang alike at full length beside the body, seen from front or back, shape (n,).

    Seen so, arms that swing little do not seem to swing at all. From the side that is no freedom:
    there free arms are seen to swing.
    """
    below = mean_over(without_spikes(body.wrists)[..., 1], samples=body.samples(LONG_WINDOW_S))
    level = ramp(np.abs(below[:, 0] - below[:, 1]), zero=LEVEL[0], one=LEVEL[1])
    return np.asarray(arm_hangs_long(body).min(axis=1) * level * facing(body))


def facing(body: BodySeries) -> FloatArray:
    """How clearly the body is seen from the front or from behind, shape (n,)."""
    return ramp(_width(body), zero=FACING[0], one=FACING[1])


def squarely(body: BodySeries) -> FloatArray:
    """How far the body is seen from the front or from behind and nothing else, shape (n,)."""
    return ramp(_width(body), zero=SQUARELY[0], one=SQUARELY[1])


def from_behind(body: BodySeries) -> FloatArray:
    """How far the body is seen from behind and nothing else, shape (n,)."""
    return ramp(-_across(body), zero=SQUARELY[0], one=SQUARELY[1])


def _width(body: BodySeries) -> FloatArray:
    """Width of the shoulders in the picture, trunk lengths, shape (n,)."""
    return np.abs(_across(body))


def _across(body: BodySeries) -> FloatArray:
    """From the right to the left shoulder in the picture, trunk lengths, shape (n,)."""
    width = body.points_px[:, SHOULDERS[0], 0] - body.points_px[:, SHOULDERS[1], 0]
    return np.asarray(width / body.trunk_px)


def hand_in_guard(body: BodySeries) -> FloatArray:
    """Each hand held in the air: raised with a bent elbow, or spread to the side.

    Raised means between hip and head, above the elbow; spread means well outward of the shoulder
    and above the waist. Straight arms above the shoulders are no guard: so are hands held by
    somebody from above.

    Returns
    -------
    ndarray, shape (n, 2 sides)
    """
    wrists = without_spikes(body.wrists)
    below = wrists[..., 1]
    elbow = (body.points_px[:, ELBOWS] - body.points_px[:, WRISTS])[..., 1]
    raised = ramp(elbow / body.trunk_px[:, None], zero=ABOVE_ELBOW[0], one=ABOVE_ELBOW[1])
    shoulder_line = body.points_px[:, SHOULDERS[0], 0] - body.points_px[:, SHOULDERS[1], 0]
    outward = np.sign(shoulder_line)[:, None] * np.array([1.0, -1.0])
    broad = ramp(np.abs(shoulder_line) / body.trunk_px, zero=0.25, one=0.4)[:, None]
    spread = ramp(wrists[..., 0] * outward, zero=SPREAD[0], one=SPREAD[1]) * broad
    low = ramp(below, zero=GUARD_LOW[0], one=GUARD_LOW[1])
    high = ramp(below, zero=OVERHEAD[0], one=OVERHEAD[1])
    pulled = ramp(below, zero=0.1, one=-0.1) * (1 - _bent(body))
    (out0, out1), (low0, low1), (cos0, cos1) = FAR_OUT
    far = ramp(wrists[..., 0] * outward, zero=out0, one=out1) * broad
    far *= ramp(below, zero=low0, one=low1) * ramp(elbow_cosine(body), zero=cos0, one=cos1)
    guard = np.maximum(np.maximum(raised * _bent(body), spread) * low, far)
    return np.asarray(guard * high * (1 - pulled))


def arm_held_up(body: BodySeries) -> FloatArray:
    """Each arm up while the other hangs, as when a taller person holds that hand.

    Stillness is not asked for: a held hand is half hidden, and then its landmark jumps.

    Returns
    -------
    ndarray, shape (n, 2 sides)
        Speaks also where nobody else is to be seen: the helper may be outside the picture.
    """
    below = mean_over(without_spikes(body.wrists)[..., 1], samples=body.samples(UP_WINDOW_S))
    up = ramp(below, zero=HELD_UP[0], one=HELD_UP[1])
    return np.asarray(up * ramp(below[:, ::-1], zero=HANGS[0], one=HANGS[1]))


def hands_overhead(body: BodySeries) -> FloatArray:
    """Each wrist well above its shoulder with a straight arm, shape (n, 2 sides)."""
    below = without_spikes(body.wrists)[..., 1]
    return np.asarray(ramp(below, zero=-0.2, one=-0.4) * (1 - 0.5 * _bent(body)))
