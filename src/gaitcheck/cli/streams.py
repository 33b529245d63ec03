"""Standard output and standard error: encodings, closed pipes, log messages."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator
from typing import Final

from gaitcheck.errors import OutputError
from gaitcheck.output.text import printable

LOGGER: Final = logging.getLogger("gaitcheck")


def say(text: str) -> None:
    """Write a message to standard error, each line free of anything that steers a terminal."""
    lines = text.splitlines() or [""]
    # Not by click.echo, which would write past the progress bar and into its line. And nobody is
    # left to be told when standard error itself is closed or full.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write("gaitcheck: " + "\n".join(printable(line) for line in lines) + "\n")
        sys.stderr.flush()


@contextlib.contextmanager
def prepared_streams() -> Iterator[None]:
    """Show this library's log messages, and let no encoding of the terminal stop the output."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    handler = _Messages()
    LOGGER.addHandler(handler)
    level, propagate = LOGGER.level, LOGGER.propagate
    LOGGER.propagate = False
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
        LOGGER.propagate = propagate


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output, all of them.

    Raises
    ------
    OutputError
        If it was closed, or is a file on a full disk.
    """
    if sys.stdout is None:  # how Python tells that it was started with it closed
        raise OutputError("standard output could not be written: it is closed")
    with guarded_stdout():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextlib.contextmanager
def guarded_stdout() -> Iterator[None]:
    """Turn a failure of standard output into an error of this library.

    Raises
    ------
    OutputError
        If it was closed, or is a file on a full disk.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        silence_stdout()
        raise OutputError(
            f"standard output could not be written: {error.strerror or error}"
        ) from error


def silence_stdout() -> None:
    """Send what is still to come nowhere; else Python complains again when it exits."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class _Messages(logging.Handler):
    """Writes to whatever standard error is at the time: a progress bar may have taken it."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
            plain = record.levelno in (logging.INFO, logging.WARNING)
            level = "" if plain else f"{record.levelname.lower()}: "
            say(f"{level}{text}")
        except Exception:  # noqa: BLE001 - as every logging handler does
            self.handleError(record)
