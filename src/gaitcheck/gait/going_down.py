"""How a body goes down: its shape without its rattling, falls, and sinkings that stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d, median_filter
from scipy.signal import find_peaks

from gaitcheck.gait.shape import body_shape
from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

SMOOTH_S: Final = 0.08
"""Standard deviation of the low-pass over the body's shape, s (a fall takes 0.5 to 1 s)."""

ON_FEET_DEG: Final = 30.0
"""A trunk nearer to the upright does not fall yet, degrees."""

ON_FEET_LEGS: Final = 0.65
"""Hips over the feet of one who still stands, leg lengths (crouch gait keeps 0.75)."""

DOWN_LEGS: Final = 0.55
"""Hips over the feet of one who lies, or is on hands and knees, leg lengths."""

FLAT_DEG: Final = 60.0
"""A trunk farther from the upright lies, degrees, as for the posture."""

FLAT_LOW: Final = (40.0, 0.3)
"""Or one that leans so far, degrees, with the hips so low, leg lengths: seen along the body. Who
kneels has the hips at 0.39, who sits on the floor the trunk upright."""

FALL_S: Final = 1.1
"""From on the feet to flat a fall takes at most so long, s (rendered 0.4 to 0.8; who kneels down
and crawls takes 1.4 or more)."""

FALL_LEGS_S: Final = 0.9
"""Hips that sink slower are let down, leg lengths/s (rendered falls 1.2 and more)."""

FLAT_S: Final = 0.3
"""Who fell stays flat for so long, s (arbitrary)."""

FALL_LEGS: Final = (0.25, 0.45)
"""Way of the hips in a fall that is none and that is a sure one, leg lengths."""

SINK_LEGS: Final = (0.15, 0.28)
"""Way of the hips of one whose fall is stopped that is none and a sure one, leg lengths (rendered
0.23 to 0.35)."""

SINK_S: Final = 0.9
"""It takes at most so long, s."""

FROM_LEGS: Final = 0.75
"""Who sinks comes from there, leg lengths: somebody whose legs can be seen to stand."""

AFTER_S: Final = 0.6
"""What comes after a fall or a sinking is looked at for so long, s."""

GAP_S: Final = 0.2
"""Over a longer gap nobody knows what happened, s (CCTV of 10 Hz has a frame each 0.1)."""

LEANS_DEG: Final = 45.0
"""A trunk farther from the upright after it is no longer held up, degrees."""

SINK_LEGS_S: Final = 0.5
"""Hips that sink slower are let down, leg lengths/s (rendered catches 0.5 to 1)."""


BORDER: Final = 0.02
"""Joints so near to the border, in picture sizes, may stand for such as are out of the picture."""

LEGS: Final = np.array([INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("knee", "ankle")])
TRUNK: Final = np.array([INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("shoulder", "hip")])


@dataclass(frozen=True, eq=False)
class BodyMotion:
    """The body's shape over the frames in which it was seen, arrays of shape (n,).

    Parameters
    ----------
    time_s : ndarray
        Times of those frames.
    hips_legs, trunk_deg, shoulders_legs : ndarray
        As in `BodyShape`, smoothed.
    hips_px : ndarray
        How far down the hips are, px of the room, smoothed.
    leg_px : ndarray
        Leg length, slowly varying, px.
    places : ndarray, shape (n, 3)
        Height of the hips, half the rise of the thighs, and angle of the hips over 180 degrees.
    speed : ndarray
        How fast shoulders and hips go in the room, the faster of them, leg lengths/s.
    shoulders_up : ndarray
        How fast the shoulders go up, leg lengths/s.
    kneels : ndarray of bool
        As in `BodyShape`.
    legs_seen : ndarray
        Mean visibility of knees and ankles, 0 to 1; 0 for those out of the picture.
    inside : ndarray of bool
        Whether shoulders, hips, knees and ankles are all well inside the picture.
    frame_s : float
        Time between frames.
    """

    time_s: FloatArray
    hips_legs: FloatArray
    trunk_deg: FloatArray
    shoulders_legs: FloatArray
    hips_px: FloatArray
    leg_px: FloatArray
    places: FloatArray
    speed: FloatArray
    shoulders_up: FloatArray
    kneels: BoolArray
    legs_seen: FloatArray
    inside: BoolArray
    frame_s: float

    def between(self, start_s: float, end_s: float) -> BoolArray:
        """Mark the frames in [start_s, end_s)."""
        return np.asarray((self.time_s >= start_s) & (self.time_s < end_s))

    def sunk_legs(self, row: int, to_px: float) -> float:
        """How far the hips sank from a frame to a height in the picture, leg lengths."""
        return float((to_px - self.hips_px[row]) / self.leg_px[row])

    def gap_s(self, start_s: float, end_s: float) -> float:
        """Longest time within [start_s, end_s] in which the body was not seen, s."""
        inside = self.time_s[self.between(start_s, end_s)]
        return float(np.diff(np.concatenate([[start_s], inside, [end_s]])).max())


@dataclass(frozen=True)
class GoingDown:
    """When somebody went down; how deep, and how flat after it, each 0 to 1."""

    start_s: float
    end_s: float
    deep: float
    flat: float


