"""How much of the time in which somebody was labelled by eye one track has them.

Clips labelled by eye have a few boxes a person, too few to compare frame by frame: the track whose
boxes meet these is the person's, and what counts is when it has a pose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gaitcheck.analysis import people_of
from gaitcheck.people.track import Track
from gaitcheck.scoring.matching import match_people
from gaitcheck.scoring.truth import TrueClip

EVERY_S = 0.1
"""The labelled time is looked at so often, s."""
NEAR_S = 0.11
"""A pose so near counts, s: of clips of 10 Hz the next one."""


@dataclass(frozen=True)
class Coverage:
    """Of a labelled person: for how long, and which share of it one track has."""

    name: str
    labelled_s: float
    share: float


def coverage(clip: TrueClip, tracks: tuple[Track, ...]) -> list[Coverage]:
    """Give the coverage of everybody labelled, over the time in which they were."""
    boxes = {person.id: np.array(person.boxes) for person in people_of(tracks)}
    owners = match_people(boxes, clip.people)
    found = []
    for index, person in enumerate(clip.people):
        start_s, end_s = person.labelled.start_s, person.labelled.end_s
        times = np.arange(start_s, end_s, EVERY_S)
        shares = [_share(t, times) for t in tracks if owners.get(t.person) == index]
        found.append(Coverage(person.name, end_s - start_s, max(shares, default=0.0)))
    return found


def _share(track: Track, times_s: np.ndarray) -> float:
    seen = track.time_s[track.seen]
    if not len(seen) or not len(times_s):
        return 0.0
    return float((np.abs(times_s[:, None] - seen[None]).min(axis=1) <= NEAR_S).mean())


def as_text(name: str, found: list[Coverage]) -> str:
    """One line a person."""
    return "\n".join(
        f"{name[:21]:22}{c.name[:40]:41}{c.labelled_s:6.1f} s{100 * c.share:7.1f}%" for c in found
    )
