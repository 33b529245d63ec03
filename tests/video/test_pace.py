"""A video file in; whether it is shown slower or faster than it was filmed out."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.video.pace import pace_warning
from gaitcheck.video.reader import open_video
from tests import clips

PLACE = "@@@@"
"""Four letters in the place of a number of four bytes."""


def filmed(path: Path, told: str, *, shown_hz: float = 30.0) -> Path:
    """Write a clip that tells at how many pictures a second it was filmed, as words."""
    return clips.write_clip(
        path,
        clips.even_times_s(12, fps=shown_hz),
        muxer_options={"movflags": "use_metadata_tags"},
        tags={"com.android.capture.fps": told},
    )


def filmed_by_android(path: Path, hz: float, *, shown_hz: float = 30.0) -> Path:
    """Write it as telephones do: a big-endian float (type 23 of Apple's metadata), not words."""
    data = bytearray(filmed(path, PLACE, shown_hz=shown_hz).read_bytes())
    at = data.index(PLACE.encode())
    data[at - 8 : at + 4] = struct.pack(">iif", 23, 0, hz)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("hz", "scale"), [(120.0, "0.25"), (240.0, "0.125"), (7680.0, "0.00390625")]
)
def test_slow_motion_is_told_with_its_cure(tmp_path: Path, hz: float, scale: str) -> None:
    told = pace_warning(filmed_by_android(tmp_path / "a.mp4", hz))
    assert told is not None
    assert f"slow motion: it was filmed at {hz:.0f} pictures a second and shows 30" in told
    assert f"ffmpeg -itsscale {scale} -i IN.mp4" in told


def test_a_time_lapse_is_told(tmp_path: Path) -> None:
    told = pace_warning(filmed_by_android(tmp_path / "a.mp4", 2.0))
    assert told is not None
    assert "time lapse: it was filmed at 2 pictures a second and shows 30" in told


@pytest.mark.parametrize(("hz", "shown_hz"), [(30.0, 30.0), (240.0, 240.0), (60.0, 24.0)])
def test_true_speed_is_not_told(tmp_path: Path, hz: float, shown_hz: float) -> None:
    """Also where the camera took fewer pictures in the dark than it says."""
    assert pace_warning(filmed_by_android(tmp_path / "a.mp4", hz, shown_hz=shown_hz)) is None


@pytest.mark.parametrize("told", ["", "fast", "nan", "inf", "0", "-240"])
def test_nonsense_is_not_told(tmp_path: Path, told: str) -> None:
    assert pace_warning(filmed(tmp_path / "a.mp4", told)) is None


def test_without_the_camera_s_word_nothing_is_told(tmp_path: Path) -> None:
    assert pace_warning(clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(12))) is None


@pytest.mark.parametrize("content", [None, b"", b"no video"])
def test_what_cannot_be_read_tells_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.mp4"
    if content is not None:
        path.write_bytes(content)
    assert pace_warning(path) is None


def test_a_file_of_sound_tells_nothing(tmp_path: Path) -> None:
    assert pace_warning(clips.write_sound(tmp_path / "a.m4a")) is None


def test_the_reader_warns_of_it_once_at_the_end(tmp_path: Path) -> None:
    path = filmed_by_android(tmp_path / "a.mp4", 240.0)
    with open_video(path) as reader:
        assert not reader.warnings
        assert len(list(reader)) == 12
        assert reader.warnings == (pace_warning(path),)
        assert reader.warnings == (pace_warning(path),)


def test_a_reader_that_believes_warns_of_it_too(tmp_path: Path) -> None:
    path = filmed_by_android(tmp_path / "a.mp4", 240.0)
    with open_video(path) as reader:
        reader.believe(np.array(clips.even_times_s(12)))
        assert reader.warnings == (pace_warning(path),)


def test_a_folder_of_frames_has_no_pace(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "1.png"), np.zeros((48, 64, 3), np.uint8))
    with open_video(tmp_path, fps=10) as reader:
        assert len(list(reader)) == 1
        assert not reader.warnings
