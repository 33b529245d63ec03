"""How near a point is to a person, and two people to each other: places in the picture."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ANKLES, ELBOWS, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import covering, mean_over, ramp, travel_over
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

SEEN: Final = 0.4
"""Visibility from which the other's wrist is taken to be where the model says."""

STAY_WINDOW_S: Final = 0.8
"""A hand that passes by is gone in this time, s."""

STAYS: Final = (0.6, 0.3)
"""Extent of the other's hand from the walker's in that time, trunk lengths."""

DEPTH_APART: Final = (2.6, 2.0)
"""Feet this far apart up and down the picture, trunk lengths of the bigger person, stand out of
each other's reach in depth, whatever the camera's height."""

OPEN: Final = (0.95, 1.1)
"""Distance of the other's hands from each other, the person's trunk lengths, from which on they
hold no straps or jacket between them (rendered: straps of a harness 0.55 to 0.82; hovering from the
front and aslant 0.9 to 2.6, from the side, where they cannot be told from such, 0.2 to 0.7)."""

OPEN_S: Final = 8.0
"""Hands seen so are open for half of this before and after, s: aslant, both turn and one hand comes
before the other."""

HALF: Final = 0.5
"""Share of a moment in which two must face each other."""

TURNED: Final = (0.3, 0.1)
"""Of a body that is seen to face a way: width of the shoulders, or the nose before the ears, trunk
lengths (arbitrary: half of what they are seen squarely from the front or the side)."""

NOSE: Final = INDEX["nose"]
EARS: Final = np.array([INDEX["left_ear"], INDEX["right_ear"]])


def same_depth(body: BodySeries, other: BodySeries) -> FloatArray:
    """How far the two may stand at one distance from the camera, by their feet, shape (n,)."""
    gap = np.abs(
        body.points_px[:, ANKLES, 1].max(axis=1) - other.points_px[:, ANKLES, 1].max(axis=1)
    )
    bigger = np.fmax(body.trunk_px, other.trunk_px)
    return ramp(gap / bigger, zero=DEPTH_APART[0], one=DEPTH_APART[1])


def faces_against(body: BodySeries, other: BodySeries) -> FloatArray:
    """Say where the two are seen to face each other or to turn their backs, 0 or 1, shape (n,)."""
    ways = []
    for one in (body, other):
        points = one.points_px[..., 0] / one.trunk_px[:, None]
        across = points[:, SHOULDERS[0]] - points[:, SHOULDERS[1]]
        ways.append((across, points[:, NOSE] - points[:, EARS].mean(axis=1)))
    against = [
        (a * b < 0) & (np.minimum(np.abs(a), np.abs(b)) >= least)
        for a, b, least in zip(*ways, TURNED, strict=True)
    ]
    return np.asarray(np.logical_or.reduce(against), dtype=np.float64)


def hands_open(body: BodySeries, other: BodySeries) -> FloatArray:
    """Score how far the other's hands are known to have nothing between them, shape (n,).

    They were seen apart, or the two face each other: straps are held from behind.
    """
    samples = body.samples(STAY_WINDOW_S)
    apart = np.linalg.norm(other.hand_px(0) - other.hand_px(1), axis=-1) / body.trunk_px
    open_now = ramp(mean_over(np.asarray(apart), samples=samples), zero=OPEN[0], one=OPEN[1])
    open_lately = np.nan_to_num(covering(open_now, samples=body.samples(OPEN_S)))
    against = mean_over(faces_against(body, other), samples=samples)
    return np.asarray(np.fmax(open_lately, against >= HALF))


def stays(offset: FloatArray, *, samples: int) -> FloatArray:
    """Score each time in which a hand stays, from when it comes until it goes, shape (n,)."""
    kept = ramp(travel_over(offset, samples=samples), zero=STAYS[0], one=STAYS[1])
    return covering(kept, samples=samples)


def to_trunk(body: BodySeries, point: FloatArray) -> FloatArray:
    """Distance of a point from the trunk and the upper arms, px, shape (n,)."""
    p = body.points_px
    left, right = p[:, SHOULDERS[0]], p[:, SHOULDERS[1]]
    middle = (p[:, SHOULDERS].mean(axis=1), p[:, HIPS].mean(axis=1))
    bones = [
        (left, right),
        middle,
        (left, p[:, HIPS[0]]),
        (right, p[:, HIPS[1]]),
        (left, p[:, ELBOWS[0]]),
        (right, p[:, ELBOWS[1]]),
    ]
    return np.asarray(np.min([to_bone(point, a, b) for a, b in bones], axis=0))


def to_person(body: BodySeries, point: FloatArray) -> FloatArray:
    """Distance of a point from the trunk and the whole arms, px, shape (n,)."""
    p = body.points_px
    forearms = [to_bone(point, p[:, ELBOWS[s]], p[:, WRISTS[s]]) for s in (0, 1)]
    return np.asarray(np.min([to_trunk(body, point), *forearms], axis=0))


def to_head(body: BodySeries, point: FloatArray) -> FloatArray:
    """Distance of a point from the line between ears and shoulders, px, shape (n,)."""
    p = body.points_px
    return to_bone(point, p[:, EARS].mean(axis=1), p[:, SHOULDERS].mean(axis=1))


def to_bone(point: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """Distance of a point from the stretch between ``a`` and ``b``, px, shape (n,)."""
    along = b - a
    length = np.maximum((along**2).sum(axis=-1), 1e-9)
    share = np.clip(((point - a) * along).sum(axis=-1) / length, 0.0, 1.0)
    return np.asarray(np.linalg.norm(point - a - share[:, None] * along, axis=-1))
