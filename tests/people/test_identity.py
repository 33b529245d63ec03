from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from gaitcheck.people.clothes import clothes, colourful, likeness
from gaitcheck.people.identity import told_apart
from gaitcheck.people.person import Person
from gaitcheck.people.wardrobe import Wardrobe
from tests.people.scene import body, paint, room, standing

SIZE = (640, 480)
FPS = 10.0
EVERY = 3
"""Clothes are read no more often than in every third picture; only these are drawn."""
ROOM = room()
RED, BLUE, BLACK = (40, 30, 190), (190, 70, 20), (35, 35, 35)


@dataclass
class Follower:
    """Stands in for the estimator, which nobody asks here."""

    n_people: int = 1


def _dressed(picture, points, colour):
    grey = np.zeros((*picture.shape[:2], 3), np.uint8)
    paint(grey, points, 0)
    picture[grey.any(axis=2)] = colour


def _followed(*walks):
    """Follow people: each walk gives landmarks and colour by time, or None while away.

    A walk may be of several tracks: where the list of walks names another key, a new one begins.
    """
    people, wardrobe = {}, Wardrobe()
    for row in range(300):
        time_s = row / FPS
        shown = {key: at for key, walk in walks if (at := walk(time_s)) is not None}
        seen = []
        for key, (points, _) in shown.items():
            if key not in people:
                people[key] = Person(
                    key, body(points), row=row, time_s=time_s, picture_size=SIZE,
                    estimator=Follower(),
                )  # fmt: skip
            else:
                people[key].see(body(points), row=row, time_s=time_s)
            seen.append(people[key])
        if row % EVERY == 0:
            picture = ROOM.copy()
            for points, colour in shown.values():
                _dressed(picture, points, colour)
            wardrobe.look(picture, seen, row=row, time_s=time_s)
    return list(people.values())


def _walk(colour, *, start, end, x, speed=40.0, height=220.0):
    def at(time_s):
        if not start <= time_s < end:
            return None
        feet = standing(x=x + speed * (time_s - start), feet_y=430.0, height=height)
        return feet, colour

    return at


def _told(*walks, cuts_s=()):
    people = _followed(*enumerate(walks))
    return told_apart(people, [row / FPS for row in range(300)], cuts_s=cuts_s)


LEAVES = {"start": 0.0, "end": 8.0, "x": 320.0}
RETURNS = {"start": 14.0, "end": 22.0, "x": 620.0, "speed": -40.0}


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_who_leaves_and_comes_back_in_clothes_of_a_colour_is_the_same(colour):
    told = _told(_walk(colour, **LEAVES), _walk(colour, **RETURNS))
    assert len(told) == 1
    track = told[0].track(
        1, time_s=[row / FPS for row in range(300)], frame_index=range(300),
        to_room=np.tile(np.eye(3), (300, 1, 1)),
    )  # fmt: skip
    assert (track.time_s[0], track.time_s[-1]) == pytest.approx((0.0, 21.9))
    away = (track.time_s >= 8.0) & (track.time_s < 14.0)
    assert not track.seen[away].any()
    assert track.seen[~away].all()


def test_others_clothes_are_others():
    assert len(_told(_walk(RED, **LEAVES), _walk(BLUE, **RETURNS))) == 2


def test_black_clothes_tell_nothing():
    assert len(_told(_walk(BLACK, **LEAVES), _walk(BLACK, **RETURNS))) == 2


def test_a_child_in_the_same_colours_is_not_the_adult():
    assert len(_told(_walk(RED, **LEAVES), _walk(RED, **RETURNS, height=130.0))) == 2


def test_nobody_is_linked_where_another_wears_the_like():
    third = _walk(RED, start=0.0, end=30.0, x=60.0, speed=0.0)
    assert len(_told(_walk(RED, **LEAVES), _walk(RED, **RETURNS), third)) == 3


def test_nobody_crosses_the_picture_unseen_in_a_moment():
    back = {**RETURNS, "start": 8.2, "end": 16.0, "x": 30.0, "speed": 40.0}
    assert len(_told(_walk(RED, **LEAVES), _walk(RED, **back))) == 2


