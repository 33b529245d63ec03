"""gaitcheck's answer for a clip in the JSON contract, from cached pose tracks."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.tracks import followed
from gaitcheck.analysis import people_of
from gaitcheck.answer import Analysis, ModelInfo
from gaitcheck.gait.walk import analyze_tracks
from gaitcheck.people.track import Track
from gaitcheck.settings import Settings
from gaitcheck.video.frame import VideoInfo


def gaitcheck_answer(video: Path, model: Path) -> dict:
    """Follow people (or take the cached tracks) and run the gait stage on them."""
    return answer_of(followed(video, model), video)


def answer_of(tracks: tuple[Track, ...], video: Path) -> dict:
    """Run the gait stage on tracks."""
    settings = Settings()
    gait = analyze_tracks(tracks, settings=settings.gait)
    return Analysis(
        video=VideoInfo(str(video), 0, 0, 0, 0.0, 0.0),
        model=ModelInfo("cached", ""),
        settings=settings,
        people=people_of(tracks),
        steps=gait.steps,
        sequences=gait.sequences,
        postures=gait.postures,
        rejected=gait.rejected,
        first_independent_step=gait.first_independent,
        warnings=gait.warnings,
        events=gait.events,
        badly_seen=gait.badly_seen,
    ).to_dict()
