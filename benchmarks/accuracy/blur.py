"""`python -m benchmarks.accuracy.blur`: in how many frames the heads that are to be hidden are.

Every rendered clip is blurred and written as `--blur heads` does, and read back. In the box of each
true head that is in sight the detail left is compared with the source's: variance of what is finer
than an eighth of the head, at 32 x 32 px. It is lost where a tenth of it is left at most, or so
little that compression alone makes as much. Frames in which no pose lies on the person are counted
for themselves too; `--gaps` makes more of them, by taking poses out of the tracks.
"""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from benchmarks.accuracy.__main__ import RENDERED, SAMPLES
from benchmarks.accuracy.tracks import followed
from benchmarks.studio.joints import SEEN, Joints, load_joints
from gaitcheck.analysis import people_of
from gaitcheck.answer import Analysis, ModelInfo
from gaitcheck.output.blur.settings import cover_of, parse_blur
from gaitcheck.output.film.films import Film, make_films
from gaitcheck.people.track import Track
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import TrueClip, read_folder
from gaitcheck.settings import Settings
from gaitcheck.video.frame import VideoInfo
from gaitcheck.video.reader import open_video

FACE = ("nose", "left_ear", "right_ear", "left_eye", "right_eye", "mouth_left", "mouth_right")
HEAD = (*FACE, "head_top")
TRUNK = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
SIDE_PX = 32
FINE = SIDE_PX / 8
LOST = 0.1
NOISE = 3.0
"""Variance of what compression does to a flat picture, grey levels squared."""
SMALLEST_PX = 6
"""A head lower than this has no detail to lose."""
FOLLOWED = 0.2
"""Who is found in this share of their frames counts as followed."""


@dataclass(frozen=True)
class PersonBlur:
    """What became of one true person's head."""

    clip: str
    person: str
    followed: bool
    frames: int
    lost: int
    unposed: int
    """Frames in which no pose lay on the person, and of them those in which the head was lost."""
    unposed_lost: int
    worst: float
    missed_s: tuple[float, ...]


def hidden(
    clip: TrueClip, *, model: Path, what: str, gaps_s: float
) -> tuple[list[PersonBlur], float]:
    """Blur one clip; give what became of each head, and which share of the picture was changed."""
    joints = load_joints(clip.path.with_suffix(".joints.npz"))
    if not joints.people or not len(joints.landmarks):
        return [], 0.0
    tracks = tuple(_gappy(track, gaps_s) for track in followed(clip.path, model))
    what = f"people:{','.join(str(t.person) for t in tracks)}" if what == "people" else what
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "blurred.mp4"
        analysis = _analysis(clip.path, tracks)
        # Nobody: what compression alone takes.
        cover = None if what == "nobody" else cover_of(analysis, parse_blur([what]))
        make_films(analysis, clip.path, [Film(written, drawn=False)], cover=cover)
        before, after, changed = _details(
            clip.path, written, joints, box_of=FACE if what == "faces" else HEAD
        )
    people = []
    for column, name in enumerate(joints.people):
        told = np.isfinite(before[:, column])
        if not told.any():
            continue
        left = after[told, column] / np.maximum(before[told, column], 1e-9)
        lost = (left <= LOST) | (after[told, column] <= NOISE)
        missed = tuple(np.round(joints.time_s[told][~lost], 2))
        posed = _posed(joints, column, tracks)
        people.append(
            PersonBlur(
                clip.name, name, bool(posed.mean() >= FOLLOWED), int(told.sum()), int(lost.sum()),
                int((~posed[told]).sum()), int(lost[~posed[told]].sum()),
                float(left[~lost].max(initial=0.0)), missed,
            )
        )  # fmt: skip
    return people, changed


def _analysis(clip: Path, tracks: tuple[Track, ...]) -> Analysis:
    """The tracks alone make an analysis: steps do not matter here."""
    with open_video(clip) as reader:
        found = reader.info
    video = VideoInfo(str(clip), found.width, found.height, found.frame_count, found.duration_s,
                      found.mean_fps)  # fmt: skip
    return Analysis(
        video=video, model=ModelInfo("", ""), settings=Settings(), people=people_of(tracks),
        steps=(), sequences=(), postures=(), rejected=(), first_independent_step=None,
        warnings=(), tracks=tracks,
    )  # fmt: skip


def _details(
    source: Path, written: Path, joints: Joints, *, box_of: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray, float]:
    """Detail of each head in each frame, in the source and as written; NaN where out of sight."""
    before = np.full((len(joints.time_s), len(joints.people)), np.nan)
    after = before.copy()
    columns = [joints.landmarks.index(name) for name in box_of]
    changed = []
    with open_video(source) as one, open_video(written) as other:
        for a, b in zip(one, other, strict=True):
            row = int(np.abs(joints.time_s - a.time_s).argmin())
            greys = [cv2.cvtColor(f.image_bgr, cv2.COLOR_BGR2GRAY) for f in (a, b)]
            changed.append(float((cv2.absdiff(*greys) > 12).mean()))
            for person in range(len(joints.people)):
                in_sight = joints.seen[row, person, columns] == SEEN
                if in_sight.mean() < 0.5:
                    continue
                box = _head_box(joints.xy[row, person, columns], greys[0].shape)
                if box is not None:
                    before[row, person], after[row, person] = (_detail(g, box) for g in greys)
    return before, after, float(np.mean(changed))


