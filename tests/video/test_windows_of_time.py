"""A window of a file or a folder gives the same frames as reading it all."""

import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.errors import VideoError
from gaitcheck.video.reader import open_video
from tests.clips import even_times_s, number_of, numbered, write_clip


@pytest.mark.parametrize("key_every", [5, 50, 1000])
@pytest.mark.parametrize("part_s", [(0.0, 1.0), (3.1, 4.7), (7.0, math.inf), (9.99, 20.0)])
def test_a_window_gives_the_same_frames_as_reading_it_all(
    tmp_path: Path, key_every: int, part_s: tuple[float, float]
) -> None:
    rng = np.random.default_rng(3)
    times_s = (np.arange(230) / 25 + rng.uniform(0, 0.02, 230)).tolist()
    clip = write_clip(tmp_path / "a.mp4", times_s, key_every=key_every)
    with open_video(clip) as reader:
        frames = list(reader)
    known_s = np.array([f.time_s for f in frames])
    with open_video(clip) as reader:
        part = list(reader.window(*part_s, times_s=known_s))
    expected = [f for f in frames if part_s[0] <= f.time_s < part_s[1]]
    assert [(f.index, f.time_s) for f in part] == [(f.index, f.time_s) for f in expected]
    assert all(
        np.array_equal(a.image_bgr, b.image_bgr) for a, b in zip(part, expected, strict=True)
    )


def test_a_window_of_a_folder(tmp_path: Path) -> None:
    for number in range(30):
        cv2.imwrite(str(tmp_path / f"f{number}.png"), numbered(number))
    with open_video(tmp_path, fps=10) as reader:
        part = list(reader.window(2.05, 2.45, times_s=np.arange(30) / 10))
    assert [(f.index, number_of(f.image_bgr)) for f in part] == [(n, n) for n in (21, 22, 23, 24)]


def test_a_window_from_which_no_picture_comes_is_an_error(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", even_times_s(100, fps=25))
    with open_video(clip) as reader, pytest.raises(VideoError, match=r"no picture came|reached"):
        list(reader.window(500.0, 600.0, times_s=np.arange(900.0)))


def test_what_is_known_of_all_times_is_told_as_if_it_had_been_read(tmp_path: Path) -> None:
    times_s = [*even_times_s(50, fps=25), *even_times_s(50, fps=25, start_s=4.0)]
    clip = write_clip(tmp_path / "a.mp4", times_s)
    with open_video(clip) as reader:
        list(reader)
    with open_video(clip) as known:
        known.believe(np.array(times_s))
        assert known.info == reader.info
        assert known.warnings == reader.warnings
        assert "gap" in known.warnings[0]


def test_pictures_known_to_be_lost_are_told_of(tmp_path: Path) -> None:
    times_s = np.arange(50) / 25
    with open_video(write_clip(tmp_path / "a.mp4", times_s.tolist())) as known:
        known.believe(times_s, lost=[20, 21])
        assert known.info.frame_count == 48
        assert "2 damaged pictures, the first met near 0.88 s" in known.warnings[0]
