"""The sheet is read back by pandas, as BORIS reads it: columns by name in capitals, sheet 0."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from gaitcheck.output.coding.boris import to_boris
from tests.output.coded import EMPTY, coded

DOCUMENT = coded()


def read(document) -> pd.DataFrame:
    table = pd.read_excel(io.BytesIO(to_boris(document)), sheet_name=0, engine="openpyxl")
    table.columns = table.columns.str.upper()
    return table


def test_the_columns_are_those_that_boris_wants() -> None:
    assert list(read(DOCUMENT).columns) == ["TIME", "SUBJECT", "CODE", "MODIFIER", "COMMENT"]
    assert list(read(EMPTY).columns) == ["TIME", "SUBJECT", "CODE", "MODIFIER", "COMMENT"]


def test_steps_are_points_at_their_contacts() -> None:
    table = read(DOCUMENT)
    steps = table[table["CODE"] == "step"]
    expected = sorted(DOCUMENT["steps"], key=lambda step: step["contact_s"])
    assert list(steps["TIME"]) == pytest.approx([s["contact_s"] for s in expected], abs=1e-6)
    assert list(steps["SUBJECT"]) == [f"person {s['person']}" for s in expected]
    assert list(steps["MODIFIER"]) == [
        f"{s['side'] or 'unknown side'}|{s['support']}" for s in expected
    ]


def test_every_state_starts_and_stops() -> None:
    table = read(DOCUMENT)
    for row in DOCUMENT["sequences"]:
        code = "independent steps" if row["independent"] else "other steps"
        own = table[
            (table["CODE"] == code) & table["COMMENT"].str.startswith(f"sequence {row['id']},")
        ]
        assert list(own["TIME"]) == pytest.approx([row["start_s"], row["end_s"]], abs=1e-6)
    states = table[table["CODE"] != "step"]
    assert (states.groupby(["SUBJECT", "CODE"]).size() % 2 == 0).all()
    assert table["TIME"].is_monotonic_increasing
