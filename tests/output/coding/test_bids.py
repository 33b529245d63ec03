"""The table is read back by pandas, as BIDS tools do, and held against the sidecar."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest

from gaitcheck.output.coding.bids import to_events_json, to_events_tsv
from tests.output.coded import EMPTY, coded

DOCUMENT = coded()


def read(document) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(to_events_tsv(document)), sep="\t", na_values=["n/a"], keep_default_na=False
    )


def test_onset_and_duration_come_first_and_onsets_never_fall() -> None:
    table = read(DOCUMENT)
    assert list(table.columns[:2]) == ["onset", "duration"]
    assert table["onset"].is_monotonic_increasing
    assert (table["duration"] >= 0).all()


def test_steps_and_sequences_come_back() -> None:
    table = read(DOCUMENT)
    steps = table[table["trial_type"] == "step"].assign(contact=lambda t: t.onset + t.duration)
    steps = steps.sort_values("contact")
    assert list(steps["contact"]) == pytest.approx(
        [s["contact_s"] for s in DOCUMENT["steps"]], abs=1e-3
    )
    assert list(steps["support"]) == [s["support"] for s in DOCUMENT["steps"]]
    assert [None if pd.isna(side) else side for side in steps["side"]] == [
        s["side"] for s in DOCUMENT["steps"]
    ]
    sequences = table[table["trial_type"] == "sequence"]
    assert list(sequences["onset"]) == pytest.approx([s["start_s"] for s in DOCUMENT["sequences"]])
    assert list(sequences["independent"].astype(str).str.lower()) == ["false", "true", "false"]


def test_the_sidecar_describes_every_column_and_every_value() -> None:
    table, sidecar = read(DOCUMENT), json.loads(to_events_json(DOCUMENT))
    assert set(table.columns) <= set(sidecar)
    for column in table.columns:
        assert sidecar[column]["Description"]
        levels = sidecar[column].get("Levels")
        if levels:
            found = {str(v).lower() if isinstance(v, bool) else v for v in table[column].dropna()}
            assert found <= set(levels)


def test_nobody_walks() -> None:
    assert len(read(EMPTY)) == 0
