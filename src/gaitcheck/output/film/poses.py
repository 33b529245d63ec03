"""Where people are at the time of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.output.page.poses import POINTS
from gaitcheck.pose.landmarks import INDEX

if TYPE_CHECKING:
    from gaitcheck.answer import Person
    from gaitcheck.people.track import Track

FloatArray = npt.NDArray[np.floating[Any]]

_SURE: Final = 0.5
"""A lower visibility is a guess (the model's own reading of its score)."""
_BRIDGED_S: Final = 0.25
"""Between two poses so near in time a person is drawn in between, s (arbitrary: a step's swing of a
toddler lasts as long)."""
_BOXES_BRIDGED_S: Final = 0.6
"""The same for boxes, of which an analysis keeps about five a second."""


@dataclass(frozen=True)
class Pose:
    """What is drawn of a person: 17 points and which are guesses, or a box alone."""

    points_px: FloatArray | None
    guessed: npt.NDArray[np.bool_] | None
    box_px: tuple[float, float, float, float]


class TrackPoses:
    """The poses of one track, in a picture of this share of the video's size."""

    def __init__(self, track: Track, *, share: float = 1.0) -> None:
        kept = np.flatnonzero(track.seen)
        columns = [INDEX[name] for name in POINTS]
        self._time_s = track.time_s[kept]
        self._points = share * track.points_px[kept][:, columns]
        self._guessed = track.visibility[kept][:, columns] < _SURE

    def at(self, time_s: float) -> Pose | None:
        """Give the pose at a time; None where the person was not seen."""
        mixed = _mixed(self._time_s, self._points, time_s, bridged_s=_BRIDGED_S)
        if mixed is None:
            return None
        points, row = mixed
        known = points[np.isfinite(points).all(axis=1)]
        if not len(known):
            return None
        (x0, y0), (x1, y1) = known.min(axis=0), known.max(axis=0)
        return Pose(points, self._guessed[row], (float(x0), float(y0), float(x1), float(y1)))


class BoxPoses:
    """The boxes of a person of whom there is no track, as in a saved answer."""

    def __init__(self, person: Person, *, share: float = 1.0) -> None:
        rows = np.array(person.boxes, dtype=float).reshape(-1, 5)
        self._time_s, self._boxes = rows[:, 0], share * rows[:, 1:]

    def at(self, time_s: float) -> Pose | None:
        """Give the box at a time; None where the person was not seen."""
        mixed = _mixed(self._time_s, self._boxes, time_s, bridged_s=_BOXES_BRIDGED_S)
        if mixed is None:
            return None
        x0, y0, x1, y1 = (float(v) for v in mixed[0])
        return Pose(None, None, (x0, y0, x1, y1))


def _mixed(
    time_s: FloatArray, values: FloatArray, at_s: float, *, bridged_s: float
) -> tuple[FloatArray, int] | None:
    """Give values between the rows before and after a time, and the nearer row."""
    after = int(np.searchsorted(time_s, at_s - 1e-4))
    if after == len(time_s):
        return None
    if time_s[after] - at_s < 1e-3:
        return values[after], after
    before = after - 1
    if before < 0 or time_s[after] - time_s[before] > bridged_s:
        return None
    share = (at_s - time_s[before]) / (time_s[after] - time_s[before])
    mixed = (1 - share) * values[before] + share * values[after]
    return np.asarray(mixed), after if share > 0.5 else before
