"""The JSON document -> a spreadsheet (.xlsx) that BORIS imports into an observation.

BORIS reads the columns ``time`` (s), ``subject``, ``code``, ``modifier`` and ``comment`` (File,
Import observations, with the observation of the same video open). A step is a point event ``step``
at its contact, with ``side|support`` as modifier. A sequence is a state event, ``independent
steps`` or ``other steps``, and a posture one by its own name: two rows each, when it starts and
when it stops. So is who ``rose``, ``sat down``, ``fell`` or ``was caught in a fall``. These codes
must be in the project's ethogram.
"""

from __future__ import annotations

import io
from typing import Any, Final

from gaitcheck.output.events import Event, events

COLUMNS: Final = ("time", "subject", "code", "modifier", "comment")


def to_boris(document: dict[str, Any]) -> bytes:
    """Give steps, sequences and postures as rows of BORIS's import sheet, in order of time."""
    from openpyxl import Workbook

    rows = [row for event in events(document) for row in _rows(event)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.append(COLUMNS)
    # A state that stops is told before the next that starts at the same time.
    for time_s, _begins, cells in sorted(rows, key=lambda row: row[:2]):
        sheet.append((time_s, *cells))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(event: Event) -> list[tuple[float, bool, tuple[str, str, str, str]]]:
    """Give time, whether something begins, and the other cells of each row of an event."""
    subject, row = f"person {event.person}", event.row
    if event.kind == "step":
        modifier = f"{row['side'] or 'unknown side'}|{row['support']}"
        comment = f"confidence {row['confidence']}"
        return [(event.end_s, True, (subject, "step", modifier, comment))]
    if event.kind == "rejected":
        return []
    if event.kind == "sequence":
        code = "independent steps" if row["independent"] else "other steps"
        cells = (subject, code, row["support"], f"sequence {row['id']}, {row['n_steps']} steps")
    elif event.kind == "posture_event":  # named otherwise than postures, which last longer
        cells = (subject, event.words, "", f"confidence {row['confidence']}")
    else:
        cells = (subject, row["posture"], "", "; ".join(row["milestones"]))
    return [(event.start_s, True, cells), (event.end_s, False, cells)]
