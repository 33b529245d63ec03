"""Fits the learned judge: an additive model with weights that are never below 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from benchmarks.support.evidence import ClipEvidence
from gaitcheck.gait.features import NAMES
from gaitcheck.gait.judge import HeldJudge, probability

SHRINK = 0.5
"""Strength of the ridge on the weights: 0.3 to 2 were tried, all alike."""
LEAST_WEIGHT = 0.02
LEAST = {
    "thing_worse": 14.0,
    "beside_unfree_worse": 8.0,
    "thing_stands_worse": 6.0,
    "at_line_worse": 4.0,
    "rests_worse": 4.0,
    "raised_alone_lags_worse": 4.0,
    "elbow_back_low_worse": 4.0,
    "near_hip_unfree_worse": 2.0,
    "kept_at_hip_worse": 2.0,
    "rail_unfree_worse": 2.0,
    "rail_unswung_worse": 1.5,
    "unfree_worse": 0.5,
    "unfree_now_worse": 0.5,
    "unseen_unfree_worse": 0.5,
}
"""What must weigh at least so much, whatever the scenes say: something clearly seen at a hand, or
running along its way while it is not free, a hand that rests here and there, one out beside the
body, seen from the front, that does not swing, an elbow drawn back low, a hand kept at the hip or
raised alone that lags, one that does not move as free ones do, or is not seen. Left alone, the fit
makes up for them by other weights, and whole kinds of scenes leak."""

BY_RULE = ("before_unfree", "guard_alone", "at_hold")
"""Not weighed: too few scenes show what a rule asks for (`never_free`), or, of arms carried as at
something fixed, a limit each way finds more of the held steps than any weight."""


@dataclass(frozen=True)
class Table:
    """Steps that no rule decided: features (n, k), held or not, weight, and their clips."""

    x: np.ndarray
    held: np.ndarray
    weight: np.ndarray
    clip: np.ndarray


def table_of(clips: Sequence[ClipEvidence]) -> Table:
    """Gather the open steps; those of a clip together count as the root of their number."""
    rows, held, number = [], [], []
    for i, clip in enumerate(clips):
        for true in clip.true:
            if true.walker is None or true.step is None:
                continue
            features = clip.walkers[true.walker][1][true.step].open_features
            if features is not None:
                rows.append(features.values)
                held.append(true.support != "none")
                number.append(i)
    count = Counter(zip(number, held, strict=True))
    weight = [count[key] ** -0.5 for key in zip(number, held, strict=True)]
    return Table(np.array(rows), np.array(held, float), np.array(weight), np.array(number))


def fit(table: Table, *, without: Sequence[str] = (), most_held: float = 0.05) -> HeldJudge:
    """Fit the weights by penalised likelihood, all of them 0 or above.

    ``without`` leaves features out, by the beginning of their names, and so are those `BY_RULE`.
    """
    use = np.array([not name.startswith((*BY_RULE, *without)) for name in NAMES])
    x = table.x[:, use]

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        logit = x @ values[1:] + values[0]
        p = np.clip(1 / (1 + np.exp(-logit)), 1e-9, 1 - 1e-9)
        entropy = table.held * np.log(p) + (1 - table.held) * np.log(1 - p)
        slope = table.weight * (p - table.held)
        return (
            float(-(table.weight * entropy).sum() + SHRINK / 2 * (values[1:] ** 2).sum()),
            np.concatenate([[slope.sum()], x.T @ slope + SHRINK * values[1:]]),
        )

    start = np.concatenate([[-3.0], np.full(x.shape[1], 0.1)])
    names = [name for name, used in zip(NAMES, use, strict=True) if used]
    bounds = [(None, None), *((LEAST.get(name, 0.0), None) for name in names)]
    start[1:] = np.maximum(start[1:], [LEAST.get(name, 0.0) for name in names])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = {n: float(w) for n, w in zip(names, best[1:], strict=True) if w >= LEAST_WEIGHT}
    return HeldJudge(float(best[0]), weights, most_held)


def calibrated(judge: HeldJudge, logits: np.ndarray, table_held: np.ndarray) -> HeldJudge:
    """Stretch and shift the logits so that they are as sure as they were right on scenes unseen.

    The limit is stretched with them: which steps are free does not change by this.
    """

    def loss(ab: np.ndarray) -> float:
        z = ab[0] * logits + ab[1]
        return float(np.logaddexp(0, np.where(table_held > 0, -z, z)).sum())

    a, b = minimize(loss, [1.0, 0.0], method="Nelder-Mead").x
    return HeldJudge(
        float(a * judge.intercept + b),
        {name: float(a * w) for name, w in judge.weights.items()},
        probability(a * float(np.log(judge.most_held / (1 - judge.most_held))) + b),
    )
