"""From a script of tables to footsteps, postures over time and how the body is held.

The words are told in the package's docstring. `read_script` is the only door.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from benchmarks.studio.actor import PostureSpan
from benchmarks.studio.person import postures as body
from benchmarks.studio.person.arms import STYLES
from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.feet import Plant
from benchmarks.studio.person.footsteps import FIRST_STEP, Planner, side_index, wrap
from benchmarks.studio.person.gaits import Gait, gait_named
from benchmarks.studio.person.postures import Posture
from benchmarks.studio.person.vectors import Array, forward, leftward


class ScriptError(ValueError):
    """A script asks for something that does not exist or cannot follow."""


class Leader(Protocol):
    """What a script needs of another actor: `follow` and `carried` name one."""

    height_m: float
    end_s: float

    def pelvis_path(self, t_s: Array) -> tuple[Array, Array]:
        """Give places (n, 3) and headings (n,) of the pelvis."""


@dataclass(frozen=True)
class Carriage:
    """How the upper body is held from `start_s` on; see `gaits.Gait` for the numbers."""

    start_s: float
    arms: str
    extension: float
    lean: float
    sway: float
    roll: float
    twist: float
    swing: float
    head: float
    look: float
    unrest: float


@dataclass(frozen=True)
class Span:
    """From one posture to another over [start_s, end_s); None is upright on the feet.

    `bow` bends the trunk forward in between, rad.
    """

    start_s: float
    end_s: float
    before: Posture | None
    after: Posture | None
    bow: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What `read_script` gives."""

    end_s: float
    plants: tuple[tuple[Plant, ...], tuple[Plant, ...]]
    spans: tuple[Span, ...]
    carriages: tuple[Carriage, ...]
    postures: tuple[PostureSpan, ...]


def read_script(
    build: Build,
    script: Sequence[Mapping[str, Any]],
    *,
    start: tuple[float, float],
    heading: float,
    seed: int,
    others: Mapping[str, Leader],
) -> Plan:
    """Read a script.

    Raises
    ------
    ScriptError
        A word, a key or a name is unknown, or an entry cannot follow the one before.
    """
    reader = _Reader(build, start=start, heading=heading, seed=seed, others=others)
    for entry in script:
        reader.read(entry)
    return reader.plan()


LOSS_S = 0.08
"""Between the last contact and the feet's giving way in a fall, s; arbitrary."""

AFTERWARDS = {"falling": "lying", "rising": "standing"}
"""What a posture that ends the script is followed by; others stay."""

COMMON = ("arms", "stoop", "crouch", "head", "look")


