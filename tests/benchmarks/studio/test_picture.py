"""What the recorder does to a picture, and the clip's own times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.studio.effects import develop
from benchmarks.studio.encode import write_clip
from benchmarks.studio.scene import PictureSpec

GREY = np.full((120, 160, 3), 128, np.uint8)


def spec(**change: float) -> PictureSpec:
    quiet = {"width": 160, "height": 120, "noise": 0.0, "blur": 0.0, "vignette": 0.0}
    return PictureSpec(**{**quiet, **change})  # type: ignore[arg-type]


def developed(s: PictureSpec, seed: int = 0, picture: np.ndarray = GREY) -> np.ndarray:
    return develop(picture, s, rng=np.random.default_rng(seed), t_s=2.0)


def test_with_nothing_on_a_picture_stays() -> None:
    np.testing.assert_array_equal(developed(spec()), GREY)


def test_grain_is_of_its_strength_and_by_seed() -> None:
    one = developed(spec(noise=6.0))
    assert 4.0 < one.std() < 9.0
    np.testing.assert_array_equal(one, developed(spec(noise=6.0)))
    assert (one != developed(spec(noise=6.0), seed=1)).any()


def test_infrared_has_no_colour() -> None:
    red = GREY * np.array([1, 0, 0], np.uint8)
    out = developed(spec(infrared=True, noise=5.0), picture=red)
    assert (out[..., 0] == out[..., 1]).all()
    assert (out[..., 0] == out[..., 2]).all()
    assert out.mean() > 60


def test_the_edge_is_darker_than_the_middle() -> None:
    out = developed(spec(vignette=0.4))
    assert out[0, 0, 0] < 0.7 * out[60, 80, 0]


def test_a_clock_is_written_at_the_top() -> None:
    changed = (developed(spec(clock=True)) != GREY).any(-1)
    assert changed[:20].any()
    assert not changed[30:].any()


def test_a_clip_keeps_uneven_times(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    times = [0.0, 0.04, 0.09, 0.20, 0.24]
    path = tmp_path / "x.mp4"
    n = write_clip(path, ((t, GREY) for t in times), fps=25, width=160, height=120, crf=24)
    assert n == 5
    with av.open(str(path)) as box:
        found = [f.time for f in box.decode(video=0)]
    np.testing.assert_allclose(found, times, atol=1e-4)


def test_a_clip_that_fails_leaves_nothing(tmp_path: Path) -> None:
    pytest.importorskip("av")

    def breaks() -> object:
        yield 0.0, GREY
        raise RuntimeError("the renderer broke")

    with pytest.raises(RuntimeError, match="renderer"):
        write_clip(tmp_path / "x.mp4", breaks(), fps=25, width=160, height=120, crf=24)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
