"""`python -m benchmarks.accuracy.people`: is everybody one track from entry to exit, and where?

Every true person of a clip is compared, frame by frame where they are in sight, with the boxes and
poses found. Printed for each person: the share of frames covered by one track and by any, how late
they were found, and how far hips, knees, ankles, heels and toes are off, in percent of the height
in the picture (legs exchanged or not, whichever is nearer: exchanges are mended later). For each
clip: IDF1 (Ristani et al. 2016, doi:10.1007/978-3-319-48881-3_2) and, where two or more are in
sight, the share of frames in which each has a track of their own.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.accuracy import coverage
from benchmarks.accuracy.joints_off import NO_JOINTS, JointScore, mended, rows_at, score_joints
from benchmarks.accuracy.tracks import followed
from benchmarks.studio.joints import SEEN, Joints, load_joints
from gaitcheck.people.track import Track
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.matching import boxes_at, iou
from gaitcheck.scoring.truth import TrueClip, TruePerson, read_folder

HERE = Path(__file__).parent.parent
FOLDERS = (HERE / "clips", HERE.parent / "sample_videos", HERE.parent.parent / "shared" / "clips")
MIN_IOU = 0.5
"""Overlap from which a found box is the true one: the customary value for IDF1."""
QUALITIES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.01)
"""Bins of the quality of a frame."""
IN_SIGHT = 1 / 3
"""Share of a person's landmarks that must be in sight for a frame to count."""


@dataclass(frozen=True)
class PersonScore:
    """How well one true person was followed.

    ``frames`` is how many count; ``by_one`` of them are covered by the track that covers most,
    ``by_any`` by some track; ``late_s`` after coming in sight (NaN: never found).
    """

    name: str
    frames: int
    by_one: int
    by_any: int
    n_tracks: int
    late_s: float
    joints: JointScore


@dataclass(frozen=True)
class ClipPeople:
    """How well everybody in one clip was followed; `pair_frames` is None where one is alone."""

    name: str
    people: tuple[PersonScore, ...]
    id_true_positives: int
    n_true: int
    n_found: int
    together: int
    """Frames in which two or more are in sight."""
    apart: int
    """Those of them in which each has a track of their own."""
    whole: bool
    """Whether everybody is labelled, so that what else is found is false."""

    @property
    def idf1(self) -> float:
        """2 IDTP / (true + found), NaN without either."""
        total = self.n_true + self.n_found
        return 2 * self.id_true_positives / total if total else float("nan")


def score_people(clip: TrueClip, tracks: tuple[Track, ...], joints: Joints | None) -> ClipPeople:
    """Compare the tracks of a clip with its truth.

    Parameters
    ----------
    clip : TrueClip
        Labels; only times with a box or, where joints are known, all frames are looked at.
    tracks : tuple of Track
        What was found.
    joints : Joints, optional
        Where every joint is, of rendered clips.
    """
    times = _times(clip, joints)
    n, n_people, n_tracks = len(times), len(clip.people), len(tracks)
    true_boxes = np.full((n, n_people, 4), np.nan)
    counts = np.zeros((n, n_people), dtype=bool)
    for p, person in enumerate(clip.people):
        known = (times >= person.boxes[0, 0] - 1e-6) & (times <= person.boxes[-1, 0] + 1e-6)
        true_boxes[known, p] = boxes_at(person.boxes, times[known])
        counts[:, p] = known & _in_sight(person, times, joints)
    found_boxes = np.stack([_found_boxes(t, times) for t in tracks], 1) if tracks else None
    overlaps = np.zeros((n, n_people, n_tracks))
    for p in range(n_people):
        for k in range(n_tracks):
            assert found_boxes is not None
            overlaps[:, p, k] = np.nan_to_num(iou(true_boxes[:, p], found_boxes[:, k]))
    hits = _one_to_one(overlaps)
    ignored = (hits & ~counts[:, :, None]).any(axis=1)
    present = np.zeros((n, 0), bool)
    if found_boxes is not None:
        present = np.isfinite(found_boxes[..., 0]) & ~ignored
    hits &= counts[:, :, None]
    together = counts.sum(axis=1) >= 2
    after = mended(tracks)
    return ClipPeople(
        name=clip.name,
        people=tuple(
            _person_score(
                person,
                times=times,
                counts=counts[:, p],
                hits=hits[:, p],
                joints=NO_JOINTS
                if joints is None
                else score_joints(
                    joints, joints.people.index(person.name), hits[:, p], tracks, after
                ),
            )
            for p, person in enumerate(clip.people)
        ),
        id_true_positives=id_true_positives(hits),
        n_true=int(counts.sum()),
        n_found=int(present.sum()),
        together=int(together.sum()),
        apart=int((together & (hits.any(axis=2) | ~counts).all(axis=1)).sum()),
        whole=clip.all_people,
    )


