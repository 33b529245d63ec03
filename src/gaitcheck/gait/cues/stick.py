"""A stick in step: it lands with the opposite foot and stands while the foot of its side goes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ANKLES, HIPS, BodySeries
from gaitcheck.gait.cues.things import STRIDE_S
from gaitcheck.gait.cues.windows import covering, mean_over, ramp
from gaitcheck.people.track import STICK_STANDS_S

FloatArray = npt.NDArray[np.floating[Any]]

SEEN_S: Final = 0.2
"""Three looks: a seam of trousers points to one place for one or two, s."""

STANDS: Final = (0.4, 0.7)
"""How clear the line to one place is then, at none and at a stick (rendered, the second best look
of a clip: one of 131 free people 0.59, the others 0.31 at most; a third of 27 with a stick 0.6 and
more)."""

GOES_ON: Final = (0.08, 0.25)
"""How much farther the foot on the stick's side goes meanwhile than the other one, trunk lengths.
Without this four of those 131 free people come over 0.6."""

GOES_PAST: Final = (0.2, 0.35)
"""How far the pelvis goes meanwhile in the picture, trunk lengths: towards the camera the body
stays over the place on which it seems to lean, and so do its folds and its shadow."""


def stick_in_step(body: BodySeries) -> FloatArray:
    """Each hand's stick stands on its place while the foot of that side goes on, shape (n, 2).

    It is there for the stride before and after, too. NaN where no picture was looked at.
    """
    stands = mean_over(np.nan_to_num(body.sticks), samples=body.samples(SEEN_S))
    score = ramp(stands, zero=STANDS[0], one=STANDS[1]) * _own_foot_goes(body)
    stays = covering(score, samples=body.samples(STRIDE_S))
    looked = np.isfinite(body.things).any(axis=1, keepdims=True)
    return np.asarray(np.where(looked, stays, np.nan))


def _own_foot_goes(body: BodySeries) -> FloatArray:
    """Say whether body and foot of each side went on while the other stood, shape (n, 2)."""
    before = body.samples(STICK_STANDS_S) - 1
    pelvis = body.room_px[:, HIPS].mean(axis=1, keepdims=True)
    points = np.concatenate([body.room_px[:, ANKLES], pelvis], axis=1)
    way = np.full(points.shape[:2], np.nan)
    now = points[before:]
    way[before:] = np.linalg.norm(now - points[: len(now)], axis=2)
    way /= body.trunk_px[:, None]
    feet, past = way[:, :2], ramp(way[:, 2:], zero=GOES_PAST[0], one=GOES_PAST[1])
    return np.nan_to_num(past * ramp(feet - feet[:, ::-1], zero=GOES_ON[0], one=GOES_ON[1]))
