"""How likely each foot moves, and lands, at each moment: a network taught by rendered people.

The speed of a foot over the floor tells most, but the pose model drags the standing foot along with
the one that passes it, lets feet jump, and hides them behind each other. What it does then is much
the same in all pictures; a network of convolutions in time, which sees seconds of both feet, knees
and hips (`gaitcheck.gait.around`), has learned it, and that steps come in turns. Its weights are
`feet.json`, made by ``python -m benchmarks.accuracy.fit_feet`` from rendered scenes only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.around import EVERY, MIRRORED, numbers_of
from gaitcheck.gait.signals import SPARSE_HZ, WalkSignals
from gaitcheck.gait.speeds import speed_odds

FloatArray = npt.NDArray[np.floating[Any]]

WEIGHTS: Final = "feet.json"

SPEEDS_PART: Final = (0.8, 0.4)
"""Part of the odds by speed alone (`gaitcheck.gait.speeds`) that is added, with sparse and with
dense frames (labelled clips gain by it, rendered ones lose little)."""

BLOCK: Final = 4000
"""Looks at a time: 20 MB of numbers."""

SPREADS: Final = 5.0
"""Numbers farther from their mean are taken for so many spreads away."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A sum over looks ``apart`` from each other, rectified, mixed, and added to what came in.

    Parameters
    ----------
    apart : int
        Looks from one tap to the next; the middle tap is the look itself.
    taps : ndarray, shape (n_taps * n_hidden, n_hidden)
        Weights, the earliest look first.
    mix : ndarray, shape (n_hidden, n_hidden)
    taps_bias, mix_bias : ndarray, shape (n_hidden,)
    """

    apart: int
    taps: FloatArray
    taps_bias: FloatArray
    mix: FloatArray
    mix_bias: FloatArray

    @property
    def n_taps(self) -> int:
        """How many looks are summed."""
        return len(self.taps) // len(self.taps_bias)

    @property
    def reach(self) -> int:
        """How many looks before and after it sees."""
        return self.apart * (self.n_taps // 2)

    def __call__(self, x: FloatArray) -> FloatArray:
        """Pass on (2, n, n_hidden)."""
        n = x.shape[1]
        wide = np.pad(x, ((0, 0), (self.reach, self.reach), (0, 0)))
        seen = [wide[:, k * self.apart : k * self.apart + n] for k in range(self.n_taps)]
        hidden = np.maximum(np.concatenate(seen, axis=2) @ self.taps + self.taps_bias, 0.0)
        return np.asarray(x + hidden @ self.mix + self.mix_bias)


@dataclass(frozen=True, eq=False)
class Network:
    """Layers of sums over more and more time.

    Parameters
    ----------
    mean, spread : ndarray, shape (n_numbers,)
        Of the numbers in the scenes it was taught by.
    first : ndarray, shape (n_numbers, n_hidden)
    first_bias : ndarray, shape (n_hidden,)
    layers : tuple of Layer
    out : ndarray, shape (n_hidden, 2)
        To the log odds that the foot moves, and that it lands.
    out_bias : ndarray, shape (2,)
    """

    mean: FloatArray
    spread: FloatArray
    first: FloatArray
    first_bias: FloatArray
    layers: tuple[Layer, ...]
    out: FloatArray
    out_bias: FloatArray

    @property
    def reach(self) -> int:
        """How many looks before and after it sees."""
        return sum(layer.reach for layer in self.layers)

    def odds(self, numbers: FloatArray) -> FloatArray:
        """Log odds (n, 2 feet, 2) that each moves and lands, from numbers (n, 2, n_numbers)."""
        z = np.clip((numbers - self.mean) / self.spread, -SPREADS, SPREADS)
        x = np.maximum(np.swapaxes(z, 0, 1) @ self.first + self.first_bias, 0.0)
        for layer in self.layers:
            x = layer(x)
        return np.swapaxes(np.maximum(x, 0.0) @ self.out + self.out_bias, 0, 1)


@dataclass(frozen=True, eq=False)
class FeetOdds:
    """What was learned says of both feet.

    Parameters
    ----------
    moving : ndarray, shape (n, 2)
        Natural logarithm of the odds that the left and the right foot moves; 0 in gaps.
    landing : ndarray, shape (n, 2)
        The same that it lands within some hundredths of a second.
    """

    moving: FloatArray
    landing: FloatArray


@cache
def networks() -> tuple[Network, ...]:
    """Read the networks of this package, once; what they say in the mean is believed."""
    text = files("gaitcheck.gait").joinpath(WEIGHTS).read_text(encoding="utf-8")
    return tuple(_network(table) for table in json.loads(text)["networks"])


def _network(table: dict[str, Any]) -> Network:
    layers = tuple(
        Layer(apart=layer["apart"], **{k: np.array(v) for k, v in layer.items() if k != "apart"})
        for layer in table["layers"]
    )
    rest = {k: np.array(v) for k, v in table.items() if k != "layers"}
    return Network(layers=layers, **rest)


def feet_odds(signals: WalkSignals) -> FeetOdds:
    """Say how likely each foot moves and lands.

    Parameters
    ----------
    signals : WalkSignals
        Feet on an even grid.

    Returns
    -------
    FeetOdds
    """
    numbers = numbers_of(signals)
    looks = np.mean([learned_odds(net, numbers) for net in networks()], axis=0)
    every, rows = np.arange(len(signals.time_s)), np.arange(0, len(signals.time_s), EVERY)
    flat = looks.reshape(len(rows), 4)
    even = np.stack([np.interp(every, rows, column) for column in flat.T], axis=1)
    moving, landing = np.moveaxis(even.reshape(len(every), 2, 2), 2, 0)
    moving[~signals.valid] = 0.0
    part = SPEEDS_PART[0] if signals.rate_hz < SPARSE_HZ else SPEEDS_PART[1]
    return FeetOdds(moving + part * speed_odds(signals), np.asarray(landing))


def learned_odds(net: Network, numbers: FloatArray) -> FloatArray:
    """Log odds (n, 2 feet, 2) by one network, the mean over the picture and its mirror."""
    out = np.empty((len(numbers), 2, 2))
    for start in range(0, len(numbers), BLOCK):
        first, last = max(0, start - net.reach), start + BLOCK + net.reach
        block = numbers[first:last]
        both = (net.odds(block) + net.odds(block * MIRRORED)) / 2
        out[start : start + BLOCK] = both[start - first : start - first + BLOCK]
    return out
