"""`python -m benchmarks.speed CLIP ...`: times the contenders in turn and prints a table.

Machines are noisy, so the figures to quote are the ratios, each the median over rounds in which all
contenders ran one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.speed.contenders import CONTENDERS
from gaitcheck import __version__

RESULTS = Path(__file__).parent.parent / "results"


def _one(name: str, clip: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.speed.contenders", name, str(clip)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def time_clip(clip: Path, rounds: int) -> dict:
    """Run every contender `rounds` times in turn; medians of seconds and of ratios to plain."""
    runs: list[dict[str, dict]] = [
        {name: _one(name, clip) for name in CONTENDERS} for _ in range(rounds)
    ]
    result: dict = {"clip": clip.name, "frames": runs[0]["decode"]["frames"]}
    for name in CONTENDERS:
        seconds = statistics.median(r[name]["seconds"] for r in runs)
        result[name] = {
            "frames_per_second": round(result["frames"] / seconds, 1),
            "peak_mb": round(max(r[name]["peak_mb"] for r in runs)),
            "speed_to_plain": round(
                statistics.median(r["plain"]["seconds"] / r[name]["seconds"] for r in runs), 2
            ),
        }
    return result


def start_up(rounds: int) -> dict:
    """Seconds of `import gaitcheck` and `gaitcheck --help`, beside those of an empty Python."""
    commands = {
        "python": ["-c", "pass"],
        "import": ["-c", "import gaitcheck"],
        "help": ["-m", "gaitcheck", "--help"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            seconds[name].append(time.perf_counter() - start)
    return {name: round(statistics.median(values), 3) for name, values in seconds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--save", action="store_true", help="write results/speed-VERSION.json")
    options = parser.parse_args()
    clips = [time_clip(clip, options.rounds) for clip in options.clips]
    report = {
        "gaitcheck": __version__,
        "machine": {"processor": platform.machine(), "cores": os.cpu_count()},
        "rounds": options.rounds,
        "start_up_s": start_up(options.rounds),
        "clips": clips,
    }
    print(f"{'clip':40} {'frames':>6} | frames/s (times plain, peak MB)")
    for clip in clips:
        parts = (
            f"{name} {clip[name]['frames_per_second']:.0f}"
            f" ({clip[name]['speed_to_plain']:.2f}, {clip[name]['peak_mb']})"
            for name in CONTENDERS
        )
        print(f"{clip['clip']:40} {clip['frames']:6} | {', '.join(parts)}")
    print("start-up, s:", report["start_up_s"])
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"speed-{__version__}.json"
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
