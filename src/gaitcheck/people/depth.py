"""Ways that lead to the camera or away from it: where a body was, and where its hands go.

Whoever comes nearer grows, and each place at the body goes outwards along a straight line through
the point where the way vanishes. What a hand may slide along lies on that line, and its nearer part
is before the body: it is seen where the hand will be, or has been.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import CORE, HIPS, SHOULDERS, body_size, hands_of
from gaitcheck.people.kept import Kept
from gaitcheck.people.lines import moved

FloatArray = npt.NDArray[np.floating[Any]]

PLACES_S: Final = 2.6
"""So long back a way is measured: bodies sway with each stride."""
_LEAST_S: Final = 1.0
_GROWS: Final = 0.08
"""Least growth in that time: nobody who stands changes so much."""
_DEEP: Final = 3.0
"""Farther across the picture, body sizes for each time the body grows by its size, the way is seen
from the side (rendered: to the camera 0.1 to 0.6, a third of a right angle off it 2.4)."""
_STRAIGHT: Final = 0.8
"""The same of a way so straight to the camera that nothing beside the body is behind it."""


@dataclass(frozen=True, eq=False)
class Place:
    """Where a body was, in the room."""

    time_s: float
    middle: FloatArray
    """Of the trunk, (2,)."""
    size: float
    hands: FloatArray
    """Left and right, (2, 2)."""

    @property
    def hands_across(self) -> FloatArray:
        """The one farther left in the picture first, whichever the pose says it is, (2, 2)."""
        return np.asarray(self.hands[np.argsort(self.hands[:, 0])])


@dataclass(frozen=True, eq=False)
class DeepWay:
    """A way to the camera or away from it."""

    outwards: FloatArray
    """Direction in which the place of each hand goes as the body grows, in the room, (2, 2); first
    of the one farther left in the picture."""
    straight: bool
    """Whether it leads so straight to the camera that what is beside the body is seen beside it."""


def place_of(now: Kept, key: int) -> Place:
    """Give where somebody is in a picture."""
    points = now.bodies[key]
    scale = math.sqrt(abs(float(np.linalg.det(now.to_room[:2, :2]))))
    return Place(
        time_s=now.time_s,
        middle=moved(now.to_room, points[list(CORE)].mean(axis=0)),
        size=max(body_size(points), 1.0) * scale,
        hands=moved(now.to_room, hands_of(points)),
    )


def deep_way(places: Sequence[Place]) -> DeepWay | None:
    """Give the way of the latest places, if it leads to the camera or away from it.

    Parameters
    ----------
    places : sequence of Place
        Of the last `PLACES_S`, in time order.
    """
    time_s = np.array([place.time_s for place in places])
    length_s = float(time_s[-1] - time_s[0])
    if length_s < _LEAST_S:
        return None
    middle, size = (np.array([getattr(p, name) for p in places]) for name in ("middle", "size"))
    time_s = (time_s - time_s.mean()) / ((time_s - time_s.mean()) ** 2).sum()
    grows = float(time_s @ size)
    if abs(grows) * length_s < _GROWS * size.mean():
        return None
    # How far the middle goes while the body grows by its size: from the vanishing point to it.
    far = time_s @ middle / grows
    if np.linalg.norm(far) > _DEEP:
        return None
    hands = np.array([place.hands_across for place in places])
    at = np.median((hands - middle[:, None]) / size[:, None, None], axis=0)
    outwards = far + at
    length = np.maximum(np.linalg.norm(outwards, axis=1, keepdims=True), 1e-6)
    return DeepWay(outwards / length, straight=bool(np.linalg.norm(far) < _STRAIGHT))


def aside(points: FloatArray) -> FloatArray:
    """Say how far each hand is from the middle line of the trunk, half shoulder widths, (2,)."""
    top, low = points[list(SHOULDERS)].mean(axis=0), points[list(HIPS)].mean(axis=0)
    down = (low - top) / max(float(np.linalg.norm(low - top)), 1.0)
    across = np.array([-down[1], down[0]])
    half = 0.5 * abs(float((points[SHOULDERS[0]] - points[SHOULDERS[1]]) @ across))
    return np.asarray(np.abs((hands_of(points) - top) @ across) / max(half, 1.0))
