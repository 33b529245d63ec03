"""Cues that speak of holding come in; who or what holds goes out, and who only walks beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.cues.traces import CueTraces
from gaitcheck.gait.events import Support
from gaitcheck.gait.listening import Heard, hands_of
from gaitcheck.gait.reasons import Cause
from gaitcheck.settings import SupportSettings

HOLDS: Final[dict[str, Support]] = {
    "hand_at_hand": "person",
    "hand_at_body": "person",
    "hand_fixed_in_room": "object_fixed",
    "hands_rigid_apart": "object_moving",
    "thing_at_both_hands": "object_moving",
}
"""Cues that say who or what holds, in the order in which they are believed."""

STILL: Final = 0.12
"""Least mean swing of a hand that no hand holds (rendered: held 0.00 to 0.02, where two only walk
side by side 0.15 to 0.94; who swings the hands together stays unknown)."""

HANGS: Final = 0.25
"""Least mean of `hand_hangs` of a hand that no hand holds up (rendered: held 0.00 to 0.03; adults
who walk side by side with their hands hanging near each other 0.2 to 1, mostly 1)."""

OFF_THE_PERSON: Final = ("walks_beside", "hands_hover")
"""Cues that say of somebody near that they hold nobody: they go beside, or their hands hover."""

RULED_OUT: Final = ("hand_at_hand", "person_in_reach")
"""What such a one may seem to do all the same."""


def holdable(cues: CueTraces, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Say which hand of the person, left and right, may be in another's for support.

    Not one that swings, nor one that hangs down: nobody is held up by that. Two walk side by side,
    hand in hand perhaps.
    """
    swings = np.nan_to_num(cues.hands("arm_swings") * cues.hands("arm_is_long"))[inside]
    hangs = np.nan_to_num(cues.hands("hand_hangs"))[inside]
    return np.asarray((swings.mean(axis=0) < STILL) & (hangs.mean(axis=0) < HANGS))


def held_by(
    heard: Heard,
    small: set[int | None],
    settings: SupportSettings,
    *,
    holdable: npt.NDArray[np.bool_],
) -> StepSupport | None:
    """Decide for holding where a cue of holding spoke long enough.

    Not for another's hand at one of the person's that is not ``holdable``: that is a doubt.
    """
    swinging = _others(heard, ("swings_beside",), settings)
    for name, support in HOLDS.items():
        strong = [s for s in heard[name] if s.share >= settings.min_share]
        strong = [s for s in strong if s.trace.other_person not in small - {None}]
        if name == "hand_at_body":
            strong = [s for s in strong if s.trace.other_person not in swinging]
        if name == "hand_at_hand":
            strong = [s for s in strong if s.trace.other_person not in _led(heard, settings)]
            strong = [s for s in strong if holdable[int(s.trace.side == "right")]]
        if support == "object_moving" and small:
            continue  # arms held out to a child that walks ahead look like hands on a frame
        if not strong:
            continue
        best = max(strong, key=lambda s: s.weight)
        return StepSupport(
            support,
            confidence=round(best.weight, 3),
            evidence=tuple(s.evidence for s in strong),
            cause=Cause(name, hands_of(strong), best.trace.other_person),
        )
    return None


def without_bystanders(heard: Heard, settings: SupportSettings) -> Heard:
    """Take out what the nearness of those says who hold nobody for certain."""
    beside = _others(heard, OFF_THE_PERSON, settings)
    return heard | {
        name: [s for s in heard[name] if s.trace.other_person not in beside] for name in RULED_OUT
    }


def _led(heard: Heard, settings: SupportSettings) -> set[int | None]:
    """Give the others whom this person holds by the trunk and who do not hold them so."""
    own, theirs = (_others(heard, (cue,), settings) for cue in ("holds_other", "hand_at_body"))
    return own - theirs


def _others(heard: Heard, cues: Sequence[str], settings: SupportSettings) -> set[int | None]:
    """Give the others of whom one of the cues spoke long enough."""
    spoken = [s for cue in cues for s in heard[cue]]
    return {s.trace.other_person for s in spoken if s.share >= settings.min_share}


def held_up_to(
    heard: Heard, small: set[int | None], settings: SupportSettings
) -> StepSupport | None:
    """Decide for a person where an arm is up and somebody not smaller is within its reach.

    The joined hands themselves are often hidden, by a body or by each other.
    """
    arms = [s for name in ("arm_held_up", "hands_overhead") for s in heard[name]]
    arms = [s for s in arms if s.share >= settings.min_share]
    people = [s for s in heard["person_in_reach"] if s.share >= settings.min_share]
    people = [s for s in people if s.trace.other_person not in small]
    if not arms or not people:
        return None
    best, arm = max(people, key=lambda s: s.weight), max(arms, key=lambda s: s.weight)
    return StepSupport(
        "person",
        confidence=round(best.weight * arm.weight, 3),
        evidence=tuple(s.evidence for s in (*arms, best)),
        cause=Cause(arm.trace.cue, hands_of(arms), best.trace.other_person),
    )
