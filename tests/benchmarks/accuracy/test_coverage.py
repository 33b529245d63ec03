from __future__ import annotations

from benchmarks.accuracy.coverage import as_text, coverage
from tests.benchmarks.accuracy.test_people import _clip, _track


def test_the_longest_of_ones_own_tracks_counts():
    clip = _clip(0.0, 300.0)
    tracks = (_track(1, 0.0, range(12)), _track(2, 0.0, range(16, 20)), _track(3, 300.0, range(20)))
    broken, whole = coverage(clip, tracks)
    assert whole.share == 1.0
    assert 0.55 <= broken.share <= 0.75


def test_who_has_no_track_is_not_covered():
    clip = _clip(0.0, 300.0)
    shares = [c.share for c in coverage(clip, (_track(1, 0.0, range(20)),))]
    assert shares == [1.0, 0.0]
    assert "100.0%" in as_text("clip", coverage(clip, (_track(1, 0.0, range(20)),)))
