"""Positive evidence of freedom: arms that swing with the gait, hands that move about freely."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import facing
from gaitcheck.gait.cues.body import ANKLES, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import (
    agreement,
    likeness,
    main_motion,
    mean_over,
    part_in_step,
    ramp,
    travel_over,
    without_spikes,
)

FloatArray = npt.NDArray[np.floating[Any]]

WINDOWS_S: Final = (1.4, 2.6)
"""Two strides of a toddler or one of an adult; one stride of a slow patient, s."""

WINDOW_S: Final = 2.0
"""Where the motion is small it needs about two strides to be told from noise, s."""

NOW_S: Final = 0.6
"""About a step, s: the arm must move now, not only somewhere in the window."""

MOVES_NOW: Final = (0.05, 0.12)
"""Extent of the wrist in that time, trunk lengths."""

SWING: Final = (0.15, 0.35)
"""Extent of the wrist from its shoulder in a stride, trunk lengths: hands on a rollator 0.1 to
0.2, swinging arms 0.3 to 0.8 from the side (rendered people)."""

IN_STEP: Final = (0.3, 0.6)
"""Correlation of a wrist with the spread of the feet: hands on a rollator 0.0 to 0.5, swinging
arms 0.7 to 0.99 (near) and 0.3 to 0.9 (far)."""

ALTERNATE: Final = (0.09, 0.15)
"""Extent of left wrist minus right wrist, trunk lengths, where arms swing towards the camera."""

EACH: Final = (0.02, 0.045)
"""Part of each wrist's motion that is in step, trunk lengths: a hand at a stick 0.01, hands of a
child and an adult that walk towards the camera 0.02 to 0.1, of rollator walkers 0.02 to 0.05."""

OVER_JITTER: Final = (0.5, 1.0)
"""The same over the wrists' jitter from frame to frame: below it a beat is found in mere noise."""

AGAINST: Final = (0.0, 0.4)
"""Cosine between those parts, turned round: hands on a rollator sway together (-0.5 to -1)."""

ALTERNATE_IN_STEP: Final = (0.4, 0.6)
"""Its correlation with the spread of the feet; stricter, as the motion is small: hands on a
rollator up to 0.25 where they seem to move so far, free arms seen from the front or from behind
0.5 to 0.95."""

OPPOSED: Final = (-0.15, 0.1)
"""How far the wrists move against each other (1: exactly so). The model often draws an arm that it
does not see after the other one: -0.3 to -0.9 so; arms that truly swing 0.1 to 0.9, and about 0
where the pictures are small and few."""

FREE: Final = (0.3, 0.5)
"""Extent up and down of a hand that moves about in clear view, trunk lengths: no grip lets it. A
hand that goes along a rail or bars goes far, but at one height (0.1 to 0.2)."""

FREE_VISIBILITY: Final = (0.7, 0.85)
"""How clearly that hand must be seen: half hidden hands jump."""


def _spread(body: BodySeries) -> FloatArray:
    """Left ankle minus right ankle, trunk lengths, shape (n, 2)."""
    apart = body.points_px[:, ANKLES[0]] - body.points_px[:, ANKLES[1]]
    return without_spikes(np.asarray(apart / body.trunk_px[:, None]))


def arm_swings(body: BodySeries) -> FloatArray:
    """Each wrist swings from its shoulder in time with the legs, shape (n, 2 sides)."""
    wrists = without_spikes(body.wrists)
    spread = _spread(body)
    now = travel_over(wrists, samples=body.samples(NOW_S))
    moves = ramp(now, zero=MOVES_NOW[0], one=MOVES_NOW[1])
    best = np.full(moves.shape, np.nan)
    for window_s in WINDOWS_S:
        samples = body.samples(window_s)
        legs = main_motion(spread, samples=samples)
        extent = travel_over(wrists, samples=samples)
        together = [
            likeness(main_motion(wrists[:, side], samples=samples), legs) for side in (0, 1)
        ]
        best = np.fmax(
            best,
            ramp(extent, zero=SWING[0], one=SWING[1])
            * ramp(np.stack(together, axis=1), zero=IN_STEP[0], one=IN_STEP[1]),
        )
    return np.asarray(best * moves)


def arms_alternate(body: BodySeries) -> FloatArray:
    """Both wrists swing against each other in time with the legs, shape (n,).

    This sees the swing from the front and from behind, where a wrist moves only by a tenth of a
    trunk: what both wrists do together (walking nearer, bobbing) cancels out. From the side each
    arm must speak for itself: one that swings makes up for one that does not.
    """
    samples = body.samples(WINDOW_S)
    between = body.points_px[:, WRISTS[0]] - body.points_px[:, WRISTS[1]]
    apart = without_spikes(np.asarray(between / body.trunk_px[:, None]))
    swing = main_motion(apart, samples=samples)
    extent = np.nan_to_num(swing, nan=-np.inf).max(axis=1) + np.nan_to_num(-swing, nan=-np.inf).max(
        axis=1
    )
    beat = main_motion(_spread(body), samples=samples)
    return np.asarray(
        ramp(extent, zero=ALTERNATE[0], one=ALTERNATE[1])
        * facing(body)
        * ramp(likeness(swing, beat), zero=ALTERNATE_IN_STEP[0], one=ALTERNATE_IN_STEP[1])
        * _both_take_part(body, beat)
    )


def _both_take_part(body: BodySeries, beat: FloatArray) -> FloatArray:
    """Each wrist goes with the beat, and against the other, shape (n,)."""
    wrists = without_spikes(body.wrists)
    jitter = mean_over(np.abs(body.wrists - wrists).max(axis=(1, 2)), samples=beat.shape[1])
    left, right = (part_in_step(wrists[:, side], beat) for side in (0, 1))
    far = np.stack([np.linalg.norm(left, axis=-1), np.linalg.norm(right, axis=-1)])
    against = -(left * right).sum(axis=-1) / np.maximum(far.prod(axis=0), 1e-9)
    return np.asarray(
        ramp(far.min(axis=0), zero=EACH[0], one=EACH[1])
        * ramp(far.min(axis=0) / jitter, zero=OVER_JITTER[0], one=OVER_JITTER[1])
        * ramp(against, zero=AGAINST[0], one=AGAINST[1])
    )


def arms_opposed(body: BodySeries) -> FloatArray:
    """Both wrists swing against each other from their shoulders, shape (n,).

    It tells an arm that is seen to swing from one that the model only thinks must be there.
    """
    wrists = without_spikes(body.wrists)
    against = [
        -agreement(wrists[:, 0], wrists[:, 1], samples=body.samples(window_s))
        for window_s in WINDOWS_S
    ]
    return ramp(np.fmax(*against), zero=OPPOSED[0], one=OPPOSED[1])


def hand_moves_freely(body: BodySeries) -> FloatArray:
    """Each hand, in clear view, moves far up and down in any rhythm, shape (n, 2 sides)."""
    samples = body.samples(WINDOWS_S[0])
    steady = without_spikes(body.wrists, samples=body.samples(0.3))
    extent = travel_over(steady * np.array([0.0, 1.0]), samples=samples)
    seen = ramp(body.hand_visibility, zero=FREE_VISIBILITY[0], one=FREE_VISIBILITY[1])
    return np.asarray(ramp(extent, zero=FREE[0], one=FREE[1]) * seen)
