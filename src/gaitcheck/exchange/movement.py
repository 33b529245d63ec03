"""Tracks to and from data sets of poses of the ``movement`` package (xarray, which loads late).

The data sets that gaitcheck makes hold all that a `Track` holds, in variables of their own beside
``position`` and ``confidence``; those of other tools hold less, and what is missing stays unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gaitcheck.errors import TrackError
from gaitcheck.exchange.keypoints import landmark_of, picture_size_of, track_from_points
from gaitcheck.optional import optional
from gaitcheck.people.track import HAND_ARRAYS, Track
from gaitcheck.pose.landmarks import N_LANDMARKS, NAMES

if TYPE_CHECKING:
    import xarray as xr

DIMS: Final = ("time", "space", "keypoint", "individual")
"""Dimensions of ``position`` in a data set of poses of the ``movement`` package."""
PLURALS: Final = {"keypoint": "keypoints", "individual": "individuals"}
"""As two of them were called before its 0.17."""


def tracks_to_movement(tracks: Iterable[Track]) -> xr.Dataset:
    """Give tracks as a data set of poses of the ``movement`` package.

    ``position`` has the dimensions `DIMS` and ``confidence`` the same without space; both are over
    the times of all tracks, NaN where a person was not there. Beside a ``movement`` before 0.17 the
    dimensions keypoint and individual are called keypoints and individuals, as it wants them.
    ``world_m``, ``boxes_px``, ``to_room``, ``things``, ``rails``, ``walls``, ``below``, ``sticks``,
    ``above`` and ``beside`` are as in `Track`. Times are the container's: ``fps`` is given only
    where they are even.

    Raises
    ------
    TrackError
        If there are no tracks: a data set needs at least one individual.
    MissingPackageError
        Without xarray.
    """
    xarray = optional("xarray", extra="movement")
    tracks = tuple(tracks)
    if not tracks:
        raise TrackError("there are no tracks: a data set of poses needs at least one person")
    times = np.unique(np.concatenate([track.time_s for track in tracks]))
    n, people = len(times), len(tracks)
    position = np.full((n, 2, N_LANDMARKS, people), np.nan)
    confidence = np.full((n, N_LANDMARKS, people), np.nan)
    world_m = np.full((n, 3, N_LANDMARKS, people), np.nan)
    boxes_px = np.full((n, 4, people), np.nan)
    at_hands = {
        name: np.full((n, 2, people), np.nan) for track in tracks for name in track.at_hands
    }
    to_room = np.tile(np.eye(3), (n, 1, 1))
    frames = np.zeros(n, dtype=np.int64)
    for k, track in enumerate(tracks):
        rows = np.searchsorted(times, track.time_s)
        position[rows, :, :, k] = track.points_px.transpose(0, 2, 1)
        confidence[rows, :, k] = track.visibility
        world_m[rows, :, :, k] = track.world_m.transpose(0, 2, 1)
        boxes_px[rows, :, k] = track.boxes_px
        frames[rows], to_room[rows] = track.frame_index, track.to_room
        for name, scores in track.at_hands.items():
            at_hands[name][rows, :, k] = scores
    width, height = tracks[0].picture_size
    data = {
        "position": (DIMS, position),
        "confidence": (("time", "keypoint", "individual"), confidence),
        "world_m": (("time", "axis", "keypoint", "individual"), world_m),
        "boxes_px": (("time", "edge", "individual"), boxes_px),
        "to_room": (("time", "row", "column"), to_room),
    }
    data.update({name: (("time", "hand", "individual"), a) for name, a in at_hands.items()})
    attributes = {
        "ds_type": "poses",
        "source_software": "gaitcheck",
        "time_unit": "seconds",
        "picture_width": width,
        "picture_height": height,
    }
    steps = np.diff(times)
    if len(steps) and np.ptp(steps) < 0.002:  # a container counts in ms, seen as uneven by 1 ms
        attributes["fps"] = float(1 / steps.mean())
    poses: xr.Dataset = xarray.Dataset(
        data,
        coords={
            "time": times,
            "space": ["x", "y"],
            "keypoint": list(NAMES),
            "individual": [f"person_{track.person}" for track in tracks],
            "frame": ("time", frames),
        },
        attrs=attributes,
    )
    return poses.rename(PLURALS) if _wants_plurals() else poses


def tracks_from_movement(
    poses: xr.Dataset,
    *,
    picture_size: tuple[int, int] | None = None,
    fps: float | None = None,
    renamed: Mapping[str, str | None] | None = None,
) -> tuple[Track, ...]:
    """Make tracks of a data set of poses of the ``movement`` package.

    Parameters
    ----------
    poses : Dataset
        With ``position`` over `DIMS`, or these in the plural (px, x and y), and, if there is any,
        ``confidence``.
    picture_size : tuple of int, optional
        Width and height, px; by default the data set's ``picture_width`` and ``picture_height``.
    fps : float, optional
        Frames a second, needed where the data set counts its time in frames, Hz.
    renamed : mapping of str to str or None, optional
        As for `track_from_points`, which says what becomes of what is missing.

    Raises
    ------
    TrackError
        If variables or dimensions are missing, times do not increase or are in frames without
        ``fps``, or a keypoint is unknown.
    MissingPackageError
        Without xarray.
    """
    optional("xarray", extra="movement")
    poses = poses.rename({old: new for new, old in PLURALS.items() if old in poses.coords})
    if "position" not in poses:
        raise TrackError("the data set has no variable `position`: it is no data set of poses")
    position = poses["position"]
    if "individual" not in position.dims:
        position = position.expand_dims("individual")
    if set(position.dims) != set(DIMS) or not {"x", "y"} <= set(position["space"].values.tolist()):
        raise TrackError(
            f"position has the dimensions {tuple(map(str, position.dims))}, expected "
            f"{', '.join(DIMS)} with x and y in space"
        )
    times = _times(poses, fps)
    points = position.sel(space=["x", "y"]).transpose("individual", "time", "keypoint", "space")
    rated = None
    if "confidence" in poses:
        rated = poses["confidence"]
        rated = rated if "individual" in rated.dims else rated.expand_dims("individual")
        rated = rated.transpose("individual", "time", "keypoint").to_numpy()
    size = picture_size_of(
        picture_size, (poses.attrs.get("picture_width"), poses.attrs.get("picture_height"))
    )
    frames = poses["frame"].to_numpy() if "frame" in poses.coords else np.arange(len(times))
    people = _numbers([str(one) for one in np.atleast_1d(points["individual"].values)])
    found = []
    for k, person in enumerate(people):
        own = points[k].to_numpy()
        there = np.flatnonzero(np.isfinite(own).any(axis=(1, 2)))
        if not len(there):
            continue
        span = slice(there[0], there[-1] + 1)
        track = track_from_points(
            own[span],
            names=[str(name) for name in points["keypoint"].values],
            time_s=times[span],
            picture_size=size,
            visibility=None if rated is None else rated[k, span],
            frame_index=frames[span],
            renamed=renamed,
            person=person,
        )
        found.append(_with_own(track, poses, k, span, renamed))
    return tuple(found)


def _wants_plurals() -> bool:
    """Whether the ``movement`` that is installed knows the old names of the dimensions only."""
    try:
        installed = re.match(r"(\d+)\.(\d+)", version("movement"))
    except PackageNotFoundError:
        return False
    return installed is not None and (int(installed[1]), int(installed[2])) < (0, 17)


def _with_own(
    track: Track, poses: xr.Dataset, k: int, span: slice, renamed: Mapping[str, str | None] | None
) -> Track:
    """Add what only a data set of `tracks_to_movement` holds, of its k-th individual."""
    more: dict[str, Any] = {}
    if "to_room" in poses:
        more["to_room"] = poses["to_room"].transpose("time", ...).to_numpy()[span]
    if {"world_m", "boxes_px"} <= set(poses):
        own = poses.isel(time=span)
        own = own.isel(individual=k) if "individual" in own.dims else own
        own = own.transpose("time", ..., "keypoint")
        more["boxes_px"] = own["boxes_px"].to_numpy()
        more["world_m"] = track.world_m.copy()
        for i, name in enumerate(poses["keypoint"].values):
            if (landmark := landmark_of(str(name), renamed=renamed)) is not None:
                more["world_m"][:, landmark] = own["world_m"].isel(keypoint=i).to_numpy()
        more.update({name: own[name].to_numpy() for name in HAND_ARRAYS if name in own})
    return replace(track, **more)


def _times(poses: xr.Dataset, fps: float | None) -> Any:
    times = poses["time"].to_numpy()
    if poses.attrs.get("time_unit") != "frames":
        return times
    if fps is None:
        raise TrackError("the data set counts its time in frames: say how many a second by fps=")
    if not fps > 0:
        raise TrackError(f"fps must be above 0, not {fps}")
    return times / fps


def _numbers(individuals: list[str]) -> list[int]:
    """Take numbers off the ends of names (person_2), or count from 1 if those are none."""
    ends = [re.search(r"(\d+)$", name) for name in individuals]
    numbers = [int(end[1]) for end in ends if end]
    if len(set(numbers)) == len(individuals) and min(numbers, default=0) > 0:
        return numbers
    return list(range(1, len(individuals) + 1))
