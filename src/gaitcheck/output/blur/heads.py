"""Where a person's head, face or whole body is, and how large at most, in each picture seen.

A region is a row x, y, rx, ry: the middle and the half axes of an ellipse, px.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.output.blur.path import steadied
from gaitcheck.pose.landmarks import INDEX

if TYPE_CHECKING:
    from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]

_FACE: Final = list(range(INDEX["mouth_right"] + 1))
_EARS: Final = [INDEX["left_ear"], INDEX["right_ear"]]
_FRONT: Final = [i for i in _FACE if i not in _EARS]
_SHOULDERS: Final = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_HIPS: Final = [INDEX["left_hip"], INDEX["right_hip"]]

_LEG: Final = [
    INDEX[f"{side}_{part}"] for part in ("hip", "knee", "ankle") for side in ("left", "right")
]

# How far from the middle of the face landmarks a head's outline is at most, in the largest distance
# between face landmarks, in lengths of the trunk, and from shoulders to ears: of grown people, and
# what a toddler has more. Measured on rendered people of all ages (benchmarks/accuracy/blur.py),
# with a quarter added.
_BY_SPREAD: Final = (2.3, 0.8)
_BY_TRUNK: Final = (0.47, 0.38)
_BY_NECK: Final = (1.15, 0.75)
_LEGS: Final = (1.1, 1.5)
"""Lengths of the leg in lengths of the trunk by which a toddler and a grown person are told. Legs
that are bent or hidden look short, so that too much is hidden rather than too little."""
_FACE_SHARE: Final = 0.85
"""Of a face, in those of a head."""
_USUAL_S: Final = 2.0
"""So many seconds before and after say where the head usually is (arbitrary: poses were off for
0.7 s at most in the scenes of benchmarks/accuracy/blur.py)."""
_BODY: Final = (0.30, 0.62)
"""Half axes of what is hidden of a body, in heights of its box, beside half of its own sides."""


def head_regions(track: Track) -> FloatArray:
    """Give where the head is in each row of a track, shape (n_frames, 4); NaN where not seen."""
    points = track.points_px
    front, ears = points[:, _FRONT].mean(axis=1), points[:, _EARS].mean(axis=1)
    radius = _head_radii_px(points)
    return np.column_stack([(front + ears) / 2, radius, radius])


def face_regions(track: Track) -> FloatArray:
    """Give where the face is, as `head_regions`; also one that seems to be turned away."""
    radius = _FACE_SHARE * _head_radii_px(track.points_px)
    return np.column_stack([track.points_px[:, _FRONT].mean(axis=1), radius, radius])


def usual_regions(track: Track, regions: FloatArray) -> FloatArray:
    """Give where a region would be from the hips, as it is most of the time in the seconds around.

    A pose that is off for a while, a trunk taken for the head of somebody who is half hidden, does
    not uncover the head.
    """
    hips = track.points_px[:, _HIPS].mean(axis=1)
    seen = np.isfinite(regions).all(axis=1) & np.isfinite(hips).all(axis=1)
    usual = np.full_like(regions, np.nan)
    offsets = regions[seen] - np.pad(hips[seen], ((0, 0), (0, 2)))
    usual[seen] = steadied(track.time_s[seen], offsets, around_s=_USUAL_S)
    usual[seen, :2] += hips[seen]
    return usual


def body_regions(track: Track) -> FloatArray:
    """Give where the whole body is, as `head_regions`."""
    points = track.points_px
    low = np.fmin(track.boxes_px[:, :2], points.min(axis=1))
    high = np.fmax(track.boxes_px[:, 2:], points.max(axis=1))
    tall = (high - low)[:, 1]
    # The corners of a box lie outside an ellipse in it, and so does hair above the landmarks.
    half = (high - low) / 2
    return np.column_stack([
        (low + high) / 2, np.maximum(1.3 * half[:, 0], _BODY[0] * tall), _BODY[1] * tall
    ])  # fmt: skip


def _head_radii_px(points_px: FloatArray) -> FloatArray:
    face = points_px[:, _FACE]
    spread = np.linalg.norm(face[:, :, None] - face[:, None], axis=3).max(axis=(1, 2))
    shoulders, hips = points_px[:, _SHOULDERS].mean(axis=1), points_px[:, _HIPS].mean(axis=1)
    trunk = np.linalg.norm(shoulders - hips, axis=1)
    neck = np.linalg.norm(points_px[:, _EARS].mean(axis=1) - shoulders, axis=1)
    youth = _youth(points_px, trunk)
    return np.asarray(
        np.max(
            [
                (grown + youth * more) * length
                for (grown, more), length in (
                    (_BY_SPREAD, spread), (_BY_TRUNK, trunk), (_BY_NECK, neck)
                )
            ],
            axis=0,
        )
    )  # fmt: skip


def _youth(points_px: FloatArray, trunk_px: FloatArray) -> float:
    """Give 0 for a grown person's proportions to 1 for a toddler's, over the whole track."""
    joints = points_px[:, _LEG].reshape(len(points_px), 3, 2, 2).mean(axis=2)
    leg = np.linalg.norm(np.diff(joints, axis=1), axis=2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = leg / trunk_px
    if not np.isfinite(ratios).any():
        return 1.0
    low, high = _LEGS
    return float(np.clip((high - np.median(ratios[np.isfinite(ratios)])) / (high - low), 0, 1))
