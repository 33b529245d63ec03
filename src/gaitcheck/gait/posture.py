"""From a track to postures over time, by plain rules of body geometry."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.events import Posture, PostureSpan, Step
from gaitcheck.gait.shape import BodyShape, body_shape
from gaitcheck.gait.walking import walking_frames
from gaitcheck.people.track import Track

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

SITTING_HIP_DEG: Final = 138.0
"""Thighs nearer to the trunk sit, degrees (measured by the model's body: seated 120 to 137, walking
toddlers 148, stooping behind a frame 150)."""

STRAIGHT_HIP_DEG: Final = 148.0
"""Thighs straighter under the trunk stand, also where a table or a steep view hides how high the
hips are, degrees (measured: seated 145 at most)."""

KNEELING_HIPS_LEGS: Final = 0.58
"""Hips lower than this may kneel, leg lengths: half a leg above the floor."""

BENT_HIPS_LEGS: Final = 0.82
"""Hips higher over the feet than this do not sit, leg lengths: one who stoops has them at 0.9."""

LOW: Final[frozenset[Posture]] = frozenset({"sitting", "lying", "crawling"})
UPRIGHT: Final[frozenset[Posture]] = frozenset({"standing", "walking"})

RISE_S: Final = 3.0
"""A rise from sitting or lying to standing takes at most so long, s (arbitrary; a five times
sit-to-stand takes about 2 s a rise in slow patients)."""

FALL_LEGS_S: Final = 1.3
"""Hips that sink faster fall, leg lengths/s (sitting down takes 0.7 s or more for 0.5 leg
lengths; a free fall passes 2 leg lengths/s within a quarter of a second)."""


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
    on_feet = (labels == "standing") | (labels == "unknown")
    labels[walking_frames(track, steps, on_feet=np.asarray(on_feet))] = "walking"
    spans = _spans(labels, track.time_s)
    spans = _steady(spans)
    return tuple(
        PostureSpan(track.person, posture, start, end)
        for posture, start, end in _transitions(spans, track)
    )


def frame_postures(track: Track) -> npt.NDArray[np.object_]:
    """Posture of each frame by its own geometry, shape (n_frames,), of Posture words."""
    shape = body_shape(track)
    labels = np.full(len(track), "unknown", dtype=object)
    upright = shape.trunk_deg < UPRIGHT_DEG
    bent = (shape.hip_deg < SITTING_HIP_DEG) & (shape.hips_legs < BENT_HIPS_LEGS)
    sits = upright & (_sits_low(shape) | bent)
    labels[sits] = "sitting"
    straight = (shape.hip_deg >= STRAIGHT_HIP_DEG) & (shape.hips_legs >= KNEELING_HIPS_LEGS)
    stands = (shape.hips_legs >= STANDING_HIPS_LEGS) | straight
    labels[upright & ~sits & stands] = "standing"
    flat = shape.trunk_deg > LYING_DEG
    labels[flat] = "lying"
    labels[flat & shape.on_all_fours] = "crawling"
    return labels


def cannot_step(track: Track) -> npt.NDArray[np.object_]:
    """Name the posture of each frame in which nobody steps; "" elsewhere, shape (n_frames,).

    Stricter than `frame_postures`, so that one who walks stooped or crouched may walk.
    """
    shape = body_shape(track)
    labels = np.full(len(track), "", dtype=object)
    labels[(shape.trunk_deg < UPRIGHT_DEG) & _sits_low(shape)] = "sitting"
    flat = shape.trunk_deg > LYING_DEG
    labels[flat] = "lying"
    labels[flat & shape.on_all_fours] = "crawling"
    return labels


def _sits_low(shape: BodyShape) -> BoolArray:
    return np.asarray((shape.hips_legs < STANDING_HIPS_LEGS) & (shape.thigh_rise < SITTING_THIGH))


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
    """Put the way up, and a fast way down, between the postures that they join."""
    hips = body_shape(track).hips_legs
    good = np.flatnonzero(np.isfinite(hips))
    if len(good) < 3:
        return spans
    time_s, height = track.time_s[good], hips[good]
    out = list(spans)
    k = 1
    while k < len(out):
        (before, start, at), (after, _, end) = out[k - 1], out[k]
        new: Posture | None = None
        if before in LOW and after in UPRIGHT:
            new = "rising"
        elif before in UPRIGHT and after in LOW and _sinks(time_s, height, at):
            new = "falling"
        way = None if new is None else _way(time_s, height, at, (start, end))
        if new is not None and way is not None:
            out[k - 1 : k + 1] = [(before, start, way[0]), (new, *way), (after, way[1], end)]
            k += 1
        k += 1
    return [span for span in out if span[2] > span[1]]


def _way(
    time_s: FloatArray, height: FloatArray, at_s: float, within: tuple[float, float]
) -> tuple[float, float] | None:
    """When the hips left the one height and reached the other around ``at_s``; None if unclear."""
    low_s, high_s = max(within[0], at_s - RISE_S), min(within[1], at_s + RISE_S)
    before = (time_s >= low_s) & (time_s < at_s)
    after = (time_s >= at_s) & (time_s < high_s)
    if before.sum() < 2 or after.sum() < 2:
        return None
    first, last = float(np.median(height[before])), float(np.median(height[after]))
    part = (height - first) / (last - first if last != first else np.nan)
    left = np.flatnonzero(before & (part <= 0.15))
    reached = np.flatnonzero(after & (part >= 0.85))
    if not len(left) or not len(reached):
        return None
    start, end = float(time_s[left[-1]]), float(time_s[reached[0]])
    return (start, end) if end - start <= RISE_S else None


def _sinks(time_s: FloatArray, height: FloatArray, at_s: float) -> bool:
    """Whether the hips sink as in a fall within half a second."""
    near = np.abs(time_s - at_s) < 0.5
    if near.sum() < 3:
        return False
    return bool(np.min(np.gradient(height[near], time_s[near])) < -FALL_LEGS_S)
