"""Which foot moves when: the most likely course of both feet through standing and moving."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.learned import FeetOdds
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

STOP_ODDS: Final = -4.0
"""Log odds of a landing at which a foot stops at the plain cost; it costs as many nats less or more
as they are higher or lower (measured: 1 at the median of true landings, -1 in one of 20)."""

STOP_NATS: Final = 4.0
"""At most so many."""


def moving_feet(signals: WalkSignals, odds: FeetOdds) -> BoolArray:
    """Give the most likely course of both feet, standing or moving.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.
    odds : FeetOdds
        How likely each moves and lands.

    Returns
    -------
    ndarray of bool, shape (n, 2)
        Whether the left and the right foot moves; in gaps neither does.
    """
    out = np.zeros(odds.moving.shape, dtype=bool)
    weight = (signals.time_s[1] - signals.time_s[0]) / max(INDEPENDENT_S, 0.5 / signals.rate_hz)
    for start, end in runs(signals.valid):
        run = slice(start, end)
        out[run] = _most_likely(odds.moving[run], odds.landing[run], weight=weight)
    return out


_STATES: Final = np.array(
    [(False, False), (False, False), (True, False), (False, True), (True, True)]
)
"""Both stand and the left moved last, both stand and the right did, one moves, both move."""

_STOPS: Final = (_STATES[:, None] & ~_STATES[None]).astype(np.float64)
"""Which feet stop in passing from state to state, shape (5, 5, 2)."""

_AFTER_LEFT, _AFTER_RIGHT, _LEFT, _RIGHT = range(4)


def _change_nats() -> FloatArray:
    """Cost of passing from state to state, shape (5, 5)."""
    cost = CHANGE_NATS * (_STATES[:, None] != _STATES[None]).sum(axis=2).astype(np.float64)
    cost[_LEFT, _AFTER_RIGHT] = cost[_RIGHT, _AFTER_LEFT] = np.inf
    cost[_AFTER_LEFT, _AFTER_RIGHT] = cost[_AFTER_RIGHT, _AFTER_LEFT] = np.inf
    cost[_AFTER_LEFT, _LEFT] += SAME_FOOT_NATS
    cost[_AFTER_RIGHT, _RIGHT] += SAME_FOOT_NATS
    return np.asarray(cost)


def _most_likely(moving: FloatArray, landing: FloatArray, *, weight: float) -> BoolArray:
    """Viterbi over the states of two feet; log odds (n, 2) without gaps, bool (n, 2)."""
    standing = -np.clip(moving, -CAP_NATS, CAP_NATS)
    costs = np.stack([np.where(state, standing, 0.0).sum(axis=1) for state in _STATES], axis=1)
    costs[:, -1] += BOTH_NATS
    costs *= weight
    change = _change_nats()
    eased = np.clip(landing - STOP_ODDS, -STOP_NATS, STOP_NATS)
    best = costs[0]
    came = np.zeros(costs.shape, dtype=np.intp)
    for t in range(1, len(moving)):
        total = best[:, None] + change - _STOPS @ eased[t]
        came[t] = total.argmin(axis=0)
        best = total[came[t], np.arange(len(_STATES))] + costs[t]
    path = np.empty(len(moving), dtype=np.intp)
    path[-1] = best.argmin()
    for t in range(len(moving) - 1, 0, -1):
        path[t - 1] = came[t, path[t]]
    return np.asarray(_STATES[path])
