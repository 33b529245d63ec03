"""A posed body as shapes for the renderer: round cones and ellipsoids in bounded groups.

A shape is 16 floats, four vec4:

* round cone: ``a, radius_a | b, radius_b | material, blend, 0, bias | reference, 0``
* ellipsoid: ``centre, greatest radius | radii, 0 | material, blend, 1, bias | quaternion``

`blend` (m) joins a shape smoothly to those before it in its group; `bias` (m) lets a shape's
material win or lose where two meet; `reference` fixes the pattern round a cone's axis. A group is
``(a, b, radius, count)``: a capsule that holds its `count` shapes. A shadow capsule is
``a, radius | b, 0``. A material is ``red, green, blue, pattern | second colour, extra`` with
patterns 1 skin, 2 cloth, 3 stripes (extra: width, m), 4 hair, 5 face (second colour: brows;
extra: childish), 6 shoe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.looks import Look
from benchmarks.studio.person.skeleton import Pose, hand_axes
from benchmarks.studio.person.vectors import (
    SIGN,
    Array,
    cross,
    matrix,
    quat_of,
    quat_pitch,
    quat_yaw,
    unit,
)

Shape = list[float]
Group = tuple[Array, Array, float, int]
Capsule = list[float]

SKIN, FACE, HAIR, TOP, BOTTOM, SHOE, SOCK = range(7)


def materials_of(build: Build, look: Look) -> list[list[float]]:
    """Give the seven materials of a person, in the order of SKIN to SOCK."""
    pattern = 3 if look.stripe_m > 0 else 2
    folds = tuple(1.5 * c for c in look.legs)
    shoe = [*look.skin, 1, 0, 0, 0, 0] if look.barefoot else [*look.shoe, 6, *look.sole, 1]
    sock = [*look.skin, 1, 0, 0, 0, 0] if look.barefoot else [*look.sock, 2, 0, 0, 0, 0]
    rows: list[Sequence[float]] = [
        [*look.skin, 1, 0, 0, 0, 0],
        [*look.skin, 5, *(0.9 * c for c in look.hair), build.childish],
        [*look.hair, 4, 0, 0, 0, 0],
        [*look.top, pattern, *look.top_second, look.stripe_m],
        [*look.legs, 2, *folds, 1],
        shoe,
        sock,
    ]
    return [[float(x) for x in row] for row in rows]


class _Sketch:
    """Collects shapes, groups and capsules."""

    def __init__(self, material_base: int) -> None:
        self.base = material_base
        self.shapes: list[Shape] = []
        self.groups: list[Group] = []
        self.capsules: list[Capsule] = []
        self._open = 0

    def cone(
        self, a: Array, radius_a: float, b: Array, radius_b: float, material: int, *,
        blend: float = 0.0, along: Array | None = None, bias: float = 0.0,
    ) -> None:  # fmt: skip
        ref = (0.0, 0.0, 1.0) if along is None else along
        self.shapes.append(
            [*a, radius_a, *b, radius_b, self.base + material, blend, 0.0, bias, *ref, 0.0]
        )

    def ball(
        self, centre: Array, radii: tuple[float, float, float], axes: Array, material: int, *,
        blend: float = 0.0, bias: float = 0.0,
    ) -> None:  # fmt: skip
        self.shapes.append(
            [*centre, max(radii), *radii, 0.0, self.base + material, blend, 1.0, bias,
             *quat_of(axes)]
        )  # fmt: skip

    def close(self, a: Array, b: Array, radius: float) -> None:
        """End a group: all shapes since the last must lie within `radius` of the line a to b."""
        self.groups.append((a, b, radius, len(self.shapes) - self._open))
        self._open = len(self.shapes)

    def shade(self, a: Array, b: Array, radius: float) -> None:
        self.capsules.append([*a, radius, *b, 0.0])


@dataclass(frozen=True)
class _Body:
    build: Build
    look: Look
    pose: Pose


def shapes_of(
    build: Build, look: Look, pose: Pose, material_base: int
) -> tuple[list[Shape], list[Group], list[Capsule]]:
    """Give shapes, groups and shadow capsules of a pose."""
    body, sketch = _Body(build, look, pose), _Sketch(material_base)
    _head(body, sketch)
    _torso(body, sketch)
    for side in (0, 1):
        _arm(body, sketch, side)
        _leg(body, sketch, side)
        _foot(body, sketch, side)
    if look.bottom == "dress":
        _skirt(body, sketch)
    h = build.height
    sketch.shade(pose.pelvis, pose.chest, 0.5 * build.hip_width + 0.03 * h)
    sketch.shade(pose.head, pose.head + pose.head_axes[:, 1] * 0.02, 0.42 * build.head)
    shapes = [[float(x) for x in s] for s in sketch.shapes]
    return shapes, sketch.groups, [[float(x) for x in c] for c in sketch.capsules]


def _head(body: _Body, sketch: _Sketch) -> None:
    b, look, pose = body.build, body.look, body.pose
    size, child, axes = b.head, b.childish, pose.head_axes
    wide = 1 + 0.12 * child

    def at(left: float, up: float, ahead: float) -> Array:
        return np.asarray(pose.head + axes @ np.array([left, up, ahead]) * size)

    skull = (0.34 * size * wide, 0.50 * size, 0.42 * size)
    sketch.ball(pose.head, skull, axes, FACE)
    jaw = (0.27 * size * wide, 0.26 * size, 0.27 * size)
    sketch.ball(at(0, -0.20, 0.10), jaw, axes, SKIN, blend=0.06 * size, bias=-0.02 * size)
    sketch.cone(
        at(0, 0.02 - 0.08 * child, 0.40), 0.022 * size,
        at(0, -0.13 - 0.06 * child, 0.455 - 0.02 * child), 0.046 * size * (1 - 0.15 * child), SKIN,
        blend=0.05 * size,
    )  # fmt: skip
    for sign in SIGN:
        ear = axes @ matrix(quat_yaw(0.3 * sign))
        sketch.ball(
            at(0.345 * sign * wide, -0.04, -0.02), (0.035 * size, 0.095 * size, 0.06 * size), ear,
            SKIN, blend=0.02 * size,
        )  # fmt: skip
    crown = (skull[0] * 1.09, skull[1] * 0.90, skull[2] * 1.04)
    sketch.ball(at(0, 0.105, -0.060), crown, axes @ matrix(quat_pitch(-0.32)), HAIR)
    if look.long_hair:
        fall = (0.30 * size, 0.42 * size, 0.17 * size)
        sketch.ball(at(0, -0.22, -0.30), fall, axes, HAIR, blend=0.05 * size)
    sketch.cone(
        pose.neck - pose.chest_axes[:, 1] * 0.02 * b.height, 0.034 * b.height * (1 + 0.1 * child),
        at(0, -0.25, -0.08), 0.030 * b.height * (1 + 0.2 * child), SKIN, blend=0.02 * size,
    )  # fmt: skip
    sketch.close(pose.head, pose.neck, size * 0.66)


def _torso(body: _Body, sketch: _Sketch) -> None:
    b, pose = body.build, body.pose
    h, girth, child = b.height, b.girth, b.childish
    half, soft = 0.5 * b.shoulder_width, 0.035 * h
    chest, hips = pose.chest_axes, pose.pelvis_axes
    up, ahead = chest[:, 1], chest[:, 2]
    ribs = (half * 0.86 * girth**0.25, b.trunk * 0.36, 0.064 * h * girth)
    sketch.ball(pose.chest + ahead * 0.004 * h, ribs, chest, TOP)
    left, right = pose.shoulders - up * 0.008 * h
    sketch.cone(
        0.82 * left + 0.18 * right, 0.034 * h, 0.82 * right + 0.18 * left, 0.034 * h, TOP,
        blend=soft,
    )  # fmt: skip
    sketch.cone(
        pose.neck - up * 0.035 * h, 0.045 * h, pose.neck - up * 0.008 * h, 0.036 * h, TOP,
        blend=0.8 * soft,
    )  # fmt: skip
    for shoulder in pose.shoulders:
        sketch.cone(
            pose.neck - up * 0.012 * h, 0.030 * h,
            0.93 * shoulder + 0.07 * pose.neck + up * 0.004 * h, 0.024 * h, TOP, blend=0.7 * soft,
        )  # fmt: skip
    belly = (half * 0.76 * girth**0.5, b.trunk * 0.34, 0.062 * h * girth * (1 + 0.12 * child))
    forward_belly = 0.006 * h * (1 + 2 * child) + 0.02 * h * max(0.0, girth - 1.3)
    sketch.ball(pose.waist + ahead * forward_belly, belly, chest, TOP, blend=soft)
    wide = 0.5 * b.hip_width
    hem = (wide + 0.052 * h * girth**0.5, 0.055 * h, 0.069 * h * girth)
    sketch.ball(pose.pelvis + hips[:, 1] * 0.045 * h, hem, hips, TOP, blend=soft)
    seat = (wide + 0.048 * h * girth**0.5, 0.068 * h, 0.068 * h * girth)
    middle = pose.pelvis - hips[:, 1] * 0.004 * h - hips[:, 2] * 0.008 * h
    sketch.ball(middle, seat, hips, BOTTOM)
    sketch.close(pose.pelvis, pose.neck, half * 1.25 * max(1.0, girth**0.4) + 0.01)


def _arm(body: _Body, sketch: _Sketch, side: int) -> None:
    b, look, pose = body.build, body.look, body.pose
    shoulder, elbow, wrist = pose.shoulders[side], pose.elbows[side], pose.wrists[side]
    thick = 0.026 * b.height * b.arm_girth
    out = pose.chest_axes[:, 0] * SIGN[side]
    sketch.cone(shoulder, thick * 1.12, elbow, thick * 0.86, SKIN, along=out)
    for a, ra, c, rc in (
        (elbow, 0.88, elbow + 0.35 * (wrist - elbow), 0.86),
        (elbow + 0.3 * (wrist - elbow), 0.86, wrist, 0.58),
    ):
        sketch.cone(a, thick * ra, c, thick * rc, SKIN, blend=0.5 * thick, along=out)
    upper = min(look.sleeve, 1.0)
    end = shoulder + (elbow - shoulder) * upper
    sketch.cone(shoulder, thick * 1.24, end, thick * 1.26, TOP, along=out)
    if look.sleeve > 1:
        cuff = elbow + (wrist - elbow) * (look.sleeve - 1)
        sketch.cone(elbow, thick * 1.22, cuff, thick * 0.95, TOP, blend=0.3 * thick, along=out)
    _hand(body, sketch, side)
    tip = wrist + pose.hands[side] * 0.7 * b.hand
    sketch.close(shoulder, tip, max(thick * 1.6, 0.45 * b.hand) + _bulge(shoulder, elbow, tip))
    sketch.shade(shoulder, elbow, 1.2 * thick)
    sketch.shade(elbow, wrist + pose.hands[side] * 0.5 * b.hand, thick)


def _bulge(a: Array, joint: Array, b: Array) -> float:
    """How far a bent joint stands off the line from a to b, m."""
    along = unit(b - a)
    off = joint - a
    span = float(np.linalg.norm(b - a))
    return float(np.linalg.norm(off - along * np.clip(off @ along, 0.0, span)))


def _hand(body: _Body, sketch: _Sketch, side: int) -> None:
    b, pose = body.build, body.pose
    wrist, along, size = pose.wrists[side], pose.hands[side], b.hand
    normal, thumb = hand_axes(pose, side)
    axes = np.stack([cross(along, thumb), along, thumb], 1)
    inward = -normal * 0.06 * size
    palm = (0.155 * size, 0.40 * size, 0.26 * size)
    sketch.ball(wrist + along * 0.38 * size, palm, axes, SKIN, blend=0.012 * b.height)
    for root, tip, start, end, ra, rb in (
        (0.55, 0.92, 0.08, 0.10, 0.10, 0.075),
        (0.55, 0.88, -0.10, -0.10, 0.10, 0.07),
        (0.22, 0.52, 0.20, 0.36, 0.085, 0.07),
    ):
        sketch.cone(
            wrist + along * root * size + thumb * start * size, ra * size,
            wrist + along * tip * size + thumb * end * size + inward, rb * size, SKIN,
            blend=0.012 * b.height,
        )  # fmt: skip


def _leg(body: _Body, sketch: _Sketch, side: int) -> None:
    b, look, pose = body.build, body.look, body.pose
    h = b.height
    hip, knee, ankle = pose.hips[side], pose.knees[side], pose.ankles[side]
    way = pose.knee_ways[side]
    thigh, shank = 0.050 * h * b.girth**0.6, 0.030 * h * b.girth**0.4
    calf = knee + 0.3 * (ankle - knee) - way * shank * 0.2
    bare = look.bottom != "trousers"
    if bare:
        slim = 0.8 if look.bottom == "dress" else 1.05  # under a skirt nothing may look out
        sketch.cone(hip, thigh * slim, knee, shank, SKIN, along=way)
        if look.bottom == "shorts":
            end = hip + 0.62 * (knee - hip)
            sketch.cone(hip, thigh * 1.22, end, thigh * 1.10, BOTTOM, along=way)
    else:
        sketch.cone(hip, thigh * 1.16, knee, shank * 1.22, BOTTOM, along=way)
    sketch.close(hip, knee, thigh * 1.45)
    cloth = SKIN if bare else BOTTOM
    wide = 1.0 if bare else 1.16
    sketch.cone(knee, shank * wide, calf, shank * 1.06 * wide, cloth, blend=0.5 * shank, along=way)
    end = ankle if bare else knee + 0.92 * (ankle - knee)
    last = 0.66 if bare else 1.0
    sketch.cone(calf, shank * 1.08 * wide, end, shank * last, cloth, blend=0.5 * shank, along=way)
    sock = 0.80 if bare else 0.9
    sketch.cone(knee + sock * (ankle - knee), shank * 0.78, ankle, shank * 0.74, SOCK, along=way)
    sketch.close(knee, ankle, shank * 1.6)
    sketch.shade(hip, knee, thigh)
    sketch.shade(knee, ankle, shank)


def _foot(body: _Body, sketch: _Sketch, side: int) -> None:
    b, look, pose = body.build, body.look, body.pose
    h = b.height
    thick = 0.027 * h - 0.004 * h * (1 - b.childish)
    if look.barefoot:
        thick *= 0.86
    up, ahead = pose.foot_axes[side][:, 1], pose.foot_axes[side][:, 2]
    toe_up, toe_ahead = pose.toe_axes[side][:, 1], pose.toe_axes[side][:, 2]
    across = pose.foot_axes[side][:, 0]
    heel, ball, toe = pose.heels[side], pose.balls[side], pose.toes[side]
    back, middle = heel + (ahead * 0.95 + up) * thick, ball + up * 0.86 * thick
    sketch.cone(back, thick, middle, 0.86 * thick, SHOE, along=up)
    for sign in SIGN:
        sketch.cone(
            middle + across * sign * 0.35 * thick, 0.84 * thick,
            toe + (toe_up - toe_ahead) * 0.62 * thick + across * sign * 0.12 * thick, 0.60 * thick,
            SHOE, blend=0.6 * thick, along=up,
        )  # fmt: skip
    sketch.cone(
        heel + (ahead * 1.1 + up * 1.2) * thick, 0.95 * thick,
        pose.ankles[side] + up * 0.1 * thick, 0.85 * thick, SHOE, blend=0.6 * thick, along=up,
    )  # fmt: skip
    sketch.close(heel + up * thick, toe + up * 0.6 * thick, 2.9 * thick + 0.012 * h)
    sketch.shade(heel + up * thick, toe + toe_up * thick, thick)


def _skirt(body: _Body, sketch: _Sketch) -> None:
    b, pose = body.build, body.pose
    wide, h = 0.060 * b.height * b.girth**0.5, b.height
    # It ends above the knees: without them the pose model loses the legs.
    ends = pose.hips + 0.72 * (pose.knees - pose.hips)
    middle, ahead = ends.mean(0), pose.pelvis_axes[:, 2]
    for hip, end in zip(pose.hips, ends, strict=True):
        sketch.cone(hip, wide, end, wide * 1.1, BOTTOM, blend=0.05 * h, along=ahead)
    # Cloth spans the gap between the legs.
    sketch.cone(pose.pelvis, wide, middle, wide * 1.2, BOTTOM, blend=0.08 * h, along=ahead)
    apart = float(np.linalg.norm(ends[0] - ends[1]))
    sketch.close(pose.pelvis, middle, wide * 1.3 + 0.5 * max(apart, b.hip_width) + 0.03 * h)
