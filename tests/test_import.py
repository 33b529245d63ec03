"""What loads when: help and import answer at once, and gait needs neither pictures nor a model."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import textwrap

import pytest

import gaitcheck
import gaitcheck.gait

HEAVY = {"cv2", "mediapipe", "scipy", "rich", "numpy", "tensorflow", "matplotlib"}

BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names!r}:
            raise ImportError(f"{{name}} is blocked")

sys.meta_path.insert(0, Blocker())
"""


def python(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import gaitcheck",
        "import gaitcheck.cli",
        "from gaitcheck import Settings, Step, GaitcheckError",
        "from gaitcheck.cli import main; main(['--help'])",
        "from gaitcheck.cli import main; main(['--version'])",
        "from gaitcheck.cli import main; main(['model', '--help'])",
        "from gaitcheck.cli import main; main(['doctor', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    loaded = python(f"{code}\nimport sys\nprint('loaded', *sys.modules)").splitlines()[-1].split()
    assert "gaitcheck" in loaded
    assert HEAVY & set(loaded) == set()


def test_analysis_objects_load_neither_opencv_nor_mediapipe() -> None:
    loaded = python(
        "from gaitcheck import Analysis, Track, analyze\nimport sys\nprint(*sys.modules)"
    )
    assert {"cv2", "mediapipe", "scipy", "rich"} & set(loaded.split()) == set()


def test_all_of_gait_imports_without_opencv_and_mediapipe() -> None:
    found = pkgutil.walk_packages(gaitcheck.gait.__path__, "gaitcheck.gait.")
    modules = ["gaitcheck.gait", *(module.name for module in found)]
    blocker = BLOCKER.format(names={"cv2", "mediapipe", "rich", "click"})
    python(blocker + "".join(f"import {module}\n" for module in modules))


def test_the_blocker_blocks() -> None:
    with pytest.raises(AssertionError, match="cv2 is blocked"):
        python(BLOCKER.format(names={"cv2"}) + "import cv2")


@pytest.mark.parametrize("name", gaitcheck.__all__)
def test_every_public_name_is_there(name: str) -> None:
    value = getattr(gaitcheck, name)
    assert value.__name__ == name
    assert name in dir(gaitcheck)


def test_all_lists_every_public_name() -> None:
    assert sorted(gaitcheck._HOME) == sorted(gaitcheck.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gaitcheck.nonsense  # type: ignore[attr-defined]
    with pytest.raises(ImportError):
        importlib.import_module("gaitcheck.nonsense")
