"""From what the user names (a clip, or a saved answer) to a running review."""

from __future__ import annotations

import contextlib
import getpass
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaitcheck.errors import LabelsError, TrackError
from gaitcheck.output.files import check_targets, write_files
from gaitcheck.output.reading import analysis_of, read_document
from gaitcheck.review.session import Session

if TYPE_CHECKING:
    from gaitcheck.footage.watch import Progress
    from gaitcheck.people.track import Track
    from gaitcheck.review.server import ReviewServer


@dataclass(frozen=True)
class ReviewFiles:
    """What a review works with: the video, the machine's answer, its tracks (may be missing)."""

    clip: Path
    answer: Path

    @property
    def tracks(self) -> Path:
        """Where the tracks lie, for the skeletons."""
        stem = self.answer.name.removesuffix(".json").removesuffix(".analysis")
        return self.answer.with_name(f"{stem}.tracks.npz")


def review_files(clip: Path, *, answer: Path | None = None) -> ReviewFiles:
    """Find out what is meant.

    Parameters
    ----------
    clip : Path
        A video, a folder of frames, or a saved answer (``.json``), which names its video.
    answer : Path, optional
        The saved answer for the clip; by default ``CLIP.analysis.json`` beside it.

    Raises
    ------
    LabelsError
        If a saved answer is named that is none, or whose video cannot be found.
    """
    if clip.suffix.lower() == ".json" and answer is None:
        named = Path(str(read_document(clip)["video"]["path"]))
        for found in (named, clip.parent / named, clip.parent / named.name):
            if found.exists():
                return ReviewFiles(found, clip)
        raise LabelsError(
            f"{clip} is the answer for {named}, which cannot be found: put it beside the answer, "
            "or name it: gaitcheck review CLIP --analysis ANSWER"
        )
    if answer is not None:
        read_document(answer)
        return ReviewFiles(clip, answer)
    return ReviewFiles(clip, clip.with_name(f"{clip.stem}.analysis.json"))


def make_answer(
    files: ReviewFiles,
    *,
    model: Path | None,
    fps: float | None,
    progress: Callable[[Progress], None] | None,
) -> None:
    """Analyze the clip and save answer and tracks beside it; nothing is done if there is an answer.

    Raises
    ------
    GaitcheckError
        As `gaitcheck.analyze` and the writers do.
    """
    if files.answer.exists():
        return
    from gaitcheck.analysis import analyze
    from gaitcheck.output.document import to_json
    from gaitcheck.people.storage import save_tracks

    check_targets([files.answer, files.tracks], source=files.clip)
    analysis = analyze(files.clip, model=model, fps=fps, progress=progress)
    save_tracks(files.tracks, analysis.tracks)
    write_files({files.answer: to_json(analysis.to_dict())})


@contextlib.contextmanager
def prepared(
    files: ReviewFiles, *, by: str | None = None, fps: float | None = None, port: int = 0
) -> Iterator[ReviewServer]:
    """Give a server that is ready to run; a copy of the video for browsers lives as long.

    Raises
    ------
    GaitcheckError
        If answer, corrections, video or port cannot be used.
    """
    from gaitcheck.output.browser import browser_copy
    from gaitcheck.output.page import report_page
    from gaitcheck.review.server import ReviewServer

    session = Session(files.clip, answer=files.answer, by=by or _user())
    analysis = replace(analysis_of(session.document), tracks=_tracks(files))
    with tempfile.TemporaryDirectory(prefix="gaitcheck-review-") as folder:
        copy = Path(folder) / "copy.mp4"
        video = copy if browser_copy(files.clip, copy, fps=fps) else files.clip

        def page(state: dict[str, Any]) -> bytes:
            return report_page(analysis, video_name="clip", review=state)

        yield ReviewServer(session, page=page, video=video, port=port)


def _tracks(files: ReviewFiles) -> tuple[Track, ...]:
    """Read the tracks of this answer; boxes are drawn where there are none, or of another."""
    from gaitcheck.analysis import people_of
    from gaitcheck.people.storage import load_tracks

    if not files.tracks.exists():
        return ()
    try:
        tracks = load_tracks(files.tracks)
    except TrackError:
        return ()
    seen = {(p.id, round(p.start_s, 3), round(p.end_s, 3)) for p in people_of(tracks)}
    told = read_document(files.answer)["people"]
    same = seen == {(p["id"], round(p["start_s"], 3), round(p["end_s"], 3)) for p in told}
    return tracks if same else ()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name is set on this machine
        return "somebody"
