"""Walking people with arms, as tracks, from a few numbers: what the hands do is known exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gaitcheck.gait.events import Step
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, N_LANDMARKS
from gaitcheck.settings import GaitSettings, SupportSettings

Vector = np.ndarray
Arm = Callable[["Walker", int, float], Vector]
"""Gives the wrist in the world at a time; side 0 is left, 1 right."""

ARMS_ALONE = GaitSettings(support=SupportSettings(arms_alone=True))
"""No picture shows these people, so nobody can look at their hands: their arms must do."""
PX_PER_M = 120.0
PITCH = 0.35  # what lies nearer to the camera is lower in the picture
UP = np.array([0.0, 0.0, 1.0])
PICTURE = (1200, 700)


@dataclass(frozen=True)
class Walker:
    """Walks straight on planted feet; ``heading_deg`` 0 to the right, 90 towards the camera."""

    left_arm: Arm
    right_arm: Arm
    person: int = 1
    height_m: float = 1.0
    start: tuple[float, float] = (-1.5, 0.0)  # to the right, away from the camera, m
    heading_deg: float = 0.0
    step_m: float = 0.3
    step_s: float = 0.5
    first_s: float = 0.5
    n_steps: int = 8
    duration_s: float = 5.0
    fps: float = 25.0
    pan_px_s: float = 0.0
    wrist_visibility: tuple[float, float] = (0.95, 0.95)
    noise_px: float = 0.3
    seed: int = 0
    gaps: tuple[tuple[float, float], ...] = field(default=())

    @property
    def forward(self) -> Vector:
        h = np.deg2rad(self.heading_deg)
        return np.array([np.cos(h), -np.sin(h), 0.0])

    @property
    def left(self) -> Vector:
        x, z, _ = self.forward
        return np.array([-z, x, 0.0])

    def phase(self, t: float) -> float:
        """Steps done at a time, 0 to n_steps."""
        return float(np.clip((t - self.first_s) / self.step_s, 0, self.n_steps))

    def pelvis(self, t: float) -> Vector:
        going = self.forward * self.step_m * self.phase(t)
        return np.array([*self.start, 0.53 * self.height_m]) + going

    def shoulder(self, side: int, t: float) -> Vector:
        out = self.left * (1 - 2 * side) * 0.11 * self.height_m
        return self.pelvis(t) + UP * 0.29 * self.height_m + out

    def foot(self, side: int, t: float) -> Vector:
        """Even steps are the left foot's; each foot stands while the other swings."""
        phase = self.phase(t)
        done = int(phase)
        rest = phase - done
        swings = done % 2 == side
        smooth = rest**2 * (3 - 2 * rest)
        own_before = (done - 1 if swings else done) if done else 0
        place = own_before + (2 * smooth if swings and done else smooth if swings else 0)
        out = self.left * (1 - 2 * side) * 0.06 * self.height_m
        lift = UP * 0.05 * self.height_m * (np.sin(np.pi * rest) if swings else 0.0)
        floor = np.array([*self.start, 0.03 * self.height_m])
        return floor + self.forward * self.step_m * place + out + lift

    def steps(self) -> tuple[Step, ...]:
        at = [self.first_s + k * self.step_s for k in range(self.n_steps)]
        return tuple(
            Step(
                person=self.person,
                side="left" if k % 2 == 0 else "right",
                lift_off_s=t + 0.05,
                contact_s=t + self.step_s,
                confidence=0.9,
            )
            for k, t in enumerate(at)
        )

    def track(self) -> Track:
        rng = np.random.default_rng(self.seed)
        time_s = np.arange(int(self.duration_s * self.fps)) / self.fps
        points = np.stack([self._frame(t) for t in time_s])
        points += rng.normal(0, self.noise_px, points.shape)
        pan = self.pan_px_s * time_s
        points[..., 0] -= pan[:, None]
        visibility = np.full((len(time_s), N_LANDMARKS), 0.95)
        for side, value in zip(("left", "right"), self.wrist_visibility, strict=True):
            visibility[:, INDEX[f"{side}_wrist"]] = value
        world = np.full((len(time_s), N_LANDMARKS, 3), np.nan)
        boxes = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
        to_room = np.tile(np.eye(3), (len(time_s), 1, 1))
        to_room[:, 0, 2] = pan
        for start_s, end_s in self.gaps:
            lost = (time_s >= start_s) & (time_s < end_s)
            points[lost], boxes[lost], visibility[lost] = np.nan, np.nan, 0.0
        return Track(
            person=self.person,
            time_s=time_s,
            frame_index=np.arange(len(time_s)),
            points_px=points,
            visibility=visibility,
            world_m=world,
            boxes_px=boxes,
            to_room=to_room,
            picture_size=PICTURE,
        )

    def _frame(self, t: float) -> Vector:
        body = {"nose": self.pelvis(t) + UP * 0.42 * self.height_m}
        for side, name in enumerate(("left", "right")):
            out = self.left * (1 - 2 * side)
            shoulder, foot = self.shoulder(side, t), self.foot(side, t)
            wrist = (self.left_arm, self.right_arm)[side](self, side, t)
            hip = self.pelvis(t) + out * 0.07 * self.height_m
            body[f"{name}_shoulder"], body[f"{name}_hip"] = shoulder, hip
            body[f"{name}_elbow"] = bend(shoulder, wrist, 0.165 * self.height_m, -self.forward - UP)
            body[f"{name}_wrist"] = wrist
            hand = wrist + (wrist - body[f"{name}_elbow"]) * 0.3
            for part in ("pinky", "index", "thumb"):
                body[f"{name}_{part}"] = hand
            body[f"{name}_knee"] = bend(hip, foot, 0.255 * self.height_m, self.forward)
            body[f"{name}_ankle"] = foot
            body[f"{name}_heel"] = foot - self.forward * 0.04 * self.height_m
            body[f"{name}_foot_index"] = foot + self.forward * 0.09 * self.height_m
        head = body["nose"]
        return np.stack([project(body.get(name, head)) for name in INDEX])


