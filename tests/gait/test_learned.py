"""The learned signal of the feet: readable, the same in mirrors, right on drawn walkers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait import learned
from gaitcheck.gait.around import EVERY, MIRRORED, numbers_of
from gaitcheck.gait.learned import feet_odds, learned_odds, networks
from gaitcheck.gait.signals import WalkSignals, runs, walk_signals
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

WALK = w.straight(n_steps=6, step_s=0.55, step_m=0.6)


def even(track: Track) -> WalkSignals:
    found = walk_signals(track)
    assert found is not None
    return found


def without_feet(track: Track) -> Track:
    points = track.points_px.copy()
    for side in ("left", "right"):
        for part in ("heel", "foot_index"):
            points[:, INDEX[f"{side}_{part}"]] = np.nan
    return replace(track, points_px=points)


def share_right(signals: WalkSignals) -> float:
    """Share of the time in which the odds say what the feet do."""
    moves = np.zeros((len(signals.time_s), 2), dtype=bool)
    for fall in WALK:
        moves[(signals.time_s >= fall.lift_s) & (signals.time_s < fall.land_s), fall.side] = True
    return float(((feet_odds(signals).moving > 0) == moves)[signals.valid].mean())


def test_network_fits_what_it_looks_at() -> None:
    net, numbers = networks()[0], numbers_of(even(w.make_track(WALK)))
    assert numbers.shape[1:] == (2, len(net.mean))
    assert len(MIRRORED) == len(net.mean) == len(net.spread)
    assert net.odds(numbers).shape == (len(numbers), 2, 2)
    assert np.isfinite(net.odds(numbers)).all()
    assert 1.0 < net.reach * EVERY / 100 < 4.0, "it sees a stride or two before and after, s"


def test_blocks_of_a_long_track_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = numbers_of(even(w.make_track(WALK)))
    whole = learned_odds(networks()[0], numbers)
    monkeypatch.setattr(learned, "BLOCK", 50)
    assert len(numbers) > 3 * learned.BLOCK
    assert learned_odds(networks()[0], numbers) == pytest.approx(whole)


def test_landings_are_where_the_feet_land() -> None:
    signals = even(w.make_track(WALK))
    landing = feet_odds(signals).landing
    for fall in WALK:
        near = np.abs(signals.time_s - fall.land_s) < 0.3
        likeliest_s = signals.time_s[near][landing[near, fall.side].argmax()]
        assert likeliest_s == pytest.approx(fall.land_s, abs=0.06)


@pytest.mark.parametrize("rate_hz", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("camera", [w.SIDE_VIEW, w.FRONT_VIEW, w.OBLIQUE_VIEW, w.CCTV_VIEW])
def test_odds_follow_the_feet_at_all_rates(camera: w.Camera, rate_hz: float) -> None:
    assert share_right(even(w.make_track(WALK, camera=camera, rate_hz=rate_hz))) > 0.85


def test_ankles_alone_tell_nearly_as_much() -> None:
    signals = even(without_feet(w.make_track(WALK)))
    assert not signals.whole_feet
    assert share_right(signals) > 0.85


def test_left_and_right_are_treated_alike() -> None:
    signals = even(w.make_track(WALK))
    swapped = replace(
        signals,
        **{
            name: getattr(signals, name)[:, ::-1]
            for name in ("parts_px", "up_px", "feet_px", "speed", "visibility", "in_picture")
        },
    )
    for name in ("moving", "landing"):
        there, here = (getattr(feet_odds(one), name) for one in (swapped, signals))
        assert there == pytest.approx(here[:, ::-1])


def test_a_mirror_changes_nothing() -> None:
    signals = even(w.make_track(WALK))
    mirror = np.array([-1.0, 1.0])
    mirrored = replace(
        signals,
        parts_px=signals.parts_px * mirror,
        up_px=signals.up_px * mirror,
        feet_px=signals.feet_px * mirror,
    )
    assert feet_odds(mirrored).moving == pytest.approx(feet_odds(signals).moving)
    assert feet_odds(mirrored).landing == pytest.approx(feet_odds(signals).landing)


def test_gaps_say_nothing() -> None:
    track = w.make_track(WALK)
    points = track.points_px.copy()
    points[60:80] = np.nan
    signals = even(replace(track, points_px=points))
    (gap,) = runs(~signals.valid)
    assert (feet_odds(signals).moving[slice(*gap)] == 0).all()
