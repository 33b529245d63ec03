"""Two people in one pose, told apart by a second head.

Of two who walk one before or close beside the other the model gives one pose, in one picture the
one's and in the next the other's, and often both's: a leg and an arm of each. Their heads are not
mixed. With the head of the pose painted over, and nothing else, the model sees the other one's; of
one body alone it sees the body as before, with a head where the paint is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import SHOULDERS, body_size
from gaitcheck.people.second_look import HEAD_STAYS, found_again, head, heads_apart

if TYPE_CHECKING:
    from gaitcheck.people.second_look import SecondLook
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]

_BESIDE: Final = (
    (0.0, False), (0.25, True), (-0.25, True),
    (0.15, False), (-0.1, True), (0.1, True), (-0.15, False),
)  # fmt: skip
"""How far beside the pose it is looked, in heights, and whether its trunk and arms are painted over
too, in turn: each shows people whom the others do not."""
_LOOKS: Final = 3
_APART: Final = 0.09
"""Heads further apart are two, in body sizes (looks at one body: up to 0.09)."""
_SHOULDERS: Final = 0.03
"""... and their shoulders so far: else it is one body twice."""
_SUNK: Final = 0.1
"""The same where the head lies below the other's, on its chest (of walkers alone up to 0.09, of
two 0.1 to 0.27)."""


def by_heads(looks: SecondLook, points_px: FloatArray, *, times: int) -> tuple[Body, Body] | None:
    """Look for a second head, and for the bodies of both.

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
        The one with the head of the pose, and the other; None where there is one only.
    """
    for look in range(_LOOKS):
        aside, upper = _BESIDE[(_LOOKS * times + look) % len(_BESIDE)]
        other = looks.beside(aside, upper=upper)
        if other is not None and is_another(other.points_px, points_px):
            return both(looks, points_px, other)
    return None


def is_another(points_px: FloatArray, known_px: FloatArray) -> bool:
    """Whether a head is another one, and of another body.

    With its head hidden a body alone is sometimes seen with the head on the chest.
    """
    if heads_apart(points_px, known_px) < _APART:
        return False
    beside, down = (head(points_px) - head(known_px)) / body_size(known_px)
    moved = points_px[list(SHOULDERS)].mean(axis=0) - known_px[list(SHOULDERS)].mean(axis=0)
    shoulders = float(np.linalg.norm(moved)) / body_size(known_px)
    return shoulders > (_SUNK if down > abs(beside) else _SHOULDERS)


def both(looks: SecondLook, points_px: FloatArray, other: Body) -> tuple[Body, Body] | None:
    """See the two once more, each with the other's head painted over."""
    kept = looks.headless(other.points_px)
    if kept is None or heads_apart(kept.points_px, points_px) > HEAD_STAYS:
        return None
    again = looks.headless(kept.points_px, around=other.points_px)
    if again is None or not found_again(again, other):
        return None
    return (kept, again) if is_another(again.points_px, kept.points_px) else None
