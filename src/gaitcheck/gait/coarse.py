"""What a recording leaves out: frames too rare for what walking people do, pictures too coarse."""

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

COARSE_QP: Final = (31.0, 36.0)
"""Quantisation parameter of H.264, of a file's coarsest blocks, from which thin things fade, and
where most are gone (rendered, well coded: 29 in the median, 31.5 at most)."""

TOLD_QP: Final = 33.0
"""From so much on a user is told (arbitrary: two fifths of the way)."""


def coarseness(coding_qp: float | None) -> float:
    """How much of what is thin a file's coding may have left out, 0 to 1; 0 where not known."""
    return 0.0 if coding_qp is None else float(np.interp(coding_qp, COARSE_QP, (0.0, 1.0)))


def coarse_warnings(tracks: Sequence[Track]) -> tuple[str, ...]:
    """Say once for all people what the recording leaves out, and what that means for the answer."""
    return (*_rare_frames(tracks), *_coarse_pictures(tracks))


def _rare_frames(tracks: Sequence[Track]) -> tuple[str, ...]:
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


def _coarse_pictures(tracks: Sequence[Track]) -> tuple[str, ...]:
    told = [track.coding_qp for track in tracks if track.coding_qp is not None]
    if not told or max(told) < TOLD_QP:
        return ()
    return (
        f"the video is coded coarsely (H.264, quantisation parameter {max(told):.0f}): a stick or "
        "a rail may not show in it, so more steps are left unknown. A copy that a messenger sent "
        "has less in it than the camera's own file: take that one, if there is one",
    )
