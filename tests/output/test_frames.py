from __future__ import annotations

import sys

import pandas as pd
import pytest

from gaitcheck.errors import MissingPackageError
from tests.output.coded import coded
from tests.output.examples import analysis_of, held_walk


def test_every_list_of_the_document_is_a_table() -> None:
    analysis = held_walk()
    document, tables = analysis.to_dict(), analysis.to_pandas()
    for name in ("people", "steps", "sequences", "postures", "rejected"):
        assert len(tables[name]) == len(document[name])
    assert list(tables["steps"]["contact_s"]) == [s["contact_s"] for s in document["steps"]]
    assert tables["steps"]["lift_off_s"].isna().tolist() == [True, False, False, False]
    assert tables["sequences"]["independent"].tolist() == [False]
    (evidence,) = tables["evidence"].to_dict("records")
    assert evidence == {
        "sequence": 1, "cue": "wrist_at_hand", "start_s": 1.0, "end_s": 3.0, "side": "right",
        "other_person": 2, "score": 0.912,
    }  # fmt: skip


def test_empty_tables_have_the_same_columns_and_kinds() -> None:
    empty = analysis_of(
        people=(), postures=(), events=(), badly_seen=(), rejected=(), warnings=()
    ).to_pandas()
    full = held_walk().to_pandas()
    for name, table in empty.items():
        assert len(table) == 0
        assert table.dtypes.equals(full[name].dtypes)


def test_a_side_that_is_not_known_is_na() -> None:
    from gaitcheck.output.frames import to_pandas

    sides = to_pandas(coded())["steps"]["side"]
    assert sides.isna().sum() == 1
    assert sides.dtype == pd.StringDtype()


def test_without_pandas_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'gaitcheck\[tables\]'"):
        held_walk().to_pandas()
