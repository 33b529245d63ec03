"""Tracks and analyses of a stick figure that walks through the numbered clips of `tests.clips`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gaitcheck.analysis import people_of
from gaitcheck.answer import Analysis
from gaitcheck.gait.events import FirstStep, Step, StepSequence, Support
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS
from gaitcheck.video.frame import VideoInfo
from tests.output.examples import analysis_of

PLACES = {  # shares of the height, from the crown down, and of the height to either side
    "nose": (0.08, 0.02), "ear": (0.07, 0.03), "eye": (0.06, 0.02), "mouth": (0.1, 0.01),
    "shoulder": (0.2, 0.1), "elbow": (0.35, 0.12), "wrist": (0.48, 0.12), "hip": (0.5, 0.06),
    "knee": (0.73, 0.06), "ankle": (0.94, 0.06), "heel": (0.97, 0.05), "foot_index": (0.98, 0.1),
}  # fmt: skip


def body(middle_px: float, top_px: float, height_px: float) -> np.ndarray:
    """33 landmarks of somebody who faces the camera: their left is at the right."""
    points = np.zeros((N_LANDMARKS, 2))
    for name, column in INDEX.items():
        part = max((p for p in PLACES if p in name), key=len, default="wrist")
        down, aside = PLACES[part]
        side = 1 if "left" in name else -1 if "right" in name else 0
        points[column] = middle_px + side * aside * height_px, top_px + down * height_px
    return points


def track(
    times_s: np.ndarray,
    *,
    person: int = 1,
    start_px: float = 20.0,
    speed_px_s: float = 30.0,
    top_px: float = 12.0,
    height_px: float = 40.0,
    size_px: tuple[int, int] = (128, 64),
    unseen: slice | None = None,
) -> Track:
    """Somebody who goes to the right at an even speed; NaN in the rows ``unseen``."""
    n = len(times_s)
    points = np.array([body(start_px + speed_px_s * t, top_px, height_px) for t in times_s])
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    visibility = np.ones((n, N_LANDMARKS))
    if unseen is not None:
        points[unseen], boxes[unseen], visibility[unseen] = np.nan, np.nan, 0.0
    return Track(
        person=person,
        time_s=np.asarray(times_s, dtype=float),
        frame_index=np.arange(n),
        points_px=points,
        visibility=visibility,
        world_m=np.zeros((n, N_LANDMARKS, 3)),
        boxes_px=boxes,
        to_room=np.tile(np.eye(3), (n, 1, 1)),
        picture_size=size_px,
    )


def steps_of(
    person: int, contacts_s: list[float], *, sequence: int = 1, support: Support = "none"
) -> tuple[tuple[Step, ...], StepSequence]:
    """Steps, left first, and their sequence."""
    steps = tuple(
        Step(person, "right" if i % 2 else "left", t - 0.1, t, support, 0.9, sequence)
        for i, t in enumerate(contacts_s)
    )
    free = support == "none" and len(steps) > 1
    return steps, StepSequence(
        sequence, person, contacts_s[0] - 0.1, contacts_s[-1], len(steps), support, free, 0.9
    )


def walk(
    *tracks: Track,
    walks: tuple[tuple[tuple[Step, ...], StepSequence], ...] = (),
    duration_s: float = 2.0,
    fps: float = 30.0,
) -> Analysis:
    """An analysis of these tracks."""
    made = analysis_of(*walks)
    size = tracks[0].picture_size if tracks else (128, 64)
    first = made.first_independent_step
    if first is not None:
        contact_s = min(s.contact_s for s in made.steps if s.sequence == first.sequence)
        first = FirstStep(first.person, contact_s, first.sequence)
    return replace(
        made,
        video=VideoInfo("clip.mp4", *size, round(duration_s * fps), duration_s, fps),
        people=people_of(tracks),
        tracks=tracks,
        postures=(),
        rejected=(),
        first_independent_step=first,
    )
