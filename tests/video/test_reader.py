"""Reading files of every kind: each clip is written by code, and its test says why it exists."""

from fractions import Fraction

import cv2
import numpy as np
import pytest

from tests import clips
from tests.video.frames import numbers, read, times

UNEVEN_S = [0, 0.033, 0.066, 0.2, 0.25, 0.4, 0.433, 0.5, 0.533, 0.7, 0.8, 0.9, 0.95, 1.1, 1.12]
MILLISECOND = Fraction(1, 1000)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {}),
        ("a.mov", {"codec": "libx265"}),
        ("a.mkv", {"tick": MILLISECOND}),
        ("a.webm", {"codec": "libvpx-vp9", "tick": MILLISECOND}),
        ("a.ts", {}),
        ("a.avi", {"codec": "mpeg4", "tick": Fraction(1, 30), "b_frames": 0}),
        # AVI keeps no presentation times: with B-frames its last pictures come without any
        ("b.avi", {"codec": "mpeg4", "tick": Fraction(1, 30)}),
        ("c.avi", {"tick": Fraction(1, 30), "b_frames": 3}),
    ],
)
def test_constant_rate_in_every_container(tmp_path, name, options):
    expected = clips.even_times_s(40)
    frames, reader = read(clips.write_clip(tmp_path / name, expected, **options))
    assert numbers(frames) == list(range(40))
    assert [frame.index for frame in frames] == list(range(40))
    assert times(frames) == pytest.approx(expected, abs=0.0011)  # Matroska counts milliseconds
    assert reader.info.duration_s == pytest.approx(40 / 30, abs=0.002)
    assert reader.info.mean_fps == pytest.approx(30, abs=0.05)
    assert reader.warnings == ()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {}),
        ("a.mov", {"codec": "libx265"}),
        ("a.mkv", {"tick": MILLISECOND}),
        ("a.webm", {"codec": "libvpx-vp9", "tick": MILLISECOND}),
    ],
)
def test_variable_rate_keeps_each_pictures_own_time(tmp_path, name, options):
    """Telephones slow down in the dark: frame number over rate would be wrong by a step."""
    frames, reader = read(clips.write_clip(tmp_path / name, UNEVEN_S, **options))
    assert numbers(frames) == list(range(len(UNEVEN_S)))
    assert times(frames) == pytest.approx(UNEVEN_S, abs=1e-5)
    assert reader.info.frame_count == len(UNEVEN_S)
    assert reader.warnings == ()


def test_gif_keeps_its_delays(tmp_path):
    expected = [0, 0.1, 0.2, 0.5, 0.6, 1.0]
    path = clips.write_clip(
        tmp_path / "a.gif", expected, codec="gif", tick=Fraction(1, 100), pixel_format="rgb8"
    )
    frames, reader = read(path)
    assert numbers(frames) == list(range(6))
    assert times(frames) == pytest.approx(expected)
    assert reader.warnings == ()


def test_a_gif_broken_in_the_middle_says_so(tmp_path):
    """A GIF counts nothing, and FFmpeg takes a broken block for its end."""
    path = clips.write_clip(
        tmp_path / "a.gif",
        clips.even_times_s(40, fps=10),
        codec="gif",
        tick=Fraction(1, 100),
        pixel_format="rgb8",
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    frames, reader = read(path)
    assert 1 < len(frames) < 40
    assert "breaks off before its end mark" in reader.warnings[-1]


def test_ntsc_rate_is_not_rounded(tmp_path):
    """29.97 taken for 30 or 29 drifts by up to two seconds a minute."""
    rate = Fraction(30000, 1001)
    expected = clips.even_times_s(200, fps=float(rate))
    frames, reader = read(clips.write_clip(tmp_path / "a.mp4", expected, rate=rate))
    assert times(frames) == pytest.approx(expected, abs=2e-5)
    assert reader.info.mean_fps == pytest.approx(29.97, abs=0.001)


@pytest.mark.parametrize(
    ("name", "options"),
    [("a.mp4", {}), ("a.mkv", {"tick": MILLISECOND}), ("a.ts", {}), ("s.mp4", {"sound_s": 3.0})],
)
def test_a_late_start_counts_from_the_first_picture(tmp_path, name, options):
    """Recorders start the pictures after the sound, or at the time since they were switched on."""
    late = clips.even_times_s(30, start_s=1.5)
    path = clips.write_clip(tmp_path / name, late, **options)
    frames, reader = read(path)
    assert numbers(frames) == list(range(30))
    assert times(frames) == pytest.approx(clips.even_times_s(30), abs=0.0011)
    assert reader.warnings == ()


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_sound_that_outlasts_the_pictures_is_no_damage(tmp_path, name):
    tick = MILLISECOND if name.endswith("mkv") else Fraction(1, 90_000)
    path = clips.write_clip(tmp_path / name, clips.even_times_s(30), tick=tick, sound_s=4.0)
    _, reader = read(path)
    assert reader.info.duration_s == pytest.approx(1.0, abs=0.002)
    assert reader.warnings == ()


@pytest.mark.parametrize(
    ("degrees", "turn"),
    [
        (90, cv2.ROTATE_90_CLOCKWISE),
        (180, cv2.ROTATE_180),
        (270, cv2.ROTATE_90_COUNTERCLOCKWISE),
    ],
)
def test_turned_as_players_show_it(tmp_path, degrees, turn):
    """Telephones store a lying picture and how far to turn it."""
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(4))
    (stored, *_), _ = read(path)
    (shown, *_), reader = read(clips.turned(path, degrees=degrees))
    expected = cv2.rotate(stored.image_bgr, turn)
    assert shown.image_bgr.shape == expected.shape
    assert np.abs(shown.image_bgr.astype(int) - expected).mean() < 2.0
    assert (reader.info.height, reader.info.width) == expected.shape[:2]


@pytest.mark.parametrize(
    ("degrees", "expected"), [(0, (clips.WIDTH_PX * 2, 64)), (90, (64, clips.WIDTH_PX * 2))]
)
def test_pixels_that_are_not_square_are_made_so(tmp_path, degrees, expected):
    """Old cameras and some recorders store a narrow picture: legs would look too long."""
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(4), pixel_aspect=Fraction(2, 1))
    frames, reader = read(clips.turned(path, degrees=degrees))
    assert (reader.info.width, reader.info.height) == expected
    assert frames[0].image_bgr.shape == (expected[1], expected[0], 3)


def test_a_wrong_extension_does_not_matter(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(10))
    frames, _ = read(path.rename(tmp_path / "a.jpg"))
    assert numbers(frames) == list(range(10))


def test_a_name_that_looks_like_a_series_is_one_file(tmp_path):
    """OpenCV's reader of numbered pictures would look for 01, 02, ..."""
    path = clips.write_clip(tmp_path / "clip_01.mp4", clips.even_times_s(10))
    frames, _ = read(path.rename(tmp_path / "clip_%02d 100% ü.mp4"))
    assert len(frames) == 10
