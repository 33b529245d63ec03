"""Fits the network of `gaitcheck.gait.learned` to lessons: Adam on whole walks, with jax."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.accuracy.feet_data import Lesson
from gaitcheck.gait.around import MIRRORED
from gaitcheck.gait.learned import SPREADS, Layer, Network

HIDDEN = 32
N_TAPS = 5
APART = (1, 2, 4, 8, 16, 32)
PASSES = 6
AT_ONCE = 16
"""Lessons in one step of the fit."""
RATE, WARMING = 3e-3, 0.15
"""Highest rate of learning, reached after such a part of all steps; then it falls to nothing."""
DECAY = 1e-2
NOISE = 0.2
"""Spread of what is added to the numbers, in their spreads."""
LEFT_OUT = 0.2
"""Part of the hidden sums that is left out at random."""
ROUND = 128
"""Lessons are filled up to multiples of so many looks, so that few shapes are compiled."""
_FIRST, _SECOND = 0.9, 0.99

Params = dict[str, Any]


def fit(taught: Sequence[Lesson], *, seed: int = 0) -> Network:
    """Fit one network."""
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    some = np.concatenate([x.numbers[::7].reshape(-1, len(MIRRORED)) for x in taught])
    mean = np.where(MIRRORED < 0, 0.0, some.mean(axis=0))
    spread = np.sqrt(((some - some.mean(axis=0)) ** 2).mean(axis=0)) + 1e-3
    params = _drawn(rng, len(MIRRORED))
    state = (params, *(jax.tree.map(np.zeros_like, params) for _ in range(2)))
    n_steps, n = PASSES * (len(taught) // AT_ONCE), 0
    for _ in range(PASSES):
        for x, y, w, there in _batches(taught, rng):
            n, seen = n + 1, x * MIRRORED if rng.random() < 0.5 else x
            z = np.clip((seen - mean) / spread, -SPREADS, SPREADS) * there[..., None]
            key, now = jax.random.split(key)
            batch = (z.astype(np.float32), y, w, there[..., None])
            state = _step(state, batch, now, n, _rate(n / n_steps))
    return _network(state[0], mean, spread)


def _drawn(rng: np.random.Generator, n_numbers: int) -> Params:
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


def _batches(taught: Sequence[Lesson], rng: np.random.Generator) -> Iterator[tuple]:
    """Whole lessons of about the same length, each foot a row; in random order."""
    order = sorted(
        range(len(taught)), key=lambda i: len(taught[i].numbers) + rng.uniform(0, ROUND / 2)
    )
    groups = [order[k : k + AT_ONCE] for k in range(0, len(order) - AT_ONCE + 1, AT_ONCE)]
    rng.shuffle(groups)
    for group in groups:
        longest = max(len(taught[i].numbers) for i in group)
        n = -(-longest // ROUND) * ROUND
        x = np.zeros((2 * AT_ONCE, n, len(MIRRORED)), np.float32)
        y, w = (np.zeros((2 * AT_ONCE, n, 2), np.float32) for _ in range(2))
        there = np.zeros((2 * AT_ONCE, n), np.float32)
        for k, i in enumerate(group):
            one, rows = taught[i], slice(0, len(taught[i].numbers))
            pair = slice(2 * k, 2 * k + 2)
            x[pair, rows] = np.swapaxes(one.numbers, 0, 1)
            y[pair, rows] = np.stack([one.moves.T, one.lands.T], axis=2)
            w[pair, rows] = np.stack([one.weight.T, one.lands_weight.T], axis=2)
            there[pair, rows] = 1.0
        yield x, y, w, there


def _shifted(x: jax.Array, by: int) -> jax.Array:
    if by == 0:
        return x
    none = jnp.zeros_like(x[:, : abs(by)])
    parts = [x[:, by:], none] if by > 0 else [none, x[:, :by]]
    return jnp.concatenate(parts, axis=1)


def _forward(params: Params, z: jax.Array, there: jax.Array, key: jax.Array) -> jax.Array:
    """`Network.odds` with sums left out; what is not there stays zero."""
    x = jax.nn.relu(z @ params["first"] + params["first_bias"]) * there
    for apart, layer in zip(APART, params["layers"], strict=True):
        taps = [_shifted(x, (k - N_TAPS // 2) * apart) for k in range(N_TAPS)]
        hidden = jax.nn.relu(jnp.concatenate(taps, axis=2) @ layer["taps"] + layer["taps_bias"])
        key, now = jax.random.split(key)
        kept = jax.random.bernoulli(now, 1 - LEFT_OUT, hidden.shape)
        hidden = jnp.where(kept, hidden / (1 - LEFT_OUT), 0.0)
        x = (x + hidden @ layer["mix"] + layer["mix_bias"]) * there
    return jax.nn.relu(x) @ params["out"] + params["out_bias"]


@jax.jit
def _step(
    state: tuple[Params, Params, Params],
    batch: tuple[jax.Array, ...],
    key: jax.Array,
    n: int,
    rate: float,
) -> tuple[Params, Params, Params]:
    """One step of Adam on the mean log loss of moving and of landing, its slope at most 1.

    ``state`` are the weights and the means of their slopes and of the slopes squared.
    """
    params, first, second = state
    z, y, w, there = batch
    noisy, dropped = jax.random.split(key)
    z = (z + NOISE * jax.random.normal(noisy, z.shape)) * there

    def loss(params: Params) -> jax.Array:
        odds = _forward(params, z, there, dropped)
        each = w * (jnp.logaddexp(0.0, odds) - y * odds)
        return (each.sum(axis=(0, 1)) / jnp.maximum(w.sum(axis=(0, 1)), 1.0)).sum()

    slope = jax.grad(loss)(params)
    size = jnp.sqrt(sum((g**2).sum() for g in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda g: g * jnp.minimum(1.0, 1.0 / size), slope)
    first = jax.tree.map(lambda a, g: _FIRST * a + (1 - _FIRST) * g, first, slope)
    second = jax.tree.map(lambda a, g: _SECOND * a + (1 - _SECOND) * g**2, second, slope)

    def moved(p: jax.Array, a: jax.Array, b: jax.Array) -> jax.Array:
        way = (a / (1 - _FIRST**n)) / (jnp.sqrt(b / (1 - _SECOND**n)) + 1e-8)
        return p - rate * (way + DECAY * p)

    return jax.tree.map(moved, params, first, second), first, second


def _network(params: Params, mean: np.ndarray, spread: np.ndarray) -> Network:
    plain = jax.tree.map(lambda a: np.asarray(a, dtype=np.float64), params)
    layers = tuple(
        Layer(apart=apart, **layer) for apart, layer in zip(APART, plain.pop("layers"), strict=True)
    )
    return Network(mean=mean, spread=spread, layers=layers, **plain)
