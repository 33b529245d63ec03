"""Files that are damaged, cut, empty, or no video at all."""

import os
import sys
from fractions import Fraction

import cv2
import numpy as np
import pytest

from gaitcheck.errors import VideoError
from gaitcheck.video.reader import open_video
from tests import clips
from tests.video.frames import numbers, read, times

MILLISECOND = Fraction(1, 1000)


def test_damage_in_the_middle_is_passed_over(tmp_path):
    """OpenCV says "end" at the first damaged packet; all that follows must still be read."""
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(90))
    frames, reader = read(clips.scratched(path, start=0.45, end=0.55))
    found = times(frames)
    assert np.all(np.diff(found) > 0)
    assert found[-1] == pytest.approx(89 / 30, abs=1e-4)
    good = [f for f in frames if clips.number_of(f.image_bgr) == round(f.time_s * 30)]
    assert {0, 1, 2, 87, 88, 89} <= {clips.number_of(f.image_bgr) for f in good}
    assert 60 < len(good) < 90
    assert any("damaged picture" in warning for warning in reader.warnings)
    assert frames[-1].index == 89  # those skipped keep their numbers
    assert reader.info.frame_count == len(frames)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {"muxer_options": {"movflags": "faststart"}}),
        ("a.mkv", {"tick": MILLISECOND}),
        ("a.avi", {"codec": "mpeg4", "tick": Fraction(1, 30)}),
        ("a.gif", {"codec": "gif", "tick": Fraction(1, 100), "pixel_format": "rgb8"}),
    ],
)
def test_a_truncated_file_is_read_as_far_as_it_goes_and_says_so(tmp_path, name, options):
    """A copy broken off: what is there counts, but nobody may take it for the whole."""
    path = clips.write_clip(tmp_path / name, clips.even_times_s(90), **options)
    frames, reader = read(clips.cut(path, share=0.6))
    assert 10 < len(frames) < 80
    assert any(
        f"read to {reader.info.duration_s:.2f} s only" in warning for warning in reader.warnings
    )


def test_a_truncated_file_without_its_index(tmp_path):
    """A telephone that went dark while recording."""
    path = clips.cut(clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(90)), share=0.6)
    with pytest.raises(VideoError, match=r"without a readable index \(moov\)"):
        open_video(path)


def test_recordings_put_end_to_end(tmp_path):
    """Recorders write the next part with a clock that begins anew."""
    path = clips.write_clip(tmp_path / "a.ts", clips.even_times_s(60))
    path.write_bytes(path.read_bytes() * 2)
    frames, reader = read(path)
    assert numbers(frames) == list(range(60)) * 2
    assert times(frames) == pytest.approx(clips.even_times_s(120), abs=0.001)
    assert "began anew" in reader.warnings[0]


def test_not_one_good_picture(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(3))
    clips.scratched(path, start=0.0, end=1.0)
    with pytest.raises(VideoError, match="no picture that can be decoded"):
        open_video(path)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {}),
        ("a.mkv", {"tick": MILLISECOND}),
        ("a.avi", {"codec": "mpeg4", "tick": Fraction(1, 30)}),
    ],
)
def test_an_empty_video_track(tmp_path, name, options):
    """A recording stopped before its first picture."""
    path = clips.write_clip(tmp_path / name, [], **options)
    with pytest.raises(VideoError, match=r"no picture that can be decoded"):
        open_video(path)


def test_sound_alone(tmp_path):
    with pytest.raises(VideoError, match="no video track, only audio"):
        open_video(clips.write_sound(tmp_path / "a.m4a"))


def test_not_a_video(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("This is a letter to my therapist. " * 100)
    with pytest.raises(VideoError, match="is not a video"):
        open_video(path)


def test_a_single_picture(tmp_path):
    path = tmp_path / "a.jpg"
    cv2.imwrite(str(path), clips.numbered(1))
    with pytest.raises(VideoError, match="single picture"):
        open_video(path)


def test_an_empty_file(tmp_path):
    path = tmp_path / "a.mp4"
    path.touch()
    with pytest.raises(VideoError, match="empty"):
        open_video(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(VideoError, match="no file or folder"):
        open_video(tmp_path / "a.mp4")


def test_a_name_no_file_can_have():
    with pytest.raises(VideoError, match="Check the name"):
        open_video("a\0b.mp4")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_name_that_opencv_would_crash_on(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    clips.write_clip(tmp_path / "clip.mp4", clips.even_times_s(3)).rename(path)
    with pytest.raises(VideoError, match=r"caf\\udce9.*Rename"):
        open_video(path)


def test_no_permission(tmp_path, monkeypatch):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(3))
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything

        def refuse(self, _mode):
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(VideoError, match="may not be read"):
        open_video(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(VideoError, match="neither a file nor a folder"):
        open_video(tmp_path / "a.mp4")


@pytest.mark.parametrize("fps", [0, -25, float("nan"), float("inf")])
def test_fps_out_of_range(tmp_path, fps):
    with pytest.raises(VideoError, match="fps must be a number above 0"):
        open_video(tmp_path, fps=fps)


def test_fps_for_a_file_is_refused(tmp_path):
    """It would fight with the file's own times."""
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(3))
    with pytest.raises(VideoError, match="Leave out --fps"):
        open_video(path, fps=25)
