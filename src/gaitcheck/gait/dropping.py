"""Falls seen along the body: towards the camera or away the trunk seems to stay upright.

What shows them from every side is how fast the shoulders come down to the floor: kneeling down,
sitting down and going down on hands and knees take longer or end higher.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from gaitcheck.gait.going_down import BodyMotion, GoingDown

STANDS_LEGS: Final = 1.2
"""Shoulders over the feet of one who stands, leg lengths (rendered, all builds: 1.39 to 1.67)."""

BEFORE_S: Final = 1.5
"""How high the shoulders stood is their height at most times (the third quarter) so long before,
s."""

LEAVES: Final = 0.87
"""Below this part of their height the shoulders have left it (walking keeps 0.9)."""

LOW: Final = 0.63
"""Below this part of it they are low (kneeling 0.59 to 0.65, seated 0.7)."""

DROP_S: Final = 0.6
"""From the one to the other a fall takes at most so long, s (rendered: 0.12 to 0.52; who goes down
on hands and knees 1.1 and more)."""

DEEPEST: Final = (0.56, 0.5)
"""Least part of their height soon after that is no fall and that is a sure one (rendered: falls
0.0 to 0.55, of 20 two above 0.51; kneeling 0.57 at least)."""

AFTER_S: Final = 0.6
"""They stay low for so long, or as long as the body is seen without a gap, s."""

SEEN_S: Final = 0.15
"""So long at least, s."""

GAP_S: Final = 0.11
"""Over a longer gap nobody knows what happened, s (CCTV of 10 Hz has a frame each 0.1)."""


def drops(motion: BodyMotion) -> list[GoingDown]:
    """Find where the shoulders come down from standing height to the floor, and stay there."""
    out: list[GoingDown] = []
    height, time_s = motion.shoulders_legs, motion.time_s
    for last in _candidates(motion):
        start_s = float(time_s[last])
        before = motion.between(start_s - BEFORE_S, start_s + motion.frame_s / 2)
        stood = float(np.percentile(height[before], 75))
        until = int(np.searchsorted(time_s, start_s + DROP_S + AFTER_S + GAP_S))
        part = height[last:until] / stood
        if stood < STANDS_LEGS or part[0] < LEAVES or part[1] >= LEAVES:
            continue
        low = np.flatnonzero(part < LOW)
        if not len(low) or (part[1 : low[0]] >= LEAVES).any():
            continue
        end_s = float(time_s[last + low[0]])
        lost = np.flatnonzero(np.diff(time_s[last : until + 1]) > GAP_S)
        lost_s = float(time_s[last + lost[0]]) if len(lost) else float(time_s[-1])
        seen_s = min(lost_s, end_s + AFTER_S) - end_s
        after = part[motion.between(end_s, end_s + seen_s + motion.frame_s / 2)[last:until]]
        if end_s - start_s > DROP_S or seen_s < SEEN_S or (after > LOW).any():
            continue
        deep = float(np.interp(after.min(), DEEPEST[::-1], (1.0, 0.0)))
        if deep > 0.0:
            out.append(GoingDown(start_s, end_s, deep, 1.0))
    return out


def _candidates(motion: BodyMotion) -> list[int]:
    """Frames of a height to stand at, soon after which the shoulders are low."""
    height = motion.shoulders_legs
    ahead = max(round((DROP_S + GAP_S) / motion.frame_s), 1)
    padded = np.concatenate([height, np.full(ahead, np.inf)])
    lowest = np.lib.stride_tricks.sliding_window_view(padded[1:], ahead).min(axis=1)
    falls = (height >= LEAVES * STANDS_LEGS) & (lowest * LEAVES < LOW * height)
    return [int(row) for row in np.flatnonzero(falls)]
