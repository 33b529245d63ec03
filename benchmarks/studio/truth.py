"""What happens in a clip, exactly, in the format of the hand-made labels.

``contacts``, ``lift_offs``, ``posture``, ``support`` and ``boxes`` count in frames as there;
besides, every event has its exact ``time_s``, with ``frame`` the first frame at or after it, and
every span ``start_s`` and ``end_s``. A contact whose foot cannot be seen has ``visible`` false and
says why.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.studio.build import World
from benchmarks.studio.joints import OUT, SEEN, Joints

LICENCE = "Rendered by gaitcheck's own studio; no real person is shown. Apache-2.0, as the project."
BOX_EVERY_S = 0.2
_RANK = ("person", "object_moving", "object_fixed")
_EDGE_S = 1e-6
_LINE = 120
_ON_THE_SPOT = ("march", "dance", "jump")
"""Landings where the foot was: not contacts, which are in a new place."""


def labels(world: World, joints: Joints, *, clip: str, fingerprint: str) -> dict[str, Any]:
    """Everything about a clip that is not per frame, ready for JSON.

    ``fps`` is the mean rate where the frames' times are uneven, so that ``frame / fps`` stays near
    the truth; the exact times are with the joints.
    """
    scene = world.scene
    uneven = scene.picture.uneven or scene.picture.drop
    fps = len(joints.time_s) / world.duration_s if uneven else scene.picture.fps
    return {
        "clip": clip,
        "title": scene.title,
        "expect": scene.expect,
        "fps": round(fps, 4),
        "n_frames": len(joints.time_s),
        "width": scene.picture.width,
        "height": scene.picture.height,
        "duration_s": round(world.duration_s, 4),
        "annotator": "exact, by construction (benchmarks.studio)",
        "licence": LICENCE,
        "scene": scene.name,
        "split": scene.split,
        "all_people": True,
        "seed": scene.seed,
        "categories": scene.categories,
        "scene_sha256": scene.digest(),
        "build_sha256": fingerprint,
        "people": _people(world, joints),
    }


def _people(world: World, joints: Joints) -> list[dict[str, Any]]:
    out = []
    still = world.scene.still_at_s >= 0
    for i, name in enumerate(joints.people):
        seen = ~np.isnan(joints.boxes[:, i, 0])
        out.append({
            "name": name,
            "build": next(p.build for p in world.scene.people if p.name == name),
            "boxes": _boxes(joints, i),
            "contacts": [] if still else _events(world, joints, i, "contact_s"),
            "lift_offs": [] if still else _events(world, joints, i, "lift_off_s"),
            "posture": [] if still else _postures(world, joints, name),
            "support": supports(world, joints.time_s, name),
            "not_scorable": _gaps(seen, "outside the picture"),
        })  # fmt: skip
    return out


def _boxes(joints: Joints, person: int) -> list[list[float]]:
    """Boxes about five times a second, for frames in which the person is in the picture."""
    out, due = [], -1.0
    for frame, (t, box) in enumerate(zip(joints.time_s, joints.boxes[:, person], strict=True)):
        if t < due or np.isnan(box[0]):
            continue
        out.append([frame, *(round(float(v), 1) for v in box)])
        due = t + BOX_EVERY_S - 1e-6
    return out


def _frame(times_s: np.ndarray, t_s: float) -> int:
    """First frame at or after a time (the number of frames if there is none)."""
    return int(np.searchsorted(times_s, t_s - _EDGE_S))


def _events(world: World, joints: Joints, person: int, which: str) -> list[dict[str, Any]]:
    """Contacts or lift-offs inside the clip, each with whether its foot can be seen then."""
    actor = world.actors[joints.people[person]]
    out = []
    for step in actor.steps:
        t = float(getattr(step, which))
        frame = _frame(joints.time_s, t)
        if getattr(step, "how", "walk") in _ON_THE_SPOT or t < 0 or frame >= len(joints.time_s):
            continue
        foot = [
            joints.landmarks.index(f"{step.side}_{part}")
            for part in ("ankle", "heel", "foot_index")
        ]
        state = joints.seen[frame, person, foot]
        entry = {
            "frame": frame, "time_s": round(t, 4), "side": step.side, "sure": True,
            "visible": bool((state == SEEN).sum() >= 2),
        }  # fmt: skip
        if not entry["visible"]:
            entry["why"] = "outside the picture" if (state == OUT).sum() >= 2 else "hidden"
        out.append(entry)
    return sorted(out, key=lambda e: e["time_s"])


def _span(times_s: np.ndarray, start_s: float, end_s: float) -> dict[str, Any]:
    return {
        "start": _frame(times_s, start_s), "end": _frame(times_s, end_s),
        "start_s": round(start_s, 4), "end_s": round(end_s, 4),
    }  # fmt: skip


def _postures(world: World, joints: Joints, name: str) -> list[dict[str, Any]]:
    end = world.duration_s
    out = []
    for p in world.actors[name].postures:
        start_s, end_s = max(0.0, p.start_s), min(end, p.end_s)
        if end_s > start_s:
            out.append({"what": p.what, **_span(joints.time_s, start_s, end_s), "sure": True})
    return out


@dataclass(frozen=True)
class _Grip:
    """Something that holds a person up for a while."""

    from_s: float
    until_s: float
    take_s: float
    what: str
    cause: str


def _grips(world: World, name: str) -> list[_Grip]:
    """Give the hands that hold a person up, or by which they do, and when they are carried."""
    grips = []
    for hold in world.holds:
        s = hold.spec
        if s.supports == name and hold.what:
            how = "hangs" if s.hand == "none" else f"{s.hand} hand of {s.who}"
            cause = f"{hold.cause} ({how} at {s.to})"
            grips.append(_Grip(s.from_s, s.until_s, s.take_s, hold.what, cause))
    grips.extend(
        _Grip(p.start_s, p.end_s, 0.0, "person", "carried")
        for p in world.actors[name].postures
        if p.what == "carried"
    )
    return grips


def supports(world: World, times_s: np.ndarray, name: str) -> list[dict[str, Any]]:
    """Spans of what holds a person up, from the holds themselves.

    While a hand takes hold or lets go the span is not ``sure``. Where several hold at once the
    strongest names the span (a person, a thing that moves, a thing that stands), and ``cause``
    names all.
    """
    grips = _grips(world, name)
    end = world.duration_s
    cuts = {0.0, end}
    for g in grips:
        cuts |= {g.from_s - g.take_s, g.from_s, g.until_s, g.until_s + g.take_s}
    marks = sorted(c for c in cuts if 0.0 <= c <= end)
    out: list[dict[str, Any]] = []
    for start_s, end_s in itertools.pairwise(marks):
        span = _support_at((start_s + end_s) / 2, grips)
        if out and {k: out[-1][k] for k in span} == span:
            out[-1].update(_span(times_s, out[-1]["start_s"], end_s))
        else:
            out.append({**span, **_span(times_s, start_s, end_s)})
    return out


def _support_at(t_s: float, grips: list[_Grip]) -> dict[str, Any]:
    full = [g for g in grips if g.from_s <= t_s < g.until_s]
    partly = [g for g in grips if g.from_s - g.take_s <= t_s < g.until_s + g.take_s]
    acting = full or partly
    if not acting:
        return {"what": "none", "sure": True, "cause": []}
    what = min((g.what for g in acting), key=_RANK.index)
    return {"what": what, "sure": bool(full), "cause": sorted({g.cause for g in acting})}


def _gaps(seen: np.ndarray, why: str) -> list[list[Any]]:
    """Runs of frames [start, end) in which somebody is not seen."""
    edges = np.flatnonzero(np.diff(np.concatenate([[1], seen.astype(int), [1]])))
    return [[int(a), int(b), why] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def write_labels(path: Path, table: dict[str, Any]) -> None:
    """Write labels as JSON, one entry a line."""
    path.write_text(_layout(table, 0) + "\n", encoding="utf-8")


def _layout(value: Any, depth: int) -> str:
    """JSON with everything that fits on one line on one line."""
    flat = json.dumps(value)
    if not isinstance(value, dict | list) or len(flat) <= _LINE - depth:
        return flat
    pad, end = " " * (depth + 1), " " * depth
    if isinstance(value, dict):
        rows = [f"{pad}{json.dumps(k)}: {_layout(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{end}}}"
    rows = [pad + _layout(v, depth + 1) for v in value]
    return "[\n" + ",\n".join(rows) + f"\n{end}]"
