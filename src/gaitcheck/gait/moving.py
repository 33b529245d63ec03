"""Which foot moves when: the most likely course of both feet through standing and moving."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import WalkSignals, runs

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

STANDING_LEGS_S: Final = (0.1, 0.3)
"""Scatter of the speed of a standing foot, leg lengths/s: at least and at most (measured: under 0.3
in home clips at 10 to 30 Hz); between them, what the slower foot of this track shows."""

SCATTER_OF_MEDIAN: Final = 1.5
"""Scatter over the median speed of the slower of two feet (about 1.2 were both standing; they
mostly are not)."""

DRAGGED: Final = 0.3
"""A standing foot seems to move with this part of the speed of the foot that passes it (measured:
bumps of 1 to 1.5 beside a swing of 5; the legs hide each other)."""

SWING_LEGS_S: Final = 1.8
"""Middle speed of a moving foot, leg lengths/s (measured: 2 to 5 from the side, 0.8 to 2 from the
front)."""

SEEN_FROM_FRONT: Final = 0.7
"""Part of that which remains in the picture where the person walks along the line of sight."""

CALM_FROM_FRONT: Final = 0.75
"""Part of the scatter of a standing foot that remains there: the legs do not hide each other."""

SWING_SPREAD: Final = 0.7
"""Its spread, natural logarithm."""

INDEPENDENT_S: Final = 0.04
"""Speeds nearer in time than this are one observation, s: the width of the low-pass."""

CHANGE_NATS: Final = 3.0
"""Cost of a foot that starts or stops: about four times a second, odds of 1 in 20 in each
observation (two feet at 2.5 to 3.2 steps/s at most, FIELD 6)."""

BOTH_NATS: Final = 2.0
"""Cost of both feet moving, each observation: seldom but for running and exchanged legs."""

SAME_FOOT_NATS: Final = 2.0
"""Cost of a foot that starts again before the other did, odds of 1 in 7."""

CAP_NATS: Final = 3.0
"""One observation speaks at most so loud: landmarks jump now and then."""


def moving_feet(signals: WalkSignals) -> BoolArray:
    """Give the most likely course of both feet, standing or moving.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    ndarray of bool, shape (n, 2)
        Whether the left and the right foot moves; in gaps neither does.
    """
    out = np.zeros(signals.speed.shape, dtype=bool)
    frame_s = 1 / signals.rate_hz
    slower = signals.speed[signals.valid].min(axis=1)
    calm = float(np.clip(SCATTER_OF_MEDIAN * np.median(slower), *STANDING_LEGS_S))
    weight = (signals.time_s[1] - signals.time_s[0]) / max(INDEPENDENT_S, 0.5 * frame_s)
    for start, end in runs(signals.valid):
        out[start:end] = _most_likely(
            signals.speed[start:end],
            calm=calm,
            weight=weight,
            along=np.abs(signals.toward[start:end]),
        )
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


def _most_likely(speed: FloatArray, *, calm: float, weight: float, along: FloatArray) -> BoolArray:
    """Viterbi over the states of two feet.

    ``speed`` (n, 2) without gaps; ``calm``: scatter of a standing foot; ``along`` (n,): how far the
    body faces along the line of sight; gives bool (n, 2).
    """
    other = speed[:, ::-1]
    least = calm * (1 - (1 - CALM_FROM_FRONT) * along[:, None] ** 2)
    scatter = np.hypot(least, DRAGGED * other)
    standing = speed**2 / (2 * scatter**2) + np.log(scatter * np.sqrt(np.pi / 2))
    fast = np.maximum(speed, 1e-3)
    expected = SWING_LEGS_S * (1 - (1 - SEEN_FROM_FRONT) * along[:, None] ** 2)
    swinging = (np.log(fast / expected) / SWING_SPREAD) ** 2 / 2 + np.log(
        np.maximum(fast, 0.2) * SWING_SPREAD * np.sqrt(2 * np.pi)
    )
    odds = np.clip(swinging - standing, -CAP_NATS, CAP_NATS)
    costs = np.stack([np.where(state, odds, 0.0).sum(axis=1) for state in _STATES], axis=1)
    costs[:, -1] += BOTH_NATS
    costs *= weight
    change = _change_nats()
    best = costs[0]
    came = np.zeros(costs.shape, dtype=np.intp)
    for t in range(1, len(speed)):
        total = best[:, None] + change
        came[t] = total.argmin(axis=0)
        best = total[came[t], np.arange(len(_STATES))] + costs[t]
    path = np.empty(len(speed), dtype=np.intp)
    path[-1] = best.argmin()
    for t in range(len(speed) - 1, 0, -1):
        path[t - 1] = came[t, path[t]]
    return np.asarray(_STATES[path])
