"""The JSON document -> captions (WebVTT, SubRip), which any video player shows over the clip.

A caption appears at each contact and stays until the person's next contact, at most a second; one
more spans each sequence, and each time somebody rises, sits down, falls or is caught. All times are
the document's, rounded to 1 ms.
"""

from __future__ import annotations

from typing import Any, Final

from gaitcheck.output.events import events, hours
from gaitcheck.output.verdict import DISCLAIMER

_STAY_S: Final = 1.0
"""A step's caption is gone after this, s (arbitrary: long enough to read, short of a pause)."""
_SHORTEST_S: Final = 0.05
"""No caption is shorter than this, s (arbitrary: a player must show it for a frame at least)."""


def to_webvtt(document: dict[str, Any]) -> bytes:
    """Give captions as WebVTT (W3C), for HTML5 players, VLC and mpv.

    Each cue has an identifier: ``step-N``, ``sequence-ID`` and ``event-N``, with N from 1 in
    order of time.
    """
    cues = (
        f"{name}\n{hours(start_s, mark='.')} --> {hours(end_s, mark='.')}\n{_escaped(text)}\n"
        for name, start_s, end_s, text in _cues(document)
    )
    head = f"WEBVTT - gaitcheck {document['gaitcheck_version']}\n\nNOTE {DISCLAIMER}\n"
    return "\n".join((head, *cues)).encode()


def to_srt(document: dict[str, Any]) -> bytes:
    """Give captions as SubRip (.srt), for players and editors that know no WebVTT."""
    cues = (
        f"{number}\n{hours(start_s, mark=',')} --> {hours(end_s, mark=',')}\n{text}\n"
        for number, (_, start_s, end_s, text) in enumerate(_cues(document), start=1)
    )
    return "\n".join(cues).encode()


def _cues(document: dict[str, Any]) -> list[tuple[str, float, float, str]]:
    """Give name, start, end and text of each caption, in order of their start."""
    cues = []
    steps = sorted(
        (e for e in events(document) if e.kind == "step"), key=lambda e: (e.end_s, e.person)
    )
    counts: dict[int, int] = {}
    for i, step in enumerate(steps):
        number = counts[step.person] = counts.get(step.person, 0) + 1
        later = (s.end_s for s in steps[i + 1 :] if s.person == step.person)
        end_s = max(min(next(later, step.end_s + _STAY_S), step.end_s + _STAY_S), step.end_s)
        text = f"person {step.person}, step {number}: {step.words}"
        cues.append((f"step-{i + 1}", step.end_s, max(end_s, step.end_s + _SHORTEST_S), text))
    n_events = 0
    for event in events(document):
        if event.kind not in ("sequence", "posture_event"):
            continue
        n_events += event.kind == "posture_event"
        name = f"sequence-{event.row['id']}" if event.kind == "sequence" else f"event-{n_events}"
        end_s = max(event.end_s, event.start_s + _SHORTEST_S)
        cues.append((name, event.start_s, end_s, f"person {event.person}: {event.words}"))
    return sorted(cues, key=lambda cue: (cue[1], -cue[2]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
