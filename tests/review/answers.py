"""A saved answer with its video, to review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gaitcheck.output.document import to_json
from gaitcheck.people.storage import save_tracks
from gaitcheck.video.frame import VideoInfo
from tests.clips import HEIGHT_PX, WIDTH_PX, even_times_s, write_clip
from tests.output.examples import PERSON, analysis_of, walk
from tests.output.page.pages import track_of

N, FPS = 150, 30.0
BOXES = {
    person: tuple((i / 5, x + i, 20.0, x + i + 50, 60.0) for i in range(25))
    for person, x in ((1, 10.0), (2, 70.0))
}


def answer() -> Any:
    """Four free steps of person 1 at 1.23, 1.73, 2.23, 2.73 s, then two held ones of person 2."""
    people = tuple(replace(PERSON, id=i, end_s=5.0, boxes=boxes) for i, boxes in BOXES.items())
    made = analysis_of(
        walk("none"), walk("person", n_steps=2, first=4, person=2, sequence=2), people=people
    )
    return replace(
        made,
        video=VideoInfo("clip.mp4", WIDTH_PX, HEIGHT_PX, N, N / FPS, FPS),
        tracks=(track_of(n=N, fps=FPS), track_of(person=2, n=N, fps=FPS)),
    )


def saved(folder: Path) -> Path:
    """Write the video, its answer and its tracks; give the answer's path."""
    write_clip(folder / "clip.mp4", even_times_s(N, fps=FPS))
    save_tracks(folder / "clip.tracks.npz", answer().tracks)
    path = folder / "clip.analysis.json"
    path.write_bytes(to_json(answer().to_dict()))
    return path
