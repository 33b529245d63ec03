"""The baseline a reader knows: plain single-person MediaPipe with published event rules.

Whole picture, one person, VIDEO mode; contacts by Zeni (2008, doi 10.1016/j.gaitpost.2007.07.007:
heel furthest ahead of the pelvis along the walk) or by O'Connor (2007, doi
10.1016/j.gaitpost.2006.05.016: lowest vertical velocity of the foot centre). Both were made for one
walker in view who walks straight; neither knows of support, so every step is called independent, as
a plain gait package would.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.signal import butter, find_peaks, sosfiltfilt

from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS

LOW_PASS_HZ = 5.0
"""As usual for adults (Stenum 2021)."""
MIN_STRIDE_S = 0.4


def follow_plainly(video: Path, model: Path) -> Track | None:
    """Follow one person with MediaPipe on the whole picture; None if nobody is ever found."""
    from gaitcheck.pose.estimator import PoseEstimator
    from gaitcheck.video.reader import open_video

    times, points, visibility, world = [], [], [], []
    with open_video(video) as reader, PoseEstimator(model) as estimator:
        for frame in reader:
            bodies = estimator.estimate(frame.image_bgr, time_s=frame.time_s)
            body = bodies[0] if bodies else None
            times.append(frame.time_s)
            points.append(body.points_px if body else np.full((N_LANDMARKS, 2), np.nan))
            visibility.append(body.visibility if body else np.zeros(N_LANDMARKS))
            world.append(body.world_m if body else np.full((N_LANDMARKS, 3), np.nan))
        size = (reader.info.width, reader.info.height)
    points_px = np.array(points, dtype=float)
    if not np.isfinite(points_px).any():
        return None
    boxes = np.full((len(times), 4), np.nan)
    seen = np.isfinite(points_px).all(axis=(1, 2))
    boxes[seen] = np.concatenate([points_px[seen].min(axis=1), points_px[seen].max(axis=1)], axis=1)
    return Track(
        person=1,
        time_s=np.array(times),
        frame_index=np.arange(len(times)),
        points_px=points_px,
        visibility=np.array(visibility, dtype=float),
        world_m=np.array(world, dtype=float),
        boxes_px=boxes,
        to_room=np.tile(np.eye(3), (len(times), 1, 1)),
        picture_size=size,
    )


def _filled(track: Track) -> tuple[np.ndarray, float]:
    """Landmarks low-passed at a constant rate, gaps bridged as such packages do."""
    rate_hz = 1 / float(np.median(np.diff(track.time_s)))
    seen = track.seen
    flat = track.points_px.reshape(len(track), -1)
    filled = np.stack(
        [np.interp(track.time_s, track.time_s[seen], column[seen]) for column in flat.T], axis=1
    )
    if 0.45 * rate_hz > LOW_PASS_HZ and len(filled) > 15:
        filled = sosfiltfilt(butter(2, LOW_PASS_HZ / (rate_hz / 2), output="sos"), filled, axis=0)
    return filled.reshape(track.points_px.shape), rate_hz


def zeni_contacts(track: Track) -> list[tuple[float, str]]:
    """Heel strikes where the heel is furthest ahead of the pelvis; (time_s, side)."""
    points, rate_hz = _filled(track)
    pelvis_x = points[:, [INDEX["left_hip"], INDEX["right_hip"]], 0].mean(axis=1)
    direction = 1.0 if pelvis_x[-1] >= pelvis_x[0] else -1.0
    events = []
    for side in ("left", "right"):
        ahead = direction * (points[:, INDEX[f"{side}_heel"], 0] - pelvis_x)
        peaks, _ = find_peaks(ahead, distance=max(1, round(MIN_STRIDE_S * rate_hz)))
        events += [(float(track.time_s[p]), side) for p in peaks]
    return sorted(events)


def oconnor_contacts(track: Track) -> list[tuple[float, str]]:
    """Heel strikes at the lowest vertical velocity of the foot centre; (time_s, side)."""
    points, rate_hz = _filled(track)
    events = []
    for side in ("left", "right"):
        centre = points[:, [INDEX[f"{side}_heel"], INDEX[f"{side}_foot_index"]], 1].mean(axis=1)
        downward = np.gradient(centre, track.time_s)
        peaks, _ = find_peaks(downward, distance=max(1, round(MIN_STRIDE_S * rate_hz)))
        events += [(float(track.time_s[p]), side) for p in peaks]
    return sorted(events)


RULES = {"Zeni": zeni_contacts, "O'Connor": oconnor_contacts}


def answer(track: Track | None, rule: str) -> dict:
    """The baseline's answer in gaitcheck's JSON contract."""
    if track is None:
        empty: dict = {"people": [], "steps": [], "sequences": [], "postures": []}
        return empty | {"first_independent_step": None}
    contacts = RULES[rule](track)
    steps = [
        {"person": 1, "side": side, "contact_s": t, "support": "none", "confidence": 1.0}
        for t, side in contacts
    ]
    seen = track.seen
    boxes = np.concatenate([track.time_s[seen, None], track.boxes_px[seen]], axis=1)
    sequence = {"person": 1, "independent": True}
    if contacts:
        sequence |= {"start_s": contacts[0][0], "end_s": contacts[-1][0]}
    return {
        "people": [{"id": 1, "boxes": boxes.tolist()}],
        "steps": steps,
        "sequences": [sequence] if len(contacts) >= 2 else [],
        "postures": [],
        "first_independent_step": {"person": 1, "time_s": contacts[0][0]} if contacts else None,
    }
