"""From a track to postures over time, by plain rules of body geometry."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.events import Posture, PostureSpan, Rejection, Step
from gaitcheck.gait.shape import BodyShape, body_shape
from gaitcheck.gait.walking import steps_go_on, walking_frames
from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

MIN_POSTURE_S: Final = 0.4
"""A shorter posture is a flicker and joins its neighbour, s (arbitrary: a fast sit-down takes
about 0.7 s)."""

LYING_DEG: Final = 60.0
"""A trunk farther from the upright lies or crawls, degrees (arbitrary)."""

LEANING: Final = (40.0, 0.35)
"""A trunk that leans farther, degrees, over hips lower than this, leg lengths, lies too, seen along
the body: who kneels has the hips at 0.39, who sits on the floor the trunk upright."""

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

SITTING_KNEE_DEG: Final = 135.0
"""Knees more bent than this allow for a seat, degrees, seen however steeply: stooping walkers have
straighter ones."""

STRAIGHT_KNEE_DEG: Final = 150.0
"""Knees straighter than this do not sit, degrees (rendered, seated: 146 at most), but on the floor:
small children at a table, seen from above, have the hips as low and the thighs as short as on a
chair."""

FLOOR_HIPS_LEGS: Final = 0.4
"""Hips lower than this may sit on the floor, legs stretched, leg lengths."""

SEATED_HIPS_LEGS: Final = 0.9
"""With such knees hips lower than this may sit, leg lengths (rendered, sitting seen from the front
and above: 0.87 at most)."""

SEATED_S: Final = 1.1
"""Who sits for less, and is then still seen, goes on to the floor or the knees, s (rendered
kneeling: 0.5 to 0.9)."""

NOT_SUNK: Final = 0.87
"""Who is on their feet before and after, the shoulders over them not lower than this part of their
height then, stands meanwhile (seated 0.7, kneeling 0.59 to 0.65): the legs are hidden."""

SEAT_HIP_DEG: Final = 135.0
SEAT_KNEE_DEG: Final = 90.0
"""Thighs nearer to the trunk over knees less bent are a clear seat, also with the shoulders as
high, from above, degrees (rendered, seated: 1 in 100 has straighter hips or more bent knees)."""

SEEN: Final = 0.8
"""Part of the time in which they must be seen (arbitrary)."""

BESIDE_S: Final = 1.0
"""How high they were is their median over so long, s."""

LOW: Final[frozenset[Posture]] = frozenset({"sitting", "lying", "crawling"})
UPRIGHT: Final[frozenset[Posture]] = frozenset({"standing", "walking"})


def find_postures(
    track: Track, steps: tuple[Step, ...], *, uncounted: Sequence[Rejection] = ()
) -> tuple[PostureSpan, ...]:
    """Say how the person held themselves, from first to last frame.

    `gait.timeline` lays over it what happened between.

    Parameters
    ----------
    track : Track
        One person, sides repaired.
    steps : tuple of Step
        Their steps; they make standing into walking.
    uncounted : sequence of Rejection
        Movements that were not counted as steps: beside a walk they belong to it.

    Returns
    -------
    tuple of PostureSpan
        Without overlap, in order, over the whole track.
    """
    labels = frame_postures(track)
    on_feet = np.isin(labels, ("standing", "unknown"))
    on_feet |= (labels == "sitting") & steps_go_on(track, steps)  # seats do not go by steps
    labels[walking_frames(track, steps, on_feet=on_feet, uncounted=uncounted)] = "walking"
    spans = _not_seated(_steady(_spans(labels, track.time_s)))
    return tuple(
        PostureSpan(track.person, posture, start, end)
        for posture, start, end in _merged(_not_sunk(spans, track))
    )


def frame_postures(track: Track) -> npt.NDArray[np.object_]:
    """Posture of each frame by its own geometry, shape (n_frames,), of Posture words."""
    shape = body_shape(track)
    labels = np.full(len(track), "unknown", dtype=object)
    upright = (shape.trunk_deg < UPRIGHT_DEG) & ~shape.kneels
    high = np.where(shape.knee_deg < SITTING_KNEE_DEG, SEATED_HIPS_LEGS, BENT_HIPS_LEGS)
    bent = (shape.hip_deg < SITTING_HIP_DEG) & (shape.hips_legs < high)
    sits = upright & (_sits_low(shape) | bent)
    labels[sits] = "sitting"
    straight = (shape.hip_deg >= STRAIGHT_HIP_DEG) & (shape.hips_legs >= KNEELING_HIPS_LEGS)
    stands = (shape.hips_legs >= STANDING_HIPS_LEGS) | straight | _is_straight(shape)
    labels[upright & ~sits & stands] = "standing"
    flat = shape.trunk_deg > LYING_DEG
    low = (shape.trunk_deg > LEANING[0]) & (shape.hips_legs < LEANING[1])
    labels[flat | low] = "lying"
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
    low = (shape.hips_legs < STANDING_HIPS_LEGS) & (shape.thigh_rise < SITTING_THIGH)
    straight = (shape.hip_deg >= STRAIGHT_HIP_DEG) | (shape.knee_deg >= STRAIGHT_KNEE_DEG)
    on_feet = (straight & (shape.hips_legs > FLOOR_HIPS_LEGS)) | _is_straight(shape)
    return np.asarray(low & ~on_feet)


def _is_straight(shape: BodyShape) -> BoolArray:
    """Whether hips and knees are straight: on one's feet, however short from above."""
    return np.asarray((shape.hip_deg >= STRAIGHT_HIP_DEG) & (shape.knee_deg >= STRAIGHT_KNEE_DEG))


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


