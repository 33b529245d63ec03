"""Looks beside the following: begun in one frame, joined in a later one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gaitcheck.people.estimators import Follower
from gaitcheck.people.tries import Tries


def found_at(_follower, place, *, size):
    return (place, size) if place else None


def test_what_was_found_is_given_once_and_only_of_frames_before():
    with ThreadPoolExecutor(1) as threads:
        tries = Tries(threads)
        assert not tries
        for row, place in ((3, "left"), (5, ""), (7, "right")):
            tries.begin(row, 10 + row, Follower(None), found_at, place, size=2)
        assert [(t.row, t.key, found) for t, found in tries.join(before=7)] == [
            (3, 13, ("left", 2))
        ]
        assert tries
        assert [found for _, found in tries.join(before=8)] == [("right", 2)]
        assert not tries


def test_nothing_is_given_of_an_estimator_that_somebody_has_got_meanwhile():
    with ThreadPoolExecutor(1) as threads:
        tries, follower = Tries(threads), Follower(None)
        tries.begin(0, 1, follower, found_at, "left", size=1)
        follower.n_people = 1
        assert list(tries.join(before=1)) == []
