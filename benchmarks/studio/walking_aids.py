"""What people walk or ride with: frames, rollator, push toy, pram, wheelchair, scooter, stick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.studio.actor import Actor, FootStep
from benchmarks.studio.aids import (
    COLOUR,
    METAL,
    RUBBER,
    SECOND,
    Aid,
    Group,
    Path,
    ball,
    beside,
    block,
    disc,
    materials,
    ring,
    rod,
    turned,
)


def rollator(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Four wheels, a seat, handles at 0.53 of the height; the pelvis is at the handles' level."""
    hh, w, deep, r = 0.53 * h, 0.17 * h, 0.30 * h, 0.010 * max(h, 0.9)
    tyre = 0.055 if h > 1.3 else 0.042
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append(
            [
                rod((x, hh, -0.09 * h), (x, hh, 0.05 * h), r * 1.6, RUBBER),
                rod((x, hh, 0.03 * h), (x, tyre, deep), r, COLOUR),
                rod(
                    (x, hh * 0.60, 0.03 * h + 0.4 * (deep - 0.03 * h)),
                    (x, tyre, -0.06 * h),
                    r,
                    COLOUR,
                ),
                disc((x, tyre, deep), tyre, 0.014),
                disc((x, tyre, -0.06 * h), tyre, 0.014),
            ]
        )
    middle = [
        block((0, hh * 0.62, 0.15 * h), (w, 0.012, 0.085 * h), 0.01, RUBBER),
        rod((w, hh * 0.82, 0.10 * h), (-w, hh * 0.82, 0.10 * h), r),
        block((0, hh * 0.45, 0.24 * h), (w * 0.75, 0.05 * h, 0.05 * h), 0.02, SECOND),
    ]
    groups = [*sides, middle]
    grip = {"left": (w, hh, -0.05 * h), "right": (-w, hh, -0.05 * h)}
    return Aid(path, lambda _t: groups, materials(colour, (0.1, 0.1, 0.12)), grip)