def test_nobody_is_linked_across_a_cut():
    assert len(_told(_walk(RED, **LEAVES), _walk(RED, **RETURNS), cuts_s=[10.0])) == 2


def test_who_comes_back_twice_is_one():
    again = {"start": 25.0, "end": 29.0, "x": 320.0, "speed": 0.0}
    told = _told(_walk(RED, **LEAVES), _walk(RED, **RETURNS), _walk(RED, **again))
    assert len(told) == 1
    assert told[0].last_row == 289


def _swapped(one, other, *, at_s):
    """A track that goes on with somebody else."""
    return lambda time_s: one(time_s) if time_s < at_s else other(time_s)


def test_tracks_exchanged_in_a_crossing_are_mended():
    red = _walk(RED, start=0.0, end=16.0, x=60.0)
    blue = _walk(BLUE, start=0.0, end=16.0, x=600.0, speed=-30.0)
    meet_s = (600.0 - 60.0) / 70.0
    a, b = _swapped(red, blue, at_s=meet_s), _swapped(blue, red, at_s=meet_s)
    told = _told(a, b)
    assert len(told) == 2
    for person in told:
        own = _colours(person)
        assert max(own) - min(own) < 20
    assert {round(np.mean(_colours(person)), -2) for person in told} == {0.0, 200.0}


def _colours(person):
    """How red what somebody wears is, by where it was painted: 190 or 20."""
    meet_s = (600.0 - 60.0) / 70.0
    values = []
    for row, pose in person.poses():
        x, t = float(pose.points_px[[23, 24], 0].mean()), row / FPS
        if abs(t - meet_s) > 1.0:
            values.append(190 if abs(x - (60 + 40 * t)) < abs(x - (600 - 30 * t)) else 20)
    return values


def test_who_changes_colour_with_nobody_near_stays_one():
    red = _walk(RED, start=0.0, end=16.0, x=60.0, speed=20.0)
    blue = _walk(BLUE, start=0.0, end=16.0, x=60.0, speed=20.0)
    assert len(_told(_swapped(red, blue, at_s=8.0))) == 1


def test_clothes_are_read_beside_others_not_through_them():
    points = standing(x=200, feet_y=430, height=220)
    picture = ROOM.copy()
    _dressed(picture, points, RED)
    whole = clothes(picture, points)
    assert whole is not None
    assert whole.sum(axis=1) == pytest.approx(1.0)
    assert colourful(whole) > 0.9
    assert clothes(picture, points, others=[points + np.array([6.0, 0.0])]) is None
    beside = clothes(picture, points, others=[points + np.array([120.0, 0.0])])
    assert beside is not None
    assert likeness(whole, beside) > 0.95
    assert clothes(picture, points + np.array([2000.0, 0.0])) is None


def test_a_little_less_light_is_still_alike_and_another_colour_not():
    points = standing(x=200, feet_y=430, height=220)
    worn = []
    for colour in (RED, tuple(round(0.85 * c) for c in RED), BLUE):
        picture = ROOM.copy()
        _dressed(picture, points, colour)
        worn.append(clothes(picture, points))
    assert likeness(worn[0], worn[1]) > 0.7
    assert likeness(worn[0], worn[2]) < 0.3


def test_clothes_read_in_poses_that_are_forgotten_are_forgotten_too():
    (person,) = _followed((0, _walk(RED, start=0.0, end=20.0, x=50.0)))
    person._bodies = {k: v for k, v in person._bodies.items() if not 40 < k < 60 or k == 51}
    person.forget_glimpses([row / FPS for row in range(300)])
    assert person.pose_at(51) is None
    assert person.clothes
    assert all(person.pose_at(row) is not None for row in person.clothes)
    last = person.last_row
    person.begin_anew(body(standing(x=50, feet_y=400, height=200)), row=last + 1, time_s=21.0,
                      since_row=100)  # fmt: skip
    assert max(person.clothes) < 100
