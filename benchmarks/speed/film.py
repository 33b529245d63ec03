"""`python -m benchmarks.speed.film CLIP ...`: what the annotated video costs beside the analysis.

The two run one after the other in each round, in one process that has imported everything; the
figure is the median ratio of their times, by the clock and by the processor. With ``--blur`` people
are hidden too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import gaitcheck
from gaitcheck.answer import Analysis
from gaitcheck.output.blur.settings import cover_of, parse_blur
from gaitcheck.output.film.films import make_films
from gaitcheck.output.film.wanted import annotated_film


def _timed(work) -> tuple[float, float, object]:
    start, before = time.perf_counter(), os.times()
    result = work()
    after = os.times()
    return (
        time.perf_counter() - start,
        sum(after[:4]) - sum(before[:4]),
        result,
    )


def cost(clip: Path, *, rounds: int, blur: list[str]) -> str:
    """Give one line of the table."""
    walls, processors, size_mb = [], [], 0.0
    what = parse_blur(blur)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "annotated.mp4"

        def write(analysis: Analysis) -> None:
            cover = cover_of(analysis, what) if what else None
            make_films(analysis, clip, [annotated_film(analysis, target)], cover=cover)

        write(gaitcheck.analyze(clip))  # loads what is loaded late
        for _ in range(rounds):
            wall, processor, analysis = _timed(lambda: gaitcheck.analyze(clip))
            wall_film, processor_film, _ = _timed(lambda found=analysis: write(found))
            walls.append((wall, wall_film))
            processors.append((processor, processor_film))
        size_mb = target.stat().st_size / 1e6
        video = analysis.video
    ratios = [statistics.median(b / a for a, b in times) for times in (walls, processors)]
    clock = [statistics.median(times) for times in zip(*walls, strict=True)]
    return (
        f"{clip.name:24} {video.width:4}x{video.height:<4} {video.frame_count:5} frames | "
        f"analysis {clock[0]:6.2f} s, film {clock[1]:6.2f} s | clock {ratios[0]:4.0%}, "
        f"processor {ratios[1]:4.0%} | {size_mb:.1f} MB of {clip.stat().st_size / 1e6:.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.film", description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--blur", action="append", default=[], metavar="WHO")
    options = parser.parse_args()
    for clip in options.clips:
        print(cost(clip, rounds=options.rounds, blur=options.blur), flush=True)


if __name__ == "__main__":
    main()
