"""What a script comes to: footsteps, postures over time and how the body is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.studio.actor import PostureSpan
from benchmarks.studio.person.feet import Plant
from benchmarks.studio.person.postures import Posture
from benchmarks.studio.person.vectors import Array


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


def joined(spans: Sequence[PostureSpan]) -> list[PostureSpan]:
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
