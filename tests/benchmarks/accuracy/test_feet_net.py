"""The fit of the learned signal of the feet: it learns what is there to be learned."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.accuracy import feet_net
from benchmarks.accuracy.feet_data import Lesson
from gaitcheck.gait.around import MIRRORED

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
    monkeypatch.setattr(feet_net, "RATE", 0.03)
    monkeypatch.setattr(feet_net, "AT_ONCE", 4)
    monkeypatch.setattr(feet_net, "LOOKS", 100)
    rng = np.random.default_rng(1)
    net = feet_net.fit([lesson(rng, int(n)) for n in rng.integers(80, 120, 32)], steps=150)
    assert net.reach == 2 * (1 + 2)
    unseen = lesson(rng, 150)
    odds = net.odds(unseen.numbers)
    inside = slice(net.reach, -net.reach)
    assert (((odds[..., 0] > 0) == unseen.moves)[inside]).mean() > 0.9
    landing = odds[inside, :, 1]
    assert landing[unseen.lands[inside] == 1].mean() > landing[unseen.lands[inside] == 0].mean() + 1


def test_the_slope_is_that_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feet_net, "APART", (1, 3))
    monkeypatch.setattr(feet_net, "HIDDEN", 4)
    rng = np.random.default_rng(2)
    walks, n_numbers = feet_net.Walks(3, 20), 5
    params = feet_net.drawn(rng, n_numbers)
    there = (np.arange(20)[None, :, None] < [[[20]], [[13]], [[9]]]).astype(float)
    z = rng.normal(size=(3, 20, n_numbers)) * there
    y, w = (rng.random((3, 20, 2)) for _ in range(2))
    kept = (rng.random((2, 3, 1, 4)) > 0.2) / 0.8
    batch = (z, y, w * there, there)
    _, slope = feet_net.loss_and_slope(params, walks, batch, kept)
    slope = feet_net.each(lambda _, g: g, params, slope)  # in the order of the parameters
    for at, by in zip(feet_net.leaves(params), feet_net.leaves(slope), strict=True):
        k = int(np.abs(by).argmax())
        was, step = at.flat[k], 2e-3
        sides = []
        for there_step in (step, -step):
            at.flat[k] = was + there_step
            sides.append(feet_net.loss_and_slope(params, walks, batch, kept)[0])
        at.flat[k] = was
        assert (sides[0] - sides[1]) / (2 * step) == pytest.approx(by.flat[k], rel=0.1, abs=2e-3)


def test_rows_laid_end_to_end_do_not_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feet_net, "APART", (1, 3))
    walks = feet_net.Walks(2, 5)
    laid = walks.laid(np.ones((2, 5, 1)))
    gaps = np.flatnonzero(np.diff(np.concatenate([[0], laid[:, 0], [0]])))
    assert gaps.tolist() == [6, 11, 17, 22]
    assert len(laid) == 28
