"""What one analysis found: the answer that every output is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gaitcheck.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from gaitcheck.gait.events import (
        FirstStep,
        PostureEvent,
        PostureSpan,
        Rejection,
        Step,
        StepSequence,
    )
    from gaitcheck.gait.quality import BadlySeen
    from gaitcheck.gait.reasons import Reason
    from gaitcheck.people.stature import Stature
    from gaitcheck.people.track import Track
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
    stature : {"smaller", "larger"} or None
        Beside somebody else in the picture at the same time; None where nobody can be compared, or
        is about as tall.
    """

    id: int
    start_s: float
    end_s: float
    height_px: float
    boxes: tuple[tuple[float, float, float, float, float], ...]
    stature: Stature | None = None


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
    reasons: tuple[Reason, ...] = ()
    """Why each run of steps has its support."""
    events: tuple[PostureEvent, ...] = ()
    """When somebody rose, sat down, fell or was caught."""
    badly_seen: tuple[BadlySeen, ...] = ()
    """When and why somebody was seen too badly to be sure."""
    tracks: tuple[Track, ...] = ()
    """The tracks the gait was read from; not part of the JSON."""

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON contract ``gaitcheck.analysis/1`` as plain dicts, lists and numbers.

        Raises
        ------
        OutputError
            If a number that must be there is not finite.
        """
        from gaitcheck.output.document import document

        return document(self)

    def to_pandas(self) -> dict[str, pd.DataFrame]:
        """Give tables: people, steps, sequences, evidence, postures, events, rejected, badly_seen.

        Columns are named as in the JSON contract; what may be unknown is pandas' NA.

        Raises
        ------
        MissingPackageError
            Without pandas.
        """
        from gaitcheck.output.frames import to_pandas

        return to_pandas(self.to_dict())

    def plot(self) -> dict[int, Figure]:
        """Draw time line and foot signals, one figure a person, by number of the person.

        An analysis that was loaded from JSON has no tracks: of it only the time line is drawn.
        """
        from gaitcheck.output.plots import plot

        return plot(self)
