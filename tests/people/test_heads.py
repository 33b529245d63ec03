from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.crop import crop_around
from gaitcheck.people.estimators import Follower, Pool
from gaitcheck.people.geometry import FACE
from gaitcheck.people.heads import by_heads
from gaitcheck.people.look import Look
from gaitcheck.people.looking import joined, look_for
from gaitcheck.people.paint import painted
from gaitcheck.people.person import Person
from tests.people.scene import Factory, body, room, standing

SIZE = (640, 480)
POSE = standing(x=300, feet_y=420, height=300)
BESIDE = standing(x=335, feet_y=425, height=300)
BEHIND = standing(x=302, feet_y=420, height=375)


class Seen:
    """Looks that give what is told: first beside the pose, then with a head painted over."""

    def __init__(self, beside, *headless):
        self._beside, self._headless = beside, list(headless)
        self.places = []

    def beside(self, aside, *, upper):
        self.places.append((aside, upper))
        return None if self._beside is None else body(self._beside)

    def headless(self, points_px, *, around=None):  # noqa: ARG002
        return body(self._headless.pop(0))


def _head_moved(points, *, x=0.0, y=0.0):
    moved = points.copy()
    moved[list(FACE)] += (x, y)
    return moved


@pytest.mark.parametrize("other", [BESIDE, BEHIND])
def test_another_head_is_another_body(other):
    found = by_heads(Seen(other, POSE + 2.0, other + 2.0), POSE, times=0)
    assert found is not None
    np.testing.assert_allclose(found[0].points_px, POSE + 2.0)
    np.testing.assert_allclose(found[1].points_px, other + 2.0)


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param((None,), id="nobody"),
        pytest.param((POSE + 4.0,), id="the same head"),
        pytest.param((_head_moved(POSE, x=40.0), POSE), id="another head on the same body"),
        pytest.param((_head_moved(POSE + 12.0, y=30.0), POSE), id="a head sunk on the chest"),
        pytest.param((BESIDE, BESIDE, BESIDE), id="the first is not there without the second"),
        pytest.param((BESIDE, POSE, BESIDE + 60.0), id="the second is somewhere else next time"),
        pytest.param((BESIDE, POSE, POSE), id="the second is the first next time"),
    ],
)
def test_one_body_stays_one(looks):
    assert by_heads(Seen(*looks), POSE, times=0) is None


def test_it_is_looked_on_both_sides_in_turn():
    looks = Seen(None)
    for times in range(3):
        by_heads(looks, POSE, times=times)
    asides = [aside for aside, _ in looks.places]
    assert min(asides) < 0 < max(asides)
    assert len(set(looks.places)) >= 7


def test_anothers_head_is_painted_over_where_the_rest_is_spared():
    picture = np.full((480, 640, 3), 90, np.uint8)
    picture[:, 320:] = 160
    crop = crop_around(POSE, margin=1.5, picture_size=SIZE)

    def at(image, points):
        x, y = np.round(crop.from_picture(points[list(FACE)].mean(axis=0))).astype(int)
        return image[y, x, 0]

    near = standing(x=300, feet_y=420, height=240)
    spared = painted(crop, picture, [near], spare=POSE)
    both = painted(crop, picture, [near], spare=POSE, heads=[near])
    assert at(spared, near) == 90
    assert at(both, near) != 90
    assert at(both, POSE) == 90
    own = painted(crop, picture, [POSE], spare=POSE, heads=[POSE])
    assert at(own, POSE) == 90


@pytest.mark.parametrize("in_pair", [(True, True), (True, False), (False, False)])
def test_only_those_found_in_one_pose_have_their_heads_painted(in_pair, monkeypatch):
    heads = {}

    def follow(self, image, follower):  # noqa: ARG001
        heads[self.key] = len(self.heads)

    monkeypatch.setattr(Look, "follow", follow)
    with Pool(Factory(), bodies_a_search=1) as pool:
        people = [
            Person(k, body(p), row=0, time_s=0.0, picture_size=SIZE, estimator=Follower(None))
            for k, p in enumerate((POSE, BESIDE))
        ]
        for person, paired in zip(people, in_pair, strict=True):
            person.locked, person.in_pair = True, paired
        joined(look_for(people, room(), time_s=0.04, pool=pool, threads=_AtOnce()))
    assert heads == dict.fromkeys((0, 1), int(all(in_pair)))


class _AtOnce:
    """An executor that does its work at once."""

    def submit(self, work, *args, **kwargs):
        from concurrent.futures import Future

        done = Future()
        done.set_result(work(*args, **kwargs))
        return done
