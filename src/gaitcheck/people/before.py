"""Somebody small before a larger body, told from that body's own legs and arms.

A child who walks before an adult, towards the camera or at both hands, lies on the adult whole, as
an adult's legs do that the model takes for a body of their own. But a child is seen alike whatever
of the adult is painted over; such a phantom is another one each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import covered_share
from gaitcheck.people.geometry import body_box, body_size
from gaitcheck.people.paint import Paint, mapped, painted_by
from gaitcheck.people.pairs import CROWD
from gaitcheck.people.plausible import same_body
from gaitcheck.people.scout import low_crop, whole_crop
from gaitcheck.people.second_look import heads_apart

if TYPE_CHECKING:
    from gaitcheck.people.crop import Crop
    from gaitcheck.people.estimators import Estimator
    from gaitcheck.people.scout import Place
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_INSIDE: Final = 0.8
"""What lies so far on a larger body may be its legs or arms (such phantoms 0.97 to 1, children held
by adults 0.03 to 0.69 in the mean, before them up to 1)."""
_SMALLER: Final = 0.85
"""Sizes of who may stand before another whole, in those of the other."""
_AGREE: Final = 2
"""So many other looks must show the same body (rendered: of 66 pictures with a child before or
beside an adult 16 more, of 266 of people alone, with frames, prams and toys too, none; with one
look 24 and 7)."""
_HEAD_STAYS: Final = 0.08
_LIKE_SIZE: Final = 1.15
"""The same: its head so near, in body sizes, and its size no more unlike."""


def lies_on(points_px: FloatArray, others: Sequence[FloatArray]) -> list[int]:
    """Say on which of other bodies a body lies whole; landmarks, shape (33, 2), px."""
    return [k for k, other in enumerate(others) if covered_share(points_px, [other]) > _INSIDE]


def may_stand_before(points_px: FloatArray, other_px: FloatArray, *, n_others: int) -> bool:
    """Whether a body that lies on another one may be somebody small before it.

    Not in a crowd: there people pass before each other, and are seen again soon.
    """
    return n_others <= CROWD and body_size(points_px) < _SMALLER * body_size(other_px)


def only_part(
    searcher: Estimator,
    body: Body,
    image: Image,
    known: Sequence[FloatArray],
    *,
    place: Place,
) -> bool:
    """Whether a body found lies on a known one, as a part of it.

    With chests alone painted over the rest is seen as another body often: then whatever does not
    lie on one whole counts as part of it too.

    Parameters
    ----------
    searcher : Estimator
        Finds bodies in single pictures.
    body : Body
        What was found, px of the picture.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    known : sequence of ndarray, shape (33, 2)
        Bodies that are followed already, px.
    place : Place
        Where it was found.
    """
    on = lies_on(body.points_px, known)
    if not on:
        return place.paint == "chest"
    return any(
        not may_stand_before(body.points_px, known[k], n_others=len(known))
        or _seen_otherwise(searcher, body, image, known[k], place=place) < _AGREE
        for k in on
    )


def _seen_otherwise(
    searcher: Estimator, body: Body, image: Image, larger: FloatArray, *, place: Place
) -> int:
    """Count other looks about a larger body that show the same body."""
    box = body_box(larger, picture_size=(image.shape[1], image.shape[0]))
    low, whole = low_crop(box), whole_crop(box)
    looks: list[tuple[Crop, Paint]] = [
        (low, "none"), (low, "upper"), (low, "chest"), (whole, "chest"), (whole, "head"),
    ]  # fmt: skip
    n = 0
    for crop, paint in looks:
        if crop is low and paint == place.paint:
            continue
        picture = painted_by(crop, image, [larger], paint=paint)
        seen = [mapped(one, crop) for one in searcher.estimate(picture, time_s=0.0)]
        n += any(_alike(one.points_px, body.points_px) for one in seen)
        if n == _AGREE:
            break
    return n


def _alike(a: FloatArray, b: FloatArray) -> bool:
    size, larger = sorted((body_size(a), body_size(b)))
    return same_body(a, b) and larger < _LIKE_SIZE * size and heads_apart(a, b) < _HEAD_STAYS
