"""How likely each foot moves, by the speeds of both feet alone and rules set by hand.

The learned signal (`gaitcheck.gait.learned`) knows more, but only rendered people; a part of these
odds is added to it for people unlike them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.signals import WalkSignals

FloatArray = npt.NDArray[np.floating[Any]]

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
"""Spread of the speed of a moving foot, natural logarithm."""

CAP_NATS: Final = 3.0
"""A speed speaks at most so loud: landmarks jump now and then."""


def speed_odds(signals: WalkSignals) -> FloatArray:
    """Say by their speeds how likely the feet move.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    ndarray, shape (n, 2)
        Natural logarithm of the odds that the left and the right foot moves; 0 in gaps.
    """
    speed, along = np.nan_to_num(signals.speed), np.abs(signals.toward)[:, None]
    slower = signals.speed[signals.valid].min(axis=1)
    calm = float(np.clip(SCATTER_OF_MEDIAN * np.median(slower), *STANDING_LEGS_S))
    least = calm * (1 - (1 - CALM_FROM_FRONT) * along**2)
    scatter = np.hypot(least, DRAGGED * speed[:, ::-1])
    standing = speed**2 / (2 * scatter**2) + np.log(scatter * np.sqrt(np.pi / 2))
    fast = np.maximum(speed, 1e-3)
    expected = SWING_LEGS_S * (1 - (1 - SEEN_FROM_FRONT) * along**2)
    swinging = (np.log(fast / expected) / SWING_SPREAD) ** 2 / 2 + np.log(
        np.maximum(fast, 0.2) * SWING_SPREAD * np.sqrt(2 * np.pi)
    )
    odds = np.clip(standing - swinging, -CAP_NATS, CAP_NATS)
    odds[~signals.valid] = 0.0
    return np.asarray(odds)
