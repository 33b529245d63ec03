"""Which foot moves when: the most likely course of both feet through standing and moving."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import WalkSignals, runs

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

INDEPENDENT_S: Final = 0.04
"""Odds nearer in time than this are one observation, s: the width of the low-pass."""

CHANGE_NATS: Final = 3.0
"""Cost of a foot that starts or stops: about four times a second, odds of 1 in 20 in each
observation (two feet at 2.5 to 3.2 steps/s at most, FIELD 6)."""

BOTH_NATS: Final = 2.0
"""Cost of both feet moving, each observation: seldom but for running and exchanged legs."""

SAME_FOOT_NATS: Final = 2.0
"""Cost of a foot that starts again before the other did, odds of 1 in 7."""

CAP_NATS: Final = 4.0
"""One observation speaks at most so loud: landmarks jump now and then."""


def moving_feet(signals: WalkSignals, odds: FloatArray) -> BoolArray:
    """Give the most likely course of both feet, standing or moving.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.
    odds : ndarray, shape (n, 2)
        Log odds that each moves, as `gaitcheck.gait.learned.feet_odds` gives them.

    Returns
    -------
    ndarray of bool, shape (n, 2)
        Whether the left and the right foot moves; in gaps neither does.
    """
    out = np.zeros(odds.shape, dtype=bool)
    weight = (signals.time_s[1] - signals.time_s[0]) / max(INDEPENDENT_S, 0.5 / signals.rate_hz)
    for start, end in runs(signals.valid):
        out[start:end] = _most_likely(odds[start:end], weight=weight)
    return out


_STATES: Final = np.array(
    [(False, False), (False, False), (True, False), (False, True), (True, True)]
)
"""Both stand and the left moved last, both stand and the right did, one moves, both move."""

_AFTER_LEFT, _AFTER_RIGHT, _LEFT, _RIGHT = range(4)


def _change_nats() -> FloatArray:
    """Cost of passing from state to state, shape (5, 5)."""
    cost = CHANGE_NATS * (_STATES[:, None] != _STATES[None]).sum(axis=2).astype(np.float64)
    cost[_LEFT, _AFTER_RIGHT] = cost[_RIGHT, _AFTER_LEFT] = np.inf
    cost[_AFTER_LEFT, _AFTER_RIGHT] = cost[_AFTER_RIGHT, _AFTER_LEFT] = np.inf
    cost[_AFTER_LEFT, _LEFT] += SAME_FOOT_NATS
    cost[_AFTER_RIGHT, _RIGHT] += SAME_FOOT_NATS
    return np.asarray(cost)


def _most_likely(odds: FloatArray, *, weight: float) -> BoolArray:
    """Viterbi over the states of two feet; log odds (n, 2) without gaps, bool (n, 2)."""
    standing = -np.clip(odds, -CAP_NATS, CAP_NATS)
    costs = np.stack([np.where(state, standing, 0.0).sum(axis=1) for state in _STATES], axis=1)
    costs[:, -1] += BOTH_NATS
    costs *= weight
    change = _change_nats()
    best = costs[0]
    came = np.zeros(costs.shape, dtype=np.intp)
    for t in range(1, len(odds)):
        total = best[:, None] + change
        came[t] = total.argmin(axis=0)
        best = total[came[t], np.arange(len(_STATES))] + costs[t]
    path = np.empty(len(odds), dtype=np.intp)
    path[-1] = best.argmin()
    for t in range(len(odds) - 1, 0, -1):
        path[t - 1] = came[t, path[t]]
    return np.asarray(_STATES[path])
