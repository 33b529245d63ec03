"""Why runs of steps have their support: as data, and in words a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from gaitcheck.gait.events import Side, Step, Support
from gaitcheck.time import Interval

DECIDED: Final = {
    "both_hands_free": "both hands free",
    "hand_at_hand": "held by person {other} at {hands}",
    "hand_at_body": "held by person {other} at {hands}",
    "arm_held_up": "held by person {other} at {arms}, held up",
    "hands_overhead": "held by person {other} at {arms}, held up",
    "hand_fixed_in_room": "{hands} held to something fixed",
    "hands_rigid_apart": "both hands at something that moves along",
    "thing_at_both_hands": "both hands at something that moves along",
    "thing_at_hand": "{hands} at something that moves along",
    "stick_in_step": "{hands} at a stick that is set down step by step",
    "rolls_along": "in or at something that goes along, as a frame on wheels",
}
"""Words of what decided a support."""

DOUBTED: Final = {
    "not_seen": "not seen",
    "bodies_coincide": "two people seen as one body",
    "person_in_reach": "person {other} within reach",
    "lost_beside": "person {other} out of sight within reach",
    "arms_torn": "arms seem those of two people, perhaps somebody close by whom nobody follows",
    "too_small": "too small in the picture to see what the hands do",
    "arm_held_up": "{side} arm held up, perhaps by somebody unseen",
    "hands_overhead": "{side} arm stretched up, perhaps to somebody unseen",
    "hand_at_hand": "hand of person {other} near the {side} hand",
    "hand_at_body": "hand of person {other} near the body",
    "hand_fixed_in_room": "{side} hand for a while fixed in the room",
    "hands_rigid_ahead": "both hands still before the body, perhaps at something",
    "hands_rigid_apart": "both hands for a while still beside the body",
    "thing_at_hand": "something goes along with the {side} hand",
    "thing_at_both_hands": "something goes along with both hands for a while",
    "stick_in_step": "something like a stick is set down at the {side} hand",
    "strap_above": "something goes along above the shoulders, as straps of a hoist do",
    "rolls_along": "something goes along beside the legs, as a frame on wheels does",
    "hand_at_border": "{side} hand at the border of the picture",
    "hand_hidden": "{side} hand hidden",
    "hand_as_at_grip": "{side} hand carried as at a grip",
    "hand_raised_alone": "{side} hand raised while the other is not, perhaps at something",
    "rail_at_hand": "something runs along the way of the {side} hand, perhaps a rail",
    "hand_lags": "{side} hand stays behind the body for a while",
    "hand_not_seen_free": "{side} hand not seen to be free",
    "hands_not_looked_at": "no look at pictures for a stick or a rail at the hands",
    "moment_between_holds": "free only for a moment between steps that were held",
    "hold_changes": "a hand lets go or takes hold",
    "one_step_alone": "free only for one step of this walk",
}
"""Words of what left a support unknown."""


@dataclass(frozen=True)
class Cause:
    """What decided the support of one step, or left it unknown.

    Parameters
    ----------
    what : str
        A cue, or another name in `DECIDED` or `DOUBTED`.
    hands : tuple of {'left', 'right'}
        The person's own hands that it concerns.
    other_person : int or None
        The other person whom it concerns.
    """

    what: str
    hands: tuple[Side, ...] = ()
    other_person: int | None = None


NOT_SEEN: Final = Cause("not_seen")


@dataclass(frozen=True)
class Reason:
    """Why consecutive steps of one person have their support.

    Parameters
    ----------
    person : int
        Whose steps.
    first_step, last_step : int
        Which steps of that person, counted from 1; the last is among them.
    start_s, end_s : float
        Over which time they were judged, s.
    support : str
        As for a step.
    cause : str
        The cue that decided, or what left it unknown.
    hands : tuple of {'left', 'right'}
        The person's own hands that it concerns.
    other_person : int or None
        The other person whom it concerns.
    """

    person: int
    first_step: int
    last_step: int
    start_s: float
    end_s: float
    support: Support
    cause: str
    hands: tuple[Side, ...] = ()
    other_person: int | None = None

    @property
    def text(self) -> str:
        """The reason as a sentence.

        >>> Reason(1, 3, 9, 12.1, 15.4, "person", "hand_at_hand", ("right",), 2).text
        'person 1, steps 3 to 9: held by person 2 at the right hand, 12.1 to 15.4 s'
        """
        which = f"step {self.first_step}"
        if self.last_step > self.first_step:
            which = f"steps {self.first_step} to {self.last_step}"
        unknown = self.support == "unknown"
        words = (DOUBTED if unknown else DECIDED).get(self.cause, self.cause)
        side = self.hands[0] if self.hands else "one"
        told = words.format(
            other=self.other_person,
            side=side,
            hands=_parts(self.hands, "hand") or "the body",
            arms=_parts(self.hands, "arm") or "an arm",
        )
        doubt = "unknown: " if unknown else ""
        when = f"{self.start_s:.1f} to {self.end_s:.1f} s"
        return f"person {self.person}, {which}: {doubt}{told}, {when}"


def _parts(hands: Sequence[Side], part: str) -> str:
    if len(hands) == 2:
        return f"both {part}s"
    return f"the {hands[0]} {part}" if hands else ""


def find_reasons(
    steps: Sequence[Step], causes: Sequence[Cause], looks: Sequence[Interval]
) -> tuple[Reason, ...]:
    """Join runs of steps that share support and cause.

    Parameters
    ----------
    steps : sequence of Step
        Of one person, in time order, with their support.
    causes : sequence of Cause
        The cause of each.
    looks : sequence of Interval
        The time over which each was judged, s.

    Returns
    -------
    tuple of Reason
    """
    out = []
    for (support, cause), run in groupby(
        range(len(steps)), key=lambda i: (steps[i].support, causes[i])
    ):
        indices = list(run)
        first, last = indices[0], indices[-1]
        out.append(
            Reason(
                person=steps[first].person,
                first_step=first + 1,
                last_step=last + 1,
                start_s=round(looks[first].start_s, 3),
                end_s=round(looks[last].end_s, 3),
                support=support,
                cause=cause.what,
                hands=cause.hands,
                other_person=cause.other_person,
            )
        )
    return tuple(out)