@dataclass
class _Reader:
    build: Build
    start: tuple[float, float]
    heading: float
    seed: int
    others: Mapping[str, Leader]
    spans: list[Span] = field(default_factory=list)
    carriages: list[Carriage] = field(default_factory=list)
    postures: list[PostureSpan] = field(default_factory=list)
    current: Posture | None = None
    first: bool = True

    def __post_init__(self) -> None:
        self.usual = gait_named("usual", build_kind=self.build.kind)
        self.planner = Planner(
            self.build, x_m=self.start[0], z_m=self.start[1], yaw=self.heading, seed=self.seed,
            gait=self.usual,
        )  # fmt: skip

    # -- the frame of it ------------------------------------------------------------------------

    def read(self, entry: Mapping[str, Any]) -> None:
        word = str(entry.get("do", ""))
        handler: Callable[..., None] | None = getattr(self, f"do_{word}", None)
        if handler is None:
            words = ", ".join(n[3:] for n in dir(self) if n.startswith("do_"))
            raise ScriptError(f"a script cannot do '{word}'; it can do {words}")
        self.entry = {k: entry[k] for k in COMMON if k in entry}
        if self.entry.get("arms", "swing") not in STYLES:
            raise ScriptError(f"no arms '{self.entry['arms']}'; there are {', '.join(STYLES)}")
        rest = {k: v for k, v in entry.items() if k != "do" and k not in COMMON}
        known = inspect.signature(handler).parameters
        if unknown := set(rest) - set(known):
            raise ScriptError(
                f"'{word}' has no {sorted(unknown)}; it has {', '.join((*known, *COMMON))}"
            )
        handler(**rest)
        self.first = False

    def plan(self) -> Plan:
        left, right = (tuple(p) for p in self.planner.plants)
        last = self.postures[-1].what if self.postures else "standing"
        after = "standing" if self.current is None else AFTERWARDS.get(last, last)
        self.postures.append(PostureSpan(after, self.now_s, np.inf))
        return Plan(
            self.planner.now_s, (left, right), tuple(self.spans), tuple(self.carriages),
            tuple(_joined(self.postures)),
        )  # fmt: skip

    @property
    def now_s(self) -> float:
        return self.planner.now_s

    def _gait(self, word: str | None) -> Gait:
        try:
            return gait_named(word or "usual", build_kind=self.build.kind)
        except KeyError as error:
            raise ScriptError(str(error.args[0])) from None

    def _carry(
        self,
        gait: Gait,
        *,
        arms: str | None = None,
        lean: float | None = None,
        unrest: float = 0.0,
    ) -> None:
        entry = self.entry
        self.carriages.append(
            Carriage(
                start_s=self.now_s,
                arms=str(entry.get("arms", arms or gait.arms)),
                extension=gait.extension - float(entry.get("crouch", 0.0)),
                lean=(gait.lean if lean is None else lean)
                + self.build.stoop
                + float(entry.get("stoop", 0.0)),
                sway=gait.sway, roll=gait.roll, twist=gait.twist, swing=gait.swing,
                head=float(entry.get("head", 0.0)), look=float(entry.get("look", 0.0)),
                unrest=unrest,
            )
        )  # fmt: skip

    def _label(self, what: str, since_s: float) -> None:
        self.postures.append(PostureSpan(what, since_s, self.now_s))

    def _upright(self, word: str) -> None:
        if self.current is not None:
            raise ScriptError(f"'{word}' at {self.now_s:.2f} s needs the person to stand up first")

    def _go(self, after: Posture | None, seconds: float, *, bow: float = 0.0) -> None:
        """Change to a posture over some seconds."""
        self.spans.append(
            Span(self.now_s, self.now_s + seconds, self.current, after, bow if seconds else 0.0)
        )
        self.planner.wait(seconds)
        self.current = after

    def _stay(self, seconds: float) -> None:
        if self.current is not None:
            self.spans.append(Span(self.now_s, self.now_s + seconds, self.current, self.current))
        self.planner.wait(seconds)

    def _here(self, *, ahead_m: float = 0.0, left_m: float = 0.0) -> body.Frame:
        p = self.planner
        place = p.centre + forward(p.yaw) * ahead_m + leftward(p.yaw) * left_m
        return body.fixed_frame(place, p.yaw)

    def _leader(self, who: str) -> Leader:
        if who not in self.others:
            names = ", ".join(self.others) or "nobody (name the others before this person)"
            raise ScriptError(f"nobody is called '{who}'; there is {names}")
        return self.others[who]

    # -- upright --------------------------------------------------------------------------------

    def do_stand(self, seconds: float, *, gait: str | None = None, sway: float = 1.0) -> None:
        self._upright("stand")
        since = self.now_s
        style = self._gait(gait)
        arms = "half_guard" if style.arms == "high_guard" else None
        self._carry(style, lean=0.5 * style.lean, arms=arms, unrest=sway)
        self.planner.wait(seconds)
        self._label("standing", since)

    def do_walk(
        self,
        steps: int | None = None,
        *,
        distance_m: float | None = None,
        to: Sequence[float] | None = None,
        gait: str | None = None,
        direction: str = "forward",
        turn_deg: float = 0.0,
        step_m: float | None = None,
        cadence_spm: float | None = None,
        first: str | None = None,
        close: bool = True,
    ) -> None:
        self._upright("walk")
        if sum(x is not None for x in (steps, distance_m, to)) != 1:
            raise ScriptError("a walk needs exactly one of steps, distance_m and to")
        style = self._gait(gait)
        length = step_m or style.step * self.build.height
        cadence = cadence_spm or style.cadence_spm
        if to is not None:
            aim = np.array([to[0], 0.0, to[1]]) - self.planner.centre
            distance_m = float(np.hypot(aim[0], aim[2]))
            if direction in ("forward", "backward"):
                flip = np.pi if direction == "backward" else 0.0
                self.planner.yaw += wrap(np.arctan2(aim[0], aim[2]) + flip - self.planner.yaw)
        since = self.now_s
        self._carry(style)
        if direction in ("left", "right"):
            count = steps or 2 * max(1, round((distance_m or 0.0) / length))
            if distance_m is not None:
                length = distance_m / (count / 2)
            self.planner.sidestep(
                style, steps=count, step_m=length, cadence_spm=cadence,
                way=1 if direction == "left" else -1,
            )  # fmt: skip
        elif direction in ("forward", "backward"):
            if direction == "backward" and step_m is None:
                length *= 0.6
            if distance_m is not None:
                extra = 2 - FIRST_STEP if close else 0.0
                steps = max(2, round(distance_m / length + extra))
                length = distance_m / (steps - extra)
            self.planner.walk(
                style, steps=steps or 0, step_m=length, cadence_spm=cadence,
                turn=np.radians(turn_deg), first=None if first is None else side_index(first),
                close=close, backward=direction == "backward",
            )  # fmt: skip
        else:
            raise ScriptError(f"no direction '{direction}'; forward, backward, left or right")
        self._label("walking", since)

    def do_turn(
        self,
        deg: float | None = None,
        *,
        to: Sequence[float] | None = None,
        steps: int | None = None,
        gait: str | None = None,
        cadence_spm: float | None = None,
    ) -> None:
        self._upright("turn")
        if (deg is None) == (to is None):
            raise ScriptError("a turn needs either deg or to")
        style = self._gait(gait)
        if to is not None:
            aim = np.array([to[0], 0.0, to[1]]) - self.planner.centre
            angle = wrap(np.arctan2(aim[0], aim[2]) - self.planner.yaw)
        else:
            angle = np.radians(float(deg or 0.0))
        count = steps or int(np.ceil(abs(angle) / 0.85)) + 1
        since = self.now_s
        self._carry(style)
        cadence = cadence_spm or style.cadence_spm
        self.planner.turn(style, angle=angle, steps=count, cadence_spm=cadence)
        self._label("walking", since)

    def do_march(
        self,
        steps: int,
        *,
        gait: str | None = None,
        cadence_spm: float | None = None,
        lift: float = 0.2,
    ) -> None:
        self._upright("march")
        style = self._gait(gait)
        since = self.now_s
        self._carry(style, arms="swing")
        self.planner.march(
            style, steps=steps, cadence_spm=cadence_spm or style.cadence_spm, lift=lift
        )
        self._label("standing", since)

    def do_dance(self, seconds: float, *, cadence_spm: float = 116.0) -> None:
        self._upright("dance")
        since = self.now_s
        self._carry(self.usual, arms="dance")
        self.planner.dance(self.usual, seconds=seconds, cadence_spm=cadence_spm)
        self._label("standing", since)

    def do_jump(self, times: int = 1, *, flight_s: float = 0.28) -> None:
        self._upright("jump")
        since = self.now_s
        self._carry(self.usual, arms="bent")
        low = body.squatting(self.build, self._here(), depth=0.20, lean=0.4)
        for _ in range(times):
            start = self.now_s
            self.planner.jump(self.usual, crouch_s=0.36, flight_s=flight_s)
            land = start + 0.36 + flight_s
            self.spans += [
                Span(start, start + 0.22, None, low),
                Span(start + 0.22, start + 0.36, low, None),
                Span(land - 0.02, land + 0.14, None, low),
                Span(land + 0.14, land + 0.36, low, None),
            ]
        self._label("standing", since)

    def do_stumble(self) -> None:
        self._upright("stumble")
        since = self.now_s
        self._carry(self.usual, arms="startled", lean=0.5)
        self.planner.stumble(self.usual)
        self._label("walking", since)

    def do_follow(
        self,
        who: str,
        *,
        ahead_m: float = 0.0,
        left_m: float = 0.0,
        face: str = "same",
        seconds: float | None = None,
        gait: str | None = None,
        cadence_spm: float | None = None,
    ) -> None:
        self._upright("follow")
        leader, style = self._leader(who), self._gait(gait)
        if face not in ("same", "toward"):
            raise ScriptError(f"no face '{face}'; same or toward")
        until = leader.end_s if seconds is None else self.now_s + seconds
        path = _smooth_path(leader, until, ahead_m=ahead_m, left_m=left_m, toward=face == "toward")
        since = self.now_s
        self._carry(style)
        cadence = cadence_spm or style.cadence_spm
        self.planner.follow(style, path=path, until_s=until, cadence_spm=cadence)
        self._label("walking", since)

    # -- sitting and rising ---------------------------------------------------------------------

    def _seat(self, seat_m: float, back_m: float | None) -> Posture:
        back = 0.20 * self.build.height if back_m is None else back_m
        return body.seated(
            self.build, self._here(), seat_m=seat_m, back_m=back,
            hands_free="arms" in self.entry,
            lean=0.04 + self.build.stoop + float(self.entry.get("stoop", 0.0)),
        )  # fmt: skip

    def do_sit(
        self, seconds: float, *, seat_m: float | None = None, back_m: float | None = None
    ) -> None:
        since = self.now_s
        self._carry(self.usual, arms="swing", lean=0.02)
        if self.first:
            if seat_m is None:
                raise ScriptError("a script that starts with 'sit' must say seat_m")
            self._seated_at = (seat_m, back_m)
            self.current = self._seat(seat_m, back_m)
        elif self.current is None:
            raise ScriptError("'sit' can only be first or after 'sit_down'")
        elif "arms" in self.entry:
            seat = self._seat(*self._seated_at)
            self._go(seat, min(0.5, seconds))
            seconds -= min(0.5, seconds)
        self._stay(seconds)
        self._label("sitting", since)

    def do_sit_down(
        self, seconds: float = 1.4, *, seat_m: float, back_m: float | None = None
    ) -> None:
        self._upright("sit_down")
        since = self.now_s
        self._carry(self.usual, arms="swing", lean=0.02)
        self._seated_at = (seat_m, back_m)
        self._go(self._seat(seat_m, back_m), seconds, bow=0.55)
        self.postures.append(PostureSpan("standing", since, since + seconds / 2))
        self._label("sitting", since + seconds / 2)

    def do_rise(self, seconds: float = 1.5) -> None:
        if self.current is None:
            raise ScriptError(f"'rise' at {self.now_s:.2f} s: the person already stands")
        since = self.now_s
        self._carry(self.usual, arms="swing", lean=0.02)
        self._go(None, seconds, bow=0.62)
        self._label("rising", since)

    # -- floor ----------------------------------------------------------------------------------

    def do_kneel_down(self, seconds: float = 1.4) -> None:
        self._upright("kneel_down")
        since = self.now_s
        self._carry(self.usual, arms="swing", lean=0.02)
        self._go(body.squatting(self.build, self._here(), depth=0.42), seconds * 0.55)
        self._go(body.kneeling(self.build, self._here()), seconds * 0.45)
        self._label("unknown", since)

    def do_kneel(self, seconds: float) -> None:
        since = self.now_s
        self._carry(self.usual, arms="swing", lean=0.02)
        if self.first:
            self.current = body.kneeling(self.build, self._here())
        elif self.current is None:
            raise ScriptError("'kneel' can only be first or after 'kneel_down'")
        self._stay(seconds)
        self._label("unknown", since)

    def do_crawl(self, distance_m: float, *, speed_m_s: float | None = None) -> None:
        build, p = self.build, self.planner
        since = self.now_s
        self._carry(self.usual)
        ahead = 0.35 * build.height
        if self.first:
            ahead = 0.0
            self.current = body.on_all_fours(build, self._here())
        elif self.current is None:
            self.do_kneel_down()
        p.centre = p.centre + forward(p.yaw) * ahead
        origin, yaw = p.centre, p.yaw
        if not self.first:
            self._go(body.on_all_fours(build, self._here()), 0.8)
        speed = speed_m_s or 0.45 * build.height
        begin, seconds = self.now_s, distance_m / speed

        def travel(t: Array) -> Array:
            return speed * np.clip(t - begin, 0.0, seconds)

        def frame(t: Array) -> tuple[Array, Array]:
            return origin + travel(t)[:, None] * forward(yaw), np.full(len(t), yaw)

        self.current = body.on_all_fours(build, frame, travel=travel)
        self._stay(seconds)
        p.centre = origin + distance_m * forward(yaw)
        self._label("crawling", since)

    def do_fall(self, seconds: float = 1.1, *, way: str = "forward") -> None:
        self._upright("fall")
        build, p = self.build, self.planner
        if way not in ("forward", "back", "left", "right"):
            raise ScriptError(f"no way to fall '{way}'; forward, back, left or right")
        since = self.now_s
        self._carry(self.usual, arms="startled", lean=0.25)
        p.wait(LOSS_S)
        mid_ahead = 0.45 * build.leg if way == "forward" else 0.0
        self._go(body.tumbling(build, self._here(ahead_m=mid_ahead), way), seconds * 0.6)
        ahead, left = {
            "forward": (0.75 * build.leg, 0.0), "back": (-0.75 * build.leg, 0.0),
            "left": (0.0, 0.7 * build.leg), "right": (0.0, -0.7 * build.leg),
        }[way]  # fmt: skip
        flat = {"forward": "prone", "back": "supine"}.get(way, way)
        p.centre = p.centre + forward(p.yaw) * ahead + leftward(p.yaw) * left
        self._go(body.lying(build, self._here(), flat), seconds * 0.4)
        self._label("falling", since)

    def do_lie(self, seconds: float, *, way: str = "supine") -> None:
        since = self.now_s
        self._carry(self.usual, lean=0.02)
        if self.first:
            self.current = body.lying(self.build, self._here(), way)
        elif self.current is None:
            raise ScriptError("'lie' can only be first or after 'fall'")
        self._stay(seconds)
        self._label("lying", since)

    def do_get_up(self, seconds: float = 2.2) -> None:
        if self.current is None:
            raise ScriptError(f"'get_up' at {self.now_s:.2f} s: the person already stands")
        since, build = self.now_s, self.build
        self._carry(self.usual, arms="swing", lean=0.02)
        self._go(body.on_all_fours(build, self._here()), 0.4 * seconds)
        self.planner.stand_here(self.usual, self.now_s, how="placed")
        self._go(body.squatting(build, self._here(), depth=0.5, lean=0.9), 0.3 * seconds)
        self._go(None, 0.3 * seconds)
        self._label("rising", since)

    # -- held by others -------------------------------------------------------------------------

    def do_caught(self, seconds: float = 0.7, *, drop_m: float | None = None) -> None:
        self._upright("caught")
        since = self.now_s
        self._carry(self.usual, arms="reach", lean=0.1)
        drop = 0.35 * self.build.leg if drop_m is None else drop_m
        self._go(body.sinking(self.build, self._here(), drop_m=drop), seconds)
        self._label("falling", since)

    def do_held(self, seconds: float) -> None:
        if self.current is None:
            raise ScriptError("'held' can only follow 'caught'")
        since = self.now_s
        self._carry(self.usual, arms="reach", lean=0.1)
        self._stay(seconds)
        self._label("carried", since)

    def do_carried(
        self, who: str, seconds: float, *, side: str = "front", lift_s: float = 0.9
    ) -> None:
        leader, build = self._leader(who), self.build
        if side not in ("front", "left", "right"):
            raise ScriptError(f"no side '{side}'; front, left or right")
        since = self.now_s
        self._carry(self.usual, lean=0.02)
        angle = {"front": 0.0, "left": 1.1, "right": -1.1}[side]
        out = 0.085 * leader.height_m + 0.085 * build.height * build.girth
        up = 0.10 * leader.height_m

        def frame(t: Array) -> tuple[Array, Array]:
            place, yaw = leader.pelvis_path(t)
            way = yaw + angle
            return place + out * forward(way) + np.array([0, up, 0]), way + np.pi

        held = body.in_arms(build, frame)
        if self.first:
            self.current = held
        else:
            self._go(held, min(lift_s, seconds))
            seconds -= min(lift_s, seconds)
        self._stay(seconds)
        place, yaw = frame(np.array([self.now_s]))
        self.planner.centre = place[0] * np.array([1.0, 0.0, 1.0])
        self.planner.yaw += wrap(float(yaw[0]) - self.planner.yaw)
        self.planner.stand_here(self.usual, self.now_s, how="placed")
        self._label("carried", since)

    def do_put_down(self, seconds: float = 1.0) -> None:
        if self.current is None:
            raise ScriptError("'put_down' can only follow 'carried'")
        since = self.now_s
        self._carry(self.usual, lean=0.02)
        self._go(None, seconds)
        self._label("carried", since)


