"""Scores one analysis (the JSON contract) against one labelled clip; counts only, so that they add.

Rates are made from sums over clips in `figures`, never as a mean of means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.accuracy.posture_events import count_events, event_figures
from benchmarks.accuracy.reliability import expected_calibration_error, reliability
from benchmarks.accuracy.sequences import count_own_first_step, count_sequences, first_step
from gaitcheck.scoring.matching import match_contacts, match_events, match_people
from gaitcheck.scoring.truth import SUPPORTED, Contact, Span, TrueClip, TruePerson

TOLERANCES_MS = (50, 100, 200)
HEADLINE_MS = 100
CCTV = "cctv"
"""The camera's category in whose clips only people tall enough count for the figure of CCTV; what
every other camera sees is a home view."""
TALL_PX = 100
"""So tall in the picture are they at least (median over their true boxes), px."""
NOBODY_WALKS_MARGIN_S = 0.5
"""Steps nearer than this to true walking are late or early, not invented."""


@dataclass
class ClipScore:
    """What one clip adds to the sums."""

    name: str
    categories: dict[str, str]
    counts: Counter = field(default_factory=Counter)
    errors_ms: list[float] = field(default_factory=list)
    first_step_errors_s: list[float] = field(default_factory=list)
    calibration: list[tuple[float, bool]] = field(default_factory=list)


def score_clip(clip: TrueClip, analysis: dict) -> ClipScore:
    """Score the JSON answer for one clip."""
    score = ClipScore(clip.name, clip.categories)
    boxes = {p["id"]: np.array(p["boxes"], dtype=float).reshape(-1, 5) for p in analysis["people"]}
    owner = match_people(boxes, clip.people)
    score.counts["people"] += len(clip.people)
    score.counts["people_found"] += len({o for o in owner.values() if o is not None})
    score.counts["minutes"] += clip.duration_s / 60
    for index, person in enumerate(clip.people):
        mine = {number for number, who in owner.items() if who == index}
        steps = [s for s in analysis["steps"] if s["person"] in mine]
        _score_contacts(score, person, steps)
        _score_support(score, person, steps, beside=[p for p in clip.people if p is not person])
        _score_invented(score, person, steps)
        sequences = [s for s in analysis["sequences"] if s["person"] in mine]
        count_sequences(score.counts, person, sequences, steps)
        count_own_first_step(score.counts, person, sequences, steps)
        events = [e for e in analysis.get("events", ()) if e["person"] in mine]
        count_events(score.counts, person, events)
        _score_postures(score, person, [p for p in analysis["postures"] if p["person"] in mine])
    if clip.all_people:
        nobody = {number for number, who in owner.items() if who is None}
        _score_strangers(score, [s for s in analysis["steps"] if s["person"] in nobody])
        strange = [e for e in analysis.get("events", ()) if e["person"] in nobody]
        count_events(score.counts, None, strange)
        found = analysis["first_independent_step"]
        score.first_step_errors_s += first_step(score.counts, clip, found)
    return score


def _score_contacts(score: ClipScore, person: TruePerson, steps: list[dict]) -> None:
    found = [s for s in steps if person.scorable(s["contact_s"])]
    contacts = [Contact(s["contact_s"], s["side"]) for s in found]
    true = [c for c in person.contacts if person.scorable(c.time_s)]
    for tolerance_ms in TOLERANCES_MS:
        match = match_contacts(contacts, true, tolerance_ms / 1000)
        score.counts[f"matched_{tolerance_ms}"] += match.matched
        score.counts[f"false_{tolerance_ms}"] += match.false
        if tolerance_ms != HEADLINE_MS:
            continue
        score.counts["true_contacts"] += sum(c.required for c in true)
        view = _view(score.categories, person)
        if view is not None:
            score.counts[f"true_contacts_{view}"] += sum(c.required for c in true)
            score.counts[f"matched_{view}"] += match.matched
            score.counts[f"false_{view}"] += match.false
        for i, j in match.pairs:
            score.errors_ms.append(1000 * (found[i]["contact_s"] - true[j].time_s))
            if true[j].side is not None:
                score.counts["side_known"] += 1
                score.counts["side_right"] += found[i]["side"] == true[j].side
                score.counts["side_null"] += found[i]["side"] is None
        hits = {i for i, _ in match.pairs}
        score.calibration += [(s["confidence"], i in hits) for i, s in enumerate(found)]


def _view(categories: dict[str, str], person: TruePerson) -> str | None:
    """Say to which of the two figures a person's contacts belong: "home", "cctv" or neither."""
    camera = categories.get("camera")
    if camera != CCTV:
        return None if camera is None else "home"
    heights = person.boxes[:, 4] - person.boxes[:, 2]
    return CCTV if len(heights) and np.median(heights) >= TALL_PX else None


def _score_support(
    score: ClipScore, person: TruePerson, steps: list[dict], *, beside: Sequence[TruePerson]
) -> None:
    """Judge every true step by the found step within the widest tolerance.

    Free steps while somebody ``beside`` is held by a person are counted apart too: mostly the
    helper's own, of whom nobody asks whether they walk alone.
    """
    true = [c for c in person.contacts if person.scorable(c.time_s)]
    pairs = match_events(
        [s["contact_s"] for s in steps], [c.time_s for c in true], max(TOLERANCES_MS) / 1000
    )
    answer = {j: steps[i]["support"] for i, j in pairs}
    for j, contact in enumerate(true):
        held_by = person.support_at(contact.time_s - 1e-3)
        if held_by in SUPPORTED:
            score.counts["supported_steps"] += 1
            score.counts["supported_called_none"] += answer.get(j) == "none"
            score.counts["supported_called_unknown"] += answer.get(j) == "unknown"
            score.counts["supported_right_kind"] += answer.get(j) == held_by
        elif held_by == "none":
            helps = any(p.support_at(contact.time_s - 1e-3) == "person" for p in beside)
            group = "helper" if helps else "walker"
            score.counts["free_steps"] += 1
            score.counts[f"free_steps_{group}"] += 1
            score.counts["free_called_none"] += answer.get(j) == "none"
            score.counts[f"free_called_none_{group}"] += answer.get(j) == "none"
            score.counts["free_called_unknown"] += answer.get(j) == "unknown"
            score.counts["free_called_supported"] += answer.get(j) in SUPPORTED


