"""From a track to postures over time, by plain rules of body geometry."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.events import Posture, PostureSpan, Step
from gaitcheck.gait.signals import body_scale_px
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

MIN_POSTURE_S: Final = 0.4
"""A shorter posture is a flicker and joins its neighbour, s (arbitrary: a fast sit-down takes
about 0.7 s)."""

LYING_DEG: Final = 60.0
"""A trunk farther from the upright lies or crawls, degrees (arbitrary)."""

UPRIGHT_DEG: Final = 50.0
"""A trunk nearer to the upright sits, stands or walks, degrees (arbitrary; stooping walkers lean
up to about 40)."""

STANDING_HIPS_LEGS: Final = 0.68
"""Hips that are higher over the feet stand, leg lengths: crouch gait with knees bent 60 degrees
keeps 0.85, a camera that looks down 35 degrees shows 0.8 of it; on a chair 0.5 remain."""

SITTING_THIGH: Final = 0.55
"""Thighs that rise less than this part of their length, hip over knee, sit."""

RISE_S: Final = 3.0
"""A rise from sitting or lying to standing takes at most so long, s (arbitrary; a five times
sit-to-stand takes about 2 s a rise in slow patients)."""

FALL_LEGS_S: Final = 1.3
"""Hips that sink faster fall, leg lengths/s (sitting down takes 0.7 s or more for 0.5 leg
lengths; a free fall passes 2 leg lengths/s within a quarter of a second)."""

STEP_MARGIN_S: Final = 1.0
"""Steps nearer than this, one to the next, are one walk, s (design: a pause)."""


def find_postures(track: Track, steps: tuple[Step, ...]) -> tuple[PostureSpan, ...]:
    """Say how the person held themselves, from first to last frame.

    Parameters
    ----------
    track : Track
        One person, sides repaired.
    steps : tuple of Step
        Their steps; they make standing into walking.

    Returns
    -------
    tuple of PostureSpan
        Without overlap, in order, over the whole track.
    """
    labels = frame_postures(track)
    for start, end in _walks(steps):
        inside = (track.time_s >= start) & (track.time_s < end)
        labels[inside & ((labels == "standing") | (labels == "unknown"))] = "walking"
    spans = _spans(labels, track.time_s)
    spans = _steady(spans)
    return tuple(
        PostureSpan(track.person, posture, start, end)
        for posture, start, end in _transitions(spans, track)
    )


def frame_postures(track: Track) -> npt.NDArray[np.object_]:
    """Posture of each frame by its own geometry, shape (n_frames,), of Posture words."""
    shape = _Geometry(track)
    labels = np.full(len(track), "unknown", dtype=object)
    flat = shape.trunk_deg > LYING_DEG
    upright = shape.trunk_deg < UPRIGHT_DEG
    labels[flat] = "lying"
    labels[flat & shape.on_all_fours] = "crawling"
    sits = upright & (shape.hips_legs < STANDING_HIPS_LEGS) & (shape.thigh_rise < SITTING_THIGH)
    labels[sits] = "sitting"
    labels[upright & ~sits & (shape.hips_legs >= STANDING_HIPS_LEGS)] = "standing"
    return labels


class _Geometry:
    """What the rules look at; arrays of shape (n_frames,), NaN where not seen."""

    def __init__(self, track: Track) -> None:
        points = track.points_px
        leg = body_scale_px(track, points_px=points)

        def middle(part: str) -> FloatArray:
            pair = points[:, [INDEX[f"left_{part}"], INDEX[f"right_{part}"]]]
            return np.asarray(pair.mean(axis=1))

        shoulders, hips, knees, ankles, wrists = (
            middle(p) for p in ("shoulder", "hip", "knee", "ankle", "wrist")
        )
        trunk = hips - shoulders
        self.trunk_deg = np.degrees(np.arctan2(np.abs(trunk[:, 0]), trunk[:, 1]))
        sides = []
        for side in ("left", "right"):
            rise = points[:, INDEX[f"{side}_knee"], 1] - points[:, INDEX[f"{side}_hip"], 1]
            sides.append(rise / (0.5 * leg))
        self.thigh_rise = np.fmax(sides[0], sides[1])
        feet = np.fmax(points[:, INDEX["left_ankle"], 1], points[:, INDEX["right_ankle"], 1])
        self.hips_legs = (feet - hips[:, 1]) / leg
        with np.errstate(invalid="ignore"):
            self.on_all_fours = (
                (knees[:, 1] - hips[:, 1] > 0.2 * leg)
                & (wrists[:, 1] - shoulders[:, 1] > 0.3 * leg)
                & (np.abs(knees[:, 1] - ankles[:, 1]) < 0.4 * leg)
            )


def _walks(steps: tuple[Step, ...]) -> list[tuple[float, float]]:
    walks: list[tuple[float, float]] = []
    for step in steps:
        start = step.contact_s - 0.3 if step.lift_off_s is None else step.lift_off_s
        if walks and start - walks[-1][1] < STEP_MARGIN_S:
            walks[-1] = (walks[-1][0], step.contact_s)
        else:
            walks.append((start, step.contact_s))
    return walks


def _spans(
    labels: npt.NDArray[np.object_], time_s: FloatArray
) -> list[tuple[Posture, float, float]]:
    frame_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    ends = np.append(time_s[1:], time_s[-1] + frame_s)
    cuts = np.flatnonzero(labels[1:] != labels[:-1]) + 1
    starts = np.concatenate([[0], cuts])
    stops = np.append(cuts, len(labels))
    return [
        (labels[a], float(time_s[a]), float(ends[b - 1]))
        for a, b in zip(starts, stops, strict=True)
    ]


def _steady(spans: list[tuple[Posture, float, float]]) -> list[tuple[Posture, float, float]]:
    """Let each span that is too short join the neighbour that is longer, shortest first."""
    spans = list(spans)
    while len(spans) > 1:
        lengths = [end - start for _, start, end in spans]
        k = int(np.argmin(lengths))
        if lengths[k] >= MIN_POSTURE_S:
            break
        left = lengths[k - 1] if k else -1.0
        right = lengths[k + 1] if k + 1 < len(spans) else -1.0
        into = k - 1 if left >= right else k + 1
        low, high = min(k, into), max(k, into)
        spans[low : high + 1] = [(spans[into][0], spans[low][1], spans[high][2])]
        spans = _merged(spans)
    return spans


def _merged(spans: list[tuple[Posture, float, float]]) -> list[tuple[Posture, float, float]]:
    out: list[tuple[Posture, float, float]] = []
    for posture, start, end in spans:
        if out and out[-1][0] == posture:
            out[-1] = (posture, out[-1][1], end)
        else:
            out.append((posture, start, end))
    return out


def _transitions(
    spans: list[tuple[Posture, float, float]], track: Track
) -> list[tuple[Posture, float, float]]:
    """Name the way up rising and a fast way down falling."""
    low: set[Posture] = {"sitting", "lying", "crawling"}
    high: set[Posture] = {"standing", "walking"}
    out = list(spans)
    for k in range(1, len(out)):
        (before, _, _), (now, start, end) = out[k - 1], out[k]
        after = out[k + 1][0] if k + 1 < len(out) else now
        if now == "unknown" and before in low and after in high and end - start <= RISE_S:
            out[k] = ("rising", start, end)
        if (
            now == "unknown"
            and before in high
            and after in {"lying", "crawling"}
            and _sinks(track, start, end)
        ):
            out[k] = ("falling", start, end)
    return out


def _sinks(track: Track, start_s: float, end_s: float) -> bool:
    """Whether the hips sink fast at some time of the span."""
    hips = track.points_px[:, [INDEX["left_hip"], INDEX["right_hip"]], 1].mean(axis=1)
    near = (track.time_s >= start_s - 0.2) & (track.time_s < end_s + 0.2) & np.isfinite(hips)
    if near.sum() < 3:
        return False
    leg = body_scale_px(track, points_px=track.points_px)
    sink = np.gradient(hips[near], track.time_s[near]) / leg[near]
    return bool(np.max(sink) > FALL_LEGS_S)
