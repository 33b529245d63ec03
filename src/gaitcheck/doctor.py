"""Whether everything is here that gaitcheck needs to run, and the cure for what is not."""

from __future__ import annotations

import ctypes
import importlib
import importlib.metadata
import os
import platform
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.errors import ModelError
from gaitcheck.findings import Finding, not_loaded, numbers, pip_install
from gaitcheck.pose.store import CACHE_VARIABLE, find_model, model_location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PYTHON_FROM: Final = (3, 10)
_PYTHON_BELOW: Final = (3, 13)
_MEDIAPIPE_FROM: Final = (1, 2)

_OPENCVS: Final = (
    "opencv-python",
    "opencv-contrib-python",
    "opencv-python-headless",
    "opencv-contrib-python-headless",
)
"""Distributions that all write the same folder ``cv2``."""


def examine(explicit_model: Path | None = None) -> tuple[Finding, ...]:
    """Look at everything that gaitcheck needs to run. Fetches nothing, changes nothing.

    Parameters
    ----------
    explicit_model : Path or None
        The model that the user named, as for `gaitcheck.pose.store.find_model`.

    Returns
    -------
    tuple of Finding
        One for each check, in the order in which to cure them.
    """
    return (
        check_python(),
        check_opencv(),
        check_mediapipe(),
        check_packages(),
        check_encoder(),
        check_model(explicit_model),
        check_cache(),
    )


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Check that this Python is one that gaitcheck runs on."""
    what = ".".join(map(str, version))
    if _PYTHON_FROM <= version[:2] < _PYTHON_BELOW:
        return Finding("Python", ok=True, what=what)
    return Finding(
        "Python",
        ok=False,
        what=f"{what}; gaitcheck runs on 3.10, 3.11 and 3.12",
        cure="make an environment with one of them, for example `python3.12 -m venv .venv`, "
        "and install gaitcheck there",
    )


def check_opencv(
    *,
    versions: Mapping[str, str] | None = None,
    load: Callable[[], Any] = lambda: importlib.import_module("cv2"),
) -> Finding:
    """Check that cv2 loads and was written by distributions of one version.

    Parameters
    ----------
    versions : mapping of str to str or None
        Installed distributions that write ``cv2`` and their versions; None: looked up.
    load : callable
        Imports cv2.
    """
    installed = _installed(_OPENCVS) if versions is None else dict(versions)
    listed = " and ".join(f"{name} {version}" for name, version in installed.items())
    if not installed:
        return Finding(
            "OpenCV", ok=False, what="not installed", cure=pip_install("opencv-python>=5,<5.1")
        )
    newest = max(installed.values(), key=numbers)
    anew = pip_install(
        "--force-reinstall", "--no-deps", *(f"{name}=={newest}" for name in installed)
    )
    if len(set(installed.values())) > 1:
        return Finding(
            "OpenCV",
            ok=False,
            what=f"{listed} write the same folder cv2 and differ: one has overwritten the other",
            cure=anew,
        )
    try:
        cv2 = load()
        loaded = str(cv2.__version__)
        _ = cv2.VideoCapture
    except (ImportError, OSError) as error:
        return not_loaded("OpenCV", listed, error, else_cure=anew)
    except AttributeError:
        return Finding(
            "OpenCV",
            ok=False,
            what=f"{listed} is listed, yet its folder cv2 is not whole, as after one of two OpenCV "
            "packages was uninstalled",
            cure=anew,
        )
    if numbers(loaded)[:3] != numbers(newest)[:3]:
        return Finding(
            "OpenCV", ok=False, what=f"{listed} is listed, yet cv2 is version {loaded}", cure=anew
        )
    return Finding("OpenCV", ok=True, what=listed)


def check_mediapipe(
    *,
    version: str | None = None,
    load: Callable[[], Any] | None = None,
) -> Finding:
    """Check that MediaPipe is new enough and that its native library loads.

    Parameters
    ----------
    version : str or None
        Installed version; None: looked up.
    load : callable or None
        Loads the native library; None: from the installed package.
    """
    if version is None:
        version = _version("mediapipe")
    cure = pip_install("mediapipe>=1.2,<2")
    if version is None:
        return Finding("MediaPipe", ok=False, what="not installed", cure=cure)
    if numbers(version)[:2] < _MEDIAPIPE_FROM:
        return Finding(
            "MediaPipe", ok=False, what=f"{version} is too old, 1.2 is needed", cure=cure
        )
    anew = pip_install("--force-reinstall", "--no-deps", f"mediapipe=={version}")
    try:
        (load or _load_mediapipe)()
    except (ImportError, OSError) as error:
        return not_loaded("MediaPipe", version, error, else_cure=anew)
    return Finding("MediaPipe", ok=True, what=version)


def check_packages(
    requirements: Iterable[str] | None = None,
    *,
    version_of: Callable[[str], str | None] | None = None,
) -> Finding:
    """Check that the other packages are there and new enough.

    Parameters
    ----------
    requirements : iterable of str or None
        Such as ``numpy>=2.0``; None: what the installed gaitcheck declares. Optional ones, and
        those that have a check of their own, are left out.
    version_of : callable or None
        Gives a package's installed version, None where it is missing; None: looked up.
    """
    found, wrong = [], []
    for requirement in _declared() if requirements is None else requirements:
        parts = re.match(r"[\w.-]+", requirement)
        if parts is None or ";" in requirement or parts[0] in (*_OPENCVS, "mediapipe"):
            continue
        version = (version_of or _version)(parts[0])
        least = re.search(r">=\s*([\w.]+)", requirement)
        found.append(f"{parts[0]} {version}")
        if version is None or (least and numbers(version) < numbers(least[1])):
            wrong.append(requirement)
    if not wrong:
        return Finding("packages", ok=True, what=", ".join(sorted(found)))
    return Finding(
        "packages",
        ok=False,
        what=f"missing or too old: {', '.join(sorted(wrong))}",
        cure=pip_install(*sorted(wrong)),
    )


def check_encoder(name: Callable[[], str] | None = None) -> Finding:
    """Check that videos can be written that browsers play.

    Parameters
    ----------
    name : callable or None
        Gives the encoder that would be used; None: found out.
    """
    from gaitcheck.output.film.encoder import ENCODERS, encoder_name

    try:
        found = (name or encoder_name)()
    except ImportError as error:
        return not_loaded(
            "video encoder", "PyAV", error, else_cure=pip_install("--force-reinstall", "av>=16")
        )
    if found in ENCODERS:
        return Finding("video encoder", ok=True, what=found)
    return Finding(
        "video encoder",
        ok=False,
        what=f"PyAV has none of H.264, only {found}, which browsers do not play",
        cure=pip_install("--force-reinstall", "--only-binary=:all:", "av>=16"),
    )


def check_model(explicit: Path | None = None) -> Finding:
    """Check that the pose model is on this machine and whole."""
    try:
        model = find_model(explicit, fetch=False)
    except ModelError as error:
        what, _, cure = str(error).rpartition("; ")
        return Finding("pose model", ok=False, what=what, cure=cure)
    return Finding("pose model", ok=True, what=f"{model.name} at {model.path}")


def check_cache(folder: Path | None = None) -> Finding:
    """Check that fetched models can be kept.

    Parameters
    ----------
    folder : Path or None
        The cache folder; None: the one that the store uses. It need not exist.
    """
    folder = model_location() if folder is None else folder
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return Finding(
            "cache folder",
            ok=False,
            what=f"{folder} cannot be written: {error.strerror}",
            cure=f"make it writable, or name another folder by {CACHE_VARIABLE}",
        )
    return Finding("cache folder", ok=True, what=str(folder))


def _declared() -> list[str]:
    try:
        return importlib.metadata.requires("gaitcheck") or []
    except importlib.metadata.PackageNotFoundError:  # run from its sources
        return []


def _installed(names: tuple[str, ...]) -> dict[str, str]:
    versions = {name: _version(name) for name in names}
    return {name: version for name, version in versions.items() if version is not None}


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _load_mediapipe() -> None:
    """Load the package and, as its import does not, the library that does the work."""
    importlib.import_module("mediapipe")
    folder = importlib.import_module("mediapipe.tasks.c").__path__[0]
    ending = {"Windows": ".dll", "Darwin": ".dylib"}.get(platform.system(), ".so")
    ctypes.CDLL(os.path.join(folder, f"libmediapipe{ending}"))  # noqa: PTH118 - a str is wanted
