"""A walker made of points: footfalls planned in a room, seen by a camera, given as a Track.

The feet stand exactly where they were put; legs follow by two-bone inverse kinematics. Room
coordinates in metres: x right, y up, z towards the camera's side; heading 0 walks along +x.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS

SIDES = ("left", "right")


@dataclass(frozen=True)
class Body:
    """Lengths in metres; an adult by default."""

    leg: float = 0.86
    torso: float = 0.52
    shoulders: float = 0.36
    hips: float = 0.22
    foot: float = 0.24
    arm: float = 0.6

    @classmethod
    def toddler(cls) -> Body:
        return cls(leg=0.33, torso=0.27, shoulders=0.2, hips=0.12, foot=0.12, arm=0.27)


@dataclass(frozen=True)
class Fall:
    """One foot leaves at ``lift_s`` and lands at ``land_s`` at (x, z), toes along ``yaw``."""

    side: int
    lift_s: float
    land_s: float
    x: float
    z: float
    yaw: float


@dataclass(frozen=True)
class Camera:
    """A camera at ``place``; it looks at ``target(t)`` and turns about its own place only."""

    place: tuple[float, float, float]
    target: Callable[[float], tuple[float, float, float]]
    focal_px: float = 900.0
    size: tuple[int, int] = (1280, 720)

    @classmethod
    def still(
        cls, place: tuple[float, float, float], target: tuple[float, float, float], **k: object
    ) -> Camera:
        return cls(place, lambda _t: target, **k)  # type: ignore[arg-type]

    def rotation(self, t: float) -> np.ndarray:
        """Rows: right, down, away."""
        away = np.subtract(self.target(t), self.place)
        away /= np.linalg.norm(away)
        right = np.cross(away, (0.0, 1.0, 0.0))
        right /= np.linalg.norm(right)
        return np.stack([right, np.cross(away, right), away])

    def matrix(self) -> np.ndarray:
        w, h = self.size
        return np.array([[self.focal_px, 0, w / 2], [0, self.focal_px, h / 2], [0, 0, 1.0]])


SIDE_VIEW = Camera.still((0.0, 1.1, 4.5), (0.0, 0.7, 0.0))
FRONT_VIEW = Camera.still((6.0, 1.4, 0.2), (0.0, 0.7, 0.0))
REAR_VIEW = Camera.still((-6.0, 1.4, 0.2), (0.0, 0.7, 0.0))
OBLIQUE_VIEW = Camera.still((4.0, 1.5, 4.0), (0.0, 0.7, 0.0))
CCTV_VIEW = Camera.still((4.0, 3.2, 4.5), (0.0, 0.5, 0.0))
VIEWS = {
    "side": SIDE_VIEW,
    "front": FRONT_VIEW,
    "rear": REAR_VIEW,
    "oblique": OBLIQUE_VIEW,
    "cctv": CCTV_VIEW,
}


def straight(
    *,
    n_steps: int,
    step_s: float,
    step_m: float,
    start: tuple[float, float] = (-1.5, 0.0),
    heading: float = 0.0,
    begin_s: float = 0.8,
    first: int = 0,
    width_m: float = 0.16,
    swing_of_step: float = 0.75,
    jitter: float = 0.0,
    toes: float | None = None,
    seed: int = 0,
) -> list[Fall]:
    """Alternating steps along ``heading`` (radians); ``toes`` turns the feet another way."""
    rng = np.random.default_rng(seed)
    ahead = np.array([np.cos(heading), -np.sin(heading)])
    left = np.array([-np.sin(heading), -np.cos(heading)])
    falls, t, way = [], begin_s, 0.0
    for k in range(n_steps):
        side = (first + k) % 2
        this_s = step_s * (1 + jitter * rng.uniform(-1, 1))
        way += step_m * (1 + jitter * rng.uniform(-1, 1))
        last = k == n_steps - 1
        t += this_s
        place = np.array(start) + ahead * (way - (step_m if last and n_steps > 1 else 0.0))
        place += left * width_m / 2 * (1 if side == 0 else -1)
        yaw = heading if toes is None else toes
        falls.append(Fall(side, t - swing_of_step * this_s, t, place[0], place[1], yaw))
    return falls


def contacts(falls: list[Fall]) -> list[tuple[float, str]]:
    return [(f.land_s, SIDES[f.side]) for f in sorted(falls, key=lambda f: f.land_s)]


def make_track(
    falls: list[Fall],
    *,
    start: tuple[tuple[float, float], tuple[float, float]] | None = None,
    yaw: float = 0.0,
    duration_s: float | None = None,
    rate_hz: float = 30.0,
    camera: Camera = SIDE_VIEW,
    body: Body | None = None,
    noise: float = 0.006,
    hips_m: Callable[[float], tuple[float, float, float]] | None = None,
    lift_m: Callable[[float], float] | None = None,
    seed: int = 0,
) -> Track:
    """Project a walker.

    Parameters
    ----------
    start
        Where the left and the right foot stand at first; by default beside the first place.
    noise
        Scatter of each landmark in leg lengths, white (a half of it constant over 0.2 s).
    hips_m
        Displacement of the hips (x, y, z) from where the feet would carry them.
    lift_m
        Height of the floor under both feet (jumping).
    """
    body = body or Body()
    end_s = (
        (max((f.land_s for f in falls), default=2.0) + 1.0) if duration_s is None else duration_s
    )
    time_s = np.arange(0, end_s, 1 / rate_hz)
    begin = start or _beside(falls, yaw)
    room = np.stack(
        [
            _joints(t, falls=falls, begin=begin, yaw=yaw, body=body, hips_m=hips_m, lift_m=lift_m)
            for t in time_s
        ]
    )
    rng = np.random.default_rng(seed)
    slow = rng.normal(size=(int(end_s / 0.2) + 3, N_LANDMARKS, 3))
    for axis in range(3):
        for j in range(N_LANDMARKS):
            wander = np.interp(time_s / 0.2, np.arange(len(slow)), slow[:, j, axis])
            room[:, j, axis] += 0.5 * noise * body.leg * wander
    room += 0.8 * noise * body.leg * rng.normal(size=room.shape)
    return _seen(room, time_s, camera)


def _beside(falls: list[Fall], yaw: float) -> tuple[tuple[float, float], tuple[float, float]]:
    if not falls:
        return ((0.0, -0.08), (0.0, 0.08))
    first = falls[0]
    ahead = np.array([np.cos(yaw), -np.sin(yaw)])
    left = np.array([-np.sin(yaw), -np.cos(yaw)])
    second = next((f for f in falls if f.side != first.side), None)
    step = 0.0 if second is None else float(np.dot([second.x - first.x, second.z - first.z], ahead))
    middle = np.array([first.x, first.z]) - ahead * step
    width = 0.1 if second is None else abs(np.dot([second.x - first.x, second.z - first.z], left))
    middle -= left * width / 2 * (1 if first.side == 0 else -1)
    pair = (middle + left * width / 2, middle - left * width / 2)
    return tuple(map(tuple, pair))  # type: ignore[return-value]


def _foot(
    t: float, side: int, *, falls: list[Fall], begin: tuple[float, float], yaw: float, leg: float
) -> tuple[np.ndarray, float, float]:
    """Place (x, y, z) of a foot's ankle point on the floor, its yaw, and its part of the swing."""
    place, turn = np.array([begin[0], 0.0, begin[1]]), yaw
    for fall in sorted((f for f in falls if f.side == side), key=lambda f: f.land_s):
        goal = np.array([fall.x, 0.0, fall.z])
        if t >= fall.land_s:
            place, turn = goal, fall.yaw
        elif t > fall.lift_s:
            u = (t - fall.lift_s) / (fall.land_s - fall.lift_s)
            # the speed falls to a fifth of its peak and then stops dead, as heels do
            part = (1 - np.cos(0.93 * np.pi * u)) / (1 - np.cos(0.93 * np.pi))
            way = goal - place
            # toes clear the floor by little, but the heel rises, also in a short step
            up = 0.1 * leg * np.sin(np.pi * u) * (1 + 0.5 * np.cos(np.pi * u))
            return place + way * part + np.array([0, up, 0]), turn + (fall.yaw - turn) * part, u
    return place, turn, 0.0


