"""Look for new bodies in places of a picture, past those that are known already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from gaitcheck.people.before import only_part
from gaitcheck.people.crop import crop_around
from gaitcheck.people.estimators import Estimator
from gaitcheck.people.paint import mapped, painted, painted_by, stretched
from gaitcheck.people.plausible import implausible, same_body
from gaitcheck.people.scout import MARGIN, Place
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]


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
    for place in _with_bellies_bare(places):
        taken = [*known, *(body.points_px for _, body in found)]
        picture = painted_by(place.crop, image, taken, paint=place.paint)
        for seen in searcher.estimate(picture, time_s=0.0):
            body = mapped(seen, place.crop)
            if (
                implausible(body, min_size_px=min_size_px) is None
                and not any(same_body(body.points_px, points) for points in taken)
                and not only_part(searcher, body, image, taken, place=place)
                and seen_mirrored(searcher, body, image, taken)
            ):
                found.append((place, body))
    return found


def _with_bellies_bare(places: Sequence[Place]) -> list[Place]:
    """Add a look with chests alone painted over wherever upper bodies are: a head may be below.

    Children before adults seen from the front are found in 42 of 66 pictures so, in 33 otherwise.
    """
    looks: list[Place] = []
    for place in places:
        looks.append(place)
        if place.paint == "upper":
            looks.append(replace(place, paint="chest"))
    return looks


def seen_mirrored(
    searcher: Estimator, body: Body, image: Image, taken: Sequence[FloatArray]
) -> bool:
    """Ask for a second opinion on a new body: it must be found again in a mirrored crop.

    Furniture and patterns give a pose in one view of them and seldom the same in another.
    """
    height, width = image.shape[:2]
    crop = crop_around(body.points_px, margin=MARGIN, picture_size=(width, height))
    picture = stretched(painted(crop, image, taken, spare=body.points_px))
    for seen in searcher.estimate(np.ascontiguousarray(picture[:, ::-1]), time_s=0.0):
        points = seen.points_px * (-1, 1) + (crop.out_px, 0)
        if same_body(crop.to_picture(points), body.points_px):
            return True
    return False
