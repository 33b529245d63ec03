"""Cameras: where they stand, where they look, and how the world falls into their picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class View:
    """One camera at one moment.

    Parameters
    ----------
    position : ndarray, shape (3,)
        m; y up.
    axes : ndarray, shape (3, 3)
        Rows: the picture's right, its up, and the way it looks.
    focal_px : float
        Focal length in px.
    width, height : int
        Picture size, px.
    distortion : float
        Barrel of the lens: a ray through radius r (in focal lengths) leaves at r (1 + k r^2).
    """

    position: np.ndarray
    axes: np.ndarray
    focal_px: float
    width: int
    height: int
    distortion: float = 0.0

    def project(self, points: np.ndarray) -> np.ndarray:
        """Picture places of points (..., 3) in px (..., 2); NaN for points behind the camera."""
        q = (np.asarray(points, float) - self.position) @ self.axes.T
        depth = np.where(q[..., 2] > 0.05, q[..., 2], np.nan)
        xy = np.stack([q[..., 0], q[..., 1]], -1) / depth[..., None]
        if self.distortion:
            wanted = np.linalg.norm(xy, axis=-1)
            r = wanted.copy()
            for _ in range(12):  # Newton; the lens curve is monotonic
                r -= (r * (1 + self.distortion * r * r) - wanted) / (
                    1 + 3 * self.distortion * r * r
                )
            xy = xy * (r / np.maximum(wanted, 1e-9))[..., None]
        middle = np.array([self.width / 2, self.height / 2])
        return middle + self.focal_px * xy * np.array([1.0, -1.0])

    def depth(self, points: np.ndarray) -> np.ndarray:
        """Distance along the view axis of points (..., 3), m."""
        return (np.asarray(points, float) - self.position) @ self.axes[2]


def look(
    position: np.ndarray,
    target: np.ndarray,
    *,
    fov_deg: float,
    width: int,
    height: int,
    roll: float = 0.0,
    distortion: float = 0.0,
) -> View:
    """View from a place towards a target; ``fov_deg`` spans the longer side of the picture."""
    position = np.asarray(position, float)
    forward = np.asarray(target, float) - position
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    c, s = np.cos(roll), np.sin(roll)
    focal = max(width, height) / 2 / np.tan(np.radians(fov_deg) / 2)
    axes = np.array([c * right + s * up, -s * right + c * up, forward])
    return View(position, axes, focal, width, height, distortion)


def tremble(amplitude: float, *, seed: int, base_hz: float = 0.7) -> Callable[[float], float]:
    """Shake of a hand: a few sines of falling strength with phases by seed."""
    rng = np.random.default_rng(seed)
    rates = base_hz * np.array([0.4, 1.0, 1.9, 3.1, 6.0])
    phases = rng.uniform(0, 2 * np.pi, 5)
    strengths = amplitude * np.array([1.0, 0.6, 0.3, 0.14, 0.05])
    return lambda t: float((strengths * np.sin(2 * np.pi * rates * t + phases)).sum())
