"""Hearing one cue during one step: short bursts ignored, long ones with their share and score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gaitcheck.gait.cues.body import GRID_HZ
from gaitcheck.gait.cues.traces import CueTrace, CueTraces
from gaitcheck.gait.cues.windows import runs
from gaitcheck.gait.events import Evidence, Side
from gaitcheck.settings import SupportSettings
from gaitcheck.time import Interval

MARGIN_S: Final = 1.0
"""Over so much more on each side a cue is heard, so that a burst is told from what lasts, s."""


@dataclass(frozen=True)
class Spoken:
    """One cue during one step.

    Parameters
    ----------
    trace : CueTrace
        The cue.
    share : float
        Share of the step in which it spoke.
    score : float
        Its mean score then.
    when : Interval
        From the first time to the last.
    """

    trace: CueTrace
    share: float
    score: float
    when: Interval

    @property
    def weight(self) -> float:
        """How much it counts, 0 to 1."""
        return self.share * self.score

    @property
    def evidence(self) -> Evidence:
        """It as evidence for a reader."""
        return Evidence(
            cue=self.trace.cue,
            start_s=round(self.when.start_s, 3),
            end_s=round(self.when.end_s, 3),
            side=self.trace.side,
            other_person=self.trace.other_person,
            score=round(self.score, 3),
        )


Heard = dict[str, list[Spoken]]
"""By a cue's name, what spoke of its traces."""


def listen(
    cues: CueTraces, trace: CueTrace, look: Interval, *, settings: SupportSettings
) -> Spoken | None:
    """Hear one cue during one step; None where it did not speak."""
    during = (cues.time_s >= look.start_s) & (cues.time_s < look.end_s)
    if not (trace.score[during] >= settings.offset).any():
        return None
    first, last = np.searchsorted(cues.time_s, (look.start_s - MARGIN_S, look.end_s + MARGIN_S))
    speaks = runs(
        trace.score[first:last],
        onset=settings.onset,
        offset=settings.offset,
        min_samples=max(1, round(settings.min_duration_s * GRID_HZ)),
    )
    time_s = cues.time_s[first:last]
    inside = (time_s >= look.start_s) & (time_s < look.end_s)
    heard = np.flatnonzero(speaks & inside)
    if len(heard) == 0:
        return None
    scores = trace.score[first:last][heard]
    return Spoken(
        trace,
        share=float(len(heard) / inside.sum()),
        score=float(np.nanmean(scores)) if np.isfinite(scores).any() else 0.0,
        when=Interval(float(time_s[heard[0]]), float(time_s[heard[-1]]) + 1 / GRID_HZ),
    )


def hands_of(spoken: Sequence[Spoken]) -> tuple[Side, ...]:
    """Give the person's own hands that cues concern."""
    return tuple(sorted({s.trace.side for s in spoken if s.trace.side is not None}))
