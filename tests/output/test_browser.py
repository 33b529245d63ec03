from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from gaitcheck.errors import OutputError
from gaitcheck.output.browser import browser_copy, plays_in_browsers
from gaitcheck.video.reader import open_video
from tests.clips import HEIGHT_PX, WIDTH_PX, even_times_s, number_of, turned, write_clip

OLD = {"codec": "mpeg4", "b_frames": 0, "tick": Fraction(1, 1000)}
"""MPEG-4 part 2, as old cameras write it; its clock is coarse."""


@pytest.mark.parametrize(
    ("name", "options", "plays"),
    [
        pytest.param("a.mp4", {}, True, id="H.264 in MP4"),
        pytest.param("a.mp4", {"sound_s": 1.0}, True, id="with AAC"),
        pytest.param("a.webm", {"codec": "libvpx-vp9"}, True, id="VP9 in WebM"),
        pytest.param("a.mp4", OLD, False, id="MPEG-4 part 2"),
        pytest.param("a.avi", {"tick": Fraction(1, 30), "b_frames": 0}, False, id="AVI"),
        pytest.param("a.mp4", {"pixel_format": "yuv444p"}, False, id="4:4:4"),
    ],
)
def test_what_browsers_play(tmp_path: Path, name: str, options: dict, plays: bool):
    clip = write_clip(tmp_path / name, even_times_s(30), **options)
    assert plays_in_browsers(clip) is plays


def test_what_is_no_video_plays_nowhere(tmp_path: Path):
    (tmp_path / "a.mp4").write_text("no video")
    assert not plays_in_browsers(tmp_path / "a.mp4")
    assert not plays_in_browsers(tmp_path)


def test_a_clip_that_plays_is_not_copied(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(10))
    assert not browser_copy(clip, tmp_path / "copy.mp4")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4"]


def test_the_copy_has_the_same_pictures_at_the_same_times(tmp_path: Path):
    times = [*even_times_s(12), 0.9, 1.0, 1.7]
    clip = write_clip(tmp_path / "a.mp4", times, **OLD, sound_s=1.5)
    assert browser_copy(clip, tmp_path / "copy.mp4")
    assert plays_in_browsers(tmp_path / "copy.mp4")
    with open_video(clip) as before, open_video(tmp_path / "copy.mp4") as after:
        pairs = list(zip(before, after, strict=True))
    assert [number_of(b.image_bgr) for _, b in pairs] == list(range(len(times)))
    assert [b.time_s for _, b in pairs] == pytest.approx([a.time_s for a, _ in pairs], abs=1e-3)
    with av.open(str(tmp_path / "copy.mp4")) as copy:
        sound = sum(f.samples / f.sample_rate for f in copy.decode(audio=0))
    assert sound == pytest.approx(1.5, abs=0.2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "copy.mp4"]


def test_the_copy_stands_upright(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(5), **OLD)
    browser_copy(turned(clip, degrees=90), tmp_path / "copy.mp4")
    with open_video(tmp_path / "copy.mp4") as copy:
        assert (copy.info.width, copy.info.height) == (HEIGHT_PX, WIDTH_PX)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(5), **OLD)
    with pytest.raises(OutputError, match="nowhere"):
        browser_copy(clip, tmp_path / "nowhere" / "copy.mp4")
