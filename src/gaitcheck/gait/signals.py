"""From a track to evenly sampled signals in the person's own units; gaps stay gaps.

Lengths are in the person's own leg lengths, so that a toddler near the camera and an adult far
away are measured alike, in coordinates from which the camera's motion was taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d, percentile_filter

from gaitcheck.gait.jumps import without_jumps
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

GRID_HZ: Final = 100.0
"""Rate of the even grid, Hz: contact times are wanted to 10 ms, as people label them."""

SMOOTH_S: Final = 0.025
"""Standard deviation of the Gaussian low-pass, s: -3 dB at 5.3 Hz, half at 7.5 Hz (FIELD 6:
6 to 8 Hz for sharper filters); a Gaussian does not ring, so a foot that stops stays stopped."""

SMOOTH_FRAMES: Final = 0.35
"""The same in frames, where those are rarer: it joins the straight pieces between them."""

SPARSE_HZ: Final = 16.0
"""Below this rate of frames, Hz, a foot seems to go on evenly up to the next frame."""

BRIDGE_S: Final = 0.12
"""Shorter gaps are bridged, s (Stenum 2021: 120 ms); below 20 Hz, one lost frame."""

FACING_S: Final = 0.2
"""Low-pass of the facing, s: a turn on the spot takes a second or more (arbitrary)."""

FEET: Final = np.array(
    [
        [INDEX[f"{side}_{part}"] for part in ("ankle", "heel", "foot_index")]
        for side in ("left", "right")
    ]
)
"""Landmarks of the left and of the right foot, ankle first, shape (2, 3)."""

_UP: Final = np.array(
    [[INDEX[f"{side}_{part}"] for part in ("knee", "hip")] for side in ("left", "right")]
)

_BODY: Final = np.array(
    [
        INDEX[f"{side}_{part}"]
        for part in ("shoulder", "hip", "knee", "ankle")
        for side in ("left", "right")
    ]
)
_TORSO: Final = np.array(
    [INDEX[n] for n in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")]
)

LEG_OF_TORSO: Final = (1.15, 1.9)
"""Leg length over shoulder-to-hip length: from toddlers to long-legged adults (drawn figures of
growth; used only to bound a leg that looks short because it is bent towards the camera)."""


@dataclass(frozen=True, eq=False)
class WalkSignals:
    """What the feet do, on an even grid.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Even grid, ``GRID_HZ``.
    rate_hz : float
        Frames a second that the track really had (median).
    valid : ndarray of bool, shape (n,)
        Whether the body was seen there or in frames close enough to bridge.
    parts_px : ndarray, shape (n, 2, 3, 2)
        Ankle, heel and toe of the left and the right foot, px of the room; NaN in gaps. What the
        track never has stands at the ankle.
    up_px : ndarray, shape (n, 2, 2, 2)
        Knee and hip of either side, px of the room; NaN in gaps.
    feet_px : ndarray, shape (n, 2, 2)
        Left and right foot (mean of ankle, heel, toe), px of the room; NaN in gaps.
    speed : ndarray, shape (n, 2)
        Their speed over the floor, leg lengths/s.
    heel_speed, toe_speed : ndarray, shape (n, 2)
        The same of the heel and of the toe alone.
    leg_px : ndarray, shape (n,)
        Leg length, slowly varying, px of the room.
    depth : ndarray, shape (n,)
        Distance from the camera, in leg lengths, by the size of the body; only its change is used.
    toward : ndarray, shape (n,)
        How far the body faces the camera: 1 towards it, 0 sideways, -1 away; 0 where unknown.
    visibility : ndarray, shape (n, 2)
        Least visibility of the ankle, heel and toe of each foot.
    in_picture : ndarray of bool, shape (n, 2)
        Whether that foot is inside the picture.
    whole_feet : bool
        Whether the track has heels and toes; without them the ankle is the foot.
    """

    time_s: FloatArray
    rate_hz: float
    valid: BoolArray
    parts_px: FloatArray
    up_px: FloatArray
    feet_px: FloatArray
    speed: FloatArray
    heel_speed: FloatArray
    toe_speed: FloatArray
    leg_px: FloatArray
    depth: FloatArray
    toward: FloatArray
    visibility: FloatArray
    in_picture: BoolArray
    whole_feet: bool


def body_scale_px(track: Track, *, points_px: FloatArray | None = None) -> FloatArray:
    """Leg length of the person in each frame, slowly varying.

    The picture is fitted by the model's body in metres (weak perspective), which sees through bent
    knees and seated thighs; without such a body, by thigh and shank in the picture, bounded by
    the torso.

    Parameters
    ----------
    track : Track
        One person.
    points_px : ndarray, shape (n_frames, 33, 2), optional
        Their landmarks in the coordinates that are meant; by default ``track.points_room_px``.

    Returns
    -------
    ndarray, shape (n_frames,)
        Filled over gaps from the nearest frames; NaN only if the person was never seen.
    """
    points = track.points_room_px if points_px is None else points_px
    drawn = _leg_in_picture(points)
    fitted = _leg_by_fit(points, track.world_m)
    leg = np.where(np.isfinite(fitted), fitted, drawn)
    seen = np.flatnonzero(np.isfinite(leg))
    if len(seen) == 0:
        return np.full(len(track), np.nan)
    every = np.interp(track.time_s, track.time_s[seen], leg[seen])
    frame_s = float(np.median(np.diff(track.time_s))) if len(every) > 1 else 1.0
    window = 2 * round(0.5 / frame_s) + 1
    steady = percentile_filter(every, 50, size=min(window, 2 * len(every) - 1), mode="nearest")
    return np.asarray(gaussian_filter1d(steady, max(window / 6, 0.1), mode="nearest"))


def _leg_in_picture(points: FloatArray) -> FloatArray:
    """Longer of the two drawn legs, within what the torso allows, shape (n_frames,), px."""
    legs = []
    for side in ("left", "right"):
        hip, knee, ankle = (points[:, INDEX[f"{side}_{p}"]] for p in ("hip", "knee", "ankle"))
        legs.append(np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1))
    torso = np.linalg.norm(
        points[:, _TORSO[:2]].mean(axis=1) - points[:, _TORSO[2:]].mean(axis=1), axis=1
    )
    return np.asarray(
        np.clip(np.fmax(legs[0], legs[1]), LEG_OF_TORSO[0] * torso, LEG_OF_TORSO[1] * torso)
    )


def _leg_by_fit(points: FloatArray, world_m: FloatArray) -> FloatArray:
    """Leg length by the scale that lays the body in metres on the picture, (n_frames,), px."""
    drawn = points[:, _BODY] - points[:, _BODY].mean(axis=1, keepdims=True)
    body = world_m[:, _BODY, :2] - world_m[:, _BODY, :2].mean(axis=1, keepdims=True)
    scale = (drawn * body).sum(axis=(1, 2)) / (body**2).sum(axis=(1, 2))
    legs = []
    for side in ("left", "right"):
        hip, knee, ankle = (world_m[:, INDEX[f"{side}_{p}"]] for p in ("hip", "knee", "ankle"))
        legs.append(np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1))
    leg_m = np.fmax(legs[0], legs[1])
    if not np.isfinite(leg_m).any():
        return np.full(len(points), np.nan)
    return np.asarray(np.where(scale > 0, scale * np.nanmedian(leg_m), np.nan))


def walk_signals(track: Track) -> WalkSignals | None:
    """Sample a track evenly.

    Parameters
    ----------
    track : Track
        One person, sides repaired.

    Returns
    -------
    WalkSignals or None
        None where the person was seen in fewer than three frames.
    """
    points, whole = track.points_room_px, has_whole_feet(track)
    used = FEET if whole else FEET[:, :1]
    rows = np.flatnonzero(np.isfinite(points[:, used.ravel()]).all(axis=(1, 2)))
    if len(rows) < 3:
        return None
    frame_s = float(np.median(np.diff(track.time_s)))
    time_s = track.time_s[rows]
    grid = np.arange(time_s[0], time_s[-1] + 0.5 / GRID_HZ, 1 / GRID_HZ)
    valid = _near_enough(grid, time_s, max(BRIDGE_S, 2.1 * frame_s))
    sigma_s = max(SMOOTH_S, SMOOTH_FRAMES * frame_s)

    def even(places: FloatArray) -> FloatArray:
        return _smooth(_sample(places, time_s, grid), valid, sigma_s)

    leg_rows = body_scale_px(track)[rows]
    leg = np.interp(grid, time_s, leg_rows)
    steady = without_jumps(points[rows][:, used], time_s=time_s, leg_px=leg_rows)
    parts_px = even(np.broadcast_to(steady, (len(rows), *FEET.shape, 2)))
    feet_px = parts_px.mean(axis=2)

    def speed(places: FloatArray) -> FloatArray:
        return np.asarray(np.linalg.norm(velocity(places, valid), axis=2) / leg[:, None])

    focal_px = 0.9 * max(track.picture_size)
    near = nearest(grid, time_s)
    raw = track.points_px[rows][:, used]
    inside = (
        (raw[..., 0] > 0)
        & (raw[..., 0] < track.picture_size[0] - 1)
        & (raw[..., 1] > 0)
        & (raw[..., 1] < track.picture_size[1] - 1)
    ).mean(axis=2) > 0.5  # of ankle, heel and toe
    return WalkSignals(
        time_s=grid,
        rate_hz=1 / frame_s,
        valid=valid,
        parts_px=parts_px,
        up_px=even(points[rows][:, _UP]),
        feet_px=feet_px,
        speed=speed(feet_px),
        heel_speed=speed(parts_px[:, :, 1]),
        toe_speed=speed(parts_px[:, :, 2]),
        leg_px=leg,
        depth=focal_px / leg,
        toward=_toward(track, rows, grid),
        visibility=track.visibility[rows][:, used].min(axis=2)[near],
        in_picture=inside[near] & valid[:, None],
        whole_feet=whole,
    )


def has_whole_feet(track: Track) -> bool:
    """Whether heels and toes are known in most of the frames in which the ankles are."""
    seen = np.isfinite(track.points_px[:, FEET])  # (n_frames, 2 feet, 3 parts, 2)
    ankles = seen[:, :, 0].all(axis=(1, 2))
    return bool(2 * seen.all(axis=(1, 2, 3)).sum() >= ankles.sum())


def _toward(track: Track, rows: npt.NDArray[np.intp], grid: FloatArray) -> FloatArray:
    """Part of the body's facing that points at the camera, from the line through both sides."""
    left, right = track.world_m[rows][:, _TORSO[::2]], track.world_m[rows][:, _TORSO[1::2]]
    across = (left - right).sum(axis=1)[:, [0, 2]]  # picture right, away
    if not np.isfinite(across).all():
        return np.zeros(len(grid))
    even = gaussian_filter1d(
        _sample(across, track.time_s[rows], grid), FACING_S * GRID_HZ, axis=0, mode="nearest"
    )
    return np.asarray(even[:, 0] / np.maximum(np.linalg.norm(even, axis=1), 1e-6))


