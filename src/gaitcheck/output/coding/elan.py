"""The JSON document -> ELAN's annotation file (.eaf), by pympi.

Each person has tiers ``person 1: left steps``, ``right steps``, ``steps, side unknown``,
``sequences``, ``postures``, ``posture events`` and ``not counted``; empty ones are left out. ELAN
counts whole milliseconds, wants every annotation to last at least one, and none of a tier to
overlap: a step whose lift-off is unseen becomes the millisecond before its contact, and where two
of a tier overlap the later one begins where the earlier ends. Contacts and ends stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from mimetypes import guess_type
from typing import Any, Final

from gaitcheck.output.events import Event, events, milliseconds
from gaitcheck.output.text import printable

_TIERS: Final = {
    "sequence": "sequences",
    "posture": "postures",
    "posture_event": "posture events",
    "rejected": "not counted",
}


def to_eaf(document: dict[str, Any]) -> bytes:
    """Give steps, sequences, postures, events and rejections as tiers; the video is linked."""
    from pympi.Elan import Eaf, to_string

    eaf = Eaf(author="gaitcheck")
    # A new document has a tier of its own, which nobody needs.
    eaf.remove_tier("default")
    # XML cannot hold control characters, and pympi guesses the kind from a few endings only.
    path = printable(document["video"]["path"])
    eaf.add_linked_file(path, mimetype=guess_type(path)[0] or "video/mp4")
    tiers: dict[str, list[Event]] = defaultdict(list)
    for event in events(document):
        tiers[_tier(event)].append(event)
    for tier in sorted(tiers):
        eaf.add_tier(tier)
        free_ms = 0
        for event in sorted(tiers[tier], key=lambda event: (event.end_s, event.start_s)):
            start_ms, end_ms = _span(event)
            start_ms = max(start_ms, free_ms)
            if start_ms >= end_ms:  # wholly within another of its tier
                start_ms, end_ms = free_ms, free_ms + 1
            eaf.add_annotation(tier, start_ms, end_ms, value=_value(event))
            free_ms = end_ms
    text: str = to_string(eaf)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def _tier(event: Event) -> str:
    if event.kind == "step":
        side = event.row["side"]
        name = "steps, side unknown" if side is None else f"{side} steps"
    else:
        name = _TIERS[event.kind]
    return f"person {event.person}: {name}"


def _span(event: Event) -> tuple[int, int]:
    start_ms, end_ms = milliseconds(event.start_s), milliseconds(event.end_s)
    if start_ms < end_ms:
        return start_ms, end_ms
    return (end_ms - 1, end_ms) if end_ms > 0 else (0, 1)


def _value(event: Event) -> str:
    if event.kind == "step":
        return str(event.row["support"])
    if event.kind == "sequence":
        return f"{event.row['support']}; {event.row['n_steps']} steps"
    return event.words
