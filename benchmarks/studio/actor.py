"""What the world asks of a person: the contract between ``studio.person`` and the scenes.

Axes: metres, y up, the floor at y = 0. A heading (yaw, rad) of 0 looks along +z; forward is
``(sin yaw, 0, cos yaw)`` and the person's own left ``(cos yaw, 0, -sin yaw)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

Side = Literal["left", "right"]
HandTarget = Callable[[float], tuple[np.ndarray, float] | None]
"""Time (s) to (place of the palm, m; weight 0 to 1), or None where the hand is free."""


@dataclass(frozen=True)
class FootStep:
    """One landing of one foot, exact by construction.

    Parameters
    ----------
    side : {'left', 'right'}
        The person's own side.
    lift_off_s, contact_s : float
        When the foot left its old place and when it landed in the new one, s.
    x_m, z_m : float
        Where the ankle's projection stands afterwards.
    """

    side: Side
    lift_off_s: float
    contact_s: float
    x_m: float
    z_m: float


@dataclass(frozen=True)
class PostureSpan:
    """A posture in the words of ``gaitcheck.gait.events.Posture``, held over [start_s, end_s)."""

    what: str
    start_s: float
    end_s: float


class Actor(Protocol):
    """A person who moves by a script and can be drawn.

    ``benchmarks.studio.person.make_actor(build=..., look=..., script=..., start=(x, z),
    heading_deg=..., seed=...)`` makes one. ``build`` is a word (toddler, child5, child9, adult,
    heavy, elderly), ``look`` a table of overrides or empty, ``script`` the list of tables
    ``{do = "walk", steps = 6, gait = "ataxic", ...}`` of a scene file, unchanged.
    """

    height_m: float
    end_s: float
    """End of the script, s; afterwards the person stays as they are."""
    steps: Sequence[FootStep]
    postures: Sequence[PostureSpan]

    def pose(self, t_s: float) -> Any:
        """Give the joints at ``t_s``: opaque to the world, but for the functions below."""

    def primitives(
        self, pose: Any, material_base: int
    ) -> tuple[
        list[list[float]], list[tuple[np.ndarray, np.ndarray, float, int]], list[list[float]]
    ]:
        """Give shapes (16 floats each), groups (a, b, radius, count) and shadow capsules."""

    def materials(self) -> list[list[float]]:
        """Give the materials (8 floats each) that the shapes count from ``material_base``."""

    def truth_points(self, pose: Any) -> Mapping[str, np.ndarray]:
        """Give the joints under the names of ``gaitcheck.pose.landmarks`` and ``head_top``.

        At least: nose, eyes, ears, shoulders, elbows, wrists, index fingers, hips, knees, ankles,
        heels, foot indices; left and right are the person's own.
        """

    def pelvis(self, t_s: float) -> tuple[np.ndarray, float]:
        """Give the middle of the hips (3,) and the heading (rad), without the hands' targets."""

    def point(self, name: str, t_s: float) -> np.ndarray:
        """Give a place on the body, such as ``left_palm``, ``right_armpit``, ``chest``.

        Raises
        ------
        KeyError
            The body has no such place.
        """

    def residual_m(self, side: Side, t_s: float) -> float:
        """Give how far a palm is from what it should hold, m."""

    def attach(self, side: Side, target: HandTarget) -> None:
        """Let a palm follow a target; later targets win where their weight is above zero."""
