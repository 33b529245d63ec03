"""Lines in patches drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.lines import (
    ALONG_PX,
    SLOPES_RAD,
    borders,
    floor_ends,
    steps,
    strengths,
    through,
)

SHAPE = (112, 144)
HAND = np.array([72.0, 50.0])
FEET = 104.0
AT_HAND = through(HAND, rows=np.zeros(1))
LEVEL = len(AT_HAND) // 2
NO_BODY = np.zeros(SHAPE, dtype=np.uint8)


def room(*parts: tuple[float, float]) -> np.ndarray:
    """Light from each row on."""
    light = np.full((*SHAPE, 3), 100.0, dtype=np.float32)
    for row, value in parts:
        light[round(row) :] = value
    return light + np.random.default_rng(0).normal(0, 2, light.shape).astype(np.float32)


def ends_at_hand(here: np.ndarray, body: np.ndarray = NO_BODY) -> float:
    change = steps(here, body)
    ends = floor_ends(change, np.eye(3), AT_HAND, x=float(HAND[0]), feet_px=FEET)
    return float(ends[LEVEL])


def strength_at_hand(here: np.ndarray, body: np.ndarray = NO_BODY) -> float:
    found = strengths(borders(here, body), np.eye(3), AT_HAND, x=HAND[0] + ALONG_PX)
    return float(found[LEVEL])


def test_the_foot_of_a_far_wall_is_a_line_at_which_the_floor_ends():
    wall = room((0, 180), (50, 100))
    assert strength_at_hand(wall) > 0.2
    assert ends_at_hand(wall) > 0.9


def test_so_it_is_with_a_board_between_and_a_floor_that_darkens_towards_it():
    here = room((0, 180), (46, 220), (50, 90))
    here[50:] += np.linspace(0, 30, 62, dtype=np.float32)[:, None, None]
    assert ends_at_hand(here) > 0.9


@pytest.mark.parametrize("behind", [100, 160])
def test_a_rail_before_a_wall_or_the_floor_is_no_end_of_it(behind):
    parts = [(0, behind), (50, 40), (53, behind)]
    here = room(*parts, (85, 100)) if behind != 100 else room(*parts)
    assert strength_at_hand(here) > 0.15
    assert ends_at_hand(here) < 0.1


def test_furniture_that_stands_on_the_floor_below_the_line_is_no_end_either():
    assert ends_at_hand(room((0, 180), (50, 140), (80, 100))) < 0.1


def test_what_is_told_by_little_is_not_told():
    body = NO_BODY.copy()
    body[56:] = 255
    assert ends_at_hand(room((0, 180), (50, 100)), body) == 0.0
    assert np.isnan(strength_at_hand(room((0, 180), (50, 100)), np.full_like(body, 255)))


def test_lines_go_past_the_place_and_turn_with_the_way():
    lines = through(HAND, rows=np.array([3.0]), slopes_rad=SLOPES_RAD + 0.2)
    assert lines @ [1.0, HAND[0]] == pytest.approx(HAND[1] + 3.0)
    assert lines[len(lines) // 2, 1] == pytest.approx(np.tan(0.2))
