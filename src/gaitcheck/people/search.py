"""Look for new bodies in places of a picture, past those that are known already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import body_mask, covered_share, head_mask
from gaitcheck.people.crop import Crop, crop_around
from gaitcheck.people.estimators import Estimator
from gaitcheck.people.geometry import body_size, without_legs
from gaitcheck.people.plausible import implausible, same_body
from gaitcheck.people.scout import MARGIN, Paint, Place
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_FULL_CONTRAST: Final = 200.0
_LEAST_CONTRAST: Final = 30.0
"""Grey values: with more contrast a picture is left as it is, with less it is noise (arbitrary)."""


_INSIDE: Final = 0.8
"""A new body of which a larger part lies on a known one is that one's legs or arms (such phantoms
0.97 to 1, children held by adults 0.03 to 0.69 in the mean)."""


def search(
    searcher: Estimator,
    places: Sequence[Place],
    image: Image,
    *,
    known: Sequence[FloatArray],
    min_size_px: float,
) -> list[tuple[Place, Body]]:
    """Look for new bodies.

    Parameters
    ----------
    searcher : Estimator
        Finds bodies in single pictures.
    places : sequence of Place
        Where to look.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    known : sequence of ndarray, shape (33, 2)
        Bodies that are followed already, px of the picture.
    min_size_px : float
        Smallest body size that is believed, px.

    Returns
    -------
    list of (Place, Body)
        Bodies that are plausible, none of the known ones, and found again in a mirrored crop, with
        the place where each was found; px of the picture.
    """
    found: list[tuple[Place, Body]] = []
    for place in places:
        taken = [*known, *(body.points_px for _, body in found)]
        picture = _stretched(painted(place.crop, image, _to_paint(taken, place.paint)))
        for seen in searcher.estimate(picture, time_s=0.0):
            body = mapped(seen, place.crop)
            if (
                implausible(body, min_size_px=min_size_px) is None
                and not any(same_body(body.points_px, points) for points in taken)
                and not any(covered_share(body.points_px, [points]) > _INSIDE for points in taken)
                and seen_mirrored(searcher, body, image, taken)
            ):
                found.append((place, body))
    return found


def _to_paint(bodies: Sequence[FloatArray], paint: Paint) -> Sequence[FloatArray]:
    if paint == "all":
        return bodies
    return [without_legs(points) for points in bodies] if paint == "upper" else ()


def seen_mirrored(
    searcher: Estimator, body: Body, image: Image, taken: Sequence[FloatArray]
) -> bool:
    """Ask for a second opinion on a new body: it must be found again in a mirrored crop.

    Furniture and patterns give a pose in one view of them and seldom the same in another.
    """
    height, width = image.shape[:2]
    crop = crop_around(body.points_px, margin=MARGIN, picture_size=(width, height))
    picture = _stretched(painted(crop, image, taken, spare=body.points_px))
    for seen in searcher.estimate(np.ascontiguousarray(picture[:, ::-1]), time_s=0.0):
        points = seen.points_px * (-1, 1) + (crop.out_px, 0)
        if same_body(crop.to_picture(points), body.points_px):
            return True
    return False


def _stretched(picture: Image) -> Image:
    """Stretch a dull picture's contrast: in infrared light the detector misses half the people."""
    low, high = np.percentile(picture[::4, ::4], [1, 99])
    if high - low >= _FULL_CONTRAST:
        return picture
    gain = 255.0 / max(high - low, _LEAST_CONTRAST)
    stretched = np.clip((picture.astype(np.float32) - low) * gain, 0, 255)
    return np.asarray(stretched, dtype=np.uint8)


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
