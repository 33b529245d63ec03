"""Analysis -> what the terminal shows. The only file besides the command's that loads rich."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from gaitcheck.output.text import clock, printable
from gaitcheck.output.verdict import (
    DISCLAIMER,
    SUPPORT_WORDS,
    counted,
    verdict,
    what_happened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from gaitcheck.answer import Analysis
    from gaitcheck.gait.events import Rejection
    from gaitcheck.gait.quality import BadlySeen

_ANY_WIDTH: Final = 1000
"""Columns; wider than any table, to learn how wide one is."""
_MAX_REJECTED: Final = 12
"""So many kinds of rejections are shown; the JSON holds all (arbitrary)."""

_SUPPORT_STYLES: Final = {"none": "green", "unknown": "yellow"}


def show_report(analysis: Analysis, console: Console) -> None:
    """Print the verdict, people, sequences, long standing, events, reasons, rejections, warnings.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    console : rich.console.Console
        Where to print. Colours, width and encoding are the console's to decide.
    """
    show_verdict(analysis, console)
    video = analysis.video
    fps = f", {video.mean_fps:.4g} frames a second" if video.mean_fps else ""
    _line(
        console,
        f"{printable(video.path)}: {clock(video.duration_s)}, {video.width}x{video.height}{fps}",
        style="dim",
    )
    _section(console, "People", _PEOPLE_COLUMNS, _people_rows(analysis))
    _section(console, "Sequences of steps", _SEQUENCE_COLUMNS, _sequence_rows(analysis))
    _section(console, "Postures with a milestone", _POSTURE_COLUMNS, _posture_rows(analysis))
    _show_list(console, "What else happened", what_happened(analysis))
    _show_list(console, "Why", [printable(reason.text) for reason in analysis.reasons])
    _show_list(console, "Not counted", _rejected(analysis))
    _show_list(console, "Badly seen", _badly_seen(analysis))
    _show_list(console, "Warnings", [printable(text) for text in analysis.warnings], "yellow")
    console.print()
    _line(console, DISCLAIMER, style="dim")


def show_verdict(analysis: Analysis, console: Console) -> None:
    """Print the answer alone."""
    found = analysis.first_independent_step is not None
    _line(console, verdict(analysis), style="bold green" if found else "bold")


_PEOPLE_COLUMNS: Final = (
    "person", "seen from", "to", "height px", "stature", "steps", "independent",
)  # fmt: skip
_SEQUENCE_COLUMNS: Final = (
    "person", "start", "end", "steps", "support", "confidence", "milestones",
)  # fmt: skip
_POSTURE_COLUMNS: Final = ("person", "start", "end", "posture", "milestones")
_NUMBERS: Final = {"seen from", "to", "height px", "steps", "independent", "start", "end"}


def _people_rows(analysis: Analysis) -> list[list[Text]]:
    return [
        _row(
            str(person.id),
            clock(person.start_s),
            clock(person.end_s),
            f"{person.height_px:.0f}",
            person.stature or "-",
            str(sum(step.person == person.id for step in analysis.steps)),
            str(
                sum(
                    s.n_steps for s in analysis.sequences if s.person == person.id and s.independent
                )
            ),
        )
        for person in analysis.people
    ]


def _sequence_rows(analysis: Analysis) -> list[list[Text]]:
    rows = []
    for sequence in analysis.sequences:
        row = _row(
            str(sequence.person),
            clock(sequence.start_s),
            clock(sequence.end_s),
            str(sequence.n_steps),
            SUPPORT_WORDS[sequence.support],
            f"{sequence.confidence:.2f}",
            printable(", ".join(sequence.milestones)) or "-",
        )
        row[4].stylize(_SUPPORT_STYLES.get(sequence.support, "red"))
        rows.append(row)
    return rows


def _posture_rows(analysis: Analysis) -> list[list[Text]]:
    return [
        _row(
            str(span.person),
            clock(span.start_s),
            clock(span.end_s),
            span.posture,
            printable(", ".join(span.milestones)),
        )
        for span in analysis.postures
        if span.milestones
    ]


def _rejected(analysis: Analysis) -> list[str]:
    """Tell what was not counted, one line for each person and rule."""
    return _by_reason(analysis.rejected)


def _badly_seen(analysis: Analysis) -> list[str]:
    """Tell who was badly seen and why, one line for each person and reason."""
    return _by_reason(analysis.badly_seen)


def _by_reason(found_at: Iterable[Rejection | BadlySeen]) -> list[str]:
    spans: dict[tuple[int, str], list[Rejection | BadlySeen]] = {}
    for rejection in found_at:
        spans.setdefault((rejection.person, rejection.reason), []).append(rejection)
    lines = []
    for (person, reason), found in list(spans.items())[:_MAX_REJECTED]:
        start_s, end_s = min(r.start_s for r in found), max(r.end_s for r in found)
        times = f", {len(found)} times" if len(found) > 1 else ""
        when = f"{clock(start_s)} to {clock(end_s)}"
        lines.append(f"person {person}, {when}{times}: {printable(reason)}")
    more = len(spans) - len(lines)
    return (
        [*lines, f"and {counted(more, 'kind', 'kinds')} more (--json lists all)"] if more else lines
    )


def _row(*cells: str) -> list[Text]:
    return [Text(cell) for cell in cells]


def _section(
    console: Console, title: str, columns: tuple[str, ...], rows: list[list[Text]]
) -> None:
    if not rows:
        return
    console.print()
    _line(console, title, style="bold")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in _NUMBERS else "left",
            no_wrap=True,
        )
    for row in rows:
        table.add_row(*row)
    if Measurement.get(console, console.options.update(width=_ANY_WIDTH), table).maximum <= (
        console.width
    ):
        console.print(table)
        return
    for row in rows:  # too narrow for the table: lines, so that no cell is crushed
        pairs = [
            Text.assemble((f"{name} ", "dim"), cell)
            for name, cell in zip(columns, row, strict=True)
        ]
        console.print(Text(", ").join(pairs))


def _show_list(console: Console, title: str, lines: Iterable[str], style: str = "") -> None:
    lines = list(lines)
    if lines:
        console.print()
        _line(console, title, style="bold")
        for line in lines:
            _line(console, f"- {line}", style=style)


def _line(console: Console, text: str, *, style: str) -> None:
    # As Text, not markup: a clip may be called "[red].mp4".
    # Piped text is wrapped by nobody, so that a line can be searched for.
    console.print(Text(text, style=style), soft_wrap=not console.is_terminal)
