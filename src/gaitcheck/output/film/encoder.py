"""Which encoder writes pictures, and with what settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

_log = logging.getLogger(__name__)

ENCODERS: Final = ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf")
"""Encoders of H.264 in the order of trust; FFmpeg builds differ in which of them they have. Those
that want a card of some maker are left out: they are listed also where there is no card."""
_LAST_RESORT: Final = "mpeg4"
"""FFmpeg's own, in every build: players on desks show it, browsers do not."""


@dataclass(frozen=True)
class Quality:
    """How carefully pictures are written.

    Parameters
    ----------
    preset : str
        libx264's trade of time for size.
    crf : int
        libx264's constant quality, lower is better; 18 is hardly told from the source.
    key_every : int
        A picture that can be gone to at least every so many.
    threads : int
        Of the encoder; 0: as many as it likes.
    """

    preset: str = "veryfast"
    crf: int = 20
    key_every: int = 60
    threads: int = 0


FINE: Final = Quality()
"""For films that are kept and shown."""
QUICK: Final = Quality(preset="ultrafast", crf=22, threads=2)
"""For the annotated video: a third of the time, twice the size (see benchmarks/NOTES.md).
More threads would wait for each other longer than they work."""


@cache
def encoder_name() -> str:
    """Give the encoder to use; a warning is logged once where it is not one of H.264."""
    import av

    for name in ENCODERS:
        if name in av.codecs_available and _opens(name):
            return name
    _log.warning(
        "this PyAV has no encoder of H.264 (such as libx264): videos are written as MPEG-4 part 2, "
        "which browsers do not play. Install PyAV from its wheel: python -m pip install "
        "--force-reinstall --only-binary=:all: av"
    )
    return _LAST_RESORT


def configure(stream: Any, *, size_px: tuple[int, int], quality: Quality) -> None:
    """Set up a stream of a container that is being written."""
    stream.width, stream.height = size_px
    stream.pix_fmt = "yuv420p"
    stream.codec_context.gop_size = quality.key_every
    stream.codec_context.thread_count = quality.threads
    if stream.codec_context.name == "libx264":
        stream.options = {"preset": quality.preset, "crf": str(quality.crf)}
    else:  # they know no constant quality; a tenth of a bit a pixel is plenty for a clip
        width, height = size_px
        stream.bit_rate = max(400_000, round(width * height * 2.5))


def _opens(name: str) -> bool:
    """Try it: an encoder may be listed and have no library or system behind it."""
    import av

    try:
        context: Any = av.CodecContext.create(name, "w")
        context.width = context.height = 64
        context.pix_fmt = "yuv420p"
        context.framerate = 25
        context.open()
    except (av.FFmpegError, ValueError):
        return False
    return True