def id_true_positives(hits: np.ndarray) -> int:
    """Frames that agree when each true person is given one track and each track one person.

    Parameters
    ----------
    hits : ndarray of bool, shape (n_frames, n_people, n_tracks)
        Whether the track lies on the person.
    """
    agree = hits.sum(axis=0)
    rows, columns = linear_sum_assignment(agree, maximize=True)
    return int(agree[rows, columns].sum())


def _one_to_one(overlaps: np.ndarray) -> np.ndarray:
    hits = np.zeros(overlaps.shape, dtype=bool)
    for i, frame in enumerate(overlaps):
        rows, columns = linear_sum_assignment(np.where(frame >= MIN_IOU, frame, 0), maximize=True)
        hits[i, rows, columns] = frame[rows, columns] >= MIN_IOU
    return hits


def _times(clip: TrueClip, joints: Joints | None) -> np.ndarray:
    if joints is not None:
        return joints.time_s
    return np.unique(np.concatenate([person.boxes[:, 0] for person in clip.people]))


def _in_sight(person: TruePerson, times: np.ndarray, joints: Joints | None) -> np.ndarray:
    if joints is None:
        return np.isclose(times[:, None], person.boxes[None, :, 0], atol=1e-6).any(axis=1)
    return (joints.seen[:, joints.people.index(person.name)] == SEEN).mean(axis=1) >= IN_SIGHT


def _found_boxes(track: Track, times: np.ndarray) -> np.ndarray:
    rows = rows_at(track, times)
    return np.where((rows >= 0)[:, None], track.boxes_px[rows], np.nan).astype(float)


def _person_score(
    person: TruePerson,
    *,
    times: np.ndarray,
    counts: np.ndarray,
    hits: np.ndarray,
    joints: JointScore,
) -> PersonScore:
    of_each = hits.sum(axis=0)
    found = np.flatnonzero(hits.any(axis=1))
    return PersonScore(
        name=person.name,
        frames=int(counts.sum()),
        by_one=int(of_each.max(initial=0)),
        by_any=len(found),
        n_tracks=int((of_each > 0).sum()),
        late_s=float(times[found[0]] - times[np.argmax(counts)]) if len(found) else float("nan"),
        joints=joints,
    )


def score_clip(clip: TrueClip, *, model: Path) -> ClipPeople:
    """Follow everybody in a clip (or take the cached tracks) and compare."""
    path = clip.path.with_suffix(".joints.npz")
    return score_people(
        clip, followed(clip.path, model), load_joints(path) if path.exists() else None
    )


def as_text(scores: list[ClipPeople]) -> str:
    """One line a person, then the sums."""
    lines = [
        f"{'clip':22}{'person':12}{'frames':>7}{'by one %':>9}{'by any %':>9}{'tracks':>7}"
        f"{'late s':>7}{'error %':>8}{'p95 %':>7}{'IDF1':>7}{'apart %':>8}"
    ]
    for score in scores:
        for k, p in enumerate(score.people):
            idf1 = f"{score.idf1:7.3f}" if k == 0 and score.whole else " " * 7
            pair = _pct(score.apart, score.together) if k == 0 and score.together else ""
            mean, high = _summary(p.joints.errors_pct)
            lines.append(
                f"{score.name[:21]:22}{p.name[:11]:12}{p.frames:7}{_pct(p.by_one, p.frames):>9}"
                f"{_pct(p.by_any, p.frames):>9}{p.n_tracks:7}{p.late_s:7.2f}{mean:>8}{high:>7}"
                f"{idf1}{pair:>8}"
            )
    return "\n".join([*lines, _sums(scores), *_by_quality(scores)])


