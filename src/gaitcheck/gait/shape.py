"""The shape of the body in each frame, in numbers that tell postures apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class BodyShape:
    """What the rules of posture look at; arrays of shape (n_frames,), NaN where not seen.

    Parameters
    ----------
    trunk_deg : ndarray
        Angle between the trunk and the upright of the picture, degrees, 0 to 180.
    hips_legs : ndarray
        Height of the hips over the lower ankle in the picture, leg lengths.
    shoulders_legs : ndarray
        The same of the shoulders.
    thigh_rise : ndarray
        Height of the hip over the knee, of the steeper thigh, in half leg lengths.
    hip_deg : ndarray
        Angle between trunk and thigh of the straighter leg, degrees, by the model's body in metres;
        NaN without one.
    on_all_fours : ndarray of bool
        Knees under the hips, hands under the shoulders, shanks flat.
    """

    trunk_deg: FloatArray
    hips_legs: FloatArray
    shoulders_legs: FloatArray
    thigh_rise: FloatArray
    hip_deg: FloatArray
    on_all_fours: BoolArray


def body_shape(track: Track) -> BodyShape:
    """Measure the body in each frame.

    Parameters
    ----------
    track : Track
        One person, sides repaired.

    Returns
    -------
    BodyShape
    """
    points = track.points_px
    leg = body_scale_px(track, points_px=points)

    def middle(part: str) -> FloatArray:
        pair = points[:, [INDEX[f"left_{part}"], INDEX[f"right_{part}"]]]
        return np.asarray(pair.mean(axis=1))

    shoulders, hips, knees, ankles, wrists = (
        middle(p) for p in ("shoulder", "hip", "knee", "ankle", "wrist")
    )
    trunk = hips - shoulders
    rises = [
        points[:, INDEX[f"{side}_knee"], 1] - points[:, INDEX[f"{side}_hip"], 1]
        for side in ("left", "right")
    ]
    lower = np.fmax(points[:, INDEX["left_ankle"], 1], points[:, INDEX["right_ankle"], 1])
    with np.errstate(invalid="ignore"):
        on_all_fours = (
            (knees[:, 1] - hips[:, 1] > 0.2 * leg)
            & (wrists[:, 1] - shoulders[:, 1] > 0.3 * leg)
            & (np.abs(knees[:, 1] - ankles[:, 1]) < 0.4 * leg)
        )
    return BodyShape(
        trunk_deg=np.degrees(np.arctan2(np.abs(trunk[:, 0]), trunk[:, 1])),
        hips_legs=(lower - hips[:, 1]) / leg,
        shoulders_legs=(lower - shoulders[:, 1]) / leg,
        thigh_rise=np.fmax(rises[0], rises[1]) / (0.5 * leg),
        hip_deg=np.fmax(_hip_deg(track.world_m, "left"), _hip_deg(track.world_m, "right")),
        on_all_fours=np.asarray(on_all_fours),
    )


def _hip_deg(world_m: FloatArray, side: str) -> FloatArray:
    shoulder, hip, knee = (world_m[:, INDEX[f"{side}_{p}"]] for p in ("shoulder", "hip", "knee"))
    trunk, thigh = shoulder - hip, knee - hip
    size = np.linalg.norm(trunk, axis=1) * np.linalg.norm(thigh, axis=1)
    cosine = (trunk * thigh).sum(axis=1) / np.maximum(size, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
