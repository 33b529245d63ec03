from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.cues.windows import (
    agreement,
    covering,
    likeness,
    main_motion,
    mean_over,
    often_over,
    part_in_step,
    ramp,
    runs,
    travel_over,
    windowed,
    without_spikes,
)


@pytest.mark.parametrize(
    ("zero", "one", "value", "score"),
    [
        pytest.param(0.0, 2.0, 1.0, 0.5, id="rising"),
        pytest.param(2.0, 0.0, 0.5, 0.75, id="falling"),
        pytest.param(0.0, 1.0, 7.0, 1.0, id="above"),
        pytest.param(0.0, 1.0, -7.0, 0.0, id="below"),
    ],
)
def test_ramp(zero, one, value, score):
    assert ramp(np.array([value]), zero=zero, one=one)[0] == pytest.approx(score)


def test_ramp_keeps_what_is_not_known():
    assert np.isnan(ramp(np.array([np.nan]), zero=0, one=1)[0])


@pytest.mark.parametrize("samples", [1, 2, 5, 8])
def test_windows_are_centred_and_open_at_the_ends(samples):
    window = windowed(np.arange(10.0), samples=samples)
    assert window.shape == (10, 2 * (samples // 2) + 1)
    np.testing.assert_array_equal(window[:, samples // 2], np.arange(10.0))
    assert np.isnan(window[0, : samples // 2]).all()


def test_no_time_no_windows():
    assert windowed(np.zeros((0, 2, 2)), samples=5).shape == (0, 5, 2, 2)


def test_the_mean_knows_gaps():
    values = np.array([1.0, 1.0, np.nan, np.nan, np.nan, 3.0])
    assert np.isnan(mean_over(values, samples=3)[3])
    assert mean_over(values, samples=3)[1] == 1


@pytest.mark.parametrize(("share", "value"), [(0.0, 9.0), (0.2, 8.0), (0.5, 5.0), (1.0, 0.0)])
def test_what_the_best_moments_reach(share, value):
    assert often_over(np.arange(10.0), samples=21, share=share, least=0.4)[5] == value


def test_what_is_known_too_seldom_is_not_known():
    assert np.isnan(often_over(np.array([1.0, np.nan, np.nan]), samples=3, share=0.1)[1])


def test_a_score_reaches_as_far_as_the_window_it_was_made_from():
    score = np.array([np.nan, 0, 0, 1, 0, 0, 0])
    assert covering(score, samples=3).tolist() == [0, 0, 1, 1, 1, 0, 0]


def test_travel_is_the_diagonal_of_the_box():
    points = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]])
    assert travel_over(points, samples=3)[1] == pytest.approx(5.0)


def test_spikes_vanish_and_gaps_stay():
    points = np.zeros((20, 2))
    points[5] = 9.0
    points[12:18] = np.nan
    clean = without_spikes(points)
    assert np.nanmax(np.abs(clean)) == 0
    assert np.isnan(clean[15]).all()


def test_motion_is_found_along_its_axis_without_its_drift():
    t = np.arange(100) / 25
    wave = np.sin(2 * np.pi * t)
    points = np.stack([3 * t + 0.6 * wave, 0.8 * wave], axis=1)
    motion = main_motion(points, samples=51)[50]
    assert np.ptp(motion) == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize(("shift", "least", "most"), [(0.0, 0.99, 1.0), (np.pi / 2, 0.0, 0.1)])
def test_likeness_tells_in_step_from_out_of_step(shift, least, most):
    t = np.arange(200) / 25
    one = np.stack([np.sin(2 * np.pi * t), 0 * t], axis=1)
    two = np.stack([0 * t, -np.sin(2 * np.pi * t + shift)], axis=1)
    score = likeness(main_motion(one, samples=51), main_motion(two, samples=51))[100]
    assert least <= score <= most


def test_the_part_in_step_is_told_from_noise_and_from_other_beats():
    rng = np.random.default_rng(0)
    t = np.arange(200) / 25
    beat = np.stack([np.sin(2 * np.pi * t), 0 * t], axis=1)
    moves = np.stack([0.2 * t, 0.1 * np.sin(2 * np.pi * t) + 0.5 * np.sin(4 * np.pi * t)], axis=1)
    moves += rng.normal(0, 0.05, moves.shape)
    part = part_in_step(moves, main_motion(beat, samples=51))[100]
    assert abs(part[1]) == pytest.approx(0.2, abs=0.06)  # the drift takes a part
    assert abs(part[0]) < 0.05


@pytest.mark.parametrize(("factor", "expected"), [(2.0, 1.0), (-0.5, -1.0), (0.0, np.nan)])
def test_agreement_has_a_direction(factor, expected):
    t = np.arange(100) / 25
    wave = np.stack([np.sin(2 * np.pi * t), 0.3 * np.sin(2 * np.pi * t)], axis=1)
    score = agreement(wave, 5 + factor * wave, samples=25)[50]
    np.testing.assert_allclose(score, expected, atol=1e-9)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        pytest.param([0, 0.5, 0.9, 0.9, 0.5, 0.5, 0.1], [0, 0, 1, 1, 1, 1, 0], id="hysteresis"),
        pytest.param([0, 0.5, 0.5, 0.5, 0.5, 0], [0] * 6, id="never begins"),
        pytest.param([0, 0.9, 0, 0, 0, 0], [0] * 6, id="too short"),
        pytest.param([0.9, 0.9, 0.9, 0, 0.9, 0.9, 0.9], [1] * 7, id="short pause closed"),
        pytest.param([0.9, 0.9, 0, 0, 0, 0.9, 0.9], [1, 1, 0, 0, 0, 1, 1], id="long pause kept"),
        pytest.param([np.nan, np.nan, np.nan, 0.9, 0.9], [0, 0, 0, 1, 1], id="blind is silent"),
    ],
)
def test_runs(series, expected):
    spoken = runs(np.array(series, dtype=float), onset=0.6, offset=0.4, min_samples=2)
    assert spoken.astype(int).tolist() == expected
