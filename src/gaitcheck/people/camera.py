"""The camera's own motion, from what stands still behind the people and under them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import halved
from gaitcheck.people.key_frame import KeyFrame, Match, Rest, corner_shift, evened
from gaitcheck.people.motion import Motion

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_WIDTH_PX: Final = 320
"""The motion is read from a picture halved to this width or less than twice it."""
_GOES_ON_RESTING: Final = 0.25
_COMES_TO_REST: Final = 0.5
"""Shares of the squares with corners that must rest for a camera to go on resting, and for one that
moves to have come to rest (arbitrary; of a picture that pans only captions rest. With 0.33 somebody
who fills the picture was the camera's motion in 5 of 612 clips more)."""
_STILL: Final = 0.0011
"""Shift of the picture's corners, in picture widths, under which a camera counts as fixed (0.7 px
of 640; the estimate's own noise on fixed cameras is a fifth of that)."""
_RESTLESS_S: Final = 2.0
"""A camera that moved counts as moving until it was still for so long, s (arbitrary)."""
_GLITCH_S: Final = 0.2
"""A small shift from rest for no longer than this is the codec's, s (arbitrary)."""
_CUT_LIKENESS: Final = 0.5
"""Correlation of two coarse pictures under which they may show different scenes (arbitrary)."""


@dataclass(frozen=True, eq=False)
class CameraState:
    """What is known of the camera at one frame.

    Parameters
    ----------
    to_room : ndarray, shape (3, 3)
        Takes homogeneous px of this frame to px of the reference frame (the scene's first), of what
        is behind the people.
    floor_to_room : ndarray, shape (3, 3)
        The same of the floor where they stand, as if the camera had stood still.
    fixed : bool
        Whether the camera has stood still for a while.
    cut : bool
        Whether a new scene begins with this frame; its reference is the frame itself.
    known : bool
        False where the background gave too little to tell; to_room and floor_to_room are then the
        last ones known.
    """

    to_room: FloatArray
    floor_to_room: FloatArray
    fixed: bool
    cut: bool
    known: bool


class CameraMotion:
    """Follow corners of the background from a key frame to the present one.

    Measuring against a key frame, not the frame before, keeps a fixed camera free of drift. A new
    key frame is taken when too few of its corners are left in the picture.
    """

    def __init__(self) -> None:
        self._key: KeyFrame | None = None
        self._last: Image | None = None
        self._last_to_key = Motion.none()
        self._to_room = Motion.none()
        self._rest = Motion.none()
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
        found = self._match(gray, mask, about=_feet(gray.shape, people, scale))
        if found is None or found.floor_only:
            if found is None and _looks_new(self._last, gray):
                return self._begin(gray, mask, cut=True)
            if found is not None:
                assert self._key is not None
                floor = (self._key.to_room @ found.to_key).floor
                self._to_room = replace(self._to_room, floor=floor)
            self._last = gray
            return self._state(scale, known=found is not None)
        return self._moved(found, gray, mask, scale=scale, time_s=time_s)

    def _begin(self, gray: Image, mask: Image, *, cut: bool) -> CameraState:
        self._last, self._last_to_key, self._to_room = gray, Motion.none(), Motion.none()
        self._key = KeyFrame(gray, mask, Motion.none())
        self._rest, self._moved_at_s, self._fixed = Motion.none(), -math.inf, True
        return self._state(1.0, cut=cut)

    def _state(self, scale: float, *, cut: bool = False, known: bool = True) -> CameraState:
        room, floor = (_unscaled(m, scale) for m in (self._to_room.room, self._to_room.floor))
        return CameraState(room, floor, self._fixed, cut, known)

    def _match(self, gray: Image, mask: Image, *, about: FloatArray) -> Match | None:
        """Match against the key frame, or where that fails against the frame before."""
        assert self._key is not None
        assert self._last is not None
        guess = self._last_to_key.room
        rest = Rest(self._rest, _GOES_ON_RESTING if self._fixed else _COMES_TO_REST)
        match = partial(KeyFrame.match, gray=gray, mask=mask, rest=rest, about=about)
        # From rest nothing goes far at once: two levels of the pyramid take half the time of four.
        found = match(self._key, guess=guess, levels=1) if self._fixed else None
        if found is None:
            found = match(self._key, guess=guess)
        if found is None:
            found = match(self._key, guess=guess, even=True)
        if found is None and self._key.gray is not self._last:
            self._key = KeyFrame(self._last, mask, self._to_room)
            self._last_to_key = Motion.none()
            found = match(self._key, guess=np.eye(3))
        if found is None:
            found = match(self._key, guess=self._last_to_key.room, floor_only=True)
        return found

    def _moved(
        self, found: Match, gray: Image, mask: Image, *, scale: float, time_s: float
    ) -> CameraState:
        assert self._key is not None
        self._last, self._last_to_key = gray, found.to_key
        self._to_room = self._key.to_room @ found.to_key
        # Still means: within the noise of one pose for a while, so a slow pan never is.
        off = corner_shift((self._rest.back() @ self._to_room).room, gray.shape)
        if self._has_left(off / gray.shape[1], time_s):
            self._rest, self._moved_at_s = self._to_room, time_s
        self._fixed = time_s - self._moved_at_s > _RESTLESS_S
        if self._fixed:
            self._to_room = self._rest
        if found.worn:
            self._key = KeyFrame(gray, mask, self._to_room)
            self._last_to_key = Motion.none()
        return self._state(scale)

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


def _background(shape: tuple[int, ...], people: list[FloatArray], scale: float) -> Image:
    mask: Image = np.full(shape, 255, dtype=np.uint8)
    for box in people:
        x0, y0, x1, y1 = (round(float(v)) for v in box * scale)
        grow = max(2, (x1 - x0) // 8)
        mask[max(y0 - grow, 0) : max(y1 + grow, 0), max(x0 - grow, 0) : max(x1 + grow, 0)] = 0
    return mask


def _feet(shape: tuple[int, ...], people: list[FloatArray], scale: float) -> FloatArray:
    """Give where people stand, most the tall, px of the reduced picture; its middle with nobody."""
    rows, columns = shape[:2]
    boxes = np.reshape(people, (-1, 4))
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        return np.array([columns / 2, rows / 2])
    middle, foot = boxes[:, [0, 2]].mean(axis=1), np.minimum(boxes[:, 3], rows / scale)
    tall = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    return np.asarray(np.average(np.stack([middle, foot]), axis=1, weights=tall) * scale)


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
    alike = max(_likeness(before, gray), _likeness(evened(before), evened(gray)))
    return alike < _CUT_LIKENESS


def _likeness(a: Image, b: Image) -> float:
    """Give the correlation of two pictures' coarse structure, -1 to 1; blind to gain and offset."""
    small = [
        cv2.resize(p, (32, 24), interpolation=cv2.INTER_AREA).astype(float).ravel() for p in (a, b)
    ]
    small = [p - p.mean() for p in small]
    norm = float(np.linalg.norm(small[0]) * np.linalg.norm(small[1]))
    return float(small[0] @ small[1]) / norm if norm > 1e-6 else 1.0