def _walks_near(person: TruePerson, time_s: float) -> bool:
    margin = NOBODY_WALKS_MARGIN_S
    near_contact = any(abs(c.time_s - time_s) <= margin for c in person.contacts)
    return near_contact or any(
        s.what == "walking" and s.start_s - margin <= time_s <= s.end_s + margin
        for s in person.postures
    )


def _score_invented(score: ClipScore, person: TruePerson, steps: list[dict]) -> None:
    for step in steps:
        if person.scorable(step["contact_s"]) and not _walks_near(person, step["contact_s"]):
            score.counts["invented_steps"] += 1
            score.counts["invented_independent"] += step["support"] == "none"


def _score_strangers(score: ClipScore, steps: list[dict]) -> None:
    """Steps of people who are nobody labelled: all are invented."""
    for tolerance_ms in TOLERANCES_MS:
        score.counts[f"false_{tolerance_ms}"] += len(steps)
    score.counts["invented_steps"] += len(steps)
    score.counts["invented_independent"] += sum(s["support"] == "none" for s in steps)


def _score_postures(score: ClipScore, person: TruePerson, postures: list[dict]) -> None:
    spans = [Span(p["posture"], p["start_s"], p["end_s"]) for p in postures]
    for time_s in np.arange(person.labelled.start_s, person.labelled.end_s, 0.1):
        true = person.posture_at(time_s)
        if true is None or true == "other" or not person.scorable(time_s):
            continue
        score.counts["posture_samples"] += 1
        found = next((s.what for s in spans if time_s in s), "unknown")
        score.counts["posture_right"] += found == true


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def figures(scores: Iterable[ClipScore]) -> dict:
    """Rates from the summed counts of many clips; None where there is nothing to divide by."""
    scores = list(scores)
    total: Counter = sum((s.counts for s in scores), Counter())
    errors = np.array([e for s in scores for e in s.errors_ms])
    firsts = np.abs([e for s in scores for e in s.first_step_errors_s])
    result: dict = {"clips": len(scores), "counts": {k: round(v, 3) for k, v in total.items()}}
    for ms in TOLERANCES_MS:
        hit, false = total[f"matched_{ms}"], total[f"false_{ms}"]
        result[f"contact_{ms}ms"] = {
            "precision": _share(hit, hit + false),
            "recall": _share(hit, total["true_contacts"]),
            "f1": _share(2 * hit, hit + false + total["true_contacts"]),
        }
    for view in ("home", CCTV):
        hit, false = total[f"matched_{view}"], total[f"false_{view}"]
        both = hit + false + total[f"true_contacts_{view}"]
        result[f"contact_f1_{view}"] = _share(2 * hit, both)
    sequences = total["found_independent_sequences"] + total["true_independent_sequences"]
    result |= {
        "mean_abs_error_ms": round(float(np.abs(errors).mean()), 1) if len(errors) else None,
        "mean_signed_error_ms": round(float(errors.mean()), 1) if len(errors) else None,
        "right_side": _share(total["side_right"], total["side_known"]),
        "false_independent": _share(total["supported_called_none"], total["supported_steps"]),
        "supported_right_kind": _share(total["supported_right_kind"], total["supported_steps"]),
        "invented_independent_per_minute": _share(total["invented_independent"], total["minutes"]),
        "invented_steps_per_minute": _share(total["invented_steps"], total["minutes"]),
        "independent_recall": _share(total["free_called_none"], total["free_steps"]),
        "independent_recall_walker": _share(
            total["free_called_none_walker"], total["free_steps_walker"]
        ),
        "independent_recall_helper": _share(
            total["free_called_none_helper"], total["free_steps_helper"]
        ),
        "free_left_unknown": _share(total["free_called_unknown"], total["free_steps"]),
        "free_called_supported": _share(total["free_called_supported"], total["free_steps"]),
        "independent_sequence_f1": _share(2 * total["matched_independent_sequences"], sequences),
        "sequence_starts_within_a_step": _share(
            total["sequence_starts_right"], total["true_independent_sequences"]
        ),
        "sequence_ends_within_a_step": _share(
            total["sequence_ends_right"], total["true_independent_sequences"]
        ),
        "first_steps_told": _share(total["own_first_right"], total["own_first_true"]),
        "first_steps_told_while_held": _share(
            total["own_first_while_held"], total["own_first_told"]
        ),
        "first_step_median_error_s": round(float(np.median(firsts)), 3) if len(firsts) else None,
        "posture_events": event_figures(total),
        "posture_agreement": _share(total["posture_right"], total["posture_samples"]),
        "reliability": (sure := reliability(pair for s in scores for pair in s.calibration)),
        "expected_calibration_error": expected_calibration_error(sure),
    }
    return result


def by_category(scores: Iterable[ClipScore]) -> dict[str, dict[str, dict]]:
    """Figures for each value of each category (age, camera, support, gait, light)."""
    groups: dict[str, dict[str, list[ClipScore]]] = {}
    for score in scores:
        for kind, value in score.categories.items():
            groups.setdefault(kind, {}).setdefault(value, []).append(score)
    return {
        kind: {value: figures(members) for value, members in sorted(values.items())}
        for kind, values in sorted(groups.items())
    }
