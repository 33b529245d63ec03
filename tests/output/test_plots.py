"""What the figures show is read from their parts; how they look was looked at."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes

from gaitcheck.analysis import people_of
from gaitcheck.answer import Analysis
from gaitcheck.gait.walk import analyze_tracks
from tests.gait.bodies import free
from tests.output.examples import analysis_of, held_walk, walk


@pytest.fixture(scope="module")
def walked() -> Analysis:
    tracks = (free(n_steps=8).track(), free(person=2, n_steps=0).track())
    gait = analyze_tracks(tracks)
    return replace(
        held_walk(),
        people=people_of(tracks),
        steps=gait.steps,
        sequences=gait.sequences,
        postures=gait.postures,
        first_independent_step=gait.first_independent,
        tracks=tracks,
    )


def upright(axes: Axes) -> list[float]:
    """Times of the lines that go straight up."""
    lines = (np.asarray(line.get_xdata(), dtype=float) for line in axes.lines)
    return sorted(float(x[0]) for x in lines if len(x) == 2 and x[0] == x[1])


def test_one_figure_a_person_with_every_contact_at_its_time(walked: Analysis) -> None:
    figures = walked.plot()
    assert set(figures) == {1, 2}
    line, *feet = figures[1].axes
    for axes, side in zip(feet, ("left", "right"), strict=True):
        own = [step.contact_s for step in walked.steps if (step.person, step.side) == (1, side)]
        assert len(own) >= 3
        assert upright(axes) == pytest.approx(own)
        assert side in axes.get_ylabel()
    marked = [float(x) for mark in line.lines for x in np.asarray(mark.get_xdata(), dtype=float)]
    assert sorted(marked) == pytest.approx([s.contact_s for s in walked.steps if s.person == 1])


def test_each_foot_is_quick_in_its_swings_and_still_after_its_contacts(walked: Analysis) -> None:
    for axes, side in zip(walked.plot()[1].axes[1:], ("left", "right"), strict=True):
        time_s, speed = (np.asarray(data, dtype=float) for data in axes.lines[0].get_data())
        for step in walked.steps:
            if (step.person, step.side) == (1, side) and step.lift_off_s is not None:
                swing = (time_s > step.lift_off_s) & (time_s < step.contact_s)
                after = (time_s > step.contact_s + 0.05) & (time_s < step.contact_s + 0.15)
                assert np.nanmax(speed[swing]) > 3 * np.nanmedian(speed[after])


def test_without_tracks_the_time_line_alone_is_drawn() -> None:
    figures = analysis_of(walk("person"), walk("none", first=5, sequence=2)).plot()
    (axes,) = figures[1].axes
    named = {text.get_text() for text in axes.get_legend().get_texts()}
    assert named == {
        "held by: person", "held by: nobody and nothing", "left foot lands", "right foot lands",
    }  # fmt: skip


def test_nobody_is_no_figure_and_who_never_walks_has_one(walked: Analysis) -> None:
    assert analysis_of(people=()).plot() == {}
    buffer = io.BytesIO()
    walked.plot()[2].savefig(buffer, format="png", dpi=50)
    assert buffer.getvalue().startswith(b"\x89PNG")
