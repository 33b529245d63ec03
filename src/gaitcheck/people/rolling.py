"""Things that roll along beside the legs: frames, boxes, baby walkers, prams.

Somebody may be held by a ring round the trunk, or lean on a broad thing that no ray from the hands
finds. So the picture beside the legs, from the hips to the floor, is asked for whatever is neither
the room as it was before nor a body, and was beside the hips also a moment ago. Shadows go along
too: they are as much darker in all colours (and leave the room as much brighter behind them), so
what differs so alike in all colours counts only where it is narrow.

What this cannot see: what is hidden behind or before the body; a broad thing of the room's own
colour, as far as it has no borders from top to bottom. What it takes for a thing: long pieces into
which large tiles cut a shadow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.apart import ALIKE, Patch, from_room, gone_along, unlike
from gaitcheck.people.geometry import HIPS
from gaitcheck.people.kept import Kept

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_LAGS_S: Final = ((0.1, 0.2), (0.3, 0.45))
"""When a thing must have been beside the hips too, s before, at one of each."""
_DIFFERENT: Final = 12
"""Least difference from the room, of 255."""
_SHADE: Final = 1.25
"""Shadows darken the three colours by shares within this of each other. With 1.15 and 1.35 all that
is said below is nearly the same."""
_DARKEST: Final = 0.3
"""Nothing in a shadow keeps less than this share of its light."""
_PIECE: Final = 0.06
"""Narrow things go on for at least so much from top to bottom, body sizes: tiles and boards cut a
shadow into smaller pieces (without this free walkers score up to 0.45 for a second, with it 0.17).
"""
_BESIDE: Final = (0.06, 0.35)
"""Distances from the body between which things count, body sizes: clothes and errors of the pose
are nearer, other people's things are further."""
_LEGS: Final = 0.17
"""Least height of the hips over the floor in the picture, body sizes: who sits or crawls pushes
nothing."""
_KNOWN: Final = 0.3
"""So much of all that must be seen beside bodies."""


def look_beside(now: Kept, kept: Sequence[Kept], patch: Patch, *, key: int) -> FloatArray:
    """Give how much of the way from hip to floor something beside the legs takes up.

    Parameters
    ----------
    now : Kept
        The picture.
    kept : sequence of Kept
        Pictures before it.
    patch : Patch
        What is about the body.
    key : int
        The body's key.

    Returns
    -------
    ndarray, shape (2,)
        To the left and to the right of the hips in the picture, 0 to 1; NaN where it cannot be
        told.
    """
    shares = np.full(2, np.nan)
    x, y = patch.points[list(HIPS)].mean(axis=0)
    n_rows, n_columns = patch.own.shape
    top, floor = (int(np.clip(round(float(r)), 0, n_rows)) for r in (y, patch.floor + 2))
    if floor - top < _LEGS * patch.size_px:
        return shares
    region = _beside(patch)[top:floor]
    seen = region & (patch.told[top:floor] > 0)
    along = gone_along(now, kept, patch.image, patch.place, key=key, part=HIPS, lags_s=_LAGS_S)
    if along is None or np.count_nonzero(seen) < max(_KNOWN * np.count_nonzero(region), 1):
        return shares
    unshaded, _ = from_room(now, kept, patch.image, patch.place, compare=_unlike_in_any_light)
    new = (unshaded >= _DIFFERENT) | _long_pieces(patch)
    thing = seen & (new & (along < ALIKE * patch.differs))[top:floor]
    middle = int(np.clip(round(float(x)), 1, n_columns - 1))
    for side, half in enumerate((thing[:, :middle], thing[:, middle:])):
        shares[side] = half.any(axis=1).mean()
    return shares


def _beside(patch: Patch) -> npt.NDArray[np.bool_]:
    """Give where in the patch things count: neither at the body nor far from it."""
    away = cv2.distanceTransform((patch.own == 0).astype(np.uint8), cv2.DIST_L2, 3)
    near, far = (share * patch.size_px for share in _BESIDE)
    return np.asarray((away > near) & (away <= far))


def _long_pieces(patch: Patch) -> npt.NDArray[np.bool_]:
    """Give where something narrow that goes on from top to bottom is not the room."""
    narrow = ((patch.narrow > 0) & (patch.differs >= _DIFFERENT)).astype(np.uint8)
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(narrow, connectivity=8)
    long = stats[:, cv2.CC_STAT_HEIGHT] >= _PIECE * patch.size_px
    long[0] = False  # the background
    return np.asarray(long[pieces])


def _unlike_in_any_light(here: Image, there: Image) -> Image:
    """Difference of two patches, 0 where the one is the other in shadow."""
    smooth = (cv2.blur(a, (3, 3)).astype(np.float32) + 1 for a in (here, there))
    ratio = next(smooth) / next(smooth)
    a, b, c = cv2.split(ratio)
    high, low = cv2.max(cv2.max(a, b), c), cv2.min(cv2.min(a, b), c)
    shade = (low > _DARKEST) & (high < 1 / _DARKEST) & (high < _SHADE * low)
    return np.where(shade, 0, unlike(here, there)).astype(np.uint8)
