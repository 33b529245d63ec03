"""The strip below the picture: clock, counter, and a time line with a cursor."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from gaitcheck.output.film.canvas import Image, pattern, text_width_px, write
from gaitcheck.output.film.look import (
    CURSOR,
    GROUND,
    INK,
    LANE,
    LIMBS,
    PAPER,
    SOFT,
    SUPPORTS,
    Sizes,
    bgr,
)
from gaitcheck.output.text import clock

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis
    from gaitcheck.gait.events import Step

_MOST_LANES: Final = 4
"""So many people have a lane, those with the most steps (arbitrary)."""
_MOST_S: Final = 60.0
"""Of a longer video the strip shows so much at once, s (arbitrary: a step is then 5 px wide)."""


class Strip:
    """Draws the strip of an analysis.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    sizes : Sizes
        For the picture.
    """

    def __init__(self, analysis: Analysis, sizes: Sizes) -> None:
        self._analysis, self._sizes = analysis, sizes
        self._text = sizes.text_px
        self._lane_px = round(1.6 * self._text)
        self._head_px = round(1.9 * self._text)
        self._people = _lanes(analysis)
        self._left = round(1.6 * self._text) if self._people else round(0.5 * self._text)
        self._right = sizes.width - round(0.5 * self._text)
        # At least one frame: a still picture's time line has a length too.
        self._page_s = min(max(analysis.video.duration_s, 0.1), _MOST_S)
        high = self._head_px + max(1, len(self._people)) * self._lane_px + round(0.4 * self._text)
        # With the picture a multiple of four, which the writer takes without a copy.
        self.height_px = high - (high + sizes.height) % -4
        independent = {s.id for s in analysis.sequences if s.independent}
        self._free_s = sorted(s.contact_s for s in analysis.steps if s.sequence in independent)
        self._all_s = sorted(step.contact_s for step in analysis.steps)
        self._page: tuple[int, Image] | None = None

    def draw(self, image: Image, time_s: float) -> None:
        """Draw the strip over an image of its height and the picture's width."""
        page = int(time_s / self._page_s) if self._analysis.video.duration_s > _MOST_S else 0
        if self._page is None or self._page[0] != page:
            self._page = page, self._background(page, image.shape[1])
        image[:] = self._page[1]
        self._head(image, time_s)
        x = round(self._x(time_s, page))
        thick = max(2, round(self._text / 9))
        image[self._head_px :, max(0, x - thick // 2) : x + thick - thick // 2] = CURSOR

    def _head(self, image: Image, time_s: float) -> None:
        size, base = self._text, 1.35 * self._text
        # A contact counts in the picture in which the foot is on the floor.
        free = bisect_right(self._free_s, time_s + 1e-6)
        steps = bisect_right(self._all_s, time_s + 1e-6)
        x = 0.5 * size
        now = clock(time_s)
        write(image, now, x, base, size_px=size, ink=PAPER)
        x += text_width_px("0" * len(now), size) + size
        text = f"independent steps: {free}"
        write(image, text, x, base, size_px=size, ink=bgr(SUPPORTS["none"]) if free else PAPER)
        x += text_width_px(text, size) + size
        rest = f"of {steps} steps"
        if x + text_width_px(rest, size) < self._legend_x():
            write(image, rest, x - 0.6 * size, base, size_px=size, ink=SOFT)

    def _legend_x(self) -> float:
        words = sum(text_width_px(word, self._text) for word in ("left", "right"))
        return self._sizes.width - words - 1.5 * self._text

    def _background(self, page: int, width: int) -> Image:
        image = np.full((self.height_px, width, 3), GROUND, dtype=np.uint8)
        x = self._legend_x()
        counter = text_width_px("0:00.00 independent steps: 000", self._text) + 2 * self._text
        if x > counter:
            for side in ("left", "right"):
                ink = bgr(LIMBS[side])
                write(image, side, x, 1.35 * self._text, size_px=self._text, ink=ink)
                x += text_width_px(side, self._text) + self._text
        for row, person in enumerate(self._people):
            self._lane(image, person, row, page)
        if not self._people:
            top = self._head_px
            image[top : top + self._lane_px - 2, self._left : self._right] = LANE
            write(image, "no steps", self._left + 0.4 * self._text, top + 1.15 * self._text,
                  size_px=self._text, ink=SOFT)  # fmt: skip
        return image

    def _lane(self, image: Image, person: int, row: int, page: int) -> None:
        top = self._head_px + row * self._lane_px
        bottom = top + self._lane_px - 2
        image[top:bottom, self._left : self._right] = LANE
        middle = 0.5 * (self._left - text_width_px(str(person), self._text))
        write(image, str(person), middle, top + 1.15 * self._text, size_px=self._text, ink=PAPER)
        for sequence in self._analysis.sequences:
            if sequence.person != person:
                continue
            x0, x1 = (self._clipped(self._x(t, page)) for t in (sequence.start_s, sequence.end_s))
            if x1 > x0:
                image[top:bottom, x0:x1] = bgr(SUPPORTS[sequence.support])
                pattern(image, (x0, top, x1, bottom), kind=sequence.support, ink=SOFT)
        for step in self._analysis.steps:
            if step.person == person:
                self._step(image, step, top, bottom, page)

    def _step(self, image: Image, step: Step, top: int, bottom: int, page: int) -> None:
        """Draw a foot that lands: left in the upper half, right in the lower."""
        x = round(self._x(step.contact_s, page))
        half = max(1, round(self._text / 7))
        if not self._left <= x <= self._right:
            return
        middle = (top + bottom) // 2
        upper = middle if step.side == "right" else top + 1
        lower = middle if step.side == "left" else bottom - 1
        image[upper:lower, max(0, x - half - 1) : x + half + 1] = INK
        image[upper + 1 : lower - 1, max(0, x - half) : x + half] = bgr(LIMBS[step.side])

    def _x(self, time_s: float, page: int) -> float:
        share = (time_s - page * self._page_s) / self._page_s
        return self._left + share * (self._right - self._left)

    def _clipped(self, x: float) -> int:
        return round(min(max(x, self._left), self._right))


def _lanes(analysis: Analysis) -> list[int]:
    """Give who has a lane: those who step, the most steps first, in order of their numbers."""
    steps = {person.id: 0 for person in analysis.people}
    for step in analysis.steps:
        steps[step.person] = steps.get(step.person, 0) + 1
    walkers = sorted((p for p in steps if steps[p]), key=lambda p: -steps[p])
    return sorted(walkers[:_MOST_LANES])
