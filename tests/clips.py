"""Clips written by code; in most, each picture shows its own number, so that a mix-up is seen."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

WIDTH_PX, HEIGHT_PX = 128, 64
_BITS = 8


def numbered(number: int) -> npt.NDArray[np.uint8]:
    """Draw a number: eight white or black bars above for its bits, below a gradient.

    The picture is not symmetric in any way, so that every turn of it can be told.
    """
    image = np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
    bar = WIDTH_PX // _BITS
    for bit in range(_BITS):
        if number >> (_BITS - 1 - bit) & 1:
            image[: HEIGHT_PX // 2, bit * bar : (bit + 1) * bar] = 255
    image[HEIGHT_PX // 2 :, :, 2] = np.linspace(60, 255, WIDTH_PX, dtype=np.uint8)
    return image


def number_of(image_bgr: npt.NDArray[np.uint8]) -> int:
    """Read the number of an upright picture of any size."""
    small = cv2.resize(image_bgr, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_AREA)
    row = small[HEIGHT_PX // 8 : 3 * HEIGHT_PX // 8].mean(axis=(0, 2))
    bits = row.reshape(_BITS, -1)[:, 4:-4].mean(axis=1) > 127
    return int(sum(1 << (_BITS - 1 - i) for i, bit in enumerate(bits) if bit))


def even_times_s(n: int, *, fps: float = 30.0, start_s: float = 0.0) -> list[float]:
    """Times of a constant rate, s."""
    return [start_s + i / fps for i in range(n)]


def write_clip(
    path: Path,
    times_s: Sequence[float],
    *,
    codec: str = "libx264",
    tick: Fraction = Fraction(1, 90_000),
    rate: Fraction = Fraction(30),
    b_frames: int = 2,
    key_every: int = 12,
    pixel_format: str = "yuv420p",
    pixel_aspect: Fraction | None = None,
    sound_s: float = 0.0,
    muxer_options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write a clip of numbered pictures at the given times.

    AVI and GIF keep times as multiples of their own tick only: give `tick` accordingly.
    """
    with av.open(str(path), "w", options=muxer_options or {}) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, pixel_format
        stream.codec_context.time_base = tick
        stream.codec_context.gop_size = key_every
        stream.codec_context.max_b_frames = b_frames
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if codec == "libx265":
            stream.options = {"x265-params": "log-level=none"}
        sound = container.add_stream("aac", rate=8000) if sound_s else None
        container.start_encoding()  # writes the header, also if no picture follows
        for number, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(numbered(number), format="bgr24")
            if pixel_format == "rgb8":  # GIF
                frame = frame.reformat(format="rgb8")
            frame.pts, frame.time_base = round(time_s / tick), tick
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if sound is not None:
            _write_silence(container, sound, sound_s)
    return path


def write_pictures(
    path: Path,
    pictures: Iterable[npt.NDArray[np.uint8]],
    *,
    fps: float = 25.0,
    key_every: int | None = None,
    crf: int = 23,
) -> Path:
    """Write BGR pictures of one size as an ordinary H.264 clip, coarse if `crf` is high."""
    rate = Fraction(fps).limit_denominator(1000)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf)}
        if key_every is not None:
            stream.codec_context.gop_size = key_every
        for picture in pictures:
            if not stream.codec_context.is_open:
                stream.height, stream.width = picture.shape[:2]
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path, *, seconds: float = 0.5) -> Path:
    """Write a file with sound and no pictures."""
    with av.open(str(path), "w") as container:
        _write_silence(container, container.add_stream("aac", rate=8000), seconds)
    return path


def turned(path: Path, *, degrees: int) -> Path:
    """Write into an MP4's track header that players turn it clockwise, as telephones do."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    at += 40 if data[at] == 0 else 52  # version 0 or 1: 32 or 64 bit times before the matrix
    one = 1 << 16
    data[at : at + 36] = struct.pack(
        ">9i", cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30
    )
    path.write_bytes(data)
    return path


def cut(path: Path, *, share: float) -> Path:
    """Keep the first part of a file, as a copy broken off does."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def scratched(path: Path, *, start: float, end: float) -> Path:
    """Put zeros over a part of an MP4's pictures, as a bad sector does; given as shares of them."""
    data = bytearray(path.read_bytes())
    at = data.index(b"mdat")
    size = int.from_bytes(data[at - 4 : at], "big") - 8
    a, b = at + 4 + int(size * start), at + 4 + int(size * end)
    data[a:b] = bytes(b - a)
    path.write_bytes(data)
    return path


def _write_silence(
    container: av.container.OutputContainer, stream: av.AudioStream, seconds: float
) -> None:
    for i in range(int(seconds * 8000) // 1024):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate, frame.pts = 8000, i * 1024
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
