"""A walk comes in; the times come out from which a hand is not seen again, or until it first is.

The body hides a far hand in each stride and shows it in each. One that it hides for good may have
been put on whatever may be there, and who walks up to a rail puts it there at the end.
"""

from __future__ import annotations

from typing import Final

from gaitcheck.gait.cues.traces import CueTraces
from gaitcheck.gait.events import Side
from gaitcheck.gait.freedom import hand_freedom
from gaitcheck.time import Interval

LEAST_S: Final = 0.6
"""Hidden for so long, s: a step (with 1.0 one held step fewer is found)."""

HIDDEN: Final = 0.2
"""Visibility below which a hand is hidden (with 0.3 one held step more is found, and 16 more of
2,600 free ones are lost)."""

FREE: Final = 0.2
"""So clearly free, as by the rhythm of its arm, it is on nothing (0.1 to 0.5 tell the same)."""

RULED_OUT: Final = 0.1
"""Nor where it is so clearly ruled out that something runs along its way (0.0 to 0.3 alike), or
nobody looked (counted as well, that finds one held step more and loses three free ones)."""


def times_of_lost_hands(cues: CueTraces, walk: Interval) -> tuple[tuple[Interval, Side], ...]:
    """Say when a hand is hidden from the beginning of a walk on, or to its end, perhaps at a rail.

    Parameters
    ----------
    cues : CueTraces
        Of the person, over the walk at least.
    walk : Interval
        The time of the walk, s.

    Returns
    -------
    tuple of (Interval, Side)
        Each such time with the hand: for each at most one from the beginning on and one to the end,
        or all of the walk.
    """
    inside = (cues.time_s >= walk.start_s) & (cues.time_s < walk.end_s)
    time_s = cues.time_s[inside]
    hidden = ~(cues.hands("hand_visibility")[inside] > HIDDEN)
    may_be_there = cues.hands("no_rail_at_hand")[inside] <= RULED_OUT
    lost = hidden & may_be_there & (hand_freedom(cues)[inside] <= FREE)
    out: list[tuple[Interval, Side]] = []
    sides: tuple[Side, Side] = ("left", "right")
    for side, hand in zip(sides, lost.T, strict=True):
        seen_s = time_s[~hand].tolist()
        first_s, last_s = (seen_s[0], seen_s[-1]) if seen_s else (walk.end_s, walk.end_s)
        out.append((Interval(walk.start_s, first_s), side))
        out.append((Interval(last_s, walk.end_s), side))
    return tuple((span, side) for span, side in out if len(time_s) and span.duration_s >= LEAST_S)
