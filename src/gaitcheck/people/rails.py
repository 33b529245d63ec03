"""Lines on which a hand has gone for a while: what it may slide along, or that there is none.

Whatever is fixed in the room and held while walking, a rail, bars, a sofa, a wall's ledge, is one
straight line in the room, and all the time the hand is at it. So beside the body, before and behind
the hand, a border of light or colour is seen along it, and with the camera's motion taken out it is
the same line after a stride: a hand that swings has left it, and borders of rugs, boards and
furniture far behind end, or lie at another height. Where no line goes on so, the hand slides along
nothing. Where one does, it may as well be far behind the hand: where the floor under the feet goes
on up to it and ends there, most likely; else this tells nothing.

Whoever comes towards the camera, or goes away, has most of such a line behind the body. What is
nearer to the camera is before it, outwards from the hand (`depth`), and there the line is looked
for, over the own body too: where nothing begins or ends, nothing is. A hand before or behind the
own trunk is then at nothing along the way, or the trunk would be in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.depth import PLACES_S, DeepWay, Place, aside, deep_way, place_of
from gaitcheck.people.geometry import CORE, WRISTS, body_size, hands_of
from gaitcheck.people.kept import Kept
from gaitcheck.people.lines import moved
from gaitcheck.people.patches import Look, looked, looked_out
from gaitcheck.people.sliding import foot_of_wall, rail

FloatArray = npt.NDArray[np.floating[Any]]

_WALKED: Final = 0.12
"""Way in `_PACE_S` from which its direction is known, body sizes."""
_PACE_S: Final = (0.4, 1.35)
_WHILE_S: Final = 1.3
"""For so long the hand must have gone on the line: a stride."""
_SHOWN: Final = 0.5
"""Least visibility of a hand that is looked at so: some are said to be where they are not."""
_BESIDE: Final = (1.05, 0.9)
"""Hands nearer to the middle line of the trunk, half shoulder widths, are at no rail along the way:
those that are seen, and hidden ones (rendered: at rails and bars 1.4 to 3)."""


class Rails:
    """Look for lines along the ways of the hands of the people followed."""

    def __init__(self) -> None:
        self._places: dict[int, list[Place]] = {}
        self._looks: dict[tuple[int, int | None], list[Look]] = {}
        """By whose they are; on ways to the camera also by the hand, as it is in the picture."""

    def look(
        self, now: Kept, before: Sequence[Kept], key: int, *, visibility: FloatArray
    ) -> FloatArray:
        """Say how clear a line lies along the way of each hand.

        Parameters
        ----------
        now : Kept
            The picture, later than those of all calls before.
        before : sequence of Kept
            Earlier ones, in time order.
        key : int
            Whose hands.
        visibility : ndarray, shape (33,)
            How well the model sees each landmark of theirs, 0 to 1.

        Returns
        -------
        ndarray, shape (2, 2)
            Strength of the clearest line on which the left and the right hand have been for the
            last second, 0 to 1 (of the full range of light), less where the floor ends at it;
            then, twice, of the clearest one in this picture just beyond the feet, where a near wall
            meets the floor. NaN where the person does not travel or nothing is seen beside the
            bodies; of walls also where they do not travel across the picture.
        """
        self._places = _recent(self._places, now.time_s, for_s=PLACES_S)
        self._looks = _recent(self._looks, now.time_s, for_s=_WHILE_S)
        self._places[key] = places = [*self._places.get(key, []), place_of(now, key)]
        deep = deep_way(places)
        if deep is not None:
            return np.array([self._deep_rails(now, key, deep, visibility), [math.nan, math.nan]])
        way = _way(now, before, key)
        if way is None:
            return np.full((2, 2), np.nan)
        gone = next(p for p in places if now.time_s - p.time_s <= _WHILE_S)
        gone_px = places[-1].middle - gone.middle
        look = looked(now, key, way=way, gone=gone_px, visibility=visibility)
        self._looks[key, None] = looks = [*self._looks.get((key, None), []), look]
        wall = foot_of_wall(look)
        return np.array([[rail(looks, side) for side in (0, 1)], [wall, wall]])

    def _deep_rails(self, now: Kept, key: int, deep: DeepWay, visibility: FloatArray) -> FloatArray:
        """Strength for both hands of somebody who comes to the camera or goes away from it."""
        points, seen = now.bodies[key], visibility[list(WRISTS)]
        far = aside(points)
        ruled_out = (seen >= _SHOWN) & (far < _BESIDE[0])
        ruled_out |= deep.straight & (far < _BESIDE[1])
        strength = np.where(ruled_out, 0.0, math.nan)
        # Poses seen from the front or behind change sides: a hand is the same where it stays.
        for rank, side in enumerate(np.argsort(moved(now.to_room, hands_of(points))[:, 0])):
            if seen[side] >= _SHOWN and not ruled_out[side]:
                look = looked_out(now, key, int(side), deep.outwards[rank], visibility=visibility)
                self._looks[key, rank] = looks = [*self._looks.get((key, rank), []), look]
                strength[side] = rail(looks, rank, deep=True, straight=deep.straight)
        return strength


def _recent(kept: dict[Any, list[Any]], time_s: float, *, for_s: float) -> dict[Any, list[Any]]:
    """Forget what is too long ago, and whoever is gone."""
    recent = {
        key: [one for one in theirs if time_s - one.time_s <= for_s] for key, theirs in kept.items()
    }
    return {key: theirs for key, theirs in recent.items() if theirs}


def _way(now: Kept, before: Sequence[Kept], key: int) -> FloatArray | None:
    """Give the direction of the trunk's way through the room, to the right in the picture."""
    points = now.bodies[key]
    for then in before:
        gone_s = now.time_s - then.time_s
        if key not in then.bodies or not _PACE_S[0] <= gone_s <= _PACE_S[1]:
            continue
        was = then.bodies[key][list(CORE)].mean(axis=0)
        way = points[list(CORE)].mean(axis=0) - moved(
            np.linalg.inv(now.to_room) @ then.to_room, was
        )
        far = float(np.linalg.norm(way))
        if far > _WALKED * body_size(points):
            return np.asarray(way / far * (1.0 if way[0] >= 0 else -1.0))
    return None