def front_walker(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a light frame before the person, two small wheels in front, rubber feet behind."""
    hh, w, deep, r = 0.53 * h, 0.19 * h, 0.24 * h, 0.010 * max(h, 0.9)
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append(
            [
                rod((x, hh, -0.08 * h), (x, hh, 0.10 * h), r * 1.5, RUBBER),
                rod((x, hh, -0.06 * h), (x * 1.12, 0.01, -0.13 * h), r),
                rod((x, hh, 0.10 * h), (x * 1.08, 0.04, deep), r),
                rod((x * 1.05, hh * 0.5, -0.09 * h), (x * 1.04, hh * 0.5, 0.16 * h), r * 0.9),
                disc((x * 1.08, 0.04, deep), 0.04, 0.012),
            ]
        )
    bars = [
        rod((w, hh * 0.86, 0.12 * h), (-w, hh * 0.86, 0.12 * h), r),
        rod((w, hh * 0.5, 0.17 * h), (-w, hh * 0.5, 0.17 * h), r, COLOUR),
    ]
    groups = [*sides, bars]
    grip = {"left": (w, hh, -0.04 * h), "right": (-w, hh, -0.04 * h)}
    return Aid(path, lambda _t: groups, materials(colour), grip)


def rear_walker(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a frame that stands behind the person, open in front (posterior walker)."""
    hh, w, deep, r = 0.52 * h, 0.20 * h, 0.26 * h, 0.011 * max(h, 0.9)
    sides = []
    for q in (1, -1):
        x = q * w
        sides.append(
            [
                rod((x, hh, 0.10 * h), (x, hh, -0.04 * h), r * 1.6, RUBBER),
                rod((x, hh, -0.04 * h), (x, hh, -deep), r, COLOUR),
                rod((x, hh, 0.04 * h), (x * 1.05, 0.05, 0.14 * h), r, COLOUR),
                rod((x, hh, -deep), (x * 1.05, 0.05, -deep - 0.04 * h), r, COLOUR),
                disc((x * 1.05, 0.05, 0.14 * h), 0.05, 0.013),
                disc((x * 1.05, 0.05, -deep - 0.04 * h), 0.05, 0.013),
            ]
        )
    back = [
        rod((w, hh, -deep), (-w, hh, -deep), r, COLOUR),
        rod((w, hh * 0.5, -deep - 0.02 * h), (-w, hh * 0.5, -deep - 0.02 * h), r, COLOUR),
    ]
    groups = [*sides, back]
    grip = {"left": (w, hh, 0.04 * h), "right": (-w, hh, 0.04 * h)}
    return Aid(path, lambda _t: groups, materials(colour), grip)


def push_toy(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a toddler's wagon with a high handle."""
    hh, w = 0.56 * h, 0.13 * h / 0.78
    body = [
        block((0, 0.13, 0.30), (w, 0.05, 0.16), 0.02, COLOUR),
        block((0, 0.22, 0.22), (w * 0.85, 0.07, 0.012), 0.01, SECOND),
        disc((w, 0.055, 0.40), 0.055, 0.015, SECOND),
        disc((-w, 0.055, 0.40), 0.055, 0.015, SECOND),
        disc((w, 0.055, 0.18), 0.055, 0.015, SECOND),
        disc((-w, 0.055, 0.18), 0.055, 0.015, SECOND),
    ]
    bow = [
        rod((w, 0.15, 0.16), (w, hh, 0.0), 0.012, SECOND),
        rod((-w, 0.15, 0.16), (-w, hh, 0.0), 0.012, SECOND),
        rod((w, hh, 0.0), (-w, hh, 0.0), 0.014, COLOUR),
    ]
    grip = {"left": (w * 0.6, hh, 0.0), "right": (-w * 0.6, hh, 0.0)}
    return Aid(path, lambda _t: [body, bow], materials(colour), grip)


def pram(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a pram with a hood."""
    hh, w = 0.60 * h, 0.22
    body = [
        block((0, 0.62, 0.55), (w, 0.10, 0.36), 0.08, COLOUR),
        ball((0, 0.74, 0.68), (w * 1.02, 0.24, 0.24), COLOUR),
        block((0, 0.68, 0.35), (w * 0.9, 0.07, 0.16), 0.06, SECOND),
    ]
    wheels = [ring((q * w, 0.13, z), 0.115, 0.018) for q in (1, -1) for z in (0.28, 0.84)]
    frame = [rod((q * w, 0.13, 0.84), (q * w, hh, 0.0), 0.012) for q in (1, -1)]
    frame += [rod((q * w, 0.13, 0.28), (q * w, 0.55, 0.70), 0.012) for q in (1, -1)]
    frame += [rod((w, hh, 0.0), (-w, hh, 0.0), 0.016, RUBBER)]
    grip = {"left": (w * 0.7, hh, 0.0), "right": (-w * 0.7, hh, 0.0)}
    return Aid(
        path,
        lambda _t: [body, wheels[:2], wheels[2:], frame],
        materials(colour, (0.8, 0.8, 0.82)),
        grip,
    )


def wheelchair(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a wheelchair; the seat is at 0.30 of the height, its middle at the origin."""
    seat, w = 0.30 * h, 0.16 * h
    big = 0.185 * h
    wheels = [
        [
            ring((q * (w + 0.05), big, -0.02 * h), big - 0.015, 0.015),
            ring((q * (w + 0.06), big, -0.02 * h), big * 0.86, 0.008, METAL),
            disc((q * (w + 0.05), big, -0.02 * h), 0.03, 0.02, METAL),
        ]
        + [
            rod(
                (q * (w + 0.05), big + big * 0.9 * np.cos(a), -0.02 * h + big * 0.9 * np.sin(a)),
                (q * (w + 0.05), big - big * 0.9 * np.cos(a), -0.02 * h - big * 0.9 * np.sin(a)),
                0.004,
            )
            for a in (0.3, 1.35, 2.4)
        ]
        for q in (1, -1)
    ]
    frame = [
        block((0, seat - 0.035, 0.02 * h), (w, 0.025, 0.14 * h), 0.02, COLOUR),
        block((0, seat + 0.13 * h, -0.135 * h), (w, 0.14 * h, 0.015), 0.012, COLOUR),
        rod((w, seat + 0.30 * h, -0.15 * h), (w, 0.10, -0.13 * h), 0.011),
        rod((-w, seat + 0.30 * h, -0.15 * h), (-w, 0.10, -0.13 * h), 0.011),
        rod((w, seat + 0.10 * h, -0.13 * h), (w, seat + 0.10 * h, 0.12 * h), 0.014, RUBBER),
        rod((-w, seat + 0.10 * h, -0.13 * h), (-w, seat + 0.10 * h, 0.12 * h), 0.014, RUBBER),
        rod((w, seat - 0.03, 0.15 * h), (w * 0.8, 0.09, 0.26 * h), 0.010),
        rod((-w, seat - 0.03, 0.15 * h), (-w * 0.8, 0.09, 0.26 * h), 0.010),
        disc((w, 0.05, 0.17 * h), 0.05, 0.012),
        disc((-w, 0.05, 0.17 * h), 0.05, 0.012),
        block((0, 0.07, 0.27 * h), (w * 0.8, 0.008, 0.05 * h), 0.006, RUBBER),
    ]
    grip = {
        "left": (w + 0.05, big * 2 - 0.01, 0.04 * h),
        "right": (-w - 0.05, big * 2 - 0.01, 0.04 * h),
        "push_left": (w, seat + 0.30 * h, -0.17 * h),
        "push_right": (-w, seat + 0.30 * h, -0.17 * h),
    }
    return Aid(path, lambda _t: [*wheels, frame], materials(colour), grip)


def scooter(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a kick scooter: a board between two wheels, a bar in front."""
    hh = 0.60 * h
    parts = [
        block((0, 0.09, 0.02), (0.06, 0.012, 0.22), 0.01, RUBBER),
        disc((0, 0.065, -0.28), 0.065, 0.018),
        disc((0, 0.065, 0.33), 0.065, 0.018),
        rod((0, 0.08, 0.31), (0, hh, 0.22), 0.016, COLOUR),
        rod((0, 0.09, 0.22), (0, 0.12, 0.30), 0.014, COLOUR),
        rod((0.19, hh, 0.21), (-0.19, hh, 0.21), 0.014, RUBBER),
    ]
    grip = {"left": (0.16, hh, 0.21), "right": (-0.16, hh, 0.21)}
    return Aid(path, lambda _t: [parts], materials(colour), grip)


def stick(
    actor: Actor, *, side: str, crutch: bool, colour: Sequence[float], from_s: float, until_s: float
) -> Aid:
    """Give a stick or a forearm crutch whose tip stays on the floor while the other foot stands.

    The tip goes forward with the foot of the other side, as it is taught; the hand's place is
    above and behind the tip and moves with the body.
    """
    h = actor.height_m
    q = 1.0 if side == "left" else -1.0
    grip_h = 0.49 * h
    other = "right" if side == "left" else "left"
    tips = _planted(actor, [s for s in actor.steps if s.side == other], q, from_s, until_s)
    body = beside(actor, ahead=0.0, from_s=from_s, until_s=until_s, lag_s=0.12)

    def hand(t: float) -> np.ndarray:
        at, yaw = body(t)
        tip = tips(t)
        mine = at + turned(np.array([q * 0.165 * h, grip_h, 0.10 * h]), yaw)
        mine[[0, 2]] += 0.35 * (tip[[0, 2]] - mine[[0, 2]])
        return mine

    def shapes(t: float) -> list[Group]:
        top, tip = hand(t), tips(t)
        along = (top - tip) / np.linalg.norm(top - tip)
        yaw = body(t)[1]
        grip = turned(np.array([0.0, 0.0, 0.055]), yaw)
        rods = [
            rod(tip, top, 0.010),
            rod(tip, tip + along * 0.03, 0.016, RUBBER),
            rod(top - grip, top + grip, 0.014, RUBBER),
        ]
        if crutch:
            cuff = top + along * 0.15 * h - turned(np.array([0, 0, 0.05]), yaw)
            rods += [
                rod(top, cuff, 0.010),
                rod(cuff - grip * 0.6, cuff + grip * 0.6, 0.022, RUBBER),
            ]
        return [rods]

    origin = np.zeros(3)
    return Aid(
        lambda _t: (origin, 0.0),
        shapes,
        materials(colour),
        {},
        "object_moving",
        lambda _name, t: hand(t),
    )


def _planted(
    actor: Actor, steps: Sequence[FootStep], q: float, from_s: float, until_s: float
) -> Callable[[float], np.ndarray]:
    """Places of a tip that swings with the given steps and rests between them."""
    h = actor.height_m

    def spot(t: float) -> np.ndarray:
        at, yaw = actor.pelvis(t)
        return np.array([at[0], 0.012, at[2]]) + turned(
            np.array([q * 0.19 * h, 0.0, 0.17 * h]), yaw
        )

    swings = [(s.lift_off_s, s.contact_s) for s in steps if from_s <= s.lift_off_s <= until_s]
    rests = [spot(max(from_s, 0.0))] + [spot(end) for _, end in swings]

    def tip(t: float) -> np.ndarray:
        for i, (start, end) in enumerate(swings):
            if t < start:
                return rests[i]
            if t < end:
                x = (t - start) / (end - start)
                place = rests[i] + (rests[i + 1] - rests[i]) * x * x * (3 - 2 * x)
                return place + np.array([0.0, 0.05 * np.sin(np.pi * x), 0.0])
        return rests[-1]

    return tip
