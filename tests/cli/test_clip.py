"""``gaitcheck CLIP``: its exit codes and options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gaitcheck
from gaitcheck.answer import Analysis
from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.errors import (
    CancelledError,
    ModelError,
    ModelMissingError,
    OutputError,
    PoseError,
    VideoError,
)
from tests.output.examples import analysis_of, free_walk, held_walk, walk


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (free_walk(), Code.FOUND),
        (held_walk(), Code.NONE_FOUND),
        (analysis_of(walk("unknown")), Code.NONE_FOUND),
        (analysis_of(people=()), Code.NONE_FOUND),
        (VideoError("no video here"), Code.BAD_INPUT),
        (OutputError("disk full"), Code.BAD_INPUT),
        (ModelError("damaged"), Code.MODEL_MISSING),
        (ModelMissingError("none"), Code.MODEL_MISSING),
        (PoseError("broke off"), Code.INTERNAL),
        (ImportError("libGL.so.1"), Code.INTERNAL),
        (ZeroDivisionError("oops"), Code.INTERNAL),
        (KeyboardInterrupt(), Code.INTERRUPTED),
        (CancelledError("stopped"), Code.INTERRUPTED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_exit_codes(
    fake: Any, result: Analysis | BaseException, code: Code, capsys: pytest.CaptureFixture[str]
) -> None:
    fake(result)
    assert main(["clip.mp4"]) == code
    out, err = capsys.readouterr()
    if isinstance(result, BaseException):
        assert out == ""
        assert err.strip().startswith("gaitcheck: ")
        assert "Traceback" not in err
    else:
        assert "not a diagnosis" in out
        assert err == ""


def test_a_traceback_only_for_those_who_ask(fake: Any, capsys: pytest.CaptureFixture[str]) -> None:
    fake(ZeroDivisionError("oops"))
    assert main(["clip.mp4"]) == Code.INTERNAL
    quiet = capsys.readouterr().err
    assert "ZeroDivisionError: oops" in quiet
    assert "report" in quiet
    assert main(["clip.mp4", "--log-level", "debug"]) == Code.INTERNAL
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_help_documents_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    after = text[text.index("Exit codes:") :].splitlines()[1:]
    documented = [int(line.split()[0]) for line in after if line.strip()[:1].isdigit()]
    assert documented == [int(code) for code in Code]


def test_options_become_settings(fake: Any) -> None:
    called = fake(free_walk())
    words = ["--fps", "12.5", "--pause", "2", "--max-people", "3", "--min-height", "80"]
    assert main(["frames", *words, "--model", "m.task", "-q"]) == 0
    (call,) = called.calls
    assert call["source"] == Path("frames")
    assert call["fps"] == 12.5
    assert call["model"] == Path("m.task")
    assert call["settings"].gait.pause_s == 2.0
    assert call["settings"].people.max_people == 3
    assert call["settings"].people.min_height_px == 80


def test_defaults_are_those_of_the_library(fake: Any) -> None:
    called = fake(free_walk())
    main(["clip.mp4"])
    assert called.calls[0]["settings"] == gaitcheck.Settings()
    assert called.calls[0]["model"] is None
    assert called.calls[0]["fps"] is None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.mp4", "b.mp4"],
        ["--nonsense", "a.mp4"],
        ["a.mp4", "--fps", "many"],
        ["a.mp4", "--pause", "0"],
        ["a.mp4", "--pause", "nan"],
        ["a.mp4", "--max-people", "-1"],
        ["a.mp4", "--log-level", "loud"],
        ["a.mp4", "--csv", "folder/"],
        ["model", "nonsense"],
        ["doctor", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_bad_input(
    fake: Any, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    called = fake(free_walk())
    assert main(words) == Code.BAD_INPUT
    assert called.calls == []
    out, err = capsys.readouterr()
    assert out == ""
    assert err != ""


def test_a_clip_called_like_a_command_is_within_reach(fake: Any) -> None:
    called = fake(free_walk())
    assert main(["./model"]) == 0
    assert main(["--quiet", "doctor"]) == 0
    assert [call["source"] for call in called.calls] == [Path("model"), Path("doctor")]


def test_a_clip_whose_name_begins_with_a_dash(fake: Any) -> None:
    called = fake(free_walk())
    assert main(["--", "--help"]) == 0
    assert called.calls[0]["source"] == Path("--help")
