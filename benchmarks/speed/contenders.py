"""What is timed, each in a process of its own: `python -m benchmarks.speed.contenders NAME CLIP`.

Prints one JSON line: frames, seconds from opening the clip to the last answer (the making of pose
estimators and of worker processes counts, imports do not) and what was found. What more is on the
command line is the time at which the process was started, s.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Result = dict[str, Any]


def decode_only(clip: Path) -> Result:
    """Bare OpenCV: read every frame and drop it."""
    import cv2

    start = time.perf_counter()
    capture, frames = cv2.VideoCapture(str(clip)), 0
    while capture.read()[0]:
        frames += 1
    return {"frames": frames, "seconds": time.perf_counter() - start}


def plain_mediapipe(clip: Path) -> Result:
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
        return {"frames": frames, "seconds": time.perf_counter() - start}


def gaitcheck_whole(clip: Path) -> Result:
    """The whole of gaitcheck, from the file to the answer, with nothing kept before."""
    return _analyzed(clip)


def gaitcheck_exhaustive(clip: Path) -> Result:
    """The same in one go, all of it at full frame rate."""
    return _analyzed(clip, exhaustive=True)


def gaitcheck_at_15_hz(clip: Path) -> Result:
    """The same with half the pictures of 30 Hz, as `--pose-rate 15` has it."""
    from gaitcheck.settings import PeopleSettings, Settings

    return _analyzed(clip, settings=Settings(people=PeopleSettings(pose_rate_hz=15.0)))


def myogait(clip: Path) -> Result:
    """Another package that reads gait from video, of one person, with the same pose model."""
    import myogait as mg

    from gaitcheck.pose.store import find_model

    start = time.perf_counter()
    found = mg.extract(
        str(clip), model="mediapipe", model_path=str(find_model().path), show_progress=False
    )
    mg.detect_events(mg.normalize(found))
    return {"frames": len(found["frames"]), "seconds": time.perf_counter() - start}


def _analyzed(clip: Path, **options: Any) -> Result:
    import cv2  # noqa: F401  (as in the others, imports are not timed)
    import mediapipe  # noqa: F401
    import scipy.signal  # noqa: F401

    import gaitcheck

    start = time.perf_counter()
    analysis = gaitcheck.analyze(clip, **options)
    seconds = time.perf_counter() - start
    found = [[s.start_s, s.end_s, s.n_steps, s.support] for s in analysis.sequences]
    return {
        "frames": analysis.video.frame_count,
        "seconds": seconds,
        "people": len(analysis.people),
        "sequences": found,
    }


def first_frame(clip: Path) -> Result:
    """From the start of Python to the first frame in which people were looked for."""
    import gaitcheck
    from gaitcheck.errors import CancelledError

    begun_s = float(sys.argv[3])
    seconds: list[float] = []
    with contextlib.suppress(CancelledError):
        gaitcheck.analyze(
            clip,
            progress=lambda _done: seconds.append(time.time() - begun_s),
            cancel=lambda: bool(seconds),
        )
    return {"frames": 1, "seconds": seconds[0]}


CONTENDERS: dict[str, Callable[[Path], Result]] = {
    "decode": decode_only,
    "plain": plain_mediapipe,
    "gaitcheck": gaitcheck_whole,
    "at 15 Hz": gaitcheck_at_15_hz,
    "exhaustive": gaitcheck_exhaustive,
    "first frame": first_frame,
    "myogait": myogait,
}


def can_run(name: str) -> bool:
    """Whether what a contender needs is installed."""
    return name != "myogait" or importlib.util.find_spec("myogait") is not None


def main() -> None:
    name, clip = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(CONTENDERS[name](clip)))


if __name__ == "__main__":
    main()