def _joined(spans: Sequence[PostureSpan]) -> list[PostureSpan]:
    """Join spans of one word that touch, drop empty ones."""
    out: list[PostureSpan] = []
    for span in spans:
        if span.end_s <= span.start_s:
            continue
        if out and out[-1].what == span.what and abs(out[-1].end_s - span.start_s) < 1e-9:
            out[-1] = PostureSpan(span.what, out[-1].start_s, span.end_s)
        else:
            out.append(span)
    return out


def _smooth_path(
    leader: Leader, until_s: float, *, ahead_m: float, left_m: float, toward: bool
) -> Callable[[float], tuple[Array, float]]:
    """Give a place beside another's smoothed way, and where to face there."""
    grid = np.arange(0.0, until_s + 0.05, 0.05)
    place, yaw = leader.pelvis_path(grid)
    yaw = np.unwrap(yaw)
    width = 15
    kernel = np.hanning(width + 2)[1:-1]
    kernel /= kernel.sum()

    def smooth(x: Array) -> Array:
        return np.convolve(np.pad(x, width // 2, mode="edge"), kernel, mode="valid")

    yaw = smooth(yaw)
    place = np.stack([smooth(place[:, k]) for k in range(3)], -1) * np.array([1.0, 0.0, 1.0])
    place = place + ahead_m * forward(yaw) + left_m * leftward(yaw)
    facing = yaw + (np.pi if toward else 0.0)

    def path(t_s: float) -> tuple[Array, float]:
        where = np.array([np.interp(t_s, grid, place[:, k]) for k in range(3)])
        return where, float(np.interp(t_s, grid, facing))

    return path
