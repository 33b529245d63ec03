"""``gaitcheck export``: a saved analysis as files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from gaitcheck.cli.codes import Code

_EPILOG: Final = """\
\b
FORMAT is one of:
  vtt, srt               captions for video players
  elan                   ELAN (.eaf)
  boris                  BORIS, import of observations (.xlsx)
  datavyu                Datavyu (.csv)
  bids, bids-sidecar     BIDS events (_events.tsv, _events.json)
  audacity               label track of Audacity (.txt)

Exit code: 0, or 2 if a file cannot be used.
"""


@click.command(
    name="export",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("analysis", type=click.Path(path_type=Path))
@click.argument("formats", metavar="[FORMAT]...", nargs=-1)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write there instead of beside ANALYSIS.",
)
def export_command(*, analysis: Path, formats: tuple[str, ...], folder: Path | None) -> int:
    """Write a saved analysis as files for other tools; all of them without a FORMAT.

    ANALYSIS is what `gaitcheck CLIP --json FILE` wrote. The files begin with its name. A clip
    called "export" is reached as ./export.
    """
    from gaitcheck.output.exports import FORMATS
    from gaitcheck.output.files import check_targets, write_files
    from gaitcheck.output.reading import analysis_of, read_document

    for name in formats:
        if name not in FORMATS:
            raise click.BadParameter(
                f"{name!r} is no format; there are {', '.join(FORMATS)}", param_hint="FORMAT"
            )
    # Through an Analysis, so that a damaged file is told as such and not half written out.
    document = analysis_of(read_document(analysis)).to_dict()
    stem = analysis.name.removesuffix(".json").removesuffix(".analysis")
    targets = {
        (folder or analysis.parent) / f"{stem}{form.suffix}": form.write
        for name, form in FORMATS.items()
        if not formats or name in formats
    }
    check_targets(targets, source=analysis)
    write_files({path: write(document) for path, write in targets.items()})
    for path in targets:
        click.echo(str(path))
    return Code.FOUND
