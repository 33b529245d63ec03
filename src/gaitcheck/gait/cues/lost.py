"""Somebody within reach is out of sight: hidden by the person, they may hold on.

Lost from sight there, or seen there for the first time, as of two who were one body in the picture.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ANKLES, HIPS, SHOULDERS, BodySeries
from gaitcheck.gait.cues.company import CLOSE
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

    And the time before somebody comes into sight within reach: of two who walk as one the second is
    found where they part.

    Parameters
    ----------
    body, other : BodySeries
        On one grid, shape (n,).
    within : ndarray, shape (n,)
        How far the other may touch the person while both are seen; NaN where that is not known.

    Returns
    -------
    ndarray, shape (n,)
        0 while the other is seen, while they are out of the picture, and where they never were
        near; NaN where the person is not seen.
    """
    seen = np.isfinite(other.trunk_px)
    samples = body.samples(LAST_S)
    # Of two who are one body in the picture now the one is seen and now the other: the last moment
    # tells in which it was known of both.
    near = mean_over(np.where(_apart(body, other), 0.0, within), samples=samples, least=0.2)
    leaves = np.nan_to_num(mean_over(_at_edge(other), samples=samples, least=0.2)) > 0
    half, longest = samples // 2, body.samples(FOR_S)
    after, before = (
        _hidden_after(seen[way], near[way], leaves[way], half=half, longest=longest)[way]
        for way in (np.s_[:], np.s_[::-1])
    )
    return np.where(np.isfinite(body.trunk_px), np.maximum(after, before), np.nan)


def _hidden_after(
    seen: npt.NDArray[np.bool_],
    near: FloatArray,
    leaves: npt.NDArray[np.bool_],
    *,
    half: int,
    longest: int,
) -> FloatArray:
    """Score the time after somebody was seen last, shape (n,)."""
    at = np.arange(len(seen))
    last = np.maximum.accumulate(np.where(seen, at, -1))
    together = np.maximum.accumulate(np.where(np.isfinite(near), at, 0))
    before = np.maximum(last - half, 0)
    score = np.nan_to_num(near[together[before]]) * ~leaves[before]
    hidden = ~seen & (last >= 0) & (at - last <= longest)
    return np.where(hidden, score, 0.0)


def _apart(body: BodySeries, other: BodySeries) -> npt.NDArray[np.bool_]:
    """Tell whether both are seen, too far from each other to touch, (n,)."""
    gap = body.points_px[:, HIPS].mean(axis=1) - other.points_px[:, HIPS].mean(axis=1)
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    return np.asarray(np.linalg.norm(gap, axis=-1) > CLOSE[0] * bigger)


def _at_edge(body: BodySeries) -> FloatArray:
    """Tell whether trunk or feet are at the border of the picture, 0 or 1, NaN in gaps, (n,)."""
    place = body.points_px[:, _TRUNK_AND_FEET] / np.asarray(body.picture_size, dtype=np.float64)
    inside = (np.minimum(place, 1.0 - place) > EDGE).all(axis=(1, 2))
    return np.where(np.isfinite(body.trunk_px), ~inside, np.nan)
