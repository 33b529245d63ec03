"""Somebody within reach is lost from sight: hidden by the person, they may hold on."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ANKLES, HIPS, SHOULDERS, BodySeries
from gaitcheck.gait.cues.windows import mean_over

FloatArray = npt.NDArray[np.floating[Any]]

LAST_S: Final = 0.5
"""The last so long before they are lost tells whether they were within reach, s (arbitrary)."""

FOR_S: Final = 6.0
"""Nobody stays hidden behind a walker for longer, s: a room's width (arbitrary)."""

EDGE: Final = 0.03
"""Whoever is this near the border of the picture, in its widths or heights, leaves it."""

_TRUNK_AND_FEET: Final = np.concatenate([SHOULDERS, HIPS, ANKLES])


def lost_beside(body: BodySeries, other: BodySeries, *, within: FloatArray) -> FloatArray:
    """Score the time for which the other, lost from sight within reach, may still be there.

    Parameters
    ----------
    body, other : BodySeries
        On one grid, shape (n,).
    within : ndarray, shape (n,)
        How far the other may touch the person while both are seen; NaN counts as not.

    Returns
    -------
    ndarray, shape (n,)
        0 while the other is seen, after they left the picture, and where they never were near; NaN
        where the person is not seen.
    """
    n = len(body.time_s)
    seen = np.isfinite(other.trunk_px)
    last = np.maximum.accumulate(np.where(seen, np.arange(n), -1))
    samples = body.samples(LAST_S)
    half = samples // 2
    near = mean_over(np.where(seen, np.nan_to_num(within), np.nan), samples=samples, least=0.2)
    leaves = mean_over(_at_edge(other), samples=samples, least=0.2)
    before = np.maximum(last - half, 0)
    score = np.nan_to_num(near[before]) * (np.nan_to_num(leaves[before]) == 0)
    hidden = ~seen & (last >= 0) & (np.arange(n) - last <= body.samples(FOR_S))
    return np.where(np.isfinite(body.trunk_px), np.where(hidden, score, 0.0), np.nan)


def _at_edge(body: BodySeries) -> FloatArray:
    """Tell whether trunk or feet are at the border of the picture, 0 or 1, NaN in gaps, (n,)."""
    place = body.points_px[:, _TRUNK_AND_FEET] / np.asarray(body.picture_size, dtype=np.float64)
    inside = (np.minimum(place, 1.0 - place) > EDGE).all(axis=(1, 2))
    return np.where(np.isfinite(body.trunk_px), ~inside, np.nan)
