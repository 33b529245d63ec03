"""What of a video is worth showing: every independent sequence, and the first independent step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaitcheck.errors import SettingsError
from gaitcheck.output.film.films import Film, Still
from gaitcheck.output.film.piece import joined

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis

_SPEEDS: Final = (0.05, 1.0)


@dataclass(frozen=True)
class HighlightSettings:
    """How highlights are cut.

    Parameters
    ----------
    margin_s : float
        Shown before and after each sequence, s.
    speed : float
        1 as filmed, 0.5 in slow motion half as quick; 0.05 to 1. Slow motion has no sound.
    plain : bool
        Without anything drawn in.
    """

    margin_s: float = 1.0
    speed: float = 1.0
    plain: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.margin_s) and 0 <= self.margin_s <= 60):
            raise SettingsError(f"the margin must be 0 to 60 s, not {self.margin_s}")
        low, high = _SPEEDS
        if not low <= self.speed <= high:
            raise SettingsError(
                f"the speed must be {low} to {high:g}, not {self.speed}: 0.5 is half as quick"
            )


AS_FILMED: Final = HighlightSettings()


def highlight_films(
    analysis: Analysis, folder: Path, stem: str, *, settings: HighlightSettings = AS_FILMED
) -> tuple[list[Film], list[Still]]:
    """Plan a clip of each independent sequence, one reel of all, a still of the first such step.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    folder : Path
        Where they are to be written: ``STEM.highlight-1.mp4``, ..., ``STEM.highlights.mp4``,
        ``STEM.first-step.jpg``.
    stem : str
        How their names begin.
    settings : HighlightSettings
        Margins and slow motion.

    Returns
    -------
    films, stills : list of Film, list of Still
        For `make_films`; both empty where there is no independent sequence.
    """
    free = sorted((s for s in analysis.sequences if s.independent), key=lambda s: s.start_s)
    duration_s = analysis.video.duration_s
    spans = [
        (max(0.0, s.start_s - settings.margin_s), min(duration_s, s.end_s + settings.margin_s))
        for s in free
    ]
    digits = len(str(len(free)))
    films = [
        Film(
            folder / f"{stem}.highlight-{number:0{digits}}.mp4",
            pieces=joined([span], speed=settings.speed),
            drawn=not settings.plain,
        )
        for number, span in enumerate(spans, start=1)
    ]
    if free:
        reel = joined(spans, speed=settings.speed)
        films.append(Film(folder / f"{stem}.highlights.mp4", pieces=reel, drawn=not settings.plain))
    first = analysis.first_independent_step
    stills = (
        []
        if first is None
        else [Still(folder / f"{stem}.first-step.jpg", first.time_s, drawn=not settings.plain)]
    )
    return films, stills
