"""Of two ways to tell the legs apart the one that walks more clearly is taken."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait import sides
from gaitcheck.gait.legs import LEGS, repair_sides
from gaitcheck.gait.sides import clearest_sides
from gaitcheck.people.track import Track

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

SPANS = ((2.0, 2.35), (1.5, 2.6))


@pytest.fixture(scope="module")
def walk() -> Track:
    return w.make_track(w.straight(n_steps=8, step_s=0.55, step_m=0.6, start=(-2.0, 0.0)))


@pytest.fixture(params=SPANS, ids=["a swing", "two steps"])
def doubt(
    request: pytest.FixtureRequest, walk: Track, monkeypatch: pytest.MonkeyPatch
) -> tuple[float, float]:
    """Motion alone tells nothing of this time: the labels stay, or not, with the trust in them."""
    span: tuple[float, float] = request.param
    run = (walk.time_s >= span[0]) & (walk.time_s < span[1])
    monkeypatch.setattr(sides, "repair_sides", lambda track: track)
    monkeypatch.setattr(
        sides,
        "exchanged",
        lambda *_args, trust_nats_s=10.0, **_kwargs: run & (trust_nats_s < 10.0),
    )
    return span


def test_without_doubt_nothing_is_changed(walk: Track) -> None:
    assert np.array_equal(clearest_sides(walk).points_px, repair_sides(walk).points_px)


@pytest.mark.usefixtures("doubt")
def test_right_labels_stay(walk: Track) -> None:
    assert np.array_equal(clearest_sides(walk).points_px, walk.points_px)


def test_exchanged_ones_are_put_right(walk: Track, doubt: tuple[float, float]) -> None:
    wrong = w.exchanged(walk, [doubt])
    assert not np.array_equal(wrong.points_px, walk.points_px)
    mended = clearest_sides(wrong)
    legs = LEGS.ravel()
    for name in ("points_px", "visibility", "world_m"):
        assert np.array_equal(getattr(mended, name)[:, legs], getattr(walk, name)[:, legs])


def test_only_a_clearly_clearer_walk_is_taken(
    walk: Track, doubt: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sides, "CLEARER", 9.0)
    wrong = w.exchanged(walk, [doubt])
    assert np.array_equal(clearest_sides(wrong).points_px, wrong.points_px)