def _sums(scores: list[ClipPeople]) -> str:
    people = [p for s in scores for p in s.people]
    frames = sum(p.frames for p in people)
    whole = [s for s in scores if s.whole]
    n_boxes = sum(s.n_true + s.n_found for s in whole)
    idf1 = 2 * sum(s.id_true_positives for s in whole) / max(n_boxes, 1)
    mean, high = _summary(np.concatenate([p.joints.errors_pct for p in people]))
    small, small_high = _summary(np.concatenate([p.joints.small_errors_pct for p in people]))
    sided = sum(p.joints.sided for p in people)
    before = _pct(sum(p.joints.right_before for p in people), sided)
    after = _pct(sum(p.joints.right_after for p in people), sided)
    late = [p.late_s for p in people if np.isfinite(p.late_s)]
    together = sum(s.together for s in scores)
    return (
        f"all: {len(people)} people, {frames} frames; "
        f"by one {_pct(sum(p.by_one for p in people), frames)}%, "
        f"by any {_pct(sum(p.by_any for p in people), frames)}%; "
        f"late {np.mean(late):.2f} s in the mean, never found {len(people) - len(late)}; "
        f"error {mean}% (p95 {high}%), of people 60 to 120 px tall {small}% (p95 {small_high}%); "
        f"left is left in {before}% of {sided} frames, after exchanges are undone {after}%; "
        f"IDF1 {idf1:.3f}; each with a track of their own in "
        f"{_pct(sum(s.apart for s in scores), together)}% of {together} frames with two or more"
    )


def _by_quality(scores: list[ClipPeople]) -> list[str]:
    """Say how far joints are off in frames of each quality, as gaitcheck scores it."""
    joints = [p.joints for s in scores for p in s.people]
    errors = np.concatenate([j.errors_pct for j in joints])
    quality = np.concatenate([j.quality for j in joints])
    lines = ["joints off by the quality told of the frame:"]
    for low, high in pairwise(QUALITIES):
        inside = (quality >= low) & (quality < high)
        mean, p95 = _summary(errors[inside])
        lines.append(
            f"  {low:.2f} to {min(high, 1):.2f}: {inside.sum():6} frames, {mean}% (p95 {p95}%)"
        )
    return lines


def _pct(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _summary(errors_pct: np.ndarray) -> tuple[str, str]:
    if not len(errors_pct):
        return "-", "-"
    return f"{errors_pct.mean():.2f}", f"{np.percentile(errors_pct, 95):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.people", description=__doc__
    )
    parser.add_argument("folders", nargs="*", type=Path, help="default: all labelled clips")
    parser.add_argument("--only", help="clips whose name holds one of these texts, by commas")
    parser.add_argument("--split", choices=("tune", "report", "real"), default="tune")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else [""]
    clips = [
        clip
        for folder in options.folders or FOLDERS
        for clip in read_folder(folder)
        if clip.split == options.split and any(text in clip.name for text in wanted)
    ]
    if not clips:
        parser.error("no such labelled clips")
    work = partial(score_clip, model=find_model(announce=print).path)
    with ProcessPoolExecutor(options.workers) as pool:
        print(as_text(list(pool.map(work, clips))))
    by_eye = [clip for clip in clips if not clip.path.with_suffix(".joints.npz").exists()]
    if by_eye:
        print("\nLabelled by eye: how long, and for which share of it one track has them")
    for clip in by_eye:
        tracks = followed(clip.path, find_model().path)
        print(coverage.as_text(clip.name, coverage.coverage(clip, tracks)))


if __name__ == "__main__":
    main()
