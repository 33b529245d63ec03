"""``gaitcheck CLIP``: what is written, and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from gaitcheck.answer import Analysis
from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.output.document import schema
from tests.cli.fakes import Fake
from tests.clips import even_times_s, write_clip
from tests.output.examples import free_walk, held_walk
from tests.output.film.walkers import track
from tests.output.film.walkers import walk as drawn_walk


def test_json_and_csv(fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake(held_walk())
    prefix = tmp_path / "out"
    assert main(["clip.mp4", "--json", f"{prefix}.json", "--csv", str(prefix)]) == Code.NONE_FOUND
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    jsonschema.validate(document, schema())
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.json",
        "out.sequences.csv",
        "out.steps.csv",
    ]
    assert len((tmp_path / "out.steps.csv").read_text().splitlines()) == 1 + len(document["steps"])
    assert "held by a person" in capsys.readouterr().out


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_json_on_standard_output_is_alone_there(
    fake: Any, quiet: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fake(free_walk())
    assert main(["clip.mp4", "--json", "-", *quiet]) == 0
    out, err = capsys.readouterr()
    jsonschema.validate(json.loads(out), schema())
    assert err == ""


def test_quiet_prints_the_verdict_alone(fake: Any, capsys: pytest.CaptureFixture[str]) -> None:
    fake(free_walk())
    assert main(["clip.mp4", "-q"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("First independent step: person 1 at 0:01.23.")


def test_a_target_that_cannot_be_written_is_known_before_the_work(
    fake: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called = fake(free_walk())
    assert main(["clip.mp4", "--json", str(tmp_path / "no" / "out.json")]) == Code.BAD_INPUT
    assert main(["clip.mp4", "--csv", str(tmp_path / "no" / "out")]) == Code.BAD_INPUT
    assert called.calls == []
    assert capsys.readouterr().err.count("there is no folder") == 2
    assert main(["clip.mp4", "--csv", ""]) == Code.BAD_INPUT
    assert main(["clip.mp4", "--json", ""]) == Code.BAD_INPUT
    assert called.calls == []


def test_the_video_is_not_overwritten(fake: Any, tmp_path: Path) -> None:
    called = fake(free_walk())
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"video")
    assert main([str(clip), "--json", str(clip)]) == Code.BAD_INPUT
    assert called.calls == []
    assert clip.read_bytes() == b"video"


def test_a_folder_with_everything(fake: Any, tmp_path: Path) -> None:
    called = fake(free_walk())
    clip = write_clip(tmp_path / "clip.mp4", even_times_s(5))
    folder = tmp_path / "answer"
    assert main([str(clip), "-o", str(folder), "--json", str(tmp_path / "a.json")]) == Code.FOUND
    assert {"report.html", "clip.analysis.json", "clip.vtt"} <= {p.name for p in folder.iterdir()}
    assert json.loads((tmp_path / "a.json").read_text()) == json.loads(
        (folder / "clip.analysis.json").read_text()
    )
    assert len(called.calls) == 1
    # A second run finds the folder full before it begins.
    assert main([str(clip), "-o", str(folder)]) == Code.BAD_INPUT
    assert len(called.calls) == 1


@pytest.mark.parametrize(
    ("who", "told"),
    [("nose", "nothing that can be blurred"), ("people:x", "nothing that can be blurred"),
     ("people:7", "no person 7 in this video")],
)  # fmt: skip
def test_blur_of_what_cannot_be_hidden(
    who: str, told: str, fake: Callable[[Analysis], Fake], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    fake(free_walk())
    clip = write_clip(tmp_path / "clip.mp4", even_times_s(5))
    code = main([str(clip), "-o", str(tmp_path / "answer"), "--blur", who])
    assert code == Code.BAD_INPUT
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_blur_without_a_folder(fake: Callable[[Analysis], Fake], tmp_path: Path) -> None:
    analyze = fake(free_walk())
    assert main([str(tmp_path / "a.mp4"), "--blur", "heads"]) == Code.BAD_INPUT
    assert analyze.calls == []


@pytest.mark.parametrize(("who", "all_of_it"), [("heads", True), ("people:1", False)])
def test_everybody_is_followed_where_everybody_is_hidden(
    who: str, all_of_it: bool, fake: Callable[[Analysis], Fake], tmp_path: Path
) -> None:
    analyze = fake(drawn_walk(track(np.array(even_times_s(5)))))
    clip = write_clip(tmp_path / "clip.mp4", even_times_s(5))
    folder = tmp_path / "answer"
    assert main([str(clip), "-o", str(folder), "--blur", who, "--no-video"]) == Code.NONE_FOUND
    assert [call["exhaustive"] for call in analyze.calls] == [all_of_it]
    assert (folder / "clip.blurred.mp4").is_file()


def test_a_failed_run_writes_nothing(fake: Any, tmp_path: Path) -> None:
    fake(ZeroDivisionError("oops"))
    target = tmp_path / "out.json"
    target.write_text("earlier")
    assert main(["clip.mp4", "--json", str(target), "--csv", str(tmp_path / "x")]) == Code.INTERNAL
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert target.read_text() == "earlier"
