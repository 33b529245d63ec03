"""The JSON document -> BIDS events: ``_events.tsv`` and the ``_events.json`` that describes it.

After the Brain Imaging Data Structure, "Task events": ``onset`` and ``duration`` in seconds come
first, rows are in order of onset, ``n/a`` stands for what is not known.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from gaitcheck.output.events import Event, events
from gaitcheck.output.verdict import EVENT_WORDS

_SUPPORT: Final = {
    "none": "nobody and nothing held the person",
    "person": "held by another person",
    "object_fixed": "held on to furniture, wall, rail or parallel bars",
    "object_moving": "held on to a walker, stick, push toy or pram",
    "unknown": "cannot be told",
}
_POSTURES: Final = (
    "lying", "crawling", "sitting", "rising", "standing", "walking", "falling", "carried",
    "unknown",
)  # fmt: skip

COLUMNS: Final[dict[str, dict[str, Any]]] = {
    "onset": {
        "Description": "Start: of a step its lift-off, or its contact where that is unseen",
        "Units": "s",
    },
    "duration": {"Description": "Of a step, until the foot's initial contact", "Units": "s"},
    "trial_type": {
        "Description": "What happened",
        "Levels": {
            "step": "a foot lifted and landed in a new place",
            "sequence": "consecutive steps of one person under one support",
            **{f"posture/{name}": f"posture {name}" for name in _POSTURES},
            **{f"posture_event/{name}": words for name, words in EVENT_WORDS.items()},
        },
    },
    "person": {"Description": "Number of the person in this video, from 1"},
    "side": {"Description": "The person's own side", "Levels": {"left": "left", "right": "right"}},
    "support": {"Description": "Who or what held the person", "Levels": _SUPPORT},
    "independent": {
        "Description": "Whether a sequence has support none and at least two steps",
        "Levels": {"true": "independent", "false": "not independent, or not known to be"},
    },
    "n_steps": {"Description": "Number of steps of a sequence"},
    "sequence": {"Description": "Number of the sequence"},
    "confidence": {"Description": "0 to 1"},
}
"""Columns in their order, each with what the sidecar says of it."""


def to_events_tsv(document: dict[str, Any]) -> bytes:
    """Give steps, sequences, postures and their events as a table of tab-separated values."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(event) for event in events(document) if event.kind != "rejected")
    return buffer.getvalue().encode()


def to_events_json(document: dict[str, Any]) -> bytes:
    """Give the sidecar: what each column means, and what made the table."""
    made = {"GeneratedBy": [{"Name": "gaitcheck", "Version": document["gaitcheck_version"]}]}
    return (json.dumps({**COLUMNS, **made}, indent=2) + "\n").encode()


def _row(event: Event) -> list[Any]:
    within = {"posture": "posture", "posture_event": "event"}.get(event.kind)
    kind = f"{event.kind}/{event.row[within]}" if within else event.kind
    known = {
        "onset": f"{event.start_s:.4f}",
        "duration": f"{event.end_s - event.start_s:.4f}",
        "trial_type": kind,
        "person": event.person,
        "side": event.row.get("side"),
        "support": event.row.get("support"),
        "independent": event.row.get("independent"),
        "n_steps": event.row.get("n_steps"),
        "sequence": event.row.get("id", event.row.get("sequence")),
        "confidence": event.row.get("confidence"),
    }
    return [_cell(known[column]) for column in COLUMNS]


def _cell(value: Any) -> Any:
    if value is None:
        return "n/a"
    return str(value).lower() if isinstance(value, bool) else value
