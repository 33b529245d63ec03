"""Flat people of one colour each, and a pose estimator that reads them back from pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from gaitcheck.people.cover import body_mask
from gaitcheck.pose.body import Body
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.video.frame import Frame

COLOURS = ((0, 0, 255), (0, 255, 0), (255, 0, 0), (0, 255, 255), (255, 0, 255))
"""BGR of the people; nothing else in a scene is so bright and pure."""

_STANDING = {
    "nose": (0.0, 0.91), "left_eye_inner": (0.01, 0.93), "left_eye": (0.02, 0.93),
    "left_eye_outer": (0.03, 0.93), "right_eye_inner": (-0.01, 0.93), "right_eye": (-0.02, 0.93),
    "right_eye_outer": (-0.03, 0.93), "left_ear": (0.04, 0.92), "right_ear": (-0.04, 0.92),
    "mouth_left": (0.015, 0.89), "mouth_right": (-0.015, 0.89),
    "left_shoulder": (0.11, 0.82), "right_shoulder": (-0.11, 0.82),
    "left_elbow": (0.14, 0.64), "right_elbow": (-0.14, 0.64),
    "left_wrist": (0.15, 0.49), "right_wrist": (-0.15, 0.49),
    "left_pinky": (0.15, 0.45), "right_pinky": (-0.15, 0.45),
    "left_index": (0.15, 0.44), "right_index": (-0.15, 0.44),
    "left_thumb": (0.14, 0.46), "right_thumb": (-0.14, 0.46),
    "left_hip": (0.06, 0.52), "right_hip": (-0.06, 0.52),
    "left_knee": (0.07, 0.28), "right_knee": (-0.07, 0.28),
    "left_ankle": (0.07, 0.05), "right_ankle": (-0.07, 0.05),
    "left_heel": (0.06, 0.01), "right_heel": (-0.06, 0.01),
    "left_foot_index": (0.10, 0.01), "right_foot_index": (-0.10, 0.01),
}  # fmt: skip
"""An adult seen from the front: x and height over the floor, both in body heights."""


def standing(*, x: float, feet_y: float, height: float) -> np.ndarray:
    """Landmarks of somebody who stands, shape (33, 2), px."""
    points = np.zeros((33, 2))
    for name, (across, up) in _STANDING.items():
        points[INDEX[name]] = (x + across * height, feet_y - up * height)
    return points


def body(points: np.ndarray, *, visibility: float = 0.95) -> Body:
    """A body whose place in space fits its flat pose."""
    world = np.zeros((33, 3))
    world[:, :2] = (points - points[[23, 24]].mean(axis=0)) / np.ptp(points[:, 1]) * 1.7
    return Body(points, np.full(33, visibility), np.ones(33), world)


def room(width: int = 640, height: int = 480) -> np.ndarray:
    """A dull textured background with corners to hold on to."""
    rng = np.random.default_rng(4)
    coarse = rng.integers(60, 150, (height // 16 + 1, width // 16 + 1), dtype=np.uint8)
    tiles = np.kron(coarse, np.ones((16, 16), np.uint8))[:height, :width]
    return np.repeat(tiles[..., None], 3, axis=2)


def paint(picture: np.ndarray, points: np.ndarray, person: int) -> None:
    """Draw a person's silhouette into a picture, in their colour."""
    picture[body_mask(points, shape=picture.shape[:2], width=0.8) > 0] = COLOURS[person]


def frames(
    paths, *, n: int, fps: float = 25.0, background: np.ndarray | None = None
) -> list[Frame]:
    """Render people to frames: `paths` take the time and give landmarks, or None while hidden.

    Later people stand before earlier ones.
    """
    shown = []
    for i in range(n):
        picture = (room() if background is None else background).copy()
        for person, path in enumerate(paths):
            points = path(i / fps)
            if points is not None:
                paint(picture, points, person)
        shown.append(Frame(index=i, time_s=i / fps, image_bgr=picture))
    return shown


@dataclass
class Estimator:
    """Finds the largest silhouette, or the one where the last was; no idea of identity.

    At the times in `hops` those that follow jump onto something small beside it.
    """

    max_bodies: int
    following: bool
    hops: frozenset[float] = frozenset()
    followed: np.ndarray | None = None
    closed: bool = False
    n_calls: int = 0

    def estimate(self, image_bgr: np.ndarray, *, time_s: float) -> tuple[Body, ...]:
        assert not self.closed
        self.n_calls += 1
        seen = {}
        for person, colour in enumerate(COLOURS):
            low, high = (
                np.clip(np.array(colour) - 60, 0, 255),
                np.clip(np.array(colour) + 60, 0, 255),
            )
            like = cv2.inRange(image_bgr, low, high) > 0
            if like.mean() > 0.004:
                seen[person] = like
        order = sorted(seen, key=lambda person: -int(seen[person].sum()))
        if self.following:
            if self.followed is not None:
                order.sort(key=lambda person: np.linalg.norm(_middle(seen[person]) - self.followed))
            self.followed = _middle(seen[order[0]]) if order else None
        bodies = tuple(_read(seen[person]) for person in order[: self.max_bodies])
        if self.following and any(abs(time_s - when) < 1e-6 for when in self.hops):
            return tuple(replace(b, points_px=b.points_px * 0.4 + 120) for b in bodies)
        return bodies

    def reset(self) -> None:
        self.followed = None

    def close(self) -> None:
        self.closed = True


def _middle(silhouette: np.ndarray) -> np.ndarray:
    return np.argwhere(silhouette).mean(axis=0)


def _read(silhouette: np.ndarray) -> Body:
    ys, xs = np.nonzero(silhouette)
    # The head's disc ends 0.04 above and the feet's lines 0.04 below the landmarks (see body_mask).
    top, bottom = float(ys.min()), float(ys.max()) + 1
    model = standing(x=0.0, feet_y=0.0, height=100.0)
    drawn = np.zeros((400, 400), np.uint8)
    drawn[body_mask(model + np.array([200, 250]), shape=drawn.shape, width=0.8) > 0] = 255
    rows, columns = np.nonzero(drawn)
    high = (bottom - top) / (rows.max() + 1 - rows.min())
    wide = (float(xs.max()) + 1 - float(xs.min())) / (columns.max() + 1 - columns.min())
    # Whose head is painted over is no smaller for that.
    scale = wide if 0.8 < high / wide < 1 and not _narrow_on_top(silhouette) else high
    centre = (float(xs.min()) + float(xs.max()) + 1) / 2
    points = model * scale
    points[:, 0] += centre - ((columns.min() + columns.max() + 1) / 2 - 200) * scale
    points[:, 1] += bottom - (rows.max() + 1 - 250) * scale
    return body(points)


def _narrow_on_top(silhouette: np.ndarray) -> bool:
    """Whether there is a head: the top is much narrower than the rest."""
    widths = silhouette.sum(axis=1)
    rows = np.flatnonzero(widths)
    return bool(widths[rows[: max(1, len(rows) // 20)]].max() < 0.45 * widths.max())


class Factory:
    """Makes estimators and remembers them."""

    def __init__(self, hops=()) -> None:
        self.made: list[Estimator] = []
        self._hops = frozenset(hops)

    def __call__(self, max_bodies: int, following: bool) -> Estimator:
        self.made.append(Estimator(max_bodies, following, self._hops))
        return self.made[-1]
