"""Whether a pose is a body at all, and whether it is still the same body as before."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.people.geometry import (
    ANKLES,
    CORE,
    FACE,
    JOINTS,
    KNEES,
    SHOULDERS,
    body_centre,
    body_size,
)
from gaitcheck.pose.body import Body

FloatArray = npt.NDArray[np.floating[Any]]

_MIN_PRESENCE: Final = 0.5
"""The trunk must be in the picture: MediaPipe's own threshold for presence."""
_MIN_SEEN: Final = 4
"""Joints that must be seen, of shoulders, hips, knees, ankles (arbitrary: a bust, or two legs)."""
_SEEN: Final = 0.5
"""Visibility from which a joint counts as seen (the middle of its range)."""
_HEADS_APART: Final = 0.09
"""Heads further apart are two, in body sizes (looks at one body: 0 to 0.02; two adults side by
side: 0.1 to 0.35)."""
_LIKE_SIZE: Final = 1.3
"""So many times as large is of like size (two found in one pose: up to 1.28)."""
_MAX_MISFIT: Final = 0.10
"""Largest misfit between the flat pose and the model's own body in space, in body sizes."""


def implausible(body: Body, *, min_size_px: float) -> str | None:
    """Say why a pose is no usable body, or None where it is one.

    Parameters
    ----------
    body : Body
        Landmarks in px of the picture.
    min_size_px : float
        Smallest body size that is believed, px.

    Returns
    -------
    str or None
        Name of the rule it broke: ``not_finite``, ``too_small``, ``absent``, ``unseen``,
        ``torn``.
    """
    if not np.isfinite(body.points_px).all():
        return "not_finite"
    if body_size(body.points_px) < min_size_px:
        return "too_small"
    if float(body.presence[list(CORE)].mean()) < _MIN_PRESENCE:
        return "absent"
    if int((body.visibility[list(JOINTS)] >= _SEEN).sum()) < _MIN_SEEN:
        return "unseen"
    if misfit(body) > _MAX_MISFIT:
        return "torn"
    return None


def misfit(body: Body) -> float:
    """Give how badly the flat pose fits the model's body in space, in body sizes.

    The model guesses both from the same picture. Where it mixes two people or sees a body in
    furniture the two disagree. Scale and shift are fitted. Good poses have 0.015 to 0.03,
    bad ones on hidden people up to 0.06.
    """
    joints = list(JOINTS)
    flat, space = body.points_px[joints], body.world_m[joints, :2]
    a, b = flat - flat.mean(axis=0), space - space.mean(axis=0)
    norm = float((b * b).sum())
    if norm <= 0:
        return float("inf")
    scale = float((a * b).sum()) / norm
    if scale <= 0:
        return float("inf")
    return float(np.sqrt(((a - scale * b) ** 2).sum(axis=1).mean()) / body_size(body.points_px))


def head_down(points_px: FloatArray) -> bool:
    """Whether the ankles are above the shoulders.

    The model, once it looks at somebody the wrong way round, goes on to see them so.
    """
    return bool(points_px[list(ANKLES), 1].mean() < points_px[list(SHOULDERS), 1].mean())


class Continuity:
    """What a body's next pose may look like, judged by its last ones.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        First pose, px.
    time_s : float
        Its time, s.
    """

    _MAX_SPEED: Final = 3.2
    """Body sizes a second that the trunk's middle may move against its course (a fall: 1.5)."""
    _SLACK: Final = 0.19
    """Body sizes by which the trunk's middle rattles from one frame to the next."""
    _AT_ONCE_S: Final = 0.1
    _HIDDEN_SPEED: Final = 0.8
    """Body sizes a second by which the place grows vaguer after that (walking at 1.4 m/s: 0.8)."""
    _MAX_GROWTH: Final = 1.38
    """Factor by which the size may differ at once; an adult is 1.5 to 2 times a child."""
    _FADE_S: Final = 0.4
    """Time constant of the velocity's decay while unseen, s (arbitrary)."""

    def __init__(self, points_px: FloatArray, *, time_s: float) -> None:
        self.time_s = time_s
        self.size_px = body_size(points_px)
        self.centre_px = body_centre(points_px)
        self.velocity_px_s: FloatArray = np.zeros(2)
        self.points_px = points_px

    def predicted_px(self, time_s: float) -> FloatArray:
        """Give where the trunk's middle should be by now, shape (2,), px."""
        gone = min(max(time_s - self.time_s, 0.0), 10.0)
        reach = self._FADE_S * (1 - np.exp(-gone / self._FADE_S))
        return np.asarray(self.centre_px + self.velocity_px_s * reach)

    def surprise(self, points_px: FloatArray, *, time_s: float) -> float:
        """Give how far a pose is from the expected one; above 1 it is another body.

        The larger of its way off the course and its change of size, each as a share of what is
        allowed. What is allowed of the way grows with the time since the last pose.
        """
        gone = max(time_s - self.time_s, 1e-3)
        off = float(np.linalg.norm(body_centre(points_px) - self.predicted_px(time_s)))
        at_once = self._MAX_SPEED * min(gone, self._AT_ONCE_S)
        hidden = self._HIDDEN_SPEED * min(max(gone - self._AT_ONCE_S, 0.0), 0.6)
        way = off / self.size_px / (self._SLACK + at_once + hidden)
        growth = abs(np.log(body_size(points_px) / self.size_px)) / np.log(self._MAX_GROWTH)
        return float(max(way, growth))

    def accept(self, points_px: FloatArray, *, time_s: float) -> None:
        """Take a pose as the newest one of this body."""
        gone = max(time_s - self.time_s, 1e-3)
        centre = body_centre(points_px)
        new = 1 - np.exp(-gone / 0.2)
        self.velocity_px_s = self.velocity_px_s + new * (
            (centre - self.centre_px) / gone - self.velocity_px_s
        )
        self.size_px *= float((body_size(points_px) / self.size_px) ** (1 - np.exp(-gone / 0.5)))
        self.centre_px, self.points_px, self.time_s = centre, points_px, time_s


def same_body(a: FloatArray, b: FloatArray) -> bool:
    """Whether two poses of one picture lie on one body.

    The legs may be exchanged or wrong in one of them, so each pair of joints is compared as a
    pair; most pairs must agree.

    Parameters
    ----------
    a, b : ndarray, shape (33, 2)
        Landmarks, px.
    """
    size = min(body_size(a), body_size(b))
    if max(body_size(a), body_size(b)) > 1.6 * size:
        return bool(_pair_distance(a, b) < 0.077 * size)
    return bool(_pair_distance(a, b) < 0.166 * size)


def two_heads(a: FloatArray, b: FloatArray) -> bool:
    """Whether two poses of like size have a head each: two adults abreast differ in little else.

    What is much smaller may be a part of the other.

    Parameters
    ----------
    a, b : ndarray, shape (33, 2)
        Landmarks, px.
    """
    size, larger = sorted((body_size(a), body_size(b)))
    way = a[list(FACE)].mean(axis=0) - b[list(FACE)].mean(axis=0)
    return bool(larger < _LIKE_SIZE * size and np.linalg.norm(way) > _HEADS_APART * size)


def _pair_distance(a: FloatArray, b: FloatArray) -> float:
    pairs = [list(CORE[:2]), list(CORE[2:]), list(KNEES), list(ANKLES)]
    apart = []
    for pair in pairs:
        straight = np.linalg.norm(a[pair] - b[pair], axis=1).mean()
        crossed = np.linalg.norm(a[pair] - b[pair[::-1]], axis=1).mean()
        apart.append(min(straight, crossed))
    return float(np.mean(apart))
