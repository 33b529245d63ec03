"""``gaitcheck doctor``: whether everything is here that gaitcheck needs to run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    name="doctor",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit code: 0 if all is well, 1 if something needs a cure.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Look at this pose model instead of the one gaitcheck would use.",
)
def doctor_command(*, model: Path | None) -> int:
    """Check what gaitcheck needs to run, and name the cure for what is wrong.

    Fetches nothing and changes nothing. A clip called "doctor" is reached as ./doctor.
    """
    from gaitcheck.doctor import examine

    findings = examine(model)
    for finding in findings:
        click.echo(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.name}: {finding.what}")
        if not finding.ok:
            click.echo(f"       cure: {finding.cure}")
    return 0 if all(finding.ok for finding in findings) else 1
