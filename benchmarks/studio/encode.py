"""H.264 files with the frames' own times."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import numpy as np

TICKS = 90_000


def write_clip(
    path: Path,
    frames: Iterable[tuple[float, np.ndarray]],
    *,
    fps: float,
    width: int,
    height: int,
    crf: int,
) -> int:
    """Encode frames, each at its time; the file appears whole or not at all.

    Parameters
    ----------
    path : Path
        Where to; its ending picks the container.
    frames : iterable of (time in s, ndarray of uint8 (height, width, 3), red first)
        Times rise strictly.
    fps : float
        The nominal rate, for the encoder's own choices only.
    width, height : int
        Picture size, px.
    crf : int
        Quality, 0 (best) to 51.

    Returns
    -------
    int
        Number of frames written.
    """
    import av

    part = path.with_name(f".part-{path.name}")
    count = 0
    rate = Fraction(fps).limit_denominator(1001)
    options = {
        "crf": str(crf),
        "preset": "medium",
        "bf": "0",
        "g": str(round(4 * fps)),
        "threads": "1",
    }
    try:
        with av.open(str(part), "w", format=path.suffix.lstrip(".")) as box:
            stream = box.add_stream("libx264", rate=rate, options=options)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            stream.codec_context.time_base = Fraction(1, TICKS)
            stream.time_base = Fraction(1, TICKS)
            for t_s, image in frames:
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
                frame.pts, frame.time_base = round(t_s * TICKS), Fraction(1, TICKS)
                box.mux(stream.encode(frame))
                count += 1
            box.mux(stream.encode(None))
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)
    return count
