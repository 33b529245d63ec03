from __future__ import annotations

from collections import Counter

import numpy as np

from benchmarks.accuracy.posture_events import count_events, event_figures, true_events
from gaitcheck.scoring.truth import Span, TruePerson


def person(*postures: tuple[str, float, float]) -> TruePerson:
    return TruePerson(
        name="a",
        boxes=np.zeros((1, 5)),
        labelled=Span("labelled", 0.0, 20.0),
        contacts=(),
        supports=(),
        postures=tuple(Span(*posture) for posture in postures),
    )


FALLS = person(("standing", 0, 2), ("falling", 2, 3), ("lying", 3, 5), ("rising", 5, 7))
CAUGHT = person(("walking", 0, 2), ("falling", 2, 3), ("carried", 3, 5))
SITS = person(("standing", 0, 4), ("sitting", 4, 9))


def test_events_are_read_from_postures():
    assert [s.what for s in true_events(FALLS)] == ["falling", "rising"]
    assert [s.what for s in true_events(CAUGHT)] == ["caught"]
    (span,) = true_events(SITS)
    assert span.what == "sitting_down"
    assert 4.0 in span


def event(kind: str, start_s: float, end_s: float) -> dict:
    return {"person": 1, "event": kind, "start_s": start_s, "end_s": end_s}


def test_each_true_event_is_found_once_at_most():
    counts: Counter = Counter()
    count_events(counts, FALLS, [event("falling", 2, 3), event("falling", 2.2, 3.2)])
    figures = event_figures(counts)
    assert figures["falling"] == {"true": 1, "found": 2, "precision": 0.5, "recall": 1.0}
    assert figures["rising"] == {"true": 1, "found": 0, "precision": None, "recall": 0.0}
    assert figures["caught"]["recall"] is None


def test_another_kind_too_late_or_of_nobody_is_false():
    for owner, found in (
        (CAUGHT, event("falling", 2, 3)),
        (FALLS, event("falling", 3.4, 4.4)),
        (None, event("falling", 2, 3)),
    ):
        counts: Counter = Counter()
        count_events(counts, owner, [found])
        assert event_figures(counts)["falling"]["precision"] == 0.0
