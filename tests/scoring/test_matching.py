from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.scoring.matching import iou, match_events, match_people
from gaitcheck.scoring.truth import Contact, Span, TruePerson


def person(name: str, *boxes: list[float], seen: tuple[bool, ...] = ()) -> TruePerson:
    contacts = tuple(Contact(float(t), None, required) for t, required in enumerate(seen))
    return TruePerson(name, np.array(boxes), Span("labelled", 0, 10), contacts, (), ())


@pytest.mark.parametrize(
    ("found", "true", "pairs"),
    [
        pytest.param([1.0], [1.1], [(0, 0)], id="on the tolerance"),
        pytest.param([1.0], [1.11], [], id="beyond the tolerance"),
        pytest.param([1.0, 1.05], [1.06], [(1, 0)], id="the nearer one wins"),
        pytest.param([1.0], [0.95, 1.02], [(0, 1)], id="one found serves one true"),
        pytest.param([], [1.0], [], id="nothing found"),
        pytest.param([1.0, 2.0], [1.0, 2.0], [(0, 0), (1, 1)], id="all"),
    ],
)
def test_match_events(found, true, pairs):
    assert match_events(found, true, 0.1) == pairs


def test_iou_of_half_overlapping_boxes():
    assert iou(np.array([[0, 0, 2, 1]]), np.array([[1, 0, 3, 1]]))[0] == pytest.approx(1 / 3)


def test_iou_of_apart_boxes_is_zero():
    assert iou(np.array([[0, 0, 1, 1]]), np.array([[2, 2, 3, 3]]))[0] == 0


def test_people_go_to_the_one_they_overlap_most():
    people = [
        person("walks right", *([t, 10 * t, 0, 10 * t + 10, 30] for t in range(11))),
        person("stands", *([t, 200, 0, 210, 30] for t in range(11))),
    ]
    found = {
        1: np.array([[0, 1, 0, 11, 30], [5, 51, 0, 61, 30]]),
        2: np.array([[5, 52, 0, 62, 30], [10, 101, 0, 111, 30]]),
        3: np.array([[0, 400, 0, 410, 30], [10, 400, 0, 410, 30]]),
    }
    assert match_people(found, people) == {1: 0, 2: 0, 3: None}


def test_found_person_of_another_time_is_nobody():
    people = [person("seen at 1 s", [1, 0, 0, 10, 30])]
    assert match_people({1: np.array([[5, 0, 0, 10, 30], [6, 0, 0, 10, 30]])}, people) == {1: None}


def test_who_is_found_a_little_later_near_a_lone_first_box_is_that_person():
    people = [person("walks", [1.0, 100, 0, 120, 60]), person("stands", [1.0, 300, 0, 320, 60])]
    found = {1: np.array([[1.5, 130, 0, 150, 60], [2.0, 160, 0, 180, 60]])}
    assert match_people(found, people) == {1: 0}
    much_later = {1: found[1] + [2.0, 0, 0, 0, 0]}
    assert match_people(much_later, people) == {1: None}


@pytest.mark.parametrize(
    ("child_seen", "adult_x", "expected"),
    [
        pytest.param((False,) * 8, 2, 1, id="wholly hidden by the adult"),
        pytest.param((True,) * 8, 2, 0, id="before the adult"),
        pytest.param((False,) * 8, 12, 0, id="the adult is elsewhere"),
    ],
)
def test_of_two_whom_a_box_fits_alike_it_is_the_one_who_can_be_seen(child_seen, adult_x, expected):
    times = range(9)
    people = [
        person("child", *([t, 1, 0, 101, 200] for t in times), seen=child_seen),
        person("adult", *([t, adult_x, 0, 100 + adult_x, 200] for t in times), seen=(True,) * 8),
    ]
    found = {1: np.array([[t, 0, 0, 100, 200] for t in times])}
    assert match_people(found, people) == {1: expected}


def test_who_is_hidden_is_found_where_nobody_else_is():
    hidden = person("hidden", *([t, 1, 0, 101, 200] for t in range(9)), seen=(False,) * 8)
    assert match_people({1: np.array([[t, 0, 0, 100, 200] for t in range(9)])}, [hidden]) == {1: 0}
