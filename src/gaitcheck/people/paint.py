"""Pictures to look at for one body, in which others are painted over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import body_mask, head_mask
from gaitcheck.people.crop import Crop
from gaitcheck.people.geometry import body_size, without_belly
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]
Paint = Literal["all", "upper", "chest", "head", "none"]
"""What of the people known is painted over: all of them; heads, arms and trunks; the same without
bellies; heads alone; nothing."""

_CHEST: Final = 0.6
"""Share of the trunk that is painted over as chest: the head of a child may be before the rest."""

_FULL_CONTRAST: Final = 200.0
_LEAST_CONTRAST: Final = 30.0
"""Grey values: with more contrast a picture is left as it is, with less it is noise (arbitrary)."""


def painted_by(crop: Crop, image: Image, bodies: Sequence[FloatArray], *, paint: Paint) -> Image:
    """Cut a crop, paint bodies over, (33, 2) each, px, and stretch its contrast."""
    if paint in {"upper", "chest"}:
        share = 1.0 if paint == "upper" else _CHEST
        bodies = [without_belly(points, share=share) for points in bodies]
    heads = bodies if paint == "head" else ()
    covers = () if paint in {"head", "none"} else bodies
    return stretched(painted(crop, image, covers, heads=heads))


def stretched(picture: Image) -> Image:
    """Stretch a dull picture's contrast: in infrared light the detector misses half the people."""
    low, high = np.percentile(picture[::4, ::4], [1, 99])
    if high - low >= _FULL_CONTRAST:
        return picture
    gain = 255.0 / max(high - low, _LEAST_CONTRAST)
    bright = np.clip((picture.astype(np.float32) - low) * gain, 0, 255)
    return np.asarray(bright, dtype=np.uint8)


def mapped(body: Body, crop: Crop) -> Body:
    """Take a body of a crop to px of the picture."""
    return replace(body, points_px=crop.to_picture(body.points_px))


def painted(
    crop: Crop,
    image: Image,
    bodies: Sequence[FloatArray],
    *,
    spare: FloatArray | None = None,
    heads: Sequence[FloatArray] = (),
) -> Image:
    """Cut a crop and paint over the bodies that are known, so that another one is found.

    A pose model finds the most prominent body and merges those that touch; with the adult painted
    over it finds the child whose hand they hold.

    Parameters
    ----------
    crop : Crop
        What to cut.
    image : ndarray of uint8
        The picture.
    bodies : sequence of ndarray, shape (33, 2)
        Bodies to paint over, px of the picture.
    spare : ndarray, shape (33, 2), optional
        A body that is not painted over where it covers `bodies`, or they it.
    heads : sequence of ndarray, shape (33, 2)
        Bodies of which the head is painted over in any case, but for the head of `spare`.
    """
    picture = crop.cut(image)
    mask = _covering(crop, bodies)
    if spare is not None:
        mask[_covering(crop, [spare]) > 0] = 0
    for points in heads:
        mask |= head_mask(crop.from_picture(points), shape=mask.shape)
    if spare is not None and heads:
        mask[head_mask(crop.from_picture(spare), shape=mask.shape) > 0] = 0
    if not mask.any():
        return picture
    rest = cv2.mean(picture, mask=cv2.bitwise_not(mask))[:3]
    picture[mask > 0] = np.round(rest).astype(np.uint8)
    return picture


def _covering(crop: Crop, bodies: Sequence[FloatArray]) -> Image:
    mask: Image = np.zeros((crop.out_px, crop.out_px), dtype=np.uint8)
    for points in bodies:
        inside = crop.from_picture(points)
        size = body_size(inside)
        if (inside.max(axis=0) > -size).all() and (inside.min(axis=0) < crop.out_px + size).all():
            mask |= body_mask(inside, shape=mask.shape)
    return mask
