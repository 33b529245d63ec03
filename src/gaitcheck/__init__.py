"""gaitcheck finds the independent steps in an ordinary home or CCTV video."""

from __future__ import annotations

__version__ = "0.1.0"
