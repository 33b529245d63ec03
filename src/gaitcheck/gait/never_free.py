"""Hands that are not known to be free, whatever else speaks for it.

The learned judge weighs all it sees of a step against each other. What stands here outweighs that:
each rule was made for steps at a rail, a table, a frame or a hand that it called free. None speaks
of hands that are known to be free. Rules of one hand at something fixed (`OUTWEIGHED`) do not hold
where both arms are carried as free ones; the others are outweighed by nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.features import StepFeatures

Hands = npt.NDArray[np.bool_]
"""The left and the right one, shape (2,)."""

STAYS_BEHIND: Final = 0.5
"""A hand that stays behind so far, as one that slides or rests on something, and so seldom moves as
free ones do, is not known to be free, whatever is seen there (somebody's hand out of sight)."""

GOES_ALONG: Final = 0.7
"""So sure that it rests in the room now and then, a hand is not known to be free, whatever its
rhythm (a share of 0.4)."""

RAISED: Final = 0.4
"""Both hands raised for so much of the walk and neither known to be free: they may be on a sofa or
in somebody's hands (a toddler who cruises: 0.55; free steps told so far: none)."""

RAISED_ALONE: Final = 0.24
"""A hand raised so far while the other hangs, that lags or stays, is not known to be free, whatever
the line at it (on a low table, seen from above: 0.25 to 0.35; free steps told so far: 1 in 2,400).
"""

HIDDEN: Final = (0.6, 0.3)
"""A hand hidden so far in the walk, at which a rail is ruled out no better than so, is not known to
be free, however the arm seems to swing (at a low table, seen from the other side: 0.64, 0.33)."""

NOT_KNOWN: Final = 0.8
"""A hand that may be at a rail and neither swings nor is seen free for so much of the walk is not
known to be free, whatever else is not there (rendered hands in plain view on rails: 0.83 and more).
"""

STILL: Final = (0.9, 0.5)
"""The same of a hand that hardly ever swings and whose elbow is drawn back low (0.7)."""

ALONE: Final[dict[str, float]] = {"bent_alone": 0.05, "still_alone": 0.3}
"""From so much on, that arm is not as the other one (rendered: at a rail, seen from behind, bent by
0.16 more; hands on the hips, behind the back, at what is carried 0.00: the other arm is bent too).
"""

STICK: Final = 0.9
"""So clearly a stick is set down at a hand step by step (rendered: free people 0.65 at most, half
of the steps with a stick or crutches 0.9 and more)."""

AT_THING: Final = 0.3
"""So clearly something is at a hand that is not known to be free, and so much more is its arm bent
than the other one, which hangs or reaches, that the thing may be leaned on (a box that is pushed,
seen aslant: 0.5; of 3,000 free steps told so far none)."""

STANDS: Final = 0.7
"""Both hands as still as at a frame, over what stands below them (rendered frames 0.9 and more)."""

BEFORE: Final = 0.45
"""Both hands of somebody seen from behind so seldom known to be free: the body hides what they may
push before it, or who holds them there, and the arms that the model draws swing with it (rendered:
a push toy 0.6, the hands of somebody who walks backwards before them 0.9)."""


GUARD_ALONE: Final = 0.7
"""One arm held out as in guard while the other is not, where a rail is not ruled out (a hand that
goes from chair to chair of a row, seen from behind: 0.8 to 0.9; free walkers 0.6 at most, but for
one step of somebody ataxic; helpers who hold out one hand more)."""

AT_HOLD = 0.46
"""An arm carried so much as those of hands at something fixed is not known to be free, whatever is
seen there (rendered, by trees that had not seen those scenes: of 142 held steps called free before
it leaves 87, of 3,042 free ones told 2,942; with 0.43 it is 78 and 2,916, and of the sample stories
two free steps are lost)."""


AS_FREE: Final = 0.3
"""Both arms carried so little as those of hands at something fixed are carried as free ones: that
outweighs what may be at one hand and is fixed (of 222 scenes that neither trees nor limits had
seen: of 846 free steps of walkers 521 instead of 451 are told, with `judge.FREER`, and of 942 held
ones as many as before, 9, are called free)."""

OUTWEIGHED: Final = frozenset(
    {"lags_unfree", "rests", "raised_alone_lags", "unseen", "rail_unswung", "guard_alone"}
)
"""Rules of one hand that is at something fixed: so its arm is carried, too."""


def arms_as_free(features: StepFeatures) -> bool:
    """Whether both arms are carried as those of hands at nothing."""
    return bool(features.of("at_hold").max() < AS_FREE)


def not_known_free(features: StepFeatures) -> tuple[str, int] | None:
    """Give the feature and the hand (0 left, 1 right) for which a step is never free.

    None where no rule speaks of either hand.
    """
    outweighed = OUTWEIGHED if arms_as_free(features) else frozenset()
    for name, hands_of in RULES:
        if name in outweighed:
            continue
        hands = hands_of(features)
        if hands.any():
            return name, int(np.argmax(np.where(hands, features.of(name), -1.0)))
    return None


def not_as_the_other(features: StepFeatures) -> Hands:
    """Say which hand's arm is carried otherwise than the other one, bent or still alone."""
    return np.asarray(np.any([features.of(name) >= least for name, least in ALONE.items()], axis=0))


def _stays_behind(features: StepFeatures) -> Hands:
    return features.of("lags_unfree") >= STAYS_BEHIND


def _goes_from_place_to_place(features: StepFeatures) -> Hands:
    return features.of("rests") >= GOES_ALONG


def _both_raised(features: StepFeatures) -> Hands:
    return _both(features.of("raised_unfree") >= RAISED)


def _raised_alone(features: StepFeatures) -> Hands:
    return features.of("raised_alone_lags") >= RAISED_ALONE


def _hidden_at_a_rail(features: StepFeatures) -> Hands:
    unseen, unswung = features.of("unseen"), features.of("rail_unswung")
    return (unseen >= HIDDEN[0]) & (unswung >= HIDDEN[1])


def _still_at_a_rail(features: StepFeatures) -> Hands:
    unfree, unswung = features.of("rail_unfree"), features.of("rail_unswung")
    still = np.minimum(unfree, unswung) >= NOT_KNOWN
    still |= (unswung >= STILL[0]) & (features.of("elbow_back_low") >= STILL[1])
    return still & not_as_the_other(features)


def _at_a_stick(features: StepFeatures) -> Hands:
    return features.of("stick") >= STICK


def _at_a_thing_alone(features: StepFeatures) -> Hands:
    thing, bent = features.of("thing_unfree"), features.of("bent_alone")
    return np.minimum(thing, bent) >= AT_THING


def _both_over_something(features: StepFeatures) -> Hands:
    return _both(features.of("stands_unfree") >= STANDS)


def _both_before_the_body(features: StepFeatures) -> Hands:
    return _both(features.of("before_unfree") >= BEFORE)


def _in_guard_alone(features: StepFeatures) -> Hands:
    return features.of("guard_alone") >= GUARD_ALONE


def _as_at_something_fixed(features: StepFeatures) -> Hands:
    return features.of("at_hold") >= AT_HOLD


def _both(hands: Hands) -> Hands:
    return np.full(2, bool(hands.all()))


RULES: Final[tuple[tuple[str, Callable[[StepFeatures], Hands]], ...]] = (
    ("lags_unfree", _stays_behind),
    ("rests", _goes_from_place_to_place),
    ("raised_unfree", _both_raised),
    ("raised_alone_lags", _raised_alone),
    ("unseen", _hidden_at_a_rail),
    ("rail_unswung", _still_at_a_rail),
    ("stick", _at_a_stick),
    ("thing_unfree", _at_a_thing_alone),
    ("stands_unfree", _both_over_something),
    ("before_unfree", _both_before_the_body),
    ("guard_alone", _in_guard_alone),
    ("at_hold", _as_at_something_fixed),
)
"""Each with the feature that the reader is told, in the order in which they are asked."""
