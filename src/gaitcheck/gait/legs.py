"""Undo exchanges of the left and right legs (and arms) by the pose model, over a whole track.

Seen from the side, or with the face hidden, the pose model exchanges the legs for runs of frames.
Which label is right at one frame cannot be told from that frame, but bodies move smoothly: of all
ways to exchange or keep the labels we take the one under which both legs accelerate least, with a
weak preference for the model's own labels, by the Viterbi recursion over pairs of frames.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

GAP_S: Final = 0.35
"""After a longer gap the labels before it say nothing about those after it, s (arbitrary: about
half a swing and a stance)."""

NOISE_LEGS: Final = 0.03
"""Scatter of a landmark about its true place, leg lengths (measured on rendered people: 1.5 to 3 %
of body height, about half of it constant in time)."""

ACCELERATION_LEGS_S2: Final = 30.0
"""Root mean square acceleration of a foot in walking, leg lengths/s2 (from 0 to 4 leg lengths/s
in about 0.13 s)."""

CAP_NATS: Final = 12.0
"""One joint in one frame speaks at most so loud: a wild point must not decide for a whole run."""

TRUST_NATS_S: Final = 4.0
"""How strongly the model's own label is believed, nats for each second (an exchange of 0.3 s
then needs odds of about 3 to 1 from the motion)."""

SWITCH_NATS: Final = 3.0
"""Cost of each passage from kept to exchanged labels or back: odds of 1 in 20 in a frame (rendered
people: legs exchanged in 0 to 3 % of frames)."""


def _pairs(names: tuple[str, ...]) -> npt.NDArray[np.intp]:
    return np.array([(INDEX[f"left_{n}"], INDEX[f"right_{n}"]) for n in names])


LEGS: Final = _pairs(("hip", "knee", "ankle", "heel", "foot_index"))
ARMS: Final = _pairs(("shoulder", "elbow", "wrist", "pinky", "index", "thumb"))
_JUDGED_LEGS: Final = _pairs(("knee", "ankle", "heel", "foot_index"))
_JUDGED_ARMS: Final = _pairs(("shoulder", "elbow", "wrist"))


def repair_sides(track: Track) -> Track:
    """Give the track with exchanges of left and right undone, legs and arms each on their own.

    Parameters
    ----------
    track : Track
        One person as the pose model saw them.

    Returns
    -------
    Track
        The same track; in some frames the rows of left and right landmarks are exchanged.

    Notes
    -----
    What cannot be mended here: a person whose sides the model exchanges from first to last.
    """
    scale = body_scale_px(track)
    points, visibility = track.points_px.copy(), track.visibility.copy()
    world = track.world_m.copy()
    for judged, moved in ((_JUDGED_LEGS, LEGS), (_JUDGED_ARMS, ARMS)):
        rows = np.flatnonzero(exchanged(track, judged, scale_px=scale))[:, None]
        for array in (points, visibility, world):
            left, right = moved[:, 0][None], moved[:, 1][None]
            array[rows, left], array[rows, right] = array[rows, right], array[rows, left]
    return replace(track, points_px=points, visibility=visibility, world_m=world)


def exchanged(track: Track, pairs: npt.NDArray[np.intp], *, scale_px: FloatArray) -> BoolArray:
    """Say in which frames left and right are exchanged.

    Parameters
    ----------
    track : Track
        One person.
    pairs : ndarray of int, shape (n_pairs, 2)
        Left and right landmarks to judge by.
    scale_px : ndarray, shape (n_frames,)
        Leg length, px of the room.

    Returns
    -------
    ndarray of bool, shape (n_frames,)
    """
    places = track.points_room_px[:, pairs] / scale_px[:, None, None, None]
    seen = np.isfinite(places).all(axis=(1, 2, 3))
    result = np.zeros(len(track), dtype=bool)
    rows = np.flatnonzero(seen)
    if len(rows) < 3:
        return result
    trust = track.visibility[:, pairs].mean(axis=(1, 2))
    breaks = np.flatnonzero(np.diff(track.time_s[rows]) > GAP_S) + 1
    for run in np.split(rows, breaks):
        if len(run) >= 3:
            result[run] = _least_acceleration(places[run], track.time_s[run], trust[run])
    return result


def _least_acceleration(places: FloatArray, time_s: FloatArray, trust: FloatArray) -> BoolArray:
    """Solve one unbroken run: ``places`` (n, n_pairs, 2, 2) in leg lengths; bool, shape (n,)."""
    n = len(places)
    by_label = np.stack([places, places[:, :, ::-1]])  # (2, n, n_pairs, 2 sides, 2)
    dt = np.diff(time_s)
    prior = TRUST_NATS_S * np.gradient(time_s) * np.clip(trust, 0.2, 1.0)
    # cost[a, b]: best way to be under label a in frame t-1 and b in frame t
    switch = SWITCH_NATS * (1 - np.eye(2))
    cost = np.array([[0.0, prior[1]], [prior[0], prior[0] + prior[1]]]) + switch
    cost += _motion_cost(by_label, dt)[0]
    came = np.zeros((n, 2, 2), dtype=np.intp)
    triple = _triple_cost(by_label, dt)  # (n - 2, 2, 2, 2)
    for t in range(2, n):
        total = cost[:, :, None] + triple[t - 2] + switch[None]
        came[t] = total.argmin(axis=0)
        cost = total.min(axis=0) + np.array([0.0, prior[t]])[None, :]
    path = np.zeros(n, dtype=np.intp)
    path[n - 2], path[n - 1] = np.unravel_index(int(cost.argmin()), (2, 2))
    for t in range(n - 1, 1, -1):
        path[t - 2] = came[t, path[t - 1], path[t]]
    return np.asarray(path, dtype=bool)


def _nats(residual: FloatArray, sigma: FloatArray) -> FloatArray:
    """Cost of residuals (..., n_pairs, 2 sides, 2); the joints of one leg are not independent."""
    each = np.minimum((residual**2).sum(-1) / (2 * sigma**2), CAP_NATS)
    return np.asarray(each.mean(axis=-2).sum(axis=-1) * 1.5)


def _motion_cost(by_label: FloatArray, dt: FloatArray) -> FloatArray:
    """Cost (1, 2, 2) of the first step alone: no speed is known yet."""
    out = np.empty((1, 2, 2))
    sigma = np.asarray(np.hypot(NOISE_LEGS * np.sqrt(2), 2.5 * dt[0]))
    for a in range(2):
        for b in range(2):
            out[0, a, b] = _nats(by_label[b, 1] - by_label[a, 0], sigma)
    return out


def _triple_cost(by_label: FloatArray, dt: FloatArray) -> FloatArray:
    """Cost (n - 2, 2, 2, 2) of every label of three frames in a row: departure from even motion."""
    n = by_label.shape[1]
    out = np.empty((n - 2, 2, 2, 2))
    d0, d1 = dt[:-1], dt[1:]
    ratio = (d1 / d0)[:, None, None, None]
    noise = NOISE_LEGS * np.sqrt(1 + (1 + d1 / d0) ** 2 + (d1 / d0) ** 2)
    sigma = np.hypot(noise, ACCELERATION_LEGS_S2 * d1 * (d0 + d1) / 2)[:, None, None]
    for a in range(2):
        for b in range(2):
            ahead = by_label[b, 1:-1] + ratio * (by_label[b, 1:-1] - by_label[a, :-2])
            for c in range(2):
                out[:, a, b, c] = _nats(by_label[c, 2:] - ahead, sigma)
    return out
