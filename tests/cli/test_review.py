from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import gaitcheck.analysis
from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.review.server import ReviewServer
from tests.review.answers import answer, saved


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_it_serves_until_ctrl_c_and_ends_well(tmp_path: Path):
    path = saved(tmp_path)
    command = [sys.executable, "-u", "-m", "gaitcheck", "review", str(path), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        assert run.stderr
        address = run.stdout.readline().split()[-1]
        with urllib.request.urlopen(address) as page:
            assert b"Check and correct" in page.read()
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=20) == 0
        assert run.stderr.read() == ""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Nothing is served, and no analysis is made but the example."""
    made: list[Path] = []

    def analyze(source: Path, **_: object) -> object:
        made.append(source)
        return answer()

    monkeypatch.setattr(gaitcheck.analysis, "analyze", analyze)
    monkeypatch.setattr(ReviewServer, "run", lambda self: self._socket.close())
    return made


def test_a_clip_without_an_answer_is_analyzed_once(tmp_path: Path, quick: list[Path]):
    clip = saved(tmp_path).with_name("clip.mp4")
    (tmp_path / "clip.analysis.json").unlink()
    (tmp_path / "clip.tracks.npz").unlink()
    assert main(["review", str(clip), "--no-browser"]) == 0
    assert main(["review", str(clip), "--no-browser"]) == 0
    assert quick == [clip]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "clip.analysis.json", "clip.mp4", "clip.tracks.npz",
    ]  # fmt: skip


@pytest.mark.usefixtures("quick")
def test_the_browser_is_opened_with_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", addresses.append)
    assert main(["review", str(saved(tmp_path))]) == 0
    assert addresses[0].startswith("http://127.0.0.1:")
    assert len(addresses[0].split("/")[3]) >= 32


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_reviewed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "other.json").write_text("{}")
    code = main(["review", str(tmp_path / "other.json"), "--no-browser"])
    assert code == Code.BAD_INPUT
    assert "holds no analysis" in capsys.readouterr().err