def _joints(
    t: float,
    *,
    falls: list[Fall],
    begin: tuple[tuple[float, float], tuple[float, float]],
    yaw: float,
    body: Body,
    hips_m: Callable[[float], tuple[float, float, float]] | None,
    lift_m: Callable[[float], float] | None,
) -> np.ndarray:
    """All landmarks in the room at time ``t``, shape (33, 3)."""
    feet = [_foot(t, s, falls=falls, begin=begin[s], yaw=yaw, leg=body.leg) for s in (0, 1)]
    facing = (feet[0][1] + feet[1][1]) / 2
    ahead = np.array([np.cos(facing), 0.0, -np.sin(facing)])
    left = np.array([-np.sin(facing), 0.0, -np.cos(facing)])
    up = np.array([0.0, 1.0, 0.0])
    # the pelvis glides over the mean of the feet, half a second wide
    near = [
        np.mean(
            [
                _foot(t + d, s, falls=falls, begin=begin[s], yaw=yaw, leg=body.leg)[0]
                for s in (0, 1)
            ],
            axis=0,
        )
        for d in np.linspace(-0.25, 0.25, 7)
    ]
    middle = np.mean(near, axis=0) * [1, 0, 1] + up * (0.93 * body.leg + 0.07 * body.leg)
    if hips_m is not None:
        middle = middle + np.array(hips_m(t))
    floor = 0.0 if lift_m is None else lift_m(t)
    points = np.zeros((N_LANDMARKS, 3))
    for s, sign in ((0, 1.0), (1, -1.0)):
        name = SIDES[s]
        foot, turn, _ = feet[s]
        toes = np.array([np.cos(turn), 0.0, -np.sin(turn)])
        ankle = foot + up * (0.08 * body.leg + floor)
        hip = middle + left * sign * body.hips / 2
        points[INDEX[f"{name}_hip"]] = hip
        points[INDEX[f"{name}_knee"]] = _knee(hip, ankle, body.leg / 2, ahead)
        points[INDEX[f"{name}_ankle"]] = ankle
        points[INDEX[f"{name}_heel"]] = ankle - up * 0.06 * body.leg - toes * 0.25 * body.foot
        points[INDEX[f"{name}_foot_index"]] = ankle - up * 0.07 * body.leg + toes * 0.7 * body.foot
        shoulder = middle + up * body.torso + left * sign * body.shoulders / 2
        other = feet[1 - s][0]
        swing = float(np.clip(np.dot(other - middle * [1, 0, 1], ahead), -0.4, 0.4)) * 0.5
        wrist = shoulder - up * body.arm * 0.9 + ahead * (0.1 * body.arm + swing)
        points[INDEX[f"{name}_shoulder"]] = shoulder
        points[INDEX[f"{name}_elbow"]] = (shoulder + wrist) / 2 - ahead * 0.05 * body.arm
        points[INDEX[f"{name}_wrist"]] = wrist
        for finger in ("pinky", "index", "thumb"):
            points[INDEX[f"{name}_{finger}"]] = wrist - up * 0.08 * body.arm
        head = middle + up * (body.torso * 1.45)
        for part, out in (("eye_inner", 0.1), ("eye", 0.15), ("eye_outer", 0.2)):
            points[INDEX[f"{name}_{part}"]] = (
                head + left * sign * out * body.shoulders + ahead * 0.08
            )
        points[INDEX[f"{name}_ear"]] = head + left * sign * 0.25 * body.shoulders
        points[INDEX[f"mouth_{name}"]] = head - up * 0.06 + ahead * 0.09 + left * sign * 0.03
    points[INDEX["nose"]] = middle + up * body.torso * 1.4 + ahead * 0.12
    return points


