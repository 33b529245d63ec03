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

from gaitcheck.gait.signals import body_scale_px, has_whole_feet
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

GAP_S: Final = 0.35
"""After a longer gap the labels before it say nothing about those after it, s (arbitrary: about
half a swing and a stance)."""

NOISE_LEGS: Final = 0.04
"""Scatter of a landmark about its true place, leg lengths (measured on rendered people: 1.5 to 3 %
of body height)."""

ACCELERATION_LEGS_S2: Final = 40.0
"""Acceleration of a foot in walking, leg lengths/s2 (from 0 to 4 leg lengths/s in 0.1 s)."""

CAP_NATS: Final = 3.0
"""One joint in one frame speaks at most so loud: a wild point must not decide for a whole run."""

PLACE_NATS: Final = 3.0
"""What it speaks for a label that a foot is where it was one to three frames before, nats."""

TRUST_NATS_S: Final = 10.0
"""How strongly the model's own label is believed, nats for each second (odds of 4 to 3 in each
frame at 30 Hz: exchanges last tenths of a second; a walk of them from end to end is not undone)."""

SWITCH_NATS: Final = 4.0
"""Cost of each passage from kept to exchanged labels or back: odds of 1 in 50 in a frame (rendered
people: legs exchanged in 0 to 3 % of frames)."""

BLENDED_LEGS: Final = 0.1
"""Legs that lie farther from the way between the neighbouring frames, in either order, are a
blend of both, leg lengths (measured: 0.3; a foot that starts or stops: 0.05 at 30 Hz)."""

DENSE_S: Final = 0.05
"""Only frames nearer together than this can show that, s."""


def _pairs(names: tuple[str, ...]) -> npt.NDArray[np.intp]:
    return np.array([(INDEX[f"left_{n}"], INDEX[f"right_{n}"]) for n in names])


LEGS: Final = _pairs(("hip", "knee", "ankle", "heel", "foot_index"))
ARMS: Final = _pairs(("shoulder", "elbow", "wrist", "pinky", "index", "thumb"))
_JUDGED_LEGS: Final = _pairs(("ankle", "heel", "foot_index"))
_WITHOUT_FEET: Final = _pairs(("knee", "ankle"))
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
    legs = exchanged(track, judged_legs(track), scale_px=scale)
    arms = exchanged(track, _JUDGED_ARMS, scale_px=scale)
    return with_exchanged(with_exchanged(track, legs, LEGS), arms, ARMS)


def judged_legs(track: Track) -> npt.NDArray[np.intp]:
    """Give the left and right landmarks by which legs are told apart."""
    return _JUDGED_LEGS if has_whole_feet(track) else _WITHOUT_FEET


def with_exchanged(track: Track, frames: BoolArray, pairs: npt.NDArray[np.intp]) -> Track:
    """Give the track with the landmarks of `LEGS` or `ARMS` exchanged in some frames."""
    rows = np.flatnonzero(frames)[:, None]
    left, right = pairs[:, 0][None], pairs[:, 1][None]
    mended = {name: getattr(track, name).copy() for name in ("points_px", "visibility", "world_m")}
    for array in mended.values():
        array[rows, left], array[rows, right] = array[rows, right], array[rows, left]
    if pairs is ARMS:
        for name, scores in track.at_hands.items():
            mended[name] = scores.copy()
            mended[name][rows] = scores[rows, ::-1]
    return replace(track, **mended)


def exchanged(
    track: Track,
    pairs: npt.NDArray[np.intp],
    *,
    scale_px: FloatArray,
    trust_nats_s: float = TRUST_NATS_S,
) -> BoolArray:
    """Say in which frames left and right are exchanged.

    Parameters
    ----------
    track : Track
        One person.
    pairs : ndarray of int, shape (n_pairs, 2)
        Left and right landmarks to judge by.
    scale_px : ndarray, shape (n_frames,)
        Leg length, px of the room.
    trust_nats_s : float, optional
        How strongly the model's own label is believed.

    Returns
    -------
    ndarray of bool, shape (n_frames,)
    """
    places = track.points_room_px[:, pairs]
    seen = np.isfinite(places).all(axis=(1, 2, 3))
    result = np.zeros(len(track), dtype=bool)
    rows = np.flatnonzero(seen)
    if len(rows) < 3:
        return result
    trust = np.clip(track.visibility[:, pairs].mean(axis=(1, 2)), 0.2, 1.0)
    rows = rows[~_blended(places[rows], track.time_s[rows], scale_px[rows])]
    breaks = np.flatnonzero(np.diff(track.time_s[rows]) > GAP_S) + 1
    for run in np.split(rows, breaks):
        if len(run) >= 3:
            found = _least_acceleration(
                places[run], track.time_s[run], scale_px[run], trust_nats_s * trust[run]
            )
            nearest = np.searchsorted(run, np.arange(run[0], run[-1] + 1), side="right") - 1
            result[run[0] : run[-1] + 1] = found[nearest]
    return result


