"""What a check of this machine found, and the words of its cure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_APT_PACKAGES: Final = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libxcb.so.1": "libxcb1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libSM.so.6": "libsm6",
    "libXext.so.6": "libxext6",
    "libXrender.so.1": "libxrender1",
}
"""Package of Debian and Ubuntu that holds a library which cv2 or mediapipe links to."""


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    name : str
        What was looked at.
    ok : bool
        Whether gaitcheck can run with it.
    what : str
        What was found.
    cure : str
        What to do; empty where all is well.
    """

    name: str
    ok: bool
    what: str
    cure: str = ""


def not_loaded(name: str, found: str, error: Exception, *, else_cure: str) -> Finding:
    """Tell what does not load, and which package of the system it lacks, if it is that."""
    missing = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object", str(error))
    if missing is None:
        return Finding(name, ok=False, what=f"{found} cannot be loaded: {error}", cure=else_cure)
    library = missing[1]
    package = _APT_PACKAGES.get(library)
    by_apt = f"`sudo apt-get install {package}` (Debian, Ubuntu), elsewhere " if package else ""
    return Finding(
        name,
        ok=False,
        what=f"{found} cannot be loaded: the system library {library} is missing",
        cure=f"{by_apt}install the system's package that holds {library}",
    )


def pip_install(*what: str) -> str:
    """Give the command that installs this, in words."""
    quoted = (f'"{word}"' if re.search(r"[<>]", word) else word for word in what)
    return f"`python -m pip install {' '.join(quoted)}`"


def numbers(version: str) -> tuple[int, ...]:
    """Give the numbers of a version, to compare it by."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
