"""Small vector mathematics: y up, heading 0 along +z, quaternions as (x, y, z, w).

Every function takes arrays with any number of leading axes.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray

LEFT = np.array([1.0, 0.0, 0.0])
UP = np.array([0.0, 1.0, 0.0])
AHEAD = np.array([0.0, 0.0, 1.0])
"""The person's own left, up and forward in every local frame."""

SIDES = ("left", "right")
SIGN = np.array([1.0, -1.0])
"""+1 for the left side, -1 for the right: index 0 is always left, 1 right."""


def unit(v: Array) -> Array:
    """Give vectors of length 1."""
    return np.asarray(v / (np.sqrt(np.sum(v * v, -1, keepdims=True)) + 1e-12))


def ease(x: Array | float) -> Array:
    """Go from 0 to 1 with no speed at either end (cubic)."""
    x = np.clip(x, 0.0, 1.0)
    return np.asarray(x * x * (3 - 2 * x))


def ease5(x: Array | float) -> Array:
    """Go from 0 to 1 with no speed and no acceleration at either end (minimum jerk)."""
    x = np.clip(x, 0.0, 1.0)
    return np.asarray(x**3 * (10 - 15 * x + 6 * x * x))


def forward(yaw: Array | float) -> Array:
    """Give the level direction ahead of a heading."""
    yaw = np.asarray(yaw, float)
    return np.stack([np.sin(yaw), np.zeros_like(yaw), np.cos(yaw)], -1)


def leftward(yaw: Array | float) -> Array:
    """Give the level direction to the left of a heading."""
    yaw = np.asarray(yaw, float)
    return np.stack([np.cos(yaw), np.zeros_like(yaw), -np.sin(yaw)], -1)


def without(v: Array, axis: Array) -> Array:
    """Give the unit part of `v` that is square to the unit vector `axis`."""
    return unit(v - axis * np.sum(v * axis, -1, keepdims=True))


def cross(a: Array, b: Array) -> Array:
    """Give the vector product (numpy's own is slow on few vectors)."""
    x, y, z = a[..., 0], a[..., 1], a[..., 2]
    u, v, w = b[..., 0], b[..., 1], b[..., 2]
    return np.stack([y * w - z * v, z * u - x * w, x * v - y * u], -1)


def quat_multiply(a: Array, b: Array) -> Array:
    """Turn by `b`, then by `a`."""
    u, v = a[..., :3], b[..., :3]
    s, t = a[..., 3:], b[..., 3:]
    return np.concatenate(
        [s * v + t * u + cross(u, v), s * t - np.sum(u * v, -1, keepdims=True)], -1
    )


def _about(axis: int, angle: Array | float) -> Array:
    half = np.asarray(angle, float) / 2
    q = np.zeros((*half.shape, 4))
    q[..., axis] = np.sin(half)
    q[..., 3] = np.cos(half)
    return q


def quat_yaw(angle: Array | float) -> Array:
    """Turn to the left about the upright axis."""
    return _about(1, angle)


def quat_pitch(angle: Array | float) -> Array:
    """Bend forward (nod down) about the person's left axis."""
    return _about(0, angle)


def quat_roll(angle: Array | float) -> Array:
    """Lift the left side, lean to the right: about the forward axis."""
    return _about(2, angle)


def euler(yaw: Array | float, pitch: Array | float, roll: Array | float = 0.0) -> Array:
    """Roll, then pitch, then yaw, as one quaternion."""
    yaw, pitch, roll = np.broadcast_arrays(yaw, pitch, roll)
    return quat_multiply(quat_multiply(quat_yaw(yaw), quat_pitch(pitch)), quat_roll(roll))


def rotate(q: Array, v: Array) -> Array:
    """Turn vectors by quaternions."""
    u, w = q[..., :3], q[..., 3:]
    c = cross(u, v)
    return np.asarray(v + 2 * (w * c + cross(u, c)))


def mix_quat(a: Array, b: Array, w: Array) -> Array:
    """Blend turns by the shorter way; `w` 0 gives `a`."""
    sign = np.where(np.sum(a * b, -1, keepdims=True) < 0, -1.0, 1.0)
    return unit(a * (1 - w) + sign * b * w)


def matrix(q: Array) -> Array:
    """Give the (..., 3, 3) matrix whose columns are left, up and ahead."""
    x, y, z, w = q[..., 0], q[..., 1], q[..., 2], q[..., 3]
    rows = [
        1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
        2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
        2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y),
    ]  # fmt: skip
    return np.stack(rows, -1).reshape(*q.shape[:-1], 3, 3)


def quat_of(m: Array) -> Array:
    """Give the quaternion of one (3, 3) turn."""
    w = np.sqrt(max(0.0, 1 + m[0, 0] + m[1, 1] + m[2, 2])) / 2
    if w > 1e-3:
        s = 4 * w
        return np.array(
            [(m[2, 1] - m[1, 2]) / s, (m[0, 2] - m[2, 0]) / s, (m[1, 0] - m[0, 1]) / s, w]
        )
    x = np.sqrt(max(0.0, 1 + m[0, 0] - m[1, 1] - m[2, 2])) / 2
    y = np.sqrt(max(0.0, 1 - m[0, 0] + m[1, 1] - m[2, 2])) / 2
    z = np.sqrt(max(0.0, 1 - m[0, 0] - m[1, 1] + m[2, 2])) / 2
    y = np.copysign(y, m[0, 1] + m[1, 0]) if x > 1e-6 else y
    z = np.copysign(z, (m[0, 2] + m[2, 0]) if x > 1e-6 else (m[1, 2] + m[2, 1]))
    return np.array([x, y, z, w])


def two_bones(
    root: Array, end: Array, *, upper: float, lower: float, pole: Array
) -> tuple[Array, Array]:
    """Bend two bones from `root` to `end`, the joint towards `pole`.

    Parameters
    ----------
    root, end, pole : ndarray, shape (..., 3)
        Two places and a direction, m.
    upper, lower : float
        Lengths, m.

    Returns
    -------
    joint, end : ndarray, shape (..., 3)
        `end` is drawn in (or pushed out) along the line where the bones cannot reach it.
    """
    d = end - root
    far = np.sqrt(np.sum(d * d, -1, keepdims=True))
    away = d / np.maximum(far, 1e-9)
    dist = np.clip(far, abs(upper - lower) + 1e-6, (upper + lower) * (1 - 1e-9))
    cosine = np.clip((upper**2 + dist**2 - lower**2) / (2 * upper * dist), -1.0, 1.0)
    out = without(pole, away)
    joint = root + upper * (away * cosine + out * np.sqrt(1 - cosine**2))
    return joint, np.where(dist == far, end, root + away * dist)
