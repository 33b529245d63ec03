"""Films read back: pictures, times, sound, size, and what must not be in them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from gaitcheck.answer import Analysis
from gaitcheck.errors import CancelledError, OutputError, SettingsError
from gaitcheck.footage.watch import Progress
from gaitcheck.output.film import writer as writer_module
from gaitcheck.output.film.drawing import Drawing
from gaitcheck.output.film.films import Film, Still, make_films
from gaitcheck.output.film.highlights import HighlightSettings, highlight_films
from gaitcheck.output.film.sound import kind_of
from gaitcheck.output.film.wanted import annotated_film
from gaitcheck.output.film.writer import FilmWriter
from gaitcheck.video.frame import VideoInfo
from gaitcheck.video.reader import open_video
from tests.clips import HEIGHT_PX, WIDTH_PX, even_times_s, number_of, turned, write_clip
from tests.output.film.walkers import steps_of, track, walk

TIMES_S = np.array(even_times_s(60))
TWO_WALKS = walk(
    track(TIMES_S),
    walks=(steps_of(1, [0.4, 0.6], sequence=1), steps_of(1, [1.4, 1.6], sequence=2)),
)


def pictures(path: Path) -> list[tuple[int, float]]:
    """Numbers and times of the pictures of a film, its strip left out."""
    with open_video(path) as video:
        return [
            (number_of(f.image_bgr[: f.image_bgr.shape[1] * HEIGHT_PX // WIDTH_PX]), f.time_s)
            for f in video
        ]


def sound_s(path: Path) -> float:
    with av.open(str(path)) as film:
        if not film.streams.audio:
            return 0.0
        return sum(f.samples / f.sample_rate for f in film.decode(audio=0))


def test_a_film_has_the_pictures_times_and_sound_of_its_source(tmp_path: Path):
    times = [*even_times_s(12), 0.9, 1.0, 1.7]
    clip = write_clip(tmp_path / "a.mp4", times, sound_s=1.5)
    make_films(walk(), clip, [Film(tmp_path / "plain.mp4", drawn=False)])
    found = pictures(tmp_path / "plain.mp4")
    assert [number for number, _ in found] == list(range(len(times)))
    assert [t for _, t in found] == pytest.approx(times, abs=1e-3)
    assert sound_s(tmp_path / "plain.mp4") == pytest.approx(sound_s(clip), abs=0.05)
    with av.open(str(clip)) as a, av.open(str(tmp_path / "plain.mp4")) as b:
        # The sound is the same to the bit: its packets were copied.
        packets = [[bytes(p) for p in f.demux(audio=0) if p.size] for f in (a, b)]
        assert packets[0] == packets[1]


def test_the_annotated_video_is_as_long_as_its_source(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S), sound_s=2.0)
    make_films(TWO_WALKS, clip, [Film(tmp_path / "b.mp4")])
    with av.open(str(clip)) as a, av.open(str(tmp_path / "b.mp4")) as b:
        assert b.streams.video[0].frames == len(TIMES_S)
        assert b.streams.video[0].start_time == 0
        long = [float(f.streams.video[0].duration * f.streams.video[0].time_base) for f in (a, b)]
        assert long[1] == pytest.approx(long[0], abs=1 / 30)
        assert b.streams.video[0].width % 2 == b.streams.video[0].height % 2 == 0


@pytest.mark.parametrize("codec", ["libmp3lame", "pcm_s16le"])
def test_sound_that_mp4_takes_is_copied_and_other_is_made_aac(tmp_path: Path, codec: str):
    clip = tmp_path / "a.mkv"
    with av.open(str(clip), "w") as out:
        video, sound = out.add_stream("libx264", rate=30), out.add_stream(codec, rate=16_000)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        for i in range(30):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="bgr24")
            frame.pts, frame.time_base = i, Fraction(1, 30)
            out.mux(video.encode(frame))
        for i in range(14):
            quiet = np.zeros((1, 1152), np.int16)
            piece = av.AudioFrame.from_ndarray(quiet, "s16", "mono")
            piece.sample_rate, piece.pts = 16_000, i * 1152
            out.mux(sound.encode(piece))
        for stream in (video, sound):
            out.mux(stream.encode(None))
    make_films(walk(), clip, [Film(tmp_path / "b.mp4", drawn=False)])
    with av.open(str(tmp_path / "b.mp4")) as film:
        assert kind_of(film.streams.audio[0]) == ("mp3" if codec == "libmp3lame" else "aac")
    assert sound_s(tmp_path / "b.mp4") == pytest.approx(14 * 1152 / 16_000, abs=0.1)


def test_place_and_device_stay_behind(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S), sound_s=2.0)
    told = tmp_path / "told.mp4"
    with (
        av.open(str(clip)) as a,
        av.open(str(told), "w", options={"movflags": "use_metadata_tags"}) as b,
    ):
        b.metadata.update(
            {"location": "+52.5200+013.4050/", "com.apple.quicktime.model": "iPhone 99",
             "creation_time": "2024-05-06T07:08:09Z", "title": "at home"}
        )  # fmt: skip
        streams = {s.index: b.add_stream_from_template(s) for s in a.streams}
        streams[1].metadata["language"] = "deu"
        for packet in a.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                b.mux(packet)
    assert b"iPhone 99" in told.read_bytes()
    make_films(TWO_WALKS, told, [Film(tmp_path / "b.mp4")])
    data = (tmp_path / "b.mp4").read_bytes()
    with av.open(str(tmp_path / "b.mp4")) as film:
        tags = dict(film.metadata) | film.streams.video[0].metadata | film.streams.audio[0].metadata
    assert "deu" not in tags.values()
    assert {k for k in tags if "location" in k or "creation" in k or "model" in k} == set()
    assert b"iPhone" not in data
    assert b"52.52" not in data
    # Plays before all of it is there.
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_turned_clip_stands_upright(tmp_path: Path):
    clip = turned(write_clip(tmp_path / "a.mp4", even_times_s(5)), degrees=90)
    make_films(walk(), clip, [Film(tmp_path / "b.mp4", drawn=False)])
    with open_video(tmp_path / "b.mp4") as film:
        assert (film.info.width, film.info.height) == (HEIGHT_PX, WIDTH_PX)
    with av.open(str(tmp_path / "b.mp4")) as film:
        assert next(film.decode(video=0)).rotation == 0


def test_odd_sizes_and_folders_of_frames(tmp_path: Path):
    folder = tmp_path / "frames"
    folder.mkdir()
    for i in range(6):
        cv2.imwrite(str(folder / f"f{i}.png"), np.full((51, 67, 3), 40 * i, np.uint8))
    made = walk(track(np.arange(6) / 5, size_px=(67, 51)), duration_s=1.2, fps=5)
    make_films(made, folder, [Film(tmp_path / "b.mp4")], fps=5.0)
    with open_video(tmp_path / "b.mp4") as film:
        times = [f.time_s for f in film]
        assert film.info.width == 68
    assert times == pytest.approx([i / 5 for i in range(6)])


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("height", [48, 50, 51, 52, 53])
@pytest.mark.parametrize("width", [64, 66, 67])
def test_colours_are_where_they_were(tmp_path: Path, width: int, height: int, drawn: bool):
    """Also at heights that are no multiple of four: planes of colour are half as high."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, :, 2] = 200
    picture[height // 2 :, :, 0] = 200
    picture[:, width // 2 :, 1] = 200
    (tmp_path / "frames").mkdir()
    for i in range(3):
        cv2.imwrite(str(tmp_path / "frames" / f"{i}.png"), picture)
    made = replace(walk(), video=VideoInfo("frames", width, height, 3, 0.12, 25.0))
    make_films(made, tmp_path / "frames", [Film(tmp_path / "b.mp4", drawn=drawn)], fps=25.0)
    with open_video(tmp_path / "b.mp4") as film:
        shown = next(iter(film)).image_bgr[:height, :width].astype(int)
    off = np.abs(shown - picture).max(axis=2)
    middle_y, middle_x = height // 2, width // 2
    # Colours run over a px or two where they meet.
    off[middle_y - 3 : middle_y + 3], off[:, middle_x - 3 : middle_x + 3] = 0, 0
    assert off[2:-2, 2:-2].max() < 40


def test_highlights_are_cut_with_their_margins_and_joined(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S), sound_s=2.0)
    settings = HighlightSettings(margin_s=0.2, plain=True)
    films, stills = highlight_films(TWO_WALKS, tmp_path, "a", settings=settings)
    make_films(TWO_WALKS, clip, films, stills=stills)
    # Sequences from 0.3 to 0.6 s and 1.3 to 1.6 s, with 0.2 s around: 0.1 to 0.8, 1.1 to 1.8 s.
    first, second = list(range(3, 24)), list(range(33, 54))
    for name, wanted in (("1", first), ("2", second)):
        found = pictures(tmp_path / f"a.highlight-{name}.mp4")
        assert [number for number, _ in found] == wanted
        assert [t for _, t in found] == pytest.approx(
            [i / 30 for i in range(len(wanted))], abs=1e-3
        )
        # A packet of this sound is 0.128 s long.
        assert sound_s(tmp_path / f"a.highlight-{name}.mp4") == pytest.approx(0.7, abs=0.2)
    reel = pictures(tmp_path / "a.highlights.mp4")
    assert [number for number, _ in reel] == first + second
    assert np.diff([t for _, t in reel]) == pytest.approx(1 / 30, abs=2e-3)
    # The first step lands at 0.4 s: picture 12.
    assert number_of(cv2.imread(str(tmp_path / "a.first-step.jpg"))) == 12


def test_slow_motion_is_slow_and_silent(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S), sound_s=2.0)
    settings = HighlightSettings(margin_s=0.2, speed=0.5)
    films, _ = highlight_films(TWO_WALKS, tmp_path, "a", settings=settings)
    make_films(TWO_WALKS, clip, films)
    found = pictures(tmp_path / "a.highlight-1.mp4")
    assert np.diff([t for _, t in found]) == pytest.approx(2 / 30, abs=1e-3)
    assert sound_s(tmp_path / "a.highlight-1.mp4") == 0


