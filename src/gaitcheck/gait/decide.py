"""One step's cues come in; who or what held the person goes out, with the cause.

`none` is never the default. A cue that speaks of holding, or makes holding possible, takes it away.
What the rules leave open in a walk, the learned judge decides (`judge`). Where nobody looked for
things at the hands, there is no `none` in a walk unless it is asked for (`arms_alone`): a stick
swings as a free hand does. Where nobody walks, or where asked for, `none` takes both hands seen to
be free: swinging with the gait, moving about, or held in guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.cues.traces import CueTraces
from gaitcheck.gait.events import Side
from gaitcheck.gait.features import StepFeatures, step_features
from gaitcheck.gait.freedom import hand_freedom, hand_seen
from gaitcheck.gait.holders import HOLDS, held_by, held_up_to, holdable, without_bystanders
from gaitcheck.gait.listening import Heard, Spoken, hands_of, listen
from gaitcheck.gait.reasons import Cause
from gaitcheck.settings import SupportSettings
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

DOUBTS: Final = (
    "bodies_coincide",
    "person_in_reach",
    "lost_beside",
    "arms_torn",
    "too_small",
    "arm_held_up",
    "hands_overhead",
    "hands_rigid_ahead",
    "thing_at_hand",
    "stick_in_step",
    "rail_at_hand",
    "strap_above",
    "rolls_along",
)
"""Cues that make holding possible: with one of them there is no `none`."""

OWN: Final = ("rail_at_hand", "arms_torn", "too_small", "strap_above", "rolls_along")
"""Of these, what says nothing of other people who are followed, and leaves open what holds."""

SOFT: Final = ("hands_rigid_ahead", "thing_at_hand", "stick_in_step", "thing_at_both_hands")
"""Of these, what the learned judge weighs against the rest where it can."""

NEAR: Final = ("hand_at_hand", "hand_at_body", "person_in_reach", "lost_beside")
"""Of these, what says that somebody else is at the person's hands, or could be."""

OUTWEIGHED: Final = ("rail_at_hand", "hand_fixed_in_room")
"""What may be at a hand without touching it: outweighed by arms that are carried as free ones."""

OF_OTHERS: Final = (
    "other_is_small",
    "holds_other",
    "swings_beside",
    "walks_beside",
    "hands_hover",
)
"""Cues of other people that say who does not hold."""

CLEARLY_SMALL: Final = 0.9
"""Weight of `other_is_small` from which nobody leans on the other: up to 0.79 of the person's trunk
throughout (rendered: children at their parents' hands 0.44 to 0.79, all who held somebody 0.96 and
more). What is at the hands still counts."""

FREEDOMS: Final = (
    "arm_swings",
    "arms_alternate",
    "hand_moves_freely",
    "hand_in_guard",
    "arms_hang",
)
"""Cues of freedom."""

NEARLY: Final = 0.5
"""Least mean score of both arms hanging in view, 0 to 1 (arbitrary)."""

BETWEEN_HOLDS_S: Final = 0.75
"""A hand that goes along a rail or a sofa is free for so long between two holds, s (arbitrary)."""


def decide(
    cues: CueTraces,
    look: Interval,
    *,
    settings: SupportSettings,
    walk: Interval | None = None,
) -> StepSupport:
    """Judge one step: held, in doubt, free, or not seen well enough.

    Parameters
    ----------
    cues : CueTraces
        All cues of the person.
    look : Interval
        The step's time.
    settings : SupportSettings
        Thresholds.
    walk : Interval, optional
        The time of the walk around the step. With it, a step that no rule decides comes back
        `unknown` with its features, for the learned judge.
    """
    inside = (cues.time_s >= look.start_s) & (cues.time_s < look.end_s)
    if not inside.any():
        return StepSupport("unknown", 0.0, cause=Cause("not_seen"))
    heard = {
        name: [
            s for t in cues.of(name) if (s := listen(cues, t, look, settings=settings)) is not None
        ]
        for name in (*HOLDS, *DOUBTS, *FREEDOMS, "hand_at_border", *OF_OTHERS)
    }
    heard = without_bystanders(heard, settings)
    merged = [s for s in heard["bodies_coincide"] if s.share >= settings.min_doubt_share]
    if merged:
        return _unknown(merged[0])
    # Whoever is too small to hold somebody up is no support, but no freedom either.
    small = {s.trace.other_person for s in heard["other_is_small"]}
    held = held_by(heard, small, settings, holdable=holdable(cues, inside))
    held = held or held_up_to(heard, small, settings)
    if held is not None:
        return held
    doubts = _doubts(cues, heard, look, settings)
    features = step_features(cues, look, walk) if walk is not None else None
    if features is not None and features.told:
        return _open(cues, inside, heard, doubts, features=features, settings=settings)
    if doubts:
        return _unknown(max(doubts, key=lambda s: s.weight))
    return _by_arms(cues, inside, heard, settings, walks=features is not None)


