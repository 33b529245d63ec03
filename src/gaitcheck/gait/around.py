"""What both feet do around a moment, in numbers: what the learned signal of the feet looks at.

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

SPEEDS_S: Final = (-0.8, -0.6, -0.45, 0.45, 0.6, 0.8)
"""When only the speeds of both feet are looked at: the steps before and after."""

FEET_S: Final = (-0.3, -0.2, -0.13, -0.07, 0.0, 0.07, 0.13, 0.2, 0.3)
"""When the way of both feet is looked at."""

PARTS_S: Final = (-0.07, 0.0, 0.07)
"""When heel and toe are."""

BODY_S: Final = (-0.2, 0.0, 0.2)
"""When hips, knees and the feet under them are."""

SHIFTS_S: Final = (0.12, 0.25, 0.4)
"""So far before and after, it is asked whether the foot stands where it stands now."""


class Around:
    """Looks at the signals of one track.

    Parameters
    ----------
    signals : WalkSignals
        One person.
    mirrored : bool
        See the picture in a mirror, left still left.
    """

    def __init__(self, signals: WalkSignals, *, mirrored: bool = False) -> None:
        self._signals = signals
        self._n = len(signals.time_s)
        self._whole = signals.whole_feet
        scale = signals.leg_px[:, None, None, None]
        parts, up = signals.parts_px / scale, signals.up_px / scale
        if mirrored:
            parts, up = parts * (-1.0, 1.0), up * (-1.0, 1.0)
        hips = up[:, :, 1].mean(axis=1)

        def way(places: FloatArray) -> FloatArray:
            return np.clip(np.nan_to_num(velocity(places, signals.valid)), -6.0, 6.0)

        self._place = np.nan_to_num(parts.mean(axis=2))
        self._under = np.clip(np.nan_to_num(parts.mean(axis=2) - hips[:, None]), -2.0, 2.0)
        self._knee = np.clip(np.nan_to_num(up[:, :, 0] - hips[:, None]), -2.0, 2.0)
        self._tilt = np.clip(np.nan_to_num(parts[:, :, 2] - parts[:, :, 1]), -1.0, 1.0)
        self._way, self._hips = way(parts.mean(axis=2)), way(hips)
        self._ends = way(parts[:, :, 1:]).reshape(self._n, 2, 4)
        self._speed = np.linalg.norm(self._way, axis=2)
        slower = signals.speed[signals.valid].min(axis=1)
        self._calm = float(np.clip(np.median(slower), 0.0, 1.0))

    def of(self, rows: npt.NDArray[np.intp], foot: int) -> FloatArray:
        """Give the numbers of one foot at rows of the grid, shape (n_rows, n_numbers)."""
        own, other = foot, 1 - foot

        def at(time_s: float) -> npt.NDArray[np.intp]:
            return np.clip(rows + round(time_s * GRID_HZ), 0, self._n - 1)

        columns = [self._speed[at(time_s)][:, [own, other]] for time_s in SPEEDS_S]
        for time_s in FEET_S:
            there = at(time_s)
            columns += [self._way[there, own], self._way[there, other]]
            columns.append(self._speed[there][:, [own, other]])
        for time_s in PARTS_S:
            ends = self._ends[at(time_s), own]
            columns += [ends, np.hypot(ends[:, ::2], ends[:, 1::2])]
        for time_s in BODY_S:
            there = at(time_s)
            columns += [self._hips[there], self._tilt[there, own]]
            for one in (own, other):
                columns += [self._under[there, one], self._knee[there, one]]
        for time_s in SHIFTS_S:
            for one, whole in ((own, True), (other, False)):
                here = self._place[rows, one]
                for then in (time_s, -time_s):
                    shift = np.clip(self._place[at(then), one] - here, -2.0, 2.0)
                    columns.append(np.hypot(shift[:, :1], shift[:, 1:]))
                    if whole:
                        columns.append(shift)
        columns.append(self._circumstances(rows, own))
        return np.concatenate(columns, axis=1).astype(np.float32)

    def _circumstances(self, rows: npt.NDArray[np.intp], own: int) -> FloatArray:
        signals = self._signals
        toward = signals.toward[rows]
        same = np.ones(len(rows))
        return np.stack(
            [
                signals.visibility[rows, own],
                signals.visibility[rows, 1 - own],
                toward,
                np.abs(toward),
                np.log(signals.leg_px[rows] / 80.0),
                np.log(signals.rate_hz / 25.0) * same,
                self._calm * same,
                float(self._whole) * same,
            ],
            axis=1,
        )
