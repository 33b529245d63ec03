"""`python -m benchmarks.accuracy.contact_errors`: why contacts are missed, invented or off in time.

Every missed and every invented contact gets one kind (what the rules did) and, on rendered clips,
the state of the pose around it (what the rules were given):

- *exchanged*: both feet nearer to the other leg's true places, after exchanges were undone;
- *far off*, *off*: feet away from their true places by more than 0.25, 0.12 leg lengths.

The signed errors of the contacts that were matched stand by view and gait. `--truth` takes the true
joints in the pose's place: what remains are the errors of the rules alone.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.accuracy.people import FOLDERS
from benchmarks.accuracy.tracks import followed
from benchmarks.accuracy.true_tracks import true_tracks
from benchmarks.studio.joints import Joints, load_joints
from gaitcheck.analysis import people_of
from gaitcheck.gait.events import Rejection, Step
from gaitcheck.gait.signals import body_scale_px
from gaitcheck.gait.steps import find_steps
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.matching import match_contacts, match_events, match_people
from gaitcheck.scoring.truth import Contact, TrueClip, TruePerson, read_folder

TOLERANCE_S = 0.1
LATE_S = (0.2, 0.4)
"""A found contact so near to a missed one is the same, off in time."""
BEFORE_S, AFTER_S = 0.35, 0.1
"""Around a contact the pose is judged from so long before to so long after it: over the swing."""
OFF_LEGS = (0.12, 0.25)
APART_LEGS = 0.15
"""Feet nearer together than this have no side to be told."""
SOON_S = 0.35
"""A found contact so soon after a true one of the same foot is the same step counted twice."""
POSES = ("good", "off", "far off", "exchanged", "unknown")
FOOT = ("ankle", "heel", "foot_index")
SIDES = ("left", "right")


@dataclass(frozen=True)
class Fault:
    """One contact that was missed, invented or off in time."""

    clip: str
    person: str
    time_s: float
    side: str | None
    kind: str
    pose: str


@dataclass(frozen=True)
class Matched:
    """One contact that was found: its signed error and the confidence that was stated."""

    clip: str
    error_s: float
    categories: dict[str, str]


@dataclass(frozen=True)
class Followed:
    """A track of one true person, repaired, with its steps and what was turned away."""

    track: Track
    steps: tuple[Step, ...]
    rejected: tuple[Rejection, ...]


def faults_of(
    clip: TrueClip, tracks: tuple[Track, ...], joints: Joints | None
) -> tuple[list[Fault], list[Matched]]:
    """Find the steps of all tracks and name every fault."""
    boxes = {p.id: np.array(p.boxes, float).reshape(-1, 5) for p in people_of(tracks)}
    owner = match_people(boxes, clip.people)
    found = {t.person: find_steps(t) for t in tracks}
    own: dict[int | None, list[Followed]] = defaultdict(list)
    for number, one in found.items():
        own[owner.get(number)].append(Followed(one.repaired, one.steps, one.rejected))
    faults, matched = [], []
    for index, person in enumerate(clip.people):
        wrong, right = _of_person(clip, person, own[index], joints)
        faults += wrong
        matched += right
    if clip.all_people:
        for one in own[None]:
            faults += [
                Fault(clip.name, "-", s.contact_s, s.side, "invented: nobody there", "unknown")
                for s in one.steps
            ]
    return faults, matched


def _of_person(
    clip: TrueClip, person: TruePerson, mine: list[Followed], joints: Joints | None
) -> tuple[list[Fault], list[Matched]]:
    steps = [(one, s) for one in mine for s in one.steps if person.scorable(s.contact_s)]
    true = [c for c in person.contacts if person.scorable(c.time_s)]
    met = match_contacts([Contact(s.contact_s, s.side) for _, s in steps], true, TOLERANCE_S)
    paired_found, paired_true = {i for i, _ in met.pairs}, {j for _, j in met.pairs}
    missed = [c for j, c in enumerate(true) if j not in paired_true and c.required]
    invented = [pair for i, pair in enumerate(steps) if i not in paired_found]
    late = match_events([s.contact_s for _, s in invented], [c.time_s for c in missed], LATE_S[1])
    kinds: dict[int, str] = {}
    for i, j in late:
        off_s = invented[i][1].contact_s - missed[j].time_s
        size = f"{1000 * TOLERANCE_S:.0f} to {1000 * LATE_S[0]:.0f} ms"
        if abs(off_s) > LATE_S[0]:
            size = f"{1000 * LATE_S[0]:.0f} to {1000 * LATE_S[1]:.0f} ms"
        kinds[j] = f"{size} {'late' if off_s > 0 else 'early'}"
    pose = _pose_reader(person, mine, joints)
    faults = [
        Fault(
            clip.name,
            person.name,
            c.time_s,
            c.side,
            kinds.get(j) or _why_missed(c, mine),
            pose(c.time_s),
        )
        for j, c in enumerate(missed)
    ]
    same = {i for i, _ in late}
    for i, (_, step) in enumerate(invented):
        if i not in same:
            kind = _why_invented(step, person, clip)
            faults.append(
                Fault(clip.name, person.name, step.contact_s, step.side, kind, pose(step.contact_s))
            )
    right = [
        Matched(clip.name, steps[i][1].contact_s - true[j].time_s, clip.categories)
        for i, j in met.pairs
        if true[j].required
    ]
    return faults, right


def _why_missed(contact: Contact, mine: list[Followed]) -> str:
    start, end = contact.time_s - BEFORE_S, contact.time_s + AFTER_S
    seen = 0.0
    for one in mine:
        inside = (one.track.time_s >= start) & (one.track.time_s < end)
        if inside.any():
            seen += float(one.track.seen[inside].mean())
    if seen < 0.7:
        return "missed: not followed then"
    near = [
        r.reason
        for one in mine
        for r in one.rejected
        if r.start_s - TOLERANCE_S <= contact.time_s <= r.end_s + TOLERANCE_S
    ]
    return f"missed, turned away: {near[0]}" if near else "missed: no movement found"


def _why_invented(step: Step, person: TruePerson, clip: TrueClip) -> str:
    if any(0 < step.contact_s - c.time_s < SOON_S and c.side == step.side for c in person.contacts):
        return "invented: same foot twice"
    near = [c.time_s for c in person.contacts]
    if not any(abs(t - step.contact_s) < 1.0 for t in near):
        return "invented: nobody steps"
    others = [c.time_s for p in clip.people if p is not person for c in p.contacts]
    if any(abs(t - step.contact_s) <= TOLERANCE_S for t in others):
        return "invented: with another's step"
    if near and not min(near) - 0.2 < step.contact_s < max(near) + 0.2:
        return "invented: before or after the walk"
    return "invented: between true steps"


def _pose_reader(
    person: TruePerson, mine: list[Followed], joints: Joints | None
) -> Callable[[float], str]:
    """Give a function that says how the pose was around a time."""
    if joints is None:
        return lambda _time_s: "unknown"
    column = joints.people.index(person.name)
    at = {name: i for i, name in enumerate(joints.landmarks)}
    rows = [[at[f"{side}_{part}"] for part in FOOT] for side in SIDES]
    true = joints.xy[:, column][:, rows].mean(axis=2)  # (n, 2 feet, 2)
    feet = [[INDEX[f"{side}_{part}"] for part in FOOT] for side in SIDES]

    def read(time_s: float) -> str:
        straight, crossed = [], []
        for one in mine:
            track = one.track
            inside = (track.time_s >= time_s - BEFORE_S) & (track.time_s < time_s + AFTER_S)
            inside &= track.seen
            leg = body_scale_px(track, points_px=track.points_px)
            for row in np.flatnonzero(inside):
                frame = int(np.abs(joints.time_s - track.time_s[row]).argmin())
                here = track.points_px[row][feet].mean(axis=1) / leg[row]
                there = true[frame] / leg[row]
                if np.isfinite(here).all() and np.isfinite(there).all():
                    straight.append(np.linalg.norm(here - there, axis=1).mean())
                    apart = np.linalg.norm(there[0] - there[1]) > APART_LEGS
                    other = np.linalg.norm(here - there[::-1], axis=1).mean()
                    crossed.append(other if apart else np.inf)
        if not straight:
            return "unknown"
        exchanged = np.array(crossed) < np.array(straight)
        if exchanged.mean() > 0.3:
            return "exchanged"
        off = float(np.percentile(straight, 75))
        return "far off" if off > OFF_LEGS[1] else "off" if off > OFF_LEGS[0] else "good"

    return read


def table(faults: Iterable[Fault], head: str, row: Callable[[Fault], str]) -> str:
    """Count faults by a name of each and by the state of the pose."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for fault in faults:
        counts[row(fault)][fault.pose] += 1
    lines = [f"| {head} | all | {' | '.join(POSES)} |", "|---|" + "---:|" * (len(POSES) + 1)]
    for name, count in sorted(counts.items(), key=lambda item: -item[1].total()):
        cells = " | ".join(str(count[p] or "") for p in POSES)
        lines.append(f"| {name} | {count.total()} | {cells} |")
    return "\n".join(lines)


