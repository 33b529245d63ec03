"""Counts what a judge of support gets right, over clips it was not fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from benchmarks.support.evidence import ClipEvidence
from benchmarks.support.model import calibrated, fit, table_of
from gaitcheck.gait.context import StepSupport, parts_of_walks
from gaitcheck.gait.judge import HeldJudge, probability, walk_logits
from gaitcheck.gait.support import conclude
from gaitcheck.scoring.truth import SUPPORTED
from gaitcheck.settings import GaitSettings

Judges = Sequence[HeldJudge]
FOLDS = 10


def folds_by(clips: Sequence[ClipEvidence], key: Callable[[ClipEvidence], str]) -> np.ndarray:
    """Number of the fold of each clip; clips with one key share one."""
    keys = sorted({key(clip) for clip in clips})
    order = np.random.default_rng(0).permutation(len(keys))
    place = {k: int(order[i]) % FOLDS for i, k in enumerate(keys)}
    return np.array([place[key(clip)] for clip in clips])


def judges_apart(
    clips: Sequence[ClipEvidence], folds: np.ndarray, *, without: Sequence[str] = ()
) -> list[HeldJudge]:
    """For each clip a judge fitted on the other folds: no scene judges itself."""
    by_fold = {
        fold: fit(
            table_of([c for c, f in zip(clips, folds, strict=True) if f != fold]), without=without
        )
        for fold in sorted(set(folds.tolist()))
    }
    return [by_fold[fold] for fold in folds.tolist()]


def logits_of(clips: Sequence[ClipEvidence], judges: Judges) -> tuple[np.ndarray, np.ndarray]:
    """Steadied logits of all open true steps and whether they were held."""
    logits, held = [], []
    for clip, judge in zip(clips, judges, strict=True):
        steady = [_steadied(steps, details, judge) for steps, details in clip.walkers]
        for true in clip.true:
            if true.walker is not None and true.step is not None:
                logit = steady[true.walker][true.step]
                if logit is not None:
                    logits.append(logit)
                    held.append(true.support != "none")
    return np.array(logits), np.array(held, float)


def _steadied(
    steps: Sequence, details: Sequence[StepSupport], judge: HeldJudge
) -> list[float | None]:
    out: list[float | None] = [None] * len(steps)
    for walk in parts_of_walks(steps, details, GaitSettings()):
        logits = walk_logits(judge, [details[i].open_features for i in walk])
        for i, logit in zip(walk, logits, strict=True):
            out[i] = logit
    return out


def count(
    clips: Sequence[ClipEvidence], judges: Judges, *, most_held: float | None = None
) -> dict[str, Counter]:
    """Count answers by split: `tune` itself, and scenes drawn to learn from, `added`."""
    total: dict[str, Counter] = {}
    for clip, judge in zip(clips, judges, strict=True):
        own = judge if most_held is None else limited(judge, most_held)
        said = [conclude(steps, details, judge=own) for steps, details in clip.walkers]
        counts = total.setdefault(clip.split, Counter())
        wrong = 0
        for true in clip.true:
            found = true.walker is not None and true.step is not None
            answer = said[true.walker][true.step].support if found else None
            group = "held" if true.support in SUPPORTED else "free"
            counts[group] += 1
            counts[f"{group}_{answer or 'missed'}"] += 1
            counts["right_kind"] += group == "held" and answer == true.support
            counts["free_supported"] += group == "free" and answer in SUPPORTED
            wrong += group == "held" and answer == "none"
        counts["clips_wrong"] += wrong > 0
        if wrong:
            counts[f"wrong in {clip.name}"] += wrong
    return total


def line(counts: Counter) -> str:
    """One line of a table in words."""
    held, free = max(counts["held"], 1), max(counts["free"], 1)
    return (
        f"false independent {counts['held_none']} of {counts['held']} "
        f"({counts['held_none'] / held:.1%}, {counts['clips_wrong']} clips), "
        f"independent recall {counts['free_none'] / free:.1%} of {counts['free']}, "
        f"unknown {counts['free_unknown'] / free:.1%}, "
        f"called supported {counts['free_supported'] / free:.1%}, "
        f"missed {counts['free_missed'] / free:.1%}, "
        f"right kind {counts['right_kind'] / held:.1%}"
    )


def limited(judge: HeldJudge, most_held: float) -> HeldJudge:
    """The judge with another limit."""
    return replace(judge, most_held=most_held)


def calibrated_apart(clips: Sequence[ClipEvidence], judges: Judges) -> list[HeldJudge]:
    """Each judge calibrated by what all of them said of scenes that they had not seen.

    Two numbers for all clips: so little cannot learn a scene by heart.
    """
    logits, held = logits_of(clips, judges)
    return [calibrated(judge, logits, held) for judge in judges]


def calibration(logits: np.ndarray, held: np.ndarray) -> list[tuple[str, int, float, float]]:
    """Rows of stated and true share of held steps."""
    p = np.array([probability(z) for z in logits])
    edges = np.array([0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0001])
    rows = []
    for low, high in pairwise(edges):
        inside = (p >= low) & (p < high)
        if inside.any():
            rows.append(
                (
                    f"{low:.2f} to {min(high, 1):.2f}",
                    int(inside.sum()),
                    float(p[inside].mean()),
                    float(held[inside].mean()),
                )
            )
    return rows
