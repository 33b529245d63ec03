"""One look for somebody who is held by somebody known, without the model's own search for bodies.

A child held by both hands is one body with the adult for the model's detector, however it is
painted. The landmark network alone does see the child, if it is told where to look. An estimator
that follows looks where the last picture's body was. So it is shown the adult, cut out as ever,
and then the place where a child would be who is led by the adult's hands, cut out alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import covered_head, covered_share
from gaitcheck.people.crop import Crop, crop_around, crop_of_box
from gaitcheck.people.geometry import FEET, WRISTS, body_size, without_legs
from gaitcheck.people.look import MARGIN
from gaitcheck.people.paint import mapped, painted
from gaitcheck.people.plausible import head_down, implausible, same_body

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_HEIGHTS: Final = (0.42, 0.55)
"""Heights of a child to look for, in those of the adult: in rendered pairs toddlers are found with
0.38 to 0.52, children of five with 0.45 to 0.72."""
_WIDTH: Final = 0.4
_HANDS_APART: Final = 0.15
"""Hands further apart than this, in sizes of the adult, may hold somebody each."""
LARGEST: Final = 0.85
"""Largest child in sizes of the adult."""
_HEAD_HIDDEN: Final = 0.75
"""Share of the head that lies on the adult from which the pose is of the adult's legs (such
phantoms 0.88 to 1, children 0 to 0.73)."""
_INSIDE: Final = 0.82
"""... and the same for the whole body (0.94 to 1 of phantoms on people alone)."""
_SURELY_INSIDE: Final = 0.95
"""With more in any look it is not looked again (arbitrary)."""
_LOOKS: Final = 3


def held_boxes(adult_px: FloatArray, *, heights: Sequence[float] = _HEIGHTS) -> list[FloatArray]:
    """Give where a child may stand who is led by the adult's hands.

    Parameters
    ----------
    adult_px : ndarray, shape (33, 2)
        The adult's landmarks, px.
    heights : sequence of float
        Heights of the child to expect, in sizes of the adult.

    Returns
    -------
    list of ndarray, shape (4,)
        x0, y0, x1, y1, px.
    """
    size, floor = body_size(adult_px), float(adult_px[list(FEET), 1].max())
    hands = adult_px[list(WRISTS), 0]
    apart = abs(float(hands[0] - hands[1])) > _HANDS_APART * size
    boxes = []
    for share in heights:
        height = share * size
        for x in hands if apart else [hands.mean()]:
            half = _WIDTH / 2 * height
            boxes.append(np.array([x - half, floor - height, x + half, floor]))
    return boxes


def find_held(
    follower: Follower,
    image: Image,
    *,
    adult_px: FloatArray,
    box: FloatArray,
    known: Sequence[FloatArray],
    min_size_px: float,
) -> Body | None:
    """Look for somebody in one place, without the model's own search.

    Parameters
    ----------
    follower : Follower
        An estimator that nobody has. It has the body afterward, if one is found.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    adult_px : ndarray, shape (33, 2)
        Who may hold them.
    box : ndarray, shape (4,)
        Where they may be.
    known : sequence of ndarray, shape (33, 2)
        Everybody followed, the adult too.
    min_size_px : float
        Smallest body size that is believed, px.
    """
    size = (image.shape[1], image.shape[0])
    if not _shown(follower, image, adult_px):
        # To forget and to search costs as much as both looks: so only where it must be.
        follower.reset()
        if not _shown(follower, image, adult_px):
            return None
    crop = crop_of_box(box, margin=MARGIN)
    bodies: list[Body] = []
    for k in range(_LOOKS):
        # Each time it looks where it found the body the time before.
        others: list[FloatArray] = []
        if k == _LOOKS - 1:
            # The last time as they will be followed.
            crop = crop_around(bodies[-1].points_px, margin=MARGIN, picture_size=size)
            others = [without_legs(adult_px)]
        spare = bodies[-1].points_px if bodies else None
        body = _seen(follower, painted(crop, image, others, spare=spare), crop)
        if body is None or not _is_another(body, adult_px, known, min_size_px=min_size_px):
            return None
        bodies.append(body)
        if _share_on(body.points_px, adult_px) > _SURELY_INSIDE:
            return None
    on_adult = np.mean([_share_on(body.points_px, adult_px) for body in bodies])
    agree = same_body(bodies[-1].points_px, bodies[-2].points_px)
    return bodies[-1] if agree and on_adult < _INSIDE else None


def _shown(follower: Follower, image: Image, adult_px: FloatArray) -> bool:
    """Show the adult; tell whether the estimator has them now."""
    crop = crop_around(adult_px, margin=MARGIN, picture_size=(image.shape[1], image.shape[0]))
    adult = _seen(follower, crop.cut(image), crop)
    return adult is not None and same_body(adult.points_px, adult_px)


def _seen(follower: Follower, picture: Image, crop: Crop) -> Body | None:
    body = follower.look(picture)
    return None if body is None else mapped(body, crop)


def _is_another(
    body: Body, adult_px: FloatArray, known: Sequence[FloatArray], *, min_size_px: float
) -> bool:
    return (
        implausible(body, min_size_px=min_size_px) is None
        and not head_down(body.points_px)
        and body_size(body.points_px) < LARGEST * body_size(adult_px)
        and not any(same_body(body.points_px, points) for points in known)
    )


def _share_on(points_px: FloatArray, adult_px: FloatArray) -> float:
    """Give the share of a body that lies on the adult; none where it has a head beside them."""
    if covered_head(points_px, adult_px) < _HEAD_HIDDEN:
        return 0.0
    return covered_share(points_px, [adult_px])
