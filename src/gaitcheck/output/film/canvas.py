"""Text, lines and patterns on pictures, by OpenCV. A box is x0, y0, x1, y1, px."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.output.film.look import INK, Colour

Image = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

_SHIFT: Final = 3
"""Lines end on eighths of a px, so that they do not jump from picture to picture."""
_BOLD: Final = 600


def resized(image: Image, size_px: tuple[int, int]) -> Image:
    """Give the picture in another size, width and height; itself where it has that size."""
    width, height = size_px
    # Halving is quick and leaves out nothing; what is left to do is then a little for each px.
    while min(image.shape[1] / width, image.shape[0] / height) >= 2:
        half = image.shape[1] // 2, image.shape[0] // 2
        image = np.asarray(cv2.resize(image, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if image.shape[1::-1] == size_px:
        return image
    return np.asarray(cv2.resize(image, size_px, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


@cache
def _font() -> Any:
    return cv2.FontFace("sans")


@cache
def text_width_px(text: str, size_px: int) -> int:
    """Give how wide a text is, px."""
    x, _, width, _ = cv2.getTextSize((10_000, 200), text, (0, 0), _font(), size_px, _BOLD)
    return int(x + width)


def write(image: Image, text: str, x: float, baseline: float, *, size_px: int, ink: Colour) -> None:
    """Write a text that begins at x, px."""
    cv2.putText(image, text, (round(x), round(baseline)), ink, _font(), size_px, _BOLD)


def line(image: Image, a: Any, b: Any, *, colour: Colour, thick: int) -> None:
    """Draw a line between two points, px; far ends are cut by OpenCV."""
    ends = [tuple(round(float(v) * 2**_SHIFT) for v in point) for point in (a, b)]
    cv2.line(image, ends[0], ends[1], colour, thick, cv2.LINE_AA, _SHIFT)


def label_box(text: str, middle: float, top: float, *, size_px: int, within: Box) -> Box:
    """Give the box of a label over a point, moved to lie in the picture."""
    width, height = text_width_px(text, size_px) + round(0.9 * size_px), round(1.5 * size_px)
    x0, y0, x1, y1 = within
    left = max(x0 + 2, min(middle - width / 2, x1 - width - 2))
    upper = max(y0 + 2, min(top, y1 - height - 2))
    return left, upper, left + width, upper + height


def label(image: Image, text: str, box: Box, *, size_px: int, fill: Colour) -> None:
    """Draw dark text on a plate."""
    x0, y0, x1, y1 = (round(v) for v in box)
    cv2.rectangle(image, (x0, y0), (x1, y1), INK, -1)
    cv2.rectangle(image, (x0 + 1, y0 + 1), (x1 - 1, y1 - 1), fill, -1)
    write(image, text, x0 + 0.45 * size_px, y0 + 1.1 * size_px, size_px=size_px, ink=INK)


def pattern(image: Image, box: Box, *, kind: str, ink: Colour) -> None:
    """Draw the pattern of a support over its band, so that colour alone need not tell it."""
    x0, y0, x1, y1 = (round(v) for v in box)
    part = image[max(0, y0) : y1, max(0, x0) : x1]
    if not part.size:
        return
    row, column = np.mgrid[: part.shape[0], : part.shape[1]]
    marks = {
        "person": (row + column) % 8 < 2,
        "object_fixed": (row % 4 < 2) & (column % 4 < 2),
        "object_moving": column % 6 < 2,
        "unknown": row % 6 < 2,
    }.get(kind)
    if marks is not None:
        part[marks] = ink


def overlap_px(a: Box, b: Box) -> float:
    """Give the area that two boxes share, px."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, wide) * max(0.0, high)
