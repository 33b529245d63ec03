"""Skeletons small enough for a page: 17 points a frame, 14 bits a coordinate, base64."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.pose.landmarks import INDEX

if TYPE_CHECKING:
    from gaitcheck.people.track import Track

POINTS: Final = (
    "nose",
    *(
        f"{side}_{part}"
        for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
        for side in ("left", "right")
    ),
)
"""The landmarks that are drawn, in this order: nose, then left and right of each part."""

LEVELS: Final = (1 << 14) - 1
"""A coordinate is kept as 0 to this: from half a picture before the picture to half behind it."""
GUESSED: Final = 1 << 14
"""Added to x where the model guesses a point that it does not see."""
UNSEEN: Final = 0xFFFF
"""x of a point for which there is nothing."""

_SURE: Final = 0.5
"""A lower visibility is a guess (the model's own reading of its score)."""
_MAX_ROWS: Final = 120_000
"""So many poses a page holds at most, of all people: 12 MB (arbitrary); of more every second,
third and so on is kept, and the page draws lines between."""


def poses(tracks: Sequence[Track]) -> list[dict[str, Any]]:
    """Give what a page needs to draw each person.

    Parameters
    ----------
    tracks : sequence of Track
        Of all people.

    Returns
    -------
    list of dict
        ``person``; ``times``: base64 of uint32, 1e-4 s; ``points``: base64 of uint16 pairs x, y,
        17 a time, little endian, in shares of the picture (`LEVELS`, `GUESSED`, `UNSEEN`).
    """
    rows = sum(int(track.seen.sum()) for track in tracks)
    every = max(1, -(-rows // _MAX_ROWS))
    return [_pose(track, every) for track in tracks if track.seen.any()]


def _pose(track: Track, every: int) -> dict[str, Any]:
    kept = np.flatnonzero(track.seen)[::every]
    columns = [INDEX[name] for name in POINTS]
    share = track.points_px[kept][:, columns] / np.array(track.picture_size, dtype=float)
    seen = np.isfinite(share).all(axis=2)
    levels = np.clip(
        np.round((np.where(seen[..., None], share, 0.0) + 0.5) / 2 * LEVELS), 0, LEVELS
    )
    coded = levels.astype("<u2")
    coded[..., 0] += np.where(track.visibility[kept][:, columns] < _SURE, GUESSED, 0).astype("<u2")
    coded[~seen] = UNSEEN
    return {
        "person": int(track.person),
        "times": _base64(np.round(track.time_s[kept] * 1e4).astype("<u4")),
        "points": _base64(coded),
    }


def _base64(values: npt.NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")
