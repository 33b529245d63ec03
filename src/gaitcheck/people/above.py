"""Things that go along above the shoulders: the straps of a hoist.

As for things at the hands (`things`): what is neither the room as it was before nor a body, is
narrow, and was at the shoulder also a moment ago. Rays go from each shoulder up past the head; a
ray counts as far as it is covered both all along and above the hair.

What this cannot see: straps while they hang before the same place of the room, as when somebody
walks straight away from the camera, and any by a camera that moves: errors of its motion leave
lines of the room that seem to go along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.apart import (
    ALIKE,
    CLOTHES,
    from_room,
    gone_along,
    narrow_things,
    place_then,
    square,
)
from gaitcheck.people.geometry import FACE, SHOULDERS, body_size
from gaitcheck.people.kept import Kept

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_SIZE_PX: Final = 96.0
"""Every body is looked at in this size, px for one body size: a strap of 2 cm is one px wide."""
_SHAPE: Final = (80, 80)
_MIDDLE: Final = (40.0, 74.0)
"""Rows and columns of the patch, and the middle of the shoulders in it (x, y)."""
_LAGS_S: Final = ((0.1, 0.2), (0.3, 0.45))
"""When a strap must have been at the shoulder too, s before, at one of each. With the first two
alone lines of the room that a camera passes reach 0.9 over half a second."""
_STILL_PX: Final = 1.0
"""A camera that moved the patch by more than this, px of it, shows no straps: the comparison looks
one px about."""
_HAIR: Final = (5.0, 14.0)
"""Middle of a head with its hair above the middle of the face, and radius, px of the patch."""
_ABOVE_PX: Final = (19.0, 30.0)
"""What goes on above the hair, over the middle of the face, px of the patch (rendered: hair reaches
to 19 above small faces; the bars of hoists hang 26 to 31 above)."""
_LEAST_PX: Final = 8
"""So much of a ray must be seen there."""
_ANGLES_RAD: Final = np.radians(np.arange(-24.0, 25.0, 4.0))
"""Directions of the rays from straight up."""
_RADII_PX: Final = np.arange(6.0, 64.5)
"""Points of a ray."""


def look_above(now: Kept, kept: Sequence[Kept], key: int) -> FloatArray:
    """Score what goes along above both shoulders of one body.

    Parameters
    ----------
    now : Kept
        The picture.
    kept : sequence of Kept
        Pictures before it.
    key : int
        The body's key.

    Returns
    -------
    ndarray, shape (2,)
        Left and right shoulder, 0 to 1, NaN where it cannot be told.
    """
    points = now.bodies[key]
    zoom = max(body_size(points), 1.0) / _SIZE_PX
    shoulders = points[list(SHOULDERS)]
    corner = shoulders.mean(axis=0) - zoom * np.array(_MIDDLE)
    place = np.array([[zoom, 0.0, corner[0]], [0.0, zoom, corner[1]], [0.0, 0.0, 1.0]])
    scores = np.full(2, np.nan)
    still = [then for then in kept if _moved_px(now, then, place) <= _STILL_PX]
    if not still:
        return scores
    here = now.patch(place, shape=_SHAPE)
    differs, told = from_room(now, still, here, place)
    told[now.covered(place, shape=_SHAPE, width=CLOTHES[0]) > 0] = 0
    for other in now.bodies.values():
        _leave_out_hair(told, (other - corner) / zoom)
    seen, told = narrow_things(differs, told)
    face_y = float((points[list(FACE), 1].mean() - corner[1]) / zoom)
    for side, shoulder in enumerate((shoulders - corner) / zoom):
        score = _best_ray(seen, told, shoulder=shoulder, face_y=face_y)
        if score > 0:  # of most looks nothing is left to compare
            part = SHOULDERS[side : side + 1]
            along = gone_along(now, still, here, place, key=key, part=part, lags_s=_LAGS_S)
            thing = np.zeros_like(seen) if along is None else seen * (along < ALIKE * differs)
            score = _best_ray(thing, told, shoulder=shoulder, face_y=face_y)
        scores[side] = score
    return scores


def _moved_px(now: Kept, then: Kept, place: FloatArray) -> float:
    """Give how far the camera moved the middle of the patch since, px of the patch."""
    middle = np.array([*_MIDDLE, 1.0])
    a, b = (p @ middle for p in (place_then(now, then, place), place))
    return float(np.hypot(*(a[:2] / a[2] - b[:2])) / place[0, 0])


def _leave_out_hair(told: Image, points: FloatArray) -> None:
    face, size = points[list(FACE)].mean(axis=0), body_size(points) / _SIZE_PX
    x, y = np.clip((face[0], face[1] - _HAIR[0] * size), -30000, 30000)
    cv2.circle(told, (round(float(x)), round(float(y))), max(1, round(_HAIR[1] * size)), 0, -1)


def _best_ray(thing: Image, told: Image, *, shoulder: FloatArray, face_y: float) -> float:
    """Score the ray from a shoulder that is covered best, NaN where none is seen enough."""
    x = shoulder[0] + np.sin(_ANGLES_RAD)[:, None] * _RADII_PX
    y = shoulder[1] - np.cos(_ANGLES_RAD)[:, None] * _RADII_PX
    maps = x.astype(np.float32), y.astype(np.float32)
    whole = cv2.remap(told, *maps, cv2.INTER_NEAREST) * (y >= 0) * (y > face_y - _ABOVE_PX[1])
    hits = whole * cv2.remap(cv2.dilate(thing, square(3)), *maps, cv2.INTER_NEAREST)
    above = y < face_y - _ABOVE_PX[0]
    n_above = (whole * above).sum(axis=1)
    if n_above.max() < _LEAST_PX:
        return float("nan")
    high = (hits * above).sum(axis=1) / np.maximum(n_above, 1)
    both = np.minimum(high, hits.sum(axis=1) / np.maximum(whole.sum(axis=1), 1))
    return float(both[n_above >= _LEAST_PX].max())
