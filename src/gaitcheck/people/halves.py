"""One look at whether a pose is of one body: each half of the picture of it alone.

Two who walk side by side in each other's arms are one body for the model: its pose has the trunk of
one and a leg of the other, and painted over it hides both. With everything on one side of its
middle blanked the model sees who is on the other side. Of one body both halves give the same head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import covered_head
from gaitcheck.people.crop import Crop, crop_around, crop_of_box
from gaitcheck.people.geometry import FACE, JOINTS, body_box, body_size
from gaitcheck.people.person import MARGIN
from gaitcheck.people.plausible import head_down, implausible, same_body, two_heads
from gaitcheck.people.search import mapped, painted

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_MARGINS: Final = (0.0, 0.05)
"""How far beyond the middle is left, in turn, in heights of the box: with nothing both are right
in 59 % of what is found and with a twentieth in 40 %, but in other pictures."""
_ASIDE: Final = 0.15
"""Middle of the place of a half beside the middle of the whole, in heights."""
_WIDTH: Final = 0.4
_HEADS_BESIDE: Final = 0.06
"""Two heads are at least so far apart sideways, in body sizes."""
_HEAD_STAYS: Final = 0.06
"""A head is found again so near, in body sizes (of two 0.001 to 0.04 but for one in ten, of arms,
toys and frames taken for a second body 0.03 to 0.17)."""
_LEAST: Final = 0.75
"""Least size of each of two, in that of the pose (of two 0.78 and more but for one in ten, of such
phantoms 0.45 to 0.8)."""
_SEEN: Final = 0.8
"""Mean visibility of trunk and legs of each (of two 0.81 and more, of phantoms 0.66 to 0.87)."""
_HEAD_HIDDEN: Final = 0.9
"""Share of a head that lies on the other from which it is none of its own."""


def find_two(
    follower: Follower,
    image: Image,
    *,
    points_px: FloatArray,
    times: int,
    min_size_px: float,
) -> tuple[Body, Body] | None:
    """Look for two bodies in the place of one pose.

    Parameters
    ----------
    follower : Follower
        An estimator that nobody has. It has the second body afterward, if two are found.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    points_px : ndarray, shape (33, 2)
        The pose, px.
    times : int
        How often it was looked before.
    min_size_px : float
        Smallest body size that is believed, px.

    Returns
    -------
    tuple of Body, or None
        The one that is more like the pose, and the other; None where there is one only.
    """
    looks = _Looks(follower, image, min_size_px=min_size_px)
    if not looks.show(points_px):
        return None
    found = []
    for side in (-1, 1):
        body = looks.half(points_px, side, beyond=_MARGINS[times % len(_MARGINS)])
        if body is None:
            return None
        found.append(body)
    if not _two(*found):
        return None
    first, second = sorted(found, key=lambda body: _unlike(body.points_px, points_px))
    kept = looks.again(first, second)
    other = None if kept is None else looks.again(second, kept)
    if kept is None or other is None:
        return None
    left, right = (kept, other) if first is found[0] else (other, kept)
    return (kept, other) if _two(left, right) else None


class _Looks:
    """Looks at one picture with an estimator that follows."""

    def __init__(self, follower: Follower, image: Image, *, min_size_px: float) -> None:
        self._follower, self._image, self._min_size_px = follower, image, min_size_px
        self._size = (image.shape[1], image.shape[0])
        self._least_px = 0.0

    def show(self, points_px: FloatArray) -> bool:
        """Show the whole pose, unless the estimator has somebody: every crop holds its body alike.

        Tell whether it sees somebody.
        """
        self._least_px = _LEAST * body_size(points_px)
        if self._follower.has_body:
            return True
        crop = crop_around(points_px, margin=MARGIN, picture_size=self._size)
        return self._follower.look(crop.cut(self._image)) is not None

    def half(self, points_px: FloatArray, side: int, *, beyond: float) -> Body | None:
        """Look at what is on one side of a pose's middle: -1 left, 1 right."""
        box = body_box(points_px, picture_size=self._size)
        height, middle = float(box[3] - box[1]), float(box[0] + box[2]) / 2
        x, half = middle + side * _ASIDE * height, _WIDTH / 2 * height
        crop = crop_of_box(np.array([x - half, box[1], x + half, box[3]]), margin=MARGIN)
        picture = _blanked(crop.cut(self._image), crop, middle - side * beyond * height, side)
        return self._seen(picture, crop)

    def again(self, body: Body, other: Body) -> Body | None:
        """Look at one of two with the other painted over; it must be the same body."""
        crop = crop_around(body.points_px, margin=MARGIN, picture_size=self._size)
        spare = body.points_px
        seen = self._seen(painted(crop, self._image, [other.points_px], spare=spare), crop)
        if seen is None or not same_body(seen.points_px, body.points_px):
            return None
        moved = float(np.linalg.norm(_head(seen) - _head(body)))
        return seen if moved < _HEAD_STAYS * body_size(body.points_px) else None

    def _seen(self, picture: Image, crop: Crop) -> Body | None:
        body = self._follower.look(picture)
        if body is None:
            return None
        body = mapped(body, crop)
        least_px = max(self._min_size_px, self._least_px)
        usable = (
            implausible(body, min_size_px=least_px) is None
            and not head_down(body.points_px)
            and float(body.visibility[list(JOINTS)].mean()) > _SEEN
        )
        return body if usable else None


def _blanked(picture: Image, crop: Crop, x_px: float, side: int) -> Image:
    """Blank what lies beyond a column: left of it for the right side, and the reverse."""
    column = round(float(np.clip((x_px - crop.box[0]) * crop.scale, 1, crop.out_px - 1)))
    kept = picture[:, column:] if side > 0 else picture[:, :column]
    blanked = np.empty_like(picture)
    blanked[:] = np.round(kept.reshape(-1, 3).mean(axis=0))
    if side > 0:
        blanked[:, column:] = kept
    else:
        blanked[:, :column] = kept
    return blanked


def _two(left: Body, right: Body) -> bool:
    """Whether two poses have a head each, the left one's on the left."""
    size = (body_size(left.points_px) + body_size(right.points_px)) / 2
    beside = float((_head(right) - _head(left))[0])
    if beside < _HEADS_BESIDE * size or not two_heads(left.points_px, right.points_px):
        return False
    return all(
        covered_head(a.points_px, b.points_px) < _HEAD_HIDDEN
        for a, b in ((left, right), (right, left))
    )


def _head(body: Body) -> FloatArray:
    return np.asarray(body.points_px[list(FACE)].mean(axis=0))


def _unlike(a: FloatArray, b: FloatArray) -> float:
    return float(np.linalg.norm(a - b, axis=1).mean())
