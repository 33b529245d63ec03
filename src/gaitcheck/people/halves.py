"""Two people in one pose, each half of the picture of it alone.

Two who walk side by side in each other's arms are one body for the model: its pose has the trunk of
one and a leg of the other, and painted over it hides both. With everything on one side of its
middle blanked the model sees who is on the other side. Of one body both halves give the same head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.cover import covered_head
from gaitcheck.people.geometry import body_size
from gaitcheck.people.plausible import two_heads
from gaitcheck.people.second_look import head

if TYPE_CHECKING:
    from gaitcheck.people.second_look import SecondLook
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]

_MARGINS: Final = (0.0, 0.05)
"""How far beyond the middle is left, in turn, in heights of the box: with nothing both are right
in 59 % of what is found and with a twentieth in 40 %, but in other pictures."""
_HEADS_BESIDE: Final = 0.06
"""Two heads are at least so far apart sideways, in body sizes."""
_HEAD_HIDDEN: Final = 0.9
"""Share of a head that lies on the other from which it is none of its own."""


def by_halves(looks: SecondLook, points_px: FloatArray, *, times: int) -> tuple[Body, Body] | None:
    """Look for a body on either side of a pose's middle.

    Parameters
    ----------
    looks : SecondLook
        At the picture.
    points_px : ndarray, shape (33, 2)
        The pose, px.
    times : int
        How often it was looked before.

    Returns
    -------
    tuple of Body, or None
        The one that is more like the pose, and the other; None where there is one only.
    """
    found = []
    for side in (-1, 1):
        body = looks.half(side, beyond=_MARGINS[times % len(_MARGINS)])
        if body is None:
            return None
        found.append(body)
    if not _two(*found):
        return None
    first, second = sorted(found, key=lambda body: _unlike(body.points_px, points_px))
    kept = looks.again(first, second)
    other = None if kept is None else looks.again(second, kept)
    if kept is None or other is None:
        return None
    left, right = (kept, other) if first is found[0] else (other, kept)
    return (kept, other) if _two(left, right) else None


def _two(left: Body, right: Body) -> bool:
    """Whether two poses have a head each, the left one's on the left."""
    size = (body_size(left.points_px) + body_size(right.points_px)) / 2
    beside = float((head(right.points_px) - head(left.points_px))[0])
    if beside < _HEADS_BESIDE * size or not two_heads(left.points_px, right.points_px):
        return False
    return all(
        covered_head(a.points_px, b.points_px) < _HEAD_HIDDEN
        for a, b in ((left, right), (right, left))
    )


def _unlike(a: FloatArray, b: FloatArray) -> float:
    return float(np.linalg.norm(a - b, axis=1).mean())
