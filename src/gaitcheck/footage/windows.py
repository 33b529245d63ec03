"""From the times at which something moves to the parts of a video that are followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gaitcheck.time import Interval

LEAD_S: Final = 2.0
"""A window begins so long before the last sample in which nothing moved, s: the background is
learnt and whoever sits there is found (a sweep of the picture takes half of it), and the first
lift-off is inside."""
TAIL_S: Final = 1.5
"""A window ends so long after, s: lost_after_s, and a last contact (arbitrary)."""
JOIN_S: Final = 5.0
"""Windows so near become one, s: less than a lead-in with its sweep costs."""
EXTEND_S: Final = 8.0
"""A window at whose edge somebody moves is extended by so much there, s (arbitrary)."""


def windows(active: Iterable[Interval], *, duration_s: float) -> list[Interval]:
    """Give the windows to follow, in order, with their margins, none touching another.

    Parameters
    ----------
    active : iterable of Interval
        When something moves, s; may overlap.
    duration_s : float
        Length of the video, s. A window that reaches its end is open: it goes on to infinity.
    """
    wide = [Interval(max(a.start_s - LEAD_S, 0.0), a.end_s + TAIL_S) for a in active]
    return merged(wide, duration_s=duration_s)


def merged(parts: Iterable[Interval], *, duration_s: float) -> list[Interval]:
    """Join windows that are near each other, or an end of the video."""
    found: list[Interval] = []
    for part in sorted(parts, key=lambda p: p.start_s):
        start_s = 0.0 if part.start_s < JOIN_S else part.start_s
        end_s = float("inf") if part.end_s > duration_s - JOIN_S else part.end_s
        if found and start_s - found[-1].end_s < JOIN_S:
            start_s = found[-1].start_s
            end_s = max(end_s, found.pop().end_s)
        found.append(Interval(start_s, end_s))
    return found


def length_s(parts: Sequence[Interval], *, duration_s: float) -> float:
    """Give the time that windows cover in all, s."""
    return sum(min(part.end_s, duration_s) - part.start_s for part in parts)
