"""Raw timestamps of a container become strictly increasing seconds from the first picture."""

from __future__ import annotations

import math

_TICK_S = 1e-6  # finer than any container's clock in use
_REORDER_FRAMES = 16  # deepest reordering of H.264 and HEVC: so many stamps an AVI lacks at its end
_SLOWEST_HZ, _FASTEST_HZ, _USUAL_HZ = 0.1, 1000.0, 25.0  # outside, a stated rate is no frame rate


class Clock:
    """Turn each picture's raw timestamp into its time.

    The first picture is at 0. A stamp that is absent, or does not come after the one before, is
    replaced: by the step between the raw stamps if the container's clock began anew (recordings
    put end to end), else by one frame interval (the last pictures of an AVI file with
    B-frames carry no stamp). When the raw stamps are ahead again they are taken as they are.

    Parameters
    ----------
    nominal_hz : float
        Frame rate the container states, Hz; only used where stamps are of no use.
    """

    def __init__(self, *, nominal_hz: float) -> None:
        known = math.isfinite(nominal_hz) and _SLOWEST_HZ <= nominal_hz <= _FASTEST_HZ
        self.nominal_hz = nominal_hz if known else _USUAL_HZ
        self._interval_s = 1.0 / self.nominal_hz
        self._zero_s: float | None = None
        self._raw_s = math.nan
        self._time_s = math.nan
        self._repaired = 0
        self._first_repaired_s = math.nan

    def time_s(self, raw_s: float) -> float:
        """Give the time of the next picture, s.

        Parameters
        ----------
        raw_s : float
            Its timestamp in the container's clock, s; NaN if it has none.
        """
        before_s, self._raw_s = self._raw_s, raw_s
        if self._zero_s is None:
            self._zero_s = raw_s if math.isfinite(raw_s) else 0.0
            self._time_s = 0.0
            return 0.0
        time_s = raw_s - self._zero_s
        if time_s > self._time_s + _TICK_S:  # False for NaN
            self._interval_s = min(time_s - self._time_s, 1.0)
        else:
            step_s = raw_s - before_s
            time_s = self._time_s + (step_s if _TICK_S < step_s <= 1.0 else self._interval_s)
            if not self._repaired:
                self._first_repaired_s = time_s
            self._repaired += 1
        self._time_s = time_s
        return time_s

    def warnings(self) -> tuple[str, ...]:
        """Say how many stamps were of no use, unless only those an AVI file lacks at its end."""
        if self._repaired <= _REORDER_FRAMES:
            return ()
        return (
            f"{self._repaired} pictures, the first at {self._first_repaired_s:.2f} s, have no "
            "usable timestamp or one before their predecessor's; their times were continued "
            "from the pictures before them and may be off",
        )
