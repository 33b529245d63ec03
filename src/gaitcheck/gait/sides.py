"""Which leg is which where motion alone leaves it in doubt: as it makes the clearer walk.

How strongly the model's own labels are believed decides for runs of frames in which the legs hide
each other. There both ways are tried, and the networks that have learned how feet go
(`gaitcheck.gait.learned`) say which one looks more like standing and stepping.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.learned import feet_odds
from gaitcheck.gait.legs import LEGS, exchanged, judged_legs, repair_sides, with_exchanged
from gaitcheck.gait.signals import body_scale_px, runs, walk_signals
from gaitcheck.people.track import Track

BoolArray = npt.NDArray[np.bool_]

OTHER_TRUSTS: Final = (0.0, 5.0, 30.0)
"""How strongly the model's own label might be believed too, nats for each second: not at all, half
and three times as strongly (`gaitcheck.gait.legs.TRUST_NATS_S`)."""

AROUND_S: Final = 0.5
"""So long before and after the frames in doubt the feet are looked at, s: the step before and the
one after."""

SEEN_S: Final = 3.2
"""So much of the track before and after them tells it, s (as far as the networks see)."""

CLEARER: Final = 0.3
"""By so much the odds that a foot moves are farther from even, in the mean of both feet, where the
other way is taken, natural logarithm (measured: 0.15 to 0.3 alike)."""

LOUDEST: Final = 8.0
"""Odds beyond this are not clearer."""


def clearest_sides(track: Track) -> Track:
    """Give the track with exchanges of left and right undone, the legs as they walk more clearly.

    Parameters
    ----------
    track : Track
        One person as the pose model saw them.

    Returns
    -------
    Track
        As `gaitcheck.gait.legs.repair_sides` gives it, but for runs of frames in doubt.
    """
    out = repair_sides(track)
    for first, last in _in_doubt(track):
        frames = np.zeros(len(track), dtype=bool)
        frames[first:last] = True
        other = with_exchanged(out, frames, LEGS)
        start_s, end_s = float(track.time_s[first]), float(track.time_s[last - 1])
        clearer = _clearness(other, start_s, end_s) - _clearness(out, start_s, end_s)
        if clearer > CLEARER:
            out = other
    return out


def _in_doubt(track: Track) -> list[tuple[int, int]]:
    """Frames ``[first, last)`` in which another trust in the model gives other labels, in order."""
    legs, scale = judged_legs(track), body_scale_px(track)
    usual = exchanged(track, legs, scale_px=scale)
    found: set[tuple[int, int]] = set()
    for trust in OTHER_TRUSTS:
        found |= set(runs(exchanged(track, legs, scale_px=scale, trust_nats_s=trust) != usual))
    return sorted(found)


def _clearness(track: Track, start_s: float, end_s: float) -> float:
    """How far from even the odds are that the feet move, around a time."""
    near = (track.time_s >= start_s - SEEN_S) & (track.time_s <= end_s + SEEN_S)
    signals = walk_signals(_only(track, near))
    if signals is None:
        return 0.0
    time_s = signals.time_s
    looked = (time_s >= start_s - AROUND_S) & (time_s <= end_s + AROUND_S) & signals.valid
    if not looked.any():
        return 0.0
    return float(np.minimum(np.abs(feet_odds(signals).moving[looked]), LOUDEST).mean())


def _only(track: Track, frames: BoolArray) -> Track:
    """Give some frames of a track."""
    rows: dict[str, Any] = {}
    for field in fields(track):
        value = getattr(track, field.name)
        if isinstance(value, np.ndarray):
            rows[field.name] = value[frames]
    return replace(track, **rows)
