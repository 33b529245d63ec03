"""What lens, sensor and recorder do to a picture: blur, bloom, grain, infrared, vignette, clock."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from benchmarks.studio.scene import PictureSpec

_DIGIT_PX = 0.034  # height of the clock's digits as a share of the picture's
_MARGIN_PX = 160


def develop(
    picture: np.ndarray, spec: PictureSpec, *, rng: np.random.Generator, t_s: float
) -> np.ndarray:
    """Turn a clean picture into a recorded one.

    Parameters
    ----------
    picture : ndarray, shape (height, width, 3)
        Red first, 0 to 255.
    spec : PictureSpec
        What to do.
    rng : numpy.random.Generator
        Source of the grain; one per frame, so that frames may be made in any order.
    t_s : float
        Time for the clock.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)
    """
    image = picture.astype(np.float32)
    if spec.bloom:
        bright = np.maximum(image - 200.0, 0.0) * 3.0
        image = image + spec.bloom * cv2.GaussianBlur(bright, (0, 0), spec.width / 40)
    if spec.blur:
        image = cv2.GaussianBlur(image, (0, 0), spec.blur)
    if spec.infrared:
        image = _infrared(image)
    if spec.warmth:
        image = image * np.array([1 + spec.warmth, 1.0, 1 - spec.warmth], np.float32)
    image = image * spec.gain
    if spec.vignette:
        image = image * (1 - spec.vignette * _radius(spec.width, spec.height))[..., None]
    if spec.noise:
        image = image + _grain(spec, rng)
    out = np.clip(image, 0, 255).astype(np.uint8)
    if spec.clock:
        _write_clock(out, t_s)
    return out


def _infrared(image: np.ndarray) -> np.ndarray:
    """Grey as a night camera sees it: red counts most, cloth comes out pale and even."""
    grey = image @ np.array([0.62, 0.28, 0.10], np.float32)
    grey = 255.0 * np.power(np.clip(grey / 255.0, 0, 1), 0.8)
    return np.repeat(grey[..., None], 3, axis=2)


@lru_cache(maxsize=4)
def _radius(width: int, height: int) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x - width / 2) / (width / 2), (y - height / 2) / (height / 2)
    return (x * x + y * y) / 2


def _grain(spec: PictureSpec, rng: np.random.Generator) -> np.ndarray:
    """Grain with some size to it: a window at random into a larger field."""
    field = _grain_field(spec.width, spec.height, spec.infrared)
    y, x = rng.integers(0, _MARGIN_PX, 2)
    return spec.noise * field[y : y + spec.height, x : x + spec.width]


@lru_cache(maxsize=4)
def _grain_field(width: int, height: int, grey: bool) -> np.ndarray:
    """Grain of strength 1, stronger in brightness than in colour."""
    rng = np.random.default_rng(20_240)
    size = (height + _MARGIN_PX, width + _MARGIN_PX)
    grain = rng.standard_normal((*size, 1), np.float32)
    if not grey:
        grain = grain + rng.standard_normal((*size, 3), np.float32) * 0.5
    grain = 1.3 * cv2.GaussianBlur(grain, (0, 0), 0.6)
    return grain if grain.ndim == 3 else grain[..., None]


def _write_clock(image: np.ndarray, t_s: float) -> None:
    height = image.shape[0]
    s = 51_732 + t_s
    text = f"2024-03-14 {int(s // 3600):02d}:{int(s % 3600 // 60):02d}:{int(s % 60):02d}"
    scale = max(0.35, _DIGIT_PX * height / 22)
    place = (int(0.02 * image.shape[1]), int(0.055 * height))
    x, y = place
    for colour, at in (((0, 0, 0), (x + 1, y + 1)), ((240, 240, 240), (x, y))):
        cv2.putText(image, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv2.LINE_AA)
