"""One person while being followed: the crop that follows, what was seen, the Track in the end."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import Crop
from gaitcheck.people.geometry import body_box, body_centre, body_size, touching
from gaitcheck.people.look import MARGIN, Look
from gaitcheck.people.plausible import Continuity
from gaitcheck.people.track import HAND_ARRAYS, Track
from gaitcheck.pose.body import Body
from gaitcheck.pose.landmarks import N_LANDMARKS

if TYPE_CHECKING:
    from gaitcheck.people.estimators import Follower

FloatArray = npt.NDArray[np.floating[Any]]

_SETTLE_S: Final = 0.25
"""Time constant of the crop's place on the body and of its size, s (arbitrary)."""
_UNSPARED_FRAMES: Final = 3
"""So long a body whose limbs are in doubt is looked for with the others painted over whole."""
_GLIMPSE_FRAMES: Final = 3
_GLIMPSE_GAP_S: Final = 0.2
"""Fewer poses than that between gaps longer than this are not believed (arbitrary)."""
_OUTSIDE_VISIBILITY: Final = 0.05
"""Visibility of landmarks outside the picture: they are guesses."""


class Person:
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
        self.key, self.first_row, self.estimator = key, row, estimator
        self.picture_size = picture_size
        self.course = Continuity(body.points_px, time_s=time_s)
        self.locked = False
        """Whether the estimator has this body, so that it follows by itself."""
        self.reset_s = -1.0
        self.n_seen = 0
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
        self._bodies: dict[int, tuple[FloatArray, FloatArray, FloatArray, FloatArray]] = {}
        self._things: dict[int, FloatArray] = {}
        self.clothes: dict[int, FloatArray] = {}
        """Colours of the clothes in some of the rows; see `gaitcheck.people.clothes`."""
        self._aim_at(body)
        self.see(body, row=row, time_s=time_s)

    def _aim_at(self, body: Body) -> None:
        box = self._box(body.points_px)
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
        return self._box(self.course.points_px)

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
        box = self._box(points)
        part = 1 - np.exp(-gone / _SETTLE_S)
        offset = (box[:2] + box[2:]) / 2 - body_centre(points)
        self._offset_px = self._offset_px + part * (offset - self._offset_px)
        self._side_px += float(part * (self._side(box, points) - self._side_px))
        self.record(body, row=row)

    def record(self, body: Body, *, row: int) -> None:
        """Keep a pose of any frame as this person's, for the Track."""
        points, box = body.points_px, self._box(body.points_px)
        limit = np.array(self.picture_size)
        outside = ((points < 0) | (points >= limit)).any(axis=1)
        visibility = np.where(
            outside, np.minimum(body.visibility, _OUTSIDE_VISIBILITY), body.visibility
        )
        self._bodies[row] = tuple(  # type: ignore[assignment]
            np.asarray(a, dtype=np.float32) for a in (points, visibility, body.world_m, box)
        )
        self.first_row = min(self.first_row, row)
        self.n_seen += 1

    def see_things(self, scores: FloatArray, *, row: int) -> None:
        """Take what the picture of a frame shows at both hands, shape (len(HAND_ARRAYS), 2)."""
        self._things[row] = scores

    def pose_at(self, row: int) -> FloatArray | None:
        """Give the landmarks of a frame, shape (33, 2), px; None where not seen."""
        kept = self._bodies.get(row)
        return None if kept is None else kept[0]

    def visibility_at(self, row: int) -> FloatArray:
        """Give how well the landmarks of a frame are seen, 0 to 1, shape (33,); 0 where not."""
        kept = self._bodies.get(row)
        return np.zeros(N_LANDMARKS) if kept is None else kept[1]

    def poses(self) -> list[tuple[int, Body]]:
        """Give the rows and poses kept so far, in order."""
        return [
            (row, Body(points.astype(float), visibility, visibility, world))
            for row, (points, visibility, world, _) in sorted(self._bodies.items())
        ]

    def boxes(self) -> dict[int, FloatArray]:
        """Give the boxes by row, shape (4,), px."""
        return {row: self._bodies[row][3] for row in sorted(self._bodies)}

    @property
    def last_row(self) -> int:
        """Row of the last pose."""
        return max(self._bodies)

    def adopt(self, earlier: Person) -> None:
        """Take what was seen of the same person under an earlier number."""
        self._bodies = {**earlier._bodies, **self._bodies}
        self._things = {**earlier._things, **self._things}
        self.clothes = {**earlier.clothes, **self.clothes}
        self.first_row = min(self.first_row, earlier.first_row)
        self.n_seen += earlier.n_seen

    def split(self, row: int, *, key: int) -> tuple[Person, Person]:
        """Give the same person before a row and another from it on, under a new key."""
        before, after = copy.copy(self), copy.copy(self)
        after.key = key
        for part, rows in ((before, range(row)), (after, range(row, self.last_row + 1))):
            part._bodies = {k: v for k, v in self._bodies.items() if k in rows}
            part._things = {k: v for k, v in self._things.items() if k in rows}
            part.clothes = {k: v for k, v in self.clothes.items() if k in rows}
            part.first_row, part.n_seen = min(part._bodies), len(part._bodies)
        return before, after

    def is_near(self, points_px: FloatArray) -> bool:
        """Whether a body's box touches this person's last one."""
        return touching(self._box(points_px), self.box_px)

    def track(
        self,
        number: int,
        *,
        time_s: Sequence[float],
        frame_index: Sequence[int],
        to_room: FloatArray,
    ) -> Track:
        """Give what was seen as a Track.

        Parameters
        ----------
        number : int
            The person's number in the video.
        time_s, frame_index, to_room
            Of all frames read in this run.
        """
        first, last = self.first_row, self.last_row
        n = last - first + 1
        points = np.full((n, N_LANDMARKS, 2), np.nan)
        visibility = np.zeros((n, N_LANDMARKS))
        world = np.full((n, N_LANDMARKS, 3), np.nan)
        boxes = np.full((n, 4), np.nan)
        at_hands = np.full((len(HAND_ARRAYS), n, 2), np.nan)
        for row in self._things.keys() & self._bodies.keys():
            at_hands[:, row - first] = self._things[row]
        for row, (p, v, w, b) in self._bodies.items():
            k = row - first
            points[k], visibility[k], world[k], boxes[k] = p, v, w, b
        told: dict[str, Any] = dict(zip(HAND_ARRAYS, at_hands, strict=True))
        return Track(
            person=number,
            time_s=np.array(time_s[first : last + 1], dtype=np.float64),
            frame_index=np.array(frame_index[first : last + 1], dtype=np.int64),
            points_px=points,
            visibility=visibility,
            world_m=world,
            boxes_px=boxes,
            to_room=np.array(to_room[first : last + 1], dtype=np.float64),
            picture_size=self.picture_size,
            **told,
        )

    def forget_glimpses(self, time_s: Sequence[float]) -> None:
        """Drop poses that stand alone between gaps: the last before a loss is often somebody else.

        Parameters
        ----------
        time_s : sequence of float
            Times of all frames read in this run.
        """
        rows = sorted(self._bodies)
        starts = [0, *(k for k in range(1, len(rows)) if self._apart(rows[k - 1 : k + 1], time_s))]
        runs = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
        kept = [row for run in runs if len(run) >= _GLIMPSE_FRAMES for row in run]
        if kept:
            self._forget_all_but(kept)
            self.first_row = kept[0]

    def _forget_all_but(self, rows: Collection[int]) -> None:
        """Forget the poses of all other rows, and the clothes read there: they are another's."""
        self._bodies = {row: self._bodies[row] for row in sorted(rows)}
        self.clothes = {row: read for row, read in self.clothes.items() if row in self._bodies}

    @staticmethod
    def _apart(rows: Sequence[int], time_s: Sequence[float]) -> bool:
        return rows[1] - rows[0] > 1 and time_s[rows[1]] - time_s[rows[0]] > _GLIMPSE_GAP_S

    def _box(self, points_px: FloatArray) -> FloatArray:
        return body_box(points_px, picture_size=self.picture_size)

    def _side(self, box: FloatArray, points_px: FloatArray) -> float:
        return max(float((box[2:] - box[:2]).max()), 0.75 * body_size(points_px), 16.0)
