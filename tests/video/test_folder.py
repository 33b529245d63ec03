import zlib

import cv2
import numpy as np
import pytest

from gaitcheck.errors import VideoError
from gaitcheck.video.folder import natural_key
from gaitcheck.video.reader import open_video
from tests import clips


@pytest.fixture
def folder(tmp_path):
    """Twelve frames whose plain order of names is not their order in time."""
    path = tmp_path / "frames"
    path.mkdir()
    for number in range(12):
        cv2.imwrite(str(path / f"frame_{number}.png"), clips.numbered(number))
    return path


def test_frames_come_in_natural_order_evenly_spaced(folder):
    with open_video(folder, fps=25) as reader:
        frames = list(reader)
        info = reader.info
    assert [clips.number_of(f.image_bgr) for f in frames] == list(range(12))
    assert [f.time_s for f in frames] == pytest.approx([i / 25 for i in range(12)])
    assert (info.frame_count, info.duration_s) == (12, pytest.approx(12 / 25))
    assert info.mean_fps == pytest.approx(25)
    assert (info.width, info.height) == (clips.WIDTH_PX, clips.HEIGHT_PX)
    assert reader.warnings == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b10", "b9", "a"], ["a", "b9", "b10"]),
        (["2.png", "10.png", "frame.png"], ["2.png", "10.png", "frame.png"]),
        (["IMG_2", "img_1", "Img_10"], ["img_1", "IMG_2", "Img_10"]),
        (["s1_f10", "s1_f2", "s0_f11"], ["s0_f11", "s1_f2", "s1_f10"]),
    ],
)
def test_natural_order(names, expected):
    assert sorted(names, key=natural_key) == expected


def test_other_files_are_left_alone(folder):
    (folder / "notes.txt").write_text("not a picture")
    (folder / "._frame_3.png").write_bytes(b"what macOS leaves on other disks")
    (folder / "deeper.png").mkdir()
    with open_video(folder, fps=25) as reader:
        assert len(list(reader)) == 12


def test_jpeg_is_turned_as_its_exif_says(tmp_path):
    """Telephones store a picture lying and a note that it stands."""
    lying = cv2.rotate(clips.numbered(5), cv2.ROTATE_90_COUNTERCLOCKWISE)
    data = cv2.imencode(".jpg", lying)[1].tobytes()
    turn = b"\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
    exif = b"Exif\0\0MM\x00\x2a\x00\x00\x00\x08" + turn + bytes(4)
    block = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    (tmp_path / "a.jpg").write_bytes(data[:2] + block + data[2:])
    with open_video(tmp_path, fps=1) as reader:
        (frame,) = reader
    assert clips.number_of(frame.image_bgr) == 5


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut"),
        pytest.param(lambda data: data[:80] + bytes(20) + data[100:], id="scratched"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"no picture at all", id="text"),
    ],
)
def test_a_damaged_picture_is_skipped_and_keeps_its_time(folder, spoil, capfd):
    file = folder / "frame_4.png"
    file.write_bytes(spoil(file.read_bytes()))
    with open_video(folder, fps=25) as reader:
        frames = list(reader)
    assert [f.index for f in frames] == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert frames[4].time_s == pytest.approx(5 / 25)
    assert "1 damaged picture" in reader.warnings[0]
    assert capfd.readouterr().err == ""


def test_an_odd_colour_profile_makes_no_noise(tmp_path, capfd):
    """Its library writes of it straight to standard error."""
    data = cv2.imencode(".png", clips.numbered(9))[1].tobytes()
    body = b"iCCP" + b"bad\0\0" + zlib.compress(b"no profile")
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(data[:33] + chunk + data[33:])
    with open_video(tmp_path, fps=1) as reader:
        (frame,) = reader
    assert clips.number_of(frame.image_bgr) == 9
    assert capfd.readouterr().err == ""


def test_mixed_sizes_name_both_pictures(folder):
    cv2.imwrite(str(folder / "frame_7.png"), np.zeros((10, 20, 3), np.uint8))
    with open_video(folder, fps=25) as reader, pytest.raises(VideoError) as error:
        list(reader)
    assert "frame_7.png is 20x10, but frame_0.png is 128x64" in str(error.value)


def test_only_damaged_pictures(tmp_path):
    (tmp_path / "a.png").write_bytes(b"no picture at all")
    with pytest.raises(VideoError, match="are damaged"):
        open_video(tmp_path, fps=25)


def test_a_folder_needs_fps(folder):
    with pytest.raises(VideoError, match="--fps"):
        open_video(folder)


def test_a_folder_without_pictures(tmp_path):
    (tmp_path / "notes.txt").write_text("not a picture")
    with pytest.raises(VideoError, match="holds no picture"):
        open_video(tmp_path, fps=25)


def test_a_folder_that_is_closed_early_stops(folder):
    reader = open_video(folder, fps=25)
    frames = iter(reader)
    next(frames)
    reader.close()
    with pytest.raises(VideoError, match="closed"):
        next(frames)
