"""Follow somebody just found backward, to where they were first in sight."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.people.crop import halved
from gaitcheck.people.person import Person
from gaitcheck.people.plausible import head_down, implausible, same_body
from gaitcheck.people.second_look import PAIR_APART, heads_apart

if TYPE_CHECKING:
    from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_SPAN_S: Final = 2.5
"""How far back pictures are kept, s (arbitrary: people found by a search were seldom in sight for
longer before)."""
_WIDTH_PX: Final = 480
"""Kept pictures are halved while they stay at least so wide: a crop is 384 px."""
_ROOM_BYTES: Final = 32_000_000
"""At most so much memory is used, by dropping the oldest."""
_MISSES_S: Final = 0.12
"""Whoever is not seen for longer is lost, s (arbitrary)."""
_EDGE_FRAMES: Final = 2


@dataclass(frozen=True, eq=False)
class PastFrame:
    """A picture of a moment ago, reduced.

    Parameters
    ----------
    row : int
        Number of the frame among those read in this run.
    time_s : float
        Its time, s.
    planes : ndarray of uint8
        The picture as planes of luma and of quartered chroma, as videos hold them: half the bytes.
    scale : float
        Its px for one px of the full picture.
    """

    row: int
    time_s: float
    planes: Image
    scale: float

    @property
    def image(self) -> Image:
        """The picture, shape (height, width, 3)."""
        return np.asarray(cv2.cvtColor(self.planes, cv2.COLOR_YUV2BGR_I420), dtype=np.uint8)


class Past:
    """The pictures of the last moments, in bounded memory."""

    def __init__(self) -> None:
        self._frames: deque[PastFrame] = deque()
        self._bytes = 0

    def keep(self, image: Image, *, row: int, time_s: float) -> None:
        """Add the newest picture and forget the oldest."""
        small, scale = halved(image, width_px=_WIDTH_PX)
        even = small[: small.shape[0] // 2 * 2, : small.shape[1] // 2 * 2]
        planes = np.asarray(cv2.cvtColor(even, cv2.COLOR_BGR2YUV_I420), dtype=np.uint8)
        self._frames.append(PastFrame(row, time_s, planes, scale))
        self._bytes += planes.nbytes
        while self._bytes > _ROOM_BYTES or time_s - self._frames[0].time_s > _SPAN_S:
            self._bytes -= self._frames.popleft().planes.nbytes

    def clear(self) -> None:
        """Forget everything: another scene began."""
        self._frames.clear()
        self._bytes = 0

    def before(self, row: int) -> list[PastFrame]:
        """Give the frames before a row, the latest first."""
        return [frame for frame in reversed(self._frames) if frame.row < row]


@dataclass(frozen=True, eq=False)
class Rewound:
    """What following somebody backward gave.

    Parameters
    ----------
    bodies : list of (int, Body)
        Row and pose, the latest first; px of the full picture.
    met : tuple of (int, ndarray), or None
        Row and pose, shape (33, 2), px, in which they turned out to be on another's body.
    """

    bodies: list[tuple[int, Body]]
    met: tuple[int, FloatArray] | None


def rewind(
    person: Person,
    past: Past,
    *,
    times_s: Sequence[float],
    others: Mapping[int, Sequence[FloatArray]],
    min_size_px: float,
) -> Rewound:
    """Follow a person backward from their first pose until they are lost or meet another's body.

    Parameters
    ----------
    person : Person
        Seen in a few frames. Their estimator is used.
    past : Past
        The last pictures.
    times_s : sequence of float
        Times of all frames read in this run, s.
    others : mapping of int to sequence of ndarray, shape (33, 2)
        Everybody else's poses in the rows of the past, px of the full picture.
    min_size_px : float
        Smallest body size that is believed, px.
    """
    # The first pose is the search's, of a wide crop: it is looked at anew.
    frames = past.before(person.first_row + 1)
    found: list[tuple[int, Body]] = []
    if len(frames) < 2 or person.first_row != frames[0].row:
        return Rewound(found, None)
    scale = frames[0].scale
    shadow = _reversed(person, times_s, scale)
    for frame in frames:
        time_s, beside = -frame.time_s, others.get(frame.row, ())
        near = [p * scale for p in beside if shadow.is_near(p * scale)]
        heads = near if person.in_pair else ()
        look = shadow.aim(time_s, near, heads=heads)
        body = look.follow(frame.image, shadow.estimator)
        shadow.locked = (
            body is not None
            and implausible(body, min_size_px=min_size_px * scale) is None
            and not (person.held and head_down(body.points_px))
            and shadow.course.surprise(body.points_px, time_s=time_s) <= 1
        )
        if body is None or not shadow.locked:
            if time_s - shadow.last_seen_s > _MISSES_S:
                # The last poses before somebody is lost are often wrong.
                return Rewound(found[:-_EDGE_FRAMES], None)
            continue
        full = replace(body, points_px=body.points_px / scale)
        if any(
            same_body(full.points_px, points)
            and not (person.in_pair and heads_apart(full.points_px, points) > PAIR_APART)
            for points in beside
        ):
            return Rewound(found, (frame.row, full.points_px))
        shadow.see(body, row=frame.row, time_s=time_s)
        found.append((frame.row, full))
    return Rewound(found, None)


def _reversed(person: Person, times_s: Sequence[float], scale: float) -> Person:
    """Make a person who goes backward through time, in px of the reduced picture."""
    (row, last), *earlier = reversed(person.poses()[1:])
    width, height = person.picture_size
    shadow = Person(
        -1 - person.key, _scaled(last, scale), row=row, time_s=-times_s[row],
        picture_size=(round(width * scale), round(height * scale)), estimator=person.estimator,
    )  # fmt: skip
    for row, body in earlier:
        shadow.see(_scaled(body, scale), row=row, time_s=-times_s[row])
    shadow.locked = True
    return shadow


def _scaled(body: Body, scale: float) -> Body:
    return replace(body, points_px=body.points_px * scale)
