"""Words of a script for postures: sitting, kneeling, crawling, falling, being held and carried."""

from __future__ import annotations

import numpy as np

from benchmarks.studio.actor import PostureSpan
from benchmarks.studio.person import floor_postures as floor
from benchmarks.studio.person import postures as body
from benchmarks.studio.person.footsteps import wrap
from benchmarks.studio.person.plan import ScriptError
from benchmarks.studio.person.postures import Posture
from benchmarks.studio.person.reader import Reader
from benchmarks.studio.person.vectors import Array, forward, leftward

LOSS_S = 0.08
"""Between the last contact and the feet's giving way in a fall, s; arbitrary."""


class Postures(Reader):
    """Each method is a word; its parameters are the entry's keys."""

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
            self.seated_at = (seat_m, back_m)
            self.current = self._seat(seat_m, back_m)
        elif self.current is None:
            raise ScriptError("'sit' can only be first or after 'sit_down'")
        elif "arms" in self.entry:
            seat = self._seat(*self.seated_at)
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
        self.seated_at = (seat_m, back_m)
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
            self.current = floor.on_all_fours(build, self._here())
        elif self.current is None:
            self.do_kneel_down()
        p.centre = p.centre + forward(p.yaw) * ahead
        origin, yaw = p.centre, p.yaw
        if not self.first:
            self._go(floor.on_all_fours(build, self._here()), 0.8)
        speed = speed_m_s or 0.45 * build.height
        begin, seconds = self.now_s, distance_m / speed

        def travel(t: Array) -> Array:
            return speed * np.clip(t - begin, 0.0, seconds)

        def frame(t: Array) -> tuple[Array, Array]:
            return origin + travel(t)[:, None] * forward(yaw), np.full(len(t), yaw)

        self.current = floor.on_all_fours(build, frame, travel=travel)
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
        self._go(floor.tumbling(build, self._here(ahead_m=mid_ahead), way), seconds * 0.6)
        ahead, left = {
            "forward": (0.75 * build.leg, 0.0), "back": (-0.75 * build.leg, 0.0),
            "left": (0.0, 0.7 * build.leg), "right": (0.0, -0.7 * build.leg),
        }[way]  # fmt: skip
        flat = {"forward": "prone", "back": "supine"}.get(way, way)
        p.centre = p.centre + forward(p.yaw) * ahead + leftward(p.yaw) * left
        self._go(floor.lying(build, self._here(), flat), seconds * 0.4)
        self._label("falling", since)

    def do_lie(self, seconds: float, *, way: str = "supine") -> None:
        since = self.now_s
        self._carry(self.usual, lean=0.02)
        if self.first:
            self.current = floor.lying(self.build, self._here(), way)
        elif self.current is None:
            raise ScriptError("'lie' can only be first or after 'fall'")
        self._stay(seconds)
        self._label("lying", since)

    def do_get_up(self, seconds: float = 2.2) -> None:
        if self.current is None:
            raise ScriptError(f"'get_up' at {self.now_s:.2f} s: the person already stands")
        since, build = self.now_s, self.build
        self._carry(self.usual, arms="swing", lean=0.02)
        self._go(floor.on_all_fours(build, self._here()), 0.4 * seconds)
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
