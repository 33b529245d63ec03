from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import gaitcheck.analysis
from gaitcheck import __version__
from gaitcheck.analysis import Analysis
from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.doctor import Finding
from gaitcheck.errors import (
    CancelledError,
    ModelError,
    ModelMissingError,
    OutputError,
    PoseError,
    VideoError,
)
from gaitcheck.output.document import schema
from tests.clips import even_times_s, write_clip
from tests.interrupts import interruptible
from tests.output.examples import analysis_of, free_walk, held_walk, walk
from tests.output.film.walkers import track
from tests.output.film.walkers import walk as drawn_walk

ROOT = Path(__file__).parent.parent
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


class Fake:
    """Stands in for `analyze`: gives or raises what it was told, and keeps how it was called."""

    def __init__(self, result: Analysis | BaseException) -> None:
        self.result = result
        self.calls: list[dict[str, Any]] = []

    def __call__(self, source: Path, **options: Any) -> Analysis:
        self.calls.append({"source": source, **options})
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Analysis | BaseException], Fake]:
    def install(result: Analysis | BaseException) -> Fake:
        made = Fake(result)
        monkeypatch.setattr(gaitcheck.analysis, "analyze", made)
        return made

    return install


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gaitcheck", *arguments],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


# --- what a run comes to


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


# --- options


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


# --- what is written


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


# --- the other commands


def test_model_is_shown_and_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GAITCHECK_MODEL", raising=False)
    monkeypatch.setenv("GAITCHECK_CACHE", str(tmp_path))
    for words in (["model"], ["model", "path"], ["model", "verify"]):
        assert main(words) == Code.MODEL_MISSING
        out, err = capsys.readouterr()
        assert out == ""
        assert str(tmp_path) in err


@pytest.mark.model
def test_model_names_the_model_in_use(
    monkeypatch: pytest.MonkeyPatch, model_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GAITCHECK_MODEL", str(model_path))
    assert main(["model", "path"]) == 0
    assert capsys.readouterr().out == f"{model_path}\n"
    assert main(["model"]) == 0
    assert "named by GAITCHECK_MODEL" in capsys.readouterr().out
    assert main(["model", "verify"]) == 0
    assert "is whole" in capsys.readouterr().out


def test_doctor_names_the_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    well = Finding("Python", True, "3.11.7")
    ill = Finding("pose model", False, "there is none", "fetch it")
    monkeypatch.setattr("gaitcheck.doctor.examine", lambda _: (well,))
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "ok     Python: 3.11.7\n"
    monkeypatch.setattr("gaitcheck.doctor.examine", lambda _: (well, ill))
    assert main(["doctor"]) == 1
    assert "WRONG  pose model: there is none\n       cure: fetch it\n" in capsys.readouterr().out


def test_doctor_looks_at_the_model_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--model", str(tmp_path / "none.task")]) == 1
    assert "none.task" in capsys.readouterr().out


# --- a real process


def test_version() -> None:
    run = process("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, f"gaitcheck {__version__}\n", "")


def test_help_is_narrow_enough_for_any_terminal() -> None:
    run = process("--help", env={**os.environ, "COLUMNS": "80"})
    assert run.returncode == 0
    assert run.stderr == ""
    assert run.stdout.startswith("Usage: gaitcheck ")
    assert max(len(line) for line in run.stdout.splitlines()) <= 80


def test_a_missing_clip(tmp_path: Path) -> None:
    run = process(str(tmp_path / "nowhere.mp4"))
    assert run.returncode == Code.BAD_INPUT
    assert run.stdout == ""
    assert run.stderr.startswith("gaitcheck: ")
    assert "nowhere.mp4" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("content", [b"", b"This is no video.\n" * 100], ids=["empty", "text"])
def test_no_video(tmp_path: Path, content: bytes) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(content)
    run = process(str(clip), "--json", str(tmp_path / "out.json"))
    assert run.returncode == Code.BAD_INPUT
    assert run.stdout == ""
    assert all(line.startswith("gaitcheck: ") for line in run.stderr.splitlines()), run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@posix_only
def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    clip = tmp_path / "\x1b[31m.mp4"
    clip.write_text("no video")
    run = process(str(clip))
    assert run.returncode == Code.BAD_INPUT
    assert "\x1b" not in run.stderr
    assert "\\x1b[31m.mp4" in run.stderr


def scripted(body: str, *arguments: str) -> list[str]:
    """A real process of the command in which ``analyze`` is the function given."""
    code = textwrap.dedent(
        """
        import logging, sys, time
        sys.path.insert(0, {root!r})
        import gaitcheck.analysis
        from gaitcheck.analysis import Progress
        from tests.output.examples import free_walk, held_walk

        def analyze(source, *, progress, **_):
        {body}

        gaitcheck.analysis.analyze = analyze
        from gaitcheck.cli import main
        sys.exit(main(sys.argv[1:]))
        """
    ).format(root=str(ROOT), body=textwrap.indent(textwrap.dedent(body), "    "))
    return [sys.executable, "-c", code, *arguments]


@posix_only
def test_an_interrupt_ends_quietly_with_130(tmp_path: Path) -> None:
    words = ["clip.mp4", "--json", str(tmp_path / "out.json")]
    command = scripted("print('ready', flush=True)\ntime.sleep(60)", *words)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=interruptible(),  # noqa: PLW1509 (it only sets a signal)
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=30)
    assert run.returncode == Code.INTERRUPTED
    assert err.strip() == "gaitcheck: interrupted; nothing was left half written"
    assert list(tmp_path.iterdir()) == []


@posix_only
@pytest.mark.parametrize("words", [["--json", "-"], []], ids=["json", "report"])
def test_a_reader_that_had_enough_is_no_traceback(words: list[str]) -> None:
    command = scripted("return free_walk()", "clip.mp4", *words)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        run.stdout.close()
        assert run.stderr is not None
        err = run.stderr.read()
    # What was found is told by the code alone; a JSON that did not arrive is a failed output.
    assert run.returncode == (Code.BAD_INPUT if words else Code.FOUND)
    assert "Traceback" not in err
    assert "Exception ignored" not in err


@posix_only
@pytest.mark.parametrize("words", [["--json", "-"], []], ids=["json", "report"])
def test_standard_output_closed_from_the_start(words: list[str]) -> None:
    """As a service starts its programs: ``gaitcheck clip.mp4 >&-``."""
    run = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *scripted("return free_walk()", "a.mp4", *words)],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert run.returncode == (Code.BAD_INPUT if words else Code.FOUND)
    told = "gaitcheck: standard output could not be written: it is closed\n" if words else ""
    assert run.stderr == told


