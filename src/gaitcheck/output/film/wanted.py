"""Which films a folder of results holds, and what is said of those that it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gaitcheck.output.film.encoder import QUICK
from gaitcheck.output.film.films import Film, Still, make_films
from gaitcheck.output.film.highlights import AS_FILMED, HighlightSettings, highlight_films

if TYPE_CHECKING:
    from gaitcheck.analysis import Analysis, Progress


@dataclass(frozen=True)
class FilmSettings:
    """What is written of a video beside its numbers.

    Parameters
    ----------
    annotated : bool
        The whole video with everything drawn in.
    highlights : HighlightSettings or None
        Clips of the independent sequences, all of them in one, and a still of the first step.
    """

    annotated: bool = True
    highlights: HighlightSettings | None = AS_FILMED


NO_FILMS = FilmSettings(annotated=False, highlights=None)


def write_films(
    analysis: Analysis,
    folder: Path,
    *,
    source: Path,
    settings: FilmSettings,
    fps: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[str, ...]:
    """Write the films that are wanted into a folder, in one pass over the video.

    Returns
    -------
    tuple of str
        What a reader should know of them, a sentence each.

    Raises
    ------
    VideoError, OutputError
        As `make_films`.
    """
    stem = source.stem or "clip"
    films: list[Film] = []
    stills: list[Still] = []
    remarks: list[str] = []
    if settings.annotated:
        films.append(Film(folder / f"{stem}.annotated.mp4", quality=QUICK))
    if settings.highlights is not None:
        found, stills = highlight_films(analysis, folder, stem, settings=settings.highlights)
        films += found
        if not found:
            remarks.append("No highlights were written: there is no independent sequence.")
    if films or stills:
        make_films(analysis, source, films, stills=stills, fps=fps, progress=progress)
    return tuple(remarks)
