"""Who is who over long absences and crossings: told by the clothes, when all is over.

Motion bridges a second (`gaitcheck.people.plausible`). Who comes back later is linked to their
earlier track if clothes, way and size make it clear; where two who met have changed tracks, the
tracks are parted there, and linked anew if that is clear. In doubt nothing is linked: black and
grey clothes, and those of which another person has the like, tell nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from gaitcheck.people.exchanges import exchanges_undone, parted
from gaitcheck.people.links import linked
from gaitcheck.people.person import Person


def told_apart(
    people: Sequence[Person], times_s: Sequence[float], *, cuts_s: Sequence[float] = ()
) -> list[Person]:
    """Part the tracks in which somebody else goes on, and link those of the same person.

    Parameters
    ----------
    people : sequence of Person
        Whose tracks have ended.
    times_s : sequence of float
        Times of all frames of the run, s.
    cuts_s : sequence of float
        Where other scenes begin, s: nobody is linked across.

    Returns
    -------
    list of Person
        By their first row.
    """
    parts = parted(exchanges_undone(people), times_s)
    return sorted(linked(parts, times_s, cuts_s=cuts_s), key=lambda p: (p.first_row, p.key))
