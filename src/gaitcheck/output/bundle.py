"""Everything about one clip in one folder, which appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaitcheck.answer import Analysis
    from gaitcheck.footage.watch import Progress
    from gaitcheck.output.film.wanted import FilmSettings

PAGE_NAME: Final = "report.html"


def check_folder(folder: Path) -> None:
    """Find out before the work starts whether a folder of results can be made.

    Parameters
    ----------
    folder : Path
        Folder to make; an empty one may be there already.

    Raises
    ------
    OutputError
        If it is there and not empty, is a file, or the folder it is to lie in is missing or cannot
        be written.
    """
    try:
        if folder.is_dir():
            if any(folder.iterdir()):
                raise OutputError(
                    f"{folder} is there already and not empty: name a new folder, or move that away"
                )
        elif os.path.lexists(folder):
            raise OutputError(f"{folder} is no folder: name another")
        parent = _real(folder).parent
        if not parent.is_dir():
            raise OutputError(f"{folder} cannot be made: there is no folder {parent}. Create it")
        trial = _beside(folder)
        trial.mkdir()
        trial.rmdir()
    except (OSError, ValueError) as error:
        raise _cannot(folder, error) from error


def write_bundle(
    analysis: Analysis,
    folder: Path,
    *,
    source: Path,
    fps: float | None = None,
    films: FilmSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[str, ...]:
    """Write answer, tables, report page, files for other tools, and films into one folder.

    All is made in a folder beside it, which takes the name when everything is there. The page shows
    the clip where it lies; one that browsers cannot play is copied into the folder as a file that
    they can. Where people are hidden, the page shows such a copy in which they are.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    folder : Path
        Folder to make; an empty one may be there already.
    source : Path
        The video, or folder of frames.
    fps : float, optional
        Frames a second of a folder of frames, Hz.
    films : FilmSettings, optional
        Which videos and stills are made; by default the annotated video and the highlights.
    progress : callable, optional
        Called with a `Progress` after every picture of a film.

    Returns
    -------
    tuple of str
        What a reader should know of the folder, a sentence each.

    Raises
    ------
    OutputError
        If the folder is there and not empty, or something cannot be written; the folder is then
        as it was.
    VideoError
        If the clip must be read again and cannot be.
    SettingsError
        If somebody is to be hidden who is not there.
    """
    from gaitcheck.output.blur.settings import check_blur
    from gaitcheck.output.film.wanted import FilmSettings, wanted_films, write_films

    films = films or FilmSettings()
    check_blur(analysis, films.blur)
    check_folder(folder)
    work = _beside(folder)
    try:
        work.mkdir()
        wanted = wanted_films(analysis, work, source=source, settings=films)
        _fill(work, analysis, folder=folder, source=source, page_video=wanted.page_video)
        write_films(analysis, wanted, source=source, blur=films.blur, fps=fps, progress=progress)
        with contextlib.suppress(FileNotFoundError):
            _real(folder).rmdir()  # only an empty one goes
        work.rename(_real(folder))
    except OSError as error:
        raise _cannot(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return wanted.remarks


def _fill(
    work: Path, analysis: Analysis, *, folder: Path, source: Path, page_video: str | None
) -> None:
    from gaitcheck.output.document import to_json
    from gaitcheck.output.exports import all_exports
    from gaitcheck.output.files import write_files
    from gaitcheck.output.page import report_page
    from gaitcheck.output.tables import csv_paths, to_csv
    from gaitcheck.people.storage import save_tracks

    stem = source.stem or "clip"
    document = analysis.to_dict()
    video_name = page_video or _clip_itself(folder, source)
    contents = {work / f"{stem}.analysis.json": to_json(document)}
    contents |= dict(zip(csv_paths(work / stem), to_csv(document), strict=True))
    # Coding tools too are to open what the page shows, not what was hidden.
    shown = document if page_video is None else _shown_as(document, page_video)
    contents |= {work / name: data for name, data in all_exports(shown, stem).items()}
    contents[work / PAGE_NAME] = report_page(analysis, video_name=video_name)
    save_tracks(work / f"{stem}.tracks.npz", analysis.tracks)
    write_files(contents)


def _shown_as(document: dict[str, Any], video_name: str) -> dict[str, Any]:
    return {**document, "video": {**document["video"], "path": video_name}}


def _clip_itself(folder: Path, source: Path) -> str | None:
    """Give the place of the clip, relative to the page."""
    try:
        return Path(os.path.relpath(source.resolve(), _real(folder))).as_posix()
    except ValueError:  # on another drive of Windows, which has no relative place
        return None


def _real(folder: Path) -> Path:
    # A link to an empty folder stays a link: what it names is made.
    return Path(os.path.realpath(folder))


def _beside(folder: Path) -> Path:
    return _real(folder).parent / f".gaitcheck-{secrets.token_hex(8)}.tmp"


def _cannot(folder: Path, error: Exception) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    return OutputError(
        f"{folder} could not be made: {reason}. Nothing was left half written; free some space or "
        "choose another place"
    )
