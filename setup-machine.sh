#!/bin/sh
# Makes the virtual environment that the Makefile uses, and on a bare Linux machine installs the
# few system libraries that OpenCV and MediaPipe load.
set -eu
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}

"$PYTHON" - <<'PY'
import sys
if not (3, 10) <= sys.version_info[:2] <= (3, 12):
    sys.exit(f"gaitcheck runs on Python 3.10 to 3.12; this is {sys.version.split()[0]}. "
             "Name another with `make PYTHON=python3.11 ...`.")
PY

missing_libraries() {
    "$PYTHON" - <<'PY'
import ctypes, sys
if sys.platform.startswith("linux"):
    packages = {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libGLESv2.so.2": "libgles2",
                "libglib-2.0.so.0": "libglib2.0-0"}
    for library, package in packages.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            print(package)
PY
}

packages=$(missing_libraries)
if [ -n "$packages" ]; then
    if command -v apt-get >/dev/null 2>&1; then
        echo "Installing system libraries:" $packages
        root=""; [ "$(id -u)" = 0 ] || root=sudo
        $root apt-get update -qq
        # shellcheck disable=SC2086  # one word a package
        DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $packages
    else
        echo "These libraries are missing; install them with your system's package manager:" $packages >&2
        exit 1
    fi
fi

"$PYTHON" -m venv "$VENV" 2>/dev/null || {
    echo "This Python has no working venv module; using virtualenv instead."
    "$PYTHON" -m pip install --quiet --user virtualenv
    "$PYTHON" -m virtualenv --quiet "$VENV"
}
"$VENV/bin/python" -m pip install --quiet --upgrade pip
"$VENV/bin/python" -m pip install --quiet --editable '.[dev]'
