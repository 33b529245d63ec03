"""A video that browsers play: the clip itself where they can, else a copy in H.264 and AAC."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from gaitcheck.output.film.encoder import Quality
from gaitcheck.output.film.sound import COPIED, kind_of

_log = logging.getLogger(__name__)

_PLAYED: Final = {
    "mp4": ({"h264", "av1", "vp9"}, COPIED),
    "webm": ({"vp8", "vp9", "av1"}, {"vorbis", "opus"}),
}
"""What the browsers in use play, by container: kinds of pictures, kinds of sound."""
_PIXELS: Final = frozenset({"yuv420p", "yuvj420p"})
MOST_SIDE_PX: Final = 1920
"""A copy is not larger than this (full HD; telephones' decoders play that)."""
COPY_QUALITY: Final = Quality(key_every=15)
"""Going to a step is quick where key frames are near."""


def plays_in_browsers(path: Path) -> bool:
    """Say whether browsers in use play this file as it is.

    They tell times from the start of the container; a file whose pictures begin later than that is
    no good either, as all times would be off.
    """
    import av

    if path.is_dir():
        return False
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                return False
            video = container.streams.video[0]
            names = set(container.format.name.split(","))
            kind = "mp4" if "mp4" in names and path.suffix.lower() != ".mov" else ""
            # FFmpeg knows WebM and Matroska as one; browsers go by what is in it.
            kind = "webm" if "webm" in names else kind
            if not kind or video.codec_context.pix_fmt not in _PIXELS:
                return False
            pictures, sounds = _PLAYED[kind]
            late_s = float((video.start_time or 0) * (video.time_base or 0))
            return (
                kind_of(video) in pictures
                and all(kind_of(sound) in sounds for sound in container.streams.audio)
                and abs(late_s) < 1e-3
            )
    except (av.FFmpegError, OSError):
        return False


def browser_copy(source: Path, target: Path, *, fps: float | None = None) -> bool:
    """Write a copy that browsers play, unless they play the clip itself.

    The copy keeps the times of all pictures and the sound (re-encoded where MP4 does not take it),
    is upright, and carries no metadata of the source: neither place nor device.

    Parameters
    ----------
    source : Path
        Video file, or a folder of frames (then give ``fps``).
    target : Path
        Copy to write, with the ending ``.mp4``; written whole or not at all.
    fps : float, optional
        Frames a second of a folder of frames.

    Returns
    -------
    bool
        Whether a copy was written; False where the clip itself will do.

    Raises
    ------
    VideoError
        If the source cannot be read.
    OutputError
        If the copy cannot be written.
    """
    if plays_in_browsers(source):
        return False
    from gaitcheck.output.film.writer import FilmWriter
    from gaitcheck.video.reader import open_video

    _log.info("making a copy of %s that browsers play", source)
    with open_video(source, fps=fps) as reader:
        info = reader.info
        with FilmWriter(
            target,
            size_px=shrunk((info.width, info.height)),
            rate_hz=info.mean_fps,
            sound_of=source,
            quality=COPY_QUALITY,
        ) as film:
            for frame in reader:
                film.write(frame.image_bgr, frame.time_s)
    return True


def shrunk(size_px: tuple[int, int]) -> tuple[int, int]:
    """Give the size of a copy of a video of this size."""
    share = min(1.0, MOST_SIDE_PX / max(size_px))
    return round(size_px[0] * share), round(size_px[1] * share)
