"""`python -m benchmarks.support.passed_on HOW CLIPS OUT`: labelled clips as they reach people.

Recorded again from a screen that shows fewer pictures (`repeated`), over a line that stalls
(`stalled`), given borders to fit another shape (`framed`), beside three others as a recorder shows
its cameras (`four`), or played at half the speed (`slowed`). What comes out is scored by
`benchmarks.accuracy OUT`, as any folder of labelled clips.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from gaitcheck.video.reader import open_video

SCREEN_HZ = 8.0
STALLS_EVERY_S = 2.3
STALLED_S = 0.7
SLOWER = 2.0
TOGETHER_HZ = 25.0
TICKS = 90_000
TIMES = ("time_s", "start_s", "end_s", "duration_s")


@dataclass(frozen=True)
class Shown:
    """A clip: its pictures (BGR) with their times, and its labels as they are in their file."""

    name: str
    times_s: list[float]
    pictures: list[np.ndarray]
    labels: dict[str, Any]

    def at(self, time_s: float) -> np.ndarray:
        """The picture that is shown then: the last one that has come."""
        n_come = np.searchsorted(self.times_s, time_s + 1e-6, side="right")
        return self.pictures[max(0, int(n_come) - 1)]


def shown(clip: Path) -> Shown:
    """Read a clip and the labels beside it."""
    with open_video(clip) as video:
        frames = [(frame.time_s, frame.image_bgr) for frame in video]
    labels = json.loads(clip.with_suffix(".labels.json").read_text(encoding="utf-8"))
    return Shown(clip.stem, [t for t, _ in frames], [p for _, p in frames], labels)


def repeated(clip: Shown, *, rate_hz: float = SCREEN_HZ) -> Shown:
    """Show a picture until the next that a slower camera would have taken."""
    taken = [clip.at(int(t * rate_hz + 1e-6) / rate_hz) for t in clip.times_s]
    return replace(clip, pictures=taken)


def stalled(clip: Shown) -> Shown:
    """Stand still every now and then, and go on as if it had not."""
    goes_s = STALLS_EVERY_S - STALLED_S
    late = [t - max(0.0, t % STALLS_EVERY_S - goes_s) for t in clip.times_s]
    return replace(clip, pictures=[clip.at(t) for t in late])


def framed(clip: Shown) -> Shown:
    """Put a clip amid itself: twice as broad, with a blurred, larger copy at both sides."""
    height, width = clip.pictures[0].shape[:2]
    left = width // 2

    def frame(picture: np.ndarray) -> np.ndarray:
        around = cv2.resize(picture, (2 * width, 2 * height))[height // 2 :][:height]
        around = cv2.GaussianBlur(around, (0, 0), 14)
        around[:, left : left + width] = picture
        return around

    labels = clip.labels | {"width": 2 * width, "people": _moved(clip.labels, left, 0, "")}
    return replace(clip, pictures=[frame(p) for p in clip.pictures], labels=labels)


def slowed(clip: Shown, *, times: float = SLOWER) -> Shown:
    """Play at a part of the speed."""
    labels = _slower(clip.labels, times)
    labels["fps"] /= times
    return replace(clip, times_s=[times * t for t in clip.times_s], labels=labels)


def four(clips: Sequence[Shown]) -> Shown:
    """Show four clips of one size as a recorder does its cameras; the shorter ones stand still."""
    height, width = clips[0].pictures[0].shape[:2]
    times_s = list(np.arange(0.0, max(clip.times_s[-1] for clip in clips), 1 / TOGETHER_HZ))
    pictures = []
    for t in times_s:
        a, b, c, d = (cv2.resize(clip.at(t), (width, height)) for clip in clips)
        pictures.append(np.vstack([np.hstack([a, b]), np.hstack([c, d])]))
    name = "-".join(clip.name for clip in clips)
    people = [
        person
        for k, clip in enumerate(clips)
        for person in _moved(
            clip.labels, k % 2 * width, k // 2 * height, f"_{k + 1}",
            rate=TOGETHER_HZ / clip.labels["fps"],
        )
    ]  # fmt: skip
    size = {"width": 2 * width, "height": 2 * height, "fps": TOGETHER_HZ, "clip": f"{name}.mp4"}
    counts = {"n_frames": len(times_s), "duration_s": len(times_s) / TOGETHER_HZ}
    labels = clips[0].labels | size | counts | {"people": people}
    return Shown(name, times_s, pictures, labels)


def _moved(
    labels: dict[str, Any], x: int, y: int, ending: str, *, rate: float = 1.0
) -> list[dict[str, Any]]:
    """The people of a clip that stands elsewhere in the picture, and counts its pictures faster."""
    shift, by = np.array([0, x, y, x, y]), np.array([rate, 1, 1, 1, 1])
    return [
        person
        | {
            "name": person["name"] + ending,
            "boxes": (by * np.array(person["boxes"], dtype=float).reshape(-1, 5) + shift).tolist(),
        }
        for person in labels["people"]
    ]


def _slower(labels: Any, times: float) -> Any:
    if isinstance(labels, dict):
        return {k: times * v if k in TIMES else _slower(v, times) for k, v in labels.items()}
    return [_slower(v, times) for v in labels] if isinstance(labels, list) else labels


def write(clip: Shown, out: Path) -> Path:
    """Write a clip and its labels."""
    to = out / f"{clip.name}.mp4"
    height, width = clip.pictures[0].shape[:2]
    with av.open(str(to), "w") as sink:
        coded = sink.add_stream("libx264", rate=Fraction(clip.labels["fps"]).limit_denominator(99))
        coded.width, coded.height, coded.pix_fmt = width, height, "yuv420p"
        coded.options = {"crf": "24"}
        coded.time_base = coded.codec_context.time_base = Fraction(1, TICKS)
        for time_s, picture in zip(clip.times_s, clip.pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = round(TICKS * time_s), Fraction(1, TICKS)
            sink.mux(coded.encode(frame))
        sink.mux(coded.encode(None))
    to.with_suffix(".labels.json").write_text(json.dumps(clip.labels), encoding="utf-8")
    return to


ONE: dict[str, Callable[[Shown], Shown]] = {
    "repeated": repeated, "stalled": stalled, "framed": framed, "slowed": slowed,
}  # fmt: skip


def pass_on(clips: Sequence[Path], out: Path, *, how: str) -> Path:
    """Write one clip as it is passed on, or four as one."""
    parts = [shown(clip) for clip in clips]
    return write(four(parts) if how == "four" else ONE[how](parts[0]), out)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.support.passed_on", description=__doc__
    )
    parser.add_argument("how", choices=[*ONE, "four"])
    parser.add_argument("clips", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every so many, by name [1]")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    clips = sorted(options.clips.glob("*.mp4"))[:: options.every]
    n = 4 if options.how == "four" else 1
    groups = [clips[k : k + n] for k in range(0, len(clips) - n + 1, n)]
    with ProcessPoolExecutor() as pool:
        for written in pool.map(partial(pass_on, out=options.out, how=options.how), groups):
            print(written)


if __name__ == "__main__":
    main()
