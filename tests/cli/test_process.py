"""The command as a process: what it says, interrupts, and outputs that cannot take it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gaitcheck import __version__
from gaitcheck.cli.codes import Code
from tests.cli.processes import posix_only, process, scripted
from tests.interrupts import interruptible


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
