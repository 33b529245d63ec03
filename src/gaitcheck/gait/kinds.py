"""What it is that holds a person of whom the learned judge says that something does."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.events import Side, Support
from gaitcheck.gait.features import StepFeatures
from gaitcheck.gait.never_free import not_as_the_other

SIDES: Final[tuple[Side, Side]] = ("left", "right")

SURE: Final = 0.8
"""Least chance of being held from which one hand's thing, or place in the room, is what holds
(rendered: 210 steps with a stick, crutches or a frame, none at a rail or held by a person, and
14 free ones at whose hand the pictures showed their shadow)."""

LIKELY: Final = 0.3
"""The same where something is at both hands: a frame, a pram. What people carry in both arms is
never so long and narrow (rendered: none of them)."""

CLEAR: Final = 0.9
"""Feature of something at a hand from which it is clearly there."""

STAYED: Final = 0.5
"""Feature of a hand fixed in the room from which it is clear that it stood still: at a stick a hand
is slower than the body now and then, but stands nowhere (0)."""

ALONG: Final = 0.6
"""Least chance of being held from which a hand along something fixed is held to it."""

AT_LINE: Final = 0.2
"""Feature of a hand that keeps to a clear line and neither swings nor is seen free, from which on
it goes along a rail (rendered: 0.12 in half of the steps at rails, free ones 0.11 in a tenth)."""

LAGS: Final = 0.3
"""The same of a hand that stays behind the body where a rail is not ruled out (sticks lag too)."""

NOTHING: Final = 0.5
"""From so much of something that moves along on, it is that."""

FAR_BEHIND: Final = 0.5
"""So far behind no stick stays, though something is seen at the hand: the rail itself (sticks 0.18
in nine of ten)."""


NEITHER_FREE: Final = 0.3
"""Both hands so far not known to be free are held by what rolls along (rendered: 105 steps in
frames and rings or pushing, none free; of all others who are likely held 36 right and 50 wrong:
one arm of who leads a dog or pulls a toy swings)."""


def hold_of(features: StepFeatures, held: float) -> tuple[Support, str, tuple[Side, ...]] | None:
    """Say what holds, something fixed or something that moves along, by what, and at which hands.

    Parameters
    ----------
    features : StepFeatures
        Of the step.
    held : float
        How likely the person was held in it, 0 to 1.

    Returns
    -------
    tuple or None
        The support, the cue that tells it, and the hands; None if it is not clear.
    """
    things, stick = (features.of(name) >= CLEAR for name in ("thing", "stick"))
    unfree = features.of("unfree") > 0.5
    fixed = unfree & (features.of("fixed") >= STAYED)
    along = unfree & _along_something(features)
    if held >= LIKELY and things.all():
        return "object_moving", "thing_at_hand", _sides(things)
    if held >= LIKELY and stick.any():
        return "object_moving", "stick_in_step", _sides(stick)
    if held >= SURE and fixed.any():
        return "object_fixed", "hand_fixed_in_room", _sides(fixed)
    if held >= SURE and (unfree & things).any():
        return "object_moving", "thing_at_hand", _sides(unfree & things)
    if held >= ALONG and along.any():
        return "object_fixed", "hand_fixed_in_room", _sides(along)
    return None


def rolls(cause: str, weight: float, features: StepFeatures, held: float) -> bool:
    """Say whether what leaves a step unknown surely rolls along with the person and holds them.

    Parameters
    ----------
    cause : str
        The cue that leaves it unknown.
    weight : float
        How clearly it speaks, 0 to 1.
    features : StepFeatures
        Of the step.
    held : float
        How likely the person was held in it by all else, 0 to 1.
    """
    both = features.of("unfree").min() >= NEITHER_FREE
    return bool(both and cause == "rolls_along" and weight >= CLEAR and held >= LIKELY)


def _along_something(features: StepFeatures) -> npt.NDArray[np.bool_]:
    """Say which hand goes along something fixed: held back where it may be, or on its line.

    On a line only one that is not as the other: with both hands on the hips one walks past rails.
    """
    nothing, unsure = (features.of("thing_maybe") < NOTHING, features.of("thing") < CLEAR)
    lags = features.of("lags")
    behind = ((lags >= LAGS) & nothing) | ((lags >= FAR_BEHIND) & unsure)
    behind &= features.of("rail_unfree") >= 0.5
    at_line = (features.of("at_line") >= AT_LINE) & not_as_the_other(features)
    return np.asarray(behind | (at_line & nothing))


def _sides(which: npt.NDArray[np.bool_]) -> tuple[Side, ...]:
    return tuple(side for side, there in zip(SIDES, which, strict=True) if there)
