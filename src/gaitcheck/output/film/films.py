"""One pass over the video writes every film that is wanted of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from gaitcheck.errors import CancelledError, OutputError
from gaitcheck.output.film.canvas import Image
from gaitcheck.output.film.drawing import Drawing
from gaitcheck.output.film.encoder import FINE, Quality
from gaitcheck.output.film.piece import WHOLE, Piece, begun_at
from gaitcheck.output.film.writer import FilmWriter

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis
    from gaitcheck.footage.watch import Progress
    from gaitcheck.video.frame import Frame, VideoInfo

_JPEG_QUALITY: Final = 93


class Cover(Protocol):
    """Takes from pictures what nobody may recognise."""

    def hide(self, image_bgr: Image, time_s: float) -> Image:
        """Give a picture in which it is gone; the one given stays as it is."""
        ...


@dataclass(frozen=True)
class Film:
    """A video to write.

    Parameters
    ----------
    target : Path
        Its file, with the ending ``.mp4``.
    pieces : sequence of Piece
        What it shows, in the order of the source.
    drawn : bool
        With skeletons, feet, support, counter and time line.
    most_side_px : int, optional
        No side of the video's pictures is larger.
    quality : Quality
        How carefully it is written.
    """

    target: Path
    pieces: Sequence[Piece] = WHOLE
    drawn: bool = True
    most_side_px: int | None = None
    quality: Quality = FINE


@dataclass(frozen=True)
class Still:
    """A picture to write, JPEG or PNG by its ending: the first one at a time or after it."""

    target: Path
    time_s: float
    drawn: bool = True


def make_films(
    analysis: Analysis,
    source: Path,
    films: Iterable[Film],
    *,
    stills: Iterable[Still] = (),
    cover: Cover | None = None,
    fps: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> None:
    """Read the video once and write all films and stills, each whole or not at all.

    Times of the pictures, also uneven ones, and the sound are the source's; nothing of its metadata
    (place, device, date) is kept.

    Parameters
    ----------
    analysis : Analysis
        What is drawn.
    source : Path
        The video it was made of, or folder of frames (then give ``fps``).
    films : iterable of Film
        Videos to write.
    stills : iterable of Still
        Pictures to write.
    cover : Cover, optional
        Hides people in every picture, before anything is drawn.
    fps : float, optional
        Frames a second of a folder of frames, Hz.
    progress : callable, optional
        Called with a `Progress` after every picture.
    cancel : callable, optional
        Asked before every picture; writing ends when it says True.

    Raises
    ------
    VideoError
        If the video cannot be read.
    OutputError
        If a film cannot be written.
    CancelledError
        If ``cancel`` said so.
    """
    from gaitcheck.video.prefetch import prefetch
    from gaitcheck.video.reader import open_video

    with (
        _opencv_alone(),
        open_video(source, fps=fps) as reader,
        contextlib.ExitStack() as stack,
    ):
        run = _Run(analysis, reader.info, stack=stack, source=source, cover=cover)
        run.films = [_Open(film, film.pieces) for film in films]
        run.stills = sorted(stills, key=lambda still: still.time_s)
        total = reader.info.frame_count or None
        frames = stack.enter_context(contextlib.closing(prefetch(reader)))
        for number, frame in enumerate(frames, start=1):
            if cancel is not None and cancel():
                raise CancelledError(f"writing was cancelled at {frame.time_s:.2f} s of the video")
            run.step(frame)
            if progress is not None:
                progress(_progress(number, total, frame))
        run.finish()


@contextlib.contextmanager
def _opencv_alone() -> Iterator[None]:
    """Keep OpenCV to one thread, of all the process: reader and writer have threads of their own.

    Its own wait busily for work of which there is too little in a picture: a seventh of all time.
    """
    import cv2

    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


def _progress(number: int, total: int | None, frame: Frame) -> Progress:
    from gaitcheck.footage.watch import Progress

    return Progress(number, total, frame.time_s)


@dataclass
class _Open:
    """A film, its writer while it runs, and where in its pieces it is."""

    film: Film
    pieces: Sequence[Piece]
    writer: FilmWriter | None = None
    at: int = 0

    def piece(self, time_s: float) -> Piece | None:
        """Give the piece that shows this time; None between pieces."""
        while not self.over and time_s >= self.pieces[self.at].end_s:
            self.at += 1
        if self.over or time_s < self.pieces[self.at].start_s - 1e-6:
            return None
        return self.pieces[self.at]

    @property
    def over(self) -> bool:
        return self.at == len(self.pieces)


class _Run:
    """The pass: what is open, and the picture at hand."""

    films: Sequence[_Open]
    stills: list[Still]

    def __init__(
        self,
        analysis: Analysis,
        info: VideoInfo,
        *,
        stack: contextlib.ExitStack,
        source: Path,
        cover: Cover | None,
    ) -> None:
        self._size_px = (info.width, info.height)
        self._rate_hz = info.mean_fps
        self._analysis = analysis
        self._drawings: dict[float, Drawing] = {}
        self._stack, self._source, self._cover = stack, source, cover
        self._last: Picture | None = None

    def step(self, frame: Frame) -> None:
        """Take one picture of the video."""
        picture = Picture(frame, self._cover)
        for one in self.films:
            piece = one.piece(frame.time_s)
            if piece is not None:
                if one.writer is None:
                    one.pieces = begun_at(one.pieces, frame.time_s)
                    piece, one.at = one.pieces[0], 0
                    one.writer = self._open(one)
                drawing = self._drawing(one.film.most_side_px) if one.film.drawn else None
                one.writer.write(picture.shown(drawing), piece.film_s(frame.time_s))
            elif one.over and one.writer is not None:
                one.writer.close()
                one.writer = None
        while self.stills and self.stills[0].time_s <= frame.time_s + 1e-6:
            self._still(self.stills.pop(0), picture)
        self._last = picture

    def finish(self) -> None:
        """Close what is open; a still after the end is the last picture."""
        for one in self.films:
            if one.writer is not None:
                one.writer.close()
        for still in self.stills:
            if self._last is not None:
                self._still(still, self._last)

    def _share(self, most_side_px: int | None) -> float:
        return 1.0 if most_side_px is None else min(1.0, most_side_px / max(self._size_px))

    def _drawing(self, most_side_px: int | None = None) -> Drawing:
        share = self._share(most_side_px)
        if share not in self._drawings:
            self._drawings[share] = Drawing(self._analysis, self._size_px, share=share)
        return self._drawings[share]

    def _open(self, one: _Open) -> FilmWriter:
        film = one.film
        if film.drawn:
            size_px = self._drawing(film.most_side_px).size_px
        else:
            width, height = self._size_px
            share = self._share(film.most_side_px)
            size_px = round(width * share), round(height * share)
        return self._stack.enter_context(
            FilmWriter(
                film.target,
                size_px=size_px,
                rate_hz=self._rate_hz * one.pieces[0].speed,
                sound_of=self._source,
                pieces=one.pieces,
                quality=film.quality,
            )
        )

    def _still(self, still: Still, picture: Picture) -> None:
        import cv2

        image = picture.shown(self._drawing() if still.drawn else None)
        _, data = cv2.imencode(
            still.target.suffix, image, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
        )
        try:
            still.target.write_bytes(data.tobytes())
        except OSError as error:
            raise OutputError(
                f"{still.target} could not be written: {error.strerror or error}. Free some space "
                "or choose another place"
            ) from error


class Picture:
    """One picture of the video, covered and drawn on when somebody asks for it."""

    def __init__(self, frame: Frame, cover: Cover | None) -> None:
        self._frame, self._cover = frame, cover
        self._covered: Image | None = None
        self._drawn: dict[Drawing, Image] = {}

    def shown(self, drawing: Drawing | None) -> Image:
        """Give the picture as it may be shown, with everything drawn in or nothing."""
        if self._covered is None:
            image, time_s = self._frame.image_bgr, self._frame.time_s
            self._covered = image if self._cover is None else self._cover.hide(image, time_s)
        if drawing is None:
            return self._covered
        if drawing not in self._drawn:
            self._drawn[drawing] = drawing.draw(self._covered, self._frame.time_s)
        return self._drawn[drawing]
