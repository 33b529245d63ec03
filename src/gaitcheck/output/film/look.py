"""Colours, words and sizes of what is drawn on pictures; the report page has the same ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gaitcheck.gait.events import Side, Support

Colour = tuple[int, int, int]
"""Blue, green, red, as OpenCV has them."""


def bgr(text: str) -> Colour:
    """Turn ``#rrggbb`` into what OpenCV draws with."""
    red, green, blue = (int(text[i : i + 2], 16) for i in (1, 3, 5))
    return blue, green, red


# Sky blue and orange are told apart by nearly everybody (Okabe and Ito 2008), and stand out on
# light and dark pictures with their dark edge.
LIMBS: Final[dict[Side | None, str]] = {"left": "#56b4e9", "right": "#ff9f43", None: "#ffffff"}
SUPPORTS: Final[dict[Support, str]] = {
    "none": "#2bb58a",
    "person": "#d98bb5",
    "object_fixed": "#e3b341",
    "object_moving": "#a08ae0",
    "unknown": "#c3cad1",
}
PLAIN: Final = "#e8ecef"
"""Of a badge that tells no support."""
SHORT_SUPPORT: Final[dict[Support, str]] = {
    "none": "free",
    "person": "held",
    "object_fixed": "holds on",
    "object_moving": "aid",
    "unknown": "support unknown",
}
MARK_S: Final = 0.5
"""A foot that landed is marked for so long, s."""
INK: Final = bgr("#10171d")
PAPER: Final = bgr("#e8edf1")
SOFT: Final = bgr("#a3b0bb")
GROUND: Final = bgr("#171d23")
LANE: Final = bgr("#2b333b")
CURSOR: Final = bgr("#ff6b6b")


@dataclass(frozen=True)
class Sizes:
    """Sizes for a picture, px.

    Parameters
    ----------
    width, height : int
        Of the source's picture.
    """

    width: int
    height: int

    @property
    def text_px(self) -> int:
        """Height of text: legible on a small clip, in proportion on a large one."""
        by_area = 0.030 * math.sqrt(self.width * self.height)
        return round(max(13.0, min(by_area, self.width / 22)))

    @property
    def unit_px(self) -> float:
        """What else goes by the text: a line of text is two units high."""
        return self.text_px / 2
