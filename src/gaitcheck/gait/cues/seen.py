"""Are the hands seen? A hand that is not seen says nothing, least of all that it is free."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ELBOWS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import often_over, ramp

FloatArray = npt.NDArray[np.floating[Any]]

CLEAR: Final = (0.3, 0.7)
"""Wrist visibility from 'hidden' to 'in clear view' (seen on rendered people: near hands 0.85 and
more, far hands behind the trunk 0.1 to 0.5, hands before a sofa seen from behind under 0.05)."""

GLIMPSED: Final = (0.15, 0.35)
"""The same for the far hand in a side view in its best moments: swinging it shows itself before or
behind the trunk (0.2 to 0.8), at a rollator it does not (0.1 to 0.2)."""

GLIMPSE_SHARE: Final = 0.15
"""Those moments' share of the time (arbitrary: twice in a stride, for a few frames)."""

GLIMPSE_WINDOW_S: Final = 1.6
"""A stride, of slow adults too, s."""

BORDER_SHARE: Final = 0.015
"""A hand this near the border, in widths or heights of the picture, may be held outside it."""


def hand_visibility(body: BodySeries) -> FloatArray:
    """Visibility of each hand as the pose model gives it, shape (n, 2 sides)."""
    return body.hand_visibility


def hand_in_view(body: BodySeries) -> FloatArray:
    """Each hand in clear view, shape (n, 2 sides)."""
    return ramp(body.hand_visibility, zero=CLEAR[0], one=CLEAR[1])


def hand_glimpsed(body: BodySeries) -> FloatArray:
    """Each hand seen at least now and then within about a stride, shape (n, 2 sides)."""
    best = often_over(
        body.hand_visibility, samples=body.samples(GLIMPSE_WINDOW_S), share=GLIMPSE_SHARE
    )
    return ramp(best, zero=GLIMPSED[0], one=GLIMPSED[1])


def hand_at_border(body: BodySeries) -> FloatArray:
    """Each wrist or elbow at the border of the picture or beyond it, shape (n, 2 sides)."""
    size = np.asarray(body.picture_size, dtype=np.float64)
    out: FloatArray = np.zeros((len(body.time_s), 2))
    for joints in (WRISTS, ELBOWS):
        inner = body.points_px[:, joints] / size
        inset = np.minimum(inner, 1.0 - inner).min(axis=-1)
        out = np.fmax(out, ramp(inset, zero=2 * BORDER_SHARE, one=BORDER_SHARE))
    return np.asarray(np.where(np.isfinite(body.trunk_px)[:, None], out, np.nan))
