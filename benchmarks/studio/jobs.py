"""Rendering: one scene, or many in several processes; what is done and fresh is not done again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.studio.build import World, build
from benchmarks.studio.effects import develop
from benchmarks.studio.encode import write_clip
from benchmarks.studio.joints import JointRecorder
from benchmarks.studio.renderer import Renderer
from benchmarks.studio.scene import SCENES, load_scene
from benchmarks.studio.truth import labels, write_labels

THREADS_A_PROCESS = 2


@dataclass(frozen=True)
class Rendered:
    """What became of one scene."""

    name: str
    n_frames: int
    wall_s: float
    size_bytes: int
    fresh: bool
    """It was there already and nothing was done."""


def is_fresh(
    name: str, *, out: Path | None = None, folder: Path = SCENES, deep: bool = False
) -> bool:
    """Say whether a scene's clip is there and up to date.

    By the scene's own digest; ``deep`` builds the world and compares its numbers too.
    """
    scene = load_scene(name, folder=folder)
    out = out or scene.home
    told = out / f"{name}.labels.json"
    if not told.is_file() or not (out / f"{name}.mp4").is_file():
        return False
    table = json.loads(told.read_text(encoding="utf-8"))
    if table.get("scene_sha256") != scene.digest():
        return False
    return not deep or table.get("build_sha256") == build(scene).fingerprint()


def render_scene(
    name: str, *, out: Path | None = None, folder: Path = SCENES, force: bool = False
) -> Rendered:
    """Render one scene with its truth, unless its clip is up to date.

    ``out`` is the scene's own home unless told.
    The labels are written last, so that a clip with labels is whole.
    """
    started = time.perf_counter()
    world = build(load_scene(name, folder=folder))
    mark = world.fingerprint()
    out = out or world.scene.home
    clip, told = out / f"{name}.mp4", out / f"{name}.labels.json"
    if not force and told.is_file() and clip.is_file():
        old = json.loads(told.read_text(encoding="utf-8"))
        same = old.get("scene_sha256") == world.scene.digest()
        if same and old.get("build_sha256") == mark:
            return Rendered(name, old["n_frames"], 0.0, clip.stat().st_size, True)
    out.mkdir(parents=True, exist_ok=True)
    told.unlink(missing_ok=True)
    picture = world.scene.picture
    recorder = JointRecorder(world)
    with Renderer(picture.width, picture.height) as renderer:
        n = write_clip(
            clip, frames(world, renderer, recorder), fps=picture.fps,
            width=picture.width, height=picture.height, crf=picture.crf,
        )  # fmt: skip
    joints = recorder.joints()
    joints.save(out / f"{name}.joints.npz")
    write_labels(told, labels(world, joints, clip=clip.name, fingerprint=mark))
    return Rendered(name, n, time.perf_counter() - started, clip.stat().st_size, False)


def retell_scene(name: str, *, out: Path | None = None, folder: Path = SCENES) -> bool:
    """Write a clip's truth anew without drawing, for when only the telling has changed.

    Returns
    -------
    bool
        False where the clip is missing or out of date: it must be rendered.
    """
    world = build(load_scene(name, folder=folder))
    out, mark = out or world.scene.home, world.fingerprint()
    clip, told = out / f"{name}.mp4", out / f"{name}.labels.json"
    if not (clip.is_file() and told.is_file()):
        return False
    if json.loads(told.read_text(encoding="utf-8")).get("build_sha256") != mark:
        return False
    recorder = JointRecorder(world)
    for t in world.frame_times_s:
        shown_s = world.shown_s(float(t))
        recorder.add(world.moment(shown_s), world.view(shown_s), t_s=float(t))
    joints = recorder.joints()
    joints.save(out / f"{name}.joints.npz")
    write_labels(told, labels(world, joints, clip=clip.name, fingerprint=mark))
    return True


def frames(
    world: World, renderer: Renderer, recorder: JointRecorder
) -> Iterator[tuple[float, np.ndarray]]:
    """Draw and develop every frame of a world, recording its joints."""
    frozen: np.ndarray | None = None
    still = world.scene.still_at_s >= 0
    for i, t in enumerate(world.frame_times_s):
        t_s = float(t)
        shown_s = world.shown_s(t_s)
        recorder.add(world.moment(shown_s), world.view(shown_s), t_s=t_s)
        if frozen is None or not still:
            frozen = exposed(world, renderer, shown_s)
        rng = np.random.default_rng([world.scene.seed, i])
        yield t_s, develop(frozen, world.scene.picture, rng=rng, t_s=t_s)


def exposed(world: World, renderer: Renderer, t_s: float) -> np.ndarray:
    """One frame: the mean of the moments while the shutter is open, about the frame's time."""
    spec = world.scene.picture
    n = max(1, spec.samples)
    if n == 1:
        return _drawn(world, renderer, t_s, (0.0, 0.0))
    total = np.zeros((spec.height, spec.width, 3), np.float32)
    for k in range(n):
        late_s = ((k + 0.5) / n - 0.5) * spec.shutter / spec.fps
        turn = 2 * np.pi * k / n
        aside = (0.0, 0.0) if world.still_camera else (0.5 * np.cos(turn), 0.5 * np.sin(turn))
        total += _drawn(world, renderer, t_s + late_s, aside)
    return total / n


def _drawn(world: World, renderer: Renderer, t_s: float, jitter: tuple[float, float]) -> np.ndarray:
    moment, view = world.moment(t_s), world.view(t_s)
    if world.still_camera and jitter == (0.0, 0.0):
        return renderer.picture_still(moment.graph, view)
    return renderer.picture(moment.graph, view, jitter=jitter)


def render_all(
    names: Sequence[str],
    *,
    out: Path | None = None,
    folder: Path = SCENES,
    processes: int = 2,
    force: bool = False,
    report: Callable[[Rendered | tuple[str, BaseException]], None],
) -> int:
    """Render scenes in several processes; ``report`` is called as each ends.

    Returns
    -------
    int
        How many failed.
    """
    os.environ.setdefault("LP_NUM_THREADS", str(THREADS_A_PROCESS))
    failed = 0
    # Spawned, not forked: a context of OpenGL does not survive a fork.
    with ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn")) as pool:
        jobs = {pool.submit(render_scene, n, out=out, folder=folder, force=force): n for n in names}
        for job in as_completed(jobs):
            error = job.exception()
            failed += error is not None
            report((jobs[job], error) if error is not None else job.result())
    return failed
