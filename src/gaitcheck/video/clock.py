"""Raw timestamps of a container become strictly increasing seconds from the first picture."""

from __future__ import annotations

import math

_TICK_S = 1e-6  # finer than any container's clock in use
_REORDER_PICTURES = 16  # so deep may H.264 and HEVC put pictures out of order
_SLOWEST_HZ, _FASTEST_HZ, _USUAL_HZ = 0.1, 1000.0, 25.0  # outside, a stated rate is no frame rate


class Clock:
    """Turn each picture's raw timestamp into its time.

    The first picture is at 0, and stamps are taken as they are, but for these:

    - no stamp (raw streams; the last pictures of an AVI file with B-frames) or the same one again
      (clocks of whole seconds): the time goes on by one interval;
    - a stamp a little before one already seen: behind damage a decoder lets pictures out in the
      wrong order, so that picture has no place any more;
    - a stamp far before: the container's clock began anew, as in recordings put end to end; its
      first picture follows one interval after the last, and the new clock counts from there.

    Parameters
    ----------
    nominal_hz : float
        Frame rate the container states, Hz; only used where stamps are of no use.
    """

    def __init__(self, *, nominal_hz: float) -> None:
        known = math.isfinite(nominal_hz) and _SLOWEST_HZ <= nominal_hz <= _FASTEST_HZ
        self.nominal_hz = nominal_hz if known else _USUAL_HZ
        self._interval_s = 1.0 / self.nominal_hz
        self._zero_s = math.nan
        self._latest_raw_s = math.nan
        self._time_s = math.nan
        self._unstamped = 0
        self._restarts = 0
        self._first_restart_s = math.nan

    def time_s(self, raw_s: float) -> float | None:
        """Give the time of the next picture, s; None if it is out of order.

        Parameters
        ----------
        raw_s : float
            Its timestamp in the container's clock, s; NaN if it has none.
        """
        if math.isnan(self._time_s):
            self._zero_s = self._latest_raw_s = 0.0 if math.isnan(raw_s) else raw_s
            self._time_s = 0.0
            return 0.0
        behind_s = self._latest_raw_s - raw_s
        if math.isnan(raw_s) or abs(behind_s) <= _TICK_S:
            self._unstamped += 1
            self._time_s += self._interval_s
            return self._time_s
        if behind_s > 0:
            if behind_s <= _REORDER_PICTURES * self._interval_s:
                return None
            self._zero_s = raw_s - (self._time_s + self._interval_s)
            if not self._restarts:
                self._first_restart_s = raw_s - self._zero_s
            self._restarts += 1
        self._latest_raw_s = raw_s
        time_s = raw_s - self._zero_s
        if time_s > self._time_s + _TICK_S:
            self._interval_s = min(time_s - self._time_s, 1.0)
        else:  # times that went on without stamps ran ahead of the stamps
            time_s = self._time_s + self._interval_s / 2
        self._time_s = time_s
        return time_s

    def warnings(self) -> tuple[str, ...]:
        """Say what was made up, unless only the few stamps that an AVI file lacks at its end."""
        said = []
        if self._unstamped > _REORDER_PICTURES:
            said.append(
                f"{self._unstamped} pictures have no timestamp of their own: their times were "
                f"counted on, at first with {self.nominal_hz:g} pictures a second, and may be off"
            )
        if self._restarts:
            said.append(
                f"the video's clock began anew (times: {self._restarts}), first at "
                f"{self._first_restart_s:.2f} s, as in recordings put end to end: times were "
                "counted on as if nothing was missing between them"
            )
        return tuple(said)
