"""The camera's own motion, from what stands still behind the people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import halved

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_WIDTH_PX: Final = 320
"""The motion is read from a picture halved to this width or less than twice it."""
_MAX_CORNERS: Final = 160
_MIN_CORNERS: Final = 12
"""Fewer matched corners than this do not tell a motion (arbitrary)."""
_MIN_INLIERS: Final = 0.4
"""Share of the matched corners that must move alike."""
_STILL: Final = 0.0011
"""Shift of the picture's corners, in picture widths, under which a camera counts as fixed (0.7 px
of 640; the estimate's own noise on fixed cameras is a fifth of that)."""
_RESTLESS_S: Final = 2.0
"""A camera that moved counts as moving until it was still for so long, s (arbitrary)."""
_GLITCH_S: Final = 0.2
"""A small shift from rest for no longer than this is the codec's, s (arbitrary)."""
_EVEN_PX: Final = 15
"""Side of the square whose mean brightness counts as the light there, px of the reduced picture:
the bands of a flickering lamp are many times broader (with 31 an eighth of the corners went off
under bands a quarter brighter, with 15 hardly any)."""
_GRAY: Final = 100.0
"""Brightness that every part of an evened picture has in the mean (of 255; arbitrary)."""
_CUT_LIKENESS: Final = 0.5
"""Correlation of two coarse pictures under which they may show different scenes (arbitrary)."""


@dataclass(frozen=True, eq=False)
class CameraState:
    """What is known of the camera at one frame.

    Parameters
    ----------
    to_room : ndarray, shape (3, 3)
        Takes homogeneous px of this frame to px of the reference frame (the scene's first).
    fixed : bool
        Whether the camera has stood still for a while.
    cut : bool
        Whether a new scene begins with this frame; its reference is the frame itself.
    known : bool
        False where the background gave too little to tell; to_room is then the last one known.
    """

    to_room: FloatArray
    fixed: bool
    cut: bool
    known: bool


class CameraMotion:
    """Follow corners of the background from a key frame to the present one.

    Measuring against a key frame, not the frame before, keeps a fixed camera free of drift. A new
    key frame is taken when too few of its corners are left in the picture. The motion is a
    similarity (shift, turn, zoom) found by RANSAC, so people who are not masked out do no harm
    while they cover less than about half of the corners.
    """

    def __init__(self) -> None:
        self._key: _Key | None = None
        self._last: Image | None = None
        self._last_to_key: FloatArray = np.eye(3)
        self._to_room: FloatArray = np.eye(3)
        self._rest: FloatArray = np.eye(3)
        self._moved_at_s = -math.inf
        self._fixed = True
        self._off_since_s: float | None = None

    def update(self, image_bgr: Image, *, time_s: float, people: list[FloatArray]) -> CameraState:
        """Read the camera's motion at the next frame.

        Parameters
        ----------
        image_bgr : ndarray of uint8, shape (height, width, 3)
            The picture.
        time_s : float
            Its time, s.
        people : list of ndarray, shape (4,)
            Boxes of the people, px, to be left out.
        """
        small, scale = halved(image_bgr, width_px=_WIDTH_PX)
        gray = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
        mask = _background(gray.shape, people, scale)
        if self._last is None or self._last.shape != gray.shape:
            return self._begin(gray, mask, cut=False)
        found = self._match(gray, mask)
        if found is None:
            if _looks_new(self._last, gray):
                return self._begin(gray, mask, cut=True)
            self._last = gray
            return CameraState(_unscaled(self._to_room, scale), self._fixed, False, False)
        return self._moved(found, gray, mask, scale=scale, time_s=time_s)

    def _begin(self, gray: Image, mask: Image, *, cut: bool) -> CameraState:
        self._last, self._last_to_key, self._to_room = gray, np.eye(3), np.eye(3)
        self._key = _Key(gray, mask, np.eye(3))
        self._rest, self._moved_at_s, self._fixed = np.eye(3), -math.inf, True
        return CameraState(np.eye(3), True, cut, True)

    def _match(self, gray: Image, mask: Image) -> _Match | None:
        """Match against the key frame, or where that fails against the frame before."""
        assert self._key is not None
        assert self._last is not None
        # From rest nothing goes far at once: two levels of the pyramid take half the time of four.
        guess = self._last_to_key
        found = self._key.match(gray, mask, guess=guess, levels=1) if self._fixed else None
        if found is None:
            found = self._key.match(gray, mask, guess=guess)
        if found is None:
            found = self._key.match(gray, mask, guess=guess, evened=True)
        if found is None and self._key.gray is not self._last:
            self._key = _Key(self._last, mask, self._to_room)
            self._last_to_key = np.eye(3)
            found = self._key.match(gray, mask, guess=self._last_to_key)
        return found

    def _moved(
        self, found: _Match, gray: Image, mask: Image, *, scale: float, time_s: float
    ) -> CameraState:
        assert self._key is not None
        self._last, self._last_to_key = gray, found.to_key
        self._to_room = self._key.to_room @ found.to_key
        # Still means: within the noise of one pose for a while, so a slow pan never is.
        off = _corner_shift(np.linalg.inv(self._rest) @ self._to_room, gray.shape)
        if self._has_left(off / gray.shape[1], time_s):
            self._rest, self._moved_at_s = self._to_room, time_s
        self._fixed = time_s - self._moved_at_s > _RESTLESS_S
        if self._fixed:
            self._to_room = self._rest
        if found.worn:
            self._key = _Key(gray, mask, self._to_room)
            self._last_to_key = np.eye(3)
        return CameraState(_unscaled(self._to_room, scale), self._fixed, False, True)

    def _has_left(self, off: float, time_s: float) -> bool:
        """Whether the camera has left its rest: clearly, or a little and for longer than a glitch.

        Pictures between key frames of poorly coded clips wobble by more than the noise.
        """
        if off <= _STILL:
            self._off_since_s = None
            return False
        if not self._fixed or off > 2 * _STILL:
            return True
        if self._off_since_s is None:
            self._off_since_s = time_s
        return time_s - self._off_since_s > _GLITCH_S


