"""Fits the network of `gaitcheck.gait.learned` to lessons: Adam on pieces of walks.

The slopes are written out: sums over shifted rows and matrices are all there is, and numpy does
them three times as fast on a processor as a compiler of such sums did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.accuracy.feet_data import Lesson
from gaitcheck.gait.around import LOG_SIZE, MIRRORED
from gaitcheck.gait.learned import SPREADS, Layer, Network

HIDDEN = 56
N_TAPS = 5
APART = (1, 2, 4, 8, 16, 32)
STEPS = 4000
AT_ONCE = 16
"""Pieces of lessons in one step of the fit."""
LOOKS = 384
"""Looks in a piece, 7.7 s; shorter lessons are filled up with nothing."""
RATE, WARMING = 3e-3, 0.15
"""Highest rate of learning, reached after such a part of all steps; then it falls to nothing."""
DECAY = 1e-2
NOISE = 0.2
"""Spread of what is added to the numbers, in their spreads."""
SIZE_NOISE = 0.4
"""Spread of the logarithm by which people are made larger and smaller in the picture."""
LEFT_OUT = 0.1
"""Part of the hidden sums that is left out at random, each for a whole piece."""
_FIRST, _SECOND = 0.9, 0.99
_POOL = 2_000_000

Params = dict[str, Any]


def fit(taught: Sequence[Lesson], *, seed: int = 0, steps: int = STEPS) -> Network:
    """Fit one network."""
    rng = np.random.default_rng(seed)
    some = np.concatenate([x.numbers[::37].reshape(-1, len(MIRRORED)) for x in taught])
    some = some.astype(np.float32)
    mean = np.where(MIRRORED < 0, 0.0, some.mean(axis=0)).astype(np.float32)
    spread = (np.sqrt(((some - some.mean(axis=0)) ** 2).mean(axis=0)) + 1e-3).astype(np.float32)
    params = drawn(rng, len(MIRRORED))
    first, second = (each(np.zeros_like, params) for _ in range(2))
    noise = rng.normal(0, NOISE, _POOL).astype(np.float32)
    walks = Walks(2 * AT_ONCE, LOOKS)
    for n, (x, y, w, there) in enumerate(_pieces(taught, rng, steps), start=1):
        z = np.clip((x - mean) / spread, -SPREADS, SPREADS)
        start = rng.integers(0, _POOL - z.size)
        z = (z + noise[start : start + z.size].reshape(z.shape)) * there
        kept = rng.random((len(APART), 2 * AT_ONCE, 1, HIDDEN)) >= LEFT_OUT
        _loss, slope = loss_and_slope(params, walks, (z, y, w, there), kept / (1 - LEFT_OUT))
        size = np.sqrt(sum(float((g**2).sum()) for g in leaves(slope)))
        part = np.float32(min(1.0, 1 / size))
        first = each(_mean(_FIRST, part), first, slope)
        second = each(_mean(_SECOND, part, power=2), second, slope)
        params = each(_moved(n, _rate(n / steps)), params, first, second)
    return _network(params, mean, spread)


def _mean(kept: float, part: np.float32, *, power: int = 1) -> Callable[..., np.ndarray]:
    return lambda a, g: kept * a + (1 - kept) * (part * g) ** power


def _moved(n: int, rate: float) -> Callable[..., np.ndarray]:
    def moved(p: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        way = (a / (1 - _FIRST**n)) / (np.sqrt(b / (1 - _SECOND**n)) + 1e-8)
        return (p - rate * (way + DECAY * p)).astype(np.float32)

    return moved


def each(do: Callable[..., np.ndarray], *trees: Any) -> Any:
    """Do the same with all arrays of parameters, or of several such."""
    if isinstance(trees[0], dict):
        return {name: each(do, *(tree[name] for tree in trees)) for name in trees[0]}
    if isinstance(trees[0], list):
        return [each(do, *parts) for parts in zip(*trees, strict=True)]
    return do(*trees)


def leaves(tree: Any) -> Iterator[np.ndarray]:
    """Give all arrays."""
    if isinstance(tree, np.ndarray):
        yield tree
    else:
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(part)


def drawn(rng: np.random.Generator, n_numbers: int) -> Params:
    """Draw parameters to begin with."""

    def weights(n_in: int, n_out: int, part: float = 1.0) -> np.ndarray:
        return (part * rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))).astype(np.float32)

    def none(n: int = HIDDEN) -> np.ndarray:
        return np.zeros(n, np.float32)

    return {
        "first": weights(n_numbers, HIDDEN),
        "first_bias": none(),
        "layers": [
            {
                "taps": weights(N_TAPS * HIDDEN, HIDDEN),
                "taps_bias": none(),
                "mix": weights(HIDDEN, HIDDEN, 0.3),
                "mix_bias": none(),
            }
            for _ in APART
        ],
        "out": weights(HIDDEN, 2, 0.3),
        "out_bias": none(2),
    }


def _rate(part: float) -> float:
    falling = 0.5 + 0.5 * np.cos(np.pi * max(0.0, (part - WARMING) / (1 - WARMING)))
    return float(RATE * min(1.0, part / WARMING) * falling)


def _pieces(taught: Sequence[Lesson], rng: np.random.Generator, steps: int) -> Iterator[tuple]:
    """Pieces of lessons drawn by how much they hold, each foot a row."""
    held = np.array([min(len(x.numbers), 2 * LOOKS) * x.often for x in taught], dtype=float)
    for _ in range(steps):
        x = np.zeros((2 * AT_ONCE, LOOKS, len(MIRRORED)), np.float32)
        y, w = (np.zeros((2 * AT_ONCE, LOOKS, 2), np.float32) for _ in range(2))
        there = np.zeros((2 * AT_ONCE, LOOKS, 1), np.float32)
        for k, i in enumerate(rng.choice(len(taught), AT_ONCE, p=held / held.sum())):
            one = taught[i]
            start = rng.integers(0, max(1, len(one.numbers) - LOOKS + 1))
            cut = slice(start, start + LOOKS)
            numbers = one.numbers[cut].astype(np.float32)
            numbers *= MIRRORED if rng.random() < 0.5 else 1.0
            numbers[..., LOG_SIZE] += rng.normal(0, SIZE_NOISE)
            pair, rows = slice(2 * k, 2 * k + 2), slice(0, len(numbers))
            x[pair, rows] = np.swapaxes(numbers, 0, 1)
            y[pair, rows] = np.stack([one.moves[cut].T, one.lands[cut].T], axis=2)
            w[pair, rows] = np.stack([one.weight[cut].T, one.lands_weight[cut].T], axis=2)
            there[pair, rows] = 1.0
        yield x, y, w, there


@dataclass(frozen=True)
class Walks:
    """Rows of looks laid end to end, with gaps into which what is shifted falls."""

    n_rows: int
    n_looks: int

    @property
    def gap(self) -> int:
        """Looks between two rows, as far as a layer reaches."""
        return max(APART) * (N_TAPS // 2)

    def laid(self, rows: np.ndarray) -> np.ndarray:
        """Lay (n_rows, n_looks or 1, n) to (n_all, n)."""
        out = np.zeros((self.n_rows, self.n_looks + self.gap, rows.shape[2]), np.float32)
        out[:, self.gap :] = rows
        return np.concatenate([out.reshape(-1, rows.shape[2]), out[0, : self.gap]])


def _taps(apart: int) -> Iterator[tuple[slice, slice, slice]]:
    """For each tap its columns, and which looks it brings to which."""
    for k in range(N_TAPS):
        by = (k - N_TAPS // 2) * apart
        to = slice(max(0, -by), -by if by > 0 else None)
        of = slice(max(0, by), by if by < 0 else None)
        yield slice(HIDDEN * k, HIDDEN * (k + 1)), to, of


def loss_and_slope(
    params: Params, walks: Walks, batch: tuple[np.ndarray, ...], kept: np.ndarray
) -> tuple[float, Params]:
    """Mean log loss of moving and of landing, and its slope by every parameter.

    ``batch`` are numbers, truth, weights, and what is there; ``kept`` is by what the hidden sums
    of each layer are multiplied, shape (n_layers, n_rows, 1, HIDDEN).
    """
    z, y, w, there = (walks.laid(part) for part in batch)
    keep = [walks.laid(part) for part in kept]
    x = np.maximum(z @ params["first"] + params["first_bias"], 0.0) * there
    begun, seen, hidden = x, [], []
    for apart, layer, part in zip(APART, params["layers"], keep, strict=True):
        wide = np.zeros((len(x), N_TAPS * HIDDEN), np.float32)
        for columns, to, of in _taps(apart):
            wide[to, columns] = x[of]
        h = np.maximum(wide @ layer["taps"] + layer["taps_bias"], 0.0) * part
        x = (x + h @ layer["mix"] + layer["mix_bias"]) * there
        seen.append(wide)
        hidden.append(h)
    last = np.maximum(x, 0.0)
    odds = last @ params["out"] + params["out_bias"]
    share = w / np.maximum(w.sum(axis=0), 1.0)
    loss = float((share * (np.logaddexp(0.0, odds) - y * odds)).sum())
    g = (share * (1 / (1 + np.exp(-odds)) - y)).astype(np.float32)
    slope: Params = {"out": last.T @ g, "out_bias": g.sum(axis=0), "layers": []}
    g = g @ params["out"].T * (x > 0)
    for apart, layer, part, wide, h in zip(
        APART[::-1], params["layers"][::-1], keep[::-1], seen[::-1], hidden[::-1], strict=True
    ):
        g *= there
        back = g @ layer["mix"].T * (h > 0) * part
        slope["layers"].insert(
            0,
            {
                "taps": wide.T @ back,
                "taps_bias": back.sum(axis=0),
                "mix": h.T @ g,
                "mix_bias": g.sum(axis=0),
            },
        )
        spread = back @ layer["taps"].T
        for columns, to, of in _taps(apart):
            g[of] += spread[to, columns]
    g *= (begun > 0) * there
    slope |= {"first": z.T @ g, "first_bias": g.sum(axis=0)}
    return loss, slope


def _network(params: Params, mean: np.ndarray, spread: np.ndarray) -> Network:
    plain = each(lambda a: np.asarray(a, dtype=np.float64), params)
    layers = tuple(
        Layer(apart=apart, **layer) for apart, layer in zip(APART, plain.pop("layers"), strict=True)
    )
    return Network(mean=mean, spread=spread, layers=layers, **plain)
