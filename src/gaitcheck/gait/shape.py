"""The shape of the body in each frame, in numbers that tell postures apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

SIDES: Final = ("left", "right")

KNEELING_SHANK: Final = 0.6
"""Shanks that rise less than this part of their length, knee over ankle, lie on the floor: of those
who stand or walk, toddlers and from above too, 1 in 100 has less, of those who kneel 8 in 10."""

KNEELING_THIGH: Final = 0.6
"""Over them thighs rise more than this part of theirs; of those who sit they do not."""


@dataclass(frozen=True, eq=False)
class BodyShape:
    """What the rules of posture look at; arrays of shape (n_frames,), NaN where not seen.

    Parameters
    ----------
    trunk_deg : ndarray
        Angle between the trunk and the upright of the picture, degrees, 0 to 180.
    hips_legs : ndarray
        Height of the hips over the lower ankle in the picture, leg lengths.
    shoulders_legs, shoulders_px : ndarray
        The same of the shoulders, and in px.
    thigh_rise : ndarray
        Height of the hip over the knee, of the steeper thigh, in half leg lengths.
    shank_rise : ndarray
        Height of the knee over the ankle, of the steeper shank, in half leg lengths.
    hip_deg : ndarray
        Angle between trunk and thigh of the straighter leg, degrees, by the model's body in metres;
        NaN without one.
    knee_deg : ndarray
        Angle between thigh and shank of the straighter leg, degrees, likewise.
    on_all_fours : ndarray of bool
        Knees under the hips, hands under the shoulders, shanks flat.
    """

    trunk_deg: FloatArray
    hips_legs: FloatArray
    shoulders_legs: FloatArray
    shoulders_px: FloatArray
    thigh_rise: FloatArray
    shank_rise: FloatArray
    hip_deg: FloatArray
    knee_deg: FloatArray
    on_all_fours: BoolArray

    @property
    def kneels(self) -> BoolArray:
        """Whether thighs stand on shanks that lie, shape (n_frames,)."""
        upright = self.thigh_rise > KNEELING_THIGH
        return np.asarray(upright & (self.shank_rise < KNEELING_SHANK))


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

    def steeper(upper: str, below: str) -> FloatArray:
        rises = [
            points[:, INDEX[f"{side}_{below}"], 1] - points[:, INDEX[f"{side}_{upper}"], 1]
            for side in SIDES
        ]
        return np.asarray(np.fmax(*rises) / (0.5 * leg))

    def straighter(*joints: str) -> FloatArray:
        return np.asarray(np.fmax(*(_angle_deg(track.world_m, s, joints) for s in SIDES)))

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
        shoulders_px=lower - shoulders[:, 1],
        thigh_rise=steeper("hip", "knee"),
        shank_rise=steeper("knee", "ankle"),
        hip_deg=straighter("shoulder", "hip", "knee"),
        knee_deg=straighter("hip", "knee", "ankle"),
        on_all_fours=np.asarray(on_all_fours),
    )


def _angle_deg(world_m: FloatArray, side: str, joints: tuple[str, ...]) -> FloatArray:
    """Angle at the middle one of three joints of a side, degrees, shape (n_frames,)."""
    before, at, after = (world_m[:, INDEX[f"{side}_{joint}"]] for joint in joints)
    one, other = before - at, after - at
    size = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    cosine = (one * other).sum(axis=1) / np.maximum(size, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