def errors_table(matched: list[Matched]) -> str:
    """Signed errors of the contacts found, by category."""
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in matched:
        groups["all", ""].append(one.error_s)
        for name in ("camera", "gait", "age"):
            if name in one.categories:
                groups[name, one.categories[name]].append(one.error_s)
    lines = [
        "| category | value | contacts | mean, ms | median, ms | mean absolute, ms | over 50 ms |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for (name, value), errors in sorted(groups.items()):
        e = 1000 * np.array(errors)
        lines.append(
            f"| {name} | {value} | {len(e)} | {e.mean():.0f} | {np.median(e):.0f} "
            f"| {np.abs(e).mean():.0f} | {100 * (np.abs(e) > 50).mean():.0f}% |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.contact_errors", description=__doc__
    )
    parser.add_argument("folders", nargs="*", type=Path, help="default: rendered and real clips")
    parser.add_argument("--only", help="clips whose name holds this text")
    parser.add_argument("--split", choices=("tune", "report", "real"), default="tune")
    parser.add_argument("--truth", action="store_true", help="true joints in the pose's place")
    parser.add_argument("--each", action="store_true", help="name every fault")
    options = parser.parse_args()
    model = find_model(announce=print).path
    faults: list[Fault] = []
    matched: list[Matched] = []
    for folder in options.folders or FOLDERS:
        for clip in read_folder(folder):
            if (options.only and options.only not in clip.name) or clip.split != options.split:
                continue
            path = clip.path.with_suffix(".joints.npz")
            joints = load_joints(path) if path.exists() else None
            tracks = followed(clip.path, model)
            if options.truth:
                tracks = true_tracks(clip, joints, tracks) if joints else ()
            wrong, right = faults_of(clip, tracks, joints)
            faults += wrong
            matched += right
    print(table(faults, "kind", lambda f: f.kind))
    print()
    print(table(faults, "clip", lambda f: f.clip))
    print()
    print(errors_table(matched))
    if options.each:
        for f in sorted(faults, key=lambda f: (f.clip, f.person, f.time_s)):
            print(f"{f.clip} {f.person} {f.time_s:.2f} {f.side} {f.kind} ({f.pose})")


if __name__ == "__main__":
    main()
