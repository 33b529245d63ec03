"""Sizes, middles and boxes of bodies."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.pose.landmarks import INDEX, SKELETON

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

FACE: Final = tuple(range(11))
EYES: Final = (INDEX["left_eye"], INDEX["right_eye"])
MOUTH: Final = (INDEX["mouth_left"], INDEX["mouth_right"])
SHOULDERS: Final = (INDEX["left_shoulder"], INDEX["right_shoulder"])
HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])
CORE: Final = (*SHOULDERS, *HIPS)
HANDS: Final = np.array(
    [[INDEX[f"{s}_{p}"] for p in ("wrist", "index", "pinky")] for s in ("left", "right")]
)
KNEES: Final = (INDEX["left_knee"], INDEX["right_knee"])
WRISTS: Final = (INDEX["left_wrist"], INDEX["right_wrist"])
ANKLES: Final = (INDEX["left_ankle"], INDEX["right_ankle"])
FEET: Final = tuple(range(INDEX["left_ankle"], INDEX["right_foot_index"] + 1))
JOINTS: Final = (*CORE, *KNEES, *ANKLES)
"""Landmarks that tell one body from another: the trunk's corners and the legs."""

_BONES: Final = np.array(SKELETON)
_HEAD_SLOPE: Final = 4.4
_HEAD_SHIFT: Final = -0.092
_HEAD_RANGE: Final = (0.064, 0.205)
"""Head top above the nose in body sizes, from the way between mouth and eyes: the heads of small
children are large, their faces too (line through rendered adults 0.07, children 0.12, toddlers
0.2; anatomy says 0.087, 0.11, 0.15)."""
_FLESH: Final = 0.03
"""Skin, shoe soles and clothes outside the landmarks, in body sizes (arbitrary)."""


def hands_of(points: FloatArray) -> FloatArray:
    """Give the middle of the left and the right hand of a body, (33, 2), shape (2, 2)."""
    return np.asarray(points[HANDS].mean(axis=1))


def body_size(points_px: FloatArray) -> float:
    """Give a body's size in px as the mean of its bones' lengths, scaled to a standing height.

    Unlike the height of the box it changes little when the person bends, sits or lifts the arms.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px.
    """
    lengths = np.linalg.norm(points_px[_BONES[:, 0]] - points_px[_BONES[:, 1]], axis=1)
    # The sixteen bones measure 0.156 of the standing height in the mean (rendered adults 0.163,
    # children 0.156, toddlers 0.14).
    return float(lengths.mean() / 0.156)


def body_centre(points_px: FloatArray) -> FloatArray:
    """Give the middle of shoulders and hips, shape (2,), px."""
    return np.asarray(points_px[list(CORE)].mean(axis=0))


def without_legs(points_px: FloatArray) -> FloatArray:
    """Give the landmarks with knees and feet drawn up into the hips, shape (33, 2), px."""
    points = np.array(points_px)
    points[[*KNEES, *FEET]] = points[list(HIPS)].mean(axis=0)
    return points


def without_belly(points_px: FloatArray, *, share: float) -> FloatArray:
    """Give the landmarks with hips and legs drawn up to a share of the trunk, (33, 2), px."""
    points = np.array(points_px)
    shoulders, hips = points[list(SHOULDERS)], points[list(HIPS)]
    points[list(HIPS)] = shoulders + share * (hips - shoulders)
    return without_legs(points)


def head_top(points_px: FloatArray) -> FloatArray:
    """Estimate the top of the head from face and shoulders, shape (2,), px."""
    size = body_size(points_px)
    face = points_px[list(FACE)].mean(axis=0)
    mouth, eyes = points_px[list(MOUTH)].mean(axis=0), points_px[list(EYES)].mean(axis=0)
    way = face - points_px[list(SHOULDERS)].mean(axis=0)
    length = float(np.linalg.norm(way))
    up = way / length if length > 0 else np.array([0.0, -1.0])
    share = _HEAD_SLOPE * float(np.linalg.norm(eyes - mouth)) / max(size, 1e-6) + _HEAD_SHIFT
    return np.asarray(face + float(np.clip(share, *_HEAD_RANGE)) * size * up)


def body_box(points_px: FloatArray, *, picture_size: tuple[int, int]) -> FloatArray:
    """Give the box around the whole body with head top and shoes, cut at the picture's edge.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px.
    picture_size : tuple of int
        Width and height, px.

    Returns
    -------
    ndarray, shape (4,)
        x0, y0, x1, y1, px; x1 >= x0 and y1 >= y0 inside the picture.
    """
    points = np.vstack([points_px, head_top(points_px)])
    margin = _FLESH * body_size(points_px)
    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    limit = np.array(picture_size, dtype=float)
    return np.concatenate([np.clip(low, 0, limit), np.clip(high, 0, limit)])


def overlap(a: FloatArray, b: FloatArray) -> float:
    """Give the intersection over union of two boxes (x0, y0, x1, y1); 0 where one is empty."""
    inner = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None).prod()
    union = (a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - inner
    return float(inner / union) if union > 0 else 0.0


def touching(a: FloatArray, b: FloatArray) -> bool:
    """Whether two boxes have an area in common."""
    return bool((np.minimum(a[2:], b[2:]) > np.maximum(a[:2], b[:2])).all())
