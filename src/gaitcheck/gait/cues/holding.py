"""Hands at things: a wrist fixed in the room, wrists rigid before the walking body."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.arms import elbow_cosine
from gaitcheck.gait.cues.body import ANKLES, HIPS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.empty import nothing_below_hand
from gaitcheck.gait.cues.windows import covering, mean_over, ramp, travel_over, without_spikes

FloatArray = npt.NDArray[np.floating[Any]]

FIXED_WINDOW_S: Final = 1.0
"""A swinging hand stands still in the room while it swings back, for half a stride; not so long,
s. A slow patient's may: then the hand is taken for held."""

BODY_TRAVEL: Final = (0.25, 0.45)
"""How far pelvis and feet must go in that time, trunk lengths, for a wrist to say something."""

FIXED_SHARE: Final = (0.4, 0.22)
"""Extent of the wrist over extent of the pelvis, both in the room."""

HANGS_DOWN: Final = ((0.95, 1.03), (-0.88, -0.94), (0.4, 0.3))
"""Of an arm that hangs at full length, at the end of a walk say, and holds nothing that stands in
the room: mean of wrist below its shoulder, trunk lengths, of the cosine at the elbow, and of wrist
beside its shoulder (rendered: 1.05 to 1.17 and -0.94 to -0.99; hands at bars 0.84 and -0.3)."""

RIGID_WINDOW_S: Final = 1.2
"""About a stride, s."""

RIGID: Final = (0.35, 0.18)
"""Extent of the wrist from the trunk in a stride, trunk lengths."""

HANDLE: Final = ((0.58, 0.66), (1.1, 0.95))
"""Wrist below its shoulder, trunk lengths, where handles of walking frames are (rendered: 0.65 to
0.9). A toy carried in both hands is higher (0.55 to 0.63); so are push toys, which stay unknown."""

AHEAD: Final = (0.08, 0.2)
"""How far ahead of its shoulder each wrist is in a side view, trunk lengths."""

BENT: Final = (-0.92, -0.75)
"""Cosine at the elbow there, 157 to 139 degrees: arms that only hang, or carry, are straight."""

OUTWARD: Final = (0.2, 0.3)
"""How far outward of its shoulder each wrist is in a front view, trunk lengths; there the bent
elbow is not to be seen."""

STEPPING: Final = (0.1, 0.25)
"""Extent of the spread of the feet in a stride, trunk lengths: else nobody is walking."""


def hand_fixed_in_room(body: BodySeries) -> FloatArray:
    """Each wrist stays in its place in the room while the pelvis and the feet travel.

    The feet must travel too: who rises from a chair, or bends, moves the pelvis alone.

    Returns
    -------
    ndarray, shape (n, 2 sides)
        NaN where the hand is hidden or the body does not travel across the picture: nothing can
        be said then.
    """
    samples = body.samples(FIXED_WINDOW_S)
    # In px of the room first: a change of scale must not look like travel.
    places = (body.room_px[:, HIPS].mean(axis=1), body.room_px[:, ANKLES].mean(axis=1))
    pelvis, feet = (
        travel_over(without_spikes(place), samples=samples, least=0.9) for place in places
    )
    stays = travel_over(without_spikes(body.room_px[:, WRISTS]), samples=samples, least=0.9)
    gone = np.minimum(pelvis, feet)
    travelled = ramp(gone / body.trunk_px, zero=BODY_TRAVEL[0], one=BODY_TRAVEL[1])[:, None]
    share = stays / np.maximum(gone, 1e-6)[:, None]
    score = ramp(share, zero=FIXED_SHARE[0], one=FIXED_SHARE[1]) * travelled
    (low0, low1), (cos0, cos1), (out0, out1) = HANGS_DOWN
    wrists = mean_over(without_spikes(body.wrists), samples=samples)
    bend = mean_over(elbow_cosine(body), samples=samples)
    hangs = (
        ramp(wrists[..., 1], zero=low0, one=low1)
        * ramp(bend, zero=cos0, one=cos1)
        * ramp(np.abs(wrists[..., 0]), zero=out0, one=out1)
    )
    score *= 1.0 - np.nan_to_num(hangs)
    seen = mean_over(body.hand_visibility, samples=samples) >= 0.5
    return covering(np.asarray(np.where(seen & (travelled > 0), score, np.nan)), samples=samples)


def hands_rigid_ahead(body: BodySeries) -> FloatArray:
    """Both wrists rigid at handle height ahead of the body, seen from the side, shape (n,).

    A walking frame, but also arms carried bent: the crouched and the stiff hold them so with
    nothing in their hands. The cue cannot tell.
    """
    samples = body.samples(RIGID_WINDOW_S)
    aside = mean_over(without_spikes(body.wrists)[..., 0], samples=samples)
    bent = mean_over(ramp(elbow_cosine(body), zero=BENT[0], one=BENT[1]), samples=samples)
    ahead = ramp(np.abs(aside), zero=AHEAD[0], one=AHEAD[1]) * bent
    same_way = np.sign(aside[:, 0]) == np.sign(aside[:, 1])
    score = _rigid_at_handle(body) * ahead.min(axis=1) * same_way
    return covering(np.asarray(score), samples=samples)


def hands_rigid_apart(body: BodySeries) -> FloatArray:
    """Both wrists rigid at handle height outward of the shoulders, from the front, shape (n,).

    A walking frame or crutches: arms that only hang are nearer the body and lower. Not where the
    pictures show that nothing stands below one of the hands: new walkers, and who walks with the
    knees together, hold them so for balance.
    """
    samples = body.samples(RIGID_WINDOW_S)
    aside = mean_over(without_spikes(body.wrists)[..., 0], samples=samples)
    left_is = np.sign(body.points_px[:, SHOULDERS[0], 0] - body.points_px[:, SHOULDERS[1], 0])
    outward = aside * np.stack([left_is, -left_is], axis=1)
    apart = ramp(outward, zero=OUTWARD[0], one=OUTWARD[1]).min(axis=1)
    nothing = np.nan_to_num(nothing_below_hand(body)).max(axis=1)
    return covering(np.asarray(_rigid_at_handle(body) * apart * (1.0 - nothing)), samples=samples)


def _rigid_at_handle(body: BodySeries) -> FloatArray:
    """Both wrists rigid from the trunk, at the height of handles, while the feet step, (n,)."""
    samples = body.samples(RIGID_WINDOW_S)
    wrists = without_spikes(body.wrists)
    rigid = ramp(travel_over(wrists, samples=samples), zero=RIGID[0], one=RIGID[1])
    below = mean_over(wrists[..., 1], samples=samples)
    (low0, low1), (high0, high1) = HANDLE
    height = ramp(below, zero=low0, one=low1) * ramp(below, zero=high0, one=high1)
    feet = (body.points_px[:, ANKLES[0]] - body.points_px[:, ANKLES[1]]) / body.trunk_px[:, None]
    steps = ramp(
        travel_over(without_spikes(feet), samples=samples), zero=STEPPING[0], one=STEPPING[1]
    )
    return np.asarray((rigid * height).min(axis=1) * steps)
