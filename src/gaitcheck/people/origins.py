"""Where somebody new came from: followed backward to where they came in sight, or were lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.crowd import Crowd
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import same_body
from gaitcheck.people.rewind import Past, Rewound, rewind

FloatArray = npt.NDArray[np.floating[Any]]

logger = logging.getLogger(__name__)

_SURE_FRAMES: Final = 5
"""After so many poses a candidate is worth following backward, at 25 ms a frame."""


def trace_back(crowd: Crowd, past: Past, *, times_s: Sequence[float], threads: Executor) -> None:
    """Follow those who are new, and are surely somebody, back to where they came in sight.

    Parameters
    ----------
    crowd : Crowd
        Whoever is new in it gets a longer track, or is joined with an earlier one.
    past : Past
        The last pictures.
    times_s : sequence of float
        Times of all frames judged in this run, s.
    threads : Executor
        Where the estimators work, those of several people at once.
    """
    new = [p for p in crowd.people if not p.rewound and p.n_seen >= _SURE_FRAMES]
    for group in _in_turn(new):
        jobs = [
            person.estimator.turns.submit(
                threads, rewind, person, past, times_s=times_s,
                others=_poses_beside(crowd, person, past), min_size_px=crowd.min_size_px,
            )
            for person in group
        ]  # fmt: skip
        for person, job in zip(group, jobs, strict=True):
            _lengthen(crowd, person, job.result())


def _in_turn(people: list[Person]) -> Iterator[list[Person]]:
    """Give groups in which nobody shares an estimator."""
    while people:
        group = list({id(p.estimator): p for p in reversed(people)}.values())
        people = [p for p in people if p not in group]
        yield group


def _poses_beside(crowd: Crowd, person: Person, past: Past) -> dict[int, list[FloatArray]]:
    """Give everybody else's poses before a person was found, by row."""
    rows = [frame.row for frame in past.before(person.first_row)]
    known = [p for p in (*crowd.people, *crowd.ended) if p is not person]
    return {row: [pose for p in known if (pose := p.pose_at(row)) is not None] for row in rows}


def _lengthen(crowd: Crowd, person: Person, past: Rewound) -> None:
    """Begin a person's track earlier; whom it meets, lost before, is the same person."""
    person.rewound = True
    first_row = person.first_row
    for row, body in past.bodies:
        person.record(body, row=row)
    if past.met is None:
        return
    row, points = past.met
    for other in (*crowd.people, *crowd.ended):
        pose = other.pose_at(row)
        if other is person or pose is None or other.last_row >= first_row:
            continue
        if same_body(pose, points):
            logger.debug("candidate %d is %d again", person.key, other.key)
            crowd.forget(other)
            person.adopt(other)
            return
