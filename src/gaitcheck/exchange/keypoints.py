"""Keypoints of other tools, by name -> a `Track`: what a tool does not give stays unseen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import TrackError
from gaitcheck.people.track import FloatArray, Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS, NAMES

_FACE_ARMS_LEGS: Final = ("eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")

COCO_17: Final = (
    "nose",
    *(f"{side}_{part}" for part in _FACE_ARMS_LEGS for side in ("left", "right")),
)
"""Keypoints of COCO in their order (ViTPose, RTMPose, YOLO pose, ...): no heels and no toes."""

BODY_25: Final = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow",
    "left_wrist", "mid_hip", "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee",
    "left_ankle", "right_eye", "left_eye", "right_ear", "left_ear", "left_big_toe",
    "left_small_toe", "left_heel", "right_big_toe", "right_small_toe", "right_heel",
)  # fmt: skip
"""Keypoints of OpenPose's BODY_25 in their order."""

HALPE_26: Final = (
    *COCO_17, "head", "neck", "mid_hip", "left_big_toe", "right_big_toe", "left_small_toe",
    "right_small_toe", "left_heel", "right_heel",
)  # fmt: skip
"""Keypoints of Halpe-26 in their order (AlphaPose, RTMPose with feet)."""

UNRATED: Final = 0.3
"""Visibility of a point whose tool gives no confidence: it may be a guess, so that feet count and
hands are no evidence of freedom (above the feet's least and not above the hands' own)."""

_NOT_USED: Final = frozenset({
    "neck", "midhip", "pelvis", "hip", "root", "head", "headtop", "thorax", "chest", "sternum",
    "spine", "back", "background", "leftsmalltoe", "rightsmalltoe", "lsmalltoe", "rsmalltoe",
    "leftlittletoe", "rightlittletoe",
})  # fmt: skip
_PARTS: Final = {"bigtoe": "foot_index", "toe": "foot_index", "toes": "foot_index"}


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _aliases() -> dict[str, str]:
    out = {_plain(name): name for name in NAMES}
    for side in ("left", "right"):
        parts = {_plain(n.replace(side, "")): n for n in NAMES if side in n.split("_")}
        parts.update({alias: f"{side}_{part}" for alias, part in _PARTS.items()})
        for part, name in parts.items():
            for spelled in (f"{side}{part}", f"{part}{side}", f"{side[0]}{part}"):
                out.setdefault(spelled, name)
    return out


_ALIASES: Final = _aliases()


def landmark_of(name: str, *, renamed: Mapping[str, str | None] | None = None) -> int | None:
    """Find the landmark that a keypoint's name means.

    Parameters
    ----------
    name : str
        As the tool says it: ``left_heel``, ``LHeel``, ``Left Heel``, ``heel_left``.
    renamed : mapping of str to str or None, optional
        Names of the tool -> names of `gaitcheck.pose.landmarks`, None to leave one out.

    Returns
    -------
    int or None
        Number of the landmark; None for one that gait needs not (neck, small toe, ...).

    Raises
    ------
    TrackError
        If nobody knows what is meant.
    """
    meant = (renamed or {}).get(name, name)
    if meant is None:
        return None
    plain = _plain(meant)
    if plain in _ALIASES:
        return INDEX[_ALIASES[plain]]
    if plain in _NOT_USED:
        return None
    raise TrackError(
        f"unknown keypoint {name!r}: say which landmark it is by "
        f"renamed={{{name!r}: 'left_heel'}}, or None to leave it out; landmarks are "
        f"{', '.join(NAMES)}"
    )


