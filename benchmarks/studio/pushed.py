"""What rolls along though not made to walk with: chair, box, trolley, drip stand, hoist, stool.

Each is built for somebody ``h`` m tall, as the makers of ``walking_aids`` are.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.studio.aids import (
    COLOUR,
    SECOND,
    Aid,
    Path,
    block,
    disc,
    materials,
    rod,
)


def pushed_chair(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a wooden chair that a child shoves along by its back."""
    top, w, deep = 0.58 * h, 0.17 * h, 0.36 * h
    seat = 0.56 * top
    legs = [
        rod((q * w, 0.01, z), (q * w, seat, z), 0.018, COLOUR)
        for q in (1, -1)
        for z in (0.02, deep)
    ]
    back = [
        *(rod((q * w, seat, 0.02), (q * w, top, 0.0), 0.017, COLOUR) for q in (1, -1)),
        rod((w, top, 0.0), (-w, top, 0.0), 0.020, COLOUR),
        block((0, (seat + top) / 2, 0.01), (w, 0.05 * h, 0.008), 0.006, SECOND),
        block((0, seat, deep / 2), (w, 0.016, deep / 2), 0.01, SECOND),
    ]
    grip = {"left": (0.6 * w, top, 0.0), "right": (-0.6 * w, top, 0.0)}
    brown = tuple(0.7 * c for c in colour)
    return Aid(path, lambda _t: [legs, back], materials(colour, brown), grip)


def pushed_box(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a box on the floor, its edge at the belly of who pushes it."""
    top, w, deep = 0.48 * h, 0.24 * h, 0.20 * h
    box = [
        block((0, top / 2, deep), (w, top / 2, deep), 0.015, COLOUR),
        block((0, top - 0.03, deep), (w * 0.9, 0.035, deep * 0.9), 0.005, SECOND),
    ]
    grip = {"left": (0.6 * w, top, 0.02), "right": (-0.6 * w, top, 0.02)}
    return Aid(path, lambda _t: [box], materials(colour, [0.3 * c for c in colour]), grip)


def trolley(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a shop's trolley: a basket of wire on four small wheels."""
    hh, w, deep = 0.58 * h, 0.25, 0.80
    floor, rim = 0.45, 0.86
    basket = [
        rod(a, b, 0.007)
        for y in (floor, (floor + rim) / 2, rim)
        for a, b in (
            ((w, y, 0.08), (0.8 * w, y, deep)),
            ((-w, y, 0.08), (-0.8 * w, y, deep)),
            ((0.8 * w, y, deep), (-0.8 * w, y, deep)),
        )
    ]
    bars = [
        rod((x, floor, deep), (x, rim, deep), 0.005)
        for x in (0.8 * w, 0.4 * w, 0.0, -0.4 * w, -0.8 * w)
    ] + [
        rod((q * w, floor, z), (q * w, rim, z), 0.005)
        for q in (1, -1)
        for z in (0.08, 0.3, 0.5, 0.7)
    ]
    frame = [
        *(rod((q * w, rim, 0.08), (q * w, hh, 0.0), 0.012) for q in (1, -1)),
        rod((w, hh, 0.0), (-w, hh, 0.0), 0.018, COLOUR),
        *(rod((q * w, floor, 0.10), (q * w, 0.12, 0.05), 0.012) for q in (1, -1)),
        *(rod((q * w, 0.14, 0.05), (q * 0.8 * w, 0.14, deep), 0.012) for q in (1, -1)),
        *(disc((q * w, 0.06, z), 0.06, 0.015) for q in (1, -1) for z in (0.05, deep)),
    ]
    grip = {"left": (0.7 * w, hh, 0.0), "right": (-0.7 * w, hh, 0.0)}
    return Aid(path, lambda _t: [basket, bars, frame], materials(colour), grip)


def drip_stand(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a pole on five castors with a bag of fluid."""
    feet = ((0.24, 0.0), (0.07, 0.23), (-0.19, 0.14), (-0.19, -0.14), (0.07, -0.23))
    pole = [
        rod((0, 0.07, 0), (0, 1.15 * h, 0), 0.012),
        rod((0.09, 1.15 * h, 0), (-0.09, 1.15 * h, 0), 0.007),
        block((0.08, 1.04 * h, 0), (0.05, 0.09, 0.015), 0.012, SECOND),
        *(rod((0, 0.07, 0), (x, 0.05, z), 0.012) for x, z in feet),
        *(disc((x, 0.035, z), 0.035, 0.012) for x, z in feet),
    ]
    grip = dict.fromkeys(("left", "right"), (0.0, 0.62 * h, 0.0))
    return Aid(path, lambda _t: [pole], materials(colour, (0.7, 0.72, 0.7)), grip)


def hoist(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a frame on wheels that goes round who walks, with straps to the shoulders from above."""
    w, back, ahead, top = 0.30 * h, -0.30 * h, 0.32 * h, 1.22 * h
    sides = [
        [
            rod((q * w, 0.11, back), (q * w, 0.11, ahead), 0.022, COLOUR),
            rod((q * w, 0.11, back), (q * w, top, back), 0.022, COLOUR),
            rod((q * w, top, back), (q * 0.12 * h, top, 0.0), 0.020, COLOUR),
            disc((q * w, 0.05, back), 0.05, 0.018),
            disc((q * w, 0.05, ahead), 0.05, 0.018),
        ]
        for q in (1, -1)
    ]
    straps = [
        rod((0.12 * h, top, 0.0), (-0.12 * h, top, 0.0), 0.016),
        *(
            rod((q * 0.12 * h, top, 0.0), (q * 0.10 * h, 0.82 * h, 0.0), 0.012, SECOND)
            for q in (1, -1)
        ),
        rod((w, 0.5 * h, back), (-w, 0.5 * h, back), 0.016, COLOUR),
    ]
    grip = {
        "sling": (0.0, 0.8 * h, 0.0),
        "left": (w, 0.55 * h, 0.08 * h),
        "right": (-w, 0.55 * h, 0.08 * h),
    }
    return Aid(path, lambda _t: [*sides, straps], materials(colour, (0.08, 0.08, 0.3)), grip)


def stool(h: float, path: Path, colour: Sequence[float]) -> Aid:
    """Give a low stool on castors, as therapists sit on."""
    seat = 0.24 * h
    feet = ((0.22, 0.0), (0.07, 0.21), (-0.18, 0.13), (-0.18, -0.13), (0.07, -0.21))
    parts = [
        block((0, seat, -0.02), (0.17, 0.035, 0.17), 0.03, COLOUR),
        rod((0, 0.08, 0), (0, seat, 0), 0.022),
        *(rod((0, 0.08, 0), (x, 0.06, z), 0.014) for x, z in feet),
        *(disc((x, 0.03, z), 0.03, 0.014) for x, z in feet),
    ]
    return Aid(path, lambda _t: [parts], materials(colour), {}, "")
