"""One look for one person in one picture: settled before, so that any thread may do it at any time.

While a picture is looked at, the poses of the one before are judged; a look therefore holds all it
needs of its person and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop
from gaitcheck.people.paint import mapped, painted
from gaitcheck.people.plausible import Continuity

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Estimator, Follower
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]


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
    course: Continuity

    def follow(self, image: Image, follower: Follower) -> Body | None:
        """Look with an estimator that follows; px of the picture."""
        if self.reset:
            follower.reset()
        body = follower.estimate(
            self._picture(image),
            key=self.key,
            expected_px=self.crop.from_picture(self.expected_px),
            locked=self.locked,
            time_s=self.time_s,
        )
        return None if body is None else mapped(body, self.crop)

    def search(self, image: Image, searcher: Estimator) -> Body | None:
        """Look with one that searches single pictures: of what it finds what is expected most."""
        found = searcher.estimate(self._picture(image), time_s=self.time_s)
        bodies = [mapped(seen, self.crop) for seen in found]
        return min(
            bodies,
            key=lambda body: self.course.surprise(body.points_px, time_s=self.time_s),
            default=None,
        )

    def _picture(self, image: Image) -> Image:
        return painted(self.crop, image, self.others, spare=self.spare, heads=self.heads)
