from __future__ import annotations

import json
from pathlib import Path

import pytest

from gaitcheck.cli import main
from gaitcheck.cli.codes import Code
from gaitcheck.review.session import Session
from tests.review.answers import saved


def test_machine_and_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = saved(tmp_path)
    session = Session(path.with_name("clip.mp4"), answer=path, by="Ada")
    session.do({"do": "move", "step": "m0", "contact_s": 1.38})
    session.do({"do": "support", "steps": ["m1"], "support": "person"})
    session.do({"do": "delete", "step": "m2"})
    session.do({"do": "watched", "person": 1, "watched": True})
    files = [str(path), str(path.with_name("clip.corrections.json"))]
    assert main(["score", *files, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contacts"]["100"] == {"both": 2, "only_a": 2, "only_b": 1, "f1": 0.5714}
    assert found["contacts"]["200"]["both"] == 3
    assert found["support_pairs"] == [
        {"a": "none", "b": "none", "n": 2}, {"a": "none", "b": "person", "n": 1},
    ]  # fmt: skip
    assert main(["score", *files]) == 0
    text = capsys.readouterr().out
    assert "within 100 ms          2        2        1   57.1 %" in text
    assert "support none in A, person in B: 1" in text


def test_what_cannot_be_scored_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.json").write_text("nonsense")
    assert main(["score", str(tmp_path / "a.json"), str(tmp_path / "a.json")]) == Code.BAD_INPUT
    assert "a.json cannot be read as JSON" in capsys.readouterr().err