def project(place: Vector) -> Vector:
    x, away, up = place
    return np.array([600 + PX_PER_M * x, 500 - PX_PER_M * (up + PITCH * away)])


def bend(a: Vector, b: Vector, bone: float, towards: Vector) -> Vector:
    """Give the joint between two ends of two equal bones, bent to one side."""
    along = b - a
    length = float(np.linalg.norm(along))
    side = towards - along * (towards @ along) / max(length**2, 1e-9)
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    return (a + b) / 2 + side * np.sqrt(max(bone**2 - (length / 2) ** 2, 0.0))


def swinging(amplitude: float = 0.4) -> Arm:
    """Swing by so many radians to each side, with the other side's leg."""

    def arm(who: Walker, side: int, t: float) -> Vector:
        phase = who.phase(t)
        begun = min(phase, who.n_steps - phase, 1.0)
        angle = amplitude * begun * np.cos(np.pi * phase) * (1 - 2 * side)
        reach = 0.32 * who.height_m
        return who.shoulder(side, t) + reach * (
            who.forward * np.sin(angle) - UP * np.cos(angle) + who.left * (0.1 - 0.2 * side)
        )

    return arm


def rigid(ahead: float, out: float, up: float) -> Arm:
    """Keep the wrist at one place from its shoulder, in body heights."""

    def arm(who: Walker, side: int, t: float) -> Vector:
        offset = who.forward * ahead + who.left * out * (1 - 2 * side) + UP * up
        return who.shoulder(side, t) + offset * who.height_m

    return arm


def at_stick(who: Walker, side: int, t: float) -> Vector:
    """Go to and fro with the other side's leg at the height of a grip, the elbow bent over it."""
    to_and_fro = 0.05 * np.cos(np.pi * who.phase(t)) * (1 - 2 * side)
    return rigid(0.06 + to_and_fro, 0.09, -0.255)(who, side, t)


hanging = rigid(0.02, 0.03, -0.32)
handle = rigid(0.13, 0.08, -0.235)
guard = rigid(0.06, 0.1, -0.02)
overhead = rigid(0.02, 0.0, 0.32)


def at_rail(*, hop_s: float = 1.5, up: float = 0.62) -> Arm:
    """Hold a place in the room for ``hop_s``, then the next one."""

    def arm(who: Walker, side: int, t: float) -> Vector:
        held = np.floor(t / hop_s) * hop_s + 0.5 * hop_s
        place = who.pelvis(held) + who.forward * 0.08 + who.left * 0.2 * (1 - 2 * side)
        return np.array([place[0], place[1], up * who.height_m])

    return arm


def at(target: Callable[[float], Vector]) -> Arm:
    """Hold the wrist at a place in the world that may move."""

    def arm(_who: Walker, _side: int, t: float) -> Vector:
        return target(t)

    return arm


def then(first: Arm, second: Arm, change_s: float, *, takes_s: float = 0.0) -> Arm:
    """Do one thing, then another; the hand is on its way for ``takes_s``."""

    def arm(who: Walker, side: int, t: float) -> Vector:
        if t < change_s or t >= change_s + takes_s:
            return (first if t < change_s else second)(who, side, t)
        part = (t - change_s) / takes_s
        return first(who, side, t) * (1 - part) + second(who, side, t) * part

    return arm


def free(**changes: object) -> Walker:
    """Give a walker with both arms swinging."""
    return Walker(swinging(), swinging(), **changes)  # type: ignore[arg-type]
