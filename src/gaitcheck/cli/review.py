"""``gaitcheck review``: check and correct every step in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from gaitcheck.cli.codes import Code
from gaitcheck.cli.progress import progress_bar


@click.command(
    name="review",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit code: 0 when ended by Ctrl-C; else as gaitcheck itself.",
)
@click.argument("clip", type=click.Path(path_type=Path))
@click.option(
    "--analysis",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The saved answer (JSON) to review; by default CLIP.analysis.json, made if missing.",
)
@click.option("--by", metavar="NAME", help="Who reviews; by default this user.")
@click.option("--model", type=click.Path(path_type=Path), metavar="PATH", help="Pose model to use.")
@click.option("--fps", type=float, metavar="F", help="Frames a second of a folder of frames.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; by default any free.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
def review_command(
    *,
    clip: Path,
    analysis: Path | None,
    by: str | None,
    model: Path | None,
    fps: float | None,
    port: int,
    browser: bool,
) -> int:
    """Check and correct every step of CLIP in the browser, on this machine only.

    CLIP is a video, or a saved analysis (JSON) that names its video. Corrections are kept beside
    the analysis as CLIP.corrections.json, with who, when and what; the machine's answer is never
    overwritten. The page writes them as labels too. Ctrl-C ends it; nothing is lost.

    A clip called "review" is reached as ./review.
    """
    from gaitcheck.review.start import make_answer, prepared, review_files

    files = review_files(clip, answer=analysis)
    with progress_bar(off=False) as progress:
        make_answer(files, model=model, fps=fps, progress=progress)
    with prepared(files, by=by, fps=fps, port=port) as server:
        click.echo(f"Review of {click.format_filename(files.clip)}: {server.address}")
        click.echo("Only this machine can open it. Ctrl-C ends it.")
        if browser:
            import webbrowser

            webbrowser.open(server.address)
        server.run()
    return Code.FOUND
