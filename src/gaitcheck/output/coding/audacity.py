"""The JSON document -> a label track of Audacity: start, end and text, parted by tabs.

Times are seconds with six decimals, as Audacity writes them; a step is a point at its contact.
"""

from __future__ import annotations

from typing import Any

from gaitcheck.output.events import events


def to_labels(document: dict[str, Any]) -> bytes:
    """Give steps, sequences and postures as labels, in order of time."""
    labels = []
    for event in events(document):
        if event.kind == "rejected":
            continue
        start_s = event.end_s if event.kind == "step" else event.start_s
        kind = "step, " if event.kind == "step" else ""
        labels.append((start_s, event.end_s, f"person {event.person}: {kind}{event.words}"))
    return "".join(f"{a:.6f}\t{b:.6f}\t{text}\n" for a, b, text in sorted(labels)).encode()
