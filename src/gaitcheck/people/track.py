"""One person, followed: the arrays that the gait stage reads. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import TrackError
from gaitcheck.pose.landmarks import N_LANDMARKS

FloatArray = npt.NDArray[np.floating[Any]]

HAND_ARRAYS: Final = ("things", "rails", "walls", "below", "sticks", "above", "beside")
"""Arrays of a `Track`: what the pictures show at the left and the right hand, shoulder or side."""

STICK_STANDS_S: Final = 0.56
"""For so long a stick is watched to stand, s: at a slow pace it does for 0.6 to 1."""


@dataclass(frozen=True, eq=False)
class Track:
    """One person from their first frame to their last.

    One row for every frame read between those two, also where the person was not seen: such rows
    hold NaN. A gap is never filled.

    Parameters
    ----------
    person : int
        Number of the person in this video, from 1.
    time_s : ndarray, shape (n_frames,)
        The container's timestamps, strictly increasing, s.
    frame_index : ndarray of int, shape (n_frames,)
        Number of the frame as decoded, from 0.
    points_px : ndarray, shape (n_frames, 33, 2)
        Landmarks in px of the upright picture; NaN where not seen. Points outside the picture are
        the model's guess and carry a low visibility.
    visibility : ndarray, shape (n_frames, 33)
        The model's estimate that the landmark is in the picture and not hidden, 0 to 1; 0 where
        not seen.
    world_m : ndarray, shape (n_frames, 33, 3)
        The model's guess of the body in metres, origin between the hips, x to the right of the
        picture, y down, z away from the camera; NaN where not seen.
    boxes_px : ndarray, shape (n_frames, 4)
        x0, y0, x1, y1 around the whole body; NaN where not seen.
    to_room : ndarray, shape (n_frames, 3, 3)
        Takes a px position (homogeneous) of that frame to the picture of a reference frame, so that
        what is fixed in the room stays fixed: the floor where people stand, where the camera goes
        along over it. Identity for a fixed camera.
    picture_size : tuple of int
        Width and height of the upright picture, px.
    things : ndarray, shape (n_frames, 2), optional
        How clearly some thing that is no body goes along with the left and the right hand, 0 to 1;
        NaN where nobody looked or it cannot be told. None where no picture was looked at.
    rails : ndarray, shape (n_frames, 2), optional
        The same of a straight border on which each hand has gone for the last second, as it does
        along a rail, or before the foot of a wall; 0 to 1, of the full range of light, less where
        the floor seems to end at it.
    walls : ndarray, shape (n_frames, 2), optional
        The same just beyond the feet, where a wall within reach meets the floor; of both hands one.
    below : ndarray, shape (n_frames, 2), optional
        The same of some narrow thing that is no body between each hand and the floor, 0 to 1.
    sticks : ndarray, shape (n_frames, 2), optional
        How clear a thin line is that has gone from each hand to one place of the floor for the last
        half second, while the hand went on, as a stick does that stands; 0 to 1.
    above : ndarray, shape (n_frames, 2), optional
        How clearly some narrow thing that is no body goes along from each shoulder to above the
        head, as the straps of a hoist do, 0 to 1; NaN also where the camera moves.
    beside : ndarray, shape (n_frames, 2), optional
        How much of the way from hips to floor something that is no body takes up that goes along
        beside the legs, to the left and to the right of them in the picture, 0 to 1.
    coding_qp : float, optional
        How coarsely the pictures are coded: quantisation parameter of H.264, 0 to 51, of a file's
        coarsest blocks; in coarse pictures thin things fade. None where that is not known.

    Raises
    ------
    TrackError
        If shapes or times do not fit together.
    """

    person: int
    time_s: FloatArray
    frame_index: npt.NDArray[np.integer[Any]]
    points_px: FloatArray
    visibility: FloatArray
    world_m: FloatArray
    boxes_px: FloatArray
    to_room: FloatArray
    picture_size: tuple[int, int]
    things: FloatArray | None = None
    rails: FloatArray | None = None
    walls: FloatArray | None = None
    below: FloatArray | None = None
    sticks: FloatArray | None = None
    above: FloatArray | None = None
    beside: FloatArray | None = None
    coding_qp: float | None = None

    def __post_init__(self) -> None:
        n = len(self.time_s)
        wanted = {
            "time_s": (n,),
            "frame_index": (n,),
            "points_px": (n, N_LANDMARKS, 2),
            "visibility": (n, N_LANDMARKS),
            "world_m": (n, N_LANDMARKS, 3),
            "boxes_px": (n, 4),
            "to_room": (n, 3, 3),
        }
        wanted.update(dict.fromkeys(self.at_hands, (n, 2)))
        for name, shape in wanted.items():
            found = np.shape(getattr(self, name))
            if found != shape:
                raise TrackError(
                    f"track of person {self.person}: {name} has shape {found}, expected {shape}"
                )
        if n == 0:
            raise TrackError(f"track of person {self.person} has no frames")
        if not np.all(np.diff(self.time_s) > 0):
            raise TrackError(f"track of person {self.person}: time_s must strictly increase")

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def at_hands(self) -> dict[str, FloatArray]:
        """What is told of `HAND_ARRAYS`, by name."""
        told = {name: getattr(self, name) for name in HAND_ARRAYS}
        return {name: np.asarray(scores) for name, scores in told.items() if scores is not None}

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Whether the person was seen, shape (n_frames,)."""
        return np.asarray(np.isfinite(self.points_px).any(axis=(1, 2)))

    @property
    def points_room_px(self) -> FloatArray:
        """Landmarks with the camera's motion taken out, shape (n_frames, 33, 2), px."""
        ones = np.ones((*self.points_px.shape[:2], 1))
        moved = np.einsum("nij,nkj->nki", self.to_room, np.concatenate([self.points_px, ones], 2))
        return np.asarray(moved[..., :2] / moved[..., 2:], dtype=np.float64)
