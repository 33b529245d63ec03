"""What was seen of one person, frame by frame, and the Track it makes in the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import body_box
from gaitcheck.people.track import HAND_ARRAYS, Track
from gaitcheck.pose.body import Body
from gaitcheck.pose.landmarks import N_LANDMARKS

FloatArray = npt.NDArray[np.floating[Any]]

_GLIMPSE_FRAMES: Final = 3
_GLIMPSE_GAP_S: Final = 0.2
"""Fewer poses than that between gaps longer than this are not believed (arbitrary)."""
_OUTSIDE_VISIBILITY: Final = 0.05
"""Visibility of landmarks outside the picture: they are guesses."""


class Sightings:
    """Poses of one person, what the pictures show at the hands, and the clothes, by row.

    Parameters
    ----------
    row : int
        Number of the first frame among those read in this run, from 0.
    picture_size : tuple of int
        Width and height, px.
    """

    def __init__(self, row: int, *, picture_size: tuple[int, int]) -> None:
        self.first_row, self.picture_size = row, picture_size
        self.n_seen = 0
        self.clothes: dict[int, FloatArray] = {}
        """Colours of the clothes in some of the rows; see `gaitcheck.people.clothes`."""
        self._bodies: dict[int, tuple[FloatArray, FloatArray, FloatArray, FloatArray]] = {}
        self._things: dict[int, FloatArray] = {}

    def record(self, body: Body, *, row: int) -> None:
        """Keep a pose of any frame as this person's, for the Track."""
        points, box = body.points_px, self.box_of(body.points_px)
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

    def adopt(self, earlier: Sightings) -> None:
        """Take what was seen of the same person under an earlier number."""
        self._bodies = {**earlier._bodies, **self._bodies}
        self._things = {**earlier._things, **self._things}
        self.clothes = {**earlier.clothes, **self.clothes}
        self.first_row = min(self.first_row, earlier.first_row)
        self.n_seen += earlier.n_seen

    def keep(self, rows: Collection[int]) -> None:
        """Forget what was seen in all other rows; something must be left."""
        self._forget_all_but([row for row in self._bodies if row in rows])
        self._things = {row: seen for row, seen in self._things.items() if row in rows}
        self.first_row, self.n_seen = min(self._bodies), len(self._bodies)

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

    def box_of(self, points_px: FloatArray) -> FloatArray:
        """Give the box of a pose, px."""
        return body_box(points_px, picture_size=self.picture_size)
