"""What one analysis found, and `analyze`, the one place where the stages meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaitcheck.gait.events import PostureSpan, Rejection, Step, StepSequence
    from gaitcheck.people.track import Track
    from gaitcheck.settings import Settings
    from gaitcheck.video.frame import VideoInfo


@dataclass(frozen=True)
class ModelInfo:
    """Which pose model was used: its name and the SHA-256 of its file."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Person:
    """One person of the video.

    Parameters
    ----------
    id : int
        Number, from 1.
    start_s, end_s : float
        First and last time seen, s.
    height_px : float
        Median height of the body in the picture, px.
    boxes : tuple of (time_s, x0, y0, x1, y1)
        About five a second, px of the upright picture.
    """

    id: int
    start_s: float
    end_s: float
    height_px: float
    boxes: tuple[tuple[float, float, float, float, float], ...]


@dataclass(frozen=True)
class FirstStep:
    """The first step of the first independent sequence."""

    person: int
    time_s: float
    sequence: int


@dataclass(frozen=True)
class Analysis:
    """Everything gaitcheck found in one video. Times are seconds of the video."""

    video: VideoInfo
    model: ModelInfo
    settings: Settings
    people: tuple[Person, ...]
    steps: tuple[Step, ...]
    sequences: tuple[StepSequence, ...]
    postures: tuple[PostureSpan, ...]
    rejected: tuple[Rejection, ...]
    first_independent_step: FirstStep | None
    warnings: tuple[str, ...]
    tracks: tuple[Track, ...] = ()
    """The tracks the gait was read from; not part of the JSON."""
