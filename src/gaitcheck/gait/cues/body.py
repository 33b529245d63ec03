"""One body on an even time grid, in its own trunk lengths: what every cue reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.windows import without_spikes
from gaitcheck.people.track import HAND_ARRAYS, Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

GRID_HZ: Final = 25.0
"""Rate of the cues' grid, Hz (arms move under 3 Hz; arbitrary)."""

MAX_GAP_S: Final = 0.25
"""Frames further apart than this leave a gap, s (arbitrary; 10 Hz CCTV has 0.1 s)."""

LOOK_NEAR_S: Final = 0.11
"""A look at the hands is good for so long before and after, s: CCTV of 10 Hz looks each 0.1."""

SIDES: Final = ("left", "right")
SHOULDERS: Final = np.array([INDEX[f"{side}_shoulder"] for side in SIDES])
ELBOWS: Final = np.array([INDEX[f"{side}_elbow"] for side in SIDES])
WRISTS: Final = np.array([INDEX[f"{side}_wrist"] for side in SIDES])
HIPS: Final = np.array([INDEX[f"{side}_hip"] for side in SIDES])
HANDS: Final = np.array(
    [[INDEX[f"{side}_{part}"] for part in ("wrist", "index", "pinky")] for side in SIDES]
)
KNEES: Final = np.array([INDEX[f"{side}_knee"] for side in SIDES])
ANKLES: Final = np.array([INDEX[f"{side}_ankle"] for side in SIDES])
NEEDED: Final = np.concatenate([SHOULDERS, ELBOWS, WRISTS, HIPS, KNEES, ANKLES])
"""Without all of these a frame says nothing of support; other landmarks may be missing."""


@dataclass(frozen=True, eq=False)
class BodySeries:
    """One person's landmarks on an even grid.

    Parameters
    ----------
    person : int
        Number of the person.
    time_s : ndarray, shape (n,)
        The grid, s.
    points_px : ndarray, shape (n, 33, 2)
        Landmarks in px of the picture; NaN in gaps.
    room_px : ndarray, shape (n, 33, 2)
        The same with the camera's motion taken out.
    visibility : ndarray, shape (n, 33)
        0 to 1; 0 in gaps.
    trunk_px : ndarray, shape (n,)
        Shoulders to hips, slowly varying; a stooped or seated trunk is held up by the legs'
        length. NaN in gaps.
    picture_size : tuple of int
        Width and height, px.
    things, rails, walls, below, sticks, above, beside : ndarray, shape (n, 2)
        As in `Track`, of the nearest look; NaN where none is near.
    """

    person: int
    time_s: FloatArray
    points_px: FloatArray
    room_px: FloatArray
    visibility: FloatArray
    trunk_px: FloatArray
    picture_size: tuple[int, int]
    things: FloatArray
    rails: FloatArray
    walls: FloatArray
    below: FloatArray
    sticks: FloatArray
    above: FloatArray
    beside: FloatArray

    def samples(self, duration_s: float) -> int:
        """Count the grid points of a window of ``duration_s``, at least 1."""
        return max(1, round(duration_s * GRID_HZ))

    def part(self, first: int, last: int) -> BodySeries:
        """Give the stretch ``[first, last)`` of the grid."""
        return BodySeries(
            person=self.person,
            time_s=self.time_s[first:last],
            points_px=self.points_px[first:last],
            room_px=self.room_px[first:last],
            visibility=self.visibility[first:last],
            trunk_px=self.trunk_px[first:last],
            picture_size=self.picture_size,
            **{name: getattr(self, name)[first:last] for name in HAND_ARRAYS},
        )

    @property
    def wrists(self) -> FloatArray:
        """Each wrist from its own shoulder, trunk lengths, shape (n, 2 sides, 2)."""
        arm = self.points_px[:, WRISTS] - self.points_px[:, SHOULDERS]
        return np.asarray(arm / self.trunk_px[:, None, None])

    def hand_px(self, side: int) -> FloatArray:
        """Middle of a hand, px, shape (n, 2): of wrist and fingers, or the wrist alone."""
        fingers = self.points_px[:, HANDS[side]].mean(axis=1)
        return np.asarray(np.where(np.isfinite(fingers), fingers, self.points_px[:, WRISTS[side]]))

    @property
    def hand_visibility(self) -> FloatArray:
        """Visibility of each wrist, NaN in gaps, shape (n, 2 sides)."""
        there = np.isfinite(self.trunk_px)[:, None]
        return np.asarray(np.where(there, self.visibility[:, WRISTS], np.nan))


def even_grid(track: Track, *, over: Interval | None = None) -> FloatArray:
    """Give times at ``GRID_HZ`` from the track's first frame to its last, s.

    With ``over`` only those inside it; none where it lies outside the track.
    """
    start, end = float(track.time_s[0]), float(track.time_s[-1])
    if over is not None:
        start, end = max(start, over.start_s), min(end, over.end_s)
        if start > end:
            return np.zeros(0)
    return np.asarray(start + np.arange(int((end - start) * GRID_HZ + 1e-6) + 1) / GRID_HZ)


