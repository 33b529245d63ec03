"""`python -m benchmarks.accuracy.rate`: how good the answer is with fewer pictures a second.

Of the clips to tune on the kept tracks are thinned: every frame, every second, every third. CLIPs
that are named, which need labels beside them, are followed anew at each rate of `--hz`.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

import gaitcheck
from benchmarks.accuracy import tables
from benchmarks.accuracy.answers import answer_of
from benchmarks.accuracy.contact_errors import FOLDERS
from benchmarks.accuracy.score import ClipScore, figures, score_clip
from benchmarks.accuracy.tracks import followed
from gaitcheck.people.track import Track
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import read_clip, read_folder
from gaitcheck.settings import PeopleSettings, Settings


def every(track: Track, nth: int) -> Track | None:
    """Give a track with the frames of every n-th number only; None where none is left."""
    rows = np.asarray(track.frame_index) % nth == 0
    if not rows.any():
        return None
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    at_hands = {name: scores[rows] for name, scores in track.at_hands.items()}
    return replace(track, **{n: getattr(track, n)[rows] for n in names}, **at_hands)


def of_thinned(nth: int, model: Path) -> list[ClipScore]:
    """Score the clips to tune on with every n-th frame of their tracks."""
    scores = []
    for folder in FOLDERS:
        for clip in read_folder(folder):
            if clip.split == "tune":
                left = (every(track, nth) for track in followed(clip.path, model))
                tracks = tuple(track for track in left if track is not None)
                scores.append(score_clip(clip, answer_of(tracks, clip.path)))
    return scores


def of_followed(path: Path, rate_hz: float) -> ClipScore:
    """Score a clip, of which so many pictures a second are looked at."""
    settings = Settings(people=PeopleSettings(pose_rate_hz=rate_hz))
    tracks = gaitcheck.track(path, settings=settings)
    return score_clip(read_clip(path.with_suffix(".labels.json")), answer_of(tracks, path))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.rate", description=__doc__)
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--hz", nargs="+", type=float, default=[60.0, 30.0, 20.0])
    options = parser.parse_args()
    if options.clips:
        columns = {
            f"{hz:g} Hz": figures(of_followed(clip, hz) for clip in options.clips)
            for hz in options.hz
        }
    else:
        model = find_model(announce=print).path
        columns = {f"1 of {n}": figures(of_thinned(n, model)) for n in (1, 2, 3)}
    print(tables.comparison(columns))


if __name__ == "__main__":
    main()
