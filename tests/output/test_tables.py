from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from gaitcheck.errors import OutputError
from gaitcheck.output.tables import SEQUENCE_COLUMNS, STEP_COLUMNS, csv_paths, to_csv
from tests.output.examples import HELD, HIDDEN, analysis_of, held_walk, walk


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_steps_hold_what_the_json_holds() -> None:
    document = held_walk().to_dict()
    rows = read(to_csv(document)[0])
    assert tuple(rows[0]) == STEP_COLUMNS
    assert rows[0] == {
        "person": "1",
        "side": "right",
        "lift_off_s": "",
        "contact_s": "1.2346",
        "support": "person",
        "confidence": "0.877",
        "sequence": "1",
        "held_probability": "",
    }
    assert [float(row["contact_s"]) for row in rows] == [s["contact_s"] for s in document["steps"]]


def test_sequences_name_each_cue_once_strongest_first() -> None:
    again = replace(HELD, start_s=3.0, end_s=4.0)
    steps, sequence = walk("person", evidence=(HIDDEN, HELD, again))
    milestones = ("who_walking_with_assistance", "gmfm_68")
    analysis = analysis_of((steps, replace(sequence, milestones=milestones)))
    (row,) = read(to_csv(analysis.to_dict())[1])
    assert tuple(row) == SEQUENCE_COLUMNS
    assert row["evidence"] == "wrist_at_hand;hand_hidden"
    assert row["milestones"] == "who_walking_with_assistance;gmfm_68"
    assert row["independent"] == "false"
    assert row["cadence_spm"] == "120.0"


def test_nothing_found_gives_headers_alone() -> None:
    steps, sequences = to_csv(analysis_of().to_dict())
    assert steps.decode().split() == [",".join(STEP_COLUMNS)]
    assert sequences.decode().split() == [",".join(SEQUENCE_COLUMNS)]


@pytest.mark.parametrize(
    ("prefix", "steps"), [("out", "out.steps.csv"), ("a/v1.2", "a/v1.2.steps.csv")]
)
def test_names_keep_the_whole_prefix(prefix: str, steps: str) -> None:
    assert csv_paths(Path(prefix))[0] == Path(steps)


@pytest.mark.parametrize("prefix", ["", ".", "/", "..", "a/.."])
def test_a_folder_alone_is_no_prefix(prefix: str) -> None:
    with pytest.raises(OutputError, match="no beginning of a file name"):
        csv_paths(Path(prefix))
