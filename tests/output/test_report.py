from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from gaitcheck.answer import Analysis
from gaitcheck.gait.events import PostureSpan, Rejection
from gaitcheck.output.report import show_report, show_verdict
from gaitcheck.output.verdict import DISCLAIMER, verdict
from tests.output.examples import HELD, HIDDEN, analysis_of, free_walk, held_walk, walk


def shown(analysis: Analysis, **console: object) -> str:
    file = io.StringIO()
    show_report(analysis, Console(**{"file": file, "width": 100, **console}))
    return file.getvalue()


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("support", ["none", "person", "object_fixed", "object_moving", "unknown"])
def test_the_verdict_comes_first_and_the_disclaimer_last(width: int, support: str) -> None:
    analysis = analysis_of(walk(support, evidence=(HELD, HIDDEN)))
    lines = shown(analysis, width=width).splitlines()
    assert lines[0] == verdict(analysis)
    assert lines[-1] == DISCLAIMER


def test_a_row_tells_the_whole_sequence() -> None:
    steps, sequence = walk("person")
    analysis = analysis_of((steps, replace(sequence, milestones=("gmfm_67", "gmfm_68"))))
    (row,) = [line for line in shown(analysis).splitlines() if "gmfm" in line]
    assert " ".join(row.split()) == "1 0:01.23 0:02.73 4 person 0.80 gmfm_67, gmfm_68"


def test_postures_are_shown_where_they_meet_a_criterion_and_only_there() -> None:
    postures = (
        PostureSpan(1, "standing", 2.0, 13.5, ("who_standing_alone",)),
        PostureSpan(1, "sitting", 13.5, 20.0),
    )
    lines = shown(replace(free_walk(), postures=postures)).splitlines()
    (row,) = [line for line in lines if "who_standing" in line]
    assert row.split() == ["1", "0:02.00", "0:13.50", "standing", "who_standing_alone"]
    assert not any("sitting" in line for line in lines)
    assert "Postures with a milestone" not in shown(replace(free_walk(), postures=postures[1:]))


def test_a_narrow_terminal_gets_lines_instead_of_a_crushed_table() -> None:
    text = " ".join(shown(held_walk(), width=40).split())
    assert "start 0:01.23, end 0:02.73, steps 4, support person" in text


def test_no_name_is_broken_where_a_table_would_be_too_wide() -> None:
    steps, sequence = walk("none")
    analysis = analysis_of((steps, replace(sequence, milestones=("who_walking_alone",))))
    assert "who_walking_alone" in shown(analysis, width=100)
    assert "who_walking_alone" in " ".join(shown(analysis, width=78).split())


def test_reasons_warnings_and_rejections_are_shown() -> None:
    text = shown(free_walk())
    assert "- person 1, steps 1 to 4: both hands free" in text
    assert "2 damaged frames were skipped" in text
    assert "person 1, 0:05.00 to 0:06.00: swaying on the spot" in text


def test_rejections_are_gathered_by_person_and_rule() -> None:
    rejected = tuple(
        Rejection(1 + i % 2, float(i), i + 0.5, "too slow" if i < 20 else "too fast")
        for i in range(30)
    )
    lines = shown(replace(free_walk(), rejected=rejected)).splitlines()
    told = [line for line in lines if "too " in line]
    assert len(told) == 4
    assert told[0] == "- person 1, 0:00.00 to 0:18.50, 10 times: too slow"


def test_rejections_of_a_crowd_are_cut_short() -> None:
    rejected = tuple(Rejection(i, 0.0, 1.0, "too slow") for i in range(1, 31))
    text = shown(replace(free_walk(), rejected=rejected))
    assert text.count("too slow") == 12
    assert "and 18 kinds more (--json lists all)" in text


def test_no_colour_codes_where_there_is_no_terminal() -> None:
    assert "\x1b" not in shown(held_walk())


def test_colour_on_a_terminal_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;32m" in shown(free_walk(), force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "32m" not in shown(free_walk(), force_terminal=True)


@pytest.mark.parametrize("name", ["[red]clip[/red].mp4", ":smile:.mp4", "[/].mp4"])
def test_a_file_name_is_text_not_markup(name: str) -> None:
    analysis = free_walk()
    assert name in shown(replace(analysis, video=replace(analysis.video, path=name)))


def test_a_file_name_cannot_steer_the_terminal() -> None:
    analysis = free_walk()
    hostile = replace(analysis.video, path="\x1b]0;owned\x07\n.mp4")
    text = shown(replace(analysis, video=hostile, warnings=("bad name \x1b[2J",)))
    assert "\x1b" not in text
    assert "\x07" not in text


def test_an_ascii_terminal_is_enough() -> None:
    for analysis in (free_walk(), held_walk(), analysis_of()):
        shown(analysis).encode("ascii")


def test_quiet_is_the_verdict_alone() -> None:
    file = io.StringIO()
    show_verdict(held_walk(), Console(file=file, width=30))
    assert file.getvalue() == verdict(held_walk()) + "\n"


def test_what_happened_between_postures_is_told_with_the_helper_and_how_sure_it_is() -> None:
    text = shown(free_walk())
    assert "What else happened" in text
    assert (
        "- person 1 was caught in a fall by person 2, 0:04.20 to 0:04.90 (confidence 0.71)" in text
    )
    assert "What else happened" not in shown(analysis_of(events=()))
