from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.people.crop import crop_around, crop_of_box
from gaitcheck.people.estimators import Follower, Pool
from gaitcheck.people.follow import track_people
from gaitcheck.people.geometry import body_centre
from gaitcheck.people.held import HeldSearch
from gaitcheck.people.held_look import find_held, held_boxes
from gaitcheck.people.look import MARGIN
from gaitcheck.people.person import Person
from gaitcheck.pose.landmarks import INDEX
from tests.people.scene import Factory, body, frames, room, standing

ADULT = standing(x=200, feet_y=420, height=300)
CHILD = standing(x=250, feet_y=425, height=140)
SIZE = (640, 480)


def _hands_at(x, *, points=ADULT):
    moved = points.copy()
    for name in ("left_wrist", "right_wrist"):
        moved[INDEX[name], 0] = x
    return moved


def test_one_place_for_hands_together_and_one_for_each_of_hands_apart():
    together = held_boxes(_hands_at(230.0), heights=[0.5])
    apart = held_boxes(ADULT, heights=[0.5])
    assert len(together) == 1
    assert (together[0][0] + together[0][2]) / 2 == pytest.approx(230)
    assert sorted((b[0] + b[2]) / 2 for b in apart) == pytest.approx([155, 245])
    for x0, y0, x1, y1 in (*together, *apart):
        assert y1 == pytest.approx(417)  # the adult's feet
        assert 130 < y1 - y0 < 180
        assert x1 - x0 < y1 - y0


class Scripted:
    """An estimator that sees given bodies of the picture, one a look, in the crops foreseen."""

    def __init__(self, *seen):
        self.seen = list(seen)

    def estimate(self, image_bgr, *, time_s):  # noqa: ARG002
        points, crop = self.seen.pop(0)
        return () if points is None else (body(crop.from_picture(points)),)

    def reset(self): ...

    def close(self): ...


BOX = held_boxes(ADULT, heights=[0.45])[1]


def _find(points, *, adult=ADULT, known=()):
    first, place = (
        crop_around(ADULT, margin=MARGIN, picture_size=SIZE),
        crop_of_box(BOX, margin=1.5),
    )
    last = place if points is None else crop_around(points, margin=MARGIN, picture_size=SIZE)
    looks = Scripted((adult, first), (points, place), (points, place), (points, last))
    return find_held(
        Follower(looks), np.zeros((480, 640, 3), np.uint8), adult_px=ADULT, box=BOX,
        known=[ADULT, *known], min_size_px=27.0,
    )  # fmt: skip


def test_a_child_beside_the_legs_is_found_where_it_is():
    found = _find(CHILD)
    assert found is not None
    np.testing.assert_allclose(found.points_px, CHILD, atol=0.01)


def test_a_child_in_the_adults_legs_is_told_by_its_head_beside_them():
    legs_apart = ADULT.copy()
    for name in ("left_knee", "left_ankle", "left_heel", "left_foot_index"):
        legs_apart[INDEX[name], 0] = 250
    assert _find(CHILD, adult=legs_apart) is not None


@pytest.mark.parametrize(
    ("points", "known"),
    [
        pytest.param(None, (), id="nobody"),
        pytest.param(standing(x=200, feet_y=420, height=140), (), id="the adult's own legs"),
        pytest.param(standing(x=255, feet_y=420, height=280), (), id="as large as the adult"),
        pytest.param(CHILD, (CHILD + 2,), id="known already"),
        pytest.param(standing(x=250, feet_y=425, height=20), (), id="too small"),
        pytest.param(CHILD * (1, -1) + (0, 710), (), id="head down"),
    ],
)
def test_phantoms_and_people_known_are_not_found(points, known):
    assert _find(points, known=known) is None


def test_nobody_is_looked_for_where_the_adult_is_not_seen_again():
    assert _find(CHILD, adult=ADULT + 200) is None


class Moving:
    """Tells of everywhere that the same share moves."""

    def __init__(self, share):
        self.share = share

    def share_beside(self, box, points_px):  # noqa: ARG002
        return self.share


class Blind(Factory):
    """Makes estimators of which those that search see the largest only."""

    def __call__(self, max_bodies, following):
        return super().__call__(max_bodies if following else 1, following)


def _tries(share, *, seconds, people=1):
    """Begin searches beside people who stand still; give how many were made."""
    factory = Factory()
    picture = room()
    with Pool(factory, bodies_a_search=1) as pool, ThreadPoolExecutor(1) as threads:
        search = HeldSearch(pool, threads=threads, min_size_px=27.0)
        crowd = [
            Person(
                k, body(ADULT + np.array([200.0 * k, 0.0])), row=0, time_s=0.0, picture_size=SIZE,
                estimator=pool.take(),
            )
            for k in range(people)
        ]  # fmt: skip
        for person in crowd:
            person.locked = True
        asked = 0
        for row in range(round(25 * seconds)):
            search.begin(crowd, Moving(share), picture, row=row, time_s=row / 25)
            asked += search.busy
            assert list(search.join(before=row + 1)) == []
    return asked


def test_where_nothing_moves_beside_them_it_is_not_looked():
    assert _tries(0.01, seconds=10.0) == 0
    assert 5 <= _tries(0.3, seconds=2.5) <= 8
    assert _tries(0.3, seconds=20.0) <= 11
    assert 2 <= _tries(None, seconds=2.5) <= 4


def test_without_an_idle_estimator_there_is_no_search():
    assert _tries(0.3, seconds=1.0, people=4) == 0


def test_a_child_whom_no_search_sees_is_followed_from_the_adults_hand():
    def adult(t):
        return standing(x=150 + 40 * t, feet_y=420, height=260)

    def child(t):
        return standing(x=200 + 40 * t, feet_y=425, height=120)

    factory = Blind()
    result = track_people(
        frames([adult, child], n=75),
        model_path=Path("no model is needed"),
        estimator_factory=factory,
        workers=2,
    )
    assert len(result.tracks) == 2
    small = min(result.tracks, key=lambda t: np.nanmedian(np.ptp(t.points_px[..., 1], axis=1)))
    assert small.time_s[0] < 0.5
    assert small.seen.mean() > 0.95
    away = [
        np.linalg.norm(body_centre(p) - body_centre(child(float(t))))
        for t, p in zip(small.time_s[small.seen], small.points_px[small.seen], strict=True)
    ]
    assert max(away) < 15
