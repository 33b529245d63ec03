from __future__ import annotations

import pytest

from benchmarks.accuracy.reliability import diagram, expected_calibration_error, reliability


def test_nothing_stated():
    assert reliability([]) == []
    assert expected_calibration_error([]) is None


def test_each_tenth_has_its_share():
    rows = reliability([(0.95, True), (1.0, True), (0.91, False), (0.45, True), (0.4, False)])
    assert [(row["from"], row["n"]) for row in rows] == [(0.4, 2), (0.9, 3)]
    assert rows[0]["true"] == 0.5
    assert rows[1]["stated"] == pytest.approx(0.9533, abs=1e-4)


@pytest.mark.parametrize(("stated", "error"), [(0.75, 0.0), (0.95, 0.2), (0.55, 0.2)])
def test_error_is_the_distance_from_the_truth(stated: float, error: float):
    pairs = [(stated, True)] * 3 + [(stated, False)]
    assert expected_calibration_error(reliability(pairs)) == pytest.approx(error)


def test_the_bar_ends_at_the_truth_and_the_mark_at_what_was_stated():
    line = diagram(reliability([(0.95, True), (0.95, False)])).splitlines()[-1]
    assert line.count("#") == 10
    assert line.index("\\|") > line.rindex("#")
