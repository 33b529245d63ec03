"""The page of the sample videos: a picture of each, what happens, what gaitcheck should answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.studio.scene import SAMPLES, Scene, load_scene, scene_names

_ORDER = (
    "story_home", "story_cctv", "story_corridor", "mother_to_father", "free_walk", "hand_held",
    "lets_go",
)  # fmt: skip
_CELL_PX = 213
_SHOWN = (0.15, 0.5, 0.85)  # of the clip

_HEAD = """# Sample videos

Eleven rendered clips to try gaitcheck on, the three stories it is made for first. No real person is
shown: people, rooms and steps come from `benchmarks/studio`, so what happens is known exactly.
Beside each clip lie its truth (`*.labels.json`: contacts, lift-offs, support, posture, boxes) and
every joint of every frame (`*.joints.npz`). All under the project's licence.

    gaitcheck sample_videos/free_walk.mp4

This page is written by `python -m benchmarks.studio samples`.
"""


def write_page(folder: Path = SAMPLES) -> int:
    """Write the page and its pictures; gives the number of clips.

    Raises
    ------
    FileNotFoundError
        A sample scene has not been rendered.
    """
    scenes = [s for s in map(load_scene, scene_names()) if s.sample]
    scenes.sort(key=lambda s: (_ORDER.index(s.name) if s.name in _ORDER else len(_ORDER), s.name))
    (folder / "pictures").mkdir(exist_ok=True)
    parts = [_HEAD]
    for scene in scenes:
        told = json.loads((folder / f"{scene.name}.labels.json").read_text(encoding="utf-8"))
        picture = folder / "pictures" / f"{scene.name}.jpg"
        row = _frames(folder / told["clip"])
        if not cv2.imwrite(str(picture), row, [cv2.IMWRITE_JPEG_QUALITY, 82]):
            raise OSError(f"{picture}: could not be written")
        parts.append(_section(scene, told))
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")
    return len(scenes)


def _frames(clip: Path) -> np.ndarray:
    """Three moments side by side."""
    video = cv2.VideoCapture(str(clip))
    images = []
    while True:
        ok, image = video.read()
        if not ok:
            break
        images.append(image)
    video.release()
    if not images:
        raise FileNotFoundError(f"{clip}: no picture in it; render the samples first")
    cells = []
    for share in _SHOWN:
        image = images[int(share * (len(images) - 1))]
        height = round(_CELL_PX * image.shape[0] / image.shape[1])
        cells.append(cv2.resize(image, (_CELL_PX, height), interpolation=cv2.INTER_AREA))
    return np.hstack(cells)


def _section(scene: Scene, told: dict[str, Any]) -> str:
    size = f"{told['width']}x{told['height']}, {told['fps']:.4g} frames a second"
    lines = [
        f"## {scene.name}.mp4",
        "",
        f"![{scene.title}](pictures/{scene.name}.jpg)",
        "",
        f"{scene.title}. ({told['duration_s']:.1f} s, {size})",
        "",
        f"**Answer:** {scene.expect}",
        "",
        "| person | contacts | first contact | support |",
        "|---|---|---|---|",
    ]
    for person in told["people"]:
        contacts = person["contacts"]
        first = f"{contacts[0]['time_s']:.2f} s" if contacts else ""
        spans = ", ".join(
            f"{s['what']} {s['start_s']:.1f} to {s['end_s']:.1f} s"
            for s in person["support"]
            if s["sure"]
        )
        lines.append(f"| {person['name']} | {len(contacts)} | {first} | {spans} |")
    return "\n".join([*lines, ""])
