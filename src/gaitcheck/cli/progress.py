"""The progress bar: frames a second and time left, on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.progress import Task
    from rich.text import Text

    from gaitcheck.footage.watch import Progress

_DOING: Final = {"scanning": "scanning", "following": ""}


@contextlib.contextmanager
def progress_bar(*, off: bool, doing: str = "") -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar while the block runs, and give what to call with each `Progress`.

    Gives None, and shows nothing, if ``off`` or if standard error is not a terminal. ``doing`` goes
    before the time reached.
    """
    if off or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        ProgressColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar
    from rich.text import Text

    from gaitcheck.output.text import clock

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f} frames/s" if task.speed else "")

    with (
        _own_stderr() as file,
        Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            Rate(),
            TimeRemainingColumn(compact=True),
            console=Console(file=file),
            transient=True,
        ) as bar,
    ):
        task = bar.add_task("starting", total=None)

        def show(progress: Progress) -> None:
            # A container may claim fewer frames than it holds: then nobody knows how many are left.
            known = progress.total is not None and progress.frames <= progress.total
            what = doing or _DOING[progress.stage]
            bar.update(
                task,
                description=f"{what} at {clock(progress.time_s)}".lstrip(),
                completed=progress.frames,
                total=progress.total if known else None,
            )

        yield show


@contextlib.contextmanager
def _own_stderr() -> Iterator[TextIO]:
    # A second handle, because the pose room turns file descriptor 2 away while MediaPipe chatters.
    with os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding=sys.stderr.encoding) as file:
        yield file
