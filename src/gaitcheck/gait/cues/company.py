"""Somebody close by whom nobody follows: the person's arms are now one body's, now another's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import (
    ANKLES,
    ELBOWS,
    HIPS,
    KNEES,
    SHOULDERS,
    WRISTS,
    BodySeries,
)
from gaitcheck.gait.cues.windows import mean_over, often_over, ramp, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

WHILE_S: Final = 3.0
"""Two who walk as one are parted by the pose now and then: a stride and a half either way, s."""

OFTEN: Final = 0.1
"""Share of that time in which the bones must be off: single slips of the pose do not count
(arbitrary)."""

KNOWN: Final = 0.25
"""Share of that time in which the person must be seen: the first steps of a walk have half."""

TORN: Final = (0.052, 0.064)
"""By how much the bones of the arms are off what they were around a moment, trunk lengths, for
`OFTEN` of the time: geometric mean of upper arms and forearms, so that blurred hands are none
(rendered and real people alone: 0.02 in the median, over 0.044 in a twentieth, 0.05 in a fiftieth;
arms that seem to swing, but are those of two, 0.060 to 0.086)."""

MORE: Final = (1.7, 2.0)
"""How many times as far as the bones of the legs: a coarse codec, few pixels and a shaken camera
shake all limbs (rendered people alone, coded coarsely: 0.5 to 1.7; arms of two: 2.1)."""

SEEN: Final = 0.5
"""Least visibility of the ends of a bone that counts: hands behind the back are guessed anew in
each picture (rendered walkers alone so: 0.06 to 0.11 off)."""

LEAST_OFF: Final = 0.01
"""Bones of legs are never off by less, trunk lengths (arbitrary: a pixel)."""

CLOSE: Final = (2.2, 1.8)
"""Distance of two pelvises, trunk lengths of the bigger, where one hides the other's arms now and
then (rendered: hands that hold 0.4 to 1.4; arbitrary)."""

CLOSE_FOR_S: Final = 1.0
"""That distance's window, s (arbitrary)."""


def arms_torn(body: BodySeries, *, others: Sequence[FloatArray] = ()) -> FloatArray:
    """Score how far the arms change their bones as no arm does, shape (n,).

    The pose takes two people who walk as one for one body and puts its arms now on the one, now on
    the other. Such arms seem to swing and hold nothing; they tell nothing. Nor is it known who is
    there: of two who are both followed the cues between them speak instead.

    Parameters
    ----------
    body : BodySeries
        The person.
    others : sequence of ndarray, shape (n,)
        How close each of those is who are followed, as from `close_by`; NaN counts as not.

    Returns
    -------
    ndarray, shape (n,)
        NaN where the person is not seen for long enough.
    """
    arms = _bones_off(body, (SHOULDERS, ELBOWS, WRISTS))
    legs = _bones_off(body, (HIPS, KNEES, ANKLES))
    more = arms / np.maximum(legs, LEAST_OFF)
    score = ramp(arms, zero=TORN[0], one=TORN[1]) * ramp(more, zero=MORE[0], one=MORE[1])
    for close in others:
        score = score * (1.0 - np.nan_to_num(close))
    return np.asarray(np.where(np.isfinite(body.trunk_px), score, np.nan))


def _bones_off(body: BodySeries, joints: Sequence[npt.NDArray[np.integer[Any]]]) -> FloatArray:
    """Say how far two bones of both sides are off what they were around a moment, shape (n,).

    In trunk lengths, for `OFTEN` of the time; the geometric mean of the two bones.
    """
    points, samples = body.points_px, body.samples(WHILE_S)
    parts = []
    for inner, outer in pairwise(joints):
        bone = np.linalg.norm(points[:, inner] - points[:, outer], axis=-1) / body.trunk_px[:, None]
        seen = np.minimum(body.visibility[:, inner], body.visibility[:, outer]) >= SEEN
        off = np.abs(bone - without_spikes(bone)) * seen
        often = often_over(off, samples=samples, share=OFTEN, least=KNOWN)
        parts.append(np.asarray(often.mean(axis=1)))
    return np.asarray(np.sqrt(parts[0] * parts[1]))


def close_by(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score how near the other is in the picture, shape (n,); NaN where either is not seen."""
    apart = body.points_px[:, HIPS].mean(axis=1) - other.points_px[:, HIPS].mean(axis=1)
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    distance = np.asarray(np.linalg.norm(apart, axis=-1) / bigger)
    near = ramp(distance, zero=CLOSE[0], one=CLOSE[1])
    return mean_over(near, samples=body.samples(CLOSE_FOR_S), least=0.2)
