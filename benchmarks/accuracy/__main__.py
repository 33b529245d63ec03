"""`python -m benchmarks.accuracy`: scores gaitcheck and the baseline on labelled clips.

Pose tracks are cached (benchmarks/cache), so that a change of the gait rules is re-scored in
seconds. `--save` writes results/VERSION.json and the tables of benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.accuracy import baseline, tables
from benchmarks.accuracy.answers import gaitcheck_answer
from benchmarks.accuracy.reliability import diagram
from benchmarks.accuracy.score import ClipScore, by_category, figures, score_clip
from benchmarks.accuracy.tracks import followed_plainly
from gaitcheck import __version__
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import TrueClip, read_folder

HERE = Path(__file__).parent.parent
RENDERED = HERE / "clips"
SAMPLES = HERE.parent / "sample_videos"
REAL = HERE.parent.parent / "shared" / "clips"
RESULTS = HERE / "results"
README = HERE / "README.md"
BEGIN, END = "<!-- accuracy tables: begin -->", "<!-- accuracy tables: end -->"


RELIABILITY = (
    "How sure gaitcheck is of each step, and how many were there within 100 ms (the bar; the mark "
    "is where it should end):\n\n"
)


def score_all(clip: TrueClip, *, model: Path, with_baseline: bool) -> dict[str, ClipScore]:
    """Score every contender on one clip."""
    scores = {"gaitcheck": score_clip(clip, gaitcheck_answer(clip.path, model))}
    if with_baseline:
        track = followed_plainly(clip.path, model)
        for rule in baseline.RULES:
            scores[f"plain + {rule}"] = score_clip(clip, baseline.answer(track, rule))
    return scores


def report(results: list[dict[str, ClipScore]]) -> dict:
    """Figures of every contender over these clips, gaitcheck's also by category and by clip."""
    contenders = list(results[0])
    ours = [r["gaitcheck"] for r in results]
    return {
        "all": {name: figures(r[name] for r in results) for name in contenders},
        "by_category": by_category(ours),
        "by_clip": {score.name: figures([score]) for score in ours},
    }


def as_text(title: str, found: dict) -> str:
    """The tables of one split."""
    parts = [f"### {title}", tables.comparison(found["all"])]
    parts.append(RELIABILITY + diagram(found["all"]["gaitcheck"]["reliability"]))
    if found["by_category"]:
        parts.append(tables.categories(found["by_category"]))
    parts.append(tables.clips(found["by_clip"]))
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="default: rendered and real clips")
    parser.add_argument("--only", help="clips whose name holds this text")
    parser.add_argument("--split", choices=("tune", "report", "real"))
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args()
    folders = options.folders or [RENDERED, SAMPLES, REAL]
    clips = [clip for folder in folders for clip in read_folder(folder)]
    clips = [
        clip
        for clip in clips
        if (not options.only or options.only in clip.name)
        and (not options.split or clip.split == options.split)
    ]
    if not clips:
        parser.error(f"no labelled clips in {', '.join(map(str, folders))}")
    work = partial(
        score_all, model=find_model(announce=print).path, with_baseline=not options.no_baseline
    )
    with ProcessPoolExecutor(options.workers) as pool:
        results = list(pool.map(work, clips))
    found = {}
    for split in dict.fromkeys(clip.split for clip in clips):
        members = [r for clip, r in zip(clips, results, strict=True) if clip.split == split]
        found[split] = report(members)
    text = "\n\n".join(as_text(f"Split: {split}", part) for split, part in found.items())
    print(text)
    if options.save:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"accuracy-{__version__}.json"
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        before, rest = README.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
