"""From a plan to the whole body over time, on a fine grid.

The pelvis follows the feet (smoothed), shifts over the standing leg and is as high as the legs
allow; the trunk counters the pelvis; postures are blended over that. Feet in stance are not on the
grid: `Motion` asks the `FootTrack` for the exact time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, minimum_filter1d

from benchmarks.studio.person.arms import STYLES, Trunk
from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.feet import FootState, FootTrack
from benchmarks.studio.person.plan import Carriage, Plan, Span
from benchmarks.studio.person.state import BodyState, blend
from benchmarks.studio.person.vectors import (
    AHEAD,
    LEFT,
    SIGN,
    UP,
    Array,
    ease5,
    euler,
    forward,
    leftward,
    quat_multiply,
    quat_pitch,
    rotate,
    two_bones,
    unit,
)

GRID_HZ = 100.0
PAD_S = 1.0
"""Seconds before 0 and after the end, so that smoothing has something to stand on."""

# Heights over the hips in the trunk, shares of the trunk's length (hips to shoulders).
WAIST, CHEST, SHOULDERS, NECK = 0.28, 0.52, 0.655, 0.74

# Widths of the smoothing of the walking body, s: chosen by eye in the prototype.
YAW_S, PLACE_S, WEIGHT_S, HEIGHT_S, CARRIAGE_S = 0.22, 0.16, 0.09, 0.045, 0.16


@dataclass(frozen=True)
class Grid:
    """Everything about a body at the grid's times, n of them."""

    t: Array
    state: BodyState
    palms: Array
    elbow_poles: Array
    yaw: Array


def _smooth(x: Array, width_s: float) -> Array:
    return np.asarray(gaussian_filter1d(x, width_s * GRID_HZ, axis=0, mode="nearest"))


def foot_turn(foot: FootState) -> Array:
    """Give the quaternions of feet that stand or swing."""
    return euler(foot.yaw, -foot.pitch)


class _Held:
    """Carriages as smooth functions of the grid."""

    def __init__(self, t: Array, carriages: tuple[Carriage, ...]) -> None:
        starts = np.array([c.start_s for c in carriages])
        self.which = np.clip(np.searchsorted(starts, t, side="right") - 1, 0, None)
        self.carriages = carriages

    def __getitem__(self, name: str) -> Array:
        values = np.array([getattr(c, name) for c in self.carriages], float)
        return _smooth(values[self.which], CARRIAGE_S)

    def arms(self) -> dict[str, Array]:
        """Give the weight of every arm style that occurs."""
        words = np.array([c.arms for c in self.carriages])[self.which]
        return {w: _smooth((words == w).astype(float), CARRIAGE_S) for w in np.unique(words)}


def _unrest(t: Array, seed: int) -> Array:
    """Give quiet standing's sway, shape (n, 2), about 1 in size."""
    rng = np.random.default_rng([seed, 14])
    hz = np.array([0.13, 0.31, 0.57])
    phase = rng.uniform(0, 2 * np.pi, (2, 3))
    waves = np.sin(2 * np.pi * hz * t[:, None, None] + phase)
    return np.asarray(waves @ np.array([1.0, 0.6, 0.3]))


def _walking(
    build: Build, t: Array, feet: tuple[FootState, FootState], held: _Held, seed: int
) -> tuple[BodyState, Array, Array]:
    """Give the upright body, its heading and its stride (right foot ahead, share of height)."""
    h = build.height
    yaw = _smooth(0.5 * (feet[0].yaw + feet[1].yaw), YAW_S)
    ahead, left = forward(yaw), leftward(yaw)
    ankles = np.stack([feet[0].ankle, feet[1].ankle], 1)
    weight = _smooth(feet[0].down.astype(float) - feet[1].down, WEIGHT_S)
    sway = _unrest(t, seed) * (held["unrest"] * 0.004 * h)[:, None]
    pelvis = _smooth(ankles.mean(1), PLACE_S)
    pelvis += left * (0.6 * h * weight * held["sway"] + sway[:, 0])[:, None]
    pelvis += ahead * (0.027 * h + sway[:, 1])[:, None]
    roll = -weight * held["roll"]
    # A bent trunk sits back over the feet, or the body would topple.
    lean = held["lean"]
    pelvis -= ahead * (0.55 * build.trunk * np.sin(np.clip(lean - 0.05, 0, 1.2)))[:, None] * 0.45
    reach = build.leg * held["extension"]
    hips = pelvis[:, None] + left[:, None] * (SIGN * 0.5 * build.hip_width)[:, None]
    level = np.linalg.norm((hips - ankles)[..., [0, 2]], axis=-1)
    tops = ankles[..., 1] + np.sqrt(
        np.maximum(reach[:, None] ** 2 - level**2, (0.4 * reach[:, None]) ** 2)
    )
    top = np.minimum(
        tops.min(1), build.ankle + reach + np.maximum(0, ankles[..., 1].min(1) - build.ankle)
    )
    pelvis[:, 1] = _smooth(minimum_filter1d(top, int(0.06 * GRID_HZ)), HEIGHT_S)
    stride = _smooth(np.sum((ankles[:, 1] - ankles[:, 0]) * ahead, -1), 0.05) / h
    twist = stride * held["twist"]
    foot_turns = np.stack([foot_turn(f) for f in feet], 1)
    pelvis_turn = euler(yaw + 0.16 * twist, 0.35 * lean, roll)
    toes = np.stack([forward(f.yaw) for f in feet], 1)
    state = BodyState(
        pelvis=pelvis,
        pelvis_turn=pelvis_turn,
        chest_turn=euler(yaw - 0.22 * twist, lean, -0.5 * roll),
        head_turn=euler(yaw - 0.03 * twist + held["look"], 0.35 * lean + held["head"]),
        ankles=ankles,
        foot_turns=foot_turns,
        toe_bend=np.stack([f.toe_bend for f in feet], 1),
        knee_poles=unit(toes + rotate(pelvis_turn, np.tile(AHEAD, (len(t), 1)))[:, None]),
    )
    return state, yaw, stride