def _blended(places: FloatArray, time_s: FloatArray, leg_px: FloatArray) -> BoolArray:
    """Find single frames in which the model drew both legs somewhere between the two.

    Neither order of the legs then lies on the way from the frame before to the frame after; such a
    frame would make a change of labels free. Shape (n,).
    """
    out = np.zeros(len(places), dtype=bool)
    if len(places) < 3:
        return out
    frame_s = np.diff(time_s)
    part = (frame_s[:-1] / (frame_s[:-1] + frame_s[1:]))[:, None, None, None]
    off = np.full(len(places), np.inf)
    for after in (places[2:], places[2:, :, ::-1]):
        between = (1 - part) * places[:-2] + part * after
        for here in (places[1:-1], places[1:-1, :, ::-1]):
            residual = np.linalg.norm(here - between, axis=3).mean(axis=(1, 2)) / leg_px[1:-1]
            off[1:-1] = np.minimum(off[1:-1], residual)
    off[[0, -1]] = 0.0
    peak = (off[1:-1] >= off[:-2]) & (off[1:-1] >= off[2:])
    out[1:-1] = peak & (off[1:-1] > BLENDED_LEGS) & (frame_s[:-1] < DENSE_S)
    return out


def _least_acceleration(
    places: FloatArray, time_s: FloatArray, leg_px: FloatArray, trust: FloatArray
) -> BoolArray:
    """Solve one unbroken run: ``places`` (n, n_pairs, 2 sides, 2) in px; bool, shape (n,).

    A state of the recursion holds the labels of three frames in a row, the oldest first.
    """
    n = len(places)
    by_label = np.stack([places, places[:, :, ::-1]])  # (2, n, n_pairs, 2 sides, 2)
    dt = np.diff(time_s)
    prior = trust * np.gradient(time_s)
    own = prior[:, None] * np.array([0.0, 1.0])
    change = SWITCH_NATS * (1 - np.eye(2))
    near = change + _standing_cost(by_label, leg_px, 1)  # row t - 1: labels of t - 1, t
    far = [_standing_cost(by_label, leg_px, lag) for lag in (2, 3)]
    triple = _triple_cost(by_label, leg_px, dt)  # row t - 2: labels of t - 2, t - 1, t
    cost = (
        own[0][:, None, None] + own[1][None, :, None] + own[2][None, None, :]
        + near[0][:, :, None] + near[1][None] + far[0][0][:, None, :] + triple[0]
    )  # fmt: skip
    came = np.zeros((n, 2, 2, 2), dtype=np.intp)
    for t in range(3, n):
        step = triple[t - 2] + near[t - 1][None] + far[0][t - 2][:, None, :] + own[t]
        total = cost[:, :, :, None] + step[None] + far[1][t - 3][:, None, None, :]
        came[t] = total.argmin(axis=0)
        cost = total.min(axis=0)
    path = np.zeros(n, dtype=np.intp)
    path[n - 3 :] = np.unravel_index(int(cost.argmin()), (2, 2, 2))
    for t in range(n - 1, 2, -1):
        path[t - 3] = came[t, path[t - 2], path[t - 1], path[t]]
    return np.asarray(path, dtype=bool)


def _nats(residual: FloatArray, sigma: FloatArray, cap: float) -> FloatArray:
    """Cost of residuals (..., n_pairs, 2 sides, 2), summed over sides: each leg speaks once."""
    each = np.minimum((residual**2).sum(-1) / (2 * sigma**2), cap)
    return np.asarray(each.mean(axis=-2).sum(axis=-1))


def _standing_cost(by_label: FloatArray, leg_px: FloatArray, lag: int) -> FloatArray:
    """Cost (n - lag, 2, 2) of the labels of frames ``lag`` apart: a standing foot stays in place.

    A moving foot pays the cap under either label; a standing one pays it only if exchanged.
    """
    out = np.empty((max(by_label.shape[1] - lag, 1), 2, 2))
    sigma = np.asarray(NOISE_LEGS * np.sqrt(2))
    for a in range(2):
        for b in range(2):
            moved = by_label[b, lag:] - by_label[a, : by_label.shape[1] - lag]
            moved = moved / leg_px[lag:, None, None, None]
            out[: len(moved), a, b] = _nats(moved, sigma, PLACE_NATS)
    return out


def _triple_cost(by_label: FloatArray, leg_px: FloatArray, dt: FloatArray) -> FloatArray:
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
                off = (by_label[c, 2:] - ahead) / leg_px[2:, None, None, None]
                out[:, a, b, c] = _nats(off, sigma, CAP_NATS)
    return out
