"""Which films a folder of results holds, and what is said of those that it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaitcheck.output.blur.settings import NO_BLUR, Blur, cover_of, remarks_of
from gaitcheck.output.film.encoder import QUICK
from gaitcheck.output.film.films import Film, Still, make_films
from gaitcheck.output.film.highlights import AS_FILMED, HighlightSettings, highlight_films

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis
    from gaitcheck.footage.watch import Progress


_ANNOTATED_PX: Final = 1.3e6
"""Pictures of the annotated video are halved until they have no more px (1280 x 960 may stay): to
write it costs as its area does, and halving costs a quarter of any other change of size."""


def annotated_film(analysis: Analysis, target: Path) -> Film:
    """Give the annotated video, for `make_films`."""
    width, height = analysis.video.width, analysis.video.height
    while width * height > _ANNOTATED_PX:
        width, height = width // 2, height // 2
    return Film(target, most_side_px=max(width, height, 1), quality=QUICK)


@dataclass(frozen=True)
class FilmSettings:
    """What is written of a video beside its numbers.

    Parameters
    ----------
    annotated : bool
        The whole video with everything drawn in.
    highlights : HighlightSettings or None
        Clips of the independent sequences, all of them in one, and a still of the first step.
    blur : Blur
        Who is hidden in all of them, and in the video that the report page shows.
    """

    annotated: bool = True
    highlights: HighlightSettings | None = AS_FILMED
    blur: Blur = NO_BLUR


@dataclass(frozen=True)
class Wanted:
    """The films of one clip: what to write, and what a reader should know, a sentence each."""

    films: tuple[Film, ...]
    stills: tuple[Still, ...]
    remarks: tuple[str, ...]
    page_video: str | None
    """Name of the copy that the report page shows; None if it shows the clip itself."""


def wanted_films(
    analysis: Analysis, folder: Path, *, source: Path, settings: FilmSettings
) -> Wanted:
    """Plan what is to be written into a folder.

    A copy for the report page is among it if browsers cannot play the clip, or people in it are to
    be hidden: then nothing that is written shows or names the clip's own pictures.
    """
    from gaitcheck.output.browser import COPY_QUALITY, MOST_SIDE_PX, plays_in_browsers

    stem = source.stem or "clip"
    films: list[Film] = []
    stills: list[Still] = []
    remarks = list(remarks_of(settings.blur))
    page_video = None
    if settings.blur or not plays_in_browsers(source):
        page_video = f"{stem}.{'blurred' if settings.blur else 'browser'}.mp4"
        copy = Film(
            folder / page_video, drawn=False, most_side_px=MOST_SIDE_PX, quality=COPY_QUALITY
        )
        films.append(copy)
    if settings.annotated:
        films.append(annotated_film(analysis, folder / f"{stem}.annotated.mp4"))
    if settings.highlights is not None:
        found, stills = highlight_films(analysis, folder, stem, settings=settings.highlights)
        films += found
        if not found:
            remarks.append("No highlights were written: there is no independent sequence.")
    return Wanted(tuple(films), tuple(stills), tuple(remarks), page_video)


def write_films(
    analysis: Analysis,
    wanted: Wanted,
    *,
    source: Path,
    blur: Blur = NO_BLUR,
    fps: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Write what was planned in one pass over the video; nothing is read if nothing is wanted.

    Raises
    ------
    VideoError, OutputError
        As `make_films`.
    SettingsError
        As `gaitcheck.output.blur.settings.cover_of`.
    """
    if not (wanted.films or wanted.stills):
        return
    make_films(
        analysis,
        source,
        wanted.films,
        stills=wanted.stills,
        cover=cover_of(analysis, blur) if blur else None,
        fps=fps,
        progress=progress,
    )
