"""What in a patch is not the room as it was before: what the looks at people's things share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.kept import Kept

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

LAGS_S: Final = (0.25, 0.5, 0.75, 1.0, 1.25)
"""When the room is looked at, s before: a walker is away from where they were after a step."""
_LAG_OFF: Final = 0.25
"""Pictures this share of the lag earlier or later will do."""
_ALONG_OFF_S: Final = 0.1
"""Where something is looked for that goes along, pictures so much earlier will do, s."""
DIFFERENT: Final = 10
"""Least difference from the room, of 255 (camera noise left over after looking one px about: 0 to
5)."""
ALIKE: Final = 0.6
"""A thing differs less from what was at the hand a moment ago than this share of its difference
from the room."""
_NARROW_PX: Final = 5
"""A thing is narrower than this from left to right, px of the patch: 9 cm beside an adult. With 9
px free hands score half as high again, things at hands hardly higher."""
_ALONE: Final = 0.5
"""Share of its difference from the room by which a thing stands out from what is beside it: the
soft border of a shadow, and the darkest part of it, do by less."""
CLOTHES: Final = (1.25, 1.5)
"""Width of a body now, which is no thing, and of one before, which hid the room."""


@dataclass(frozen=True, eq=False)
class Patch:
    """The picture about one body, and what in it is not the room.

    Parameters
    ----------
    image : ndarray of uint8, shape (rows, columns, 3)
    place : ndarray, shape (3, 3)
        Takes px of the patch to px of the picture.
    size_px : float
        The body's size in it, px.
    points : ndarray, shape (33, 2)
        Its landmarks, px of the patch.
    floor : float
        Row of the floor at its feet.
    own : ndarray of uint8, shape (rows, columns)
        255 on the body in its clothes, else 0.
    differs : ndarray of uint8, shape (rows, columns)
        Difference from the room, of 255.
    told : ndarray of uint8, shape (rows, columns)
        1 where the room is known and nobody is, else 0.
    narrow, narrow_told : ndarray of uint8, shape (rows, columns)
        1 where something narrow is not the room, and where that can be told, else 0.
    """

    image: Image
    place: FloatArray
    size_px: float
    points: FloatArray
    floor: float
    own: Image
    differs: Image
    told: Image
    narrow: Image
    narrow_told: Image


def before(kept: Sequence[Kept], time_s: float) -> Kept | None:
    """Give the picture kept that is nearest to a time, None where there is none."""
    return min(kept, key=lambda k: abs(k.time_s - time_s), default=None)


def unlike(here: Image, there: Image, *, reach: int = 3) -> Image:
    """Least difference of each px from those about the same place, of the channels the largest."""
    high, low = cv2.dilate(there, square(reach)), cv2.erode(there, square(reach))
    apart = cv2.max(cv2.subtract(here, high), cv2.subtract(low, here))
    blue, green, red = cv2.split(apart)  # several times as fast as numpy's max over three
    return np.asarray(cv2.max(cv2.max(blue, green), red), dtype=np.uint8)


def from_room(
    now: Kept,
    kept: Sequence[Kept],
    here: Image,
    place: FloatArray,
    *,
    compare: Callable[[Image, Image], Image] = unlike,
) -> tuple[Image, Image]:
    """Difference from the room, the middle one of several looks back, and where it is known.

    Parameters
    ----------
    now : Kept
        The picture.
    kept : sequence of Kept
        Pictures before it.
    here : ndarray of uint8, shape (rows, columns, 3)
        Its patch.
    place : ndarray, shape (3, 3)
        Takes px of the patch to px of the picture.
    compare : callable
        Gives the difference of two patches, of 255.

    Returns
    -------
    tuple of ndarray of uint8, shape (rows, columns)
        The difference, of 255, and 1 where it is known, else 0.
    """
    shape = (here.shape[0], here.shape[1])
    lowest = [np.full(shape, 255, dtype=np.uint8) for _ in range(3)]
    n_known = np.zeros(shape, dtype=np.uint8)
    for lag in LAGS_S:
        then = before(kept, now.time_s - lag)
        if then is None or abs(now.time_s - lag - then.time_s) > _LAG_OFF * lag:
            continue
        there = place_then(now, then, place)
        apart = compare(here, then.patch(there, shape=shape))
        hidden = then.covered(there, shape=shape, width=CLOTHES[1])
        apart |= hidden
        n_known += hidden == 0
        for k, low in enumerate(lowest):
            lowest[k], apart = np.minimum(low, apart), np.maximum(low, apart)
    middle = np.where(n_known >= 5, lowest[2], np.where(n_known >= 3, lowest[1], lowest[0]))
    return np.asarray(middle), np.asarray((n_known > 0).astype(np.uint8))


def narrow_things(differs: Image, told: Image) -> tuple[Image, Image]:
    """Give where something narrow is not the room, and where that can be told; 1 there, else 0.

    Parameters
    ----------
    differs, told : ndarray of uint8, shape (rows, columns)
        Difference from the room, of 255, and 1 where it is known and no body.
    """
    seen = (narrow(differs * told) > DIFFERENT).astype(np.uint8)
    # What is cut off by what cannot be told is not known to be narrow.
    cut = seen & (narrow(differs | (255 * (1 - told))) <= DIFFERENT)
    return seen - cut, told - told * cut


def place_then(now: Kept, then: Kept, place: FloatArray) -> FloatArray:
    """Take the place of a patch to an earlier picture, the camera's motion taken out, (3, 3)."""
    there = np.linalg.inv(then.to_room) @ now.to_room @ place
    return np.asarray(there / there[2, 2])


def gone_along(
    now: Kept,
    kept: Sequence[Kept],
    here: Image,
    place: FloatArray,
    *,
    key: int,
    part: Sequence[int],
    lags_s: Sequence[Sequence[float]],
) -> Image | None:
    """Difference of a patch from what was about a part of the body a moment ago, of 255.

    Parameters
    ----------
    now, kept, here, place
        As in `from_room`.
    key : int
        The body's key.
    part : sequence of int
        The part's landmarks; its place is their middle.
    lags_s : sequence of sequences of float
        When it is looked at, s before: at the most alike of each, of which the least alike counts.

    Returns
    -------
    ndarray of uint8, shape (rows, columns), or None
        None where nobody looked at the body then.
    """
    most: Image | None = None
    place_of_part = now.bodies[key][list(part)].mean(axis=0)
    for lags in lags_s:
        least: Image | None = None
        for lag in lags:
            then = before(kept, now.time_s - lag)
            if (
                then is None
                or key not in then.bodies
                or now.time_s - then.time_s >= lag + _ALONG_OFF_S
            ):
                continue
            there = place.copy()
            there[:2, 2] += then.bodies[key][list(part)].mean(axis=0) - place_of_part
            apart = unlike(here, then.patch(there, shape=(here.shape[0], here.shape[1])), reach=5)
            least = apart if least is None else np.minimum(least, apart)
        if least is None:
            return None
        most = least if most is None else np.maximum(most, least)
    return most


def narrow(differs: Image) -> Image:
    """Keep what is narrow from left to right: shadows and fringes of clothes are not."""
    across = np.ones((1, _NARROW_PX), dtype=np.uint8)
    alone = cv2.morphologyEx(differs, cv2.MORPH_TOPHAT, across)
    return np.asarray(np.where(alone >= _ALONE * differs, alone, 0), dtype=np.uint8)


def square(side: int) -> Image:
    """Give a kernel of so many px to a side."""
    return np.ones((side, side), dtype=np.uint8)
