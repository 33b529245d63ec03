"""`python -m benchmarks.look CLIP PICTURE`: draws what gaitcheck saw, to be looked at.

One sheet of frames with boxes, skeletons (left blue, right orange), the foot that has just landed
(circle) and each person's support, around every step found or at even times.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

import gaitcheck
from gaitcheck.answer import Analysis
from gaitcheck.pose.landmarks import INDEX, NAMES, SKELETON
from gaitcheck.video.reader import open_video

# Blue and orange are told apart by nearly everybody (Okabe and Ito 2008).
LEFT, RIGHT, MIDDLE = (178, 114, 0), (0, 159, 230), (220, 220, 220)
SUPPORT_COLOURS = {"none": (115, 158, 0), "unknown": (66, 228, 240)}
HELD = (0, 94, 213)
TILE_WIDTH_PX = 420
MIN_VISIBILITY = 0.3


def _colour(a: int, b: int) -> tuple[int, int, int]:
    if NAMES[a].startswith("left") and NAMES[b].startswith("left"):
        return LEFT
    if NAMES[a].startswith("right") and NAMES[b].startswith("right"):
        return RIGHT
    return MIDDLE


def draw(picture: np.ndarray, time_s: float, analysis: Analysis) -> np.ndarray:
    """Draw everything known at one time on a copy of the picture."""
    picture = picture.copy()
    width = max(1, round(picture.shape[1] / 500))
    scale = picture.shape[1] / 900
    for track in analysis.tracks:
        row = int(np.argmin(np.abs(track.time_s - time_s)))
        if abs(track.time_s[row] - time_s) > 0.02 or not np.isfinite(track.boxes_px[row]).all():
            continue
        points = track.points_px[row]
        for a, b in SKELETON:
            if (
                min(track.visibility[row, [a, b]]) > MIN_VISIBILITY
                and np.isfinite(points[[a, b]]).all()
            ):
                ends = [tuple(int(v) for v in points[k]) for k in (a, b)]
                cv2.line(picture, *ends, _colour(a, b), width, cv2.LINE_AA)
        steps = [s for s in analysis.steps if s.person == track.person]
        for step in steps:
            if step.side and abs(step.contact_s - time_s) < 0.06:
                heel = tuple(int(v) for v in points[INDEX[f"{step.side}_heel"]])
                colour = LEFT if step.side == "left" else RIGHT
                cv2.circle(picture, heel, 6 * width, colour, 2 * width, cv2.LINE_AA)
        held = [
            s.support for s in steps if (s.lift_off_s or s.contact_s) - 0.3 <= time_s <= s.contact_s
        ]
        support = held[0] if held else None
        x0, y0, x1, y1 = (int(v) for v in track.boxes_px[row])
        colour = SUPPORT_COLOURS.get(support, HELD) if support else MIDDLE
        cv2.rectangle(picture, (x0, y0), (x1, y1), colour, width)
        text = f"{track.person} {support or ''}"
        cv2.putText(picture, text, (x0, y0 - 4), 0, scale, colour, 2 * width, cv2.LINE_AA)
    cv2.putText(
        picture, f"{time_s:.2f} s", (6, picture.shape[0] - 8), 0, scale, (255, 255, 255), 2 * width
    )
    return picture


def _tiles(clip: Path, analysis: Analysis, times_s: list[float]) -> Iterator[np.ndarray]:
    wanted = iter(sorted(times_s))
    due = next(wanted, None)
    with open_video(clip) as reader:
        for frame in reader:
            if due is None:
                return
            if frame.time_s < due - 1e-6:
                continue
            drawn = draw(frame.image_bgr, frame.time_s, analysis)
            height = round(drawn.shape[0] * TILE_WIDTH_PX / drawn.shape[1])
            yield cv2.resize(drawn, (TILE_WIDTH_PX, height), interpolation=cv2.INTER_AREA)
            while due is not None and due <= frame.time_s:
                due = next(wanted, None)


def sheet(clip: Path, analysis: Analysis, times_s: list[float], columns: int = 4) -> np.ndarray:
    """Give one picture with a tile for every time."""
    tiles = list(_tiles(clip, analysis, times_s))
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    return np.vstack(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.look", description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--at", type=float, nargs="*", help="times, s; default: at every step")
    parser.add_argument("--every", type=float, help="even times this far apart, s")
    parser.add_argument("--most", type=int, default=24, help="tiles at most")
    options = parser.parse_args()
    analysis = gaitcheck.analyze(options.clip)
    times = options.at or [step.contact_s for step in analysis.steps]
    if options.every or not times:
        times = list(np.arange(0, analysis.video.duration_s, options.every or 0.5))
    picked = [times[i] for i in np.unique(np.linspace(0, len(times) - 1, options.most).astype(int))]
    cv2.imwrite(str(options.picture), sheet(options.clip, analysis, picked))


if __name__ == "__main__":
    main()
