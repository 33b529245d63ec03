"""The source's sound for a film: its packets as they are where MP4 takes them, else as AAC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from typing import Any, Final

from gaitcheck.output.film.piece import WHOLE, Piece

COPIED: Final = frozenset({"aac", "mp3", "opus", "flac"})
"""Kinds of sound that MP4 takes and browsers play in it."""
_EARLIER_S: Final = 2.0
"""A film that begins late is read from so long before, s: more than two key frames are apart."""

_PRIMING: Final = 2112
"""Decoders of AAC need so many samples before the first that is heard."""


class Sound:
    """The first sound track of a video, cut like the film's pictures.

    Time 0 is the first picture. A film that is slowed has no sound.

    Parameters
    ----------
    source : Path or None
        Video, or a folder of frames, which has no sound, as has nothing.
    out : av.container.OutputContainer
        Where the stream is added, at once.
    pieces : sequence of Piece
        In the order of the source.
    """

    def __init__(self, source: Path | None, out: Any, *, pieces: Sequence[Piece] = WHOLE) -> None:
        import av

        self._out = out
        self._pieces = pieces
        self._source: Any = None
        self._ready: Iterator[tuple[float, Any]] = iter(())
        self._waiting: tuple[float, Any] | None = None
        self._stream: Any = None
        self._last: int | None = None
        if source is None or source.is_dir() or any(piece.speed != 1.0 for piece in pieces):
            return
        try:
            self._source = av.open(str(source))
        except av.FFmpegError:  # pictures that PyAV cannot read have no sound either
            return
        streams = self._source.streams
        if streams.audio and streams.video and streams.audio[0].codec_context is not None:
            self._add(streams.audio[0], streams.video[0])

    def __enter__(self) -> Sound:
        return self

    def __exit__(self, *_: object) -> None:
        if self._source is not None:
            self._source.close()

    def write_until(self, film_s: float) -> None:
        """Write the sound up to a time of the film, all of it for infinity."""
        if self._stream is None:
            return
        waiting = self._waiting or next(self._ready, None)
        while waiting is not None and waiting[0] <= film_s:
            self._out.mux(waiting[1])
            waiting = next(self._ready, None)
        self._waiting = waiting

    def _add(self, track: Any, video: Any) -> None:
        self._zero_s = float((video.start_time or 0) * (video.time_base or 0))
        begin_s = self._pieces[0].start_s + self._zero_s - _EARLIER_S
        if begin_s > 0:
            self._source.seek(int(begin_s * 1e6))
        if kind_of(track) in COPIED:
            self._stream = self._out.add_stream_from_template(track)
            self._ready = self._copied(track)
        else:
            rate = track.codec_context.sample_rate or 48_000
            self._stream = self._out.add_stream("aac", rate=rate)
            self._ready = self._encoded(track)
        # Language and makers' names stay behind.
        self._stream.metadata.clear()

    def _copied(self, track: Any) -> Iterator[tuple[float, Any]]:
        before_s = _PRIMING / (track.codec_context.sample_rate or 48_000)
        for packet in self._packets(track):
            if packet.dts is None or packet.pts is None:
                continue
            start_s = float(packet.pts * packet.time_base) - self._zero_s
            long_s = float((packet.duration or 0) * packet.time_base)
            piece = self._piece(start_s, long_s, before_s=before_s if self._last is None else 0.0)
            if piece is None:
                continue
            shift = round((piece.film_s(0.0) - self._zero_s) / packet.time_base)
            packet.pts += shift
            packet.dts += shift
            if self._last is not None and packet.dts <= self._last:
                continue  # two pieces meet in the middle of a packet
            self._last = packet.dts
            packet.stream = self._stream
            yield piece.film_s(start_s), packet

    def _encoded(self, track: Any) -> Iterator[tuple[float, Any]]:
        film_s = 0.0
        for at_s, frame in self._frames(track):
            film_s = at_s
            for packet in self._stream.encode(frame):
                yield film_s, packet
        for packet in self._stream.encode(None):
            yield film_s, packet

    def _frames(self, track: Any) -> Iterator[tuple[float, Any]]:
        import av

        resampler = av.AudioResampler(
            format="fltp",
            layout="stereo" if track.codec_context.channels > 1 else "mono",
            rate=self._stream.rate,
        )
        for packet in self._packets(track):
            try:
                decoded = packet.decode()
            except av.FFmpegError:  # a damaged piece of sound is left out
                continue
            for frame in decoded:
                if frame.pts is None or frame.time_base is None:
                    continue
                start_s = frame.time - self._zero_s
                piece = self._piece(start_s, frame.samples / frame.sample_rate)
                if piece is None:
                    continue
                frame.pts += round((piece.film_s(0.0) - self._zero_s) / frame.time_base)
                if self._last is not None and frame.pts <= self._last:
                    continue
                self._last = frame.pts
                for even in resampler.resample(frame):
                    yield piece.film_s(start_s), even

    def _packets(self, track: Any) -> Iterator[Any]:
        import av

        packets = self._source.demux(track)
        last_s = self._pieces[-1].end_s + self._zero_s
        while True:
            try:
                packet = next(packets, None)
            except av.FFmpegError:
                continue
            if packet is None:
                return
            if last_s < inf and packet.pts is not None and packet.pts * packet.time_base > last_s:
                return
            yield packet

    def _piece(self, start_s: float, long_s: float, *, before_s: float = 0.0) -> Piece | None:
        """Give the piece in which a bit of sound lies for the most part, or a little before."""
        middle_s = start_s + long_s / 2
        for piece in self._pieces:
            if piece.start_s - before_s <= middle_s < piece.end_s:
                return piece
        return None


def kind_of(stream: Any) -> str:
    """Give the kind of a stream, whichever decoder reads it: ``mp3`` for FFmpeg's mp3float too."""
    return str(stream.codec_context.codec.canonical_name)
