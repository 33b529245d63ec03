"""Which of those who were followed were people."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

import numpy as np

from gaitcheck.people.cover import covered_head, covered_share
from gaitcheck.people.geometry import body_size
from gaitcheck.people.person import Person

logger = logging.getLogger(__name__)

_BRIEF_S: Final = 2.0
_MOSTLY: Final = 0.6
"""Tracks briefer than that, of which the median pose lies so far on others, are phantoms (seen:
0.8 to 1; children held by an adult 0.2 to 0.5, for longer)."""
_LOOKS: Final = 15


def believed(candidates: Sequence[Person], times_s: Sequence[float]) -> list[Person]:
    """Give those who are surely people, by their first row.

    Parameters
    ----------
    candidates : sequence of Person
        Whose tracks have ended.
    times_s : sequence of float
        Times of all frames of the run, s.
    """
    kept = []
    for person in sorted(candidates, key=lambda p: (p.first_row, p.key)):
        doubt = person.unbelievable(times_s) or _part_of_others(person, candidates, times_s)
        if doubt is None:
            kept.append(person)
        else:
            logger.debug("candidate %d dropped: %s", person.key, doubt)
    return kept


def _part_of_others(
    person: Person, candidates: Sequence[Person], times_s: Sequence[float]
) -> str | None:
    """Say so of a brief track that lies on larger bodies most of its time: legs, not people."""
    rows = [row for row, _ in person.poses()]
    if times_s[rows[-1]] - times_s[rows[0]] > _BRIEF_S:
        return None
    shares = []
    for row in rows[:: max(1, len(rows) // _LOOKS)]:
        own = person.pose_at(row)
        assert own is not None
        poses = [p.pose_at(row) for p in candidates if p is not person]
        larger = [p for p in poses if p is not None and body_size(p) > 1.25 * body_size(own)]
        share = covered_share(own, larger)
        if person.held:
            # Who is held may stand in the other's legs, but has a head beside them.
            share = min(share, max((covered_head(own, p) for p in larger), default=0.0))
        shares.append(share)
    return "part of another body" if float(np.median(shares)) > _MOSTLY else None
