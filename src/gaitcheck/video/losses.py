"""What is lost of a video while it is read: damaged pictures and gaps in time."""

from __future__ import annotations

_GAP_S = 0.2
"""A step of a toddler takes so long (FIELD.md section 3): a longer hole can hide a contact."""
_GAP_INTERVALS = 1.75  # a hole is clearly longer than the usual interval between two pictures
_GAP_SHARE = 0.01  # above, it is the way of this recording (variable rate), not a loss


class Losses:
    """Count what is lost and say it.

    Parameters
    ----------
    nominal_hz : float
        Frame rate the container states, Hz.
    """

    def __init__(self, *, nominal_hz: float) -> None:
        self._gap_s = max(_GAP_S, _GAP_INTERVALS / nominal_hz)
        self._nominal_hz = nominal_hz
        self._pictures = 0
        self._last_s = 0.0
        self._damaged = 0
        self._damaged_first_s = 0.0
        self._gaps = 0
        self._gap_total_s = 0.0
        self._longest_gap_s = (0.0, 0.0)

    def count(self, damaged: int, *, time_s: float) -> None:
        """Take note of a good picture and of the damaged ones right before it.

        Parameters
        ----------
        damaged : int
            Pictures that could not be decoded since the last good one.
        time_s : float
            Time of the good picture, s.
        """
        if damaged:
            if not self._damaged:
                self._damaged_first_s = time_s
            self._damaged += damaged
        # Pictures come out of the decoder late, so the hole may show some pictures further on.
        if self._pictures and time_s - self._last_s > self._gap_s:
            self._gaps += 1
            self._gap_total_s += time_s - self._last_s
            if time_s - self._last_s > self._longest_gap_s[1] - self._longest_gap_s[0]:
                self._longest_gap_s = (self._last_s, time_s)
        self._pictures += 1
        self._last_s = time_s

    def warnings(self) -> tuple[str, ...]:
        """Give one sentence for each kind of loss so far."""
        said = []
        if self._damaged:
            what = "picture, met" if self._damaged == 1 else "pictures, the first met"
            said.append(
                f"{self._damaged} damaged {what} near {self._damaged_first_s:.2f} s, could not be "
                "decoded and had to be skipped"
            )
        rare = self._gaps <= max(1.0, _GAP_SHARE * self._pictures)
        if self._gaps and (rare or self._damaged):
            start_s, end_s = self._longest_gap_s
            said.append(
                f"{self._gaps} {'gap' if self._gaps == 1 else 'gaps'} without a picture, "
                f"{self._gap_total_s:.2f} s in all, the longest from {start_s:.2f} s to "
                f"{end_s:.2f} s: steps there cannot be seen"
            )
        return tuple(said)
