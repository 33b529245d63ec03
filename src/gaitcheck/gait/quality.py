"""How well somebody was seen: a score for each frame, and when and why it is low."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

LOW: Final = 0.5
"""Below this score a frame is told as badly seen."""

LASTS_S: Final = 0.3
"""What is bad for less is not told, s (arbitrary: half a step)."""

VISIBLE: Final = (0.25, 0.7)
"""Mean visibility of the legs at which nothing is known and at which all is."""

SMALL_PX: Final = (25.0, 60.0)
"""Heights of a body at which nothing is known and at which all is, px (people under 60 px have half
as much error again)."""

JUMPS: Final = (0.15, 0.04)
"""Way of the joints of the legs from their median over five frames, leg lengths: nothing, all."""

BONES: Final = (2.0, 1.35)
"""Longest thigh or shank in the picture, in halves of the leg's length: nothing, all."""

WORDS: Final = {
    "unseen": "not seen",
    "outside": "feet out of the picture",
    "visible": "legs hidden",
    "large": "too small in the picture",
    "steady": "joints jump about",
    "plausible": "bones of impossible length",
}
"""Why a frame is bad, in words."""

_SIDES: Final = ("left", "right")
_LEGS: Final = np.array(
    [INDEX[f"{s}_{p}"] for s in _SIDES for p in ("hip", "knee", "ankle", "heel", "foot_index")]
)
_FEET: Final = np.array([INDEX[f"{s}_{p}"] for s in _SIDES for p in ("ankle", "foot_index")])
_BONES: Final = tuple(
    (INDEX[f"{s}_{a}"], INDEX[f"{s}_{b}"])
    for s in _SIDES
    for a, b in (("hip", "knee"), ("knee", "ankle"))
)


@dataclass(frozen=True)
class BadlySeen:
    """A time in which somebody was badly seen.

    Parameters
    ----------
    person : int
        Who.
    start_s, end_s : float
        When, s.
    reason : str
        Why, in words: "not seen", "feet out of the picture", "legs hidden", "too small in the
        picture", "joints jump about", "bones of impossible length".
    score : float
        Mean quality in that time, 0 to 1.
    """

    person: int
    start_s: float
    end_s: float
    reason: str
    score: float


@dataclass(frozen=True, eq=False)
class TrackQuality:
    """How well one person was seen.

    Parameters
    ----------
    score : ndarray, shape (n_frames,)
        0 to 1; 0 where the person was not seen.
    parts : dict of str to ndarray, shape (n_frames,)
        What it is the product of: ``visible``, ``large``, ``steady``, ``plausible``.
    bad : tuple of BadlySeen
        Times of low scores, in order.
    """

    score: FloatArray
    parts: dict[str, FloatArray]
    bad: tuple[BadlySeen, ...]


def track_quality(track: Track) -> TrackQuality:
    """Score each frame of a track by visibility, size, steadiness and length of bones.

    Parameters
    ----------
    track : Track
        One person.

    Returns
    -------
    TrackQuality
        Of the legs above all, for steps are read from them; how well hands are seen is a matter of
        support, whose reasons name them.
    """
    seen = np.asarray(np.isfinite(track.points_px[:, _LEGS]).all(axis=(1, 2)))
    leg_px = body_scale_px(track)
    parts = {
        "visible": np.interp(track.visibility[:, _LEGS].mean(axis=1), VISIBLE, (0.0, 1.0)),
        "large": np.interp(_height_px(track), SMALL_PX, (0.0, 1.0)),
        "steady": np.interp(_jumps(track, seen) / leg_px, JUMPS[::-1], (1.0, 0.0)),
        "plausible": np.interp(_longest_bone(track) / (leg_px / 2), BONES[::-1], (1.0, 0.0)),
    }
    parts = {name: np.where(seen, part, 0.0) for name, part in parts.items()}
    score = np.prod(list(parts.values()), axis=0)
    return TrackQuality(score, parts, _bad(track, score, parts, seen))


def _height_px(track: Track) -> FloatArray:
    return np.asarray(np.nan_to_num(track.boxes_px[:, 3] - track.boxes_px[:, 1]))


def _jumps(track: Track, seen: npt.NDArray[np.bool_]) -> FloatArray:
    """Mean way of the legs' joints from where they are in the median, px."""
    out = np.zeros(len(track))
    points = track.points_room_px[seen][:, _LEGS]
    if len(points):
        calm = median_filter(points, size=(5, 1, 1), mode="nearest")
        out[seen] = np.linalg.norm(points - calm, axis=2).mean(axis=1)
    return out


def _longest_bone(track: Track) -> FloatArray:
    points = track.points_room_px
    bones = [np.linalg.norm(points[:, a] - points[:, b], axis=1) for a, b in _BONES]
    return np.asarray(np.nan_to_num(np.max(bones, axis=0)))


def _bad(
    track: Track, score: FloatArray, parts: dict[str, FloatArray], seen: npt.NDArray[np.bool_]
) -> tuple[BadlySeen, ...]:
    names = list(parts)
    worst = np.array([names[k] for k in np.argmin(list(parts.values()), axis=0)])
    width, height = track.picture_size
    inside = np.asarray(((track.points_px >= 0) & (track.points_px < (width, height))).all(axis=2))
    out_of_picture = ~inside[:, _FEET].any(axis=1)
    why = np.where(out_of_picture & (worst == "visible"), "outside", worst)
    why = np.where(seen, why, "unseen")
    why = np.where(score < LOW, why, "")
    frame_s = float(np.median(np.diff(track.time_s))) if len(track) > 1 else 0.0
    out, row = [], 0
    for reason, same in groupby(why.tolist()):
        rows = slice(row, row + len(list(same)))
        row = rows.stop
        start_s, end_s = float(track.time_s[rows.start]), float(track.time_s[row - 1]) + frame_s
        if reason and end_s - start_s >= LASTS_S:
            mean = round(float(score[rows].mean()), 3)
            out.append(BadlySeen(track.person, start_s, end_s, WORDS[reason], mean))
    return tuple(out)
