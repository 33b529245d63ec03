"""`python -m benchmarks.support.small CLIPS OUT`: labelled clips made small and of few pictures.

A stick, a rail or a swinging arm that is plain at 200 px may not be at 90. What comes out is scored
by `benchmarks.accuracy OUT`, as any folder of labelled clips.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from gaitcheck.video.reader import open_video


def shrink(clip: Path, out: Path, *, height_px: float, rate_hz: float) -> Path:
    """Write a clip so small that its first person is that tall, and its labels beside it."""
    labels = json.loads(clip.with_suffix(".labels.json").read_text(encoding="utf-8"))
    boxes = np.array(labels["people"][0]["boxes"], dtype=float)
    scale = min(1.0, height_px / float(np.median(boxes[:, 4] - boxes[:, 2])))
    every = max(1, round(labels["fps"] / rate_hz))
    to = out / clip.name
    writer = None
    with open_video(clip) as video:
        for k, frame in enumerate(video):
            if k % every:
                continue
            height, width = (int(n * scale) // 2 * 2 for n in frame.image_bgr.shape[:2])
            if writer is None:
                code = cv2.VideoWriter.fourcc(*"mp4v")
                writer = cv2.VideoWriter(str(to), code, labels["fps"] / every, (width, height))
            size = (width, height)
            writer.write(cv2.resize(frame.image_bgr, size, interpolation=cv2.INTER_AREA))
    if writer is not None:
        writer.release()
    for person in labels["people"]:  # times are those of before: labels count at their own rate
        person["boxes"] = [[box[0], *(scale * x for x in box[1:])] for box in person["boxes"]]
    text = json.dumps(labels)
    to.with_suffix(".labels.json").write_text(text, encoding="utf-8")
    return to


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.support.small", description=__doc__)
    parser.add_argument("clips", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--height", type=float, default=90.0, help="of the first person, px")
    parser.add_argument("--rate", type=float, default=10.0, help="pictures a second")
    parser.add_argument("--only", default="", help="clips whose name holds one of these, by commas")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for clip in sorted(options.clips.glob("*.mp4")):
        if any(text in clip.name for text in options.only.split(",")):
            print(shrink(clip, options.out, height_px=options.height, rate_hz=options.rate))


if __name__ == "__main__":
    main()
