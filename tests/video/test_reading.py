"""The reader as an object: what it knows when, threads, and decoders kept quiet."""

import subprocess
import sys
import threading
from contextlib import closing

import pytest

from gaitcheck.errors import VideoError
from gaitcheck.video.prefetch import prefetch
from gaitcheck.video.reader import open_video
from tests import clips
from tests.video.frames import read


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
