"""``gaitcheck model`` and ``gaitcheck doctor``: what of this machine is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.findings import Finding


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
