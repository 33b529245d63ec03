"""Which true steps of a drawn clip are in clear view: what nobody could see, nobody can judge."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.studio.joints import SEEN, Joints, load_joints

BEFORE_S = 1.0
"""The step and the stance before it, s."""
LEAST_SHARE = 0.5
"""Share of that time in which each hand must be seen: a far hand that swings is."""
LEAST_HEIGHT_PX = 80.0
"""Head to feet; below it a hand is a few px."""
FEET = ("left_ankle", "right_ankle")
HANDS = ("left_wrist", "right_wrist")
TRUNK = ("left_shoulder", "right_shoulder", "right_hip", "left_hip")


def joints_of(clip: Path) -> Joints | None:
    """The true joints beside a clip, where it was drawn."""
    path = clip.with_suffix(".joints.npz")
    return load_joints(path) if path.is_file() else None


def in_clear_view(joints: Joints, person: str, time_s: float) -> bool:
    """Say whether both hands and feet of a person are in sight before a contact, and large enough.

    A hand within the outline of the person's own trunk counts as hidden if it is on the side away
    from the camera; which side that is the joints do not tell, so both hands are taken so: one that
    swings leaves the outline twice a stride.
    """
    who = joints.people.index(person)
    frames = (joints.time_s > time_s - BEFORE_S) & (joints.time_s <= time_s)
    if not frames.any():
        return False
    place = {name: i for i, name in enumerate(joints.landmarks)}
    seen = joints.seen[frames, who] == SEEN
    xy = joints.xy[frames, who]
    feet = seen[:, [place[n] for n in FEET]].all(axis=1).mean()
    trunk = xy[:, [place[n] for n in TRUNK]]
    hands = [(seen[:, place[n]] & ~_inside(trunk, xy[:, place[n]])).mean() for n in HANDS]
    height = np.nanmax(xy[..., 1], axis=1) - np.nanmin(xy[..., 1], axis=1)
    tall = bool(np.nanmedian(height) >= LEAST_HEIGHT_PX)
    return bool(tall and feet >= LEAST_SHARE and min(hands) >= LEAST_SHARE)


def _inside(polygon: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Say for each frame whether the point is within a polygon (n, corners, 2), by ray casting."""
    inside = np.zeros(len(point), dtype=bool)
    x, y = point[:, 0], point[:, 1]
    for k in range(polygon.shape[1]):
        a, b = polygon[:, k], polygon[:, k - 1]
        crosses = (a[:, 1] > y) != (b[:, 1] > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (b[:, 0] - a[:, 0]) * (y - a[:, 1]) / (b[:, 1] - a[:, 1]) + a[:, 0]
        inside ^= crosses & (x < at)
    return inside
