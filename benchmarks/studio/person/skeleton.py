"""The joints of one person at one time, and the named places on the body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.motion import CHEST, NECK, SHOULDERS, WAIST
from benchmarks.studio.person.vectors import (
    AHEAD,
    LEFT,
    SIDES,
    SIGN,
    UP,
    Array,
    cross,
    two_bones,
    unit,
)


@dataclass(frozen=True)
class Pose:
    """One person at one time; in pairs index 0 is left, 1 right; m.

    Parameters
    ----------
    pelvis, waist, chest, neck, head : ndarray, shape (3,)
        Middle of the hips; where pelvis and chest meet; of the ribs; root of the neck; the skull.
    pelvis_axes, chest_axes, head_axes : ndarray, shape (3, 3)
        Columns left, up, ahead.
    shoulders, elbows, wrists, palms, elbow_poles, hands : ndarray, shape (2, 3)
        `hands` are the directions from wrist to fingers, `elbow_poles` where free elbows point.
    hips, knees, ankles, knee_ways, heels, balls, toes : ndarray, shape (2, 3)
        Heels, balls and toes lie on the sole.
    foot_axes, toe_axes : ndarray, shape (2, 3, 3)
    down : tuple of bool
        Which foot is in stance.
    missed_m : ndarray, shape (2,)
        How far each palm is from what it should hold.
    """

    pelvis: Array
    waist: Array
    chest: Array
    neck: Array
    head: Array
    pelvis_axes: Array
    chest_axes: Array
    head_axes: Array
    shoulders: Array
    elbows: Array
    wrists: Array
    palms: Array
    elbow_poles: Array
    hands: Array
    hips: Array
    knees: Array
    ankles: Array
    knee_ways: Array
    heels: Array
    balls: Array
    toes: Array
    foot_axes: Array
    toe_axes: Array
    down: tuple[bool, bool]
    missed_m: Array


@dataclass(frozen=True)
class Upper:
    """Trunk and head at one time, before the arms."""

    waist: Array
    chest: Array
    neck: Array
    head: Array
    shoulders: Array


def upper_body(build: Build, pelvis: Array, axes: tuple[Array, Array, Array]) -> Upper:
    """Stack waist, chest, neck and head on the pelvis; `axes` of pelvis, chest and head."""
    hip_axes, chest_axes, head_axes = axes
    long = build.trunk
    waist = pelvis + hip_axes @ (UP * long * WAIST)
    neck = waist + chest_axes @ (UP * long * NECK)
    skull = chest_axes @ (UP * 0.75 * (build.chin - build.shoulder))
    skull = skull + head_axes @ (UP * 0.5 * build.head + AHEAD * 0.1 * build.head)
    out = SIGN[:, None] * LEFT * 0.5 * build.shoulder_width + UP * long * SHOULDERS
    return Upper(
        waist, waist + chest_axes @ (UP * long * CHEST), neck, neck + skull,
        waist + out @ chest_axes.T,
    )  # fmt: skip


def soles(
    build: Build, ankles: Array, axes: Array, toe_bend: Array
) -> tuple[Array, Array, Array, Array]:
    """Give heels, balls, toes (2, 3) and the toes' axes (2, 3, 3) under the ankles."""
    left, up, ahead = axes[..., 0], axes[..., 1], axes[..., 2]
    heels = ankles - ahead * build.heel_back - up * build.ankle
    balls = ankles + ahead * build.ball_ahead - up * build.ankle
    cos, sin = np.cos(toe_bend)[:, None], np.sin(toe_bend)[:, None]
    toe_axes = np.stack([left, up * cos - ahead * sin, ahead * cos + up * sin], -1)
    return heels, balls, balls + toe_axes[..., 2] * (build.toe_ahead - build.ball_ahead), toe_axes


def bend_arms(
    build: Build, shoulders: Array, palms: Array, poles: Array
) -> tuple[Array, Array, Array]:
    """Give elbows, wrists and palms; the hands go on from the forearms."""
    elbows, palms = two_bones(
        shoulders, palms, upper=build.upper_arm, lower=build.forearm_to_palm, pole=poles
    )
    return elbows, elbows + unit(palms - elbows) * build.forearm, palms


def face_point(build: Build, pose: Pose, left: float, up: float, ahead: float) -> Array:
    """Give a place on the head, in shares of its height from its middle."""
    return np.asarray(pose.head + pose.head_axes @ np.array([left, up, ahead]) * build.head)


