"""A child, an adult beside them, and what a cue says of the two."""

from __future__ import annotations

import numpy as np

from gaitcheck.gait.cues.body import body_series
from tests.gait.bodies import UP, Walker, free

CHILD = {"height_m": 1.0, "person": 1, "start": (-1.0, 0.0), "step_m": 0.25}
BESIDE = {"height_m": 1.7, "person": 2, "start": (-1.0, 0.55), "step_m": 0.25, "seed": 1}


def between(cue, one: Walker, two: Walker):
    """Give the cue's mean during the walk."""
    body = body_series(one.track())
    other = body_series(two.track(), time_s=body.time_s)
    walk = (body.time_s > 1.0) & (body.time_s < 4.0)
    return np.nanmean(cue(body, other)[walk], axis=0)


def at_trunk(t: float) -> np.ndarray:
    return free(**CHILD).pelvis(t) + UP * 0.2
