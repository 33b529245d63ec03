from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.footage.index import index_of, read_index
from gaitcheck.footage.samples import read_samples, sample_times_s
from gaitcheck.video.reader import open_video
from tests.clips import even_times_s, number_of, numbered, write_clip, write_sound


@pytest.mark.parametrize(
    ("name", "b_frames"), [("a.mp4", 0), ("b.mp4", 2), ("c.mkv", 2), ("d.ts", 0)]
)
def test_the_index_has_the_times_that_the_reader_gives(
    tmp_path: Path, name: str, b_frames: int
) -> None:
    clip = write_clip(tmp_path / name, even_times_s(40, fps=25), b_frames=b_frames)
    index = read_index(clip)
    assert index is not None
    with open_video(clip) as reader:
        read_s = [frame.time_s for frame in reader]
    assert index.times_s == pytest.approx(np.array(read_s), abs=1e-6)
    assert len(index.key_times_s) == 4  # every 12 of 40
    assert index.duration_s == pytest.approx(1.6, abs=1e-3)


def test_uneven_times_and_a_late_start_are_kept(tmp_path: Path) -> None:
    times_s = np.cumsum([5.0, 0.04, 0.11, 0.02, 0.3, 0.04, 0.05]).tolist()
    index = read_index(write_clip(tmp_path / "a.mp4", times_s))
    assert index is not None
    assert index.times_s == pytest.approx(np.array(times_s) - 5.0, abs=1e-4)


def test_what_has_no_times_has_no_index(tmp_path: Path) -> None:
    raw = write_clip(tmp_path / "raw.h264", even_times_s(30))
    text = tmp_path / "text.mp4"
    text.write_text("no video")
    one = write_clip(tmp_path / "one.mp4", [0.0])
    sound = write_sound(tmp_path / "sound.m4a")
    jump = write_clip(tmp_path / "jump.mp4", [0.0, 0.04, 900.0, 900.04])
    for path in (raw, text, one, sound, jump, tmp_path / "nowhere.mp4"):
        assert read_index(path) is None, path


def test_key_pictures_serve_as_samples_where_they_come_often_enough(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", even_times_s(250, fps=25), key_every=50)
    index = read_index(clip)
    assert index is not None
    times_s = sample_times_s(index)
    assert times_s.tolist() == pytest.approx([0, 2, 4, 6, 8])
    numbers = [(s.time_s, number_of(s.bgr(640))) for s in read_samples(clip, index, times_s)]
    assert numbers == [(pytest.approx(t), round(t * 25)) for t in (0, 2, 4, 6, 8)]


def test_some_key_pictures_are_found_by_seeking(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", even_times_s(240, fps=25), key_every=5)
    index = read_index(clip)
    assert index is not None
    few = index.key_times_s[[3, 40]]
    assert [number_of(s.bgr(640)) for s in read_samples(clip, index, few)] == [15, 200]


def test_a_single_key_picture_means_that_every_nth_is_decoded(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", even_times_s(150, fps=25), key_every=1000)
    index = read_index(clip)
    assert index is not None
    assert len(index.key_times_s) == 1
    times_s = sample_times_s(index)
    assert np.diff(times_s).max() < 1.0
    samples = list(read_samples(clip, index, times_s))
    assert [number_of(s.bgr(640)) for s in samples] == [round(t * 25) for t in times_s]


def test_a_folder_of_frames_is_sampled_too(tmp_path: Path) -> None:
    import cv2

    for number in range(40):
        cv2.imwrite(str(tmp_path / f"f{number}.png"), numbered(number))
    (tmp_path / "f10.png").write_bytes(b"damaged")
    index = index_of(tmp_path, fps=10)
    assert index is not None
    samples = list(read_samples(tmp_path, index, sample_times_s(index)))
    assert [number_of(s.bgr(640)) for s in samples] == [0, 9, 18, 27, 36]
    assert samples[0].gray(0.5).shape == (32, 64)


def test_the_grey_sample_is_the_picture_reduced(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", even_times_s(4), tick=Fraction(1, 90_000))
    index = read_index(clip)
    assert index is not None
    sample = next(iter(read_samples(clip, index, index.key_times_s)))
    gray = sample.gray(0.5)
    assert gray.shape == (32, 64)
    assert gray[:16].mean() < 20 < gray[16:].mean()  # luma of the red gradient below
