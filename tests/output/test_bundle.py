"""``-o FOLDER``: everything in one folder, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import jsonschema
import numpy as np
import pytest

from gaitcheck.errors import OutputError, SettingsError, VideoError
from gaitcheck.output import exports
from gaitcheck.output.blur.settings import cover_of, parse_blur
from gaitcheck.output.browser import plays_in_browsers
from gaitcheck.output.bundle import check_folder, write_bundle
from gaitcheck.output.document import schema
from gaitcheck.output.exports import FORMATS
from gaitcheck.output.film.highlights import AS_FILMED
from gaitcheck.output.film.wanted import FilmSettings
from gaitcheck.people.storage import load_tracks
from gaitcheck.video.reader import open_video
from tests.clips import even_times_s, write_clip, write_pictures
from tests.output.examples import free_walk
from tests.output.film.walkers import steps_of, track
from tests.output.film.walkers import walk as drawn_walk


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "first steps #1.mp4", even_times_s(5))


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".gaitcheck")]


def test_everything_is_there(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    folder.mkdir()
    before = clip.read_bytes()
    write_bundle(free_walk(), folder, source=clip)
    names = {path.name for path in folder.iterdir()}
    stem = clip.stem
    wanted = {"report.html", f"{stem}.analysis.json", f"{stem}.steps.csv", f"{stem}.sequences.csv"}
    wanted |= {f"{stem}.tracks.npz"} | {f"{stem}{form.suffix}" for form in FORMATS.values()}
    assert wanted <= names
    jsonschema.validate(json.loads((folder / f"{stem}.analysis.json").read_text("utf-8")), schema())
    assert load_tracks(folder / f"{stem}.tracks.npz") == ()
    assert clip.read_bytes() == before
    assert hidden(tmp_path) == []


def test_the_page_shows_the_clip_or_a_copy_that_browsers_play(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    write_bundle(free_walk(), folder, source=clip)
    page = (folder / "report.html").read_text("utf-8")
    copy = folder / f"{clip.stem}.browser.mp4"
    if plays_in_browsers(clip):
        assert quote(f"../{clip.name}") in page
    else:
        assert plays_in_browsers(copy)
        assert quote(copy.name) in page


@pytest.mark.parametrize("films", [True, False])
def test_where_people_are_hidden_nothing_shows_the_clip_itself(tmp_path: Path, films: bool) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (64, 128, 3), dtype=np.uint8)
    times = np.arange(25) / 25
    clip = write_pictures(tmp_path / "secret.mov", [noise] * len(times))
    made = drawn_walk(track(times), walks=(steps_of(1, [0.3, 0.6]),), duration_s=1.0, fps=25.0)
    settings = FilmSettings(
        annotated=films, highlights=AS_FILMED if films else None, blur=parse_blur(["heads"])
    )
    folder = tmp_path / "answer"
    remarks = write_bundle(made, folder, source=clip, films=settings)
    assert any("not followed" in remark for remark in remarks)
    page = (folder / "report.html").read_text("utf-8")
    assert f"{tmp_path.name}/secret.mov" not in page
    assert "../secret.mov" not in page
    assert '"video":"secret.blurred.mp4"' in page
    assert "secret.mov" not in (folder / "secret.eaf").read_text("utf-8")
    pictures = {p.name for p in folder.iterdir() if p.suffix in (".mp4", ".jpg", ".png", ".mov")}
    drawn = {"secret.annotated.mp4", "secret.highlight-1.mp4", "secret.highlights.mp4",
             "secret.first-step.jpg"}  # fmt: skip
    assert pictures == {"secret.blurred.mp4"} | (drawn if films else set())
    cover = cover_of(made, settings.blur)
    with open_video(folder / "secret.blurred.mp4") as copy:
        for frame in copy:
            covered = cover.hide(noise, frame.time_s)
            hidden = (covered != noise).any(axis=2)
            assert hidden.mean() > 0.01
            off = np.abs(frame.image_bgr.astype(int) - covered)
            assert off[hidden].mean() < 0.3 * np.abs(covered.astype(int) - noise)[hidden].mean()


def test_somebody_unknown_is_told_and_nothing_is_made(clip: Path, tmp_path: Path) -> None:
    films = FilmSettings(blur=parse_blur(["people:9"]))
    with pytest.raises(SettingsError, match="no person 9"):
        write_bundle(free_walk(), tmp_path / "answer", source=clip, films=films)
    assert [path.name for path in tmp_path.iterdir()] == [clip.name]


def test_a_folder_with_something_in_it_is_left_alone(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    for attempt in (check_folder, lambda f: write_bundle(free_walk(), f, source=clip)):
        with pytest.raises(OutputError, match="not empty: name a new folder"):
            attempt(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_file_and_a_missing_place_are_told(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is no folder"):
        check_folder(clip)
    with pytest.raises(OutputError, match="there is no folder"):
        check_folder(tmp_path / "no" / "answer")


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("odd")]
)
def test_a_failure_leaves_nothing(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(*_: object) -> dict[str, bytes]:
        raise failure

    monkeypatch.setattr(exports, "all_exports", fail)
    wanted = OutputError if isinstance(failure, OSError) else type(failure)
    with pytest.raises(wanted):
        write_bundle(free_walk(), tmp_path / "answer", source=clip)
    assert [path.name for path in tmp_path.iterdir()] == [clip.name]


def test_a_clip_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VideoError):
        write_bundle(free_walk(), tmp_path / "answer", source=tmp_path / "none.mp4")
    assert list(tmp_path.iterdir()) == []
