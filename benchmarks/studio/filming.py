"""The camera of a scene over time: its keys, its following, the shake of a hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.studio.actor import Actor
from benchmarks.studio.camera import View, look, tremble
from benchmarks.studio.scene import Scene


def camera_of(scene: Scene, actors: Mapping[str, Actor]) -> tuple[Callable[[float], View], bool]:
    """Make the camera's motion; the flag says whether it stands still."""
    spec, picture = scene.camera, scene.picture
    shakes = [tremble(spec.shake, seed=scene.seed * 17 + k) for k in range(6)]
    pan = _pan(scene, actors[spec.follow]) if spec.follow else None
    roll = float(np.radians(spec.roll_deg))

    def view(t: float) -> View:
        at, target, fov = _keyed(scene, t)
        if pan is not None:
            moved = pan(t)
            target = target + spec.share * moved
            at = at + spec.ride * moved
        tilt = roll
        if spec.shake:
            far = float(np.linalg.norm(target - at))
            at = at + np.array([shakes[i](t) for i in range(3)]) * 0.5
            target = target + np.array([shakes[3](t), shakes[4](t), 0.0]) * far
            tilt += 0.5 * shakes[5](t)
        return look(
            at, target, fov_deg=fov, width=picture.width, height=picture.height, roll=tilt,
            distortion=spec.distortion,
        )  # fmt: skip

    return view, not (spec.follow or spec.shake or spec.keys)


def _keyed(scene: Scene, t_s: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Place, target and angle of view between the camera's keys."""
    spec = scene.camera
    at, target, fov = np.asarray(spec.at, float), np.asarray(spec.look, float), spec.fov_deg
    before = 0.0
    for key in spec.keys:
        x = float(np.clip((t_s - before) / max(key.t_s - before, 1e-6), 0, 1))
        x = x * x * (3 - 2 * x)
        if key.at:
            at = at + (np.asarray(key.at, float) - at) * x
        if key.look:
            target = target + (np.asarray(key.look, float) - target) * x
        if key.fov_deg:
            fov = fov + (key.fov_deg - fov) * x
        before = key.t_s
    return at, target, fov


def _pan(scene: Scene, actor: Actor) -> Callable[[float], np.ndarray]:
    """How far a person has gone since the start, as a hand that follows late sees it."""
    from scipy.ndimage import gaussian_filter1d

    rate = 20.0
    times = np.arange(0.0, (scene.duration_s or actor.end_s) + 1.0, 1 / rate)
    spots = np.asarray([actor.pelvis(float(t))[0] for t in times], float)
    spots[:, 1] = 0.0
    smooth = gaussian_filter1d(spots - spots[0], scene.camera.lag_s * rate, axis=0, mode="nearest")
    lag = 0.5 * scene.camera.lag_s
    return lambda t: np.array([np.interp(t - lag, times, smooth[:, i]) for i in range(3)])
