"""Command-line options come in; files, a report and an exit code go out. No logic."""

from gaitcheck.cli.entry import main

__all__ = ["main"]
