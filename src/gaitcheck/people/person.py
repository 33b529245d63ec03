"""One person while being followed: the crop that follows, and how to look next."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop
from gaitcheck.people.geometry import body_centre, body_size, touching
from gaitcheck.people.look import MARGIN, Look
from gaitcheck.people.plausible import Continuity
from gaitcheck.people.sightings import Sightings
from gaitcheck.pose.body import Body

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower

FloatArray = npt.NDArray[np.floating[Any]]

_SETTLE_S: Final = 0.25
"""Time constant of the crop's place on the body and of its size, s (arbitrary)."""
_UNSPARED_FRAMES: Final = 3
"""So long a body whose limbs are in doubt is looked for with the others painted over whole."""


class Person(Sightings):
    """A person being followed.

    Parameters
    ----------
    key : int
        Running number of the candidates, from 0.
    body : Body
        First pose, px of the picture.
    row : int
        Number of the frame among those read in this run, from 0.
    time_s : float
        Its time, s.
    picture_size : tuple of int
        Width and height, px.
    estimator : Follower
        The pose estimator this person has until it is lost, with others or alone.
    """

    def __init__(
        self,
        key: int,
        body: Body,
        *,
        row: int,
        time_s: float,
        picture_size: tuple[int, int],
        estimator: Follower,
    ) -> None:
        super().__init__(row, picture_size=picture_size)
        self.key, self.estimator = key, estimator
        self.course = Continuity(body.points_px, time_s=time_s)
        self.locked = False
        """Whether the estimator has this body, so that it follows by itself."""
        self.reset_s = -1.0
        self._n_tries = 0
        """Frames looked at since it was last locked."""
        self._n_unspared = 0
        self._stray: set[Follower] = set()
        """Estimators that follow something else."""
        self.rewound = False
        """Whether it was looked for before its first pose."""
        self.held = False
        """Whether it was found at the hands of another."""
        self.in_pair = False
        """Whether it and another were one pose, and were told apart by their heads."""
        self.rivalry_s: float | None = None
        """Since when this track lies on another's body, s; None where it does not."""
        self._aim_at(body)
        self.see(body, row=row, time_s=time_s)

    def _aim_at(self, body: Body) -> None:
        box = self.box_of(body.points_px)
        self._offset_px: FloatArray = (box[:2] + box[2:]) / 2 - body_centre(body.points_px)
        self._side_px = self._side(box, body.points_px)

    def begin_anew(self, body: Body, *, row: int, time_s: float, since_row: int) -> None:
        """Take a pose as this person's and forget those that were of two people.

        Parameters
        ----------
        body : Body
            The pose, px of the picture.
        row, time_s
            The frame's number among those read in this run, and its time, s.
        since_row : int
            From this row on, and after the pose, all is forgotten.
        """
        self._forget_all_but([k for k in self._bodies if k < since_row])
        self.first_row, self.n_seen = min((row, *self._bodies)), len(self._bodies)
        self.rewound = bool(self._bodies)
        self.course = Continuity(body.points_px, time_s=time_s)
        self._aim_at(body)
        self.see(body, row=row, time_s=time_s)

    @property
    def last_seen_s(self) -> float:
        """Time of the last pose, s."""
        return self.course.time_s

    @property
    def box_px(self) -> FloatArray:
        """Box of the last pose, px."""
        return self.box_of(self.course.points_px)

    def expected_points_px(self, time_s: float) -> FloatArray:
        """Give the last pose, moved to where the body should be by now, shape (33, 2), px."""
        shift = self.course.predicted_px(time_s) - self.course.centre_px
        return np.asarray(self.course.points_px + shift)

    def crop(self, time_s: float) -> Crop:
        """Give the crop to look at next."""
        x, y = self.course.predicted_px(time_s) + self._offset_px
        gone = time_s - self.last_seen_s
        grown = 1.0 if self.locked else 1.0 + min(0.4 * gone, 0.4)
        return Crop(float(x), float(y), MARGIN * grown * self._side_px)

    def aim(
        self,
        time_s: float,
        others: Sequence[FloatArray],
        *,
        by: Follower | None = None,
        heads: Sequence[FloatArray] = (),
        first: FloatArray | None = None,
    ) -> Look:
        """Settle how to look for this person in the next picture.

        Parameters
        ----------
        time_s : float
            Its time, s.
        others : sequence of ndarray, shape (33, 2)
            People to paint over, px of the picture.
        by : Follower, optional
            The estimator that will look; one that searches by default.
        heads : sequence of ndarray, shape (33, 2)
            People whose head is painted over in any case.
        first : ndarray, shape (33, 2), optional
            Somebody else to show the estimator first; see `Look`.
        """
        expected = self.expected_points_px(time_s)
        # Where a body was just lost its place may be hidden under the other's paint, or be the
        # other's: look in turn with and without sparing it.
        self._n_tries = 0 if self.locked else self._n_tries + 1
        spared, self._n_unspared = self._n_unspared == 0, max(self._n_unspared - 1, 0)
        reset = by in self._stray
        self._stray = set() if by is None else self._stray - {by}
        return Look(
            key=self.key, time_s=time_s, crop=self.crop(time_s), expected_px=expected,
            others=tuple(others), spare=expected if spared and self._n_tries % 2 == 0 else None,
            heads=tuple(heads), locked=self.locked, reset=reset, first=first,
            course=copy.copy(self.course),
        )  # fmt: skip

    def gone_astray(self, estimators: Iterable[Follower]) -> None:
        """Tell that these estimators follow something else: they are reset before the next look."""
        self._stray |= set(estimators)

    def doubt_limbs(self) -> None:
        """Tell that limbs of this pose are those of somebody found just now."""
        self._n_unspared = _UNSPARED_FRAMES
        self.gone_astray([self.estimator])

    def see(self, body: Body, *, row: int, time_s: float) -> None:
        """Take a pose as this person's."""
        points = body.points_px
        gone = max(time_s - self.course.time_s, 0.0)
        self.course.accept(points, time_s=time_s)
        box = self.box_of(points)
        part = 1 - np.exp(-gone / _SETTLE_S)
        offset = (box[:2] + box[2:]) / 2 - body_centre(points)
        self._offset_px = self._offset_px + part * (offset - self._offset_px)
        self._side_px += float(part * (self._side(box, points) - self._side_px))
        self.record(body, row=row)

    def split(self, row: int, *, key: int) -> tuple[Person, Person]:
        """Give the same person before a row and another from it on, under a new key."""
        before, after = copy.copy(self), copy.copy(self)
        after.key = key
        before.keep(range(row))
        after.keep(range(row, self.last_row + 1))
        return before, after

    def is_near(self, points_px: FloatArray) -> bool:
        """Whether a body's box touches this person's last one."""
        return touching(self.box_of(points_px), self.box_px)

    def _side(self, box: FloatArray, points_px: FloatArray) -> float:
        return max(float((box[2:] - box[:2]).max()), 0.75 * body_size(points_px), 16.0)
