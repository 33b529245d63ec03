"""One contender on one clip, in a process of its own on so many cores, its memory watched."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

_LOOK_EVERY_S = 0.2


@dataclass(frozen=True)
class Run:
    """What a contender said, and the memory of it and its processes over time, MB."""

    said: dict[str, Any]
    memory_mb: tuple[float, ...]

    @property
    def seconds(self) -> float:
        return float(self.said["seconds"])


def run(name: str, clip: Path, *, cores: int) -> Run:
    """Run a contender.

    Parameters
    ----------
    name : str
        One of `benchmarks.speed.contenders.CONTENDERS`.
    clip : Path
        What it reads.
    cores : int
        It may use so many, where the system lets that be said (Linux).

    Raises
    ------
    RuntimeError
        If it fails, with what it wrote.
    """
    begun_s = time.time()
    command = [sys.executable, "-m", "benchmarks.speed.contenders", name, str(clip), str(begun_s)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = psutil.Popen(command, stdout=out, stderr=err, preexec_fn=_only(cores))
        memory = []
        while process.poll() is None:
            memory.append(_memory_mb(process))
            time.sleep(_LOOK_EVERY_S)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise RuntimeError(f"{name} failed on {clip}: {err.read()[-2000:]}")
        return Run(json.loads(out.read().splitlines()[-1]), tuple(memory))


def _only(cores: int) -> Any:
    if not hasattr(os, "sched_setaffinity"):
        return None
    mine = sorted(os.sched_getaffinity(0))[:cores]
    return lambda: os.sched_setaffinity(0, mine)


def _memory_mb(process: psutil.Process) -> float:
    """Give the memory that a process and its children hold, what they share counted once each."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess, subprocess.SubprocessError):
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += one.memory_info().rss
    return total / 2**20
