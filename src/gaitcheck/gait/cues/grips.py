"""How a hand is carried: low, near the hip, as at a grip, before the trunk, or left behind."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import squarely
from gaitcheck.gait.cues.body import ELBOWS, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import mean_over, ramp, travel_over, without_spikes
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

STRIDES_S: Final = 2.4
"""About two strides, s: how an arm is carried lasts longer than a swing."""

ELBOW_BACK: Final = (0.12, -0.15)
"""Elbow ahead of its shoulder the way the toes point, trunk lengths. Who leans on a grip draws it
back; who carries bent arms, or a toy, holds it ahead (rendered: the more backward elbow -0.4 to
-0.03 at sticks, crutches and frames, -0.25 to 0.1 free)."""

LOW: Final = (0.5, 0.75)
"""Wrist below its shoulder, trunk lengths: grips of sticks and crutches 0.80 to 0.94, frames and
rails 0.65 to 0.84, push toys 0.55 to 0.63, in guard 0 to 0.45."""

RAISED: Final = (0.6, 0.3)
"""The same of a hand that may lie on a sofa, or be held by somebody tall."""

NEAR_HIP: Final = (0.75, 0.4)
"""Wrist from its hip, trunk lengths: grips 0.2 to 0.5, carried toys and guard 0.6 and more."""

BESIDE: Final = (0.13, 0.22)
"""Wrist outward of its shoulder, trunk lengths, seen from the front or behind (rendered: sticks,
crutches and frames 0.22 to 0.38, rails 0.5 to 0.6; arms that hang or swing 0.07 to 0.18, in pockets
0.1, on the hips 0 to 0.13; in guard 0.4 to 0.8)."""

INSIDE: Final = (0.42, 0.34)
"""Hand beside the middle line of the trunk, trunk lengths, seen so. At a rail that the hip touches
0.38 and more (rendered: rails, sticks, crutches and frames 0.55 to 0.95, hands in pockets 0.44,
clasped behind the back, carrying or held bent 0.19 to 0.34)."""

ACROSS: Final = (0.6, 0.35)
"""Way of the pelvis across the picture in two strides, trunk lengths, of somebody who walks along
the line of sight: towards or away from the camera 0.0 to 0.4, sideways along a sofa 0.75 (there
both hands are before the trunk)."""

LAGS: Final = (0.6, 0.25)
"""Extent of a wrist over that of the pelvis, both in the room: at a rail or a sofa it stays."""

LAG_WINDOW_S: Final = 1.0
"""As for a hand that is fixed in the room, s."""

STAYS: Final = (0.75, 0.4)
"""The same within half a second: hands in guard go as far as the pelvis (about 1)."""

STAY_WINDOW_S: Final = 0.6
"""Between two grips at a rail, s."""

TRAVELS: Final = 0.35
"""How far the pelvis must go in that time, trunk lengths."""

RESTS: Final = 0.35
"""Speed of a hand through the room that rests on something, in that of the pelvis: who goes along a
rail from place to place rests a hand, and moves it fast."""

RESTS_FOR_S: Final = 2.4
"""Some strides, s: of a swing that goes back as fast as the body goes on the hand rests for a third
(at its best in a walk, rendered: free hands 0.05 in the median, 0.34 at most, those at rails, bars
and furniture 0.21 and, in a quarter, 0.39 and more)."""

ABOUT_S: Final = 1.2
"""About a stride, s, over which that share is taken as a mean."""

SPEED_S: Final = 0.24
"""Time over which a speed is taken, s (arbitrary: pictures at 10 Hz have two in it)."""

GOES: Final = 0.5
"""Least speed of the pelvis, trunk lengths a second: else nothing can be said (arbitrary)."""

SIDES: Final = ("left", "right")
TOES: Final = np.array([INDEX[f"{side}_foot_index"] for side in SIDES])
HEELS: Final = np.array([INDEX[f"{side}_heel"] for side in SIDES])


def elbow_back(body: BodySeries) -> FloatArray:
    """Each elbow drawn back from its shoulder over two strides, shape (n, 2 sides).

    NaN where the feet do not tell which way the body looks; 0 from the front and from behind, where
    nothing is seen of that (see `hand_beside`).
    """
    feet = (body.points_px[:, TOES, 0] - body.points_px[:, HEELS, 0]).mean(axis=1)
    looks = np.sign(mean_over(feet, samples=body.samples(LAG_WINDOW_S)))[:, None]
    upper = body.points_px[:, ELBOWS] - body.points_px[:, SHOULDERS]
    ahead = without_spikes(np.asarray(upper / body.trunk_px[:, None, None]))[..., 0] * looks
    back = ramp(_over_strides(body, ahead), zero=ELBOW_BACK[0], one=ELBOW_BACK[1])
    return np.asarray(back * (1.0 - squarely(body))[:, None])


def hand_low(body: BodySeries) -> FloatArray:
    """Each hand over two strides as low as grips are, or lower, shape (n, 2 sides)."""
    return ramp(_over_strides(body, without_spikes(body.wrists)[..., 1]), zero=LOW[0], one=LOW[1])


def hand_raised(body: BodySeries) -> FloatArray:
    """Each hand over two strides above the waist, shape (n, 2 sides)."""
    below = _over_strides(body, without_spikes(body.wrists)[..., 1])
    return ramp(below, zero=RAISED[0], one=RAISED[1])


def hand_near_hip(body: BodySeries) -> FloatArray:
    """Each hand over two strides near its hip, shape (n, 2 sides).

    0 from the front and from behind: there any arm that hangs is near it.
    """
    apart = np.linalg.norm(body.points_px[:, WRISTS] - body.points_px[:, HIPS], axis=-1)
    near = _over_strides(body, np.asarray(apart / body.trunk_px[:, None]))
    score = ramp(near, zero=NEAR_HIP[0], one=NEAR_HIP[1])
    return np.asarray(score * (1.0 - squarely(body))[:, None])


def hand_beside(body: BodySeries) -> FloatArray:
    """Each hand out beside the body as at a grip, from the front or behind, shape (n, 2 sides)."""
    shoulders = body.points_px[:, SHOULDERS, 0]
    left_is = np.sign(shoulders[:, 0] - shoulders[:, 1])
    outward = without_spikes(body.wrists)[..., 0] * np.stack([left_is, -left_is], axis=1)
    beside = ramp(_over_strides(body, outward), zero=BESIDE[0], one=BESIDE[1])
    return np.asarray(beside * squarely(body)[:, None])


def hand_inside(body: BodySeries) -> FloatArray:
    """Each hand before or behind the own trunk, seen from the front or behind, shape (n, 2 sides).

    A rail is beside whoever goes along it. What both hands hold before the body, a pram's handle
    say, is not ruled out.
    """
    shoulders, hips = (body.points_px[:, pair].mean(axis=1) for pair in (SHOULDERS, HIPS))
    wrists = body.points_px[:, WRISTS]
    down = np.maximum(hips[:, 1] - shoulders[:, 1], 1.0)[:, None]
    part = np.clip((wrists[..., 1] - shoulders[:, None, 1]) / down, 0.0, 1.0)
    middle = shoulders[:, None, 0] * (1.0 - part) + hips[:, None, 0] * part
    aside = np.asarray(np.abs(wrists[..., 0] - middle) / body.trunk_px[:, None])
    inside = ramp(_over_strides(body, without_spikes(aside)), zero=INSIDE[0], one=INSIDE[1])
    pelvis = without_spikes(body.room_px[:, HIPS].mean(axis=1)) * np.array([1.0, 0.0])
    gone = travel_over(pelvis, samples=body.samples(STRIDES_S)) / body.trunk_px
    along = ramp(gone, zero=ACROSS[0], one=ACROSS[1])
    return np.asarray(inside * (squarely(body) * along)[:, None])


def hand_lags(body: BodySeries) -> FloatArray:
    """Each hand goes less far through the room than the pelvis, seen or not, shape (n, 2 sides).

    NaN where the body does not travel across the picture.
    """
    return _left_behind(body, window_s=LAG_WINDOW_S, share=LAGS, travels=TRAVELS)


def hand_stays(body: BodySeries) -> FloatArray:
    """Each hand stays so within the time between two grips at a rail, shape (n, 2 sides).

    A hand that swings stays behind for a moment too: this speaks of raised hands.
    """
    return _left_behind(body, window_s=STAY_WINDOW_S, share=STAYS, travels=TRAVELS * STAY_WINDOW_S)


def hand_rests(body: BodySeries) -> FloatArray:
    """Give the share of two strides or three in which each hand rests in the room, (n, 2 sides).

    An arm that swings back stands still for a moment; a hand that goes along a rail or furniture
    from place to place does for most of the time, in whatever rhythm. NaN where the body does not
    travel across the picture.
    """
    wrists = _speed(body, without_spikes(body.room_px[:, WRISTS]))
    pelvis = _speed(body, without_spikes(body.room_px[:, HIPS].mean(axis=1)))
    pelvis = mean_over(pelvis, samples=body.samples(LAG_WINDOW_S))
    known = np.isfinite(wrists) & (pelvis > GOES * body.trunk_px)[:, None]
    rests = np.where(known, wrists < RESTS * pelvis[:, None], np.nan)
    share = mean_over(rests, samples=body.samples(RESTS_FOR_S), least=0.7)
    # A window of two strides and a half holds two rests of a swing, or three.
    return mean_over(share, samples=body.samples(ABOUT_S))


def _speed(body: BodySeries, places: FloatArray) -> FloatArray:
    """Give how fast places go, px a second, shape without the last axis."""
    half = max(1, body.samples(SPEED_S) // 2)
    smooth = mean_over(places, samples=body.samples(SPEED_S / 2))
    gone_s = body.time_s[2 * half :] - body.time_s[: -2 * half]
    gone = np.linalg.norm(smooth[2 * half :] - smooth[: -2 * half], axis=-1)
    speed = np.full(places.shape[:-1], np.nan)
    speed[half:-half] = gone / gone_s.reshape(-1, *(1,) * (gone.ndim - 1))
    return speed


def _left_behind(
    body: BodySeries, *, window_s: float, share: tuple[float, float], travels: float
) -> FloatArray:
    samples = body.samples(window_s)
    places = (body.room_px[:, HIPS].mean(axis=1), body.room_px[:, WRISTS])
    pelvis, wrists = (
        travel_over(without_spikes(place), samples=samples, least=0.9) for place in places
    )
    part = wrists / np.maximum(pelvis, 1e-6)[:, None]
    known = (pelvis / body.trunk_px > travels)[:, None]
    return np.asarray(np.where(known, ramp(part, zero=share[0], one=share[1]), np.nan))


def _over_strides(body: BodySeries, values: FloatArray) -> FloatArray:
    return mean_over(values, samples=body.samples(STRIDES_S))
