"""What every kind of video gives the reader: pictures in order, not yet timed from zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture as it was decoded.

    Parameters
    ----------
    index : int
        Its number, from 0; damaged pictures before it were counted.
    stamp_s : float
        Its timestamp in the source's own clock, s; NaN if it has none.
    image_bgr : ndarray of uint8, shape (height, width, 3)
        Upright picture.
    """

    index: int
    stamp_s: float
    image_bgr: npt.NDArray[np.uint8]


class PictureSource(Protocol):
    """A video file or a folder of frames."""

    claimed_frames: int
    """Pictures it says it holds; 0 if it does not say."""
    claimed_hz: float
    """Frame rate it says it has, Hz; 0 if it does not say."""

    def pictures(self) -> Iterator[Picture]:
        """Give the pictures in order, leaving out the damaged ones."""
        ...

    def seek(self, stamp_s: float) -> None:
        """Go on with some picture at or before a time of the source's own clock, s.

        How far before it is not told, and numbers of pictures mean nothing from then on.
        """
        ...

    def shortfall(self, *, read: int, end_s: float) -> str | None:
        """Say, once at the end, if less was read than it claims to hold; else None.

        Parameters
        ----------
        read : int
            Pictures read or skipped as damaged.
        end_s : float
            End of the last picture, s from the first.
        """
        ...

    def coding_qp(self) -> float | None:
        """Say how coarsely it is coded, as `gaitcheck.video.coding.coding_qp`, if that is known."""
        ...

    def pace_warning(self) -> str | None:
        """Say so if it is shown much slower or faster than it was filmed, and that is known."""
        ...

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        ...
