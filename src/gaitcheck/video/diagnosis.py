"""Why a file gave no picture, or fewer than it promised, in words that name the cure.

PyAV reads the container here: OpenCV says neither why it could not open a file
nor how long its video track is (its count takes in a longer sound track, and parts that an edit
list hides). Sound files are never decoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gaitcheck.errors import VideoError

_TOLERANCE_S = 0.25
"""A video that ends so much before its claim is not reported, s (arbitrary; above a toddler's
step of 0.2 s)."""
_SOUND_TOLERANCE_S = 2.0
"""The same where the claim may be the sound's, which often goes on a little, s (arbitrary)."""

_GIF_PICTURE, _GIF_EXTENSION, _GIF_END = b"\x2c", b"\x21", b"\x3b"


def why_not_opened(path: Path) -> VideoError:
    """Give the error for a file in which OpenCV's FFmpeg found no video."""
    import av

    try:
        with av.open(str(path)) as container:
            kinds = {stream.type for stream in container.streams}
            video = container.streams.video
            codec = video[0].name if video else None
    except av.EOFError:  # a header and nothing behind it
        return no_picture(path)
    except (av.FFmpegError, ValueError, OSError):
        return VideoError(_not_a_video(path))
    if not kinds:
        return no_picture(path)
    if "video" not in kinds:
        return VideoError(
            f"{path} has no video track, only {', '.join(sorted(kinds))}. Give the file that "
            "holds the pictures."
        )
    return VideoError(
        f"{path} holds a video track ({codec or 'unknown codec'}) that OpenCV cannot decode. "
        "Convert it to H.264, for example with: ffmpeg -i IN -c:v libx264 OUT.mp4"
    )


def no_picture(path: Path) -> VideoError:
    """Give the error for a video from which not one picture could be decoded."""
    if path.is_dir():
        return VideoError(f"All pictures in the folder {path} are damaged. Copy them again.")
    return VideoError(
        f"{path} holds no picture that can be decoded: its video track is empty or damaged. "
        "Copy the file again from the camera, or record anew."
    )


def shortfall(path: Path, *, read: int, end_s: float, in_doubt: bool) -> str | None:
    """Say how far a file was read if its video track claims to go on; else None.

    Parameters
    ----------
    path : Path
        The video.
    read : int
        Pictures read or skipped as damaged.
    end_s : float
        End of the last picture, s from the first.
    in_doubt : bool
        OpenCV expected more pictures than there were.
    """
    if _is_broken_gif(path):
        return _ends_early(end_s, "its chain of pictures breaks off before its end mark")
    claim = _claim(path) if in_doubt else None
    if claim is None or (claim.frames and read >= claim.frames):
        return None
    if end_s + claim.tolerance_s >= claim.duration_s:
        return None
    return _ends_early(end_s, f"it says that it lasts {claim.duration_s:.2f} s")


@dataclass(frozen=True)
class _Claim:
    """What the container says of its video track; `frames` is 0 if it does not count them."""

    frames: int
    duration_s: float
    tolerance_s: float = _TOLERANCE_S


def _claim(path: Path) -> _Claim | None:
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            rate, base = float(stream.average_rate or 0), float(stream.time_base or 0)
            if container.format.name == "avi" and stream.frames and rate:
                # its duration is guessed from the size of the file, which may be cut
                return _Claim(
                    frames=stream.frames, duration_s=stream.frames / rate, tolerance_s=1.5 / rate
                )
            if stream.duration:
                return _Claim(frames=stream.frames, duration_s=stream.duration * base)
            # Matroska and WebM tell ends on the clock of the whole file, not lengths
            start_s = (stream.start_time or 0) * base
            if tag := re.fullmatch(r"(\d+):(\d+):([\d.]+)", stream.metadata.get("DURATION", "")):
                hours, minutes, seconds = (float(part) for part in tag.groups())
                end_s = hours * 3600 + minutes * 60 + seconds
                return _Claim(frames=stream.frames, duration_s=end_s - start_s)
            if not container.duration:
                return None
            end_s = ((container.start_time or 0) + container.duration) / av.time_base
            with_sound = len(container.streams) > 1
            return _Claim(
                frames=stream.frames,
                duration_s=end_s - start_s,
                tolerance_s=_SOUND_TOLERANCE_S if with_sound else _TOLERANCE_S,
            )
    except (av.FFmpegError, ValueError, OSError, IndexError):
        return None


def _ends_early(end_s: float, because: str) -> str:
    return (
        f"the video could be read to {end_s:.2f} s only, though {because}: the file seems cut "
        "short or damaged, and what comes after was not analysed"
    )


def _not_a_video(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] in (b"ftyp", b"mdat", b"wide", b"moov"):
        return (
            f"{path} is an MP4 or MOV file without a readable index (moov): it was cut short or "
            "its recording was never finished. Copy it again from the camera; if it is cut there "
            "too, a repair tool and another clip of the same camera can rebuild the index."
        )
    return (
        f"{path} is not a video that can be read. Give a video file (mp4, mov, mkv, webm, avi, "
        "gif) or a folder of frames; if it plays elsewhere, convert it to H.264 in mp4."
    )


def _is_broken_gif(path: Path) -> bool:
    """Whether a GIF's chain of blocks does not lead to its end mark.

    A GIF tells neither its length nor how many pictures it has, and FFmpeg ends at the first
    broken block as if the file did.
    """
    with path.open("rb") as file:
        head = file.read(13)
        if not head.startswith(b"GIF8"):
            return False
        _skip_colours(file, head[10:11])
        while (kind := file.read(1)) != _GIF_END:
            if kind == _GIF_PICTURE:
                _skip_colours(file, file.read(9)[8:])
                file.read(1)  # bits of a code
            elif kind == _GIF_EXTENSION:
                file.read(1)  # its kind
            else:  # no block begins so; or nothing is left
                return True
            while size := file.read(1):
                if size == b"\0":
                    break
                file.seek(size[0], 1)
    return False


def _skip_colours(file: BinaryIO, flags: bytes) -> None:
    """Pass over a GIF's table of colours, if its flags say that there is one."""
    if flags and flags[0] & 0x80:
        file.seek(3 << ((flags[0] & 7) + 1), 1)
