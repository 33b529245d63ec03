"""A video that browsers play: the clip itself where they can, else a copy in H.264 and AAC."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.errors import OutputError

if TYPE_CHECKING:
    from gaitcheck.video.frame import Frame

_log = logging.getLogger(__name__)

_PLAYED: Final = {
    "mp4": ({"h264", "av1", "vp9"}, {"aac", "mp3", "opus", "flac"}),
    "webm": ({"vp8", "vp9", "av1"}, {"vorbis", "opus"}),
}
"""What the browsers in use play, by container: kinds of pictures, kinds of sound."""
_PIXELS: Final = frozenset({"yuv420p", "yuvj420p"})
_TICK: Final = Fraction(1, 90_000)
_MOST_SIDE_PX: Final = 1920
"""A copy is not larger than this (full HD; telephones' decoders play that)."""


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
                video.codec_context.name in pictures
                and all(sound.codec_context.name in sounds for sound in container.streams.audio)
                and abs(late_s) < 1e-3
            )
    except (av.FFmpegError, OSError):
        return False


def browser_copy(source: Path, target: Path, *, fps: float | None = None) -> bool:
    """Write a copy that browsers play, unless they play the clip itself.

    The copy keeps the times of all pictures and the sound (re-encoded), is upright, and carries no
    metadata of the source: neither place nor device.

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
    import av

    _log.info("making a copy of %s that browsers play", source)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _write(source, unfinished, fps=fps)
        unfinished.replace(target)
    except (OSError, av.FFmpegError) as error:
        raise OutputError(f"{target} could not be written: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def _write(source: Path, target: Path, *, fps: float | None) -> None:
    import av

    from gaitcheck.video.reader import open_video

    with (
        open_video(source, fps=fps) as reader,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out,
    ):
        rate = Fraction(reader.info.mean_fps or 25).limit_denominator(1001)
        frames = iter(reader)
        first = next(frames, None)
        if first is None:
            return
        height, width = first.image_bgr.shape[:2]
        shrink = min(1.0, _MOST_SIDE_PX / max(width, height))
        stream: Any = out.add_stream("libx264", rate=rate)
        stream.pix_fmt = "yuv420p"
        # 4:2:0 has one colour for two pixels each way.
        stream.width, stream.height = (
            max(2, round(side * shrink / 2) * 2) for side in (width, height)
        )
        stream.codec_context.time_base = _TICK
        stream.codec_context.gop_size = 15  # so that going to a step is quick
        stream.options = {"preset": "veryfast", "crf": "20"}
        with _Sound(source, out) as sound:
            for frame in _chained(first, frames):
                picture = av.VideoFrame.from_ndarray(frame.image_bgr, format="bgr24")
                picture = picture.reformat(stream.width, stream.height, "yuv420p")
                picture.pts, picture.time_base = round(frame.time_s / _TICK), _TICK
                out.mux(stream.encode(picture))
                sound.write_until(frame.time_s)
            out.mux(stream.encode(None))
            sound.write_until(float("inf"))


def _chained(first: Frame, rest: Iterator[Frame]) -> Iterator[Frame]:
    yield first
    yield from rest


class _Sound:
    """The source's first sound track as AAC, from the time of its first picture on."""

    def __init__(self, source: Path, out: Any) -> None:
        import av

        self._out = out
        self._source: Any = None
        self._frames: Iterator[Any] = iter(())
        self._waiting: Any = None
        self._stream: Any = None
        if source.is_dir():
            return
        self._source = av.open(str(source))
        if not (self._source.streams.audio and self._source.streams.video):
            return
        track, video = self._source.streams.audio[0], self._source.streams.video[0]
        self._zero_s = float((video.start_time or 0) * (video.time_base or 0))
        rate = track.codec_context.sample_rate or 48_000
        self._stream = out.add_stream("aac", rate=rate)
        self._frames = self._decoded(track)

    def __enter__(self) -> _Sound:
        return self

    def __exit__(self, *_: object) -> None:
        if self._source is not None:
            self._source.close()

    def write_until(self, time_s: float) -> None:
        """Write the sound up to a time, all of it for infinity."""
        if self._stream is None:
            return
        for frame in self._frames:
            self._out.mux(self._stream.encode(frame))
            if frame.time is not None and frame.time > time_s:
                return
        if time_s == float("inf"):
            self._out.mux(self._stream.encode(None))

    def _decoded(self, track: Any) -> Iterator[Any]:
        import av

        resampler = av.AudioResampler(
            format="fltp", layout="stereo" if track.codec_context.channels > 1 else "mono",
            rate=self._stream.rate,
        )  # fmt: skip
        packets = self._source.demux(track)
        while True:
            try:
                packet = next(packets, None)
                decoded = [] if packet is None else packet.decode()
            except av.FFmpegError:  # a damaged piece of sound is left out
                continue
            if packet is None:
                return
            for frame in decoded:
                if frame.pts is None or frame.time < self._zero_s:
                    continue
                frame.pts -= round(self._zero_s / frame.time_base)
                yield from resampler.resample(frame)
