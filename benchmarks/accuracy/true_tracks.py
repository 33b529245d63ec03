"""Tracks with the true joints of rendered clips: what the rules do when the pose is perfect."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.studio.joints import OUT, Joints
from gaitcheck.analysis import people_of
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS
from gaitcheck.scoring.matching import match_people
from gaitcheck.scoring.truth import TrueClip

VISIBILITY = (0.05, 0.95)
"""What a perfect model would say of a landmark outside the picture, and of any other."""


def true_tracks(clip: TrueClip, joints: Joints, tracks: tuple[Track, ...]) -> tuple[Track, ...]:
    """Give a track for each true person who was found, with the true joints in every frame.

    Facing and size (the body in metres) and the camera's motion stay what was found: the truth in
    the picture has neither.
    """
    boxes = {p.id: np.array(p.boxes, float).reshape(-1, 5) for p in people_of(tracks)}
    owner = match_people(boxes, clip.people)
    out = []
    for index, person in enumerate(clip.people):
        mine = [t for t in tracks if owner.get(t.person) == index and t.seen.any()]
        if mine:
            longest = max(mine, key=lambda t: int(t.seen.sum()))
            column = joints.people.index(person.name)
            out.append(_with_truth(longest, joints, column, number=index + 1))
    return tuple(out)


def _with_truth(track: Track, joints: Joints, column: int, *, number: int) -> Track:
    rows = np.array([np.abs(track.time_s - t).argmin() for t in joints.time_s])
    seen = np.flatnonzero(track.seen)
    worlds = seen[np.abs(seen[None] - rows[:, None]).argmin(axis=1)]
    points = track.points_px[worlds].copy()
    visibility = np.full((len(rows), N_LANDMARKS), VISIBILITY[1])
    for i, name in enumerate(joints.landmarks):
        if name in INDEX:
            points[:, INDEX[name]] = joints.xy[:, column, i]
            outside = joints.seen[:, column, i] == OUT
            visibility[outside, INDEX[name]] = VISIBILITY[0]
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    return replace(
        track,
        person=number,
        time_s=joints.time_s,
        frame_index=np.arange(len(rows)),
        points_px=points,
        visibility=visibility,
        world_m=track.world_m[worlds],
        boxes_px=boxes,
        to_room=track.to_room[rows],
        **dict.fromkeys(track.at_hands),
    )