def body_motion(track: Track) -> BodyMotion | None:
    """Measure and smooth the body's shape; None where it was seen in too few frames."""
    shape = body_shape(track)
    rows = np.flatnonzero(np.isfinite(shape.hips_legs) & np.isfinite(shape.trunk_deg))
    if len(rows) < 8:
        return None
    time_s = track.time_s[rows]
    frame_s = float(np.median(np.diff(time_s)))

    def steady(values: FloatArray) -> FloatArray:
        calm = median_filter(values[rows], size=5, mode="nearest")
        return np.asarray(gaussian_filter1d(calm, max(SMOOTH_S / frame_s, 0.3), mode="nearest"))

    hips, shoulders = (
        track.points_room_px[:, [INDEX[f"left_{part}"], INDEX[f"right_{part}"]]].mean(axis=1)
        for part in ("hip", "shoulder")
    )
    leg_px = body_scale_px(track)[rows]
    hips_px, shoulders_px = (
        np.column_stack([steady(part[:, k]) for k in (0, 1)]) for part in (hips, shoulders)
    )
    ways = [np.gradient(part, time_s, axis=0) / leg_px[:, None] for part in (hips_px, shoulders_px)]
    height = steady(shape.hips_legs)
    bend = np.where(np.isfinite(shape.hip_deg), shape.hip_deg, 180.0)
    return BodyMotion(
        time_s=time_s,
        hips_legs=height,
        trunk_deg=steady(shape.trunk_deg),
        shoulders_legs=steady(shape.shoulders_legs),
        hips_px=hips_px[:, 1],
        leg_px=leg_px,
        places=np.column_stack([height, steady(shape.thigh_rise) / 2, steady(bend) / 180.0]),
        speed=np.max([np.linalg.norm(way, axis=1) for way in ways], axis=0),
        shoulders_up=-ways[1][:, 1],
        kneels=shape.kneels[rows],
        legs_seen=(track.visibility[rows][:, LEGS] * _inside(track, rows, LEGS)).mean(axis=1),
        inside=np.asarray(_inside(track, rows, np.concatenate([LEGS, TRUNK])).all(axis=1)),
        frame_s=frame_s,
    )


def _inside(track: Track, rows: npt.NDArray[np.intp], joints: npt.NDArray[np.intp]) -> BoolArray:
    """Whether each joint is well inside the picture, shape (n_rows, n_joints)."""
    places = track.points_px[rows][:, joints] / np.array(track.picture_size)
    return np.asarray(((places > BORDER) & (places < 1 - BORDER)).all(axis=2))


def falls(motion: BodyMotion) -> list[GoingDown]:
    """Find where the body goes from on its feet to flat, faster than anybody lies down."""
    on_feet = (motion.trunk_deg < ON_FEET_DEG) & (motion.hips_legs > ON_FEET_LEGS)
    flat = (motion.trunk_deg > FLAT_DEG) & (motion.hips_legs < DOWN_LEGS)
    speed = -np.gradient(motion.hips_legs, motion.time_s)
    flat |= (motion.trunk_deg > FLAT_LOW[0]) & (motion.hips_legs < FLAT_LOW[1])
    out = []
    for last in np.flatnonzero(on_feet[:-1] & ~on_feet[1:]):
        start_s = float(motion.time_s[last])
        ahead = np.flatnonzero(flat & motion.between(start_s, start_s + FALL_S))
        if not len(ahead):
            continue
        end_s = float(motion.time_s[ahead[0]])
        after = motion.between(end_s, end_s + FLAT_S)
        rest = motion.between(end_s, end_s + AFTER_S)
        if speed[motion.between(start_s, end_s + FLAT_S)].max() < FALL_LEGS_S:
            continue
        if not flat[after].all() or motion.gap_s(start_s, end_s + AFTER_S) > GAP_S:
            continue
        way = min(
            float(motion.hips_legs[last] - np.min(motion.hips_legs[rest])),
            motion.sunk_legs(int(last), float(np.max(motion.hips_px[rest]))),
        )
        deep = float(np.interp(way, FALL_LEGS, (0.0, 1.0)))
        flatness = float(np.interp(np.max(motion.trunk_deg[after]), (40.0, 65.0), (0.5, 1.0)))
        if deep > 0.0:
            out.append(GoingDown(start_s, end_s, deep, flatness))
    return out


def sinkings(motion: BodyMotion) -> list[GoingDown]:
    """Find where the hips of one who stands sink quickly and then stay, the trunk upright."""
    speed = -np.gradient(motion.hips_legs, motion.time_s)
    out: list[GoingDown] = []
    apart = max(round(0.3 / motion.frame_s), 1)
    for peak in find_peaks(speed, height=SINK_LEGS_S, distance=apart)[0]:
        calm = np.flatnonzero(speed < SINK_LEGS_S / 4)
        first = int(max(calm[calm < peak], default=0))
        last = int(min(calm[calm > peak], default=len(speed) - 1))
        start_s, end_s = float(motion.time_s[first]), float(motion.time_s[last])
        after = motion.between(end_s, end_s + AFTER_S)
        before = motion.between(start_s - AFTER_S, start_s + motion.frame_s)
        if end_s - start_s > SINK_S or motion.hips_legs[first] < FROM_LEGS or not after.any():
            continue
        if motion.gap_s(start_s, end_s + AFTER_S) > GAP_S:
            continue  # two who hold each other are often taken for one
        if motion.gap_s(start_s - AFTER_S, start_s) > GAP_S:
            continue  # nobody saw how they stood
        if motion.trunk_deg[before].max() > ON_FEET_DEG:
            continue
        if motion.trunk_deg[after].max() > LEANS_DEG:
            continue
        way = float(motion.hips_legs[first] - np.median(motion.hips_legs[after]))
        in_room = motion.sunk_legs(first, float(np.median(motion.hips_px[after])))
        deep = float(np.interp(min(way, 1.5 * in_room), SINK_LEGS, (0.0, 1.0)))
        if deep > 0.0 and not (out and start_s < out[-1].end_s):
            out.append(GoingDown(start_s, end_s, deep, 0.0))
    return out
