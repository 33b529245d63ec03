"""What holds somebody, from the features of a step alone."""

from __future__ import annotations

import numpy as np
import pytest

from gaitcheck.gait.features import OF_BODY, OF_HANDS, StepFeatures
from gaitcheck.gait.kinds import hold_of, rolls


def features(left: dict[str, float], right: dict[str, float]) -> StepFeatures:
    hands = np.array([[hand.get(name, 0.0) for name in OF_HANDS] for hand in (left, right)])
    return StepFeatures(hands=hands, body=np.zeros(len(OF_BODY)), glimpsed=True, told=True)


STICK = {"thing": 1.0, "unfree": 0.9}
CARRIED = {"thing": 0.6, "unfree": 0.9}
RAIL = {"fixed": 0.8, "lags": 1.0, "unfree": 0.9}
LINE = {"at_line": 0.4, "bent_alone": 0.2, "unfree": 0.9}
SEEN = {"thing_maybe": 0.8, "thing": 0.5}
BEHIND = {"lags": 0.5, "rail_unfree": 0.9, "unfree": 0.9}


@pytest.mark.parametrize(
    ("left", "right", "held", "expected"),
    [
        pytest.param(STICK, {}, 0.9, ("object_moving", ("left",)), id="a stick"),
        pytest.param({}, STICK, 0.5, None, id="perhaps held, perhaps a shadow"),
        pytest.param({}, {"thing": 1.0}, 0.9, None, id="something at a hand that swings free"),
        pytest.param({}, CARRIED, 0.9, None, id="not clearly there"),
        pytest.param(STICK, STICK, 0.4, ("object_moving", ("left", "right")), id="a frame"),
        pytest.param(STICK, STICK, 0.1, None, id="at both hands, yet not held"),
        pytest.param(RAIL, {}, 0.9, ("object_fixed", ("left",)), id="a rail"),
        pytest.param(RAIL, {}, 0.6, None, id="a rail, perhaps"),
        pytest.param({"lags": 1.0, "unfree": 1.0}, {}, 0.95, None, id="a hand that only lags"),
        pytest.param({}, LINE, 0.7, ("object_fixed", ("right",)), id="along a line"),
        pytest.param(LINE, {}, 0.5, None, id="along a line, perhaps free"),
        pytest.param(LINE | {"unfree": 0.2}, {}, 0.9, None, id="seen free beside a line"),
        pytest.param(LINE | {"thing_maybe": 0.9}, {}, 0.9, None, id="something goes along too"),
        pytest.param(LINE | {"bent_alone": 0}, {}, 0.9, None, id="arms alike beside a line"),
        pytest.param(BEHIND, {}, 0.7, ("object_fixed", ("left",)), id="stays behind at a rail"),
        pytest.param(BEHIND | SEEN, {}, 0.7, ("object_fixed", ("left",)), id="the rail is seen"),
        pytest.param(BEHIND | SEEN | {"lags": 0.4}, {}, 0.7, None, id="a stick, perhaps"),
        pytest.param(BEHIND | SEEN | {"thing": 1.0}, {}, 0.7, None, id="something goes along"),
        pytest.param({}, {}, 0.99, None, id="held, nobody knows by what"),
    ],
)
def test_kind(left, right, held, expected):
    hold = hold_of(features(left, right), held)
    assert (hold and (hold[0], hold[2])) == expected


def test_a_stick_that_is_set_down_step_by_step_is_named():
    hold = hold_of(features({"stick": 1.0, "unfree": 0.2}, {}), 0.4)
    assert hold == ("object_moving", "stick_in_step", ("left",))
    assert hold_of(features({"stick": 0.8}, {}), 0.4) is None
    assert hold_of(features({"stick": 1.0}, {}), 0.1) is None


@pytest.mark.parametrize(
    ("cause", "weight", "unfree", "held", "expected"),
    [
        pytest.param("rolls_along", 1.0, (0.6, 0.9), 0.5, True, id="a frame"),
        pytest.param("rolls_along", 0.7, (0.6, 0.9), 0.9, False, id="perhaps a bag"),
        pytest.param("rolls_along", 1.0, (0.1, 0.9), 0.9, False, id="a dog on a lead"),
        pytest.param("rolls_along", 1.0, (0.6, 0.9), 0.1, False, id="likely free"),
        pytest.param("strap_above", 1.0, (0.6, 0.9), 0.9, False, id="something else"),
    ],
)
def test_what_rolls_along_holds_who_is_likely_held(cause, weight, unfree, held, expected):
    left, right = ({"unfree": value} for value in unfree)
    assert rolls(cause, weight, features(left, right), held) is expected
