from __future__ import annotations

import csv
import io

import pytest

from gaitcheck.output.coding.audacity import to_labels
from tests.output.coded import EMPTY, coded

DOCUMENT = coded()


def read(document) -> list[list[str]]:
    rows = csv.reader(
        io.StringIO(to_labels(document).decode()), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return list(rows)


def test_steps_are_points_and_the_rest_lasts() -> None:
    rows = read(DOCUMENT)
    assert all(len(row) == 3 for row in rows)
    steps = [row for row in rows if ": step, " in row[2]]
    assert [float(row[0]) for row in steps] == pytest.approx(
        sorted(step["contact_s"] for step in DOCUMENT["steps"]), abs=1e-5
    )
    assert all(row[0] == row[1] for row in steps)
    walking = [row for row in rows if row[2] == "person 1: walking"]
    assert [(float(a), float(b)) for a, b, _ in walking] == [(1.0, pytest.approx(4.0005))]


def test_nobody_walks() -> None:
    assert read(EMPTY) == []
