"""What both feet do at each moment, in numbers: what the learned signal of the feet looks at.

Everything is in the person's own leg lengths and seconds, relative to the hips or to the foot's own
place, so that neither size nor place in the picture matters.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import GRID_HZ, WalkSignals, velocity

FloatArray = npt.NDArray[np.floating[Any]]

EVERY: Final = 2
"""Rows of the grid from one look to the next: 50 looks a second."""

SHIFTS_S: Final = (0.12, 0.25, 0.4)
"""So far after and before, it is asked how far the foot stands from where it stands now."""

FASTEST_LEGS_S: Final = 6.0
FARTHEST_LEGS: Final = 2.0
TOE_LEGS: Final = 1.0
"""Speeds, places and the way from heel to toe beyond these are cut."""

DENSE_HZ: Final = 30.0
"""More frames a second tell no more: the signals are smoothed."""

_FOOT_ACROSS: Final = (0, 3, 5, 9, 11, 13)
_OF_A_FOOT: Final = 22
_OF_THE_BODY: Final = 12

MIRRORED: Final = np.ones(2 * _OF_A_FOOT + _OF_THE_BODY)
"""The numbers times these are those of the picture in a mirror, left still left."""
MIRRORED[[k + foot * _OF_A_FOOT for foot in (0, 1) for k in _FOOT_ACROSS]] = -1.0
MIRRORED[2 * _OF_A_FOOT] = -1.0

LOG_SIZE: Final = 2 * _OF_A_FOOT + 7
"""Which of the numbers is the logarithm of the person's size in the picture."""


def numbers_of(signals: WalkSignals) -> FloatArray:
    """Give the numbers of one person.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    ndarray, shape (n_looks, 2, n_numbers)
        For the left and the right foot: the foot's own, the other's, and the body's numbers.
    """
    feet = [_of_foot(signals, foot) for foot in (0, 1)]
    body = _of_body(signals)
    both = [np.concatenate([feet[own], feet[1 - own], body], axis=1)[::EVERY] for own in (0, 1)]
    return np.stack(both, axis=1).astype(np.float32)


def _way(places: FloatArray, signals: WalkSignals) -> FloatArray:
    way = np.nan_to_num(velocity(places, signals.valid))
    return np.asarray(np.clip(way, -FASTEST_LEGS_S, FASTEST_LEGS_S))


def _near(places: FloatArray, most: float) -> FloatArray:
    return np.asarray(np.clip(np.nan_to_num(places), -most, most))


def _of_foot(signals: WalkSignals, foot: int) -> FloatArray:
    """Ways and speeds of the foot, heel and toe, the leg under the hips, shifts of place."""
    leg = signals.leg_px[:, None]
    parts = [signals.parts_px[:, foot, k] / leg for k in range(3)]
    middle = signals.parts_px[:, foot].mean(axis=1) / leg
    hips = signals.up_px[:, :, 1].mean(axis=1) / leg
    way = _way(middle, signals)
    ends = [_way(parts[k], signals) for k in (1, 2)]
    columns = [way, _length(way), *ends, *(_length(end) for end in ends)]
    columns.append(_near(middle - hips, FARTHEST_LEGS))
    columns.append(_near(signals.up_px[:, foot, 0] / leg - hips, FARTHEST_LEGS))
    columns.append(_near(parts[2] - parts[1], TOE_LEGS))
    place, rows = np.nan_to_num(middle), np.arange(len(middle))
    for time_s in SHIFTS_S:
        for then in (time_s, -time_s):
            there = np.clip(rows + round(then * GRID_HZ), 0, len(rows) - 1)
            columns.append(_length(_near(place[there] - place, FARTHEST_LEGS)))
    columns.append(signals.visibility[:, foot, None])
    return np.concatenate(columns, axis=1)


def _length(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.norm(vectors, axis=1, keepdims=True))


def _of_body(signals: WalkSignals) -> FloatArray:
    """Way of the hips, facing and its turn, growth, and the circumstances of the whole track."""
    hips = _way(signals.up_px[:, :, 1].mean(axis=1) / signals.leg_px[:, None], signals)
    toward = signals.toward
    turn = np.gradient(toward) * GRID_HZ
    same = np.ones(len(toward))
    slower = signals.speed[signals.valid].min(axis=1)
    return np.column_stack(
        [
            hips,
            toward,
            np.abs(toward),
            turn,
            np.abs(turn),
            np.gradient(np.log(signals.leg_px)) * GRID_HZ,
            np.log(signals.leg_px / 80.0),
            np.log(min(signals.rate_hz, DENSE_HZ) / 25.0) * same,
            float(np.clip(np.median(slower), 0.0, 1.0)) * same,
            float(signals.whole_feet) * same,
            signals.valid,
        ]
    )
