"""How far the joints found are from the true ones, and whether left is left, of one true person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.studio.joints import SEEN, Joints
from gaitcheck.gait.legs import repair_sides
from gaitcheck.gait.quality import track_quality
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

PARTS = ("hip", "knee", "ankle", "heel", "foot_index")
SIDE_PARTS = ("knee", "ankle", "heel", "foot_index")
SMALL_PX = (60.0, 120.0)
"""Heights of people whose joints are summed up on their own, px."""
APART = 0.06
"""Legs nearer than this to each other in the picture, in heights, have no side to be told: a joint
is off by half of it."""


@dataclass(frozen=True)
class JointScore:
    """What the joints of one true person came to.

    ``errors_pct`` is one mean over the joints a frame, percent of the person's height in that
    picture, legs exchanged or not, whichever is nearer; ``heights_px`` that height, ``quality``
    what gaitcheck says of that frame, 0 to 1. ``sided`` is in how many frames both legs are in
    sight and apart, ``right_before`` and ``right_after`` in how many of them left is left, as the
    model says and after exchanges were undone.
    """

    errors_pct: np.ndarray
    heights_px: np.ndarray
    quality: np.ndarray
    sided: int
    right_before: int
    right_after: int

    @property
    def small_errors_pct(self) -> np.ndarray:
        """The errors in frames in which the person is small."""
        low, high = SMALL_PX
        return self.errors_pct[(self.heights_px >= low) & (self.heights_px <= high)]


NO_JOINTS = JointScore(np.zeros(0), np.zeros(0), np.zeros(0), 0, 0, 0)


def rows_at(track: Track, times: np.ndarray) -> np.ndarray:
    """Give the track's row at each time, -1 outside it."""
    rows = np.abs(track.time_s[None] - times[:, None]).argmin(axis=1)
    near = np.abs(track.time_s[rows] - times) < 0.5 * np.median(np.diff(track.time_s))
    return np.where(near, rows, -1)


def mended(tracks: tuple[Track, ...]) -> tuple[Track, ...]:
    """Give the tracks with exchanges of the legs undone."""
    return tuple(repair_sides(track) for track in tracks)


def score_joints(
    joints: Joints,
    column: int,
    hits: np.ndarray,
    tracks: tuple[Track, ...],
    after: tuple[Track, ...],
) -> JointScore:
    """Compare the joints of one person.

    Parameters
    ----------
    joints : Joints
        The truth.
    column : int
        Which person of it.
    hits : ndarray of bool, shape (n_frames, n_tracks)
        Where which track lies on the person.
    tracks, after : tuple of Track
        As the model saw them, and with exchanges of the legs undone.
    """
    at = {name: i for i, name in enumerate(joints.landmarks)}
    errors, heights, rights, scores = [], [], [], []
    for k in range(len(tracks)):
        rows = rows_at(tracks[k], joints.time_s)
        quality = track_quality(tracks[k]).score
        for i in np.flatnonzero(hits[:, k]):
            true, seen = joints.xy[i, column], joints.seen[i, column] == SEEN
            height = float(np.ptp(true, axis=0).max())
            found = tracks[k].points_px[rows[i]]
            errors.append(100 * min(_off(found, true, at, PARTS)) / height)
            heights.append(height)
            scores.append(quality[rows[i]])
            legs = [at[f"{side}_{part}"] for side in ("left", "right") for part in SIDE_PARTS]
            left, right = true[legs[: len(SIDE_PARTS)]], true[legs[len(SIDE_PARTS) :]]
            if seen[legs].all() and np.linalg.norm(left - right, axis=1).mean() > APART * height:
                both = [
                    _off(t.points_px[rows[i]], true, at, SIDE_PARTS) for t in (tracks[k], after[k])
                ]
                rights.append([straight <= crossed for straight, crossed in both])
    right = np.array(rights, dtype=bool).reshape(-1, 2).sum(axis=0)
    return JointScore(
        np.array(errors), np.array(heights), np.array(scores),
        len(rights), int(right[0]), int(right[1]),
    )  # fmt: skip


def _off(
    found: np.ndarray, true: np.ndarray, at: dict[str, int], parts: tuple[str, ...]
) -> tuple[float, float]:
    """Mean way from the true joints, px: by the labels given, and with the sides exchanged."""
    names = [f"{side}_{part}" for side in ("left", "right") for part in parts]
    found_at = np.array([INDEX[n] for n in names])
    swapped = np.concatenate([found_at[len(parts) :], found_at[: len(parts)]])
    wanted = true[[at[n] for n in names]]
    straight, crossed = (
        float(np.linalg.norm(found[j] - wanted, axis=1).mean()) for j in (found_at, swapped)
    )
    return straight, crossed
