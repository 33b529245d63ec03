from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from gaitcheck.people.estimators import N_FOLLOWERS, Follower, Pool, Turns
from tests.people.scene import Factory, body, standing


class Recorder:
    """Finds what it is told to, and counts how often it is reset."""

    def __init__(self) -> None:
        self.found = standing(x=190, feet_y=320, height=250)
        self.n_resets = 0

    def estimate(self, image_bgr, *, time_s):  # noqa: ARG002
        return () if self.found is None else (body(self.found),)

    def reset(self) -> None:
        self.n_resets += 1

    def close(self) -> None: ...


def _look(follower, key, *, x=190.0, height=250.0, turned=False, locked=True):
    expected = standing(x=x, feet_y=320, height=height)
    if turned:
        expected = expected[:, ::-1].copy()
    picture = np.zeros((384, 384, 3), np.uint8)
    return follower.estimate(picture, key=key, expected_px=expected, locked=locked, time_s=0.0)


@pytest.mark.parametrize(
    ("change", "resets"),
    [
        pytest.param({}, 0, id="alike"),
        pytest.param({"x": 260.0}, 1, id="elsewhere in the crop"),
        pytest.param({"height": 150.0}, 1, id="smaller"),
        pytest.param({"turned": True}, 1, id="lying"),
        pytest.param({"locked": False}, 1, id="lost"),
    ],
)
def test_the_next_person_is_looked_for_afresh_unless_alike(change, resets):
    recorder = Recorder()
    follower = Follower(recorder)
    _look(follower, 1)
    _look(follower, 2, **change)
    assert recorder.n_resets == resets


def test_the_same_person_is_never_reset_by_itself():
    recorder = Recorder()
    follower = Follower(recorder)
    for x in (190.0, 260.0, 120.0):
        _look(follower, 1, x=x, locked=False)
    assert recorder.n_resets == 0


def test_nothing_to_forget_after_nobody_was_seen():
    recorder = Recorder()
    recorder.found = None
    follower = Follower(recorder)
    assert _look(follower, 1) is None
    _look(follower, 2, x=260.0)
    assert recorder.n_resets == 0


def test_a_crowd_shares_a_few_estimators_evenly():
    factory = Factory()
    with Pool(factory, bodies_a_search=3) as pool:
        lent = [pool.take() for _ in range(2 * N_FOLLOWERS)]
        assert pool.idle() is None
        for key, follower in enumerate(lent):
            _look(follower, key)
        assert len(factory.made) == N_FOLLOWERS
        assert {f.n_people for f in lent} == {2}
        assert len({id(f) for f in lent[:N_FOLLOWERS]}) == N_FOLLOWERS
        pool.give_back(lent[1])
        assert pool.take() is lent[1]
    assert all(e.closed for e in factory.made)


def test_one_alone_makes_one_estimator_and_it_is_used_again():
    factory = Factory()
    with Pool(factory, bodies_a_search=3) as pool:
        first = pool.take()
        assert factory.made == []  # made when first used: that takes 100 ms
        _look(first, 1)
        pool.give_back(first)
        assert pool.take() is first
        assert len(factory.made) == 1


def test_an_idle_estimator_is_nobodys_until_lent():
    with Pool(Factory(), bodies_a_search=3) as pool:
        first = pool.take()
        second = pool.idle()
        assert second is not first
        assert pool.idle() is second
        assert pool.take() is second


def test_jobs_of_one_estimator_run_one_after_another_in_their_order():
    done, running, together = [], [], []

    def work(number):
        running.append(number)
        time.sleep(0.002 * (5 - number))
        together.append(len(running))
        done.append(number)
        running.remove(number)
        return number

    with ThreadPoolExecutor(4) as threads:
        turns = Turns()
        jobs = [turns.submit(threads, work, number) for number in range(5)]
        assert [job.result() for job in jobs] == list(range(5))
    assert done == list(range(5))
    assert set(together) == {1}


def test_a_job_that_fails_does_not_hold_up_the_next():
    def broken():
        raise ValueError("broken")

    with ThreadPoolExecutor(2) as threads:
        turns = Turns()
        first, second = turns.submit(threads, broken), turns.submit(threads, lambda: 7)
        assert second.result() == 7
        with pytest.raises(ValueError, match="broken"):
            first.result()
