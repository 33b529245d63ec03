"""Body postures on the floor and on the way to it: on hands and knees, crawling, lying, falling.

As in `postures`, in whose words they are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.postures import (
    Feet,
    Frame,
    Posture,
    both,
    pair,
    squatting,
    tilted_foot,
)
from benchmarks.studio.person.vectors import Array, euler

HALF_TURN = np.pi / 2


def on_all_fours(
    build: Build,
    frame: Frame,
    *,
    travel: Callable[[Array], Array] | None = None,
) -> Posture:
    """Stand on hands and knees, the pelvis over the frame; with a travel, crawl.

    `travel` gives how far the frame has come at times (n,), m; a knee and the other side's hand
    swing together and stay on the floor while they bear.
    """
    b = build
    palm_up = 0.022 * b.height
    pelvis_up = b.knee_radius + 0.955 * b.thigh
    shoulder_up = palm_up + 0.93 * b.arm
    cosine = np.clip((shoulder_up - pelvis_up) / (0.93 * b.trunk), -0.05, 0.8)
    bend = float(np.arccos(cosine))
    ankle_up = 0.040 * b.height
    ankles = pair(0.55 * b.hip_width, ankle_up, -0.97 * b.shank)
    palms = pair(0.5 * b.shoulder_width, palm_up, 0.93 * b.trunk * np.sin(bend))
    stride = 1.05 * b.thigh

    def rhythm(t: Array) -> tuple[Array, Array]:
        far = np.zeros_like(t) if travel is None else travel(t)
        phase, ease_in = far / stride, np.clip(far / (0.3 * stride), 0, 1)
        knees, hands = np.zeros((len(t), 2, 3)), np.zeros((len(t), 2, 3))
        for limb, shift in ((knees, (0.0, 0.5)), (hands, (0.5, 0.0))):
            for side in (0, 1):
                ahead, lift = _crawl_cycle(phase + shift[side])
                limb[:, side, 2] = ahead * stride * ease_in
                limb[:, side, 1] = lift * 0.05 * b.height * ease_in
        knees[:, :, 1] *= 0.5
        return hands, knees

    return Posture(
        frame,
        pelvis=np.array([0.0, pelvis_up, 0.0]),
        turn=euler(0.0, bend),
        chest=euler(0.0, bend + 0.03),
        head=euler(0.0, bend - 0.75),
        feet=Feet(ankles, tilted_foot(-2.75), pair(0.0, -1.0, 0.55)),
        palms=palms,
        elbows=pair(0.75, 0.2, -0.7),
        rhythm=rhythm,
    )


def _crawl_cycle(phase: Array) -> tuple[Array, Array]:
    """Give how far ahead (strides) and how high (0 to 1) a limb is; it bears for 0.6 of a cycle."""
    x = phase % 1.0
    swing = np.clip((x - 0.6) / 0.4, 0, 1)
    back = 0.3 - x
    # In swing the limb overtakes the body: from -0.3 to 0.3 of a stride.
    ahead = np.where(x < 0.6, back, -0.3 + 0.6 * (swing**2 * (3 - 2 * swing)))
    return ahead, np.sin(np.pi * swing) ** 2


def lying(build: Build, frame: Frame, way: str) -> Posture:
    """Lie on the floor, the pelvis over the frame.

    Supine and prone heads point back and ahead; lying on a side, the head is to that side.
    """
    b = build
    up = 0.072 * b.height * b.girth
    if way in ("supine", "prone"):
        face_up = way == "supine"
        way_of_feet = 1.0 if face_up else -1.0
        pitch = -HALF_TURN if face_up else HALF_TURN
        feet = Feet(
            pair(
                0.75 * b.hip_width,
                0.05 * b.height,
                way_of_feet * 0.97 * b.leg,
            ),
            tilted_foot(1.25 if face_up else -2.85),
            pair(0.25, 1.0 if face_up else -1.0, 0.0),
        )
        if face_up:
            palms = pair(0.75 * b.shoulder_width, 0.03 * b.height, 0.05 * b.height)
            elbows = pair(1.0, -0.2, 0.0)
        else:
            palms = pair(0.85 * b.shoulder_width, 0.025 * b.height, 0.75 * b.trunk + 0.1 * b.height)
            elbows = pair(1.0, 0.3, -0.5)
        turn = euler(0.0, pitch)
        return Posture(
            frame, np.array([0.0, up, 0.0]), turn, turn, euler(0.0, pitch * (0.9 if face_up else
            0.75)), feet, palms, elbows,
        )  # fmt: skip
    s = 1.0 if way == "left" else -1.0
    # On a side: what was up now points to that side; the upper leg lies a little ahead.
    turn = euler(0.0, 0.0, -s * HALF_TURN)
    up = 0.5 * b.hip_width + 0.055 * b.height * b.girth**0.5
    low, high = 0.05 * b.height, 0.05 * b.height + 0.6 * b.hip_width
    heights = (low, high) if s > 0 else (high, low)
    ankles = np.array([[-s * 0.86 * b.leg, h, 0.10 * b.height] for h in heights])
    shoulder = s * 0.93 * b.trunk
    palms = np.array([[shoulder, 0.03 * b.height, 0.26 * b.height * (1 + 0.2 * k)] for k in (0, 1)])
    return Posture(
        frame,
        np.array([0.0, up, 0.0]),
        turn,
        turn,
        euler(0.0, 0.0, -s * 0.95 * HALF_TURN),
        Feet(ankles, both(turn), np.array([[0.0, 0.0, 1.0]] * 2)),
        palms,
        np.array([[-s, -0.2, 0.4]] * 2),
    )


def tumbling(build: Build, frame: Frame, way: str) -> Posture:
    """In the middle of a fall, just before the floor."""
    b = build
    side = {"left": 1.0, "right": -1.0}.get(way, 0.0)
    if way == "forward":
        four = on_all_fours(build, frame)
        return replace(four, chest=euler(0.0, 1.0), head=euler(0.0, 0.6))
    if way == "back":
        return replace(
            squatting(b, frame, depth=0.72, lean=-0.15),
            pelvis=np.array([0.0, 0.16 * b.height, -0.6 * b.leg]),
            palms=pair(0.9 * b.shoulder_width, 0.05 * b.height, -0.6 * b.leg - 0.35 * b.trunk),
            elbows=pair(0.5, 0.2, -1.0),
        )
    return replace(
        squatting(b, frame, depth=0.6, lean=0.25),
        pelvis=np.array([side * 0.5 * b.leg, 0.22 * b.height, -0.05 * b.height]),
        turn=euler(0.0, 0.1, -side * 0.5),
        chest=euler(0.0, 0.2, -side * 0.7),
        palms=np.array(
            [[side * (0.5 * b.leg + 0.8 * b.trunk), 0.03 * b.height, k * b.height]
             for k in (0.06, 0.18)]
        ),
        elbows=np.array([[0.0, 0.6, -0.6]] * 2),
    )  # fmt: skip
