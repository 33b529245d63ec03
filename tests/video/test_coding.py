"""A video file in; how coarsely it is coded out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.video.coding import coding_qp
from gaitcheck.video.reader import open_video
from tests import clips


def written(path: Path, crf: int) -> Path:
    """Write a clip of a coarse pattern that moves through the picture."""
    pattern = np.random.default_rng(0).integers(0, 256, (12, 40), dtype=np.uint8)
    wide = cv2.resize(pattern, (320, 96), interpolation=cv2.INTER_CUBIC)
    pictures = [np.dstack([wide[:, k : k + 128]] * 3) for k in range(0, 120, 2)]
    return clips.write_pictures(path, pictures, crf=crf)


def test_coarser_coding_has_a_higher_parameter(tmp_path: Path) -> None:
    told = {crf: coding_qp(written(tmp_path / f"{crf}.mp4", crf)) for crf in (18, 30, 42)}
    # The encoder spends less than it is asked for on what moves all the time.
    assert [round(qp or 0) for qp in told.values()] == pytest.approx([26, 38, 50], abs=3)


def test_the_reader_gives_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", 30)
    with open_video(path) as reader:
        assert reader.coding_qp == coding_qp(path)


@pytest.mark.parametrize("codec", ["mpeg4", "libx265"])
def test_of_other_codings_it_is_not_known(tmp_path: Path, codec: str) -> None:
    times_s, tick = clips.even_times_s(12), Fraction(1, 30)
    assert coding_qp(clips.write_clip(tmp_path / "a.mp4", times_s, codec=codec, tick=tick)) is None


def test_a_folder_of_frames_has_none(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.zeros((48, 64, 3), np.uint8))
    with open_video(tmp_path, fps=10) as reader:
        assert reader.coding_qp is None


@pytest.mark.parametrize("content", [None, b"", b"no video"])
def test_what_cannot_be_read_has_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.mp4"
    if content is not None:
        path.write_bytes(content)
    assert coding_qp(path) is None


def test_a_file_of_sound_has_none(tmp_path: Path) -> None:
    assert coding_qp(clips.write_sound(tmp_path / "a.m4a")) is None


def test_a_file_that_is_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = clips.cut(written(tmp_path / "a.mkv", 30), share=0.5)
    assert coding_qp(path) is not None


def test_more_than_the_beginning_counts(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    still = [np.full((96, 128, 3), 128, np.uint8)] * 20
    busy = [rng.integers(0, 256, (96, 128, 3), np.uint8) for _ in range(20)]
    at_once, later = (
        coding_qp(
            clips.write_pictures(tmp_path / f"{key_every}.mp4", still + busy, key_every=key_every)
        )
        for key_every in (40, 10)
    )
    assert (later or 0) > (at_once or 99) + 3
