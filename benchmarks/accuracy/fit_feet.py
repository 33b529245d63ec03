"""`python -m benchmarks.accuracy.fit_feet [FOLDER ...]`: teaches the learned signal of the feet.

From the rendered clips of the split `tune` and those of the folders given to
`src/gaitcheck/gait/feet.json`. Scenes of other seeds, views and gaits lie in `feet_scenes`; their
clips are rendered by `python -m benchmarks.studio render --scenes
benchmarks/accuracy/feet_scenes --out FOLDER`. `--folds N` tells before how well it does on scenes
it was not taught by: contacts found with networks taught without that scene and its variants.
"""

from __future__ import annotations

import argparse
import json
import re
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.accuracy.contact_errors import faults_of
from benchmarks.accuracy.feet_data import Lesson, lessons
from benchmarks.accuracy.people import FOLDERS
from benchmarks.accuracy.tracks import followed
from gaitcheck.gait import learned
from gaitcheck.gait.learned import SPREADS, Network
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import read_folder

HIDDEN = 40
SEEDS = (0, 1)
"""Networks whose log odds are averaged: they are one network with as many times the hidden sums."""
DECAY = 0.4
PASSES = 8
BATCH = 512
RATE = 2e-3
EVERY = 4
"""Of neighbouring looks, which are nearly the same, every so many is taught."""
DIGITS = 4
TARGET = Path(learned.__file__).with_name(learned.WEIGHTS)


def fit(taught: Sequence[Lesson]) -> Network:
    """Fit the networks and lay them side by side."""
    x, y, w = (np.concatenate(parts) for parts in zip(*_looks(taught), strict=True))
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-3
    z = np.clip((x - mean) / spread, -SPREADS, SPREADS)
    nets = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # few passes are meant
        for seed in SEEDS:
            net = MLPClassifier(
                (HIDDEN,), alpha=DECAY, batch_size=BATCH, learning_rate_init=RATE,
                max_iter=PASSES, random_state=seed,
            )  # fmt: skip
            nets.append(net.fit(z, y, sample_weight=w))
    return Network(
        mean=mean,
        spread=spread,
        hidden=np.concatenate([n.coefs_[0] for n in nets], axis=1),
        hidden_bias=np.concatenate([n.intercepts_[0] for n in nets]),
        out=np.concatenate([n.coefs_[1][:, 0] for n in nets]) / len(nets),
        out_bias=float(np.mean([n.intercepts_[1][0] for n in nets])),
    )


def _looks(taught: Sequence[Lesson]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    out = []
    for i, lesson in enumerate(taught):
        for numbers in (lesson.seen, lesson.mirrored):
            for foot in (0, 1):
                some = slice((i + foot) % EVERY, None, EVERY)
                counts = lesson.weight[some, foot] > 0
                out.append(
                    (
                        numbers[some, foot][counts],
                        lesson.moves[some, foot][counts],
                        lesson.weight[some, foot][counts],
                    )
                )
    return out


def scene_of(clip: str) -> str:
    """Name the scene that a clip varies."""
    return re.sub(r"^v\d+_|_[a-z]$", "", clip)


def write(net: Network, *, taught: Sequence[Lesson], path: Path = TARGET) -> None:
    """Write a network as readable data."""
    clips = sorted({lesson.clip for lesson in taught})
    table = {
        "about": "Log odds that a foot moves; see gaitcheck.gait.learned and .around.",
        "made_by": "python -m benchmarks.accuracy.fit_feet",
        "made_on": date.today().isoformat(),
        "looks": int(sum((lesson.weight > 0).sum() for lesson in taught)),
        "clips": clips,
        "network": {
            name: _rounded(np.asarray(getattr(net, name))) for name in Network.__annotations__
        },
    }
    text = json.dumps(table, indent=1)
    text = re.sub(r"\[\s+([-\d.e+,\s]+?)\s+\]", _one_line, text)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(values: np.ndarray) -> object:
    if values.ndim:
        return [_rounded(v) for v in values]
    return float(f"{float(values):.{DIGITS}g}")


def _one_line(match: re.Match[str]) -> str:
    return "[" + re.sub(r"\s+", " ", match.group(1)) + "]"


def _tell_folds(taught: Sequence[Lesson], folders: Sequence[Path], model: Path, n: int) -> None:
    scenes = sorted({scene_of(lesson.clip) for lesson in taught})
    fold_of = {s: i % n for i, s in enumerate(np.random.default_rng(0).permutation(scenes))}
    shipped = learned.network
    counts = np.zeros(3)
    for fold in range(n):
        net = fit([x for x in taught if fold_of[scene_of(x.clip)] != fold])
        learned.network = lambda net=net: net  # type: ignore[assignment,misc]
        for folder in folders:
            for clip in read_folder(folder):
                if clip.split == "tune" and fold_of.get(scene_of(clip.name)) == fold:
                    faults, matched = faults_of(clip, followed(clip.path, model), None)
                    invented = sum(f.kind.startswith("invented") for f in faults)
                    off = sum("ms" in f.kind for f in faults)
                    counts += (len(matched), len(faults) - invented, invented + off)
    learned.network = shipped
    hit, missed, false = counts
    print(f"contacts of scenes not taught: F1 {100 * 2 * hit / (2 * hit + missed + false):.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.fit_feet")
    parser.add_argument("folders", nargs="*", type=Path, help="clips beside those of tune")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    model = find_model(announce=print).path
    folders = (*FOLDERS, *options.folders)
    taught = list(lessons(folders, model))
    print(f"{len(taught)} lessons from {len({x.clip for x in taught})} clips")
    if options.folds:
        _tell_folds(taught, folders, model, options.folds)
    write(fit(taught), taught=taught, path=options.out)


if __name__ == "__main__":
    main()
