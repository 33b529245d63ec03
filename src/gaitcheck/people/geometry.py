"""Boxes around bodies, square crops that follow them, and the area a body covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
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
_HEAD_RADIUS: Final = 0.13
"""In body sizes, with hair."""
_CLOTHED: Final = 1.4
"""Width of a body with clothes and errors of its pose."""


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


def halved(image: Image, *, width_px: int) -> tuple[Image, float]:
    """Reduce a picture by halves while it stays at least ``width_px`` wide.

    Averaging two by two is ten times as fast as other reductions of the same quality.

    Returns
    -------
    small : ndarray of uint8
        The reduced picture; an odd last row or column is dropped on the way.
    scale : float
        Its px for one px of the picture: 1, 1/2, 1/4, ...
    """
    scale = 1.0
    while image.shape[1] >= 2 * width_px and image.shape[0] >= 4:
        rows, columns = image.shape[0] // 2, image.shape[1] // 2
        even = image[: 2 * rows, : 2 * columns]
        half = cv2.resize(even, (columns, rows), interpolation=cv2.INTER_AREA)
        image, scale = np.asarray(half, dtype=np.uint8), scale / 2
    return image, scale


@dataclass(frozen=True)
class Crop:
    """A square window of the picture, enlarged or reduced to a fixed size.

    Parameters
    ----------
    x_px, y_px : float
        Its centre in the picture, px.
    size_px : float
        Its side in the picture, px.
    out_px : int
        Side of the picture cut out, px.
    """

    x_px: float
    y_px: float
    size_px: float
    out_px: int = 384

    @property
    def scale(self) -> float:
        """Px of the crop for one px of the picture."""
        return self.out_px / self.size_px

    @property
    def box(self) -> FloatArray:
        """The window in the picture: x0, y0, x1, y1, px."""
        half = self.size_px / 2
        return np.array(
            [self.x_px - half, self.y_px - half, self.x_px + half, self.y_px + half], dtype=float
        )

    def cut(self, image: Image) -> Image:
        """Cut the window out of a picture; outside of it is black."""
        step = int(self.size_px // self.out_px)
        if step < 2:
            return self._warp(image, origin=(0.0, 0.0), step=1)
        # Bilinear sampling skips pixels when it reduces: average blocks first.
        height, width = image.shape[:2]
        x0, y0 = (max(int(v), 0) for v in self.box[:2])
        x1, y1 = min(int(self.box[2]) + 1, width), min(int(self.box[3]) + 1, height)
        columns, rows = (x1 - x0) // step, (y1 - y0) // step
        if columns < 1 or rows < 1:
            return np.zeros((self.out_px, self.out_px, *image.shape[2:]), dtype=np.uint8)
        part = image[y0 : y0 + rows * step, x0 : x0 + columns * step]
        small = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA)
        return self._warp(np.asarray(small, dtype=np.uint8), origin=(x0, y0), step=step)

    def _warp(self, image: Image, *, origin: tuple[float, float], step: int) -> Image:
        scale = self.scale * step
        # Pixel centres sit at +0.5: without this the crop would shift by half a pixel of scale.
        shift = [(origin[k] - self.box[k]) * self.scale + 0.5 * scale - 0.5 for k in range(2)]
        matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        size = (self.out_px, self.out_px)
        return np.asarray(
            cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR), dtype=np.uint8
        )

    def to_picture(self, points_px: FloatArray) -> FloatArray:
        """Take px of the crop, shape (..., 2), to px of the picture."""
        return np.asarray(points_px / self.scale + self.box[:2])

    def from_picture(self, points_px: FloatArray) -> FloatArray:
        """Take px of the picture, shape (..., 2), to px of the crop."""
        return np.asarray((points_px - self.box[:2]) * self.scale)


def crop_around(
    points_px: FloatArray, *, margin: float, picture_size: tuple[int, int], out_px: int = 384
) -> Crop:
    """Give the square crop around a body, ``margin`` times as large as it."""
    box = body_box(points_px, picture_size=picture_size)
    # A body bent or half outside the picture still needs room to stand up in its crop.
    side = max(float((box[2:] - box[:2]).max()), 0.75 * body_size(points_px), 16.0)
    x, y = (box[:2] + box[2:]) / 2
    return Crop(float(x), float(y), margin * side, out_px)


def crop_of_box(box: FloatArray, *, margin: float, out_px: int = 384) -> Crop:
    """Give the square crop around a box, ``margin`` times as large as its longer side."""
    x, y = (box[:2] + box[2:]) / 2
    return Crop(float(x), float(y), margin * max(float((box[2:] - box[:2]).max()), 8.0), out_px)


def body_mask(
    points_px: FloatArray, *, shape: tuple[int, ...], scale: float = 1.0, width: float = 1.0
) -> Image:
    """Draw the area a body covers: limbs as thick lines, the trunk filled, the head round.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px of the picture.
    shape : tuple of int
        Rows and columns of the mask.
    scale : float
        Px of the mask for one px of the picture.
    width : float
        Thickness, 1 for the limbs of an ordinary body in ordinary clothes.

    Returns
    -------
    ndarray of uint8, shape ``shape``
        255 on the body, else 0.
    """
    mask: Image = np.zeros(shape, dtype=np.uint8)
    size = body_size(points_px) * scale
    points = np.clip(points_px * scale, -30000, 30000)
    limb = max(1, round(0.11 * size * width))

    def line(a: FloatArray, b: FloatArray, thick: int) -> None:
        cv2.line(mask, _at(a), _at(b), 255, thick)

    for a, b in SKELETON:
        line(points[a], points[b], limb)
    trunk = np.array([_at(points[i]) for i in (*SHOULDERS, HIPS[1], HIPS[0])], dtype=np.int32)
    cv2.fillConvexPoly(mask, cv2.convexHull(trunk), 255)
    neck, pelvis = points[list(SHOULDERS)].mean(axis=0), points[list(HIPS)].mean(axis=0)
    line(neck, pelvis, max(1, round(0.22 * size * width)))
    face = points[list(FACE)].mean(axis=0)
    line(face, neck, limb)
    cv2.circle(mask, _at(face), max(1, round(0.11 * size * width)), 255, -1)
    return mask


def covered_share(points_px: FloatArray, others: Sequence[FloatArray]) -> float:
    """Give the share of a body's area that lies on other bodies in their clothes, 0 to 1.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        Landmarks, px.
    others : sequence of ndarray, shape (33, 2)
        The other bodies.
    """
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    side = 1.2 * float((high - low).max()) + 4
    x, y = (low + high) / 2
    crop = Crop(float(x), float(y), side, out_px=128)
    own = body_mask(crop.from_picture(points_px), shape=(128, 128), width=0.8) > 0
    covered = np.zeros((128, 128), dtype=bool)
    for other in others:
        covered |= body_mask(crop.from_picture(other), shape=(128, 128), width=_CLOTHED) > 0
    return float(np.count_nonzero(own & covered) / np.count_nonzero(own))


def covered_head(points_px: FloatArray, other_px: FloatArray) -> float:
    """Give the share of a body's head that lies on another body, 0 to 1.

    Limbs taken for a body have no head beside themselves.

    Parameters
    ----------
    points_px, other_px : ndarray, shape (33, 2)
        Landmarks, px.
    """
    face, radius = points_px[list(FACE)].mean(axis=0), _HEAD_RADIUS * body_size(points_px)
    crop = Crop(float(face[0]), float(face[1]), 3 * radius + 1, out_px=64)
    head: Image = np.zeros((64, 64), dtype=np.uint8)
    cv2.circle(head, (32, 32), round(radius * crop.scale), 255, -1)
    other = body_mask(crop.from_picture(other_px), shape=(64, 64))
    return float(np.count_nonzero(head & other) / np.count_nonzero(head))


def _at(point: FloatArray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
