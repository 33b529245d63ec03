"""`python -m benchmarks.speed.page`: how the report page of an hour opens and scrolls.

An hour of 25 Hz with five people and 5,000 steps, made up, as a page opened from disk in a headless
Chromium. What it shows is no gait: only its size is like the real thing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from gaitcheck.analysis import people_of
from gaitcheck.answer import Analysis, ModelInfo
from gaitcheck.gait.events import PostureSpan, Step, StepSequence
from gaitcheck.output.page import report_page
from gaitcheck.people.track import Track
from gaitcheck.settings import Settings
from gaitcheck.video.frame import VideoInfo
from tests.browser import chromium, until

HOUR_S, FPS, PEOPLE, STEPS_EACH, RUN = 3600.0, 25.0, 5, 1000, 8
SUPPORTS = ("none", "person", "unknown", "object_moving", "object_fixed")
SCROLL = "document.getElementById('timeline').scrollLeft += 700;"
GO = """
const seek = document.getElementById('seek');
seek.value = Number(seek.value) + 15; seek.dispatchEvent(new Event('input'));
"""
MEASURE = """
const done = arguments[0]; const times = []; let last = performance.now();
function next(now) {
  times.push(now - last); last = now; DEED
  if (times.length < 200) requestAnimationFrame(next);
  else { times.sort((a, b) => a - b); done([times[100], times[190]]); }
}
requestAnimationFrame(next);
"""


def _track(person: int, rng: np.random.Generator) -> Track:
    n = int(HOUR_S * FPS / 2)
    time_s = (person - 1) * HOUR_S / (2 * PEOPLE) + np.arange(n) / FPS
    return Track(
        person=person, time_s=time_s, frame_index=np.arange(n),
        points_px=rng.normal(300, 40, (n, 33, 2)), visibility=np.ones((n, 33)),
        world_m=np.zeros((n, 33, 3)), boxes_px=np.tile([100.0, 100, 200, 400], (n, 1)),
        to_room=np.broadcast_to(np.eye(3), (n, 3, 3)), picture_size=(1280, 720),
    )  # fmt: skip


def an_hour() -> Analysis:
    """Five people, half an hour each, 1,000 steps each."""
    rng = np.random.default_rng(7)
    tracks = tuple(_track(person, rng) for person in range(1, PEOPLE + 1))
    steps, sequences, postures = [], [], []
    for track in tracks:
        start_s, end_s = track.time_s[0], track.time_s[-1]
        contacts = np.sort(rng.uniform(start_s + 1, end_s, STEPS_EACH)).tolist()
        for first in range(0, STEPS_EACH, RUN):
            number, run = len(sequences) + 1, contacts[first : first + RUN]
            support = SUPPORTS[number % len(SUPPORTS)]
            steps += [
                Step(track.person, ("left", "right")[i % 2], t - 0.3, t, support, 0.9, number)
                for i, t in enumerate(run)
            ]
            sequences.append(
                StepSequence(
                    number, track.person, run[0], run[-1], len(run), support, support == "none", 0.9
                )
            )
        postures += [
            PostureSpan(track.person, ("walking", "standing")[i % 2], t, t + 4)
            for i, t in enumerate(np.arange(start_s, end_s, 4.0).tolist())
        ]
    return Analysis(
        video=VideoInfo("hour.mp4", 1280, 720, int(HOUR_S * FPS), HOUR_S, FPS),
        model=ModelInfo("none", "0" * 64), settings=Settings(), people=people_of(tracks),
        steps=tuple(steps), sequences=tuple(sequences), postures=tuple(postures), rejected=(),
        first_independent_step=None, warnings=(), tracks=tracks,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.page", description=__doc__)
    parser.parse_args()
    analysis = an_hour()
    start = time.perf_counter()
    page = report_page(analysis, video_name=None)
    print(f"written in {time.perf_counter() - start:.1f} s, {len(page) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "hour.html"
        path.write_bytes(page)
        for _ in range(5):
            start = time.perf_counter()
            browser.get(path.as_uri())
            until(lambda: browser.execute_script("return document.documentElement.dataset.ready"))
            print(f"opened in {time.perf_counter() - start:.2f} s")
        for what, deed in (("scrolling", SCROLL), ("the whole hour in view, time goes", GO)):
            script = MEASURE.replace("DEED", deed)
            median_ms, slow_ms = browser.execute_async_script(script)
            print(f"{what}: {median_ms:.0f} ms a frame, one in twenty {slow_ms:.0f} ms")
            browser.find_element("id", "zoom-all").click()


if __name__ == "__main__":
    main()
