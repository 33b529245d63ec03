"""Things that are no support: ball, bear, dog, curtain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.studio.aids import COLOUR, SECOND, Aid, Group, Path, Pose, ball, materials, rod


def toy_ball(r: float, place: Callable[[float], np.ndarray], colour: Sequence[float]) -> Aid:
    """Give a ball at a place that moves."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 10, 0.85, 0.83, 0.75, 0]
    group = [[ball((0, 0, 0), (r, r, r))]]
    return Aid(lambda t: (place(t), 0.0), lambda _t: group, mats, {}, "")


def teddy(r: float, place: Callable[[float], Pose], colour: Sequence[float]) -> Aid:
    """Give a soft bear about 3 r tall."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 9, 0, 0, 0, 0]
    group = [
        [
            ball((0, -0.4 * r, 0), (r, 1.2 * r, 0.8 * r)),
            ball((0, 1.2 * r, 0.1 * r), (0.75 * r, 0.7 * r, 0.7 * r)),
            *(ball((q * 0.6 * r, 1.8 * r, 0), (0.28 * r, 0.28 * r, 0.15 * r)) for q in (1, -1)),
            *(
                rod(
                    (q * 0.9 * r, 0.3 * r, 0.1 * r),
                    (q * 1.5 * r, -0.3 * r, 0.5 * r),
                    0.33 * r,
                    COLOUR,
                )
                for q in (1, -1)
            ),
            *(
                rod(
                    (q * 0.5 * r, -1.3 * r, 0.2 * r),
                    (q * 0.8 * r, -1.7 * r, 0.9 * r),
                    0.38 * r,
                    COLOUR,
                )
                for q in (1, -1)
            ),
        ]
    ]
    return Aid(place, lambda _t: group, mats, {}, "")


def pet(size: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a dog about 0.5 m tall (times ``size``) whose legs swing while it goes."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 9, 0, 0, 0, 0]
    mats[SECOND] = [*(0.6 * c for c in colour), 9, 0, 0, 0, 0]
    k = size

    def shapes(t: float) -> list[Group]:
        here, before = path(t)[0], path(t - 0.1)[0]
        speed = float(np.linalg.norm(here - before)) / 0.1
        swing = min(1.0, speed) * 0.5
        phase = 2 * np.pi * 1.9 * t
        body = [
            rod((0, 0.36 * k, -0.22 * k), (0, 0.38 * k, 0.20 * k), 0.10 * k, COLOUR, 0.12 * k),
            rod((0, 0.42 * k, 0.22 * k), (0, 0.54 * k, 0.32 * k), 0.075 * k, COLOUR, 0.06 * k),
            ball((0, 0.58 * k, 0.36 * k), (0.075 * k, 0.075 * k, 0.09 * k)),
            rod((0, 0.56 * k, 0.40 * k), (0, 0.53 * k, 0.50 * k), 0.045 * k, SECOND, 0.032 * k),
            rod((0.05 * k, 0.62 * k, 0.33 * k), (0.07 * k, 0.55 * k, 0.33 * k), 0.025 * k, SECOND),
            rod(
                (-0.05 * k, 0.62 * k, 0.33 * k), (-0.07 * k, 0.55 * k, 0.33 * k), 0.025 * k, SECOND
            ),
            rod(
                (0, 0.42 * k, -0.28 * k),
                (0.03 * k * np.sin(phase * 1.5), 0.56 * k, -0.42 * k),
                0.03 * k,
                COLOUR,
                0.015 * k,
            ),
        ]
        legs = []
        for i, (x, z) in enumerate(((0.07, 0.18), (-0.07, 0.18), (-0.07, -0.2), (0.07, -0.2))):
            a = swing * np.sin(phase + np.pi * (i % 2))
            foot = (
                x * k,
                0.03 * k
                + 0.03 * k * max(0.0, float(np.cos(phase + np.pi * (i % 2)))) * min(1, speed),
                (z + 0.3 * np.sin(a)) * k,
            )
            legs.append(rod((x * k, 0.32 * k, z * k), foot, 0.045 * k, COLOUR, 0.028 * k))
        return [body, legs]

    grip = {"back": (0.0, 0.49 * k, 0.05 * k), "collar": (0.0, 0.50 * k, 0.26 * k)}
    return Aid(path, shapes, mats, grip)


def curtain(
    at: tuple[float, float], yaw: float, h: float, w: float, colour: Sequence[float]
) -> Aid:
    """Give a curtain that sways in a draught."""
    mats = materials(colour)
    mats[COLOUR] = [*colour, 11, 0, 0, 0, 0]
    origin = np.array([at[0], 0.0, at[1]])
    n = 6

    def shapes(t: float) -> list[Group]:
        cloth = []
        for i in range(n):
            x = (i - (n - 1) / 2) * w / n
            d = 0.16 * np.sin(1.7 * t + 0.6 * i) + 0.08 * np.sin(3.1 * t + 1.1 * i)
            cloth.append(rod((x, h, 0.02), (x + 0.3 * d, 0.10, 0.05 + abs(d)), 0.6 * w / n, COLOUR))
        return [cloth]

    return Aid(lambda _t: (origin, yaw), shapes, mats, {}, "")