def track_from_points(
    points_px: npt.ArrayLike,
    *,
    names: Sequence[str],
    time_s: npt.ArrayLike,
    picture_size: tuple[int, int],
    visibility: npt.ArrayLike | None = None,
    frame_index: npt.ArrayLike | None = None,
    to_room: npt.ArrayLike | None = None,
    renamed: Mapping[str, str | None] | None = None,
    person: int = 1,
) -> Track:
    """Make a track of one person's keypoints from another tool.

    Landmarks that the tool does not give are NaN with visibility 0, as are the body in metres and
    what goes along with the hands: what rests on them is answered by ``unknown``, and without
    heels and toes no step can be found. Without ``to_room`` the camera is taken as fixed.

    Parameters
    ----------
    points_px : array, shape (n_frames, n_keypoints, 2)
        x and y in px of the upright picture; NaN where not seen.
    names : sequence of str
        Of the keypoints: `COCO_17`, `BODY_25`, `HALPE_26`, or one's own.
    time_s : array, shape (n_frames,)
        Strictly increasing, s. Times of the container, not frame numbers over a rate, if at hand.
    picture_size : tuple of int
        Width and height, px.
    visibility : array, shape (n_frames, n_keypoints), optional
        The tool's confidence, 0 to 1; NaN, like none at all, counts as `UNRATED`.
    frame_index : array of int, shape (n_frames,), optional
        Numbers of the frames; by default 0, 1, 2, ...
    to_room : array, shape (n_frames, 3, 3), optional
        As for `Track`.
    renamed : mapping of str to str or None, optional
        As for `landmark_of`.
    person : int
        Number of the person, from 1.

    Returns
    -------
    Track

    Raises
    ------
    TrackError
        If shapes do not fit, times do not increase, or a keypoint is unknown or named twice.
    """
    given = np.asarray(points_px, dtype=np.float64)
    times = np.asarray(time_s, dtype=np.float64)
    wanted = (len(times), len(names), 2)
    if times.ndim != 1 or given.shape != wanted:
        raise TrackError(
            f"points_px of person {person} has shape {given.shape}, expected {wanted}: "
            "frames as in time_s, keypoints as in names, x and y"
        )
    if not np.isfinite(times).all():
        raise TrackError(f"time_s of person {person} holds what is no time")
    rated = _rated(given, visibility)
    points = np.full((len(times), N_LANDMARKS, 2), np.nan)
    seen = np.zeros((len(times), N_LANDMARKS))
    taken: dict[int, str] = {}
    for k, name in enumerate(names):
        landmark = landmark_of(name, renamed=renamed)
        if landmark is None:
            continue
        if landmark in taken:
            raise TrackError(
                f"keypoints {taken[landmark]!r} and {name!r} are both {NAMES[landmark]}: leave "
                f"one out by renamed={{{name!r}: None}}"
            )
        taken[landmark] = name
        points[:, landmark], seen[:, landmark] = given[:, k], rated[:, k]
    points[~np.isfinite(points).all(axis=2)] = np.nan
    n = len(times)
    index = np.arange(n) if frame_index is None else np.asarray(frame_index, dtype=np.int64)
    return Track(
        person=person,
        time_s=times,
        frame_index=index,
        points_px=points,
        visibility=seen,
        world_m=np.full((n, N_LANDMARKS, 3), np.nan),
        boxes_px=_boxes(points),
        to_room=np.tile(np.eye(3), (n, 1, 1))
        if to_room is None
        else np.asarray(to_room, dtype=np.float64),
        picture_size=(int(picture_size[0]), int(picture_size[1])),
    )


def picture_size_of(given: Any, told: Any) -> tuple[int, int]:
    """Take width and height as given, else as told by the data."""
    size = given or told
    if not size or None in tuple(size):
        raise TrackError("how large is the picture? Say picture_size=(width, height), in px")
    width, height = size
    return int(width), int(height)


def _rated(points: FloatArray, visibility: npt.ArrayLike | None) -> FloatArray:
    """Give each point a visibility of 0 to 1."""
    if visibility is None:
        rated = np.full(points.shape[:2], np.nan)
    else:
        rated = np.asarray(visibility, dtype=np.float64)
    if rated.shape != points.shape[:2]:
        raise TrackError(f"visibility has shape {rated.shape}, expected {points.shape[:2]}")
    rated = np.where(np.isnan(rated), UNRATED, rated)
    if rated.size and not (rated.min() >= 0 and rated.max() <= 1):
        raise TrackError("visibility must be from 0 to 1: scale the tool's confidence first")
    return np.where(np.isfinite(points).all(axis=2), rated, 0.0)


def _boxes(points: npt.NDArray[np.floating[Any]]) -> FloatArray:
    """Box around the points of each frame, shape (n_frames, 4); NaN where there are none."""
    empty = ~np.isfinite(points).any(axis=(1, 2))
    filled = np.where(empty[:, None, None], 0.0, points)
    boxes = np.hstack([np.nanmin(filled, axis=1), np.nanmax(filled, axis=1)])
    boxes[empty] = np.nan
    return np.asarray(boxes)