def _knee(hip: np.ndarray, ankle: np.ndarray, bone: float, ahead: np.ndarray) -> np.ndarray:
    line = ankle - hip
    length = float(np.linalg.norm(line))
    if length >= 2 * bone:
        return (hip + ankle) / 2
    bend = ahead - line * float(np.dot(ahead, line)) / length**2
    bend /= max(float(np.linalg.norm(bend)), 1e-9)
    return (hip + ankle) / 2 + bend * np.sqrt(bone**2 - (length / 2) ** 2)


def _seen(room: np.ndarray, time_s: np.ndarray, camera: Camera) -> Track:
    matrix, n = camera.matrix(), len(time_s)
    points = np.empty((n, N_LANDMARKS, 2))
    world = np.empty((n, N_LANDMARKS, 3))
    to_room = np.empty((n, 3, 3))
    first = camera.rotation(0.0)
    for i, t in enumerate(time_s):
        turn = camera.rotation(float(t))
        local = (room[i] - camera.place) @ turn.T
        image = local @ matrix.T
        points[i] = image[:, :2] / image[:, 2:]
        world[i] = local - local[[23, 24]].mean(axis=0)
        to_room[i] = matrix @ first @ turn.T @ np.linalg.inv(matrix)
    inside = ((points >= 0) & (points < np.array(camera.size))).all(axis=2)
    visibility = np.where(inside, 0.95, 0.05)
    boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
    return Track(
        person=1,
        time_s=time_s,
        frame_index=np.arange(n),
        points_px=points,
        visibility=visibility,
        world_m=world,
        boxes_px=boxes,
        to_room=to_room,
        picture_size=camera.size,
    )


def unseen(track: Track, spans: list[tuple[float, float]]) -> Track:
    """Lose the person in ``[start, end)`` seconds."""
    rows = np.zeros(len(track), dtype=bool)
    for start, end in spans:
        rows |= (track.time_s >= start) & (track.time_s < end)
    arrays = {}
    for name in ("points_px", "world_m", "boxes_px"):
        arrays[name] = getattr(track, name).copy()
        arrays[name][rows] = np.nan
    visibility = track.visibility.copy()
    visibility[rows] = 0.0
    return replace(track, visibility=visibility, **arrays)


def exchanged(track: Track, spans: list[tuple[float, float]]) -> Track:
    """Exchange the left and right legs in ``[start, end)`` seconds, as the model does."""
    rows = np.zeros(len(track), dtype=bool)
    for start, end in spans:
        rows |= (track.time_s >= start) & (track.time_s < end)
    arrays = {}
    for name in ("points_px", "visibility", "world_m"):
        arrays[name] = getattr(track, name).copy()
        for part in ("hip", "knee", "ankle", "heel", "foot_index"):
            a, b = INDEX[f"left_{part}"], INDEX[f"right_{part}"]
            arrays[name][rows, a] = getattr(track, name)[rows, b]
            arrays[name][rows, b] = getattr(track, name)[rows, a]
    return replace(track, **arrays)
