"""Skeletons, feet that land and badges on a picture."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from gaitcheck.output.film.canvas import Box, Image, label, label_box, line, overlap_px
from gaitcheck.output.film.look import (
    LIMBS,
    MARK_S,
    PLAIN,
    SHORT_SUPPORT,
    SUPPORTS,
    Colour,
    Sizes,
    bgr,
)
from gaitcheck.output.film.poses import BoxPoses, Pose, TrackPoses
from gaitcheck.output.page.poses import POINTS

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis, Person
    from gaitcheck.gait.events import Side, Step, Support
    from gaitcheck.people.track import FloatArray, Track

_AT: Final = {name: i for i, name in enumerate(POINTS)}
_JOINED: Final = (
    ("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"),
    ("knee", "ankle"), ("ankle", "heel"), ("heel", "foot_index"), ("ankle", "foot_index"),
)  # fmt: skip
_ACROSS: Final = ("shoulder", "hip")
BONES: Final[tuple[tuple[int, int, Side | None], ...]] = (
    *((_AT[f"left_{part}"], _AT[f"right_{part}"], None) for part in _ACROSS),
    *(
        (_AT[f"{side}_{a}"], _AT[f"{side}_{b}"], side)
        for side in ("left", "right")
        for a, b in _JOINED
    ),
)
"""Which points are joined, and in the colour of which side."""
_FEET: Final[dict[Side, list[int]]] = {
    side: [_AT[f"{side}_{part}"] for part in ("heel", "foot_index", "ankle")]
    for side in ("left", "right")
}
_SOLES: Final = frozenset(
    _AT[f"{side}_{part}"] for side in ("left", "right") for part in ("ankle", "heel")
)
_BESIDE: Final = tuple(product((0.0, -1.7, 1.7, -3.4), (0.0, -1.3, 1.3, -2.6, 2.6, -5.0, 5.0)))
"""Where else a label may stand, down and to the right, in heights of its text; the best first."""
_EDGE: Final = (20, 20, 20)


class People:
    """Draws the people of an analysis.

    Parameters
    ----------
    analysis : Analysis
        With tracks; boxes are drawn of those who have none.
    sizes : Sizes
        For the picture.
    share : float
        Of the video's own size in which the picture is.
    """

    def __init__(self, analysis: Analysis, sizes: Sizes, *, share: float = 1.0) -> None:
        tracks = {track.person: track for track in analysis.tracks}
        self._sizes = sizes
        self._frame_s = 1 / analysis.video.mean_fps if analysis.video.mean_fps else 0.04
        self._people = [_Drawn(person, analysis, tracks, share) for person in analysis.people]

    def draw(self, image: Image, time_s: float) -> None:
        """Draw everybody who is seen at a time of the video, s."""
        seen = [
            (person, pose)
            for person in self._people
            if person.from_s <= time_s <= person.until_s and (pose := person.poses.at(time_s))
        ]
        for _, pose in seen:
            _body(image, pose)
        taken = [box for _, pose in seen for box in _feet_boxes(pose)]
        for person, pose in seen:
            for step, age in person.landed(time_s, self._frame_s):
                self._landing(image, pose, step, age, taken)
        for person, pose in seen:
            self._badge(image, person, pose, time_s, taken)

    def _badge(
        self, image: Image, person: _Drawn, pose: Pose, time_s: float, taken: list[Box]
    ) -> None:
        support = person.support(time_s)
        text = f"{person.id} {SHORT_SUPPORT[support]}" if support else str(person.id)
        x0, y0, x1, y1 = pose.box_px
        size = self._sizes.text_px
        # Above the head: the nose is the highest point of a pose.
        top = y0 - max(0.14 * (y1 - y0), 0.5 * size) - 1.5 * size
        fill = bgr(SUPPORTS[support] if support else PLAIN)
        self._place(image, text, (x0 + x1) / 2, top, fill=fill, taken=taken)

    def _landing(self, image: Image, pose: Pose, step: Step, age: float, taken: list[Box]) -> None:
        import cv2

        if step.side is None or pose.points_px is None:
            return
        foot = _foot(pose.points_px, step.side)
        if foot is None:
            return
        x, y = foot.mean(axis=0)
        tall = pose.box_px[3] - pose.box_px[1]
        size = max(0.6 * self._sizes.text_px, tall / 14)
        colour = bgr(LIMBS[step.side])
        axes = (round(size * (0.8 + age)), round(size * (0.45 + 0.6 * age)))
        middle = (round(float(x)), round(float(y)))
        thick = max(2, round(size / 9))
        cv2.ellipse(image, middle, axes, 0, 0, 360, _EDGE, thick + 2, cv2.LINE_AA)
        cv2.ellipse(image, middle, axes, 0, 0, 360, colour, thick, cv2.LINE_AA)
        text = "L" if step.side == "left" else "R"
        self._place(image, text, float(x), float(y) + 1.2 * size, fill=colour, taken=taken)

    def _place(
        self, image: Image, text: str, middle: float, top: float, *, fill: Colour, taken: list[Box]
    ) -> None:
        """Draw a label where it covers no foot and no other label, near where it should be."""
        size = self._sizes.text_px
        within = (0.0, 0.0, float(image.shape[1]), float(image.shape[0]))
        best, least = within, math.inf
        for dy, dx in _BESIDE:
            box = label_box(text, middle + dx * size, top + dy * size, size_px=size, within=within)
            covered = sum(overlap_px(box, other) for other in taken)
            if covered < least:
                best, least = box, covered
            if not least:
                break
        taken.append(best)
        label(image, text, best, size_px=size, fill=fill)


class _Drawn:
    """One person, as drawing needs them."""

    def __init__(
        self, person: Person, analysis: Analysis, tracks: dict[int, Track], share: float
    ) -> None:
        self.id = person.id
        self.from_s, self.until_s = person.start_s - 0.1, person.end_s + 0.2
        track = tracks.get(person.id)
        self.poses = (
            BoxPoses(person, share=share) if track is None else TrackPoses(track, share=share)
        )
        self._steps = sorted(
            (step for step in analysis.steps if step.person == person.id),
            key=lambda step: step.contact_s,
        )
        self._contacts_s = [step.contact_s for step in self._steps]

    def landed(self, time_s: float, frame_s: float) -> list[tuple[Step, float]]:
        """Give the steps whose foot has just landed, and how long ago, 0 to 1."""
        # A contact between two frames belongs to the one that is then on the screen.
        last = bisect_right(self._contacts_s, time_s + frame_s - 1e-6)
        found = []
        for step in reversed(self._steps[:last]):
            age = max(0.0, time_s - step.contact_s) / MARK_S
            if age > 1:
                break
            found.append((step, age))
        return found

    def support(self, time_s: float) -> Support | None:
        """Give the support of the step that the person is in; None where they take none."""
        after = bisect_right(self._contacts_s, time_s)
        if after < len(self._steps):
            step = self._steps[after]
            lifted_s = step.contact_s - 0.4 if step.lift_off_s is None else step.lift_off_s
            if time_s >= lifted_s:
                return step.support
        if after and time_s - self._contacts_s[after - 1] < 0.7:
            return self._steps[after - 1].support
        return None


def _body(image: Image, pose: Pose) -> None:
    if pose.points_px is None or pose.guessed is None:
        import cv2

        x0, y0, x1, y1 = (round(v) for v in pose.box_px)
        cv2.rectangle(image, (x0, y0), (x1, y1), bgr(LIMBS[None]), 2, cv2.LINE_AA)
        return
    points, guessed = pose.points_px, pose.guessed
    tall = pose.box_px[3] - pose.box_px[1]
    thick = max(1, round(min(0.004 * max(image.shape[:2]) + 1, tall / 60)))
    thin = max(1, thick // 2)  # for guesses, and on feet, which shall be seen
    bones = [
        (points[a], points[b], thin if guessed[a] or guessed[b] or a in _SOLES else thick,
         bgr(LIMBS[side]))
        for a, b, side in BONES
        if np.isfinite(points[[a, b]]).all()
    ]  # fmt: skip
    for a, b, wide, _ in bones:
        line(image, a, b, colour=_EDGE, thick=wide + 2)
    for a, b, wide, colour in bones:
        line(image, a, b, colour=colour, thick=wide)


def _foot(points_px: FloatArray, side: Side) -> FloatArray | None:
    """Give heel and toe, or the ankle for one that is missing; None without any."""
    heel, toe, ankle = points_px[_FEET[side]]
    found = np.array([ankle if np.isnan(p).any() else p for p in (heel, toe)])
    return found if np.isfinite(found).all() else None


def _feet_boxes(pose: Pose) -> list[Box]:
    """Give where feet are: no label may lie there."""
    x0, y0, x1, y1 = pose.box_px
    if pose.points_px is None:
        return [(x0, y1 - 0.15 * (y1 - y0), x1, y1)]
    room = 0.03 * (y1 - y0) + 2
    boxes: list[Box] = []
    for columns in _FEET.values():
        points = pose.points_px[columns]
        points = points[np.isfinite(points).all(axis=1)]
        if len(points):
            (left, top), (right, bottom) = points.min(axis=0) - room, points.max(axis=0) + room
            boxes.append((float(left), float(top), float(right), float(bottom)))
    return boxes
