from __future__ import annotations

import re

import pytest

from gaitcheck.output.page.charts import charts, step_times
from tests.output.examples import analysis_of, walk


def test_step_times_are_within_sequences():
    a, _ = walk("none", n_steps=3)
    b, _ = walk("none", n_steps=2, first=10, sequence=2)
    found = step_times([*a, *b])
    assert [t.time_s for t in found] == pytest.approx([0.5, 0.5, 0.5])
    assert [t.side for t in found] == ["left", "right", "left"]


def test_symmetry_is_told_in_words():
    (person,) = charts(analysis_of(walk("none", n_steps=9)))
    (symmetry,) = [chart for chart in person.charts if chart.title == "Symmetry."]
    assert "left 0.50 s, right 0.50 s: they differ by 0 %" in symmetry.caption


def test_few_steps_draw_nothing():
    assert charts(analysis_of(walk("none", n_steps=2))) == ()


def test_thousands_of_steps_stay_small():
    (person,) = charts(analysis_of(walk("none", n_steps=5000)))
    assert sum(len(chart.svg) for chart in person.charts) < 400_000


def test_no_two_charts_share_an_id():
    drawn = charts(analysis_of(walk("none", n_steps=9), walk("none", n_steps=9, person=2)))
    ids = re.findall(r' id="([^"]*)"', "".join(c.svg for p in drawn for c in p.charts))
    assert len(ids) == len(set(ids))