def _head_box(points: np.ndarray, shape: tuple[int, ...]) -> tuple[int, int, int, int] | None:
    """Box round a true head, cut at the picture's edge; None where it is too small."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = 0.05 * (high - low).max()
    x0, y0 = np.maximum(low - room, 0).astype(int)
    x1, y1 = np.minimum(np.ceil(high + room), (shape[1], shape[0])).astype(int)
    return None if min(x1 - x0, y1 - y0) < SMALLEST_PX else (x0, y0, x1, y1)


def _detail(grey: np.ndarray, box: tuple[int, int, int, int]) -> float:
    x0, y0, x1, y1 = box
    part = cv2.resize(grey[y0:y1, x0:x1].astype(np.float32), (SIDE_PX, SIDE_PX),
                      interpolation=cv2.INTER_AREA)  # fmt: skip
    return float((part - cv2.GaussianBlur(part, (0, 0), FINE)).var())


def _posed(joints: Joints, column: int, tracks: tuple[Track, ...]) -> np.ndarray:
    """In which frames some track's trunk lies on the true one."""
    true = joints.xy[:, column, [joints.landmarks.index(n) for n in TRUNK]]
    middle = true.mean(axis=1)
    long = np.linalg.norm(true[:, :2].mean(axis=1) - true[:, 2:].mean(axis=1), axis=1)
    on = np.zeros(len(middle), dtype=bool)
    for track in tracks:
        rows = np.abs(track.time_s[None] - joints.time_s[:, None]).argmin(axis=1)
        there = np.abs(track.time_s[rows] - joints.time_s) < 0.05
        found = track.points_px[rows][:, [11, 12, 23, 24]].mean(axis=1)
        on |= there & (np.linalg.norm(found - middle, axis=1) < 0.5 * np.maximum(long, 8))
    return on


def _gappy(track: Track, gaps_s: float) -> Track:
    """Take out the poses of so many seconds in every two of a track, not at its ends."""
    within = (track.time_s > track.time_s[0]) & (track.time_s < track.time_s[-1])
    gone = within & ((track.time_s - track.time_s[0] + 1.0) % 2.0 < gaps_s)
    points, boxes = track.points_px.copy(), track.boxes_px.copy()
    points[gone], boxes[gone] = np.nan, np.nan
    return replace(track, points_px=points, boxes_px=boxes)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.blur", description=__doc__)
    parser.add_argument("--only", help="clips whose name holds this text")
    parser.add_argument(
        "--what", default="heads", choices=("heads", "faces", "people", "all", "nobody")
    )
    parser.add_argument("--gaps", type=float, default=0.0, help="s of every 2 s without a pose")
    parser.add_argument("--split", default="tune", choices=("tune", "report"))
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    clips = [
        clip
        for folder in (SAMPLES, RENDERED)
        for clip in read_folder(folder)
        if clip.split == options.split and (not options.only or options.only in clip.name)
    ]
    work = partial(hidden, model=find_model(announce=print).path, what=options.what,
                   gaps_s=options.gaps)  # fmt: skip
    with ProcessPoolExecutor(options.workers) as pool:
        results = list(pool.map(work, clips))
    people = [person for found, _ in results for person in found]
    print(f"{'clip':22} {'person':12} {'followed':8} {'frames':>6} {'lost':>6}  left, when")
    for one in people:
        if one.lost < one.frames:
            when = f"{one.missed_s[0]:.2f} to {one.missed_s[-1]:.2f} s"
            print(f"{one.clip:22} {one.person:12} {'yes' if one.followed else 'no':8}"
                  f" {one.frames:6} {one.lost:6}  {one.worst:.2f}, {when}")  # fmt: skip
    samples = {clip.stem for clip in SAMPLES.glob("*.mp4")}
    for group, members in (
        ("followed, sample clips", [p for p in people if p.followed and p.clip in samples]),
        ("followed, all clips", [p for p in people if p.followed]),
        ("not followed", [p for p in people if not p.followed]),
    ):
        frames, lost = sum(m.frames for m in members), sum(m.lost for m in members)
        bare, bare_lost = sum(m.unposed for m in members), sum(m.unposed_lost for m in members)
        whole = sum(m.lost == m.frames for m in members)
        print(f"{group}: {lost} of {frames} heads in frames lost their detail; "
              f"{bare_lost} of {bare} in frames without a pose on them; "
              f"{whole} of {len(members)} people in every frame")  # fmt: skip
    changed = [share for found, share in results if found]
    print(f"share of the picture changed: {np.mean(changed):.1%}")


if __name__ == "__main__":
    main()
