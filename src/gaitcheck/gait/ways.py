"""When a body's way up or down begins and ends: from rest to rest, not only its steep middle."""

from __future__ import annotations

from typing import Final

import numpy as np

from gaitcheck.gait.going_down import BodyMotion
from gaitcheck.gait.signals import runs

REST_LEGS_S: Final = 0.12
"""Shoulders and hips slower than this rest, leg lengths/s (rendered and real, seated and lying:
0.02 to 0.08)."""

REST_S: Final = 0.15
"""They rest for so long at least, s: between leaning forward and rising they slow down for less."""

LEVEL_LEGS_S: Final = 0.1
"""On the feet, also walking, shoulders go up or down slower than this, leg lengths/s, but for the
bob of steps."""

SAME_LEGS: Final = 0.1
"""Hips that changed their height by less are as low as before, leg lengths."""

UP_S: Final = 0.8
"""So far from the steep middle of a way its end on the feet is looked for, s."""

BELOW_S: Final = 2.4
"""The same of its end below, s (rendered: rising from the floor begins 1.6 s before its steep
part)."""


def rest_below(
    motion: BodyMotion, row: int, *, forward: bool, within_s: float = BELOW_S
) -> int | None:
    """Find the frame at which the body comes to rest below, or leaves it.

    Parameters
    ----------
    motion : BodyMotion
        Of one person.
    row : int
        A frame of the way.
    forward : bool
        Look after it, for the end of a way down; else before it, for the beginning of a way up.
    within_s : float
        So far.

    Returns
    -------
    int or None
        None where the body does not rest by then.
    """
    at_s = float(motion.time_s[row])
    frames = max(round(REST_S / motion.frame_s), 2)
    rests = [(a, b) for a, b in runs(motion.speed < REST_LEGS_S) if b - a >= frames]
    if forward:
        after = [a for a, _ in rests if a >= row]
        found = min(after, default=None)
    else:
        found = max((b - 1 for _, b in rests if b - 1 <= row), default=None)
    if found is None or abs(float(motion.time_s[found]) - at_s) > within_s:
        return None
    return found


def level_above(motion: BodyMotion, row: int, *, forward: bool) -> int:
    """Find the frame at which the shoulders stay at their height, up on the feet.

    As `rest_below`; ``row`` itself, or the farthest frame looked at, where they go on.
    """
    step = 1 if forward else -1
    at_s = float(motion.time_s[row])
    rises = motion.shoulders_up if forward else -motion.shoulders_up
    last = row
    while 0 <= last + step < len(rises):
        if abs(float(motion.time_s[last + step]) - at_s) > UP_S:
            break
        if rises[last] < LEVEL_LEGS_S:
            break
        last += step
    return last


def _still_low(motion: BodyMotion, low: int, up: int) -> int:
    """Find the frame nearest to being up in which the hips rest as low as at ``low``.

    The steep middle is found by the legs, which may seem to change while somebody sits behind a
    desk.
    """
    rows = np.arange(min(low, up), max(low, up) + 1)
    sunk = (motion.hips_px[rows] - motion.hips_px[low]) / motion.leg_px[rows]
    whole = abs(float(motion.hips_px[up] - motion.hips_px[low]) / motion.leg_px[low])
    same = np.abs(sunk) < min(SAME_LEGS, whole / 3)
    low_rows = rows[same & (motion.speed[rows] < REST_LEGS_S)]
    if not len(low_rows):
        return low
    return int(low_rows.max() if up > low else low_rows.min())


def whole_way(
    motion: BodyMotion, start: int, end: int, *, rises: bool, below_s: float = BELOW_S
) -> tuple[float, float]:
    """Give when a way begins and ends, s, from the frames of its steep middle.

    The end below is that of the steep middle where nobody rests by then.
    """
    low, up = (start, end) if rises else (end, start)
    low = _still_low(motion, low, up)
    rest = rest_below(motion, low, forward=not rises, within_s=below_s)
    low = low if rest is None else rest
    up = level_above(motion, up, forward=rises)
    first, last = (low, up) if rises else (up, low)
    return float(motion.time_s[first]), float(motion.time_s[last])
