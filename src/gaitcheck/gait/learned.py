"""How likely each foot moves at each moment: a small network taught by rendered people.

The speed of a foot over the floor tells most, but the pose model drags the standing foot along with
the one that passes it, lets feet jump, and hides them behind each other. What it does then is much
the same in all pictures; a network that sees a second and a half of both feet, knees and hips
(`gaitcheck.gait.around`) has learned it. Its weights are `feet.json`, made by
``python -m benchmarks.accuracy.fit_feet`` from rendered scenes only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.around import EVERY, Around
from gaitcheck.gait.signals import WalkSignals
from gaitcheck.gait.speeds import speed_odds

FloatArray = npt.NDArray[np.floating[Any]]

WEIGHTS: Final = "feet.json"

SPEEDS_PART: Final = 0.3
"""Part of the odds by speed alone (`gaitcheck.gait.speeds`) that is added (real clips gain by it,
rendered ones lose little)."""

BLOCK: Final = 4000
"""Looks at a time: 5 MB of numbers."""

SPREADS: Final = 5.0
"""Numbers farther from their mean are taken for so many spreads away."""


@dataclass(frozen=True, eq=False)
class Network:
    """One hidden layer of rectified sums.

    Parameters
    ----------
    mean, spread : ndarray, shape (n_numbers,)
        Of the numbers in the scenes it was taught by.
    hidden : ndarray, shape (n_numbers, n_hidden)
    hidden_bias, out : ndarray, shape (n_hidden,)
    out_bias : float
    """

    mean: FloatArray
    spread: FloatArray
    hidden: FloatArray
    hidden_bias: FloatArray
    out: FloatArray
    out_bias: float

    def odds(self, numbers: FloatArray) -> FloatArray:
        """Log odds (n,) that a foot moves, from its numbers (n, n_numbers)."""
        z = np.clip((numbers - self.mean) / self.spread, -SPREADS, SPREADS)
        hidden = np.maximum(z @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(hidden @ self.out + self.out_bias)


@cache
def network() -> Network:
    """Read the network of this package, once."""
    text = files("gaitcheck.gait").joinpath(WEIGHTS).read_text(encoding="utf-8")
    table = json.loads(text)["network"]
    arrays = {name: np.array(table[name], dtype=np.float64) for name in Network.__annotations__}
    out_bias = float(arrays.pop("out_bias"))
    return Network(**arrays, out_bias=out_bias)


def moving_odds(signals: WalkSignals) -> FloatArray:
    """Say how likely each foot moves.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    ndarray, shape (n, 2)
        Natural logarithm of the odds that the left and the right foot moves; 0 in gaps.
    """
    net, around = network(), (Around(signals), Around(signals, mirrored=True))
    rows = np.arange(0, len(signals.time_s), EVERY)
    looks = np.empty((len(rows), 2))
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        for foot in (0, 1):
            both = [net.odds(seen.of(block, foot)) for seen in around]
            looks[start : start + BLOCK, foot] = np.mean(both, axis=0)
    every = np.arange(len(signals.time_s))
    out = np.stack([np.interp(every, rows, looks[:, foot]) for foot in (0, 1)], axis=1)
    out[~signals.valid] = 0.0
    return np.asarray(out + SPEEDS_PART * speed_odds(signals))
