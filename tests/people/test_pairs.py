from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from gaitcheck.people.crop import crop_around, crop_of_box
from gaitcheck.people.crowd import Crowd
from gaitcheck.people.estimators import Follower, Pool
from gaitcheck.people.geometry import body_box
from gaitcheck.people.pairs import PairFound, PairSearch, find_two
from gaitcheck.people.person import MARGIN, Person
from gaitcheck.people.plausible import same_body
from gaitcheck.people.verdict import rivals
from gaitcheck.settings import PeopleSettings
from tests.people.scene import Factory, body, room, standing

SIZE = (640, 480)
MIXED = standing(x=300, feet_y=420, height=300)
LEFT = standing(x=275, feet_y=420, height=300)
RIGHT = standing(x=325, feet_y=425, height=290)


class Scripted:
    """An estimator that sees given bodies of the picture, one a look, in the crops foreseen.

    Then nobody.
    """

    def __init__(self, *seen):
        self.seen, self.pictures = list(seen), []

    def estimate(self, image_bgr, *, time_s):  # noqa: ARG002
        self.pictures.append(image_bgr)
        points, crop = self.seen.pop(0) if self.seen else (None, None)
        return () if points is None else (body(crop.from_picture(points)),)

    def reset(self): ...

    def close(self): ...


def _half(side):
    box = body_box(MIXED, picture_size=SIZE)
    height, x = box[3] - box[1], (box[0] + box[2]) / 2 + side * 0.15 * (box[3] - box[1])
    around = np.array([x - 0.2 * height, box[1], x + 0.2 * height, box[3]])
    return crop_of_box(around, margin=MARGIN)


def _around(points):
    return crop_around(points, margin=MARGIN, picture_size=SIZE)


def _looks(left, right, *, again=None):
    seen = [(MIXED, _around(MIXED)), (left, _half(-1)), (right, _half(1))]
    if left is not None and right is not None:
        nearer, other = sorted((left, right), key=lambda p: np.abs(p - MIXED).sum())
        again = again or (nearer, other)
        seen += [(p, _around(q)) for p, q in zip(again, (nearer, other), strict=True)]
    return Scripted(*seen)


def _find(looks, *, times=0):
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, :300], picture[:, 300:] = (0, 0, 200), (200, 0, 0)
    return find_two(
        Follower(looks), picture, points_px=MIXED, times=times, min_size_px=27.0
    )  # fmt: skip


def test_two_heads_are_two_people_the_one_more_like_the_pose_first():
    nearer = standing(x=285, feet_y=420, height=300)
    found = _find(_looks(nearer, RIGHT))
    assert found is not None
    np.testing.assert_allclose(found[0].points_px, nearer, atol=0.01)
    np.testing.assert_allclose(found[1].points_px, RIGHT, atol=0.01)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(MIXED - 4.0, MIXED + 4.0, id="one head"),
        pytest.param(RIGHT, LEFT, id="each on the other's side"),
        pytest.param(None, RIGHT, id="nobody on the left"),
        pytest.param(LEFT, None, id="nobody on the right"),
        pytest.param(LEFT, RIGHT * (1, -1) + (0, 710), id="head down"),
        pytest.param(LEFT, standing(x=325, feet_y=425, height=20), id="too small"),
    ],
)
def test_one_body_stays_one(left, right):
    assert _find(_looks(left, right)) is None


def test_who_is_not_found_again_beside_the_other_is_nobody():
    assert _find(_looks(LEFT, RIGHT, again=(LEFT + 80.0, RIGHT))) is None
    assert _find(_looks(LEFT, RIGHT, again=(LEFT, LEFT))) is None


def test_each_half_is_seen_without_the_other():
    looks = _looks(LEFT, RIGHT)
    assert _find(looks) is not None
    _, left, right, *_ = looks.pictures
    assert (left[..., 2] >= left[..., 0]).all()
    assert (right[..., 0] >= right[..., 2]).all()
    assert left.max() > 150 < right.max()


class Moving:
    """Tells of everywhere that the same share moves."""

    def __init__(self, share):
        self.share = share

    def share_beside(self, box, points_px):  # noqa: ARG002
        return self.share


def _tries(share, *, seconds, apart_px=0.0):
    """Look at people who stand still; give how many looks were begun."""
    with Pool(Factory(), bodies_a_search=1) as pool, ThreadPoolExecutor(1) as threads:
        search = PairSearch(pool, threads=threads, min_size_px=27.0)
        crowd = [
            Person(
                k, body(MIXED + np.array([apart_px * k, 0.0])), row=0, time_s=0.0,
                picture_size=SIZE, estimator=pool.take(),
            )
            for k in range(2 if apart_px else 1)
        ]  # fmt: skip
        begun = 0
        for row in range(round(25 * seconds)):
            for person in crowd:
                person.locked = True
                person.see(body(person.course.points_px), row=row, time_s=row / 25)
            search.begin(crowd, Moving(share), room(), row=row, time_s=row / 25)
            begun += search.busy
            assert list(search.join(before=row + 1)) == []
    return begun