def _apply(span: Span, t: Array, state: BodyState, walking: BodyState) -> None:
    """Put one span's posture over the walking body, in place."""
    here = (t >= span.start_s) & (t < span.end_s)
    if not here.any():
        return
    upright, times = walking[here], t[here]
    before, after = (
        upright if p is None else p.state(times, upright) for p in (span.before, span.after)
    )
    share = (times - span.start_s) / (span.end_s - span.start_s)
    mixed = blend(before, after, ease5(share))
    if span.bow:
        bow = span.bow * np.sin(np.pi * ease5(share)) ** 1.2
        mixed.pelvis_turn = quat_multiply(mixed.pelvis_turn, quat_pitch(0.35 * bow))
        mixed.chest_turn = quat_multiply(mixed.chest_turn, quat_pitch(bow))
        mixed.head_turn = quat_multiply(mixed.head_turn, quat_pitch(0.3 * bow))
    state[here] = mixed


def shoulders_of(build: Build, state: BodyState) -> Array:
    """Give the shoulders, shape (n, 2, 3), m."""
    waist = state.pelvis + rotate(state.pelvis_turn, UP * build.trunk * WAIST)
    out = SIGN[:, None] * LEFT * 0.5 * build.shoulder_width + UP * build.trunk * SHOULDERS
    turned = rotate(state.chest_turn[:, None], np.broadcast_to(out, (len(waist), 2, 3)))
    return np.asarray(waist[:, None] + turned)


def _arms(
    build: Build, t: Array, state: BodyState, held: _Held, *, yaw: Array, stride: Array,
    spans: tuple[Span, ...],
) -> tuple[Array, Array]:  # fmt: skip
    """Give palms and elbow poles: free styles, with the postures' own hands over them."""
    # Arms hang from the chest, but stay near upright when it bends.
    bend = np.arctan2(
        np.sum(rotate(state.chest_turn, np.tile(UP, (len(t), 1))) * forward(yaw), -1),
        rotate(state.chest_turn, np.tile(UP, (len(t), 1)))[:, 1],
    )
    trunk = Trunk(
        build=build, t=t, shoulders=shoulders_of(build, state),
        hang=quat_multiply(state.chest_turn, quat_pitch(-0.8 * bend)), chest=state.chest_turn,
        pelvis=state.pelvis, pelvis_turn=state.pelvis_turn, stride=stride, swing=held["swing"],
    )  # fmt: skip
    palms, poles = np.zeros((len(t), 2, 3)), np.zeros((len(t), 2, 3))
    for word, weight in held.arms().items():
        some = weight > 1e-4
        part = Trunk(build, *(getattr(trunk, f)[some] for f in (
            "t", "shoulders", "hang", "chest", "pelvis", "pelvis_turn", "stride", "swing",
        )))  # fmt: skip
        place, pole = STYLES[word](part)
        palms[some] += place * weight[some, None, None]
        poles[some] += pole * weight[some, None, None]
    for span in spans:
        here = (t >= span.start_s) & (t < span.end_s)
        if not here.any():
            continue
        share = ease5((t[here] - span.start_s) / (span.end_s - span.start_s))
        free = np.ones((len(share), 1, 1))
        places, points = np.zeros_like(palms[here]), np.zeros_like(palms[here])
        for posture, weight in ((span.before, 1 - share), (span.after, share)):
            if posture is not None:
                hands = posture.hands(t[here])
                w = (weight * hands.weight)[:, None, None]
                free, places, points = free - w, places + w * hands.places, points + w * hands.poles
        palms[here] = palms[here] * free + places
        poles[here] = poles[here] * free + points
    return palms, unit(poles)


