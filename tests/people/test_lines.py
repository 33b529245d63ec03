"""Lines in patches drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.people.lines import ALONG_PX, SLOPES_RAD, borders, strengths, through
from tests.people.patch import AT_HAND, HAND, LEVEL, NO_BODY, room


def strength_at_hand(here: np.ndarray, body: np.ndarray = NO_BODY) -> float:
    found = strengths(borders(here, body), np.eye(3), AT_HAND, x=HAND[0] + ALONG_PX)
    return float(found[LEVEL])


def test_the_foot_of_a_wall_and_a_rail_before_it_are_lines():
    assert strength_at_hand(room((0, 180), (50, 100))) > 0.2
    assert strength_at_hand(room((0, 160), (50, 40), (53, 160))) > 0.15
    assert strength_at_hand(room((0, 160), (60, 40), (63, 160))) < 0.05


def test_what_bodies_hide_is_not_told():
    assert np.isnan(strength_at_hand(room((0, 180), (50, 100)), np.full_like(NO_BODY, 255)))


def test_lines_go_past_the_place_and_turn_with_the_way():
    lines = through(HAND, rows=np.array([3.0]), slopes_rad=SLOPES_RAD + 0.2)
    assert lines @ [1.0, HAND[0]] == pytest.approx(HAND[1] + 3.0)
    assert lines[len(lines) // 2, 1] == pytest.approx(np.tan(0.2))
