"""Can a plain pose model see these people? Whole-picture MediaPipe against the exact joints.

For every frame in which a person's feet and head are in sight the nearest skeleton is taken; the
error of hip, knee, ankle, heel and toe is told in percent of the person's height in the picture.
CCTV scenes, where the whole picture is known to find nobody, go through a crop around the truth's
box instead: so the figure tells of the picture, not of a detector of people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.studio.joints import SEEN, load_joints

PARTS = ("hip", "knee", "ankle", "heel", "foot_index")
_FAR = 0.25  # a skeleton further from the person than this share of the height is another's
_CROP = 1.5  # side of a crop in heights of the box
_CROP_PX = 320


@dataclass(frozen=True)
class Seen:
    """How well one person of one clip is seen.

    ``error_pct`` by part, percent of the height in the picture; ``exchanged_pct`` of the frames
    in which the ankles are apart.
    """

    clip: str
    person: str
    way: str
    n_frames: int
    found_pct: float
    error_pct: dict[str, float]
    mean_pct: float
    exchanged_pct: float


def check_clip(clip: Path, *, model: Path) -> list[Seen]:
    """Run the model over a clip and compare with the truth beside it."""
    from mediapipe.tasks.python import BaseOptions, vision

    told = json.loads(clip.with_suffix(".labels.json").read_text(encoding="utf-8"))
    joints = load_joints(clip.with_suffix(".joints.npz"))
    crops = told["categories"]["camera"] == "cctv"
    out = []
    for p, name in enumerate(joints.people):
        boxes = _boxes(told["people"][p], len(joints.time_s))
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(model)),
            running_mode=vision.RunningMode.VIDEO,
            num_poses=1 if crops or len(joints.people) == 1 else len(joints.people),
        )
        tally = _Tally()
        with vision.PoseLandmarker.create_from_options(options) as pose:
            for i, image in enumerate(_frames(clip)):
                if i >= len(joints.time_s):
                    break
                box = boxes[i] if crops else None
                found = _poses(pose, image, float(joints.time_s[i]), box)
                tally.add(joints.landmarks, joints.xy[i, p], joints.seen[i, p], found)
        out.append(tally.result(clip.stem, name, "crop" if crops else "whole"))
    return out


def _frames(clip: Path) -> Iterator[np.ndarray]:
    video = cv2.VideoCapture(str(clip))
    try:
        while True:
            ok, image = video.read()
            if not ok:
                return
            yield cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    finally:
        video.release()


def _boxes(person: dict[str, Any], n: int) -> np.ndarray:
    """Boxes of every frame, (n, 4), between those told."""
    told = np.asarray(person["boxes"], float).reshape(-1, 5)
    if not len(told):
        return np.full((n, 4), np.nan)
    return np.stack([np.interp(np.arange(n), told[:, 0], told[:, k]) for k in range(1, 5)], -1)


def _poses(pose: Any, image: np.ndarray, t_s: float, box: np.ndarray | None) -> list[np.ndarray]:
    """Landmarks (33, 2) in px of the whole picture for everybody the model finds."""
    import mediapipe as mp

    x0, y0, scale = 0.0, 0.0, 1.0
    if box is not None:
        if np.isnan(box[0]):
            return []
        side = _CROP * max(box[3] - box[1], box[2] - box[0])
        x0, y0 = (box[0] + box[2] - side) / 2, (box[1] + box[3] - side) / 2
        scale = _CROP_PX / side
        shift = np.array([[scale, 0, -x0 * scale], [0, scale, -y0 * scale]], np.float32)
        image = cv2.warpAffine(image, shift, (_CROP_PX, _CROP_PX), flags=cv2.INTER_LINEAR)
    height, width = image.shape[:2]
    picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image))
    result = pose.detect_for_video(picture, round(t_s * 1000))
    return [
        np.array([[m.x * width / scale + x0, m.y * height / scale + y0] for m in body])
        for body in result.pose_landmarks
    ]


class _Tally:
    """Sums over the frames of one person."""

    def __init__(self) -> None:
        self.in_view = self.found = self.apart = self.exchanged = 0
        self.errors: dict[str, list[float]] = {part: [] for part in PARTS}

    def add(
        self, names: Sequence[str], truth: np.ndarray, seen: np.ndarray, found: list[np.ndarray]
    ) -> None:
        """Count one frame, if the person is whole in the picture."""
        from gaitcheck.pose.landmarks import INDEX

        at = {n: i for i, n in enumerate(names)}
        feet = [at[f"{s}_{p}"] for s in ("left", "right") for p in ("ankle", "heel", "foot_index")]
        if (seen[[*feet, at["head_top"]]] != SEEN).any():
            return
        self.in_view += 1
        height = float(truth[feet, 1].max() - truth[at["head_top"], 1])
        trunk = ["left_shoulder", "right_shoulder", "left_hip", "right_hip"]
        middle = truth[[at[n] for n in trunk]].mean(0)
        near = [(np.linalg.norm(f[[INDEX[n] for n in trunk]].mean(0) - middle), f) for f in found]
        near = [pair for pair in near if pair[0] < _FAR * height]
        if not near:
            return
        self.found += 1
        best = min(near, key=lambda pair: pair[0])[1]
        right_way = wrong_way = 0.0
        for part in PARTS:
            for side, other in (("left", "right"), ("right", "left")):
                true = truth[at[f"{side}_{part}"]]
                error = np.linalg.norm(best[INDEX[f"{side}_{part}"]] - true) / height
                self.errors[part].append(float(error))
                if part != "hip":
                    right_way += error
                    wrong_way += np.linalg.norm(best[INDEX[f"{other}_{part}"]] - true) / height
        gap = truth[at["left_ankle"]] - truth[at["right_ankle"]]
        if np.linalg.norm(gap) > 0.06 * height:
            self.apart += 1
            self.exchanged += bool(wrong_way < right_way)

    def result(self, clip: str, person: str, way: str) -> Seen:
        """Give the figures; NaN where nothing was found."""
        by_part = {k: 100 * float(np.mean(v)) if v else np.nan for k, v in self.errors.items()}
        return Seen(
            clip, person, way, self.in_view,
            100 * self.found / self.in_view if self.in_view else np.nan,
            by_part, float(np.mean(list(by_part.values()))),
            100 * self.exchanged / self.apart if self.apart else np.nan,
        )  # fmt: skip


def table(rows: Sequence[Seen]) -> str:
    """Lay the figures out as a table in Markdown, with a last line over all frames."""
    names = [
        "clip",
        "person",
        "way",
        "frames",
        "found%",
        "hip",
        "knee",
        "ankle",
        "heel",
        "toe",
        "mean",
        "exchanged%",
    ]
    lines = [_row(*names), _row(*["---"] * len(names))]
    for r in rows:
        parts = [r.error_pct[p] for p in PARTS]
        figures = (f"{x:.1f}" for x in (r.found_pct, *parts, r.mean_pct, r.exchanged_pct))
        lines.append(_row(r.clip, r.person, r.way, str(r.n_frames), *figures))
    counted = [r for r in rows if r.n_frames]
    if counted:
        weights = np.array([r.n_frames for r in counted], float)
        found = np.array([r.found_pct for r in counted])
        seen = weights * found
        means = np.nansum(seen * np.array([r.mean_pct for r in counted])) / max(seen.sum(), 1e-9)
        found_pct = f"{seen.sum() / weights.sum():.1f}"
        rest = [""] * len(PARTS)
        lines.append(
            _row("all", "", "", f"{weights.sum():.0f}", found_pct, *rest, f"{means:.1f}", "")
        )
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
