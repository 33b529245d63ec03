"""What is far behind the hand, in patches drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.backdrop import floor_ends, mere_border
from gaitcheck.people.lines import borders, steps
from tests.people.patch import AT_HAND, FEET, HAND, LEVEL, NO_BODY, room

WALL_AND_FLOOR = [(0, 180), (50, 100)]
BOARD_BETWEEN = [(0, 180), (46, 220), (50, 90)]
TILES_ON_A_WALL = [(0, 120), (50, 180), (70, 100)]
RAIL = [(0, 160), (50, 40), (53, 160)]
SOFA = [(0, 180), (50, 140), (90, 100)]
TABLE = [(0, 180), (38, 60), (50, 100)]


def ends_and_far(here: np.ndarray, body: np.ndarray = NO_BODY) -> tuple[float, float]:
    change = steps(here, body)
    ends, far = floor_ends(change, np.eye(3), AT_HAND, x=float(HAND[0]), feet_px=FEET)
    return float(ends[LEVEL]), float(far[LEVEL])


def border(here: np.ndarray, body: np.ndarray = NO_BODY) -> float:
    told = mere_border(borders(here, body), np.eye(3), AT_HAND, x=float(HAND[0]))
    return float(told[LEVEL])


def test_at_the_foot_of_a_far_wall_the_floor_ends():
    ends, far = ends_and_far(room(*WALL_AND_FLOOR))
    assert ends > 0.9
    assert far > 0.9


def test_so_it_does_at_a_board_and_where_the_floor_darkens_towards_it():
    here = room(*BOARD_BETWEEN)
    here[50:] += np.linspace(0, 30, 62, dtype=np.float32)[:, None, None]
    assert ends_and_far(here)[0] > 0.9


@pytest.mark.parametrize("behind", [100, 160])
def test_at_a_rail_before_a_wall_or_the_floor_it_goes_on(behind):
    parts = [(0, behind), (50, 40), (53, behind)]
    here = room(*parts, (85, 100)) if behind != 100 else room(*parts)
    assert ends_and_far(here)[0] < 0.1


def test_what_is_on_a_wall_far_behind_is_far_though_the_floor_does_not_end_at_it():
    ends, far = ends_and_far(room(*TILES_ON_A_WALL))
    assert ends < 0.1
    assert far > 0.9


def test_what_stands_by_the_feet_is_not_far():
    assert ends_and_far(room(*SOFA)) == pytest.approx((0.0, 0.0), abs=0.1)
    near_wall = room((0, 180), (50, 120), (90, 60))
    assert ends_and_far(near_wall)[1] < 0.1


def test_a_top_that_ends_soon_above_the_line_may_be_a_table_with_floor_under_it():
    assert ends_and_far(room(*TABLE))[1] < 0.1


@pytest.mark.parametrize(("lighter", "ends_here"), [(35, 1.0), (80, 0.0)])
def test_boards_leave_a_floor_one_unless_they_are_as_clear_as_its_end(lighter, ends_here):
    here = room(*WALL_AND_FLOOR)
    for row in (66, 80, 94):
        here[row : row + 8] += lighter
    assert ends_and_far(here) == pytest.approx((ends_here, 1.0), abs=0.15)


def test_borders_are_told_from_what_is_narrow():
    assert border(room(*WALL_AND_FLOOR)) > 0.9
    assert border(room(*TILES_ON_A_WALL)) > 0.9
    assert border(room(*RAIL)) < 0.1
    assert border(room((0, 160), (46, 220), (50, 140))) < 0.1


def test_where_one_side_is_hidden_the_other_tells():
    body = NO_BODY.copy()
    body[:, : int(HAND[0])] = 255
    assert border(room(*WALL_AND_FLOOR), body) > 0.9
    assert border(room(*RAIL), body) < 0.1


def test_what_is_told_by_little_is_not_told():
    body = NO_BODY.copy()
    body[56:] = 255
    assert ends_and_far(room(*WALL_AND_FLOOR), body) == (0.0, 0.0)
    assert border(room(*WALL_AND_FLOOR), np.full_like(body, 255)) == 0.0
    above = NO_BODY.copy()
    above[:44] = 255
    assert ends_and_far(room(*WALL_AND_FLOOR), above)[1] == 0.0
