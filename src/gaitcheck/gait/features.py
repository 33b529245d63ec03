"""What the learned judge looks at: cues of one step and of the walk around it, as few numbers.

Every feature is 0 to 1 and speaks for being held, or for not knowing: the more, the less free.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.cues.traces import CueTraces
from gaitcheck.gait.cues.windows import ramp
from gaitcheck.gait.freedom import hand_freedom
from gaitcheck.gait.possible import beside_nothing, may_be_there
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

LEAST_TOLD: Final = 0.3
"""Share of the walk in which the pictures must have been looked at for things at the hands."""

BEST_SHARE: Final = 0.9
"""A hand is as well seen as in the best tenth of the walk: a far hand shows itself now and then."""

UNSEEN: Final = (0.8, 0.3)
"""Visibility then, from seen to unseen."""

GLIMPSED: Final = 0.25
"""Below this visibility a hand is nowhere in the walk: nothing can be said of it (with 0.35 one
free step of 250 more stays unknown, and no held one)."""

THING: Final[dict[str, tuple[float, float]]] = {"thing_maybe": (0.1, 0.35), "thing": (0.5, 0.7)}
"""Best score of the pictures in the walk, as doubt begins and as it is sure (rendered: at most 0.6
at free hands, 0.67 and more at 9 of 10 aids)."""

THERE: Final = 0.5
"""Seen from the front or behind no leg hides a stick for long: it is at the hand at least half as
clearly as at its best for so much of the walk (a shadow on the wall for 0.3 of it)."""

FIRM: Final = (0.6, 0.95)
"""Freedom of a hand in the walk from which it does not matter how its elbow is held."""

STAYS_SHARE: Final = 0.8
"""A hand that goes along a rail stays in a place for most of the time."""

BEHIND: Final = (0.05, 0.15)
"""How far a hand raised alone may lag, or stay, before it may be at a rail (a free one: 0)."""

KEPT: Final = (0.7, 0.9)
"""Near the hip and never free in the walk: in a pocket, at a rail or a stick; who could tell?"""

LEADS: Final = 0.25
"""Mean in the walk of what says that a hand leads a child, who is often hidden."""

LEADS_BOTH: Final = 0.5
"""The same of both hands together."""

RULED_OUT: Final = 0.35
"""A hand that is nowhere seen may be judged where it is so far ruled out that anything bears it
(with 0.5 one free step of 300 more stays unknown, and no held one)."""

RESTS: Final = (0.35, 0.42)
"""Share of the time for which a hand rests in the room at its best in the walk, as doubt begins and
as it is at something for sure."""

NO_ARMS: Final = 0.35
"""Taken for how far an arm is carried as at something fixed where that is not known: so little that
no rule forbids it to be free, and so much that it outweighs nothing."""

OF_HANDS: Final = (
    "thing_maybe",
    "thing",
    "thing_unfree",
    "thing_low",
    "thing_stands",
    "stick",
    "elbow_back",
    "elbow_back_low",
    "near_hip_unfree",
    "raised_unfree",
    "lags",
    "lags_unfree",
    "lags_untold",
    "rests",
    "raised_stays",
    "fixed",
    "unseen",
    "unseen_unfree",
    "unfree",
    "unfree_now",
    "raised_alone_lags",
    "kept_at_hip",
    "rail_unfree",
    "rail_unswung",
    "at_line",
    "bent_alone",
    "still_alone",
    "stands_unfree",
    "beside_unfree",
    "before_unfree",
    "guard_alone",
    "at_hold",
)
"""Features of a hand; of each the less free hand counts (`worse`) and the other one (`better`)."""

OF_BODY: Final = ("hands_rigid_ahead", "hands_rigid_apart", "thing_at_both_hands")
"""Features of both hands together: cues, mean over the walk."""

NAMES: Final = (
    *(f"{name}_worse" for name in OF_HANDS),
    *(f"{name}_better" for name in OF_HANDS),
    *OF_BODY,
)
"""All features, in the order of `StepFeatures.values`."""


@dataclass(frozen=True, eq=False)
class StepFeatures:
    """Features of one step.

    Parameters
    ----------
    hands : ndarray, shape (2 sides, len(OF_HANDS))
        0 to 1.
    body : ndarray, shape (len(OF_BODY),)
        0 to 1.
    glimpsed : bool
        Each hand is seen somewhere in the walk, leads a child, or has nothing where it must be.
    told : bool
        The pictures were looked at for things at the hands.
    """

    hands: FloatArray
    body: FloatArray
    glimpsed: bool
    told: bool

    def of(self, name: str) -> FloatArray:
        """One feature of the left and the right hand, shape (2,)."""
        return np.asarray(self.hands[:, OF_HANDS.index(name)])

    @property
    def values(self) -> FloatArray:
        """All of them in the order of `NAMES`, shape (len(NAMES),)."""
        return np.concatenate([self.hands.max(axis=0), self.hands.min(axis=0), self.body])


def step_features(cues: CueTraces, look: Interval, walk: Interval) -> StepFeatures:
    """Give the features of one step.

    Parameters
    ----------
    cues : CueTraces
        All cues of the person.
    look : Interval
        The step's time: swing and the stance before it.
    walk : Interval
        The time of the walk around it: how an arm is carried lasts, and a stick is at the hand in
        all of it, though seen now and then.
    """
    whole = (cues.time_s >= walk.start_s) & (cues.time_s < walk.end_s)
    now = (cues.time_s >= look.start_s) & (cues.time_s < look.end_s)
    freedom = hand_freedom(cues)
    free = freedom[whole].mean(axis=0)
    seen = cues.hands("hand_visibility")[whole]
    best = np.array([_quantile(seen[:, side], BEST_SHARE) for side in (0, 1)])
    unseen = ramp(best, zero=UNSEEN[0], one=UNSEEN[1])
    things = cues.hands("thing_glimpsed")[whole]
    top = _over(np.fmax, things)
    squarely, from_behind = (
        np.nan_to_num(cues.of(name)[0].score)[whole].mean() for name in ("squarely", "from_behind")
    )
    there = np.array([_quantile(things[:, side], 1 - THERE) for side in (0, 1)])
    top = np.minimum(top, 2 * there) * squarely + top * (1 - squarely)
    maybe, sure = (ramp(top, zero=zero, one=one) for zero, one in THING.values())
    rail, below, place = may_be_there(cues)
    line = np.nan_to_num(cues.hands("line_at_hand"))
    rail = rail[now].mean(axis=0) * (1 - beside_nothing(cues, whole))
    below = below[now].max(axis=0)
    grip = 1 - (1 - rail) * (1 - np.maximum(below, maybe))
    lags = _over(np.fmax, (cues.hands("hand_lags") * place)[whole])
    stays = cues.hands("hand_stays")[whole]
    firm = ramp(free, zero=FIRM[0], one=FIRM[1])
    low, back = _mean(cues, "hand_low", whole), _mean(cues, "elbow_back", whole)
    swings = np.nan_to_num(cues.hands("arm_swings") * cues.hands("arm_is_long"))[whole].mean(axis=0)
    long = np.nan_to_num(cues.hands("arm_is_long"))[whole].mean(axis=0)
    hangs = np.nan_to_num(cues.hands("arm_hangs_long") * cues.hands("hand_in_view"))[whole]
    bent = 1 - hangs.mean(axis=0)
    guard = np.nan_to_num(cues.hands("hand_in_guard"))[whole].mean(axis=0)
    near_hip, back = _mean(cues, "hand_near_hip", whole) * bent, back * bent
    beside = np.nan_to_num(cues.hands("hand_beside"))[whole].mean(axis=0) * low
    behind = ramp(np.fmax(lags, _often(stays)), zero=BEHIND[0], one=BEHIND[1])
    arms = cues.hands("arm_at_hold")[now].T
    at_hold = np.array([_known_mean(arm, none=NO_ARMS) for arm in arms])
    by_name = {
        "thing_maybe": maybe * below,
        "thing": sure * below,
        "thing_unfree": maybe * (1 - free) * below,
        "thing_low": maybe * low * below,
        "thing_stands": _over(np.fmax, cues.hands("thing_stands")[now]),
        "stick": _over(np.fmax, cues.hands("stick_in_step")[whole]),
        "elbow_back": back * (1 - firm) * grip,
        "elbow_back_low": back * low * (1 - firm) * grip,
        "near_hip_unfree": near_hip * (1 - free) * grip,
        "raised_unfree": _mean(cues, "hand_raised", whole) * (1 - free),
        "lags": lags * (1 - firm),
        "lags_unfree": lags * (1 - free),
        "lags_untold": (1 - np.isfinite(stays).mean(axis=0)) * (1 - free) * grip,
        "rests": ramp(_over(np.fmax, cues.hands("hand_rests")[whole]), zero=RESTS[0], one=RESTS[1]),
        "raised_stays": _often(stays) * (1 - low),
        "fixed": _over(np.fmax, cues.hands("hand_fixed_in_room")[now]),
        "unseen": unseen * grip,
        "unseen_unfree": unseen * (1 - free) * grip,
        "unfree": (1 - free) * grip,
        "raised_alone_lags": (1 - low) * low[::-1] * (1 - swings) * behind,
        "kept_at_hip": ramp(near_hip * (1 - free), zero=KEPT[0], one=KEPT[1]) * grip,
        "rail_unfree": rail * (1 - free),
        "rail_unswung": rail * (1 - swings),
        "at_line": line[now].mean(axis=0) * (1 - free) * (1 - swings),
        "bent_alone": np.maximum(long[::-1] - long, 0.0) * (1 - free) * grip,
        "still_alone": np.maximum(swings[::-1] - swings, 0.0) * (1 - free) * grip,
        "stands_unfree": _stands(cues, whole) * (1 - free) * (1 - swings),
        "beside_unfree": beside * (1 - firm) * (1 - swings) * grip,
        # A person before the body, whom it hides, is ruled out by nothing that is seen beside it.
        "before_unfree": from_behind * (1 - free) * np.maximum(grip, unseen),
        # Guard is held with both arms: one alone may be on the back of a chair.
        "guard_alone": guard * (1 - guard[::-1]) * (1 - swings) * rail,
        "unfree_now": (1 - freedom[now].mean(axis=0)) * grip,
        "at_hold": at_hold,
    }
    leads = leads_child(cues, whole)
    for name in OF_HANDS:
        if not name.startswith(("thing", "stick")):
            by_name[name] = np.where(leads, 0.0, by_name[name])
    body = [np.nan_to_num(cues.of(name)[0].score)[whole].mean() for name in OF_BODY]
    return StepFeatures(
        hands=np.stack([by_name[name] for name in OF_HANDS], axis=1),
        body=np.array(body),
        glimpsed=bool(((best >= GLIMPSED) | ((1 - rail) * (1 - below) >= RULED_OUT) | leads).all()),
        told=bool(np.isfinite(things).mean(axis=0).min() >= LEAST_TOLD),
    )


def _stands(cues: CueTraces, whole: npt.NDArray[np.bool_]) -> FloatArray:
    """Say how clearly something is seen to stand below each hand, shape (2,)."""
    nothing = cues.hands("nothing_below_hand")[whole]
    return _over(np.fmax, np.where(np.isfinite(nothing), 1.0 - nothing, np.nan))


def leads_child(cues: CueTraces, whole: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say which hand leads somebody much smaller who walks, shape (2,).

    Nobody leans on a child: how such an arm is carried says nothing of grips. What is seen at the
    hand still counts, and the other hand in full, unless both are there for most of the time.
    """
    hands = [(t.side, _known_mean(t.score[whole])) for t in cues.of("hand_leads")]
    leads = np.array(
        [max([0.0, *(m for s, m in hands if s == side)]) for side in ("left", "right")]
    )
    return np.asarray((leads >= LEADS) & ((leads == leads.max()) | (leads.min() >= LEADS_BOTH)))


def _known_mean(score: FloatArray, *, none: float = 0.0) -> float:
    known = score[np.isfinite(score)]
    return float(known.mean()) if len(known) else none


def _mean(cues: CueTraces, cue: str, whole: npt.NDArray[np.bool_]) -> FloatArray:
    """Mean of a cue of the hands; 1, the less free, where it was blind throughout, shape (2,)."""
    scores = cues.hands(cue)[whole]
    known = np.isfinite(scores)
    total = np.where(known, scores, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.where(known.any(axis=0), total, 1.0))


def _over(best: np.ufunc, scores: FloatArray) -> FloatArray:
    """Reduce scores of both hands over time; 0 where never known, shape (2,)."""
    reduced: FloatArray = best.reduce(scores, axis=0, initial=np.nan)
    return np.nan_to_num(reduced)


def _often(scores: FloatArray) -> FloatArray:
    return np.array([_quantile(scores[:, side], STAYS_SHARE) for side in (0, 1)])


def _quantile(values: FloatArray, share: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.quantile(known, share)) if len(known) else 0.0
