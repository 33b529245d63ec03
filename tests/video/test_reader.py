"""Reading files: each clip is written by code, and its test says why it exists."""

import math
import os
import subprocess
import sys
import threading
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.errors import VideoError
from gaitcheck.video.prefetch import prefetch
from gaitcheck.video.reader import open_video
from tests import clips
from tests.clips import even_times_s, number_of, numbered, write_clip

UNEVEN_S = [0, 0.033, 0.066, 0.2, 0.25, 0.4, 0.433, 0.5, 0.533, 0.7, 0.8, 0.9, 0.95, 1.1, 1.12]
MILLISECOND = Fraction(1, 1000)


def read(path, **options):
    with open_video(path, **options) as reader:
        frames = list(reader)
    return frames, reader


def numbers(frames):
    return [clips.number_of(frame.image_bgr) for frame in frames]


def times(frames):
    return [frame.time_s for frame in frames]


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


def test_info_before_the_end_is_the_containers_claim(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(40))
    with open_video(path) as reader:
        assert reader.info.frame_count == 40
        assert reader.info.duration_s == pytest.approx(40 / 30)
        assert reader.info.path == str(path)


def test_info_keeps_the_name_as_it_was_given(tmp_path, monkeypatch):
    clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(3))
    monkeypatch.chdir(tmp_path)
    with open_video("./a.mp4") as reader:
        assert reader.info.path == "./a.mp4"


def test_it_is_read_once(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(3))
    with open_video(path) as reader:
        list(reader)
        with pytest.raises(VideoError, match="read once"):
            iter(reader)


def test_pictures_stay_valid_when_later_ones_are_read(tmp_path):
    frames, _ = read(clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(20)))
    assert len({frame.image_bgr.__array_interface__["data"][0] for frame in frames}) == 20


def test_read_ahead_in_a_thread(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(40))
    with open_video(path) as reader, closing(prefetch(reader)) as frames:
        assert [clips.number_of(frame.image_bgr) for frame in frames] == list(range(40))
        assert reader.info.frame_count == 40


def test_closing_while_a_thread_reads_is_an_error_there_not_a_crash(tmp_path):
    path = clips.write_clip(tmp_path / "a.mp4", clips.even_times_s(200))
    reader = open_video(path)
    begun, caught = threading.Event(), []

    def work():
        try:
            for _ in reader:
                begun.set()
                closed.wait(10)
        except VideoError as error:
            caught.append(error)

    closed = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    reader.close()
    reader.close()
    closed.set()
    thread.join(10)
    assert "closed" in str(caught[0])


def test_nothing_of_the_decoders_reaches_standard_error(tmp_path):
    """Damaged, cut and foreign files make FFmpeg and OpenCV talk; each in a fresh process."""
    damaged = clips.write_clip(tmp_path / "damaged.mp4", clips.even_times_s(90))
    clips.scratched(damaged, start=0.4, end=0.6)
    cut = clips.cut(clips.write_clip(tmp_path / "cut.mp4", clips.even_times_s(90)), share=0.5)
    text = tmp_path / "text.mp4"
    text.write_text("no video " * 100)
    code = (
        "import sys\n"
        "from gaitcheck.errors import VideoError\n"
        "from gaitcheck.video.reader import open_video\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        with open_video(path) as reader: print(len(list(reader)))\n"
        "    except VideoError: print('error')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, text, damaged, cut],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    said = done.stdout.split()
    assert (said[0], said[2]) == ("error", "error")
    assert int(said[1]) > 60


def test_importing_the_reader_loads_no_decoder():
    """The command answers `--help` without waiting for OpenCV."""
    code = (
        "import sys, gaitcheck.video.reader, gaitcheck.video.prefetch\n"
        "print(sorted({'cv2', 'av'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


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
