"""The command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gaitcheck", *arguments],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def scripted(body: str, *arguments: str) -> list[str]:
    """A real process of the command in which ``analyze`` is the function given."""
    code = textwrap.dedent(
        """
        import logging, sys, time
        sys.path.insert(0, {root!r})
        import gaitcheck.analysis
        from gaitcheck.footage.watch import Progress
        from tests.output.examples import free_walk, held_walk

        def analyze(source, *, progress, **_):
        {body}

        gaitcheck.analysis.analyze = analyze
        from gaitcheck.cli import main
        sys.exit(main(sys.argv[1:]))
        """
    ).format(root=str(ROOT), body=textwrap.indent(textwrap.dedent(body), "    "))
    return [sys.executable, "-c", code, *arguments]
