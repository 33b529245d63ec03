"""Looks at one picture for two people in the place of one pose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop, crop_around, crop_of_box
from gaitcheck.people.geometry import FACE, JOINTS, body_box, body_size, without_legs
from gaitcheck.people.look import MARGIN
from gaitcheck.people.paint import mapped, painted
from gaitcheck.people.plausible import head_down, implausible, same_body

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_ASIDE: Final = 0.15
"""Middle of the place of a half beside the middle of the whole, in heights."""
_WIDTH: Final = 0.4
HEAD_STAYS: Final = 0.06
"""A head is found again so near, in body sizes (of two 0.001 to 0.04 but for one in ten, of arms,
toys and frames taken for a second body 0.03 to 0.17)."""
PAIR_APART: Final = 0.05
"""Heads of two who were told apart by them are two while so far apart, in body sizes (looks at one
body: 0 to 0.02)."""
_LEAST: Final = 0.75
"""Least size of each of two, in that of the pose (of two 0.78 and more but for one in ten, of such
phantoms 0.45 to 0.8)."""
_SEEN: Final = 0.8
"""Mean visibility of trunk and legs of each (of two 0.81 and more, of phantoms 0.66 to 0.87)."""


class SecondLook:
    """Looks at one picture with an estimator that follows.

    Parameters
    ----------
    follower : Follower
        An estimator that nobody has.
    image : ndarray of uint8, shape (height, width, 3)
        The picture.
    points_px : ndarray, shape (33, 2)
        The pose that may be of two, px.
    min_size_px : float
        Smallest body size that is believed, px.
    """

    def __init__(
        self, follower: Follower, image: Image, *, points_px: FloatArray, min_size_px: float
    ) -> None:
        self._follower, self._image, self._points = follower, image, points_px
        self._least_px = max(min_size_px, _LEAST * body_size(points_px))
        self._size = (image.shape[1], image.shape[0])

    def show(self) -> bool:
        """Show the whole pose, unless the estimator has somebody: every crop holds its body alike.

        Tell whether it sees somebody.
        """
        if self._follower.has_body:
            return True
        return self._follower.look(self._around(self._points).cut(self._image)) is not None

    def half(self, side: int, *, beyond: float) -> Body | None:
        """Look at what is on one side of the pose's middle: -1 left, 1 right."""
        box = body_box(self._points, picture_size=self._size)
        height, middle = float(box[3] - box[1]), float(box[0] + box[2]) / 2
        x, half = middle + side * _ASIDE * height, _WIDTH / 2 * height
        crop = crop_of_box(np.array([x - half, box[1], x + half, box[3]]), margin=MARGIN)
        picture = _blanked(crop.cut(self._image), crop, middle - side * beyond * height, side)
        return self._seen(picture, crop)

    def headless(self, points_px: FloatArray, *, around: FloatArray | None = None) -> Body | None:
        """Look at a body's place, the pose's by default, with somebody's head painted over."""
        crop = self._around(self._points if around is None else around)
        return self._seen(painted(crop, self._image, (), heads=[points_px]), crop)

    def beside(self, aside: float, *, upper: bool) -> Body | None:
        """Look beside the pose, by a share of its height, with its head painted over.

        The trunk and the arms too, if ``upper``.
        """
        crop = self._around(self._points)
        crop = Crop(crop.x_px + aside * crop.size_px / MARGIN, crop.y_px, crop.size_px, crop.out_px)
        others = [without_legs(self._points)] if upper else []
        heads = [] if upper else [self._points]
        return self._seen(painted(crop, self._image, others, heads=heads), crop)

    def again(self, body: Body, other: Body) -> Body | None:
        """Look at one of two with the other painted over; it must be the same body."""
        crop, spare = self._around(body.points_px), body.points_px
        seen = self._seen(painted(crop, self._image, [other.points_px], spare=spare), crop)
        return seen if seen is not None and found_again(seen, body) else None

    def _around(self, points_px: FloatArray) -> Crop:
        return crop_around(points_px, margin=MARGIN, picture_size=self._size)

    def _seen(self, picture: Image, crop: Crop) -> Body | None:
        body = self._follower.look(picture)
        if body is None:
            return None
        body = mapped(body, crop)
        usable = (
            implausible(body, min_size_px=self._least_px) is None
            and not head_down(body.points_px)
            and float(body.visibility[list(JOINTS)].mean()) > _SEEN
        )
        return body if usable else None


def head(points_px: FloatArray) -> FloatArray:
    """Give the middle of a face, shape (2,), px."""
    return np.asarray(points_px[list(FACE)].mean(axis=0))


def heads_apart(a: FloatArray, b: FloatArray) -> float:
    """Give the way between two heads in body sizes of the second."""
    return float(np.linalg.norm(head(a) - head(b))) / body_size(b)


def found_again(seen: Body, body: Body) -> bool:
    """Whether a body seen in another look is the same, with its head at its place."""
    a, b = seen.points_px, body.points_px
    return same_body(a, b) and heads_apart(a, b) < HEAD_STAYS


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
