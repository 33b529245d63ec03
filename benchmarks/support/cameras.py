"""Cameras that drawn scenes are seen by: where they stand, and how somebody walks before them."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """One camera, m and degrees; those who walk begin at a place (x, z) and go a heading.

    ``rates`` are drawn from, pictures a second; ``lines`` and ``picture_lines`` are further ones of
    the scene's camera and picture.
    """

    at: Place
    look: Place
    fov_deg: float
    start: tuple[float, float]
    heading_deg: float
    size: tuple[int, int] = (480, 360)
    rates: tuple[float, ...] = (20.0, 25.0, 25.0)
    lines: str = ""
    picture_lines: str = ""


BY_PHONE = (30.0,)

STANDING = {
    "side": Camera((0.0, 1.1, 3.6), (0.0, 0.75, 0.0), 60, (-1.45, 0.0), 90),
    "oblique": Camera((1.7, 1.3, 3.2), (-0.1, 0.7, 0.0), 60, (-1.45, 0.1), 88),
    "high": Camera((2.2, 2.6, 3.0), (-0.1, 0.5, 0.0), 60, (-1.4, 0.1), 80),
    "front": Camera((0.2, 1.1, 4.2), (0.0, 0.7, 0.0), 48, (0.0, -1.5), 3),
    "rear": Camera((0.2, 1.1, 4.2), (0.0, 0.7, 0.0), 48, (0.1, 1.6), 181),
    "diagonal": Camera((0.6, 1.3, 3.9), (-0.1, 0.7, 0.0), 52, (-1.1, -1.1), 42),
    "phone": Camera(
        (-0.6, 1.25, 3.2), (-1.35, 0.65, 0.1), 58, (-1.7, 0.1), 90, rates=BY_PHONE,
        lines='follow = "walker"\nshare = 0.93\nride = 0.35\nlag_s = 0.5\nshake = 0.012\n',
    ),
    "behind": Camera((1.5, 1.3, 3.9), (0.1, 0.6, -0.3), 56, (0.9, 1.4), 203),
    "towards": Camera((0.9, 1.3, 4.3), (-0.2, 0.6, -0.4), 58, (-1.5, -2.2), 33),
    "corner": Camera((2.9, 2.5, 3.3), (-0.2, 0.3, -0.4), 66, (-1.9, -0.5), 76),
}  # fmt: skip

TALL = "_tall"
"""A phone held upright: at the end of a view's name."""
_ALONG: dict[str, tuple[Place, Place]] = {
    # by somebody who goes along
    "beside": ((0.22, 1.20, -2.24), (0.02, 0.50, -1.62)),
    "before": ((0.06, 1.22, -1.02), (0.0, 0.52, -1.60)),
    "after": ((-0.02, 1.22, -2.32), (0.0, 0.50, -1.62)),
}
_RIDES = 'follow = "{filmer}"\nshare = 1.0\nride = 1.0\nlag_s = 0.05\nshake = 0.014\n'
FILMED = {
    f"filmed_{name}{tall}": Camera(
        at, look, 76, (0.0, -1.7), 0, rates=BY_PHONE, lines=_RIDES,
        size=(360, 480) if tall else (480, 360),
    )
    for name, (at, look) in _ALONG.items() for tall in ("", TALL)
}  # fmt: skip


def _home(at: Place, look: Place, start: tuple[float, float], heading_deg: float) -> Camera:
    """A camera that watches a room: a wide lens, few pictures, a clock, coarsely coded."""
    return Camera(
        at, look, 100, start, heading_deg, size=(960, 540), rates=(10.0, 12.5, 15.0, 20.0),
        lines="distortion = 0.18\n", picture_lines="clock = true\ncrf = 28\n",
    )  # fmt: skip


HOME = {
    # under the ceiling; there, and people are at the border of the picture; on a shelf
    "home_ceiling": _home((2.9, 2.45, 3.3), (-0.2, 0.3, -0.2), (-1.6, 0.1), 88),
    "home_edge": _home((2.6, 2.4, 3.3), (1.6, 0.6, -2.0), (-1.9, 0.6), 92),
    "home_shelf": _home((-0.3, 1.45, 3.2), (-0.7, 0.9, -1.0), (-1.5, -0.8), 70),
}
VIEWS = STANDING | FILMED | HOME