def test_overlapping_sequences_are_shown_once_in_the_reel(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S))
    films, _ = highlight_films(TWO_WALKS, tmp_path, "a", settings=HighlightSettings(plain=True))
    make_films(TWO_WALKS, clip, films)
    assert [number for number, _ in pictures(tmp_path / "a.highlights.mp4")] == list(range(60))


def test_without_an_independent_sequence_there_is_no_highlight(tmp_path: Path):
    held = walk(track(TIMES_S), walks=(steps_of(1, [0.4, 0.6], support="unknown"),))
    assert highlight_films(held, tmp_path, "a") == ([], [])


@pytest.mark.parametrize(
    "bad", [{"speed": 0.0}, {"speed": 2.0}, {"margin_s": -1.0}, {"margin_s": float("nan")}]
)
def test_settings_out_of_range(bad: dict):
    with pytest.raises(SettingsError):
        HighlightSettings(**bad)


def test_progress_and_cancel(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(10))
    seen: list[Progress] = []
    make_films(walk(), clip, [Film(tmp_path / "b.mp4")], progress=seen.append)
    assert [p.frames for p in seen] == list(range(1, 11))
    with pytest.raises(CancelledError):
        make_films(walk(), clip, [Film(tmp_path / "c.mp4")], cancel=lambda: True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "b.mp4"]


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(10))
    for films, stills in (
        ([Film(tmp_path / "no" / "b.mp4")], []),
        ([Film(tmp_path / "b.mp4")], [Still(tmp_path / "no" / "s.png", 0.1)]),
    ):
        with pytest.raises(OutputError, match="could not be written"):
            make_films(walk(), clip, films, stills=stills)
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


