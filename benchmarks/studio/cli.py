"""``python -m benchmarks.studio list | render | retell | preview | check | samples``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from benchmarks.studio.errors import SceneError
from benchmarks.studio.scene import SCENES, load_scene, scene_names

_FOLDER = click.option(
    "--scenes",
    "folder",
    type=click.Path(path_type=Path, exists=True),
    default=SCENES,
    help="Folder of scene files.",
)
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Where the clips are [each scene's own home].",
)


@click.group()
def main() -> None:
    """Scenes with exact truth: list them, render them, look at them, check them."""


def _chosen(names: tuple[str, ...], folder: Path, split: str | None) -> list[str]:
    known = scene_names(folder)
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise click.UsageError(f"no scene {unknown[0]!r} in {folder}")
    chosen = list(names) or known
    return [n for n in chosen if split is None or load_scene(n, folder=folder).split == split]


@main.command("list")
@_FOLDER
@_OUT
@click.option(
    "--deep", is_flag=True, help="Build every world to see whether its clip is up to date."
)
def list_(folder: Path, out: Path | None, deep: bool) -> None:
    """Tell every scene: its split, categories, and whether its clip is up to date."""
    from benchmarks.studio.jobs import is_fresh

    for name in scene_names(folder):
        scene = load_scene(name, folder=folder)
        state = "fresh" if is_fresh(name, out=out, folder=folder, deep=deep) else "-"
        kinds = " ".join(scene.categories.values())
        size = f"{scene.picture.width}x{scene.picture.height}@{scene.picture.fps:g}"
        click.echo(f"{name:32s} {scene.split:6s} {state:5s} {size:14s} {kinds:48s} {scene.title}")


@main.command()
@click.argument("names", nargs=-1)
@_FOLDER
@_OUT
@click.option("--split", type=click.Choice(["tune", "report"]), help="Only this part.")
@click.option("--processes", default=2, show_default=True, help="Scenes rendered at a time.")
@click.option("--force", is_flag=True, help="Also what is up to date.")
def render(  # noqa: PLR0917  (click passes by name)
    names: tuple[str, ...],
    folder: Path,
    out: Path | None,
    split: str | None,
    processes: int,
    force: bool,
) -> None:
    """Render scenes (all, or those named) that are missing or out of date."""
    from benchmarks.studio.jobs import THREADS_A_PROCESS, Rendered, render_all

    os.environ.setdefault("LP_NUM_THREADS", str(THREADS_A_PROCESS))
    started, drawn = time.perf_counter(), []

    def report(done: Rendered | tuple[str, BaseException]) -> None:
        if isinstance(done, tuple):
            click.echo(f"{done[0]:32s} FAILED: {done[1]}", err=True)
        elif done.fresh:
            click.echo(f"{done.name:32s} up to date")
        else:
            drawn.append(done)
            each = f"{done.wall_s / done.n_frames:.3f} s/frame {done.size_bytes / 1024:6.0f} KiB"
            click.echo(f"{done.name:32s} {done.n_frames:4d} frames {done.wall_s:6.1f} s {each}")

    failed = render_all(
        _chosen(names, folder, split),
        out=out,
        folder=folder,
        processes=processes,
        force=force,
        report=report,
    )
    frames = sum(d.n_frames for d in drawn)
    if frames:
        wall = time.perf_counter() - started
        each = f"{wall / frames:.3f} s/frame with {processes} processes"
        click.echo(f"{len(drawn)} scenes, {frames} frames, {wall:.0f} s, {each}")
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("names", nargs=-1)
@_FOLDER
@_OUT
def retell(names: tuple[str, ...], folder: Path, out: Path | None) -> None:
    """Write the truth beside clips anew, without drawing them."""
    from benchmarks.studio.jobs import retell_scene

    stale = [n for n in _chosen(names, folder, None) if not retell_scene(n, out=out, folder=folder)]
    for name in stale:
        click.echo(f"{name:32s} must be rendered: missing or out of date", err=True)
    sys.exit(1 if stale else 0)


@main.command()
@click.argument("names", nargs=-1)
@_FOLDER
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("preview.png"),
    show_default=True,
    help="The picture to write.",
)
@click.option("--columns", default=6, show_default=True, help="Frames a scene.")
@click.option("--width", default=320, show_default=True, help="Width of a frame, px.")
@click.option("--truth", is_flag=True, help="Draw joints and boxes in.")
@click.option("--split", type=click.Choice(["tune", "report"]), help="Only this part.")
def preview(  # noqa: PLR0917  (click passes by name)
    names: tuple[str, ...],
    folder: Path,
    out: Path,
    columns: int,
    width: int,
    truth: bool,
    split: str | None,
) -> None:
    """Make a contact sheet without rendering the clips."""
    from benchmarks.studio.build import build
    from benchmarks.studio.preview import save, sheet, strip

    strips = [
        strip(build(load_scene(n, folder=folder)), columns=columns, cell_width=width, truth=truth)
        for n in _chosen(names, folder, split)
    ]
    save(out, sheet(strips))
    click.echo(f"{out}: {len(strips)} scenes")


@main.command()
@click.argument("names", nargs=-1)
@_FOLDER
@_OUT
@click.option(
    "--model", type=click.Path(path_type=Path, exists=True), help="Pose bundle [gaitcheck's own]."
)
def check(names: tuple[str, ...], folder: Path, out: Path | None, model: Path | None) -> None:
    """Compare plain MediaPipe with the truth, for scenes with one person (or those named)."""
    from benchmarks.studio.check import check_clip, table
    from gaitcheck.errors import ModelError
    from gaitcheck.pose.store import find_model

    try:
        bundle = model or find_model().path
    except ModelError as error:
        raise click.UsageError(str(error)) from error
    rows = []
    for name in _chosen(names, folder, None):
        scene = load_scene(name, folder=folder)
        clip = (out or scene.home) / f"{name}.mp4"
        told = clip.with_suffix(".labels.json")
        if not told.is_file() or (not names and len(scene.people) != 1):
            continue
        rows += check_clip(clip, model=bundle)
        click.echo(table(rows[-1:]).splitlines()[2], err=True)
    click.echo(table(rows))


@main.command()
def samples() -> None:
    """Write the page of the sample videos and its pictures."""
    from benchmarks.studio.samples import write_page

    click.echo(f"{write_page()} clips")


def run() -> None:
    """Run the command; a wrong scene is a message, not a traceback."""
    try:
        main(prog_name="python -m benchmarks.studio")
    except SceneError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
