"""``gaitcheck CLIP``: the main job."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from gaitcheck import __version__
from gaitcheck.cli.codes import Code
from gaitcheck.cli.progress import progress_bar
from gaitcheck.cli.streams import LOGGER, guarded_stdout, silence_stdout, write_stdout
from gaitcheck.settings import GaitSettings, PeopleSettings, Settings

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis

_EPILOG: Final = """\
\b
Other commands (each has its own --help):
  gaitcheck review CLIP                 check and correct steps in the browser
  gaitcheck score A B                   how far two accounts of a clip agree
  gaitcheck export ANALYSIS [FORMAT]    captions, files for ELAN, BORIS ...
  gaitcheck model [path|fetch|verify]   the pose model of this machine
  gaitcheck cache [path|clear|limit]    tracks kept for the next run
  gaitcheck doctor                      check what gaitcheck needs to run
A clip that is called like a command is reached as ./model or ./doctor.

\b
Exit codes:
  0    at least one independent step was found
  1    none was found
  2    the clip, an option or an output file cannot be used
  3    the pose model is missing, damaged or cannot be fetched
  4    internal error
  130  interrupted

An aid to a reader, not a diagnosis and not a medical device.
"""

_PIPED_WIDTH: Final = 200
"""Columns of a report that goes to no terminal (arbitrary: wider than any of its tables)."""


def _csv_prefix(_context: click.Context, _option: click.Parameter, text: str | None) -> Path | None:
    # As a path "folder/" would lose its end and mean files beside the folder.
    if text is not None and text.endswith((os.sep, os.altsep or os.sep)):
        raise click.BadParameter(f"{text} is a folder: add a file name, such as {text}walk")
    return None if text is None else Path(text)


@click.command(
    name="gaitcheck",
    epilog=_EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)
@click.argument("clip", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Make FOLDER with everything: report page, videos, JSON, CSV, captions, files for coding "
    "tools.",
)
@click.option(
    "--video/--no-video",
    default=True,
    help="With -o: the annotated video, highlights and a still of the first independent step.",
)
@click.option(
    "--slow",
    "speed",
    type=float,
    default=1.0,
    metavar="FACTOR",
    help="With -o: speed of the highlights; 0.5 is half as quick, without sound.",
)
@click.option(
    "--margin",
    "margin_s",
    type=float,
    default=1.0,
    metavar="SECONDS",
    help="With -o: what highlights show before and after a sequence.",
)
@click.option(
    "--plain", is_flag=True, help="With -o: nothing is drawn on highlights and the still."
)
@click.option(
    "--blur",
    multiple=True,
    metavar="WHO",
    help="With -o: hide faces, heads, people:3,4 (by number), or all of the picture, in every "
    "picture written. Whoever is not followed is not hidden.",
)
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    help="Write the analysis as JSON (gaitcheck.analysis/1); - for standard output.",
)
@click.option(
    "--csv",
    "csv_prefix",
    callback=_csv_prefix,
    metavar="PREFIX",
    help="Write PREFIX.steps.csv and PREFIX.sequences.csv.",
)
@click.option(
    "--fps",
    type=float,
    metavar="F",
    help="Frames a second of a folder of frames.",
)
@click.option(
    "--pause",
    "pause_s",
    type=float,
    default=GaitSettings.pause_s,
    metavar="SECONDS",
    help="A pause that ends a sequence of steps.",
)
@click.option(
    "--max-people",
    type=int,
    default=PeopleSettings.max_people,
    metavar="N",
    help="Follow at most so many people at once.",
)
@click.option(
    "--min-height",
    "min_height_px",
    type=float,
    default=PeopleSettings.min_height_px,
    metavar="PX",
    help="Do not look for people smaller than this in the picture.",
)
@click.option(
    "--pose-rate",
    "pose_rate_hz",
    type=float,
    default=PeopleSettings.pose_rate_hz,
    metavar="HZ",
    help="Look at about so many pictures a second, at most.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Pose model to use; also GAITCHECK_MODEL. Otherwise this machine's, fetched on first use.",
)
@click.option(
    "--exhaustive",
    is_flag=True,
    help="Follow people through all of a long video, not only where a quick scan sees motion.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that share the work; by default as many as there are cores.",
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Neither keep people's tracks for the next run nor take kept ones (gaitcheck cache).",
)
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict alone, and no progress.")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"], case_sensitive=False),
    default="warning",
    help="What to say on standard error.",
)
@click.version_option(__version__, prog_name="gaitcheck", message="%(prog)s %(version)s")
def clip_command(
    *,
    clip: Path,
    folder: Path | None,
    video: bool,
    speed: float,
    margin_s: float,
    plain: bool,
    blur: tuple[str, ...],
    json_file: str | None,
    csv_prefix: Path | None,
    fps: float | None,
    pause_s: float,
    max_people: int,
    min_height_px: float,
    pose_rate_hz: float,
    model: Path | None,
    exhaustive: bool,
    workers: int | None,
    no_cache: bool,
    quiet: bool,
    log_level: str,
) -> Code:
    """Find the independent steps in CLIP.

    CLIP is a video file, or a folder of frames with --fps. Says who walks, each sequence of steps
    with its start, end, number of steps and support, and when the first step comes that nobody and
    nothing held. Nothing leaves this machine.
    """
    # Late, as in all commands, so that --help answers at once.
    from gaitcheck.analysis import analyze
    from gaitcheck.output.blur.settings import parse_blur
    from gaitcheck.output.bundle import check_folder, write_bundle
    from gaitcheck.output.files import check_targets
    from gaitcheck.output.film.highlights import HighlightSettings
    from gaitcheck.output.film.wanted import FilmSettings

    LOGGER.setLevel(log_level.upper())
    settings = Settings(
        people=PeopleSettings(
            max_people=max_people, min_height_px=min_height_px, pose_rate_hz=pose_rate_hz
        ),
        gait=GaitSettings(pause_s=pause_s),
    )
    cut = HighlightSettings(margin_s=margin_s, speed=speed, plain=plain)
    films = FilmSettings(annotated=video, highlights=cut if video else None, blur=parse_blur(blur))
    if films.blur and folder is None:
        raise click.UsageError("--blur hides people in what -o writes: add -o FOLDER")
    targets = _Targets(json_file=json_file, csv_prefix=csv_prefix)
    check_targets(targets.paths(), source=clip)
    if folder is not None:
        check_folder(folder)
    with progress_bar(off=quiet) as progress:
        analysis = analyze(
            clip, settings=settings, model=model, fps=fps,
            exhaustive=exhaustive or films.blur.everybody, workers=workers, cache=not no_cache,
            progress=progress,
        )  # fmt: skip
    remarks: tuple[str, ...] = ()
    if folder is not None:
        with progress_bar(off=quiet, doing="writing") as progress:
            remarks = write_bundle(
                analysis, folder, source=clip, fps=fps, films=films, progress=progress
            )
    targets.write(analysis)
    if not targets.json_to_stdout:
        _report(analysis, remarks, quiet=quiet)
    return Code.NONE_FOUND if analysis.first_independent_step is None else Code.FOUND


@dataclass(frozen=True)
class _Targets:
    """Where the results go."""

    json_file: str | None
    csv_prefix: Path | None

    @property
    def json_to_stdout(self) -> bool:
        return self.json_file == "-"

    def paths(self) -> list[Path]:
        from gaitcheck.output.tables import csv_paths

        json_paths = [] if self.json_file in (None, "-") else [Path(self.json_file)]
        return json_paths + ([] if self.csv_prefix is None else list(csv_paths(self.csv_prefix)))

    def write(self, analysis: Analysis) -> None:
        from gaitcheck.output.document import to_json
        from gaitcheck.output.files import write_files
        from gaitcheck.output.tables import csv_paths, to_csv

        document = analysis.to_dict()
        contents: dict[Path, bytes] = {}
        if self.csv_prefix is not None:
            contents.update(zip(csv_paths(self.csv_prefix), to_csv(document), strict=True))
        if self.json_file is not None and not self.json_to_stdout:
            contents[Path(self.json_file)] = to_json(document)
        write_files(contents)
        if self.json_to_stdout:
            write_stdout(to_json(document))


def _report(analysis: Analysis, remarks: tuple[str, ...], *, quiet: bool) -> None:
    if sys.stdout is None:  # closed before the start: the exit code alone answers
        return
    from rich.console import Console

    from gaitcheck.output.report import show_report, show_verdict

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            # A reader that had enough (`| head`) does not change what was found.
            self.quiet = True
            silence_stdout()

    console = Terminal(
        file=sys.stdout,
        highlight=False,
        markup=False,
        emoji=False,
        # In a file or a pipe the tables stay tables.
        width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH,
    )
    with guarded_stdout():
        (show_verdict if quiet else show_report)(analysis, console)
        for remark in () if quiet else remarks:
            console.print(remark)
