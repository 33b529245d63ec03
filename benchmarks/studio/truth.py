"""What happens in a clip, exactly: labels beside it, and the joints of every frame.

The labels have the format of the hand-made ones (``contacts``, ``lift_offs``, ``posture``,
``support``, ``boxes`` by frame), with ``time_s`` exact and ``frame`` the first frame at or after it.
The joints (``*.joints.npz``): ``time_s`` (n,), ``people``, ``landmarks``, ``xy`` (n, person,
landmark, 2) int16 in tenths of a px (-32768: behind the camera), ``seen`` the same shape less one:
0 outside the picture, 1 hidden behind furniture, a thing or somebody else, 2 in sight.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.studio.build import Moment, World
from benchmarks.studio.camera import View
from benchmarks.studio.holds import Hold

LICENCE = "Rendered by gaitcheck's own studio; no real person is shown. Apache-2.0, as the project."
OUT, HIDDEN, SEEN = 0, 1, 2
BOX_EVERY_S = 0.2
_BEHIND = -32768
_RANK = ("person", "object_moving", "object_fixed")
_EDGE_S = 1e-6
_LINE = 120
_ON_THE_SPOT = ("march", "dance", "jump")
"""Landings where the foot was: not contacts, which are in a new place."""


@dataclass(frozen=True)
class Joints:
    """Projected joints of a clip.

    Parameters
    ----------
    time_s : ndarray, shape (n_frames,)
    people, landmarks : list of str
    xy : ndarray, shape (n_frames, n_people, n_landmarks, 2)
        px; NaN behind the camera.
    seen : ndarray of uint8, shape (n_frames, n_people, n_landmarks)
        0 outside the picture, 1 hidden, 2 in sight.
    boxes : ndarray, shape (n_frames, n_people, 4)
        Whole silhouette, cut at the picture's edge, px; NaN outside.
    """

    time_s: np.ndarray
    people: list[str]
    landmarks: list[str]
    xy: np.ndarray
    seen: np.ndarray
    boxes: np.ndarray

    def save(self, path: Path) -> None:
        """Write the compressed file (see the module)."""
        xy = np.where(np.isnan(self.xy), _BEHIND, np.clip(np.round(self.xy * 10), -32000, 32000))
        np.savez_compressed(
            path,
            time_s=self.time_s,
            people=np.array(self.people),
            landmarks=np.array(self.landmarks),
            xy=xy.astype(np.int16),
            seen=self.seen,
        )


def load_joints(path: Path) -> Joints:
    """Read a file of joints; the boxes are in the labels."""
    with np.load(path) as data:
        raw = data["xy"]
        xy = np.where(raw == _BEHIND, np.nan, raw / 10.0)
        people = [str(p) for p in data["people"]]
        boxes = np.full((len(raw), len(people), 4), np.nan)
        return Joints(data["time_s"], people, [str(n) for n in data["landmarks"]], xy, data["seen"], boxes)


# ---------------------------------------------------------------- joints
class JointRecorder:
    """Collects the joints frame by frame while a clip is drawn."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._boxes = np.asarray(world.moment(0.0).graph.boxes, float).reshape(-1, 16)
        self._rows: list[tuple[float, np.ndarray, np.ndarray, np.ndarray]] = []
        self._names: list[str] = []

    def add(self, moment: Moment, view: View, *, t_s: float | None = None) -> None:
        """Record one frame; ``t_s`` where its time is not the moment's (a still picture)."""
        xy, seen, boxes = [], [], []
        for name, actor in self._world.actors.items():
            points = actor.truth_points(moment.poses[name])
            self._names = self._names or list(points)
            p = np.array([points[n] for n in self._names])
            q = view.project(p)
            xy.append(q)
            seen.append(visibility(p, q, view, self._boxes, _others(moment, name)))
            boxes.append(_silhouette(moment, name, view))
        n = len(self._names)
        people = len(xy)
        self._rows.append((
            moment.t_s if t_s is None else t_s,
            np.array(xy).reshape(people, n, 2),
            np.array(seen, np.uint8).reshape(people, n),
            np.array(boxes).reshape(people, 4),
        ))

    def joints(self) -> Joints:
        """Give all recorded frames."""
        t, xy, seen, boxes = zip(*self._rows, strict=True)
        return Joints(
            np.array(t), list(self._world.actors), self._names, np.array(xy), np.array(seen), np.array(boxes)
        )


