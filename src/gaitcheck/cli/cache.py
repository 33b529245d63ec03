"""``gaitcheck cache``: the tracks kept of videos: look, clear, limit."""

from __future__ import annotations

import re
import time

import click

from gaitcheck.cli.codes import Code

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


@click.group(
    name="cache",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def cache_command(context: click.Context) -> Code | None:
    """Show of which videos the tracks of people are kept, the one used last first.

    They make the next run on the same video quick, and let an interrupted one go on. They hold
    where the joints of people were, and names of videos, no pictures; only you may read them, and
    they never leave this machine. A clip called "cache" is reached as ./cache.
    """
    if context.invoked_subcommand is not None:
        return None
    from gaitcheck.cache.store import TrackCache, cache_location
    from gaitcheck.output.text import printable

    cache = TrackCache(cache_location())
    entries = cache.entries()
    for entry in entries:
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.used_s))
        click.echo(f"{used}  {_size(entry.bytes):>8}  {printable(entry.name)}")
    total = sum(entry.bytes for entry in entries)
    click.echo(f"{_size(total)} of {_size(cache.limit_bytes)} in {cache.folder}")
    return Code.FOUND


@cache_command.command()
def path() -> Code:
    """Print the cache's folder alone."""
    from gaitcheck.cache.store import cache_location

    click.echo(str(cache_location()))
    return Code.FOUND


@cache_command.command()
def clear() -> Code:
    """Remove all kept tracks."""
    from gaitcheck.cache.store import TrackCache, cache_location

    click.echo(f"{_size(TrackCache(cache_location()).clear())} freed")
    return Code.FOUND


@cache_command.command()
@click.argument("size")
def limit(*, size: str) -> Code:
    """Let the cache grow to SIZE (such as 500M or 4G); what was not used for longest goes first."""
    from gaitcheck.cache.store import TrackCache, cache_location

    cache = TrackCache(cache_location())
    cache.set_limit(_bytes(size))
    click.echo(f"{cache.folder} may hold {_size(cache.limit_bytes)}")
    return Code.FOUND


def _bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)b?", text.strip().lower())
    if match is None:
        raise click.BadParameter(f"{text} is no size; give one such as 500M or 4G")
    return round(float(match[1]) * _UNITS[match[2]])


def _size(number: int) -> str:
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= least:
            return f"{number / least:.1f} {unit}"
    return f"{number} B"
