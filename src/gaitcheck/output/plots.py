"""An Analysis -> figures of matplotlib, one a person; matplotlib loads late.

On top the time line: postures, sequences by their support, feet that land. Below the speed of each
foot over the floor, which is what steps are read from: under about 0.3 leg lengths a second the
foot stands, in a swing it rises to 2 to 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gaitcheck.output.text import clock
from gaitcheck.output.verdict import SUPPORT_WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from gaitcheck.answer import Analysis
    from gaitcheck.gait.events import Side, Step, Support
    from gaitcheck.people.track import FloatArray

# Okabe and Ito's colours, which the colour-blind can tell apart.
_SIDES: Final[dict[Side | None, tuple[str, str]]] = {
    "left": ("#0072B2", "^"), "right": ("#D55E00", "v"), None: ("#555555", "o"),
}  # fmt: skip
_SUPPORT: Final[dict[Support, tuple[str, str]]] = {
    "none": ("#009E73", ""), "person": ("#CC79A7", "///"), "object_fixed": ("#E69F00", "\\\\\\"),
    "object_moving": ("#56B4E9", "xxx"), "unknown": ("#BBBBBB", "..."),
}  # fmt: skip
_POSTURE_COLOURS: Final = ("#E8E8E8", "#D2D2D2")
_LEAST_NAMED: Final = 0.06
"""A posture this part of the time line long has room for its name (arbitrary)."""
_TOP_SPEED: Final = 8.0
"""Leg lengths/s; what is quicker is noise and would flatten the rest (arbitrary)."""


def plot(analysis: Analysis) -> dict[int, Figure]:
    """Draw time line and foot signals of everybody.

    Parameters
    ----------
    analysis : Analysis
        With its tracks; of one that was loaded from JSON only the time line can be drawn.

    Returns
    -------
    dict of int to matplotlib.figure.Figure
        By number of the person. They belong to no window: show them in a notebook, or keep them
        by ``figure.savefig(path)``.
    """
    return {person.id: _figure(analysis, person.id) for person in analysis.people}


def _figure(analysis: Analysis, person: int) -> Figure:
    from matplotlib.figure import Figure

    speeds = _speeds(analysis, person)
    steps = [step for step in analysis.steps if step.person == person]
    if speeds is None:
        figure = Figure(figsize=(9, 2.0), layout="constrained")
        line = figure.add_subplot()
    else:
        figure = Figure(figsize=(9, 4.6), layout="constrained")
        line, left, right = figure.subplots(3, sharex=True, height_ratios=(1.5, 1, 1))
        time_s, speed = speeds
        feet: tuple[tuple[Axes, Side], ...] = ((left, "left"), (right, "right"))
        for foot, (axes, side) in enumerate(feet):
            axes.plot(time_s, speed[:, foot], color=_SIDES[side][0], linewidth=1.2)
            _mark(axes, [step for step in steps if step.side == side])
            axes.set_ylabel(f"{side} foot\n(legs/s)")
            axes.set_ylim(0, min(_TOP_SPEED, max(1.0, 1.1 * _highest(speed))))
    _time_line(line, analysis, person, steps)
    figure.axes[-1].set_xlabel("time in the video")
    figure.axes[-1].xaxis.set_major_formatter(lambda time_s, _: clock(time_s)[:-1])
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _speeds(analysis: Analysis, person: int) -> tuple[FloatArray, FloatArray] | None:
    """Give times and the speed of both feet, as the steps were read from them."""
    from gaitcheck.gait.sides import clearest_sides
    from gaitcheck.gait.signals import walk_signals

    for track in analysis.tracks:
        if track.person == person and (signals := walk_signals(clearest_sides(track))) is not None:
            return signals.time_s, np.where(signals.valid[:, None], signals.speed, np.nan)
    return None


def _highest(speed: FloatArray) -> float:
    known = speed[np.isfinite(speed)]
    return float(np.percentile(known, 99.5)) if len(known) else 0.0


def _mark(axes: Axes, steps: list[Step]) -> None:
    """Shade each swing and draw each contact."""
    for step in steps:
        if step.lift_off_s is not None:
            axes.axvspan(step.lift_off_s, step.contact_s, color="#000000", alpha=0.06, linewidth=0)
        axes.axvline(step.contact_s, color="#222222", linewidth=0.9)


def _time_line(axes: Axes, analysis: Analysis, person: int, steps: list[Step]) -> None:
    """Draw postures, sequences and contacts in three rows."""
    start_s, end_s = next((p.start_s, p.end_s) for p in analysis.people if p.id == person)
    axes.set_xlim(start_s, max(end_s, start_s + 0.1))
    for i, span in enumerate(s for s in analysis.postures if s.person == person):
        width_s = span.end_s - span.start_s
        axes.barh(0, width_s, left=span.start_s, color=_POSTURE_COLOURS[i % 2], height=0.7)
        if width_s > _LEAST_NAMED * (end_s - start_s):
            axes.text(span.start_s + width_s / 2, 0, span.posture, ha="center", va="center", size=8)
    for sequence in analysis.sequences:
        if sequence.person == person:
            colour, hatch = _SUPPORT[sequence.support]
            axes.barh(
                1,
                max(sequence.end_s - sequence.start_s, 0.02),
                left=sequence.start_s,
                height=0.7,
                facecolor=colour,
                edgecolor="white",
                hatch=hatch,
                label=f"held by: {SUPPORT_WORDS[sequence.support]}",
            )
    for side, (colour, marker) in _SIDES.items():
        own = [step.contact_s for step in steps if step.side == side]
        if own:
            name = f"{side} foot lands" if side else "a foot lands"
            axes.plot(own, [2.0] * len(own), marker, color=colour, markersize=7, label=name)
    axes.set_yticks([0, 1, 2], ["posture", "support", "contacts"])
    axes.set_ylim(-0.5, 2.6)
    axes.set_title(f"person {person}", loc="left")
    named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    if named:
        axes.legend(
            named.values(), named, loc="lower right", bbox_to_anchor=(1, 1), ncols=5, fontsize=8,
            frameon=False,
        )  # fmt: skip
