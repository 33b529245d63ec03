"""How clearly each hand is free, from the cues of freedom and of sight."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.traces import CueTraces

FloatArray = npt.NDArray[np.floating[Any]]

OF_FREEDOM: Final = (
    "hand_in_view",
    "arm_swings",
    "arm_is_long",
    "hand_in_guard",
    "arms_alternate",
    "arms_are_long",
    "arms_hang",
    "hand_moves_freely",
    "hand_glimpsed",
    "arms_opposed",
    "hand_at_border",
)
"""The cues that `hand_freedom` takes."""


def hand_freedom(cues: CueTraces) -> FloatArray:
    """How clearly each hand is free, shape (n, 2 sides).

    A hand counts where it is in clear view. The far hand in a side view, only glimpsed, counts if
    it swings in time with the legs and against the near hand, or is held in guard, while the near
    hand is clearly free.
    """
    view = np.nan_to_num(cues.hands("hand_in_view"))
    swing = np.nan_to_num(cues.hands("arm_swings") * cues.hands("arm_is_long"))
    guard = np.nan_to_num(cues.hands("hand_in_guard"))
    alternate = cues.of("arms_alternate")[0].score * cues.of("arms_are_long")[0].score
    both = np.nan_to_num(np.fmax(alternate, cues.of("arms_hang")[0].score))[:, None] * np.ones(2)
    roams = np.nan_to_num(cues.hands("hand_moves_freely"))
    near = np.maximum(np.maximum.reduce([swing, guard, both]) * view, roams)
    glimpsed = np.nan_to_num(cues.hands("hand_glimpsed")) * near[:, ::-1]
    opposed = np.nan_to_num(cues.of("arms_opposed")[0].score)[:, None]
    far = np.maximum(swing * opposed, guard) * glimpsed
    inside = 1.0 - np.nan_to_num(cues.hands("hand_at_border"), nan=1.0)
    return np.asarray(np.maximum(near, far) * inside)


def hand_seen(cues: CueTraces) -> FloatArray:
    """How far each hand is seen, at least now and then, shape (n, 2 sides)."""
    view = np.nan_to_num(cues.hands("hand_in_view"))
    return np.asarray(np.maximum(view, np.nan_to_num(cues.hands("hand_glimpsed"))))
