"""What is timed, each in a process of its own: `python -m benchmarks.speed.contenders NAME CLIP`.

Prints one JSON line: frames, seconds from opening the clip to the last answer (the making of pose
estimators counts, imports do not) and peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def decode_only(clip: Path) -> tuple[int, float]:
    """Bare OpenCV: read every frame and drop it."""
    import cv2

    start = time.perf_counter()
    capture, frames = cv2.VideoCapture(str(clip)), 0
    while capture.read()[0]:
        frames += 1
    return frames, time.perf_counter() - start


def plain_mediapipe(clip: Path) -> tuple[int, float]:
    """The loop of every tutorial: whole picture, one person, VIDEO mode."""
    import cv2
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    from gaitcheck.pose.store import find_model

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(find_model().path)),
        running_mode=vision.RunningMode.VIDEO,
    )
    start = time.perf_counter()
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        capture, frames = cv2.VideoCapture(str(clip)), 0
        rate_hz = capture.get(cv2.CAP_PROP_FPS) or 30.0
        while True:
            ok, picture = capture.read()
            if not ok:
                break
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            landmarker.detect_for_video(image, round(1000 * frames / rate_hz))
            frames += 1
        return frames, time.perf_counter() - start


def gaitcheck_whole(clip: Path) -> tuple[int, float]:
    """The whole of gaitcheck, from the file to the answer."""
    import cv2  # noqa: F401  (as in the others, imports are not timed)
    import mediapipe  # noqa: F401
    import scipy.signal  # noqa: F401

    import gaitcheck

    start = time.perf_counter()
    analysis = gaitcheck.analyze(clip)
    return analysis.video.frame_count, time.perf_counter() - start


CONTENDERS: dict[str, Callable[[Path], tuple[int, float]]] = {
    "decode": decode_only,
    "plain": plain_mediapipe,
    "gaitcheck": gaitcheck_whole,
}


def main() -> None:
    name, clip = sys.argv[1], Path(sys.argv[2])
    frames, seconds = CONTENDERS[name](clip)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"frames": frames, "seconds": seconds, "peak_mb": peak_mb}))


if __name__ == "__main__":
    main()