def _keep_in_reach(build: Build, state: BodyState) -> None:
    """Lower the pelvis, in place, where a rolled hip would be too far from a planted foot."""
    reach = build.leg * 0.997
    for _ in range(2):
        hips = hips_of(build, state)
        gap = hips - state.ankles
        level = np.linalg.norm(gap[..., [0, 2]], axis=-1)
        high = np.sqrt(np.maximum(reach**2 - level**2, 0.0))
        state.pelvis[:, 1] -= np.maximum(0.0, gap[..., 1] - high).max(1)
        over = np.maximum(0.0, level - reach)
        side = np.argmax(over, 1)
        rows = np.arange(len(over))
        pull = -gap[rows, side] * np.array([1.0, 0.0, 1.0])
        pull /= np.linalg.norm(pull, axis=-1, keepdims=True) + 1e-9
        state.pelvis += pull * over[rows, side][:, None]


def _keep_soles_up(build: Build, state: BodyState) -> None:
    """Raise ankles, in place, where a sole would be under the floor (on the way to a posture)."""
    n = len(state.pelvis)
    bend = state.toe_bend
    toe = build.toe_ahead - build.ball_ahead
    places = [
        np.broadcast_to(-UP * build.ankle - AHEAD * build.heel_back, (n, 2, 3)),
        np.broadcast_to(-UP * build.ankle + AHEAD * build.ball_ahead, (n, 2, 3)),
    ]
    tip = AHEAD * np.cos(bend)[..., None] + UP * np.sin(bend)[..., None]
    places.append(places[1] + tip * toe)
    low = np.min([rotate(state.foot_turns, p)[..., 1] for p in places], axis=0)
    state.ankles[..., 1] += np.maximum(0.0, -low - state.ankles[..., 1])


def _keep_knees_up(
    build: Build, state: BodyState, t: Array, posed: tuple[tuple[float, float], ...]
) -> None:
    """Raise the body, in place, where a knee would be under the floor in a posture."""
    lift = np.zeros(len(t))
    here = np.zeros(len(t), bool)
    for start, end in posed:
        here |= (t >= start) & (t < end)
    if not here.any():
        return
    part = state[here]
    for _ in range(6):
        knees, _ = two_bones(
            hips_of(build, part), part.ankles, upper=build.thigh, lower=build.shank,
            pole=part.knee_poles,
        )  # fmt: skip
        low = np.maximum(0.0, 0.8 * build.knee_radius - knees[..., 1]).max(1)
        part.pelvis[:, 1] += 1.5 * low
    lift[here] = part.pelvis[:, 1] - state.pelvis[here, 1]
    state.pelvis[:, 1] += np.asarray(np.maximum(lift, _smooth(lift, 0.08)))


def hips_of(build: Build, state: BodyState) -> Array:
    """Give the hip joints, shape (n, 2, 3), m."""
    out = SIGN[:, None] * LEFT * 0.5 * build.hip_width
    n = len(state.pelvis)
    turned = rotate(state.pelvis_turn[:, None], np.broadcast_to(out, (n, 2, 3)))
    return np.asarray(state.pelvis[:, None] + turned)


def make_grid(build: Build, plan: Plan, feet: tuple[FootTrack, FootTrack], *, seed: int) -> Grid:
    """Work a plan out over its whole time."""
    n = int(np.ceil((plan.end_s + 2 * PAD_S) * GRID_HZ)) + 1
    t = np.arange(n) / GRID_HZ - PAD_S
    held = _Held(t, plan.carriages)
    walking, yaw, stride = _walking(build, t, (feet[0].at(t), feet[1].at(t)), held, seed)
    state = walking[np.arange(n)]
    spans = _endless(plan)
    for span in spans:
        _apply(span, t, state, walking)
    _keep_soles_up(build, state)
    _keep_knees_up(build, state, t, posed_times(plan.spans))
    _keep_in_reach(build, state)
    palms, poles = _arms(build, t, state, held, yaw=yaw, stride=stride, spans=spans)
    return Grid(t, state, palms, poles, yaw)


def posed_times(spans: tuple[Span, ...]) -> tuple[tuple[float, float], ...]:
    """Give the stretches of time in which postures, not footsteps, place the feet."""
    out = []
    for i, span in enumerate(spans):
        before, after = (p is not None and p.feet is not None for p in (span.before, span.after))
        if before or after:
            start = -np.inf if i == 0 and before and span.start_s <= 0 else span.start_s
            end = np.inf if i == len(spans) - 1 and after else span.end_s
            out.append((start, end))
    return tuple(out)


def _endless(plan: Plan) -> tuple[Span, ...]:
    """Hold the first and the last posture before and after the script."""
    spans = plan.spans
    if not spans:
        return spans
    first, last = spans[0], spans[-1]
    out = list(spans)
    if first.before is not None and first.start_s <= 0:
        out.insert(0, Span(-PAD_S - 1, first.start_s, first.before, first.before))
    if last.after is not None:
        out.append(Span(last.end_s, np.inf, last.after, last.after))
    return tuple(out)
