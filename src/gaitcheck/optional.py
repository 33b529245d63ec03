"""Packages that only some users need, imported when they are."""

from __future__ import annotations

import importlib
from typing import Any

from gaitcheck.errors import MissingPackageError


def optional(package: str, *, extra: str) -> Any:
    """Import a package that only some users need.

    Raises
    ------
    MissingPackageError
        If it is not installed; the message names the cure.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise MissingPackageError(
            f"this needs {package}, which cannot be imported ({error}): install it by "
            f"`python -m pip install 'gaitcheck[{extra}]'`"
        ) from error
