"""Pictures with their times -> an MP4 file, whole or not at all."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from gaitcheck.errors import OutputError
from gaitcheck.output.film.canvas import Image, resized
from gaitcheck.output.film.encoder import Quality, configure, encoder_name
from gaitcheck.output.film.piece import WHOLE, Piece
from gaitcheck.output.film.sound import Sound

_TICK: Final = Fraction(1, 90_000)
_WAITING: Final = 4
"""Pictures that wait for the encoder; one of 4K weighs 25 MB."""
_SMPTE_170M: Final = 6
"""The colour matrix of OpenCV's conversion (ITU-R BT.601), told to players."""
_LIMITED: Final = 1


class FilmWriter:
    """A video that is being written, by a thread of its own.

    It has the times it is given, also uneven ones, and no metadata: neither place nor device. It is
    upright if the pictures are. It takes its name when it is whole.

    Parameters
    ----------
    target : Path
        File to write, with the ending ``.mp4``.
    size_px : tuple of int
        Width and height; made even. Pictures of another size are scaled.
    rate_hz : float
        About how many pictures a second; times are not made from it.
    sound_of : Path, optional
        Video whose sound goes along.
    pieces : sequence of Piece
        How that sound is cut.
    quality : Quality, optional
        How carefully pictures are written.

    Raises
    ------
    OutputError
        If the file cannot be written; by ``write`` or when it is closed.
    """

    def __init__(
        self,
        target: Path,
        *,
        size_px: tuple[int, int],
        rate_hz: float,
        sound_of: Path | None = None,
        pieces: Sequence[Piece] = WHOLE,
        quality: Quality | None = None,
    ) -> None:
        self._target = target
        self._unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        width, height = size_px
        self._size_px = (max(2, (width + 1) // 2 * 2), max(2, (height + 1) // 2 * 2))
        self._rate = Fraction(rate_hz if rate_hz > 0 else 25).limit_denominator(1001)
        self._sound_of, self._pieces = sound_of, pieces
        self._quality = quality or Quality()
        self._ready: queue.Queue[tuple[Image, float] | None] = queue.Queue(_WAITING)
        self._error: BaseException | None = None
        self._dropped = self._ended = self._done = False
        self._thread = threading.Thread(target=self._run, name="gaitcheck-film", daemon=True)
        self._thread.start()

    def __enter__(self) -> FilmWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._end(dropped=True)

    def close(self) -> None:
        """Write what is waiting and give the file its name; a second call does nothing."""
        if self._done:
            return
        try:
            self._end(dropped=False)
            self._raise()
            self._unfinished.replace(self._target)
        except OSError as problem:
            raise self._cannot(problem) from problem
        finally:
            self._unfinished.unlink(missing_ok=True)

    def _end(self, *, dropped: bool) -> None:
        if self._done:
            return
        self._done, self._dropped = True, dropped
        self._ready.put(None)
        self._thread.join()
        if dropped:
            self._unfinished.unlink(missing_ok=True)

    def write(self, image_bgr: Image, time_s: float) -> None:
        """Add a picture, which must not be changed afterwards, at a time of the film, s."""
        self._raise()
        self._ready.put((image_bgr, time_s))

    def _raise(self) -> None:
        import av

        if isinstance(self._error, (OSError, av.FFmpegError, ValueError)):
            raise self._cannot(self._error) from self._error
        if self._error is not None:
            raise self._error

    def _cannot(self, error: BaseException) -> OutputError:
        reason = getattr(error, "strerror", None) or str(error)
        return OutputError(
            f"{self._target} could not be written: {reason}. Free some space or choose another "
            "place"
        )

    def _run(self) -> None:
        try:
            self._encode()
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that writes
            self._error = error
            while not self._ended:  # nobody may wait for room
                self._next()

    def _encode(self) -> None:
        import av

        with av.open(
            str(self._unfinished), "w", format="mp4", options={"movflags": "+faststart"}
        ) as out:
            stream: Any = out.add_stream(encoder_name(), rate=self._rate)
            configure(stream, size_px=self._size_px, quality=self._quality)
            context = stream.codec_context
            context.time_base = _TICK
            context.colorspace, context.color_range = _SMPTE_170M, _LIMITED
            with Sound(self._sound_of, out, pieces=self._pieces) as sound:
                self._pictures(out, stream, sound)
                if self._dropped:
                    return
                out.mux(stream.encode(None))
                sound.write_until(float("inf"))

    def _pictures(self, out: Any, stream: Any, sound: Sound) -> None:
        """Encode each picture once its successor tells how long it is shown."""
        last_s, long_s = float("nan"), float(1 / self._rate)
        held: Any = None
        while (got := self._next()) is not None:
            image, time_s = got
            if held is not None:
                long_s = time_s - last_s
                held.duration = round(long_s / _TICK)
                out.mux(stream.encode(held))
                sound.write_until(last_s)
            held, last_s = self._picture(image), time_s
            held.pts, held.time_base = round(time_s / _TICK), _TICK
        if held is not None:
            held.duration = round(long_s / _TICK)
            out.mux(stream.encode(held))

    def _next(self) -> tuple[Image, float] | None:
        got = self._ready.get()
        self._ended = got is None
        return got

    def _picture(self, image_bgr: Image) -> Any:
        import av
        import cv2

        planes: Any = cv2.cvtColor(resized(image_bgr, self._size_px), cv2.COLOR_BGR2YUV_I420)
        # A copy costs as much as all that is drawn. Without one PyAV takes only heights that are
        # multiples of four (of others it drops rows).
        kept = self._size_px[1] % 4 == 0
        make = av.VideoFrame.from_numpy_buffer if kept else av.VideoFrame.from_ndarray
        picture = make(planes, format="yuv420p")
        picture.colorspace, picture.color_range = _SMPTE_170M, _LIMITED
        return picture