@pytest.mark.parametrize("moment", ["_picture", "_next"])
def test_a_disk_that_is_full_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
):
    calls = iter(range(100))
    plain = getattr(FilmWriter, moment)

    def full(self: FilmWriter, *given: object):
        if next(calls) == 3:
            raise OSError(28, "No space left on device")
        return plain(self, *given)

    monkeypatch.setattr(writer_module.FilmWriter, moment, full)
    clip = write_clip(tmp_path / "a.mp4", even_times_s(50))
    with pytest.raises(OutputError, match="No space left on device"):
        make_films(walk(), clip, [Film(tmp_path / "b.mp4")])
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


@pytest.mark.parametrize(
    ("size_px", "wanted"),
    [((640, 480), 640), ((1280, 960), 1280), ((1920, 1080), 960), ((1080, 1920), 960),
     ((1440, 1080), 720), ((3840, 2160), 960)],
)  # fmt: skip
def test_the_annotated_video_of_a_large_clip_is_halved(size_px: tuple[int, int], wanted: int):
    made = walk(track(TIMES_S, size_px=size_px))
    assert annotated_film(made, Path("a.mp4")).most_side_px == wanted


def test_what_is_drawn_goes_along_with_the_size():
    def at(scale: float) -> Analysis:
        return walk(
            track(TIMES_S, start_px=200 * scale, speed_px_s=0, top_px=40 * scale,
                  height_px=400 * scale, size_px=(round(640 * scale), round(480 * scale))),
            walks=(steps_of(1, [0.4, 0.6]),),
        )  # fmt: skip

    black = np.zeros((480, 640, 3), np.uint8)
    halved = Drawing(at(1.0), (640, 480), share=0.5).draw(black, 0.41)
    assert (halved == Drawing(at(0.5), (320, 240)).draw(black[::2, ::2], 0.41)).all()
    assert (halved[:240] > 0).any()


