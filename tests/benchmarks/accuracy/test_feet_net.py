"""The fit of the learned signal of the feet: it learns what is there to be learned."""

from __future__ import annotations

import numpy as np
import pytest

jax = pytest.importorskip("jax")

from benchmarks.accuracy import feet_net  # noqa: E402
from benchmarks.accuracy.feet_data import Lesson  # noqa: E402
from gaitcheck.gait.around import MIRRORED  # noqa: E402

OWN_SPEED = 2
WHEN_LOUD = 4.0


def lesson(rng: np.random.Generator, n: int) -> Lesson:
    """A foot moves while one of its numbers is large and lands when that has just ended."""
    numbers = rng.normal(size=(n, 2, len(MIRRORED))).astype(np.float32)
    moves = (np.sin(np.arange(n) / 6)[:, None] * (1, -1) > 0).astype(float)
    numbers[:, :, OWN_SPEED] = WHEN_LOUD * moves + rng.normal(size=(n, 2))
    lands = np.zeros((n, 2))
    lands[1:] = (moves[:-1] == 1) & (moves[1:] == 0)
    return Lesson("made", numbers, moves, np.ones((n, 2)), lands, np.ones((n, 2)))


def test_fit_learns_moving_and_landing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feet_net, "APART", (1, 2))
    monkeypatch.setattr(feet_net, "HIDDEN", 8)
    monkeypatch.setattr(feet_net, "PASSES", 50)
    monkeypatch.setattr(feet_net, "RATE", 0.03)
    rng = np.random.default_rng(1)
    net = feet_net.fit([lesson(rng, int(n)) for n in rng.integers(80, 120, 32)])
    assert net.reach == 2 * (1 + 2)
    unseen = lesson(rng, 150)
    odds = net.odds(unseen.numbers)
    inside = slice(net.reach, -net.reach)
    assert (((odds[..., 0] > 0) == unseen.moves)[inside]).mean() > 0.9
    landing = odds[inside, :, 1]
    assert landing[unseen.lands[inside] == 1].mean() > landing[unseen.lands[inside] == 0].mean() + 1
