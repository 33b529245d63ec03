from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gaitcheck.errors import LabelsError
from gaitcheck.output.document import to_json
from gaitcheck.output.reading import analysis_of, read_document
from gaitcheck.output.verdict import verdict
from gaitcheck.settings import GaitSettings, Settings
from tests.output.examples import free_walk, held_walk


@pytest.mark.parametrize("made", [free_walk(), held_walk()])
def test_an_analysis_comes_back(tmp_path: Path, made):
    made = replace(made, settings=Settings(gait=GaitSettings(pause_s=2.5)))
    path = tmp_path / "a.json"
    path.write_bytes(to_json(made.to_dict()))
    found = analysis_of(read_document(path))
    assert found.to_dict() == made.to_dict()
    assert found.settings == made.settings
    assert verdict(found) == verdict(made)


def test_fields_of_later_versions_are_left_out():
    document = free_walk().to_dict()
    document["steps"][0]["mood"] = "cheerful"
    document["settings"]["gait"]["new"] = 3
    assert len(analysis_of(document).steps) == 4


@pytest.mark.parametrize("missing", ["video", "steps", "settings"])
def test_what_is_missing_is_told(missing: str):
    document = free_walk().to_dict()
    del document[missing]
    with pytest.raises(LabelsError, match=missing):
        analysis_of(document)


def test_other_json_is_told(tmp_path: Path):
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(LabelsError, match=r"a\.json holds no analysis"):
        read_document(tmp_path / "a.json")


def test_an_answer_of_before_there_were_events_is_read():
    document = free_walk().to_dict()
    del document["events"]
    assert analysis_of(document).events == ()
