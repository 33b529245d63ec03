"""Frames too rare for what walking people do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from gaitcheck.people.track import Track

TODDLERS_HZ: Final = 14.5
"""Below so many frames a second quick steps of toddlers may be missed, Hz (FIELD 6: about 15; a
step of 0.31 s then has 4 or 5 frames)."""

ADULTS_HZ: Final = 9.5
"""Below so many any step may be missed, Hz (FIELD 6: 8 to 10)."""


def coarse_warnings(tracks: Sequence[Track]) -> tuple[str, ...]:
    """Say once for all people if frames are too rare, and what that means for the answer."""
    between = [np.diff(track.time_s) for track in tracks if len(track) > 2]
    if not between:
        return ()
    rate_hz = 1 / float(np.median(np.concatenate(between)))
    if rate_hz >= TODDLERS_HZ:
        return ()
    whose = "steps" if rate_hz < ADULTS_HZ else "quick steps, as of toddlers,"
    return (
        f"only {rate_hz:.3g} frames a second: {whose} may be missed or left in doubt, and times "
        f"are known to about {500 / rate_hz:.0f} ms",
    )