def _others(moment: Moment, name: str) -> np.ndarray:
    """Capsules (m, 8) of everybody and everything but one person."""
    rows = [
        moment.graph.capsules[s] for owner, s in moment.capsules_of.items() if owner != name
    ]
    return np.asarray([r for part in rows for r in part], float).reshape(-1, 8)


def visibility(
    points: np.ndarray, places: np.ndarray, view: View, boxes: np.ndarray, capsules: np.ndarray
) -> np.ndarray:
    """Say for each joint whether it is outside, hidden behind others, or in sight.

    A person's own body hides nothing here: pose models guess their far limbs, and so do people.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
    places : ndarray, shape (n, 2)
        The same in the picture, px.
    view : View
    boxes : ndarray, shape (b, 16)
        Furniture as the shader has it.
    capsules : ndarray, shape (c, 8)
        Everybody and everything else.

    Returns
    -------
    ndarray of uint8, shape (n,)
    """
    x, y = places[:, 0], places[:, 1]
    inside = (x >= 0) & (x < view.width) & (y >= 0) & (y < view.height)
    hidden = _behind_boxes(points, view.position, boxes) | _behind_capsules(
        points, view.position, capsules
    )
    return np.where(~inside, OUT, np.where(hidden, HIDDEN, SEEN)).astype(np.uint8)


