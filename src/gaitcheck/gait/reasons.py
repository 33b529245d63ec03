"""Runs of steps in words a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gaitcheck.gait.events import Step
from gaitcheck.time import Interval


def tell_reasons(
    steps: Sequence[Step], words: Sequence[str], looks: Sequence[Interval]
) -> tuple[str, ...]:
    """Join runs of steps that share one reason.

    Parameters
    ----------
    steps : sequence of Step
        In time order; numbered from 1 in the text.
    words : sequence of str
        The reason of each.
    looks : sequence of Interval
        The time over which each was judged, s.

    Returns
    -------
    tuple of str
        Such as "steps 3 to 9: held by person 2 at the right hand, 12.1 to 15.4 s".
    """
    told = []
    for reason, run in groupby(range(len(steps)), key=lambda i: words[i]):
        indices = list(run)
        first, last = indices[0], indices[-1]
        which = f"step {first + 1}" if first == last else f"steps {first + 1} to {last + 1}"
        start_s, end_s = looks[first].start_s, looks[last].end_s
        told.append(f"{which}: {reason}, {start_s:.1f} to {end_s:.1f} s")
    return tuple(told)
