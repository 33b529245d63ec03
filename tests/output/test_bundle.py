"""``-o FOLDER``: everything in one folder, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import jsonschema
import pytest

from gaitcheck.errors import OutputError, VideoError
from gaitcheck.output import exports
from gaitcheck.output.browser import plays_in_browsers
from gaitcheck.output.bundle import check_folder, write_bundle
from gaitcheck.output.document import schema
from gaitcheck.output.exports import FORMATS
from gaitcheck.people.storage import load_tracks
from tests.clips import even_times_s, write_clip
from tests.output.examples import free_walk


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
