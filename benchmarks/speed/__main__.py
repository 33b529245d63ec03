"""`python -m benchmarks.speed`: times the contenders in turn and prints tables.

Machines are noisy, so the figures to quote are the ratios, each the median over rounds in which all
contenders ran one after the other; long footage is read once. Without CLIPs the benchmark's own are
made first and timed.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.speed import made
from benchmarks.speed.contenders import can_run
from benchmarks.speed.made import Timed
from benchmarks.speed.running import Run, run
from benchmarks.speed.tables import as_markdown, as_text
from gaitcheck import __version__
from gaitcheck.cores import usable_cores

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results"
README = HERE.parent / "README.md"
BEGIN, END = "<!-- speed tables: begin -->", "<!-- speed tables: end -->"
FOOTAGE = HERE.parent / "cache" / "footage"
_POINTS = 24
"""So many values of memory over time are kept."""


def time_clip(clip: Timed, *, rounds: int, cores: int) -> dict[str, Any]:
    """Run every contender `rounds` times in turn; medians of seconds and of ratios to plain."""
    names = [name for name in clip.contenders if can_run(name)]
    runs = [{name: run(name, clip.path, cores=cores) for name in names} for _ in range(rounds)]
    base = "plain" if "plain" in names else "decode"
    frames = runs[0]["decode"].said["frames"]
    result: dict[str, Any] = {
        "clip": clip.title,
        "frames": frames,
        "duration_s": round(_duration_s(clip.path), 2),
        "ratios_to": base,
        "contenders": {name: _summary([r[name] for r in runs], frames) for name in names},
    }
    for name in names:
        ratio = statistics.median(r[base].seconds / r[name].seconds for r in runs)
        result["contenders"][name]["ratio"] = round(ratio, 2)
    if "exhaustive" in names:
        scanned, whole = (runs[0][name].said["sequences"] for name in ("gaitcheck", "exhaustive"))
        result["sequences"] = {"gaitcheck": scanned, "exhaustive": whole}
    return result


def _summary(runs: list[Run], frames: int) -> dict[str, Any]:
    seconds = statistics.median(r.seconds for r in runs)
    memory = runs[0].memory_mb
    step = max(1, len(memory) // _POINTS)
    return {
        "seconds": round(seconds, 2),
        "frames_per_second": round(frames / seconds, 1),
        "peak_mb": round(max(max(r.memory_mb) for r in runs)),
        "memory_mb": [round(max(memory[k : k + step])) for k in range(0, len(memory), step)],
    }


def _duration_s(path: Path) -> float:
    from gaitcheck.video.reader import open_video

    with open_video(path) as reader:
        return float(reader.info.duration_s)


def start_up(rounds: int, *, cores: int) -> dict[str, float]:
    """Seconds of `import gaitcheck`, `gaitcheck --help` and up to the first frame looked at."""
    commands = {
        "python": ["-c", "pass"],
        "import": ["-c", "import gaitcheck"],
        "help": ["-m", "gaitcheck", "--help"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in (*commands, "first frame")}
    clip = made.SAMPLES / "free_walk.mp4"
    for _ in range(rounds):
        for name, arguments in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            seconds[name].append(time.perf_counter() - start)
        seconds["first frame"].append(run("first frame", clip, cores=cores).seconds)
    return {name: round(statistics.median(values), 3) for name, values in seconds.items()}


def stages(clips: list[Timed]) -> list[dict[str, Any]]:
    """What each stage costs, of the clips that are no footage."""
    paths = [str(clip.path) for clip in clips if not clip.is_footage]
    command = [sys.executable, "-m", "benchmarks.speed.stages", "--json", *paths]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def workers(clip: Path, *, rounds: int, most: int) -> dict[str, float]:
    """Frames a second of one clip on one core, two and so on, times those on one."""
    counts = [n for n in (1, 2, 4, 8) if n <= most]
    runs = [{n: run("gaitcheck", clip, cores=n).seconds for n in counts} for _ in range(rounds)]
    return {str(n): round(statistics.median(r[1] / r[n] for r in runs), 2) for n in counts}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2, help="contenders may use so many")
    parser.add_argument("--footage", type=Path, default=FOOTAGE, help="where clips are made")
    parser.add_argument(
        "--save", action="store_true", help="write results/ and the tables of README.md"
    )
    options = parser.parse_args()
    if options.clips:
        clips = [Timed(path.name, path, made.ALL) for path in options.clips]
    else:
        made.make(options.footage)
        clips = list(made.clips(options.footage))
    report: dict[str, Any] = {
        "gaitcheck": __version__,
        "machine": {"processor": platform.machine(), "cores": options.cores},
        "rounds": options.rounds,
        "clips": [],
    }
    for clip in clips:
        rounds = 1 if clip.is_footage else options.rounds
        told = time_clip(clip, rounds=rounds, cores=options.cores)
        report["clips"].append(told)
        print(as_text(told), flush=True)
    if not options.clips:
        minute = options.footage / "minute_home.mp4"
        most = max(options.cores, usable_cores())
        report["start_up_s"] = start_up(options.rounds, cores=options.cores)
        report["by_cores"] = workers(minute, rounds=min(options.rounds, 3), most=most)
        report["stages"] = stages(clips)
        print("start-up, s:", report["start_up_s"])
        print("a minute, times as fast as on one core:", report["by_cores"])
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"speed-{__version__}.json"
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        before, rest = README.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        text = f"{before}{BEGIN}\n{as_markdown(report)}\n{END}{after}"
        README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
