"""`python -m benchmarks.speed.stages CLIP`: what each stage costs, per frame and per call.

The stages overlap, so their times do not add up to that of the whole; those in which MediaPipe
computes are waited for, so that what else runs makes them longer: leave the machine alone.
Beside them stands what the landmark model itself takes for a picture, as it comes and with nothing
around it: following everybody should cost little more.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

STAGES = {
    "reading": ("gaitcheck.video.container", "ContainerSource._next"),
    "camera": ("gaitcheck.people.camera", "CameraMotion.update"),
    "moving blobs": ("gaitcheck.people.background", "MovingBlobs.feed"),
    "following a person": ("gaitcheck.people.look", "Look.follow"),
    "searching": ("gaitcheck.people.follow", "search"),
    "things at hands": ("gaitcheck.people.things", "HandThings.look"),
    "judging poses": ("gaitcheck.people.crowd", "Crowd.judge"),
    "tracing back": ("gaitcheck.people.follow", "trace_back"),
    "gait": ("gaitcheck.gait.walk", "analyze_tracks"),
}
"""Where each stage is: a module and what is called in it."""

FINDING = ("moving blobs", "searching")
"""Stages that are there to find people."""

MODEL_PICTURES = 90
"""So many pictures of a clip the model alone is shown."""

MODEL_HEIGHT_PX = 480
"""Higher pictures are reduced to this for the model alone, which sees 256 px anyway."""


@contextmanager
def _timed(seconds: Counter[str], calls: Counter[str]) -> Iterator[None]:
    with ExitStack() as stack:
        for stage, (module, name) in STAGES.items():
            target = f"{module}.{name}"
            stack.enter_context(patch(target, _clocked(_found(target), stage, seconds, calls)))
        yield


def _found(target: str) -> Callable[..., Any]:
    import pkgutil

    found: Callable[..., Any] = pkgutil.resolve_name(target)
    return found


def _clocked(
    function: Callable[..., Any], stage: str, seconds: Counter[str], calls: Counter[str]
) -> Callable[..., Any]:
    @functools.wraps(function)
    def clocked(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            seconds[stage] += time.perf_counter() - start  # several threads: some may be lost
            calls[stage] += 1

    return clocked


def stages(clip: Path) -> dict[str, Any]:
    """Analyse a clip in one go, and give frames, people, and of each stage ms a frame and calls."""
    import gaitcheck

    seconds: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    with _timed(seconds, calls):
        start = time.perf_counter()
        analysis = gaitcheck.analyze(clip, exhaustive=True)
        whole_s = time.perf_counter() - start
    n = analysis.video.frame_count
    model_ms = 1000 * model_alone_s(clip)
    following_ms = 1000 * seconds["following a person"] / max(calls["following a person"], 1)
    return {
        "clip": clip.name,
        "frames": n,
        "people_a_frame": round(sum(len(t) for t in analysis.tracks) / n, 2),
        "whole_ms_a_frame": round(1000 * whole_s / n, 2),
        "model_ms_a_picture": round(model_ms, 2),
        "following_by_model": round(following_ms / model_ms, 2),
        "finding_ms_a_frame": round(1000 * sum(seconds[stage] for stage in FINDING) / n, 2),
        "stages": {
            stage: {
                "ms_a_frame": round(1000 * seconds[stage] / n, 2),
                "calls_a_frame": round(calls[stage] / n, 3),
                "ms_a_call": round(1000 * seconds[stage] / max(calls[stage], 1), 2),
            }
            for stage in STAGES
        },
    }


def model_alone_s(clip: Path) -> float:
    """Median time of the landmark model as it comes, following in whole pictures, s."""
    import cv2

    from gaitcheck.pose.estimator import PoseEstimator
    from gaitcheck.pose.store import find_model
    from gaitcheck.video.reader import open_video

    took_s = []
    with PoseEstimator(find_model().path) as estimator, open_video(clip) as video:
        for frame in itertools.islice(video, MODEL_PICTURES):
            scale = min(1.0, MODEL_HEIGHT_PX / frame.image_bgr.shape[0])
            picture = cv2.resize(frame.image_bgr, None, fx=scale, fy=scale)
            start = time.perf_counter()
            found = estimator.estimate(picture, time_s=frame.time_s)
            if found:  # the next picture needs no search, only the landmarks
                took_s.append(time.perf_counter() - start)
    return statistics.median(took_s) if took_s else float("nan")


def as_text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['clip']}: {told['frames']} frames, {told['people_a_frame']} people in each, "
        f"{told['whole_ms_a_frame']} ms a frame in all"
    ]
    for stage, cost in told["stages"].items():
        lines.append(
            f"  {stage:20} {cost['ms_a_frame']:7.2f} ms a frame = {cost['calls_a_frame']:6.3f}"
            f" calls x {cost['ms_a_call']:8.2f} ms"
        )
    lines.append(
        f"  the model alone {told['model_ms_a_picture']} ms a picture, following somebody "
        f"{told['following_by_model']} of that; "
        f"finding people {told['finding_ms_a_frame']} ms a frame"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.stages", description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON line a clip")
    options = parser.parse_args()
    for clip in options.clips:
        told = stages(clip)
        print(json.dumps(told) if options.json else as_text(told))


if __name__ == "__main__":
    main()
