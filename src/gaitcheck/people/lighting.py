"""How the pictures are lit: too dark to find people in, too flat to see a stick in, flickering."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
Image = npt.NDArray[np.uint8]

_EVERY_PX: Final = 16
"""Brightness is read from every so many px, in both directions."""
_CELLS: Final = (8, 6)
"""Columns and rows of cells whose brightness is compared from picture to picture."""
_DARK: Final = 30.0
"""Brightness (of 255) under which nine tenths of a dark picture lie (a rendered walker: followed
as in daylight at 39, found late at 24, never at 15; low light of the rendered clips: 146)."""
_FLAT: Final = 35.0
"""Between the tenth darkest and the tenth brightest of a picture there is at least so much (of 255)
where a stick or a rail stands out from the room: rendered ones were seen at 42, half at 29 and no
more at 21, where they were as free hands; pictures of the clips, dim and infrared ones too, 50."""
_FLICKER: Final = 0.04
"""How far most cells are brighter or darker than just before and after (real clips: 0.003; lamps
that swell by 5 % 0.06)."""
_BLACK: Final = 8.0
"""Brightness below which a cell does not count as darker (of 255; noise)."""


class Lighting:
    """Count the dark pictures, the flat ones and the flickering ones.

    Attributes
    ----------
    flat : bool
        Whether the last picture is so flat that things at hands may not be seen.
    n_dark, n_flat, n_flickering : int
        Pictures so far. A picture flickers if it is brighter or darker than both of its
        neighbours, wherever one looks: somebody who walks changes some cells, a moving camera
        changes them steadily.
    """

    def __init__(self) -> None:
        self.flat = False
        self.n_dark = self.n_flat = 0
        self.n_flickering = 0
        self._cells: deque[FloatArray] = deque(maxlen=3)

    def look(self, image_bgr: Image) -> None:
        """Read one picture: uint8, shape (height, width, 3)."""
        some = np.ascontiguousarray(image_bgr[_EVERY_PX // 2 :: _EVERY_PX, ::_EVERY_PX])
        gray = cv2.cvtColor(some, cv2.COLOR_BGR2GRAY)
        darkest, brightest = np.percentile(gray, (10, 90))
        self.flat = bool(brightest - darkest < _FLAT)
        self.n_flat += self.flat
        self.n_dark += bool(brightest < _DARK)
        cells = cv2.resize(gray.astype(np.float32), _CELLS, interpolation=cv2.INTER_AREA)
        self._cells.append(np.asarray(cells, dtype=np.float64))
        if len(self._cells) == 3:
            before, here, after = self._cells
            stands_out = np.abs(here - (before + after) / 2) / np.maximum(here, _BLACK)
            self.n_flickering += bool(np.median(stands_out) > _FLICKER)