def _by_arms(
    cues: CueTraces,
    inside: npt.NDArray[np.bool_],
    heard: Heard,
    settings: SupportSettings,
    *,
    walks: bool,
) -> StepSupport:
    """Decide where nobody looked at the hands: who walks is free only where arms are to do."""
    out = _free(cues, inside, heard, settings)
    if not walks or settings.arms_alone or out.support != "none":
        return out
    why = Cause("hands_not_looked_at")
    return replace(out, support="unknown", confidence=0.0, cause=why, nearly=False)


def _open(
    cues: CueTraces,
    inside: npt.NDArray[np.bool_],
    heard: Heard,
    doubts: Sequence[Spoken],
    *,
    features: StepFeatures,
    settings: SupportSettings,
) -> StepSupport:
    """Leave a step to the learned judge, but for doubts about other people and hands unseen."""
    alone = not any(heard[name] for name in NEAR)
    children = {s.trace.other_person for s in heard["other_is_small"] if s.weight >= CLEARLY_SMALL}
    hard = [
        s
        for s in doubts
        if s.trace.cue not in SOFT and s.trace.other_person not in children - {None}
    ]
    hard += [s for s in heard["hand_at_border"] if s.share >= settings.min_doubt_share]
    weighable = _weighable(cues, inside, heard, doubts, features=features, settings=settings)
    weighable = replace(weighable, alone=alone)
    if not hard:
        return weighable
    why = max(hard, key=lambda s: s.weight)
    things = tuple(s.evidence for name in SOFT for s in heard[name] if s is not why)
    doubt = _unknown(why)
    doubt = replace(doubt, evidence=doubt.evidence + things)
    if all(s.trace.cue in OUTWEIGHED for s in hard):
        doubt = replace(doubt, otherwise=weighable)
    if any(s.trace.cue not in OWN for s in hard):
        return doubt
    # Not free, but what goes along with the hands may still say what holds.
    return replace(doubt, features=replace(features, glimpsed=False), alone=alone)


def _weighable(
    cues: CueTraces,
    inside: npt.NDArray[np.bool_],
    heard: Heard,
    doubts: Sequence[Spoken],
    *,
    features: StepFeatures,
    settings: SupportSettings,
) -> StepSupport:
    """Give a step as the learned judge may call it free."""
    evidence = tuple(s.evidence for name in (*FREEDOMS, *SOFT) for s in heard[name])
    if features.glimpsed:
        out = StepSupport("unknown", 0.0, evidence, cause=Cause("not_seen"))
    else:
        out = _free(cues, inside, heard, settings, glimpsed=False)
        out = replace(out, nearly=out.nearly and not doubts)
    return replace(out, features=features)


def _doubts(
    cues: CueTraces, heard: Heard, look: Interval, settings: SupportSettings
) -> list[Spoken]:
    """Give what makes holding possible: cues of doubt, cues of holding that spoke too briefly."""
    doubts = [s for name in (*DOUBTS, *HOLDS) for s in heard[name]]
    doubts = [s for s in doubts if s.share >= settings.min_doubt_share]
    around = Interval(look.start_s - BETWEEN_HOLDS_S, look.end_s + BETWEEN_HOLDS_S)
    return doubts + [
        replace(spoken, share=settings.min_doubt_share)
        for trace in cues.of("hand_fixed_in_room")
        if (spoken := listen(cues, trace, around, settings=settings)) is not None
    ]


def _unknown(why: Spoken) -> StepSupport:
    return StepSupport(
        "unknown",
        confidence=round(why.weight, 3),
        evidence=(why.evidence,),
        cause=Cause(why.trace.cue, hands_of([why]), why.trace.other_person),
    )


def _free(
    cues: CueTraces,
    inside: npt.NDArray[np.bool_],
    heard: Heard,
    settings: SupportSettings,
    *,
    glimpsed: bool = True,
) -> StepSupport:
    """Decide for `none` where both hands are free, else say which hand is not known to be.

    Not where one of them is not even ``glimpsed`` in the walk.
    """
    free = hand_freedom(cues)[inside].mean(axis=0)
    evidence = tuple(s.evidence for name in FREEDOMS for s in heard[name])
    if glimpsed and free.min() >= settings.min_free:
        confidence = round(float(free.min()), 3)
        return StepSupport("none", confidence, evidence, cause=Cause("both_hands_free"))
    worst = int(free.argmin())
    side: Side = "left" if worst == 0 else "right"
    view = np.nan_to_num(cues.hands("hand_in_view")[inside])
    hangs = (np.nan_to_num(cues.hands("hand_hangs")[inside]) * view).mean(axis=0)
    border = [s for s in heard["hand_at_border"] if s.trace.side == side]
    why = "hand_not_seen_free"
    if border:
        why = "hand_at_border"
    elif hand_seen(cues)[inside].mean(axis=0)[worst] < 0.5:
        why = "hand_hidden"
    return StepSupport(
        "unknown",
        confidence=round(1.0 - float(free.min()), 3),
        evidence=evidence + tuple(s.evidence for s in border),
        cause=Cause(why, (side,)),
        nearly=not border
        and bool(free.max() >= settings.min_free or np.maximum(free, hangs).min() >= NEARLY),
    )
