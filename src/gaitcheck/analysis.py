"""`analyze`, the one place where the stages meet."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from gaitcheck.answer import Analysis, ModelInfo, Person
from gaitcheck.footage.watch import Progress, Watch
from gaitcheck.settings import Settings

if TYPE_CHECKING:
    from gaitcheck.cache.store import TrackCache
    from gaitcheck.people.stature import Stature
    from gaitcheck.people.track import Track

_log = logging.getLogger(__name__)

_DEFAULTS: Final = Settings()
_BOX_EVERY_S: Final = 0.2
"""An analysis keeps about five boxes a second of each person (design)."""


def analyze(
    source: str | os.PathLike[str],
    *,
    settings: Settings = _DEFAULTS,
    model: str | os.PathLike[str] | None = None,
    fps: float | None = None,
    exhaustive: bool = False,
    workers: int | None = None,
    cache: bool | str | os.PathLike[str] = False,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Analysis:
    """Find the steps in a video, who took them, and which of them nobody and nothing held.

    Parameters
    ----------
    source : str or path
        Video file, or a folder of frames (then give ``fps``).
    settings : Settings
        Settings of all stages.
    model : str or path, optional
        Pose model to use; by default the one of this machine, fetched on first use.
    fps : float, optional
        Frames a second of a folder of frames, Hz; a video file has timestamps of its own.
    exhaustive : bool
        Videos of a minute and more are scanned first, and only the parts in which something moves
        are followed at full frame rate, long ones in stretches side by side. True: all of it is
        followed in one go.
    workers : int, optional
        Processes, or threads, that share the work; as many as there are cores by default. The
        result does not depend on it.
    cache : bool or path
        Whether the tracks of people, joint positions without any picture, are kept in a folder of
        this user (True) or one of your own, and taken from there: then the same video with other
        gait settings takes a moment, and what was interrupted goes on. A library writes nothing
        unasked, so it is off by default; the command has it on.
    progress : callable, optional
        Called with a `Progress` after every frame looked at or a few, in the caller's thread.
    cancel : callable, optional
        Asked before every frame or several times a second; the analysis ends when it says True.
        The ``is_set`` of a `threading.Event` serves.

    Returns
    -------
    Analysis

    Raises
    ------
    VideoError
        If the video cannot be read.
    ModelError
        If there is no usable pose model.
    PoseError
        If the pose estimator cannot be started.
    CancelledError
        If ``cancel`` said so.
    """
    # Late, so that `import gaitcheck` loads neither OpenCV nor MediaPipe nor SciPy.
    from gaitcheck.footage.follow import follow
    from gaitcheck.gait.walk import analyze_tracks

    followed = follow(
        source, settings=settings, model=model, fps=fps, exhaustive=exhaustive, workers=workers,
        cache=_cache(cache), watch=Watch(progress=progress, cancel=cancel),
    )  # fmt: skip
    gait = analyze_tracks(followed.tracks, settings=settings.gait)
    return Analysis(
        video=followed.video,
        model=ModelInfo(name=followed.model.name, sha256=followed.model.sha256),
        settings=settings,
        people=people_of(followed.tracks),
        steps=gait.steps,
        sequences=gait.sequences,
        postures=gait.postures,
        rejected=gait.rejected,
        first_independent_step=gait.first_independent,
        warnings=(*followed.warnings, *gait.warnings),
        reasons=gait.reasons,
        events=gait.events,
        badly_seen=gait.badly_seen,
        tracks=followed.tracks,
    )


def track(
    source: str | os.PathLike[str],
    *,
    settings: Settings = _DEFAULTS,
    model: str | os.PathLike[str] | None = None,
    fps: float | None = None,
    exhaustive: bool = False,
    workers: int | None = None,
    cache: bool | str | os.PathLike[str] = False,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> tuple[Track, ...]:
    """Follow everybody in a video: the first half of `analyze`, for work of one's own.

    Parameters
    ----------
    source, settings, model, fps, exhaustive, workers, cache, progress, cancel
        As for `analyze`, which also says what is raised.

    Returns
    -------
    tuple of Track
        One for each person, by their first time; `analyze_tracks` takes them. What a user should
        know of the video is logged as warnings.

    See Also
    --------
    save_tracks, tracks_to_pandas, tracks_to_movement : take them elsewhere
    """
    from gaitcheck.footage.follow import follow

    followed = follow(
        source, settings=settings, model=model, fps=fps, exhaustive=exhaustive, workers=workers,
        cache=_cache(cache), watch=Watch(progress=progress, cancel=cancel),
    )  # fmt: skip
    for warning in followed.warnings:
        _log.warning("%s", warning)
    return followed.tracks


def _cache(cache: bool | str | os.PathLike[str]) -> TrackCache | None:
    if cache is False:
        return None
    from gaitcheck.cache.store import TrackCache, cache_location

    return TrackCache(cache_location() if cache is True else Path(cache))


def load(path: str | os.PathLike[str]) -> Analysis:
    """Read an analysis back that was saved as JSON (``gaitcheck CLIP --json FILE``).

    It has no tracks, as the JSON has none.

    Raises
    ------
    LabelsError
        If the file cannot be read or holds no whole analysis.
    """
    from gaitcheck.output.reading import analysis_of, read_document

    return analysis_of(read_document(Path(path)))


def people_of(tracks: Iterable[Track]) -> tuple[Person, ...]:
    """Sum up tracks as the people of an analysis; tracks in which nobody was seen are left out."""
    from gaitcheck.people.stature import statures  # loads OpenCV

    tracks = list(tracks)
    known = statures(tracks)
    people = (_person(track, known.get(track.person)) for track in tracks)
    return tuple(person for person in people if person is not None)


def _person(track: Track, stature: Stature | None) -> Person | None:
    """Sum up a track; None for one in which nobody was ever seen."""
    seen = np.isfinite(track.boxes_px).all(axis=1)
    if not seen.any():
        return None
    time_s, boxes_px = track.time_s[seen], track.boxes_px[seen]
    # The first box of every fifth of a second; 1e-6 s keeps 0.2 s out of the bin before it.
    bins = np.floor((time_s - time_s[0] + 1e-6) / _BOX_EVERY_S)
    kept = np.unique(bins, return_index=True)[1]
    return Person(
        id=track.person,
        start_s=float(time_s[0]),
        end_s=float(time_s[-1]),
        height_px=float(np.median(boxes_px[:, 3] - boxes_px[:, 1])),
        boxes=tuple(
            (float(t), float(x0), float(y0), float(x1), float(y1))
            for t, (x0, y0, x1, y1) in zip(time_s[kept], boxes_px[kept], strict=True)
        ),
        stature=stature,
    )
