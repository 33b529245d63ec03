"""The JSON document -> the text form of a Datavyu spreadsheet (.csv).

It begins with ``#4``; each column is named with its codes, ``name (MATRIX,true,)-code|NOMINAL,...``
and followed by its cells, ``hh:mm:ss:mmm,hh:mm:ss:mmm,(value,...)``: onset, offset, one value for
each code. Each person has the columns ``person1_steps``, ``person1_sequences``,
``person1_postures`` and ``person1_posture_events``. A step's offset is its contact.
"""

from __future__ import annotations

from typing import Any, Final

from gaitcheck.output.events import Event, events, hours

_CODES: Final = {
    "step": ("steps", ("side", "support", "confidence", "sequence")),
    "sequence": ("sequences", ("id", "support", "independent", "n_steps", "confidence")),
    "posture": ("postures", ("posture",)),
    "posture_event": ("posture_events", ("event", "confidence")),
}


def to_datavyu(document: dict[str, Any]) -> bytes:
    """Give steps, sequences, postures and their events as columns; unknown is an empty value."""
    found = events(document)
    lines = ["#4"]
    for person in sorted({event.person for event in found}):
        for kind, (name, codes) in _CODES.items():
            own = [event for event in found if event.person == person and event.kind == kind]
            described = ",".join(f"{code}|NOMINAL" for code in codes)
            lines.append(f"person{person}_{name} (MATRIX,true,)-{described}")
            lines += [_cell(event, codes) for event in own]
    return ("\n".join(lines) + "\n").encode()


def _cell(event: Event, codes: tuple[str, ...]) -> str:
    values = ",".join(_value(event.row[code]) for code in codes)
    return f"{hours(event.start_s, mark=':')},{hours(event.end_s, mark=':')},({values})"


def _value(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
