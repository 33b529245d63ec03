"""The file is read back by the grammar that Datavyu and its R package share, written anew here."""

from __future__ import annotations

import re

import pytest

from gaitcheck.output.coding.datavyu import to_datavyu
from tests.output.coded import EMPTY, coded

DOCUMENT = coded()
HEAD = re.compile(r"^([A-Za-z]\w*) \(MATRIX,true,\)-((?:\w+\|NOMINAL)(?:,\w+\|NOMINAL)*)$")
CELL = re.compile(r"^(\d\d):(\d\d):(\d\d):(\d{3}),(\d\d):(\d\d):(\d\d):(\d{3}),\(([^()]*)\)$")


def read(data: bytes) -> dict[str, list[tuple[float, float, dict[str, str]]]]:
    first, *lines = data.decode().splitlines()
    assert first == "#4"
    columns: dict[str, list[tuple[float, float, dict[str, str]]]] = {}
    codes: list[str] = []
    for line in lines:
        if head := HEAD.match(line):
            own = columns[head[1]] = []
            codes = [code.removesuffix("|NOMINAL") for code in head[2].split(",")]
            continue
        cell = CELL.match(line)
        assert cell, line
        h, m, s, ms, h2, m2, s2, ms2 = map(int, cell.groups()[:8])
        values = dict(zip(codes, cell[9].split(","), strict=True))
        own.append(
            (3600 * h + 60 * m + s + ms / 1000, 3600 * h2 + 60 * m2 + s2 + ms2 / 1000, values)
        )
    return columns


def test_steps_come_back() -> None:
    columns = read(to_datavyu(DOCUMENT))
    for person in (1, 2):
        cells = sorted(columns[f"person{person}_steps"], key=lambda cell: cell[1])
        own = [step for step in DOCUMENT["steps"] if step["person"] == person]
        assert [c[1] for c in cells] == pytest.approx([s["contact_s"] for s in own], abs=0.001)
        assert [c[0] for c in cells] == pytest.approx(
            [s["lift_off_s"] or s["contact_s"] for s in own], abs=0.001
        )
        assert [c[2]["side"] for c in cells] == [s["side"] or "" for s in own]
        assert [c[2]["support"] for c in cells] == [s["support"] for s in own]


def test_sequences_and_postures_come_back() -> None:
    columns = read(to_datavyu(DOCUMENT))
    for onset_s, offset_s, values in columns["person1_sequences"]:
        row = DOCUMENT["sequences"][int(values["id"]) - 1]
        assert (onset_s, offset_s) == pytest.approx((row["start_s"], row["end_s"]), abs=0.001)
        assert values["independent"] == str(row["independent"]).lower()
    ((onset_s, _, values),) = columns["person2_postures"]
    assert onset_s == pytest.approx(3690.12344, abs=0.001)
    assert values == {"posture": "walking"}
    ((onset_s, offset_s, values),) = columns["person1_posture_events"]
    assert (onset_s, offset_s) == (4.2, 4.9)
    assert values == {"event": "caught", "confidence": "0.712"}


def test_nobody_walks() -> None:
    assert read(to_datavyu(EMPTY)) == {}