def test_a_halved_film_shows_the_same_pictures(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", list(TIMES_S), sound_s=2.0)
    make_films(walk(), clip, [Film(tmp_path / "b.mp4", most_side_px=WIDTH_PX // 2)])
    with open_video(tmp_path / "b.mp4") as film:
        assert film.info.width == WIDTH_PX // 2
    assert pictures(tmp_path / "b.mp4") == [
        (i, pytest.approx(t, abs=1e-3)) for i, t in enumerate(TIMES_S)
    ]


def test_the_threads_of_opencv_are_as_before(tmp_path: Path):
    clip = write_clip(tmp_path / "a.mp4", even_times_s(5))
    before = cv2.getNumThreads()
    try:
        cv2.setNumThreads(3)
        make_films(walk(), clip, [Film(tmp_path / "b.mp4")])
        with pytest.raises(CancelledError):
            make_films(walk(), clip, [Film(tmp_path / "c.mp4")], cancel=lambda: True)
        assert cv2.getNumThreads() == 3
    finally:
        cv2.setNumThreads(before)


@pytest.mark.parametrize("start_s", [0.0, 1.4])
def test_sound_and_pictures_of_the_annotated_video_end_with_the_source(
    tmp_path: Path, start_s: float
):
    """Also where the source's pictures begin later than 0."""
    times = even_times_s(60, start_s=start_s)
    clip = write_clip(tmp_path / "a.mp4", times, sound_s=start_s + 2.0)
    make_films(TWO_WALKS, clip, [Film(tmp_path / "b.mp4")])
    with av.open(str(tmp_path / "b.mp4")) as film:
        ends = [
            max(float((p.pts + p.duration) * p.time_base) for p in film.demux(stream) if p.size)
            for stream in (film.streams.video[0], film.streams.audio[0])
            if film.seek(0) is None
        ]
    assert ends[0] == pytest.approx(2.0, abs=1 / 30)
    assert ends[1] == pytest.approx(2.0, abs=0.13)  # a packet of this sound is 0.128 s long


def test_what_is_given_to_draw_on_stays_as_it_is():
    image = np.full((64, 128, 3), 99, np.uint8)
    drawing = Drawing(TWO_WALKS, (128, 64))
    drawn = drawing.draw(image, 0.41)
    assert (image == 99).all()
    assert drawn.shape == (drawing.size_px[1], 128, 3)
    assert (drawn[:64] != 99).any()
