"""Which of those who were followed were people."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

import numpy as np

from gaitcheck.people.cover import covered_head, covered_share
from gaitcheck.people.geometry import JOINTS, body_size
from gaitcheck.people.person import Person

logger = logging.getLogger(__name__)

_MIN_SEEN_S: Final = 0.4
"""Persons seen for a shorter time are no tracks, s (arbitrary; a step of a toddler is 0.2)."""
_MIN_SEEN_FRAMES: Final = 5
_MIN_SEEN_SHARE: Final = 0.4
_MIN_SEEN_SHARE_BRIEF: Final = 0.7
_BRIEF_S: Final = 2.0
"""A candidate followed for a shorter time must be seen nearly throughout: furniture flickers
(arbitrary; the foot of a table gave 0.61 over 2 s)."""
_MIN_VISIBILITY: Final = 0.35
"""Mean visibility of trunk and legs under which a track is no person (arbitrary)."""
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
        doubt = _unbelievable(person, times_s) or _part_of_others(person, candidates, times_s)
        if doubt is None:
            kept.append(person)
        else:
            logger.debug("candidate %d dropped: %s", person.key, doubt)
    return kept


def _unbelievable(person: Person, times_s: Sequence[float]) -> str | None:
    """Say why what was followed is no person, or None where it is one."""
    poses = person.poses()
    first, last = poses[0][0], poses[-1][0]
    lasted_s = times_s[last] - times_s[first]
    if len(poses) < _MIN_SEEN_FRAMES or lasted_s < _MIN_SEEN_S:
        return "seen too briefly"
    share = _MIN_SEEN_SHARE_BRIEF if lasted_s < _BRIEF_S else _MIN_SEEN_SHARE
    if len(poses) < share * (last - first + 1):
        return "seen too seldom"
    if np.mean([body.visibility[list(JOINTS)].mean() for _, body in poses]) < _MIN_VISIBILITY:
        return "hardly visible"
    return None


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
        # Who is held may stand in the other's legs, and who walks beyond is hidden: but both have
        # a head beside the other.
        share = min(share, max((covered_head(own, p) for p in larger), default=0.0))
        shares.append(share)
    return "part of another body" if float(np.median(shares)) > _MOSTLY else None