def test_it_is_looked_where_something_moves_beside_the_pose_and_ever_more_seldom():
    assert _tries(0.0, seconds=5.0) == 0
    assert 5 <= _tries(0.1, seconds=3.0) <= 8
    assert _tries(0.1, seconds=20.0) <= 17
    assert _tries(None, seconds=3.0) == _tries(0.03, seconds=3.0) < _tries(0.1, seconds=3.0)


def test_two_who_are_followed_are_not_looked_at():
    assert _tries(0.1, seconds=2.0, apart_px=60.0) == 0
    assert _tries(0.1, seconds=2.0, apart_px=200.0) > 0


def _welcomed(*, begun_s, known=None):
    """Follow MIXED for a while, then welcome LEFT and RIGHT in its place; give the crowd."""
    settings = PeopleSettings()
    with Pool(Factory(), bodies_a_search=1) as pool, ThreadPoolExecutor(1) as threads:
        crowd = Crowd(settings, pool=pool, threads=threads)
        times_s = [begun_s + k / 25 for k in range(6)]
        one = crowd._begin(
            body(MIXED), row=0, time_s=times_s[0], picture_size=SIZE, by=pool.take()
        )  # fmt: skip
        if known is not None:
            crowd._begin(body(known), row=5, time_s=5.0, picture_size=SIZE, by=pool.take())
        for row in range(1, 6):
            one.see(body(MIXED), row=row, time_s=times_s[row] if row < 5 else 5.0)
        times_s[5] = 5.0
        follower = pool.idle()
        found = PairFound(5, one.key, body(LEFT), body(RIGHT), follower)
        crowd.welcome_pair(found, time_s=5.0, since=[], picture_size=SIZE, begun_s=times_s)
    return crowd, follower


def test_who_was_followed_for_long_keeps_what_was_seen_before():
    crowd, follower = _welcomed(begun_s=0.0)
    one, other = crowd.people
    assert [row for row, _ in one.poses()] == [0, 1, 2, 3, 4, 5]
    np.testing.assert_allclose(one.pose_at(4), MIXED, atol=0.01)
    np.testing.assert_allclose(one.pose_at(5), LEFT, atol=0.01)
    np.testing.assert_allclose(other.pose_at(5), RIGHT, atol=0.01)
    assert other.estimator is follower
    assert follower.n_people == 1
    assert one.locked
    assert other.locked
    assert one.in_pair
    assert other.in_pair


def test_who_was_followed_for_a_moment_is_followed_backward_anew():
    crowd, _ = _welcomed(begun_s=4.0)
    one, other = crowd.people
    assert [row for row, _ in one.poses()] == [5]
    assert not one.rewound
    assert not other.rewound


def test_a_second_one_who_is_known_is_nobody_new():
    crowd, follower = _welcomed(begun_s=0.0, known=RIGHT)
    assert len(crowd.people) == 2
    np.testing.assert_allclose(crowd.people[0].pose_at(5), MIXED, atol=0.01)
    assert follower.n_people == 0


def test_two_with_a_head_each_are_no_rivals():
    near = standing(x=332, feet_y=420, height=300)
    people = [
        Person(k, body(p), row=0, time_s=0.0, picture_size=SIZE, estimator=Follower(Scripted()))
        for k, p in enumerate((MIXED, near))
    ]
    assert same_body(MIXED, near)
    assert rivals(people, {0: (body(MIXED), 0.1), 1: (body(near), 0.1)}) == []
    same = MIXED + 3.0
    assert rivals(people, {0: (body(MIXED), 0.1), 1: (body(same), 0.1)}) == [people[1]]


def test_two_found_in_one_pose_are_rivals_once_their_heads_are_one():
    nearer = standing(x=318, feet_y=420, height=300)
    people = [
        Person(k, body(p), row=0, time_s=0.0, picture_size=SIZE, estimator=Follower(Scripted()))
        for k, p in enumerate((MIXED, nearer))
    ]
    seen = {0: (body(MIXED), 0.1), 1: (body(nearer), 0.1)}
    assert rivals(people, seen) == [people[1]]
    for person in people:
        person.in_pair = True
    assert rivals(people, seen) == []
    assert rivals(people, {**seen, 1: (body(MIXED + 3.0), 0.1)}) == [people[1]]
