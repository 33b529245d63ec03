from __future__ import annotations

from pathlib import Path

import pytest

from gaitcheck.cli import main
from gaitcheck.output.document import to_json
from gaitcheck.output.exports import FORMATS, all_exports
from tests.output.coded import EMPTY, coded


@pytest.mark.parametrize("document", [coded(), EMPTY], ids=["walks", "empty"])
def test_every_format_has_its_own_file(document) -> None:
    made = all_exports(document, "clip")
    assert len(made) == len(FORMATS)
    assert all(name.startswith("clip") for name in made)
    assert all(made.values()) or document is EMPTY  # no caption, no line


def test_the_command_writes_all_beside_the_analysis(tmp_path: Path, capsys) -> None:
    saved = tmp_path / "clip.json"
    saved.write_bytes(to_json(coded()))
    assert main(["export", str(saved)]) == 0
    names = {path.name for path in tmp_path.iterdir()} - {"clip.json"}
    assert names == set(all_exports(coded(), "clip"))
    assert set(capsys.readouterr().out.split()) == {str(tmp_path / name) for name in names}


def test_the_command_writes_what_is_asked_where_it_is_asked(tmp_path: Path) -> None:
    saved, folder = tmp_path / "clip.analysis.json", tmp_path / "out"
    saved.write_bytes(to_json(coded()))
    folder.mkdir()
    assert main(["export", str(saved), "vtt", "elan", "--to", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"clip.vtt", "clip.eaf"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clip.json", "mp3"], "'mp3' is no format; there are vtt"),
        (["none.json"], "none.json cannot be read"),
        (["other.json"], "holds no analysis"),
        (["cut.json"], "no whole analysis"),
        (["clip.json", "--to", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch, capsys, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clip.json").write_bytes(to_json(coded()))
    Path("other.json").write_text("[1]")
    Path("cut.json").write_text('{"schema": "gaitcheck.analysis/1"}')
    before = sorted(tmp_path.iterdir())
    assert main(["export", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_the_help_names_every_format(capsys) -> None:
    assert main(["export", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in FORMATS)
