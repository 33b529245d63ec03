"""Pictures lose their detail where somebody is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.floating[Any]]

_PICTURE_GRAINS: Final = 16
"""A picture that is hidden whole keeps so many values along its shorter side at most."""


class Regions(Protocol):
    """Where something is to be hidden, by time."""

    def at(self, time_s: float) -> FloatArray:
        """Give ellipses x, y, rx, ry, shape (n, 4), px."""
        ...


@dataclass(frozen=True)
class Layer:
    """Regions, and how many values are left across the shorter axis of each."""

    regions: Regions
    grains: float


class PeopleCover:
    """Hides the regions of some people.

    In an ellipse only a few mean values are left, with smooth passages between them: what is
    averaged away cannot be got back, as it could from a blur that only spreads it.

    Parameters
    ----------
    layers : sequence of Layer
        Of everybody who is hidden.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers

    def hide(self, image_bgr: Image, time_s: float) -> Image:
        """Give a picture in which they are hidden; the one given stays as it is."""
        hidden: Image = image_bgr.copy()
        for layer in self._layers:
            for region in layer.regions.at(time_s):
                if np.isfinite(region).all():
                    _hide(image_bgr, hidden, region, layer.grains)
        return hidden


class WholeCover:
    """Hides the whole picture.

    Parameters
    ----------
    grain_px : float
        Side of what has one value, px; larger where the picture is large.
    """

    def __init__(self, grain_px: float) -> None:
        self._grain_px = grain_px

    def hide(self, image_bgr: Image, time_s: float) -> Image:  # noqa: ARG002
        """Give a picture without any detail; the one given stays as it is."""
        grain = max(self._grain_px, min(image_bgr.shape[:2]) / _PICTURE_GRAINS)
        return _coarse(image_bgr, grain)


def _hide(image: Image, hidden: Image, region: FloatArray, grains: float) -> None:
    height, width = image.shape[:2]
    x, y, rx, ry = region
    x0, x1 = max(0, int(x - rx)), min(width, int(np.ceil(x + rx)) + 1)
    y0, y1 = max(0, int(y - ry)), min(height, int(np.ceil(y + ry)) + 1)
    if x1 <= x0 or y1 <= y0:
        return
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    axes = max(1, round(rx)), max(1, round(ry))
    cv2.ellipse(mask, (round(x) - x0, round(y) - y0), axes, 0, 0, 360, 255, -1)
    coarse = _coarse(image[y0:y1, x0:x1], 2 * min(rx, ry) / grains)
    part = hidden[y0:y1, x0:x1]
    cv2.copyTo(coarse, mask, part)


def _coarse(image: Image, grain_px: float) -> Image:
    height, width = image.shape[:2]
    few = max(1, round(width / grain_px)), max(1, round(height / grain_px))
    means = cv2.resize(image, few, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(means, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8
    )
