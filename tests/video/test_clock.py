import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaitcheck.video.clock import Clock

NAN = math.nan


def times(stamps, *, hz=10.0):
    clock = Clock(nominal_hz=hz)
    return [clock.time_s(stamp) for stamp in stamps], clock


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        pytest.param([0, 0.1, 0.35, 0.4], [0, 0.1, 0.35, 0.4], id="variable rate as it is"),
        pytest.param([1.5, 1.6, 1.7], [0, 0.1, 0.2], id="late start counts from the first"),
        pytest.param([-0.2, -0.1, 0.1], [0, 0.1, 0.3], id="early start"),
        pytest.param([0.1, 0.2, NAN, NAN], [0, 0.1, 0.2, 0.3], id="avi without stamps at its end"),
        pytest.param([NAN, NAN, NAN], [0, 0.1, 0.2], id="raw stream without any stamp"),
        pytest.param([5, 5, 5, 6], [0, 0.1, 0.2, 1.0], id="clock of whole seconds"),
        pytest.param([0, 0.3, 0.1, 0.2, 0.4], [0, 0.3, None, None, 0.4], id="out of order"),
        pytest.param([0, 50, 0, 0.2, 0.3], [0, 50, 51, 51.2, 51.3], id="clock begins anew"),
        pytest.param([0, 0.1, NAN, NAN, 0.25], [0, 0.1, 0.2, 0.3, 0.35], id="counted on too far"),
    ],
)
def test_times(stamps, expected):
    found, _ = times(stamps)
    assert found == pytest.approx(expected)


def test_a_few_missing_stamps_are_not_worth_a_word():
    _, clock = times([0, 0.1, NAN, NAN])
    assert clock.warnings() == ()


def test_many_missing_stamps_are_told():
    _, clock = times([0] + [NAN] * 40)
    (warning,) = clock.warnings()
    assert "40 pictures have no timestamp" in warning


def test_restart_is_told_with_its_time():
    _, clock = times([0, 50, 0])
    (warning,) = clock.warnings()
    assert "began anew" in warning
    assert "51.00 s" in warning


@pytest.mark.parametrize("hz", [0.0, -1.0, NAN, math.inf, 90_000.0])
def test_nonsense_rates_are_not_believed(hz):
    found, _ = times([NAN, NAN], hz=hz)
    assert found == [0.0, pytest.approx(1 / 25)]


stamps = st.lists(
    st.one_of(st.just(NAN), st.floats(-1e4, 1e4, allow_nan=False, width=32)), max_size=60
)


@given(stamps=stamps, hz=st.floats(0.0, 300.0))
def test_times_always_increase_from_zero(stamps, hz):
    found, _ = times(stamps, hz=hz)
    kept = [t for t in found if t is not None]
    assert kept[:1] in ([], [0.0])
    assert np.all(np.diff(kept) > 0)
    assert np.all(np.isfinite(kept))
