"""A picture of the video -> the same picture with everything found drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaitcheck.output.film.canvas import Image, resized
from gaitcheck.output.film.look import Sizes
from gaitcheck.output.film.people import People
from gaitcheck.output.film.strip import Strip

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis


class Drawing:
    """Draws an analysis on its pictures.

    Skeletons (left blue, right orange), the foot that lands, and each person's support are drawn in
    the picture; clock, counter and time line stand in a strip below, so that they cover nothing.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    size_px : tuple of int
        Width and height of the pictures.
    share : float
        They are made smaller first, to this share of themselves.
    """

    def __init__(self, analysis: Analysis, size_px: tuple[int, int], *, share: float = 1.0) -> None:
        width, height = (max(1, round(share * side)) for side in size_px)
        sizes = Sizes(width, height)
        self._people = People(analysis, sizes, share=share)
        self._strip = Strip(analysis, sizes)
        self._picture_px = width, height
        self.size_px = width + width % 2, height + self._strip.height_px
        """Width and height of what is drawn; both even."""

    def draw(self, image_bgr: Image, time_s: float) -> Image:
        """Give a new, higher picture; the one given stays as it is."""
        image_bgr = resized(image_bgr, self._picture_px)
        height, width = image_bgr.shape[:2]
        canvas = np.empty((self.size_px[1], self.size_px[0], 3), dtype=np.uint8)
        canvas[:height, :width] = image_bgr
        canvas[:height, width:] = image_bgr[:, -1:]
        self._people.draw(canvas[:height], time_s)
        self._strip.draw(canvas[height:], time_s)
        return canvas
