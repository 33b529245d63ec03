"""Whether a pose found for somebody is theirs: a body, the same as before, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.pairs import CROWD
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import head_down, implausible, same_body, two_heads
from gaitcheck.people.second_look import PAIR_APART, heads_apart
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]

_YOUNG_FRAMES: Final = 8


def surprise(
    person: Person,
    body: Body | None,
    *,
    time_s: float,
    known: Sequence[FloatArray | None],
    min_size_px: float,
) -> float:
    """Give how far a pose is from what is expected of somebody; above 1 it is not theirs.

    Parameters
    ----------
    person : Person
        Who was looked for.
    body : Body or None
        What was found, px of the picture.
    time_s : float
        The picture's time, s.
    known : sequence of ndarray, shape (33, 2), or None
        Poses of others in this picture that are settled already, px.
    min_size_px : float
        Smallest body size that is believed, px.
    """
    if body is None or implausible(body, min_size_px=min_size_px) is not None:
        return float("inf")
    if person.held and head_down(body.points_px):
        return float("inf")
    if any(pose is not None and same_body(body.points_px, pose) for pose in known):
        return float("inf")
    return person.course.surprise(body.points_px, time_s=time_s)


def rivals(people: Sequence[Person], candidates: Mapping[int, tuple[Body, float]]) -> list[Person]:
    """Give those whose pose of this picture lies on another's body.

    Parameters
    ----------
    people : sequence of Person
        In the order in which they were found.
    candidates : mapping of int to (Body, float)
        Poses that may be theirs, by their key, with their surprise.
    """
    lost: list[Person] = []
    by_age = [p for p in people if p.key in candidates]
    for i, older in enumerate(by_age):
        for younger in by_age[i + 1 :]:
            if older in lost or younger in lost:
                continue
            a, surprise_a = candidates[older.key]
            b, surprise_b = candidates[younger.key]
            if not same_body(a.points_px, b.points_px):
                continue
            if _two_people(older, younger, a.points_px, b.points_px, n_people=len(people)):
                continue
            old_strayed = younger.n_seen > _YOUNG_FRAMES and surprise_a > surprise_b
            lost.append(older if old_strayed else younger)
    return lost


def _two_people(one: Person, other: Person, a: FloatArray, b: FloatArray, *, n_people: int) -> bool:
    """Whether two bodies that lie on each other have a head each."""
    if one.in_pair and other.in_pair:
        return heads_apart(a, b) > PAIR_APART
    return n_people <= CROWD and two_heads(a, b)