def test_a_report_in_a_pipe_keeps_its_tables() -> None:
    body = """
        from dataclasses import replace
        walk = free_walk()
        names = ("who_walking_alone", "gmfm_69_steps", "one_more_of_them")
        return replace(walk, sequences=(replace(walk.sequences[0], milestones=names),))
    """
    run = subprocess.run(
        scripted(body, "clip.mp4"),
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        capture_output=True,
        text=True,
        check=True,
    )
    (row,) = [line for line in run.stdout.splitlines() if "who_" in line]
    assert "nobody and nothing" in row
    assert "who_walking_alone, gmfm_69_steps, one_more_of_them" in row


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux's")
@pytest.mark.parametrize("words", [["--json", "-"], []], ids=["json", "report"])
def test_a_full_disk_behind_standard_output(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            scripted("return free_walk()", "clip.mp4", *words),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.returncode == Code.BAD_INPUT
    assert run.stderr.startswith("gaitcheck: standard output could not be written: No space left")
    assert len(run.stderr.splitlines()) == 1


def test_an_ascii_terminal_is_enough(tmp_path: Path) -> None:
    body = """
    from dataclasses import replace
    found = free_walk()
    return replace(found, video=replace(found.video, path=str(source)))
    """
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    run = subprocess.run(
        scripted(body, "歩く.mp4"),
        capture_output=True,
        text=True,
        check=False,
        env=env,
        cwd=tmp_path,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "\\u6b69\\u304f.mp4" in run.stdout


PROGRESSING = """
for frame in range(1, 21):
    progress and progress(Progress(frame, 20, frame / 10))
    time.sleep(0.03)
    if frame == 10:
        logging.getLogger("gaitcheck.somewhere").warning("a message amid")
return free_walk()
"""


@posix_only
def test_a_bar_on_a_terminal_and_json_on_standard_output() -> None:
    import pty

    leader, follower = pty.openpty()
    try:
        with subprocess.Popen(
            scripted(PROGRESSING, "clip.mp4", "--json", "-"),
            stdout=subprocess.PIPE,
            stderr=follower,
        ) as run:
            os.close(follower)
            shown = b""
            while True:
                try:
                    piece = os.read(leader, 4096)
                except OSError:  # how Linux says that the other end is closed
                    break
                if not piece:
                    break
                shown += piece
            assert run.stdout is not None
            out = run.stdout.read()
    finally:
        os.close(leader)
    assert run.returncode == 0
    jsonschema.validate(json.loads(out), schema())
    assert b"frames/s" in shown
    assert b"%" in shown
    lines = shown.replace(b"\x1b[2K", b"").splitlines()
    assert b"gaitcheck: a message amid" in lines, "the message must not stand in the bar's line"


def test_no_bar_where_there_is_no_terminal() -> None:
    run = subprocess.run(
        scripted(PROGRESSING, "clip.mp4"), capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "gaitcheck: a message amid\n")