def _behind_boxes(points: np.ndarray, eye: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    if not len(boxes):
        return np.zeros(len(points), bool)
    c, s = boxes[:, 12], boxes[:, 13]

    def into(v: np.ndarray) -> np.ndarray:  # (..., b, 3)
        return np.stack([c * v[..., 0] - s * v[..., 2], v[..., 1], s * v[..., 0] + c * v[..., 2]], -1)

    o = into(eye - boxes[:, :3])[None]
    d = into((points - eye)[:, None, :] * np.ones((1, len(boxes), 1)))
    half = boxes[:, 4:7][None]
    with np.errstate(divide="ignore", invalid="ignore"):
        t1, t2 = (-half - o) / d, (half - o) / d
    near = np.minimum(t1, t2).max(-1)
    far = np.maximum(t1, t2).min(-1)
    margin = 0.03 / np.linalg.norm(points - eye, axis=1)[:, None]  # a joint on a seat is not behind it
    return ((near < far) & (far > 0) & (near < 1 - margin) & (near > 0)).any(1)


def _behind_capsules(points: np.ndarray, eye: np.ndarray, capsules: np.ndarray) -> np.ndarray:
    if not len(capsules):
        return np.zeros(len(points), bool)
    a, b, r = capsules[:, :3], capsules[:, 4:7], capsules[:, 3]
    u = b - a
    v = points - eye  # segment eye to joint against segment a to b
    w = eye - a
    uu = (u * u).sum(1) + 1e-12
    vv = (v * v).sum(1)[:, None] + 1e-12
    uv = v @ u.T
    wu = (w * u).sum(1)[None]
    wv = (w[None] * v[:, None]).sum(-1)
    det = vv * uu - uv * uv
    s = np.where(det > 1e-9, (uv * wu - uu * wv) / np.maximum(det, 1e-9), 0.0)
    s = np.clip(s, 0, 1)
    t = np.clip((wu + s * uv) / uu, 0, 1)
    s = np.clip((t * uv - wv) / vv, 0, 1)
    gap = eye + s[..., None] * v[:, None] - (a + t[..., None] * u)
    distance = np.linalg.norm(gap, axis=-1)
    length = np.sqrt(vv)
    return ((distance < 0.9 * r) & (s * length < length - r - 0.02)).any(1)


def _silhouette(moment: Moment, name: str, view: View) -> np.ndarray:
    """Box round all of a person's shapes, cut at the picture's edge; NaN if wholly outside."""
    rows = np.asarray(moment.graph.shapes[moment.shapes_of[name]], float)
    ends = np.concatenate([rows[:, :3], rows[rows[:, 10] == 0, 4:7]])
    radii = np.concatenate([
        np.where(rows[:, 10] == 0, rows[:, 3], rows[:, 4:7].mean(1)), rows[rows[:, 10] == 0, 7]
    ])
    q = view.project(ends)
    if np.isnan(q).any():
        return np.full(4, np.nan)
    r = (radii * view.focal_px / view.depth(ends))[:, None]
    low, high = (q - r).min(0), (q + r).max(0)
    x0, y0 = np.clip(low, 0, [view.width, view.height])
    x1, y1 = np.clip(high, 0, [view.width, view.height])
    return np.array([x0, y0, x1, y1]) if x1 - x0 > 1 and y1 - y0 > 1 else np.full(4, np.nan)


# ---------------------------------------------------------------- labels
def labels(world: World, joints: Joints, *, clip: str, fingerprint: str) -> dict[str, Any]:
    """Everything about a clip that is not per frame, ready for JSON."""
    scene = world.scene
    return {
        "clip": clip,
        "title": scene.title,
        "expect": scene.expect,
        "fps": scene.picture.fps,
        "n_frames": len(joints.time_s),
        "width": scene.picture.width,
        "height": scene.picture.height,
        "duration_s": round(world.duration_s, 4),
        "annotator": "exact, by construction (benchmarks.studio)",
        "licence": LICENCE,
        "scene": scene.name,
        "split": scene.split,
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
        foot = [joints.landmarks.index(f"{step.side}_{part}") for part in ("ankle", "heel", "foot_index")]
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


def supports(world: World, times_s: np.ndarray, name: str) -> list[dict[str, Any]]:
    """Spans of what holds a person up, from the holds themselves.

    While a hand takes hold or lets go the span is not ``sure``. Where several hold at once the
    strongest names the span (a person, a thing that moves, a thing that stands), and ``cause``
    names all.
    """
    mine = [h for h in world.holds if h.spec.supports == name and h.what]
    end = world.duration_s
    cuts = {0.0, end}
    for h in mine:
        s = h.spec
        cuts |= {s.from_s - s.take_s, s.from_s, s.until_s, s.until_s + s.take_s}
    marks = sorted(c for c in cuts if 0.0 <= c <= end)
    out: list[dict[str, Any]] = []
    for start_s, end_s in zip(marks, marks[1:], strict=False):
        span = _support_at((start_s + end_s) / 2, mine)
        if out and {k: out[-1][k] for k in span} == span:
            out[-1].update(_span(times_s, out[-1]["start_s"], end_s))
        elif end_s > start_s:
            out.append({**span, **_span(times_s, start_s, end_s)})
    return out


def _support_at(t_s: float, holds: list[Hold]) -> dict[str, Any]:
    full = [h for h in holds if h.spec.from_s <= t_s < h.spec.until_s]
    partly = [
        h for h in holds
        if h.spec.from_s - h.spec.take_s <= t_s < h.spec.until_s + h.spec.take_s
    ]  # fmt: skip
    acting = full or partly
    if not acting:
        return {"what": "none", "sure": True, "cause": []}
    what = min((h.what for h in acting), key=_RANK.index)
    causes = sorted({f"{h.cause} ({h.spec.hand} hand of {h.spec.who} at {h.spec.to})" for h in acting})
    return {"what": what, "sure": bool(full), "cause": causes}


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