def truth_points(build: Build, pose: Pose) -> dict[str, Array]:
    """Give the places of `gaitcheck.pose.landmarks.NAMES` and of ``head_top``, m."""
    child = build.childish
    eye = 0.5 * (0.02 - 0.14 * child)

    def face(*place: float) -> Array:
        return face_point(build, pose, *place)

    mouth = 0.5 * (-0.52 - 0.03 * child)
    points = {"nose": face(0, -0.13 - 0.06 * child, 0.49), "head_top": face(0, 0.52, 0)}
    skin = 0.012 * build.height
    for i, side in enumerate(SIDES):
        s = SIGN[i]
        points |= {
            f"{side}_eye_inner": face(0.07 * s, eye, 0.40),
            f"{side}_eye": face(0.12 * s, eye, 0.38),
            f"{side}_eye_outer": face(0.17 * s, eye, 0.35),
            f"{side}_ear": face(0.36 * s, -0.04, -0.02),
            f"mouth_{side}": face(0.08 * s, mouth, 0.42),
            f"{side}_shoulder": pose.shoulders[i],
            f"{side}_elbow": pose.elbows[i],
            f"{side}_wrist": pose.wrists[i],
            f"{side}_hip": pose.hips[i],
            f"{side}_knee": pose.knees[i],
            f"{side}_ankle": pose.ankles[i],
            f"{side}_heel": pose.heels[i] + pose.foot_axes[i][:, 1] * skin,
            f"{side}_foot_index": pose.toes[i] + pose.toe_axes[i][:, 1] * skin,
        }
        _, thumb = hand_axes(pose, i)
        tip = pose.wrists[i] + pose.hands[i] * 0.85 * build.hand
        points |= {
            f"{side}_index": tip + thumb * 0.14 * build.hand,
            f"{side}_pinky": tip - thumb * 0.2 * build.hand - pose.hands[i] * 0.1 * build.hand,
            f"{side}_thumb": pose.wrists[i] + build.hand * (0.5 * pose.hands[i] + 0.34 * thumb),
        }
    return points


def hand_axes(pose: Pose, side: int) -> tuple[Array, Array]:
    """Give the palm's normal (outward) and the way of the thumb."""
    out = pose.chest_axes[:, 0] * SIGN[side]
    along = pose.hands[side]
    thumb = unit(cross(along, out) + 1e-9)
    normal = unit(cross(thumb, along))
    if thumb @ (pose.chest_axes[:, 2] + 0.3 * pose.chest_axes[:, 1]) < 0:
        thumb = -thumb
    return normal, thumb


ARM_POINTS = ("palm", "wrist", "elbow", "upper_arm", "forearm")
BODY_POINTS = (*ARM_POINTS, "shoulder", "armpit", "waist", "hip", "knee")
"""Places that exist on both sides: ``left_palm``, ``right_armpit``, ... Besides: ``pelvis``,
``seat``, ``back``, ``chest``, ``neck``, ``head``."""


def body_point(build: Build, pose: Pose, name: str) -> Array:
    """Give a named place on the body's surface or joints, m.

    Raises
    ------
    KeyError
        There is no such place.
    """
    h, deep = build.height, 0.064 * build.height * build.girth
    chest, hips = pose.chest_axes, pose.pelvis_axes
    middle = {
        "pelvis": pose.pelvis,
        "seat": pose.pelvis - hips[:, 2] * 0.07 * h - hips[:, 1] * 0.05 * h,
        "back": pose.chest - chest[:, 2] * (deep + 0.005 * h),
        "chest": pose.chest + chest[:, 2] * (deep + 0.005 * h),
        "neck": pose.neck,
        "head": pose.head,
    }
    if name in middle:
        return np.asarray(middle[name])
    side, _, part = name.partition("_")
    if side not in SIDES or part not in BODY_POINTS:
        raise KeyError(f"no place '{name}' on the body")
    i = SIDES.index(side)
    out = SIGN[i]
    wide = 0.5 * build.shoulder_width * 0.86
    places = {
        "palm": pose.palms[i],
        "wrist": pose.wrists[i],
        "elbow": pose.elbows[i],
        "shoulder": pose.shoulders[i] + chest[:, 1] * 0.03 * h,
        "upper_arm": 0.5 * (pose.shoulders[i] + pose.elbows[i]),
        "forearm": 0.4 * pose.elbows[i] + 0.6 * pose.wrists[i],
        "armpit": pose.chest + chest @ np.array([out * wide, 0.02 * h, -0.01 * h]),
        "waist": pose.waist
        + chest @ np.array([out * wide * 0.95 * build.girth**0.5, 0.0, -0.01 * h]),
        "hip": pose.hips[i] + hips[:, 0] * out * 0.055 * h,
        "knee": pose.knees[i],
    }
    return np.asarray(places[part])
