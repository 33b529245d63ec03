"""gaitcheck finds the independent steps in an ordinary home or CCTV video.

>>> import gaitcheck
>>> analysis = gaitcheck.analyze("clip.mp4")  # doctest: +SKIP
>>> analysis.first_independent_step  # doctest: +SKIP
FirstStep(person=1, time_s=3.24, sequence=1)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gaitcheck.analysis import analyze, load, track
    from gaitcheck.answer import Analysis
    from gaitcheck.errors import (
        CancelledError,
        GaitcheckError,
        LabelsError,
        ModelError,
        ModelMissingError,
        OutputError,
        PoseError,
        SettingsError,
        TrackError,
        VideoError,
    )
    from gaitcheck.exchange.keypoints import track_from_points
    from gaitcheck.exchange.movement import tracks_from_movement, tracks_to_movement
    from gaitcheck.exchange.tables import tracks_from_pandas, tracks_to_pandas
    from gaitcheck.footage.watch import Progress
    from gaitcheck.gait.events import (
        Evidence,
        FirstStep,
        PostureEvent,
        PostureSpan,
        Rejection,
        Step,
        StepSequence,
    )
    from gaitcheck.gait.quality import BadlySeen, TrackQuality, track_quality
    from gaitcheck.gait.sequences import find_sequences
    from gaitcheck.gait.steps import find_steps
    from gaitcheck.gait.support import judge_support
    from gaitcheck.gait.walk import GaitFindings, analyze_tracks
    from gaitcheck.people.storage import load_tracks, save_tracks
    from gaitcheck.people.track import Track
    from gaitcheck.settings import GaitSettings, PeopleSettings, Settings

__version__ = "0.1.0"

_HOME: Final = {
    "analyze": "analysis",
    "Analysis": "analysis",
    "Progress": "analysis",
    "load": "analysis",
    "track": "analysis",
    "BadlySeen": "gait.quality",
    "TrackQuality": "gait.quality",
    "track_quality": "gait.quality",
    "Evidence": "gait.events",
    "FirstStep": "gait.events",
    "PostureEvent": "gait.events",
    "PostureSpan": "gait.events",
    "Rejection": "gait.events",
    "Step": "gait.events",
    "StepSequence": "gait.events",
    "find_sequences": "gait.sequences",
    "find_steps": "gait.steps",
    "judge_support": "gait.support",
    "GaitFindings": "gait.walk",
    "analyze_tracks": "gait.walk",
    "tracks_from_movement": "exchange.movement",
    "tracks_from_pandas": "exchange.tables",
    "tracks_to_movement": "exchange.movement",
    "tracks_to_pandas": "exchange.tables",
    "track_from_points": "exchange.keypoints",
    "load_tracks": "people.storage",
    "save_tracks": "people.storage",
    "Track": "people.track",
    "GaitSettings": "settings",
    "PeopleSettings": "settings",
    "Settings": "settings",
    "CancelledError": "errors",
    "GaitcheckError": "errors",
    "LabelsError": "errors",
    "MissingPackageError": "errors",
    "ModelError": "errors",
    "ModelMissingError": "errors",
    "OutputError": "errors",
    "PoseError": "errors",
    "SettingsError": "errors",
    "TrackError": "errors",
    "VideoError": "errors",
}
"""Public name -> module that holds it; loaded when first asked for, so that import stays quick."""

__all__ = [
    "Analysis",
    "BadlySeen",
    "CancelledError",
    "Evidence",
    "FirstStep",
    "GaitFindings",
    "GaitSettings",
    "GaitcheckError",
    "LabelsError",
    "MissingPackageError",
    "ModelError",
    "ModelMissingError",
    "OutputError",
    "PeopleSettings",
    "PoseError",
    "PostureEvent",
    "PostureSpan",
    "Progress",
    "Rejection",
    "Settings",
    "SettingsError",
    "Step",
    "StepSequence",
    "Track",
    "TrackError",
    "TrackQuality",
    "VideoError",
    "analyze",
    "analyze_tracks",
    "find_sequences",
    "find_steps",
    "judge_support",
    "load",
    "load_tracks",
    "save_tracks",
    "track",
    "track_from_points",
    "track_quality",
    "tracks_from_movement",
    "tracks_from_pandas",
    "tracks_to_movement",
    "tracks_to_pandas",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
