"""The learned signal of the feet: readable, the same in mirrors, right on drawn walkers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.around import Around
from gaitcheck.gait.learned import Network, moving_odds, network
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
    return float(((moving_odds(signals) > 0) == moves)[signals.valid].mean())


def test_network_fits_what_it_looks_at() -> None:
    net = network()
    seen = Around(even(w.make_track(WALK))).of(np.arange(5), 0)
    assert seen.shape == (5, len(net.mean))
    assert net.hidden.shape == (len(net.mean), len(net.out))
    for name in Network.__annotations__:
        assert np.isfinite(getattr(net, name)).all(), name


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
    assert moving_odds(swapped) == pytest.approx(moving_odds(signals)[:, ::-1])


def test_a_mirror_changes_nothing() -> None:
    signals = even(w.make_track(WALK))
    mirror = np.array([-1.0, 1.0])
    mirrored = replace(
        signals,
        parts_px=signals.parts_px * mirror,
        up_px=signals.up_px * mirror,
        feet_px=signals.feet_px * mirror,
    )
    assert moving_odds(mirrored) == pytest.approx(moving_odds(signals))


def test_gaps_say_nothing() -> None:
    track = w.make_track(WALK)
    points = track.points_px.copy()
    points[60:80] = np.nan
    signals = even(replace(track, points_px=points))
    (gap,) = runs(~signals.valid)
    assert (moving_odds(signals)[slice(*gap)] == 0).all()