def body_series(track: Track, *, time_s: FloatArray | None = None) -> BodySeries:
    """Sample a track on an even grid.

    Parameters
    ----------
    track : Track
        One person.
    time_s : ndarray, shape (n,), optional
        The grid; the track's own if None. Outside the track everything is NaN.

    Returns
    -------
    BodySeries
    """
    grid = even_grid(track) if time_s is None else time_s
    n = len(grid)
    near = slice(0, 0)
    if n:
        first, last = np.searchsorted(track.time_s, (grid[0] - MAX_GAP_S, grid[-1] + MAX_GAP_S))
        near = slice(int(first), int(last))
    seen = np.isfinite(track.points_px[near][:, NEEDED]).all(axis=(1, 2))
    rows = np.flatnonzero(seen) + near.start
    if len(rows) < 2:
        empty = np.full((n, N_LANDMARKS, 2), np.nan)
        return BodySeries(
            person=track.person,
            time_s=grid,
            points_px=empty,
            room_px=empty,
            visibility=np.zeros((n, N_LANDMARKS)),
            trunk_px=np.full(n, np.nan),
            picture_size=track.picture_size,
            **{name: np.full((n, 2), np.nan) for name in HAND_ARRAYS},
        )
    times = track.time_s[rows]
    after = np.clip(np.searchsorted(times, grid - 1e-9), 1, len(rows) - 1)
    inside = (grid >= times[0] - 1e-9) & (grid <= times[-1] + 1e-9)
    known = inside & (times[after] - times[after - 1] <= MAX_GAP_S)
    share = np.clip((grid - times[after - 1]) / (times[after] - times[after - 1]), 0.0, 1.0)

    def sample(values: FloatArray, outside: float) -> FloatArray:
        weight = share.reshape(-1, *[1] * (values.ndim - 1))
        between = values[after - 1] * (1 - weight) + values[after] * weight
        between[~known] = outside
        return np.asarray(between)

    points = sample(track.points_px[rows], np.nan)
    return BodySeries(
        person=track.person,
        time_s=grid,
        points_px=points,
        room_px=sample(_in_room(track, rows), np.nan),
        visibility=sample(track.visibility[rows], 0.0),
        trunk_px=_trunk_px(points),
        picture_size=track.picture_size,
        **{name: _nearest_look(track, name, near, grid) for name in HAND_ARRAYS},
    )


def _nearest_look(track: Track, name: str, near: slice, grid: FloatArray) -> FloatArray:
    """Give each hand's score of the look nearest in time, shape (n, 2)."""
    out = np.full((len(grid), 2), np.nan)
    scores = track.at_hands.get(name, np.full((len(track), 2), np.nan))
    for side in (0, 1):
        told = np.flatnonzero(np.isfinite(scores[near, side])) + near.start
        if len(told) == 0:
            continue
        times = track.time_s[told]
        after = np.clip(np.searchsorted(times, grid), 1, max(len(told) - 1, 1))
        after = np.minimum(after, len(told) - 1)
        before = np.maximum(after - 1, 0)
        nearest = np.where(grid - times[before] < times[after] - grid, before, after)
        close = np.abs(times[nearest] - grid) <= LOOK_NEAR_S
        out[close, side] = scores[told[nearest[close]], side]
    return out


def _in_room(track: Track, rows: npt.NDArray[np.intp]) -> FloatArray:
    """Give the landmarks of some frames with the camera's motion taken out, px."""
    points = np.concatenate([track.points_px[rows], np.ones((len(rows), N_LANDMARKS, 1))], axis=2)
    moved = np.einsum("nij,nkj->nki", track.to_room[rows], points)
    return np.asarray(moved[..., :2] / moved[..., 2:])


TRUNK_OF_LEG: Final = 0.5
"""Least trunk length over leg length (hip to ankle): adults about 0.6, children more."""


def _trunk_px(points: FloatArray) -> FloatArray:
    """Trunk length over time, median of a second; NaN in gaps, shape (n,)."""
    trunk = np.linalg.norm(
        points[:, SHOULDERS].mean(axis=1) - points[:, HIPS].mean(axis=1), axis=-1
    )
    thigh = np.linalg.norm(points[:, HIPS] - points[:, KNEES], axis=-1)
    shank = np.linalg.norm(points[:, KNEES] - points[:, ANKLES], axis=-1)
    length = np.maximum(trunk, TRUNK_OF_LEG * (thigh + shank).max(axis=1))
    steady = without_spikes(length, samples=round(GRID_HZ) | 1)
    steady = np.where(np.isfinite(steady), steady, length)
    return np.asarray(np.where(np.isfinite(length), np.maximum(steady, 1.0), np.nan))
