"""Time as the whole library keeps it: float seconds from the container's timestamps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Interval:
    """A stretch of time ``[start_s, end_s)``.

    Parameters
    ----------
    start_s, end_s : float
        Seconds of the video; ``end_s`` is not before ``start_s``.
    """

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.end_s >= self.start_s:
            raise ValueError(
                f"an interval cannot end ({self.end_s}) before it starts ({self.start_s})"
            )

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s

    def __contains__(self, time_s: float) -> bool:
        return self.start_s <= time_s < self.end_s

    def __and__(self, other: Interval) -> Interval | None:
        """Give the common part, or None where there is none."""
        start, end = max(self.start_s, other.start_s), min(self.end_s, other.end_s)
        return Interval(start, end) if start < end else None
