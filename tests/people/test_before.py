"""Somebody small before a larger body, and that body's own legs taken for somebody."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.before import lies_on, only_part
from gaitcheck.people.crop import crop_around
from gaitcheck.people.estimators import Follower
from gaitcheck.people.geometry import FACE, body_box
from gaitcheck.people.look import MARGIN
from gaitcheck.people.person import Person
from gaitcheck.people.scout import Place, low_crop, whole_crop
from gaitcheck.people.search import search
from tests.people.scene import body, standing

SIZE = (640, 480)
PICTURE = np.zeros((480, 640, 3), np.uint8)
ADULT = standing(x=320, feet_y=450, height=380)
CHILD = standing(x=320, feet_y=452, height=170)
ASIDE = np.array([600.0, 0.0])
BOX = body_box(ADULT, picture_size=SIZE)
LOW, WHOLE = low_crop(BOX), whole_crop(BOX)
OTHER_LOOKS = (LOW, LOW, WHOLE, WHOLE)
"""Where it is looked after somebody was found in the low crop with the chest painted over."""


class Scripted:
    """An estimator that sees given landmarks of the picture, one a look, in the crops foreseen."""

    def __init__(self, seen, crops):
        self.seen = list(zip(seen, crops, strict=True))

    def estimate(self, image_bgr, *, time_s):  # noqa: ARG002
        points, crop = self.seen.pop(0)
        return () if points is None else (body(crop.from_picture(points)),)

    def reset(self): ...

    def close(self): ...


def _only_part(found, *others, known=(ADULT,)):
    looks = Scripted(others, OTHER_LOOKS[: len(others)])
    part = only_part(
        looks, body(found), PICTURE, list(known), place=Place("beside", LOW, paint="chest")
    )
    return part, len(looks.seen)


def _with_head_at(points, y):
    moved = points.copy()
    moved[list(FACE), 1] += y - moved[list(FACE), 1].mean()
    return moved


def test_the_child_lies_on_the_adult_whole():
    assert lies_on(CHILD, [ADULT + 300, ADULT]) == [1]


@pytest.mark.parametrize(
    ("looks", "left"),
    [
        pytest.param((CHILD, CHILD + 2, None, None), 2, id="in the next two looks"),
        pytest.param((None, CHILD, None, CHILD + 3), 0, id="in two of four"),
    ],
)
def test_who_is_seen_alike_whatever_is_painted_over_is_somebody(looks, left):
    assert _only_part(CHILD, *looks) == (False, left)


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param((None, None, None, None), id="in no other look"),
        pytest.param((CHILD, None, None, None), id="in one"),
        pytest.param((CHILD + 40, CHILD - 40, CHILD * 0.8, None), id="elsewhere each time"),
        pytest.param([_with_head_at(CHILD, 250 + 25 * k) for k in (-1, 1, 2, 3)], id="other heads"),
        pytest.param([standing(x=320, feet_y=452, height=h) for h in (120, 140, 210, 240)],
                     id="of other sizes"),
    ],
)  # fmt: skip
def test_limbs_are_another_body_in_each_look(looks):
    assert _only_part(CHILD, *looks)[0]


def test_neither_somebody_as_large_nor_anybody_in_a_crowd_is_looked_at_again():
    assert _only_part(standing(x=320, feet_y=452, height=350))[0]
    passing = [ADULT, ADULT + ASIDE, ADULT - ASIDE]
    assert _only_part(CHILD, known=passing)[0]


@pytest.mark.parametrize(("paint", "part"), [("chest", True), ("upper", False), ("all", False)])
def test_what_does_not_lie_on_another_is_a_part_of_them_only_with_the_belly_bare(paint, part):
    beside, place = CHILD + ASIDE / 4, Place("beside", LOW, paint=paint)
    assert only_part(Scripted([], []), body(beside), PICTURE, [ADULT], place=place) == part


def test_where_upper_bodies_are_painted_over_it_is_looked_with_chests_alone_too():
    class Counting(Scripted):
        def estimate(self, image_bgr, *, time_s):  # noqa: ARG002
            bare.append(float((image_bgr == LOW.cut(noise)).all(axis=2).mean()))
            return ()

    bare = []
    places = [Place("beside", LOW, paint=paint) for paint in ("all", "upper", "none")]
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert search(Counting([], []), places, noise, known=[ADULT], min_size_px=27.0) == []
    whole, upper, chest, nothing = bare
    assert whole < upper < chest < nothing == 1.0


def _lost():
    person = Person(
        1, body(CHILD), row=0, time_s=0.0, picture_size=SIZE, estimator=Follower(Scripted([], []))
    )
    person.locked = False
    return person


def test_whoever_is_lost_before_another_is_looked_for_where_the_other_was_shown():
    person = _lost()
    look = person.aim(0.04, [ADULT], by=person.estimator, first=ADULT)
    of_adult = crop_around(ADULT, margin=MARGIN, picture_size=SIZE)
    seen = [ADULT, None, ADULT, CHILD]  # the second time with nothing painted over
    follower = Follower(Scripted(seen, [of_adult, look.crop, of_adult, look.crop]))
    found = look.follow(PICTURE, follower)
    assert found is not None
    np.testing.assert_allclose(found.points_px, CHILD, atol=0.1)


def test_the_first_look_that_shows_them_is_enough():
    person = _lost()
    look = person.aim(0.04, [ADULT], by=person.estimator, first=ADULT)
    of_adult = crop_around(ADULT, margin=MARGIN, picture_size=SIZE)
    looks = Scripted([ADULT, CHILD, None, None], [of_adult, look.crop, of_adult, look.crop])
    assert look.follow(PICTURE, Follower(looks)) is not None
    assert len(looks.seen) == 2
