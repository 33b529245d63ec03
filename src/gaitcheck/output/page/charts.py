"""Step times, symmetry, cadence and confidence as SVG that takes the page's colours."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gaitcheck.output.text import clock

if TYPE_CHECKING:
    from markupsafe import Markup
    from matplotlib.axes import Axes

    from gaitcheck.answer import Analysis
    from gaitcheck.gait.events import Side, Step

_MAX_PEOPLE: Final = 4
"""Charts are drawn of so many people, those with the most steps (arbitrary)."""
_FEWEST_STEPS: Final = 3
"""Of fewer there is nothing to see."""
_MOST_MARKS: Final = 400
"""More steps than this are drawn as medians of stretches of time (arbitrary)."""
_SHORT_S: Final = 8.0
"""Axes of less time than this tell tenths of a second."""
_SIDES: Final[tuple[Side, Side]] = ("left", "right")

# Colours stand for the page's own, which know light and dark; an SVG takes them by these marks.
_INK, _SOFT, _LINE, _LEFT, _RIGHT, _BOTH = (
    "#010101", "#020202", "#030303", "#040404", "#050505", "#060606",
)  # fmt: skip
_COLOURS: Final = {
    _INK: "var(--ink)", _SOFT: "var(--soft)", _LINE: "var(--line)",
    _LEFT: "var(--left)", _RIGHT: "var(--right)", _BOTH: "var(--accent)",
}  # fmt: skip
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"


@dataclass(frozen=True)
class Chart:
    """One picture with its words."""

    title: str
    caption: str
    svg: Markup


@dataclass(frozen=True)
class PersonCharts:
    """The charts of one person."""

    person: int
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class _StepTime:
    """From one contact to the next of the same sequence; the side is that of the later one."""

    contact_s: float
    time_s: float
    side: Side | None
    sequence: int


def charts(analysis: Analysis) -> tuple[PersonCharts, ...]:
    """Draw the charts of those who took the most steps."""
    counted = Counter(step.person for step in analysis.steps)
    people = [person for person, n in counted.most_common(_MAX_PEOPLE) if n >= _FEWEST_STEPS]
    drawn = (PersonCharts(person, _charts(person, analysis)) for person in sorted(people))
    return tuple(one for one in drawn if one.charts)


def _charts(person: int, analysis: Analysis) -> tuple[Chart, ...]:
    steps = [step for step in analysis.steps if step.person == person]
    times = step_times(steps)
    made = []
    if len(times) >= _FEWEST_STEPS - 1:
        median = float(np.median([t.time_s for t in times]))
        made.append(
            _chart(
                f"p{person}t", "Step time.",
                f"From each contact to the next; the median is {median:.2f} s.",
                lambda axes: _draw_times(axes, times), x="video time", y="s",
            )
        )  # fmt: skip
    by_side = {side: [t.time_s for t in times if t.side == side] for side in _SIDES}
    if all(len(found) >= 2 for found in by_side.values()):
        left, right = (float(np.mean(by_side[side])) for side in _SIDES)
        index = 200 * abs(left - right) / (left + right)
        made.append(
            _chart(
                f"p{person}s", "Symmetry.",
                f"Mean step time left {left:.2f} s, right {right:.2f} s: they differ by "
                f"{index:.0f} % of their mean.",
                lambda axes: _draw_symmetry(axes, by_side), x="s", y="",
            )
        )  # fmt: skip
    walks = [s for s in analysis.sequences if s.person == person and s.cadence_spm is not None]
    if walks:
        made.append(
            _chart(
                f"p{person}c", "Cadence.", "Steps a minute in each sequence; wide bars last long.",
                lambda axes: _draw_cadence(axes, walks), x="video time", y="steps a minute",
            )
        )  # fmt: skip
    sure = float(np.mean([step.confidence for step in steps]))
    made.append(
        _chart(
            f"p{person}k", "Confidence.",
            f"How many steps are how sure; the mean is {100 * sure:.0f} %.",
            lambda axes: _draw_confidence(axes, steps), x="confidence, %", y="steps",
        )
    )  # fmt: skip
    return tuple(made)


def step_times(steps: Sequence[Step]) -> list[_StepTime]:
    """Give the times from contact to contact within sequences, s."""
    ordered = sorted(steps, key=lambda step: step.contact_s)
    return [
        _StepTime(b.contact_s, b.contact_s - a.contact_s, b.side, b.sequence)
        for a, b in pairwise(ordered)
        if b.sequence is not None and a.sequence == b.sequence and b.contact_s > a.contact_s
    ]


def _draw_times(axes: Axes, times: Sequence[_StepTime]) -> None:
    for side, colour, mark in (("left", _LEFT, "o"), ("right", _RIGHT, "s"), (None, _SOFT, "x")):
        mine = [t for t in times if t.side == side]
        x, y = _thinned([t.contact_s for t in mine], [t.time_s for t in mine])
        if mine:
            axes.plot(x, y, mark, color=colour, markersize=5, label=side or "side unknown")
    _clock_axis(axes)
    axes.set_ylim(0, 1.12 * max(t.time_s for t in times))
    axes.legend(frameon=False, labelcolor=_SOFT, fontsize=9, loc="lower right", ncols=3)


def _draw_symmetry(axes: Axes, by_side: dict[Side, list[float]]) -> None:
    for place, (side, colour) in enumerate((("left", _LEFT), ("right", _RIGHT))):
        found = np.array(by_side["left" if side == "left" else "right"])
        axes.barh(place, found.mean(), height=0.55, color=colour, alpha=0.45)
        # Spread by a fixed pattern, so that marks that would lie on each other can be counted.
        shown = found[:: -(-len(found) // _MOST_MARKS)]
        axes.plot(
            shown, place + 0.18 * np.sin(np.arange(len(shown)) * 2.4),
            "o" if side == "left" else "s", color=colour, markersize=4,
        )  # fmt: skip
    axes.set_yticks([0, 1], ["left", "right"])
    axes.set_xlim(left=0)
    axes.invert_yaxis()


def _draw_cadence(axes: Axes, walks: Sequence[Any]) -> None:
    start = np.array([walk.start_s for walk in walks])
    long = np.array([walk.end_s - walk.start_s for walk in walks])
    # None narrower than can be seen.
    wide = np.maximum(long, 0.006 * ((start + long).max() - start.min()))
    axes.bar(start, [walk.cadence_spm for walk in walks], width=wide, align="edge", color=_BOTH,
             alpha=0.7)  # fmt: skip
    _clock_axis(axes)


def _draw_confidence(axes: Axes, steps: Sequence[Step]) -> None:
    axes.hist([100 * step.confidence for step in steps], bins=range(0, 101, 10), color=_BOTH,
              alpha=0.7, rwidth=0.9)  # fmt: skip
    axes.set_xlim(0, 100)
    axes.locator_params(axis="y", integer=True)


def _thinned(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
    """Give medians of equal runs of points where there are too many to draw each."""
    if len(x) <= _MOST_MARKS:
        return list(x), list(y)
    runs = np.array_split(np.arange(len(x)), _MOST_MARKS)
    xs, ys = np.asarray(x), np.asarray(y)
    return [float(np.median(xs[r])) for r in runs], [float(np.median(ys[r])) for r in runs]


def _clock_axis(axes: Axes) -> None:
    low, high = axes.get_xlim()
    digits = 1 if high - low < _SHORT_S else 3  # tenths of a second, or none
    axes.xaxis.set_major_formatter(lambda time_s, _: clock(time_s)[:-digits])
    axes.locator_params(axis="x", nbins=6, min_n_ticks=2, steps=[1, 2, 3, 5, 10])


def _chart(
    name: str, title: str, caption: str, draw: Callable[[Axes], None], *, x: str, y: str
) -> Chart:
    import matplotlib as mpl
    from markupsafe import Markup
    from matplotlib.figure import Figure

    look: Any = {"svg.fonttype": "none", "svg.hashsalt": name, "font.size": 10}
    with mpl.rc_context(look):
        figure = Figure(figsize=(4.4, 2.3), layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(_LINE)
        axes.tick_params(colors=_SOFT, which="both", length=3)
        axes.yaxis.grid(visible=True, color=_LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlabel(x, color=_SOFT)
        axes.set_ylabel(y, color=_SOFT)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    # The SVG is the plotting library's own, without any text of the video's.
    return Chart(title, caption, Markup(_inline(buffer.getvalue(), name, f"{title} {caption}")))


def _inline(svg: str, name: str, words: str) -> str:
    """Make an SVG of matplotlib part of a page: no style attributes, own ids, the page's colours.

    The page's policy lets in no ``style`` attributes; every property has an attribute of its own.
    """
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(svg)
    parents = {child: parent for parent in root.iter() for child in parent}
    for node in list(root.iter()):
        if node.tag in (f"{{{_SVG}}}style", f"{{{_SVG}}}metadata"):
            parents[node].remove(node)
            continue
        style = node.attrib.pop("style", "")
        for part in style.split(";"):
            key, _, value = part.partition(":")
            if key.strip() == "font":  # "10px 'DejaVu Sans', ..."; the page's own font is used
                node.set("font-size", value.split("px")[0].strip())
            elif value:
                node.set(key.strip(), _COLOURS.get(value.strip(), value.strip()))
        for key in ("id", "clip-path", f"{{{_XLINK}}}href"):
            if key in node.attrib:
                node.set(key, _renamed(node.attrib[key], name))
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("role", "img")
    root.set("aria-label", words)
    return ET.tostring(root, encoding="unicode")


def _renamed(reference: str, name: str) -> str:
    """Give an id, ``#id`` or ``url(#id)`` the chart's name, so that no two charts share one."""
    head, mark, tail = reference.rpartition("#")
    return f"{head}{mark}{name}-{tail}"
