"""One look for one person in one picture: settled before, so that any thread may do it at any time.

While a picture is looked at, the poses of the one before are judged; a look therefore holds all it
needs of its person and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop, crop_around
from gaitcheck.people.paint import mapped, painted
from gaitcheck.people.plausible import Continuity

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Estimator, Follower
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

MARGIN: Final = 1.5
"""Side of the crop in longer sides of the body's box: MediaPipe's own region is 1.25 of it."""


@dataclass(frozen=True, eq=False)
class Look:
    """Where to look for whom.

    Parameters
    ----------
    key : int
        The person's number.
    time_s : float
        The picture's time, s.
    crop : Crop
        What to look at.
    expected_px : ndarray, shape (33, 2)
        Where the landmarks should be, px of the picture.
    others : tuple of ndarray, shape (33, 2)
        People to paint over, so that the estimator does not take them, px of the picture.
    spare : ndarray, shape (33, 2), or None
        A body not to be painted over.
    heads : tuple of ndarray, shape (33, 2)
        People whose head is painted over in any case, px of the picture.
    locked : bool
        Whether the person was found in the last picture judged.
    reset : bool
        Whether the estimator is to forget what it followed.
    first : ndarray, shape (33, 2), or None
        Somebody else to show it first, cut out alike, px of the picture: it then looks in the same
        place without searching, as the search would take the more prominent of two.
    course : Continuity
        What is expected of the person's next pose.
    """

    key: int
    time_s: float
    crop: Crop
    expected_px: FloatArray
    others: tuple[FloatArray, ...]
    spare: FloatArray | None
    heads: tuple[FloatArray, ...]
    locked: bool
    reset: bool
    first: FloatArray | None
    course: Continuity

    def follow(self, image: Image, follower: Follower) -> Body | None:
        """Look with an estimator that follows; px of the picture."""
        if self.reset:
            follower.reset()
        if self.first is None:
            return self._seen(follower, self._picture(image), locked=self.locked)
        body = None
        for picture in (self._picture(image), self.crop.cut(image)):
            shown = follower.look(self._of_first(image)) is not None
            body = self._seen(follower, picture, locked=shown)
            if body is not None and self._surprise(body) <= 1:
                break
        return body

    def _seen(self, follower: Follower, picture: Image, *, locked: bool) -> Body | None:
        body = follower.estimate(
            picture,
            key=self.key,
            expected_px=self.crop.from_picture(self.expected_px),
            locked=locked,
            time_s=self.time_s,
        )
        return None if body is None else mapped(body, self.crop)

    def _surprise(self, body: Body) -> float:
        return self.course.surprise(body.points_px, time_s=self.time_s)

    def search(self, image: Image, searcher: Estimator) -> Body | None:
        """Look with one that searches single pictures: of what it finds what is expected most."""
        found = searcher.estimate(self._picture(image), time_s=self.time_s)
        bodies = [mapped(seen, self.crop) for seen in found]
        return min(bodies, key=self._surprise, default=None)

    def _of_first(self, image: Image) -> Image:
        assert self.first is not None
        size = (image.shape[1], image.shape[0])
        return crop_around(self.first, margin=MARGIN, picture_size=size).cut(image)

    def _picture(self, image: Image) -> Image:
        return painted(self.crop, image, self.others, spare=self.spare, heads=self.heads)
