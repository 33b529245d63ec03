"""The JSON document -> one flat list of timed events, of which files for other tools are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from gaitcheck.output.verdict import EVENT_WORDS

Kind = Literal["step", "sequence", "posture", "posture_event", "rejected"]


HELD: Final = {
    "none": "held by nobody and nothing",
    "person": "held by a person",
    "object_fixed": "held on to something fixed",
    "object_moving": "held on to something moving",
    "unknown": "support unknown",
}
"""A support in words that also stand alone."""


@dataclass(frozen=True)
class Event:
    """One thing that happened, or was not counted.

    Parameters
    ----------
    kind : {'step', 'sequence', 'posture', 'posture_event', 'rejected'}
        From which list of the document it comes.
    person : int
        Whose.
    start_s, end_s : float
        When, s. A step lasts from its lift-off to its contact; where the lift-off is unseen both
        are the contact.
    row : dict
        The document's own entry.
    """

    kind: Kind
    person: int
    start_s: float
    end_s: float
    row: dict[str, Any]

    @property
    def words(self) -> str:
        """What happened, short and in plain words."""
        row = self.row
        if self.kind == "step":
            return f"{row['side'] or 'side unknown'}, {HELD[row['support']]}"
        if self.kind == "sequence":
            many = f"{row['n_steps']} step{'' if row['n_steps'] == 1 else 's'}"
            free = "independent, " if row["independent"] else ""
            return f"{many}, {free}{HELD[row['support']]}"
        if self.kind == "posture_event":
            return EVENT_WORDS[row["event"]]
        return str(row["posture"] if self.kind == "posture" else row["reason"])


def events(document: dict[str, Any]) -> list[Event]:
    """Give steps, sequences, postures, their events and rejections of a document by their start.

    Parameters
    ----------
    document : dict
        ``gaitcheck.analysis/1``, as `Analysis.to_dict` gives it.
    """
    found = [
        Event("step", row["person"], _start(row), row["contact_s"], row)
        for row in document["steps"]
    ]
    lists: tuple[tuple[Kind, str], ...] = (
        ("sequence", "sequences"),
        ("posture", "postures"),
        ("posture_event", "events"),
        ("rejected", "rejected"),
    )
    for kind, name in lists:
        found += [
            Event(kind, row["person"], row["start_s"], row["end_s"], row)
            for row in document.get(name, ())
        ]
    return sorted(found, key=lambda event: (event.start_s, event.end_s, event.person))


def milliseconds(time_s: float) -> int:
    """Round a time to whole milliseconds, as most coding tools count."""
    return round(time_s * 1000)


def hours(time_s: float, *, mark: str) -> str:
    """Write a time as ``hh:mm:ss`` and milliseconds, with ``mark`` between the two.

    Examples
    --------
    >>> hours(3723.0456, mark=".")
    '01:02:03.046'
    """
    seconds, ms = divmod(milliseconds(time_s), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{ms:03d}"


def _start(step: dict[str, Any]) -> float:
    lift_off_s, contact_s = step["lift_off_s"], float(step["contact_s"])
    # A lift-off after the contact would turn the interval round.
    return contact_s if lift_off_s is None else min(float(lift_off_s), contact_s)
