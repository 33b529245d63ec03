"""Very large pictures, halved right after they are decoded, and what is found in them scaled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from gaitcheck.people.crop import halved
from gaitcheck.people.track import Track
from gaitcheck.settings import PeopleSettings
from gaitcheck.video.frame import Frame

LARGEST_PX: Final = 2560
"""Pictures whose longer side is larger are halved until it is not. A 4K picture weighs 25 MB, a
dozen of them are held at a time, and pose networks look at 256 px of a person."""
_SMALLEST_PX: Final = 45.0
"""Nobody smaller is looked for in a halved picture either (measured: crops work from 47 px)."""


class Reduction:
    """How pictures of one size are reduced.

    Parameters
    ----------
    picture_size : tuple of int
        Width and height of the upright pictures, px.
    """

    def __init__(self, picture_size: tuple[int, int]) -> None:
        self._size = picture_size
        self.factor = 1
        """A side of the full picture in those of the reduced one."""
        while max(picture_size) / self.factor > LARGEST_PX:
            self.factor *= 2

    def frames(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """Give the frames, their pictures reduced."""
        width_px = self._size[0] // self.factor
        for frame in frames:
            if self.factor == 1:
                yield frame
            else:
                yield replace(frame, image_bgr=halved(frame.image_bgr, width_px=width_px)[0])

    def settings(self, settings: PeopleSettings) -> PeopleSettings:
        """Give the settings for the reduced pictures: their px are larger."""
        if self.factor == 1:
            return settings
        small_px = max(settings.min_height_px / self.factor, _SMALLEST_PX)
        return replace(settings, min_height_px=min(small_px, settings.min_height_px))

    def undone(self, track: Track) -> Track:
        """Give a track in px of the full pictures."""
        k = self.factor
        if k == 1:
            return track
        # Pixel centres: full = k * (small + 0.5) - 0.5.
        off = 0.5 * k - 0.5
        full = np.array([[k, 0.0, off], [0.0, k, off], [0.0, 0.0, 1.0]])
        return replace(
            track,
            points_px=k * track.points_px + off,
            boxes_px=k * track.boxes_px + off,
            to_room=full @ track.to_room @ np.linalg.inv(full),
            picture_size=self._size,
        )
