"""How well drawn people are seen, once something is wrong with them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.quality import LOW, track_quality
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

BAD = slice(60, 90)
"""Frames of 2 to 3 s at 30 Hz."""


def walks() -> Track:
    return w.make_track(w.straight(n_steps=6, step_s=0.55, step_m=0.5))


def with_points(track: Track, change: object) -> Track:
    points = track.points_px.copy()
    change(points)  # type: ignore[operator]
    return replace(track, points_px=points)


def test_who_is_seen_well_is_well_seen_throughout() -> None:
    found = track_quality(walks())
    assert found.bad == ()
    assert found.score.min() > 0.8
    assert all((part >= 0).all() and (part <= 1).all() for part in found.parts.values())


def hidden(track: Track) -> Track:
    visibility = track.visibility.copy()
    visibility[BAD, INDEX["left_hip"] :] = 0.1
    return replace(track, visibility=visibility)


def outside(track: Track) -> Track:
    visibility = track.visibility.copy()
    visibility[BAD, INDEX["left_knee"] :] = 0.05
    low = with_points(track, lambda p: p[BAD, INDEX["left_knee"] :].__iadd__((0.0, 2000.0)))
    return replace(low, visibility=visibility)


def jumping(track: Track) -> Track:
    rng = np.random.default_rng(0)
    thrown = rng.normal(0, 60, (30, 10, 2))
    return with_points(track, lambda p: p[BAD, INDEX["left_hip"] :].__iadd__(thrown))


def stretched(track: Track) -> Track:
    return with_points(track, lambda p: p[BAD, INDEX["left_knee"]].__iadd__((400.0, 0.0)))


def small(track: Track) -> Track:
    return replace(track, boxes_px=track.boxes_px * 0.06, points_px=track.points_px * 0.06)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (hidden, "legs hidden"),
        (outside, "feet out of the picture"),
        (jumping, "joints jump about"),
        (stretched, "bones of impossible length"),
        (lambda track: w.unseen(track, [(2.0, 3.0)]), "not seen"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(spoil: object, reason: str) -> None:
    found = track_quality(spoil(walks()))  # type: ignore[operator]
    assert reason in {bad.reason for bad in found.bad}
    (first, *_), last = found.bad, found.bad[-1]
    assert first.start_s == pytest.approx(2.0, abs=0.1)
    assert last.end_s == pytest.approx(3.0, abs=0.1)
    assert found.score[BAD].mean() < LOW < found.score[:50].mean()


def test_who_is_tiny_is_badly_seen_all_the_time() -> None:
    (bad,) = track_quality(small(walks())).bad
    assert bad.reason == "too small in the picture"


def test_who_is_never_seen_and_a_single_frame_are_told_without_harm() -> None:
    track = walks()
    (bad,) = track_quality(w.unseen(track, [(-1.0, 99.0)])).bad
    assert (bad.reason, bad.score) == ("not seen", 0.0)
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    one = replace(track, **{name: getattr(track, name)[:1] for name in names})
    assert track_quality(one).bad == ()
