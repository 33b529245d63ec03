"""Which of those who are lost is found again: by where they should be by now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gaitcheck.people.geometry import body_box, body_size, overlap
from gaitcheck.people.person import Person
from gaitcheck.pose.body import Body

_SURE_FRAMES: Final = 5
_LOST_S: Final = 1.0
_LOST_OVERLAP: Final = 0.3
_MAX_GROWTH: Final = 1.6
"""Whoever is held where somebody of like size was lost so short a time ago is that one
(arbitrary)."""


def lost_like(people: Sequence[Person], body: Body, *, time_s: float) -> Person | None:
    """Give the lost person whom a body fits best, if it fits anyone.

    Parameters
    ----------
    people : sequence of Person
        Everybody followed; who was seen since is not lost.
    body : Body
        Whoever was found, px of the picture.
    time_s : float
        When, s.
    """
    surprises = [
        (p.course.surprise(body.points_px, time_s=time_s), p.key, p)
        for p in people
        if p.last_seen_s < time_s
    ]
    fitting = [entry for entry in surprises if entry[0] <= 1]
    return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def lost_at(
    people: Sequence[Person], body: Body, *, time_s: float, picture_size: tuple[int, int]
) -> Person | None:
    """Give who was lost where a body is though unlike them: their last pose was bad."""
    box = body_box(body.points_px, picture_size=picture_size)
    size_px = body_size(body.points_px)
    shares = [
        (overlap(p.box_px, box), -p.key, p)
        for p in people
        if time_s - _LOST_S < p.last_seen_s < time_s and p.n_seen >= _SURE_FRAMES
        and max(p.course.size_px, size_px) < _MAX_GROWTH * min(p.course.size_px, size_px)
    ]  # fmt: skip
    share, _, person = max(shares, key=lambda entry: entry[:2], default=(0.0, 0, None))
    return person if share > _LOST_OVERLAP else None
