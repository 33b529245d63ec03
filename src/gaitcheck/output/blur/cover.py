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


@dataclass(frozen=True, eq=False)
class Patch:
    """Ellipses that are hidden together, shape (n, 4), px, and the side of what has one value."""

    ellipses: FloatArray
    grain_px: float

    @property
    def box_px(self) -> tuple[float, float, float, float]:
        """Give x0, y0, x1, y1 around all of them."""
        low = (self.ellipses[:, :2] - self.ellipses[:, 2:]).min(axis=0)
        high = (self.ellipses[:, :2] + self.ellipses[:, 2:]).max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


class PeopleCover:
    """Hides the regions of some people.

    In an ellipse only a few mean values are left, with smooth passages between them: what is
    averaged away cannot be got back, as it could from a blur that only spreads it. Regions that
    touch are averaged as one, so that no seam of one runs through another.

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
        for patch in _joined(self.patches(time_s)):
            _hide(image_bgr, hidden, patch)
        return hidden

    def patches(self, time_s: float) -> list[Patch]:
        """Give what is hidden in the picture of a time, one ellipse each."""
        return [
            Patch(region[None], 2 * float(region[2:].min()) / layer.grains)
            for layer in self._layers
            for region in layer.regions.at(time_s)
            if np.isfinite(region).all()
        ]


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


def _joined(patches: Sequence[Patch]) -> list[Patch]:
    """Make one of those whose boxes overlap."""
    apart: list[Patch] = []
    for patch in patches:
        whole, rest = patch, apart
        while touching := [other for other in rest if _touch(whole, other)]:
            rest = [other for other in rest if other not in touching]
            members = [whole, *touching]
            whole = Patch(
                np.concatenate([member.ellipses for member in members]),
                max(member.grain_px for member in members),
            )
        apart = [*rest, whole]
    return apart


def _touch(one: Patch, other: Patch) -> bool:
    (a0, b0, a1, b1), (c0, d0, c1, d1) = one.box_px, other.box_px
    return a0 <= c1 and c0 <= a1 and b0 <= d1 and d0 <= b1


def _hide(image: Image, hidden: Image, patch: Patch) -> None:
    height, width = image.shape[:2]
    low_x, low_y, high_x, high_y = patch.box_px
    x0, x1 = max(0, int(low_x)), min(width, int(np.ceil(high_x)) + 1)
    y0, y1 = max(0, int(low_y)), min(height, int(np.ceil(high_y)) + 1)
    if x1 <= x0 or y1 <= y0:
        return
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    for x, y, rx, ry in patch.ellipses:
        axes = max(1, round(rx)), max(1, round(ry))
        cv2.ellipse(mask, (round(x) - x0, round(y) - y0), axes, 0, 0, 360, 255, -1)
    coarse = _coarse(image[y0:y1, x0:x1], patch.grain_px)
    cv2.copyTo(coarse, mask, hidden[y0:y1, x0:x1])


def _coarse(image: Image, grain_px: float) -> Image:
    height, width = image.shape[:2]
    few = max(1, round(width / grain_px)), max(1, round(height / grain_px))
    means = cv2.resize(image, few, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(means, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8
    )
