"""How far the work has come, told to who asked for it; and whether it is to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gaitcheck.errors import CancelledError

if TYPE_CHECKING:
    from gaitcheck.footage.index import FileIndex

Stage = Literal["scanning", "following"]


@dataclass(frozen=True)
class Progress:
    """How far an analysis has come.

    Parameters
    ----------
    frames : int
        Frames done so far, with those passed over.
    total : int or None
        Frames to do: those of the parts that are followed, or what the container claims; None
        where it does not say.
    time_s : float
        Time of the frame just done, s of the video.
    stage : {'scanning', 'following'}
        What is being done; long videos are scanned first.
    """

    frames: int
    total: int | None
    time_s: float
    stage: Stage = "following"


@dataclass
class Watch:
    """Stands between the work and who asked for it: counts, reports, and stops when asked."""

    progress: Callable[[Progress], None] | None
    cancel: Callable[[], bool] | None
    total: int | None = None
    _frames: int = 0

    def on_frames(self, number: int, time_s: float | None) -> None:
        """Note frames that were followed, the last of them at a time."""
        self._frames += number
        if self.progress is not None and time_s is not None:
            self.progress(Progress(self._frames, self.total, time_s))

    def on_sample(self, time_s: float, index: FileIndex) -> None:
        """Note a picture that was scanned."""
        if self.cancel is not None and self.cancel():
            raise CancelledError(f"the analysis was cancelled at {time_s:.2f} s of the video")
        if self.progress is not None:
            total = len(index.times_s)
            done = round(total * time_s / max(index.duration_s, 1e-9))
            self.progress(Progress(done, total, time_s, "scanning"))
