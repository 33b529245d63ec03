"""What each hand may be at: whatever neither the pictures nor the arm rule out."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.traces import CueTraces

FloatArray = npt.NDArray[np.floating[Any]]

THROUGHOUT: Final = 0.2
"""A hand is before the trunk as clearly as in all of the walk but so much (arbitrary)."""


def may_be_there(cues: CueTraces) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Say how far the pictures leave it open what each hand may be at, 0 to 1, shape (n, 2) each.

    A rail along its way; something that stands below it; any place at which it may stay behind, a
    wall too. How an arm is carried counts only so far: with nothing there, it may be carried as it
    likes. What a helper out of sight may hold, a raised hand or the trunk, is not ruled out.
    """
    rail, wall, below = (
        np.nan_to_num(cues.hands(name))
        for name in ("no_rail_at_hand", "no_wall_near", "nothing_below_hand")
    )
    return 1.0 - rail, 1.0 - below, 1.0 - rail * wall * below


def beside_nothing(cues: CueTraces, whole: npt.NDArray[np.bool_]) -> FloatArray:
    """Say how clearly each hand is at no rail all the walk, as it is before or behind the trunk.

    Seen from the front or from behind, where a rail goes along beside the trunk; shape (2,).
    """
    inside = np.nan_to_num(cues.hands("hand_inside")[whole])
    return np.asarray(np.quantile(inside, THROUGHOUT, axis=0) if len(inside) else np.zeros(2))
