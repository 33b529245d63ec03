"""Arms carried as those of hands at something that is fixed in the room, a rail or a sofa.

How an arm is held there follows from where such things are: the hand is at their height, out beside
or ahead of the body, and the elbow where it must be between; and the other arm is not so. No single
number of these tells it from an arm that swings or is held out; small trees that ask for several of
both arms do (`arms.json`, made by ``python -m benchmarks.support.fit_arms`` from rendered people).
They were taught nothing of the pictures: a hand is seen to be carried so, not to hold.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.body import ELBOWS, SHOULDERS, WRISTS, BodySeries
from gaitcheck.gait.cues.windows import mean_over, ramp, windowed
from gaitcheck.gait.trees import TreeSum, tree_sum
from gaitcheck.pose.landmarks import INDEX

FloatArray = npt.NDArray[np.floating[Any]]

WEIGHTS: Final = "arms.json"

WINDOW_S: Final = 0.6
"""About a step, s: longer ones blur when a hand lets go (two strides tell no more)."""

OF_ARM: Final = (
    "elbow_ahead",
    "elbow_below",
    "wrist_ahead",
    "wrist_below",
    "wrist_outward",
    "wrist_moves_ahead",
    "wrist_moves_down",
    "arm_length",
)
"""Of each arm, from its shoulder, means over the window, trunk lengths; of ``wrist_moves_…`` the
spread."""

OF_VIEW: Final = ("sideways", "shoulder_width")

INPUTS: Final = (
    *OF_ARM,
    *(f"other_{name}" for name in OF_ARM),
    *OF_VIEW,
)
"""What the trees ask for."""

ODDS: Final = (-4.0, 4.0)
"""Log odds that score 0 and 1."""

_TOES: Final = np.array([INDEX["left_foot_index"], INDEX["right_foot_index"]])
_HEELS: Final = np.array([INDEX["left_heel"], INDEX["right_heel"]])


def arm_at_hold(body: BodySeries) -> FloatArray:
    """Each arm carried as those of hands at something fixed, shape (n, 2 sides).

    0.5 is even odds among the rendered people it was taught by; NaN where the body is not seen for
    half of the window.
    """
    return ramp(arm_odds(arm_inputs(body), taught()), zero=ODDS[0], one=ODDS[1])


def arm_odds(inputs: FloatArray, trees: TreeSum) -> FloatArray:
    """Log odds (n, 2 sides) that the hand is at something fixed, from `arm_inputs`."""
    return trees(inputs.reshape(-1, len(INPUTS))).reshape(-1, 2)


@cache
def taught() -> TreeSum:
    """Read the trees of this package, once."""
    text = files("gaitcheck.gait").joinpath(WEIGHTS).read_text(encoding="utf-8")
    return tree_sum(json.loads(text))


def arm_inputs(body: BodySeries) -> FloatArray:
    """Give what the trees ask for of each arm.

    Ahead is where the toes point in the picture, so that a body and its mirror image are alike.

    Parameters
    ----------
    body : BodySeries
        One person.

    Returns
    -------
    ndarray, shape (n, 2 sides, len(INPUTS))
        NaN where the body is not seen for half of the window.
    """
    samples = body.samples(WINDOW_S)

    def mean(values: FloatArray) -> FloatArray:
        return mean_over(values, samples=samples)

    points = body.points_px / body.trunk_px[:, None, None]
    feet = mean((points[:, _TOES, 0] - points[:, _HEELS, 0]).mean(axis=1))
    ahead = np.where(feet >= 0.0, 1.0, -1.0)[:, None]
    width = mean(points[:, SHOULDERS[0], 0] - points[:, SHOULDERS[1], 0])
    outward = np.where(width >= 0.0, 1.0, -1.0)[:, None] * np.array([1.0, -1.0])
    # From its own shoulder: seen from above, the far shoulder is higher in the picture.
    wrists = points[:, WRISTS] - points[:, SHOULDERS]
    elbows = points[:, ELBOWS] - points[:, SHOULDERS]
    wrist, elbow = mean(wrists), mean(elbows)
    length = mean(np.linalg.norm(wrists, axis=-1))
    moves = _spread(wrists, samples=samples)
    of_arm = np.stack(
        [
            elbow[..., 0] * ahead,
            elbow[..., 1],
            wrist[..., 0] * ahead,
            wrist[..., 1],
            wrist[..., 0] * outward,
            moves[..., 0],
            moves[..., 1],
            length,
        ],
        axis=-1,
    )
    view = np.repeat(np.abs(np.stack([feet, width], axis=-1))[:, None], 2, axis=1)
    return np.concatenate([of_arm, of_arm[:, ::-1], view], axis=-1)


def _spread(points: FloatArray, *, samples: int) -> FloatArray:
    """Spread of each coordinate in each window, shape as ``points``."""
    window = windowed(points, samples=samples)
    known = np.isfinite(window)
    n = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, window, 0.0).sum(axis=1) / n
    off = np.where(known, window - mean[:, None], 0.0)
    return np.asarray(np.sqrt((off**2).sum(axis=1) / n))
