"""Where every joint is in the picture, frame by frame, and whether it can be seen.

The file (``*.joints.npz``): ``time_s`` (n,), ``people``, ``landmarks``, ``xy`` (n, person,
landmark, 2) int16 in tenths of a px (-32768: behind the camera), ``seen`` the same shape less
one: 0 outside the picture, 1 hidden behind furniture, a thing or somebody else, 2 in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.studio.build import Moment, World
from benchmarks.studio.camera import View

OUT, HIDDEN, SEEN = 0, 1, 2
_BEHIND = -32768


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
        return Joints(
            data["time_s"], people, [str(n) for n in data["landmarks"]], xy, data["seen"], boxes
        )


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
        self._rows.append(
            (
                moment.t_s if t_s is None else t_s,
                np.array(xy).reshape(people, n, 2),
                np.array(seen, np.uint8).reshape(people, n),
                np.array(boxes).reshape(people, 4),
            )
        )

    def joints(self) -> Joints:
        """Give all recorded frames."""
        t, xy, seen, boxes = zip(*self._rows, strict=True)
        return Joints(
            np.array(t),
            list(self._world.actors),
            self._names,
            np.array(xy),
            np.array(seen),
            np.array(boxes),
        )


def _others(moment: Moment, name: str) -> np.ndarray:
    """Capsules (m, 8) of everybody and everything but one person."""
    rows = [moment.graph.capsules[s] for owner, s in moment.capsules_of.items() if owner != name]
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
        return np.stack(
            [c * v[..., 0] - s * v[..., 2], v[..., 1], s * v[..., 0] + c * v[..., 2]], -1
        )

    o = into(eye - boxes[:, :3])[None]
    d = into((points - eye)[:, None, :] * np.ones((1, len(boxes), 1)))
    half = boxes[:, 4:7][None]
    with np.errstate(divide="ignore", invalid="ignore"):
        t1, t2 = (-half - o) / d, (half - o) / d
    near = np.minimum(t1, t2).max(-1)
    far = np.maximum(t1, t2).min(-1)
    margin = (
        0.03 / np.linalg.norm(points - eye, axis=1)[:, None]
    )  # a joint on a seat is not behind it
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
    radii = np.concatenate(
        [np.where(rows[:, 10] == 0, rows[:, 3], rows[:, 4:7].mean(1)), rows[rows[:, 10] == 0, 7]]
    )
    q = view.project(ends)
    if np.isnan(q).any():
        return np.full(4, np.nan)
    r = (radii * view.focal_px / view.depth(ends))[:, None]
    low, high = (q - r).min(0), (q + r).max(0)
    x0, y0 = np.clip(low, 0, [view.width, view.height])
    x1, y1 = np.clip(high, 0, [view.width, view.height])
    return np.array([x0, y0, x1, y1]) if x1 - x0 > 1 and y1 - y0 > 1 else np.full(4, np.nan)