@dataclass(frozen=True, eq=False)
class _Match:
    to_key: FloatArray
    worn: bool
    """Whether so few corners are left, or so far away, that a new key frame should be taken."""


class _Key:
    def __init__(self, gray: Image, mask: Image, to_room: FloatArray) -> None:
        self.gray, self.to_room = gray, to_room
        corners = cv2.goodFeaturesToTrack(
            gray, maxCorners=_MAX_CORNERS, qualityLevel=0.01, minDistance=7, mask=mask
        )
        found = np.zeros((0, 2)) if corners is None else np.asarray(corners, dtype=np.float64)
        self.corners: FloatArray = found.reshape(-1, 2)

    def is_poor(self) -> bool:
        return len(self.corners) < _MIN_CORNERS

    def match(
        self, gray: Image, mask: Image, *, guess: FloatArray, levels: int = 3, evened: bool = False
    ) -> _Match | None:
        """Find this key's corners in a picture; `evened` where a lamp that flickers hides them."""
        if self.is_poor():
            return None
        before, now = (_evened(self.gray), _evened(gray)) if evened else (self.gray, gray)
        from_key = np.linalg.inv(guess)
        start = (self.corners @ from_key[:2, :2].T + from_key[:2, 2]).astype(np.float32)
        ends, status, _ = cv2.calcOpticalFlowPyrLK(
            before, now, self.corners.astype(np.float32)[:, None], start[:, None].copy(),
            winSize=(15, 15), maxLevel=levels, flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
            criteria=(cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 12, 0.02),
        )  # fmt: skip
        ends = ends.reshape(-1, 2)
        rows, columns = gray.shape
        at = np.round(ends).astype(int)
        inside = (at >= 0).all(axis=1) & (at[:, 0] < columns) & (at[:, 1] < rows)
        free = inside & (status.ravel() == 1)
        free[free] = mask[at[free, 1], at[free, 0]] > 0
        if int(free.sum()) < _MIN_CORNERS:
            return None
        # OpenCV's RANSAC draws from a generator of fixed seed: the result is the same every run.
        matrix, inliers = cv2.estimateAffinePartial2D(
            ends[free], self.corners[free], method=cv2.RANSAC, ransacReprojThreshold=0.8,
            maxIters=500, confidence=0.99,
        )  # fmt: skip
        if matrix is None:
            return None
        n_inliers = int(inliers.sum())
        if n_inliers < max(_MIN_CORNERS, _MIN_INLIERS * int(free.sum())):
            return None
        zoom = math.hypot(matrix[0, 0], matrix[1, 0])
        if not 0.5 < zoom < 2.0:
            return None
        to_key = np.vstack([matrix, [0.0, 0.0, 1.0]])
        far = _corner_shift(to_key, gray.shape) > 0.3 * columns
        worn = far or n_inliers < 0.45 * len(self.corners) or not 0.8 < zoom < 1.25
        return _Match(to_key, worn)


def _background(shape: tuple[int, ...], people: list[FloatArray], scale: float) -> Image:
    mask: Image = np.full(shape, 255, dtype=np.uint8)
    for box in people:
        x0, y0, x1, y1 = (round(float(v)) for v in box * scale)
        grow = max(2, (x1 - x0) // 8)
        mask[max(y0 - grow, 0) : max(y1 + grow, 0), max(x0 - grow, 0) : max(x1 + grow, 0)] = 0
    return mask


def _evened(gray: Image) -> Image:
    """Give the picture as if every part of it were as bright: light that flickers is gone."""
    around = cv2.blur(gray.astype(np.float32), (_EVEN_PX, _EVEN_PX))
    return np.asarray(np.clip(_GRAY * (gray + 1.0) / (around + 1.0), 0, 255), dtype=np.uint8)


def _corner_shift(matrix: FloatArray, shape: tuple[int, ...]) -> float:
    """Give the largest way that a corner of the picture moves, px."""
    rows, columns = shape[:2]
    corners = np.array([[0, 0, 1], [columns, 0, 1], [0, rows, 1], [columns, rows, 1]], dtype=float)
    return float(np.linalg.norm(((matrix - np.eye(3)) @ corners.T)[:2], axis=0).max())


def _unscaled(matrix: FloatArray, scale: float) -> FloatArray:
    """Take a motion of the reduced picture to px of the full one."""
    full: FloatArray = matrix.copy()
    # Pixel centres: full = (small + 0.5) / scale - 0.5.
    half = 0.5 - 0.5 * scale
    linear, shift = matrix[:2, :2], matrix[:2, 2]
    full[:2, 2] = (linear @ np.full(2, -half) + shift + half) / scale
    return np.asarray(full)


def _looks_new(before: Image, gray: Image) -> bool:
    """Whether another scene begins: neither the pictures nor what is in their light are alike."""
    alike = max(_likeness(before, gray), _likeness(_evened(before), _evened(gray)))
    return alike < _CUT_LIKENESS


def _likeness(a: Image, b: Image) -> float:
    """Give the correlation of two pictures' coarse structure, -1 to 1; blind to gain and offset."""
    small = [
        cv2.resize(p, (32, 24), interpolation=cv2.INTER_AREA).astype(float).ravel() for p in (a, b)
    ]
    small = [p - p.mean() for p in small]
    norm = float(np.linalg.norm(small[0]) * np.linalg.norm(small[1]))
    return float(small[0] @ small[1]) / norm if norm > 1e-6 else 1.0
