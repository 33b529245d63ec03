"""Pictures to look at: contact sheets of scenes, with the truth drawn in if wished."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from benchmarks.studio.build import World
from benchmarks.studio.effects import develop
from benchmarks.studio.jobs import exposed
from benchmarks.studio.joints import SEEN, JointRecorder
from benchmarks.studio.renderer import Renderer

_BONES = (
    ("left_hip", "left_knee"),
    ("left_knee", "left_ankle"),
    ("left_ankle", "left_heel"),
    ("left_heel", "left_foot_index"),
    ("right_hip", "right_knee"),
    ("right_knee", "right_ankle"),
    ("right_ankle", "right_heel"),
    ("right_heel", "right_foot_index"),
    ("left_shoulder", "left_elbow"),
    ("left_elbow", "left_wrist"),
    ("right_shoulder", "right_elbow"),
    ("right_elbow", "right_wrist"),
)


def strip(
    world: World, *, columns: int = 6, cell_width: int = 320, truth: bool = False
) -> np.ndarray:
    """Draw evenly spaced frames of a scene side by side: uint8 (height, width, 3), red first."""
    spec = world.scene.picture
    times = world.frame_times_s[np.linspace(0, len(world.frame_times_s) - 1, columns).astype(int)]
    cells = []
    with Renderer(spec.width, spec.height) as renderer:
        for i, t in enumerate(times):
            image = develop(
                exposed(world, renderer, world.shown_s(float(t))),
                spec,
                rng=np.random.default_rng(i),
                t_s=float(t),
            )
            if truth:
                image = _with_truth(world, image, float(t))
            height = round(cell_width * spec.height / spec.width)
            cells.append(cv2.resize(image, (cell_width, height), interpolation=cv2.INTER_AREA))
    row = np.hstack(cells)
    title = (
        f"{world.scene.name}: {world.scene.title} [{world.scene.split}, {world.duration_s:.1f} s]"
    )
    head = np.full((22, row.shape[1], 3), 255, np.uint8)
    cv2.putText(head, title, (6, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1, cv2.LINE_AA)
    return np.vstack([head, row])


def sheet(strips: list[np.ndarray]) -> np.ndarray:
    """Stack strips of unequal width."""
    width = max(s.shape[1] for s in strips)
    padded = [
        np.pad(s, ((0, 4), (0, width - s.shape[1]), (0, 0)), constant_values=255) for s in strips
    ]
    return np.vstack(padded)


def save(path: Path, image: np.ndarray) -> None:
    """Write a picture; its ending picks the format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cv2.imwrite(str(path), image[..., ::-1]):
        raise OSError(f"{path}: could not be written")


def _with_truth(world: World, image: np.ndarray, t_s: float) -> np.ndarray:
    recorder = JointRecorder(world)
    moment = world.moment(t_s)
    recorder.add(moment, world.view(t_s))
    joints = recorder.joints()
    image = image.copy()
    for p in range(len(joints.people)):
        box = joints.boxes[0, p]
        if not np.isnan(box[0]):
            x0, y0, x1, y1 = box.astype(int)
            cv2.rectangle(image, (x0, y0), (x1, y1), (255, 255, 0), 1)
        for a, b in _BONES:
            i, j = joints.landmarks.index(a), joints.landmarks.index(b)
            ends = joints.xy[0, p, [i, j]]
            if np.isnan(ends).any():
                continue
            sure = joints.seen[0, p, i] == SEEN and joints.seen[0, p, j] == SEEN
            colour = (
                (90, 90, 90) if not sure else (0, 220, 0) if a.startswith("left") else (255, 120, 0)
            )
            cv2.line(image, *(tuple(int(v) for v in e) for e in ends), colour, 1, cv2.LINE_AA)
    return image
