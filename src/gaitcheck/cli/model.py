"""``gaitcheck model``: where the pose model is, fetching it, checking it."""

from __future__ import annotations

import click

from gaitcheck.cli.codes import Code
from gaitcheck.cli.streams import say


@click.group(
    name="model",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"Exit code: 0, or {Code.MODEL_MISSING:d} if the model is missing, damaged or cannot be "
    "fetched.",
)
@click.pass_context
def model_command(context: click.Context) -> Code | None:
    """Show the pose model that gaitcheck would use.

    A clip called "model" is reached as ./model.
    """
    if context.invoked_subcommand is not None:
        return None
    from gaitcheck.pose.store import find_model

    found = find_model(fetch=False)
    click.echo(f"name    {found.name}")
    click.echo(f"path    {found.path}")
    click.echo(f"sha256  {found.sha256}")
    click.echo(f"found   {_FOUND_BY[found.source]}")
    return Code.FOUND


_FOUND_BY = {
    "option": "named by --model",
    "environment": "named by GAITCHECK_MODEL",
    "cache": "in this user's cache",
    "fetched": "just fetched",
}


@model_command.command()
def path() -> Code:
    """Print the model's path alone."""
    from gaitcheck.pose.store import find_model

    click.echo(str(find_model(fetch=False).path))
    return Code.FOUND


@model_command.command()
@click.option("--anew", is_flag=True, help="Fetch it also if there is one, and replace it.")
def fetch(*, anew: bool) -> Code:
    """Fetch the model into this user's cache, unless it is there."""
    from gaitcheck.pose.store import fetch_model

    click.echo(str(fetch_model(announce=say, anew=anew).path))
    return Code.FOUND


@model_command.command()
def verify() -> Code:
    """Check that the model is whole: reads all of it and compares its SHA-256."""
    from gaitcheck.pose.store import find_model

    found = find_model(fetch=False)  # gives no model that it has not verified
    click.echo(f"{found.path} is whole, sha256 {found.sha256}")
    return Code.FOUND
