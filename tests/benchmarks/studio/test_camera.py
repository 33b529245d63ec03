"""Where the world falls into the picture."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.studio.camera import look, tremble


def test_the_target_is_in_the_middle_and_right_is_right() -> None:
    view = look(np.array([0.0, 1, 4]), np.array([0.0, 1, 0]), fov_deg=90, width=640, height=480)
    found = view.project(np.array([[0.0, 1, 0], [1.0, 1, 0], [0.0, 2, 0]]))
    np.testing.assert_allclose(found, [[320, 240], [400, 240], [320, 160]], atol=1e-9)
    assert view.depth(np.array([0.0, 1, 0])) == pytest.approx(4.0)


def test_the_angle_spans_the_longer_side() -> None:
    for width, height in ((640, 360), (360, 640)):
        view = look(np.zeros(3), np.array([0.0, 0, -1]), fov_deg=60, width=width, height=height)
        assert view.focal_px == pytest.approx(320 / np.tan(np.radians(30)))


def test_what_is_behind_has_no_place() -> None:
    view = look(np.zeros(3), np.array([0.0, 0, -1]), fov_deg=60, width=640, height=480)
    assert np.isnan(view.project(np.array([0.0, 0, 1]))).all()


def test_distortion_is_the_inverse_of_the_shaders() -> None:
    k = 0.05
    view = look(
        np.zeros(3), np.array([0.0, 0, -1]), fov_deg=80, width=640, height=480, distortion=k
    )
    pixel = np.array([600.0, 60.0])
    px = (pixel - [320, 240]) * [1, -1] / view.focal_px
    px = px * (1 + k * px @ px)  # as the shader sends its ray
    ray = view.axes[0] * px[0] + view.axes[1] * px[1] + view.axes[2]
    np.testing.assert_allclose(view.project(3.0 * ray), pixel, atol=1e-6)


def test_a_hand_trembles_within_bounds_and_by_seed() -> None:
    shake, again, other = tremble(0.02, seed=1), tremble(0.02, seed=1), tremble(0.02, seed=2)
    values = np.array([shake(t) for t in np.arange(0, 20, 0.05)])
    assert 0.01 < np.abs(values).max() < 0.05
    assert shake(1.3) == again(1.3) != other(1.3)
