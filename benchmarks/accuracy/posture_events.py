"""Scores rising, sitting down, falling and being caught against what the labels say of postures."""

from __future__ import annotations

from collections import Counter

from gaitcheck.scoring.truth import Span, TruePerson

KINDS = ("rising", "sitting_down", "falling", "caught")
TOLERANCE_S = 0.5
"""The middle of what was found lies in the true span, or at most so far from it."""
SITTING_DOWN_S = 0.7
"""Half of the time that sitting down takes: labels have only the moment half way."""


def true_events(person: TruePerson) -> list[Span]:
    """Give what happens between the labelled postures; a fall that ends in arms was caught."""
    spans = sorted(person.postures, key=lambda span: span.start_s)
    found = []
    for k, span in enumerate(spans):
        before = spans[k - 1].what if k else ""
        after = spans[k + 1].what if k + 1 < len(spans) else ""
        if span.what == "rising":
            found.append(span)
        elif span.what == "falling":
            kind = "caught" if after == "carried" else "falling"
            found.append(Span(kind, span.start_s, span.end_s))
        elif span.what == "sitting" and before in ("standing", "walking"):
            half = SITTING_DOWN_S
            found.append(Span("sitting_down", span.start_s - half, span.start_s + half))
    return [span for span in found if person.scorable((span.start_s + span.end_s) / 2)]


def count_events(counts: Counter, person: TruePerson | None, events: list[dict]) -> None:
    """Count true, found and matched events of a labelled person; of None all are false."""
    true = true_events(person) if person else []
    free = list(true)
    for span in true:
        counts[f"events_true_{span.what}"] += 1
    for event in events:
        middle_s = (event["start_s"] + event["end_s"]) / 2
        if person and not (person.scorable(middle_s) and person.posture_at(middle_s)):
            continue
        counts[f"events_found_{event['event']}"] += 1
        near = [
            span
            for span in free
            if span.what == event["event"]
            and span.start_s - TOLERANCE_S <= middle_s <= span.end_s + TOLERANCE_S
        ]
        if near:
            free.remove(near[0])
            counts[f"events_matched_{event['event']}"] += 1


def event_figures(total: Counter) -> dict[str, dict[str, float | int | None]]:
    """Precision and recall of each kind, with the numbers they are made of."""
    figures: dict[str, dict[str, float | int | None]] = {}
    for kind in KINDS:
        true, found, hit = (total[f"events_{word}_{kind}"] for word in ("true", "found", "matched"))
        figures[kind] = {
            "true": true,
            "found": found,
            "precision": round(hit / found, 4) if found else None,
            "recall": round(hit / true, 4) if true else None,
        }
    return figures
