"""Where a region of one person is at any time, also where no pose was found."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.output.blur.room import Room, moved

FloatArray = npt.NDArray[np.floating[Any]]

BEYOND_S: Final = 2.0
"""Before the first and after the last pose a person is still hidden for so long, s (arbitrary: most
people are found within 0.4 s); so too when they leave and when they come back later."""
_GROWTH: Final = 0.9
"""By so much of itself a region grows in each second without a pose (arbitrary: a head that sets
off at 0.5 m/s goes two heads far)."""
_MOST_GROWTH: Final = 2.5
_STEADY_S: Final = 0.4
"""The median over so long before and after says where a head should be that jumped onto somebody
else for a few frames, s."""
_VELOCITY_S: Final = 0.5
"""Of so many seconds the velocity is taken with which a head goes on (arbitrary: a stride)."""
_BRIEF_S: Final = 0.15
"""Gaps so brief are crossed without growing, s."""


class RegionPath:
    """A region through the whole video.

    Parameters
    ----------
    time_s : ndarray, shape (n_frames,)
        Times of the rows, s.
    regions : ndarray, shape (n_frames, 4)
        Ellipses x, y, rx, ry, px; NaN where the person was not seen.
    to_room : ndarray, shape (n_frames, 3, 3)
        Takes each row's picture to the room.
    room : Room
        The camera at other times.
    wider : ndarray, shape (n_frames, 4)
        What is hidden instead while no pose is found.
    """

    def __init__(
        self,
        time_s: FloatArray,
        regions: FloatArray,
        to_room: FloatArray,
        room: Room,
        *,
        wider: FloatArray,
    ) -> None:
        seen = np.isfinite(regions).all(axis=1) & np.isfinite(wider).all(axis=1)
        self._time_s = time_s[seen]
        self._regions = moved(regions[seen], to_room[seen])
        self._steady = steadied(self._time_s, self._regions, around_s=_STEADY_S)
        self._wide = moved(wider[seen], to_room[seen])
        self._steady_wide = steadied(self._time_s, self._wide, around_s=_STEADY_S)
        self._room = room

    def at(self, time_s: float) -> FloatArray:
        """Give the ellipses to hide in the picture of a time, shape (n, 4), px."""
        times = self._time_s
        after = int(np.searchsorted(times, time_s - 1e-4))
        if after < len(times) and abs(times[after] - time_s) < 1e-3:
            found = np.array([self._regions[after], self._steady[after]])
        elif 0 < after < len(times) and times[after] - times[after - 1] <= BEYOND_S:
            found = self._between(after, time_s)
        else:
            ends = [k for k in (after - 1, after) if 0 <= k < len(times)]
            near = [k for k in ends if abs(times[k] - time_s) <= BEYOND_S]
            if not near:
                return np.zeros((0, 4))
            found = np.concatenate([self._beyond(k, time_s) for k in near])
        back = np.linalg.inv(self._room.to_room(time_s))
        return moved(found, np.broadcast_to(back, (len(found), 3, 3)))

    def _between(self, after: int, time_s: float) -> FloatArray:
        """Go from the row before to the one after; a pose may be off where the next is missing."""
        start_s, end_s = self._time_s[after - 1], self._time_s[after]
        share = (time_s - start_s) / (end_s - start_s)
        brief = end_s - start_s <= _BRIEF_S
        away_s = 0.0 if brief else min(time_s - start_s, end_s - time_s)
        found = []
        for regions in (self._regions, self._steady) if brief else (self._wide, self._steady_wide):
            ends = regions[after - 1 : after + 1]
            middle = (1 - share) * ends[0] + share * ends[1]
            middle[2:] = ends[:, 2:].max(axis=0)
            found.append(_grown(middle, away_s))
        return np.array(found)

    def _beyond(self, end: int, time_s: float) -> FloatArray:
        """Go on as the head went before or after a row; where it was then is hidden too."""
        away_s = time_s - self._time_s[end]
        near = np.abs(self._time_s - self._time_s[end]) <= _VELOCITY_S
        place, going = _line(self._time_s[near] - self._time_s[end], self._wide[near, :2])
        stayed = _grown(np.array([*place, *self._steady_wide[end, 2:]]), abs(away_s))
        went = stayed.copy()
        went[:2] += going * away_s
        return np.array([stayed, went])


def _line(time_s: FloatArray, places: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give place at 0 and velocity, by the median of the slopes between all (Theil, Sen)."""
    a, b = np.triu_indices(len(time_s), 1)
    if not len(a):
        return np.median(places, axis=0), np.zeros(2)
    slopes = (places[b] - places[a]) / (time_s[b] - time_s[a])[:, None]
    velocity = np.asarray(np.median(slopes, axis=0))
    return np.asarray(np.median(places - time_s[:, None] * velocity, axis=0)), velocity


def steadied(time_s: FloatArray, values: FloatArray, *, around_s: float) -> FloatArray:
    """Give the running median over so many seconds before and after each row.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Increasing, s.
    values : ndarray, shape (n, 4)
        None of them NaN.
    around_s : float
        Half of the window, s.
    """
    low = np.searchsorted(time_s, time_s - around_s)
    high = np.searchsorted(time_s, time_s + around_s, side="right")
    return np.array([
        np.median(values[a:b], axis=0) for a, b in zip(low, high, strict=True)
    ]).reshape(-1, 4)  # fmt: skip


def _grown(region: FloatArray, away_s: float) -> FloatArray:
    grown = np.array(region, dtype=np.float64)
    grown[2:] *= min(1 + _GROWTH * away_s, _MOST_GROWTH)
    return grown
