"""A folder of frames, in the order a person would put their names in."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import VideoError
from gaitcheck.video.source import Picture

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class FolderSource:
    """Pictures of one folder, evenly spaced in time.

    Parameters
    ----------
    path : Path
        A folder that exists.
    fps : float
        Frames a second, above 0.

    Raises
    ------
    VideoError
        The folder cannot be listed or has no picture.
    """

    def __init__(self, path: Path, *, fps: float) -> None:
        self._path = path
        self._files = frame_files(path)
        if not self._files:
            raise VideoError(
                f"The folder {path} holds no picture. Give a video file, or a folder of frames "
                f"({', '.join(sorted(s[1:] for s in _SUFFIXES))})."
            )
        self._closed = False
        self._next = 0
        self.claimed_frames = len(self._files)
        self.claimed_hz = fps

    def pictures(self) -> Iterator[Picture]:
        """Give the pictures in natural order of their names; a damaged one is left out.

        Raises
        ------
        VideoError
            A picture has another size than the first.
        """
        first: tuple[Path, tuple[int, ...]] | None = None
        while self._next < len(self._files):
            index, file = self._next, self._files[self._next]
            self._next += 1
            if self._closed:
                raise VideoError(f"{self._path} was closed while it was being read.")
            image = read_picture(file)
            if image is None:
                continue
            first = first or (file, image.shape)
            if image.shape != first[1]:
                raise VideoError(
                    f"{file} is {_size(image.shape)}, but {first[0].name} is {_size(first[1])}: "
                    "the frames of one video have one size. Take out the pictures that do not "
                    "belong to it."
                )
            yield Picture(index=index, stamp_s=index / self.claimed_hz, image_bgr=image)

    def seek(self, stamp_s: float) -> None:
        """Go on with the picture at a time, or the one before, s."""
        self._next = max(0, math.floor(stamp_s * self.claimed_hz))

    def shortfall(self, *, read: int, end_s: float) -> str | None:  # noqa: ARG002
        """Give None: a folder claims nothing beyond its files."""
        return None

    def coding_qp(self) -> float | None:
        """Give None: pictures have codings of their own."""
        return None

    def pace_warning(self) -> str | None:
        """Give None: whoever gives the rate knows it."""
        return None

    def close(self) -> None:
        """Stop reading."""
        self._closed = True


def frame_files(path: Path) -> list[Path]:
    """Give the pictures of a folder in natural order of their names.

    Raises
    ------
    VideoError
        The folder cannot be listed.
    """
    try:
        names = [entry for entry in path.iterdir() if _is_frame(entry)]
    except OSError as error:
        raise VideoError(
            f"The folder {path} cannot be listed ({error.strerror or error}). Allow reading "
            "it, or give another."
        ) from error
    return sorted(names, key=lambda file: natural_key(file.name))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give the key by which ``frame_2`` sorts before ``frame_10``."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p)


def _is_frame(entry: Path) -> bool:
    hidden = entry.name.startswith(".")  # such as the `._a.png` that macOS leaves on other disks
    return not hidden and entry.suffix.lower() in _SUFFIXES and entry.is_file()


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[1]}x{shape[0]}"


def read_picture(file: Path) -> npt.NDArray[np.uint8] | None:
    """Decode one picture upright (its EXIF turn undone), None if it is damaged."""
    import cv2

    try:
        data: bytes | None = file.read_bytes()  # not imread: it fails on some names on Windows
    except OSError:
        return None
    if data and data.startswith(_PNG_HEAD):
        data = _plain_png(data)
    if not data:
        return None
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else image.astype(np.uint8, copy=False)


def _plain_png(data: bytes) -> bytes | None:
    """Keep the chunks that make up the picture, None if one is damaged.

    libpng writes its remarks on bad checksums and odd colour profiles straight to standard error,
    past every log level; so it is given neither.
    """
    kept, at = [_PNG_HEAD], len(_PNG_HEAD)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind, body_end = data[at + 4 : at + 8], end - 4
        if end > len(data) or zlib.crc32(data[at + 4 : body_end]) != int.from_bytes(
            data[body_end:end], "big"
        ):
            return None
        if kind[:1].isupper() or kind in (b"tRNS", b"eXIf"):
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None
