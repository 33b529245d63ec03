"""Leave out pictures that come faster than anybody needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gaitcheck.errors import SettingsError
from gaitcheck.video.frame import Frame

_UNEVEN: Final = 0.74
"""A picture counts as due after this share of the interval wished for: phones and cameras waver by
a tenth of theirs, and of 50 Hz every second one is taken for 30 Hz, not every third (arbitrary; a
hair under three quarters, which is just three pictures of 120 Hz)."""


def thinned(frames: Iterable[Frame], *, most_hz: float) -> Iterator[Frame]:
    """Give about as many of the frames a second as wished for, or all where there are fewer.

    The first is always given. Of evenly timed frames every second, every third and so on is given,
    so that between them the times are even too: 60 Hz and 30 wished for give 30, 50 Hz give 25.

    Parameters
    ----------
    frames : iterable of Frame
        With increasing times.
    most_hz : float
        Frames a second, Hz; up to 1.35 times as many are let through.

    Raises
    ------
    SettingsError
        If the rate is not above 0.
    """
    if not most_hz > 0:
        raise SettingsError(f"the rate of pictures must be above 0 Hz, not {most_hz}")
    return _thinned(frames, _UNEVEN / most_hz)


def _thinned(frames: Iterable[Frame], least_s: float) -> Iterator[Frame]:
    last_s = -float("inf")
    for frame in frames:
        if frame.time_s - last_s >= least_s:
            last_s = frame.time_s
            yield frame
