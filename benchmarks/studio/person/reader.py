"""Reading a script entry by entry: the clock, the current posture, what every word shares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.studio.actor import PostureSpan
from benchmarks.studio.person import postures as body
from benchmarks.studio.person.arms import STYLES
from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.footsteps import Planner
from benchmarks.studio.person.gaits import Gait, gait_named
from benchmarks.studio.person.plan import Carriage, Leader, Plan, ScriptError, Span, joined
from benchmarks.studio.person.postures import Posture
from benchmarks.studio.person.vectors import forward, leftward

AFTERWARDS = {"falling": "lying", "rising": "standing"}
"""What a posture that ends the script is followed by; others stay."""

COMMON = ("arms", "stoop", "crouch", "head", "look")
"""Keys that every entry may have."""


@dataclass
class Reader:
    """One person's script so far; each word is a method ``do_...`` of a subclass."""

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
    seated_at: tuple[float, float | None] = (0.0, None)

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
        needed = [k for k, v in known.items() if v.default is v.empty and k not in rest]
        if needed:
            raise ScriptError(f"'{word}' needs {', '.join(needed)}")
        handler(**rest)
        self.first = False

    def plan(self) -> Plan:
        left, right = (tuple(p) for p in self.planner.plants)
        last = self.postures[-1].what if self.postures else "standing"
        after = "standing" if self.current is None else AFTERWARDS.get(last, last)
        self.postures.append(PostureSpan(after, self.now_s, np.inf))
        return Plan(
            self.planner.now_s, (left, right), tuple(self.spans), tuple(self.carriages),
            tuple(joined(self.postures)),
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
