"""Clips come in; for every true step, what the rules decided and what the learned judge may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.accuracy.tracks import followed
from gaitcheck.analysis import people_of
from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.events import Step
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.support import support_evidence
from gaitcheck.scoring.matching import match_events, match_people
from gaitcheck.scoring.truth import TrueClip, read_folder

HERE = Path(__file__).parent
TUNE = (HERE.parent / "clips", HERE.parent.parent / "sample_videos")
WITHIN_S = 0.2
"""A found step this near a true one is that step."""


@dataclass(frozen=True)
class TrueStep:
    """One true step, and where its answer is: `walker` of the clip, `step` of that walker."""

    support: str
    person: str
    time_s: float
    walker: int | None = None
    step: int | None = None


@dataclass(frozen=True)
class ClipEvidence:
    """What one clip shows, before the learned judge."""

    name: str
    kind: str
    """Scenes of one kind of holding, or of its absence, share it."""
    split: str
    walkers: tuple[tuple[tuple[Step, ...], tuple[StepSupport, ...]], ...]
    true: tuple[TrueStep, ...]


def clips_of(folders: Iterable[Path], *, split: str) -> list[TrueClip]:
    """Labelled clips of one split: the rows of another are never read."""
    return [clip for folder in folders for clip in read_folder(folder) if clip.split == split]


def evidence_of(clip: TrueClip, model: Path) -> ClipEvidence:
    """Follow everybody of a clip, find the steps, look at each for what holds."""
    tracks = followed(clip.path, model)
    found = [find_steps(track) for track in tracks]
    walkers = []
    for i, one in enumerate(found):
        others = [other.repaired for k, other in enumerate(found) if k != i]
        walkers.append((one.steps, support_evidence(one.repaired, one.steps, others=others)))
    boxes = {p.id: np.array(p.boxes, dtype=float).reshape(-1, 5) for p in people_of(tracks)}
    owner = match_people(boxes, clip.people)
    true: list[TrueStep] = []
    for index, person in enumerate(clip.people):
        mine = [i for i, one in enumerate(found) if owner.get(one.repaired.person) == index]
        steps = [(i, k, s.contact_s) for i in mine for k, s in enumerate(found[i].steps)]
        steps.sort(key=lambda s: s[2])
        contacts = [c for c in person.contacts if person.scorable(c.time_s)]
        pairs = match_events([s[2] for s in steps], [c.time_s for c in contacts], WITHIN_S)
        answer = {j: steps[i][:2] for i, j in pairs}
        for j, contact in enumerate(contacts):
            support = person.support_at(contact.time_s - 1e-3)
            if support is not None and support != "unknown":
                where = answer.get(j, (None, None))
                true.append(TrueStep(support, person.name, contact.time_s, *where))
    return ClipEvidence(clip.name, _kind(clip), clip.split, tuple(walkers), tuple(true))


def evidence_of_all(
    clips: Sequence[TrueClip],
    model: Path,
    *,
    workers: int,
    within: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> list[ClipEvidence]:
    """Evidence of each clip, looked at in processes, each ``within`` a context of its own."""
    look = partial(_look_within, model=model, within=within)
    if workers == 1:
        return [look(clip) for clip in clips]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(look, clips))


def _look_within(
    clip: TrueClip, *, model: Path, within: Callable[[], AbstractContextManager[object]]
) -> ClipEvidence:
    with within():
        return evidence_of(clip, model)


def _kind(clip: TrueClip) -> str:
    """Name the family of a drawn scene, or the clip itself where it is one of its kind."""
    return clip.name.split("-")[0]
