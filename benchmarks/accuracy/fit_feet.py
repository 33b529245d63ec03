"""`python -m benchmarks.accuracy.fit_feet [FOLDER ...]`: teaches the learned signal of the feet.

From the rendered clips of the split `tune` and those of the folders given to
`src/gaitcheck/gait/feet.json`, alone or ``--beside`` the networks there: what they say in the mean
is believed. Scenes of other seeds, views and gaits lie in `feet_scenes`; more are written by
`python -m benchmarks.support.scenes FOLDER`, `python -m benchmarks.support.transitions FOLDER` and
`python -m benchmarks.accuracy.feet_more FOLDER`. Their clips are rendered by `python -m
benchmarks.studio render --scenes FOLDER --out CLIPS`. `--folds N` tells before how well it does on
scenes it was not taught by: contacts found with networks taught without that scene and its
variants.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.accuracy.contact_errors import faults_of
from benchmarks.accuracy.feet_data import Lesson, lessons
from benchmarks.accuracy.feet_net import fit
from benchmarks.accuracy.people import FOLDERS
from benchmarks.accuracy.tracks import followed
from gaitcheck.gait import learned
from gaitcheck.gait.learned import Network
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import read_folder

DIGITS = 4
TARGET = Path(learned.__file__).with_name(learned.WEIGHTS)


def scene_of(clip: str) -> str:
    """Name the scene that a clip varies."""
    return re.sub(r"^v\d+_|_[a-z]$", "", clip)


def write(
    nets: Sequence[Network], *, taught: Sequence[Lesson], others: Sequence[str], path: Path = TARGET
) -> None:
    """Write networks as readable data; the earlier of them were taught by the ``others``."""
    clips = sorted({*others, *(lesson.clip for lesson in taught)})
    table = {
        "about": "Log odds that a foot moves and lands; see gaitcheck.gait.learned and .around.",
        "made_by": "python -m benchmarks.accuracy.fit_feet",
        "made_on": date.today().isoformat(),
        "looks": int(sum((lesson.weight > 0).sum() for lesson in taught)),
        "clips": clips,
        "networks": [_rounded(asdict(net)) for net in nets],
    }
    text = json.dumps(table, indent=1)
    text = re.sub(r"\[\s+([-\d.e+,\s]+?)\s+\]", _one_line, text)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(values: object) -> object:
    if isinstance(values, dict):
        return {name: _rounded(part) for name, part in values.items()}
    if isinstance(values, (tuple, list, np.ndarray)):
        return [_rounded(part) for part in values]
    return values if isinstance(values, int) else float(f"{float(values):.{DIGITS}g}")  # type: ignore[arg-type]


def _one_line(match: re.Match[str]) -> str:
    return "[" + re.sub(r"\s+", " ", match.group(1)) + "]"


def _tell_folds(taught: Sequence[Lesson], folders: Sequence[Path], model: Path, n: int) -> None:
    scenes = sorted({scene_of(lesson.clip) for lesson in taught})
    fold_of = {s: i % n for i, s in enumerate(np.random.default_rng(0).permutation(scenes))}
    shipped = learned.networks
    counts = np.zeros(3)
    for fold in range(n):
        net = fit([x for x in taught if fold_of[scene_of(x.clip)] != fold])
        learned.networks = lambda net=net: (net,)  # type: ignore[assignment,misc]
        for folder in folders:
            for clip in read_folder(folder):
                if clip.split == "tune" and fold_of.get(scene_of(clip.name)) == fold:
                    faults, matched = faults_of(clip, followed(clip.path, model), None)
                    invented = sum(f.kind.startswith("invented") for f in faults)
                    off = sum("ms" in f.kind for f in faults)
                    counts += (len(matched), len(faults) - invented, invented + off)
    learned.networks = shipped
    hit, missed, false = counts
    print(f"contacts of scenes not taught: F1 {100 * 2 * hit / (2 * hit + missed + false):.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.fit_feet")
    parser.add_argument("folders", nargs="*", type=Path, help="clips beside those of tune")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--beside", action="store_true", help="keep the networks there are, too")
    options = parser.parse_args()
    model = find_model(announce=print).path
    folders = (*FOLDERS, *options.folders)
    taught = list(lessons(folders, model))
    print(f"{len(taught)} lessons from {len({x.clip for x in taught})} clips")
    if options.folds:
        _tell_folds(taught, folders, model, options.folds)
    net = fit(taught, seed=options.seed)
    before, others = (
        ((), ())
        if not options.beside
        else (learned.networks(), json.loads(TARGET.read_text(encoding="utf-8"))["clips"])
    )
    write((*before, net), taught=taught, others=others, path=options.out)


if __name__ == "__main__":
    main()