def _near_enough(grid: FloatArray, time_s: FloatArray, bridge_s: float) -> BoolArray:
    """Whether each grid time lies between two frames at most ``bridge_s`` apart."""
    after = np.clip(np.searchsorted(time_s, grid - 1e-9), 1, len(time_s) - 1)
    return np.asarray(time_s[after] - time_s[after - 1] <= bridge_s)


def _sample(values: FloatArray, time_s: FloatArray, grid: FloatArray) -> FloatArray:
    """Interpolate straight between frames: what stands still in two frames stands still."""
    flat = values.reshape(len(values), -1)
    columns = [np.interp(grid, time_s, flat[:, k]) for k in range(flat.shape[1])]
    return np.asarray(np.stack(columns, axis=1).reshape(len(grid), *values.shape[1:]))


def _smooth(values: FloatArray, valid: BoolArray, sigma_s: float) -> FloatArray:
    """Low-pass each unbroken run on its own; NaN outside."""
    out = np.full_like(values, np.nan)
    for start, end in runs(valid):
        out[start:end] = gaussian_filter1d(
            values[start:end], sigma_s * GRID_HZ, axis=0, mode="nearest"
        )
    return out


def velocity(places: FloatArray, valid: BoolArray) -> FloatArray:
    """Rate of change within each unbroken run, /s; NaN outside."""
    out = np.full_like(places, np.nan)
    for start, end in runs(valid):
        if end - start > 1:
            out[start:end] = np.gradient(places[start:end], 1 / GRID_HZ, axis=0)
        else:
            out[start:end] = 0.0
    return out


def runs(flags: BoolArray) -> list[tuple[int, int]]:
    """Give each unbroken run of True as ``[start, end)``."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def nearest(wanted: FloatArray, among: FloatArray) -> npt.NDArray[np.intp]:
    """Row of ``among`` (rising) that is nearest to each of ``wanted``."""
    after = np.clip(np.searchsorted(among, wanted), 1, max(len(among) - 1, 1))
    before = after - 1
    after = np.minimum(after, len(among) - 1)
    closer = np.abs(among[after] - wanted) < np.abs(wanted - among[before])
    return np.asarray(np.where(closer, after, before))