def _not_seated(
    spans: list[tuple[Posture, float, float]],
) -> list[tuple[Posture, float, float]]:
    """Take bent bodies on the way from the feet to the knees or the floor for what they are."""
    out = list(spans)
    for k in range(1, len(spans) - 1):
        (before, _, _), (posture, start, end), (after, _, _) = spans[k - 1 : k + 2]
        down = before in UPRIGHT and after in ("unknown", "crawling", "lying")
        if posture == "sitting" and down and end - start < SEATED_S:
            out[k] = ("unknown", start, end)
    return out


def _not_sunk(
    spans: list[tuple[Posture, float, float]], track: Track
) -> list[tuple[Posture, float, float]]:
    """Let those stand whose legs seem bent between being on their feet, the shoulders as high."""
    shape, time_s = body_shape(track), track.time_s

    def typical(values: FloatArray, start_s: float, end_s: float, percent: float = 50) -> float:
        inside = values[(time_s >= start_s) & (time_s < end_s)]
        inside = inside[np.isfinite(inside)]
        return float(np.percentile(inside, percent)) if len(inside) else np.nan

    def doubtful(span: tuple[Posture, float, float]) -> bool:
        posture, *when = span
        hip, knee = (typical(part, *when) for part in (shape.hip_deg, shape.knee_deg))
        seat = hip < SEAT_HIP_DEG and knee > SEAT_KNEE_DEG
        kneels = typical(shape.kneels.astype(float), *when) > 0.5
        return (posture == "unknown" and not kneels) or (posture == "sitting" and not seat)

    heights = (shape.shoulders_legs, shape.shoulders_px)  # a body that kneels also looks smaller
    out = list(spans)
    for is_doubtful, group in groupby(range(len(spans)), key=lambda k: doubtful(spans[k])):
        rows = list(group)
        beside = [spans[k] for k in (rows[0] - 1, rows[-1] + 1) if 0 <= k < len(spans)]
        if not is_doubtful or not beside or not all(span[0] in UPRIGHT for span in beside):
            continue
        start_s, end_s = spans[rows[0]][1], spans[rows[-1]][2]
        around = [
            (max(first, start_s - BESIDE_S), min(last, end_s + BESIDE_S))
            for _, first, last in beside
        ]
        least = [NOT_SUNK * min(typical(high, *when) for when in around) for high in heights]
        for k in rows:
            when = spans[k][1:]
            seen = np.isfinite(heights[0][(time_s >= when[0]) & (time_s < when[1])])
            up = (typical(high, *when, 10) for high in heights)
            if seen.mean() > SEEN and all(high >= low for high, low in zip(up, least, strict=True)):
                out[k] = ("standing", *when)
    return out


def _merged(spans: list[tuple[Posture, float, float]]) -> list[tuple[Posture, float, float]]:
    out: list[tuple[Posture, float, float]] = []
    for posture, start, end in spans:
        if out and out[-1][0] == posture:
            out[-1] = (posture, out[-1][1], end)
        else:
            out.append((posture, start, end))
    return out
