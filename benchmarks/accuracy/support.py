"""`python -m benchmarks.accuracy.support [CLIPS ...]`: support in clear view, by kind, ablated.

Counted on the split `tune` and on folders of drawn scenes; the split `report` is never read. Every
answer is given by a judge that was fitted without that scene, but by kind by the package's own.
`--ablate` leaves out one cue after the other: a feature of the learned judge (fitted anew without
it), or a cue that decides by rule.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.accuracy.clear_view import in_clear_view, joints_of
from benchmarks.support import check
from benchmarks.support.evidence import ClipEvidence, TrueStep, clips_of, evidence_of_all
from benchmarks.support.fit import MOST_HELD, TUNE, gather
from gaitcheck.gait import decide, features, holders, never_free, spans
from gaitcheck.gait.cues import traces
from gaitcheck.gait.cues.body import BodySeries
from gaitcheck.gait.cues.traces import CueTrace, CueTraces
from gaitcheck.gait.features import OF_BODY
from gaitcheck.gait.judge import HeldJudge, learned_judge
from gaitcheck.gait.listening import Spoken, listen
from gaitcheck.gait.support import conclude
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.truth import SUPPORTED, TrueClip
from gaitcheck.settings import SupportSettings
from gaitcheck.time import Interval

STICKS, ARMS = "sticks in step", "arms as at something fixed"
"""They tell beside the judge as well: so they are left out of the evidence."""

ALL = "all walkers"

GROUPS: dict[str, tuple[str, ...]] = {
    "things at the hands": ("thing", "stands_unfree"),
    "lines along the way": ("rail_un", "at_line"),
    "elbows drawn back": ("elbow_back",),
    "hands near the hip": ("near_hip", "kept_at_hip"),
    "hands out beside the body": ("beside_unfree",),
    "hands that stay behind": ("lags", "rests", "raised_stays", "raised_alone", "fixed"),
    "hands not seen free": ("unfree", "raised_unfree"),
    "hands not seen": ("unseen", "before_unfree"),
    "one arm unlike the other": ("bent_alone", "still_alone", "guard_alone"),
    "both hands together": OF_BODY,
    STICKS: ("stick",),
    ARMS: ("at_hold",),
}
"""Features of the learned judge, by the beginning of their names."""

OF_WALKS = {
    "hands held out in standing": "times_of_hands_held_out",
    "a hand that is lost": "times_of_lost_hands",
}
"""Rules that leave part of a walk open, by what `gaitcheck.gait.spans` calls them."""


def table(title: str, rows: Sequence[tuple[str, Counter]]) -> str:
    """Rows of counts as a table."""
    lines = [
        f"| {title} | held | called free | right kind | free | called free | unknown | missed |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, n in rows:
        held, free = max(n["held"], 1), max(n["free"], 1)
        lines.append(
            f"| {name} | {n['held']} | {n['held_none']} | {n['right_kind'] / held:.1%} "
            f"| {n['free']} | {n['free_none'] / free:.1%} | {n['free_unknown'] / free:.1%} "
            f"| {n['free_missed'] / free:.1%} |"
        )
    return "\n".join(lines)


def grouped(
    evidence: Sequence[ClipEvidence],
    judges: Sequence[HeldJudge],
    names_of: Callable[[int, TrueStep], Sequence[str]],
) -> dict[str, Counter]:
    """Count answers by the groups that each true step of each clip, by its number, belongs to."""
    groups: dict[str, Counter] = {}
    for i, (one, judge) in enumerate(zip(evidence, judges, strict=True)):
        said = [conclude(steps, details, judge=judge) for steps, details in one.walkers]
        for true in one.true:
            found = true.walker is not None and true.step is not None
            answer = said[true.walker][true.step].support if found else "missed"
            group = "held" if true.support in SUPPORTED else "free"
            for name in names_of(i, true):
                n = groups.setdefault(name, Counter())
                n.update((group, f"{group}_{answer}"))
                n["right_kind"] += group == "held" and answer == true.support
    return groups


def in_view(
    clips: Sequence[TrueClip], evidence: Sequence[ClipEvidence], judges: check.Judges
) -> list[tuple[str, Counter]]:
    """Counts in clear view and not, over all and by category."""
    joints = [joints_of(clip.path) for clip in clips]

    def names_of(i: int, true: TrueStep) -> list[str]:
        drawn = joints[i]
        if drawn is None:
            return []
        if not in_clear_view(drawn, true.person, true.time_s):
            return ["not in clear view"]
        kinds = [f"clear, {kind} {value}" for kind, value in clips[i].categories.items()]
        return ["clear view", *kinds, f"clear, step held by {true.support}"]

    limited = [check.limited(judge, MOST_HELD) for judge in judges]
    groups = grouped(evidence, limited, names_of)
    order = ("clear view", "not in clear view")
    return [(k, groups[k]) for k in order if k in groups] + sorted(
        (k, n) for k, n in groups.items() if k not in order
    )


def by_kind(evidence: Sequence[ClipEvidence]) -> list[tuple[str, Counter]]:
    """Counts of walkers by kind of scene and of all who go with them, as the package judges.

    The last row is of all walkers.
    """

    def names_of(i: int, true: TrueStep) -> list[str]:
        return [evidence[i].kind, ALL] if true.person == "walker" else ["who goes along"]

    groups = grouped(evidence, [learned_judge()] * len(evidence), names_of)
    return sorted(groups.items(), key=lambda row: (row[0] == ALL, row[0]))


def reliability(evidence: Sequence[ClipEvidence], judges: check.Judges) -> str:
    """How often steps were held, by how likely the judge said so; a bar a row."""
    lines = ["| held, as stated | steps | mean stated | truly held | |", "|---|---:|---:|---:|---|"]
    rows = check.calibration(*check.logits_of(evidence, judges))
    for stated, n, mean, true in rows:
        bar = "#" * round(20 * true) or "."
        lines.append(f"| {stated} | {n} | {mean:.1%} | {true:.1%} | `{bar}` |")
    off = sum(n * abs(mean - true) for _, n, mean, true in rows) / sum(r[1] for r in rows)
    return "\n".join([*lines, f"\nExpected calibration error {off:.3f}."])


def ablations(
    clips: Sequence[TrueClip], evidence: Sequence[ClipEvidence], bundle: Path, *, workers: int
) -> list[tuple[str, Counter]]:
    """Counts with each cue left out."""
    folds = check.folds_by(evidence, lambda c: f"{c.split} {c.name}")
    rows = []
    lacking = {STICKS: partial(_lacking, traces.stick_in_step, 0.0)}
    lacking[ARMS] = partial(_lacking, traces.arm_at_hold, np.nan)
    for name, without in {"all cues": (), **GROUPS}.items():
        seen = evidence
        if name in lacking:
            seen = evidence_of_all(clips, bundle, workers=workers, within=lacking[name])
        judges = check.judges_apart(seen, folds, without=without)
        counts = check.count(seen, judges, most_held=MOST_HELD)
        rows.append((name, sum(counts.values(), Counter())))
    blind = evidence_of_all(clips, bundle, workers=workers, within=_blind)
    counts = check.count(blind, check.judges_apart(blind, folds), most_held=MOST_HELD)
    rows.append(("what is not there", sum(counts.values(), Counter())))
    judges = check.judges_apart(evidence, folds)
    rules = [name for name, _ in never_free.RULES]
    for title, out in {"all": rules, **{name: [name] for name in rules}}.items():
        kept = tuple(rule for rule in never_free.RULES if rule[0] not in out)
        with patch.object(never_free, "RULES", kept):
            counts = check.count(evidence, judges, most_held=MOST_HELD)
        rows.append((f"never free: {title}", sum(counts.values(), Counter())))
    alike = evidence_of_all(clips, bundle, workers=workers, within=_leading_nobody)
    counts = check.count(alike, judges, most_held=MOST_HELD)
    rows.append(("rule: a hand that leads a child", sum(counts.values(), Counter())))
    for name, rule in OF_WALKS.items():
        forgetful = evidence_of_all(clips, bundle, workers=workers, within=partial(_without, rule))
        counts = check.count(forgetful, judges, most_held=MOST_HELD)
        rows.append((f"rule: {name}", sum(counts.values(), Counter())))
    of_others = (*holders.OFF_THE_PERSON, "swings_beside")
    for cue in dict.fromkeys((*holders.HOLDS, *decide.DOUBTS, *of_others)):
        if cue in decide.SOFT and cue not in holders.HOLDS:
            continue
        deaf = evidence_of_all(clips, bundle, workers=workers, within=partial(_deaf, cue))
        counts = check.count(deaf, judges, most_held=MOST_HELD)
        rows.append((f"rule: {cue}", sum(counts.values(), Counter())))
    return rows


def _blind() -> AbstractContextManager[object]:
    return patch.object(features, "may_be_there", _anything)


def _lacking(
    cue: Callable[[BodySeries], np.ndarray], score: float
) -> AbstractContextManager[object]:
    def tell_nothing(body: BodySeries) -> np.ndarray:
        return np.full((len(body.time_s), 2), score)

    tell_nothing.__name__ = cue.__name__
    cues = tuple(tell_nothing if one is cue else one for one in traces._OF_HANDS)
    return patch.object(traces, "_OF_HANDS", cues)


def _leading_nobody() -> AbstractContextManager[object]:
    return patch.object(features, "LEADS", 2.0)


def _without(rule: str) -> AbstractContextManager[object]:
    return patch.object(spans, rule, _never)


def _never(*_: object) -> tuple[()]:
    return ()


def _deaf(cue: str) -> AbstractContextManager[object]:
    return patch.object(decide, "listen", partial(_deaf_to, cue))


def _anything(cues: CueTraces) -> tuple[np.ndarray, ...]:
    return (np.ones((len(cues.time_s), 2)),) * 3


def _deaf_to(
    cue: str, cues: CueTraces, trace: CueTrace, look: Interval, *, settings: SupportSettings
) -> Spoken | None:
    return None if trace.cue == cue else listen(cues, trace, look, settings=settings)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.support")
    parser.add_argument("folders", type=Path, nargs="*", help="drawn scenes beside tune")
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--model", type=Path, help="Pose bundle [gaitcheck's own].")
    parser.add_argument("--workers", type=int, default=2, help="Processes [2].")
    options = parser.parse_args()
    bundle = options.model or find_model().path
    clips = [*clips_of(TUNE, split="tune"), *clips_of(options.folders, split="tune")]
    evidence = gather(options.folders, bundle, workers=options.workers)
    folds = check.folds_by(evidence, lambda c: f"{c.split} {c.name}")
    judges = check.judges_apart(evidence, folds)
    print(table("steps", in_view(clips, evidence, judges)), end="\n\n")
    print(reliability(evidence, check.calibrated_apart(evidence, judges)), end="\n\n")
    drawn = [one for one in evidence if one.split == "added"]
    print(table("walkers by kind, as the package judges", by_kind(drawn)))
    if options.ablate:
        print("\n" + table("without", ablations(clips, evidence, bundle, workers=options.workers)))


if __name__ == "__main__":
    main()
