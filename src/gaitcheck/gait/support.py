"""The judge of support: from the cues to who or what held the person during each step.

`none` is never the default. It takes both hands seen to be free (swinging with the gait, moving
about, or held in guard) and no cue that speaks of holding or makes holding possible. The first
version is a set of readable rules; only `decide` need change for a learned one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.context import StepSupport, in_context
from gaitcheck.gait.cues.body import GRID_HZ
from gaitcheck.gait.cues.traces import CueTrace, CueTraces, measure_cues
from gaitcheck.gait.cues.windows import runs
from gaitcheck.gait.events import Evidence, Side, Step, Support
from gaitcheck.gait.reasons import tell_reasons
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings, SupportSettings
from gaitcheck.time import Interval

FloatArray = npt.NDArray[np.floating[Any]]

HOLDS: Final[dict[str, Support]] = {
    "hand_at_hand": "person",
    "hand_at_body": "person",
    "hand_fixed_in_room": "object_fixed",
    "hands_rigid_apart": "object_moving",
    "thing_at_both_hands": "object_moving",
}
"""Cues that say who or what holds, in the order in which they are believed."""

DOUBTS: Final = (
    "bodies_coincide",
    "person_in_reach",
    "arm_held_up",
    "hands_overhead",
    "hands_rigid_ahead",
    "thing_at_hand",
)
"""Cues that make holding possible: with one of them there is no `none`."""

FREEDOMS: Final = (
    "arm_swings",
    "arms_alternate",
    "hand_moves_freely",
    "hand_in_guard",
    "arms_hang",
)
"""Cues of freedom."""

SHORTEST_LOOK_S: Final = 0.4
"""A step's support is judged over at least so long, s (arbitrary)."""

FIRST_LOOK_S: Final = 0.3
"""Stance before the first step's lift-off that is looked at, s (arbitrary)."""

NEARLY: Final = 0.5
"""Least mean score of both arms hanging in view, 0 to 1 (arbitrary)."""

BETWEEN_HOLDS_S: Final = 0.75
"""A hand that goes along a rail or a sofa is free for so long between two holds, s (arbitrary)."""

STATED: Final = (0.75, 0.97)
"""Confidence stated for decisions with no and with full evidence: on the scenes to tune on all of
them were right whatever their evidence, so the lower end is a guess for scenes unseen."""

AROUND_S: Final = 3.0
"""Time around a step that its cues may need, s: more than their longest window."""

LIKELY_SWING_S: Final = 0.4
"""Swing of a step whose lift-off was not seen, s (FIELD: steps of 0.3 to 0.7 s)."""


@dataclass(frozen=True)
class SupportJudgement:
    """Support of each step of one person.

    Parameters
    ----------
    steps : tuple of Step
        The steps given, with their support.
    details : tuple of StepSupport
        One for each step.
    reasons : tuple of str
        Runs of steps in words: "steps 3 to 9: held by person 2 at the right hand, 12.1 to 15.4 s".
    """

    steps: tuple[Step, ...]
    details: tuple[StepSupport, ...]
    reasons: tuple[str, ...] = ()


def judge_support(
    track: Track,
    steps: Sequence[Step],
    *,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> SupportJudgement:
    """Say for each step who or what held the person.

    Each step is judged over its swing and the stance before it, that is from the contact before
    to its own.

    Parameters
    ----------
    track : Track
        The person, sides repaired.
    steps : sequence of Step
        Their steps in time order.
    others : sequence of Track
        Everybody else in the video. Without them a helper's hands go unseen: give them.
    settings : GaitSettings, optional
        Thresholds.

    Returns
    -------
    SupportJudgement
    """
    settings = settings or GaitSettings()
    if not steps:
        return SupportJudgement((), ())
    looks = [look_at(steps, i, settings=settings) for i in range(len(steps))]
    details = list(judge_spans(track, looks, others=others, settings=settings))
    details = [_stated(detail) for detail in in_context(steps, details, settings=settings)]
    judged = tuple(
        replace(step, support=detail.support) for step, detail in zip(steps, details, strict=True)
    )
    words = [detail.reason for detail in details]
    return SupportJudgement(judged, tuple(details), tell_reasons(judged, words, looks))


def _stated(detail: StepSupport) -> StepSupport:
    """Turn the strength of the evidence for a decision into how often such decisions are right."""
    if detail.support == "unknown":
        return detail
    least, most = STATED
    return replace(detail, confidence=round(least + (most - least) * detail.confidence, 3))


def judge_spans(
    track: Track,
    looks: Sequence[Interval],
    *,
    others: Sequence[Track] = (),
    settings: GaitSettings | None = None,
) -> tuple[StepSupport, ...]:
    """Say for each stretch of time, such as one of standing, who or what held the person.

    ``looks`` are in time order. Between looks far apart no cue is measured: somebody who sits
    for an hour costs nothing.
    """
    settings = settings or GaitSettings()
    out: list[StepSupport] = []
    for together in _neighbours(looks):
        start_s = together[0].start_s - AROUND_S
        end_s = max(look.end_s for look in together) + AROUND_S
        cues = measure_cues(track, others=others, over=Interval(start_s, end_s))
        out += [decide(cues, look, settings=settings.support) for look in together]
    return tuple(out)


def _neighbours(looks: Sequence[Interval]) -> list[list[Interval]]:
    """Group looks with less than twice `AROUND_S` between them."""
    groups: list[list[Interval]] = []
    for look in looks:
        if not groups or look.start_s - groups[-1][-1].end_s > 2 * AROUND_S:
            groups.append([])
        groups[-1].append(look)
    return groups


def look_at(steps: Sequence[Step], index: int, *, settings: GaitSettings) -> Interval:
    """Give the time over which the support of a step is judged: its swing, the stance before."""
    step = steps[index]
    start = (
        step.lift_off_s - FIRST_LOOK_S
        if step.lift_off_s is not None
        else step.contact_s - LIKELY_SWING_S - FIRST_LOOK_S
    )
    if index > 0:
        before = steps[index - 1].contact_s
        if step.contact_s - before <= settings.max_step_time_s:
            start = before
    return Interval(max(0.0, min(start, step.contact_s - SHORTEST_LOOK_S)), step.contact_s)


@dataclass(frozen=True)
class _Spoken:
    """One cue during one step: share of the time it spoke, mean score then, first to last time."""

    trace: CueTrace
    share: float
    score: float
    when: Interval

    @property
    def evidence(self) -> Evidence:
        return Evidence(
            cue=self.trace.cue,
            start_s=round(self.when.start_s, 3),
            end_s=round(self.when.end_s, 3),
            side=self.trace.side,
            other_person=self.trace.other_person,
            score=round(self.score, 3),
        )


def decide(cues: CueTraces, look: Interval, *, settings: SupportSettings) -> StepSupport:
    """Judge one step: held, in doubt, free, or not seen well enough.

    Parameters
    ----------
    cues : CueTraces
        All cues of the person.
    look : Interval
        The step's time.
    settings : SupportSettings
        Thresholds.
    """
    inside = (cues.time_s >= look.start_s) & (cues.time_s < look.end_s)
    if not inside.any():
        return StepSupport("unknown", 0.0, reason="unknown: not seen")
    spoken = {
        name: [s for t in cues.of(name) if (s := _listen(cues, t, look, settings)) is not None]
        for name in (*HOLDS, *DOUBTS, *FREEDOMS, "hand_at_border", "other_is_small")
    }
    merged = [s for s in spoken["bodies_coincide"] if s.share >= settings.min_doubt_share]
    if merged:
        return _unknown(merged[0], "two people seen as one body")
    # Whoever is too small to hold somebody up is no support, but no freedom either.
    small = {s.trace.other_person for s in spoken["other_is_small"]}
    held = _held(spoken, small, settings) or _reaching_up(spoken, small, settings)
    if held is not None:
        return held
    doubts = [s for name in (*DOUBTS, *HOLDS) for s in spoken[name]]
    doubts = [s for s in doubts if s.share >= settings.min_doubt_share]
    around = Interval(look.start_s - BETWEEN_HOLDS_S, look.end_s + BETWEEN_HOLDS_S)
    doubts += [
        replace(heard, share=settings.min_doubt_share)
        for trace in cues.of("hand_fixed_in_room")
        if (heard := _listen(cues, trace, around, settings)) is not None
    ]
    if doubts:
        return _unknown(max(doubts, key=lambda s: s.share * s.score), None)
    return _free(cues, inside, spoken, settings)


def _held(
    spoken: dict[str, list[_Spoken]], small: set[int | None], settings: SupportSettings
) -> StepSupport | None:
    """Decide for holding where a cue of holding spoke long enough."""
    for name, support in HOLDS.items():
        strong = [s for s in spoken[name] if s.share >= settings.min_share]
        strong = [s for s in strong if s.trace.other_person not in small - {None}]
        if support == "object_moving" and small:
            continue  # arms held out to a child that walks ahead look like hands on a frame
        if not strong:
            continue
        best = max(strong, key=lambda s: s.share * s.score)
        hands = sorted({s.trace.side for s in strong if s.trace.side is not None})
        return StepSupport(
            support,
            confidence=round(best.share * best.score, 3),
            evidence=tuple(s.evidence for s in strong),
            reason=_words_of_hold(best.trace, hands),
        )
    return None


def _reaching_up(
    spoken: dict[str, list[_Spoken]], small: set[int | None], settings: SupportSettings
) -> StepSupport | None:
    """Decide for a person where an arm is up and somebody not smaller is within its reach.

    The joined hands themselves are often hidden, by a body or by each other.
    """
    arms = [s for name in ("arm_held_up", "hands_overhead") for s in spoken[name]]
    arms = [s for s in arms if s.share >= settings.min_share]
    people = [s for s in spoken["person_in_reach"] if s.share >= settings.min_share]
    people = [s for s in people if s.trace.other_person not in small]
    if not arms or not people:
        return None
    best = max(people, key=lambda s: s.share * s.score)
    hands = sorted({s.trace.side for s in arms if s.trace.side is not None})
    hand = "both arms" if len(hands) == 2 else f"the {hands[0]} arm"
    arm = max(arms, key=lambda s: s.share * s.score)
    return StepSupport(
        "person",
        confidence=round(best.share * best.score * arm.share * arm.score, 3),
        evidence=tuple(s.evidence for s in (*arms, best)),
        reason=f"held by person {best.trace.other_person} at {hand}, held up",
    )


def _words_of_hold(trace: CueTrace, hands: Sequence[Side]) -> str:
    hand = "both hands" if len(hands) == 2 else f"the {hands[0]} hand" if hands else "the body"
    if trace.cue in ("hand_at_hand", "hand_at_body"):
        return f"held by person {trace.other_person} at {hand}"
    if trace.cue == "hand_fixed_in_room":
        return f"{hand} held to something fixed"
    return "both hands at something that moves along"


_DOUBT_WORDS: Final = {
    "bodies_coincide": "two people seen as one body",
    "person_in_reach": "person {other} within reach",
    "arm_held_up": "{side} arm held up, perhaps by somebody unseen",
    "hands_overhead": "{side} arm stretched up, perhaps to somebody unseen",
    "hand_at_hand": "hand of person {other} near the {side} hand",
    "hand_at_body": "hand of person {other} near the body",
    "hand_fixed_in_room": "{side} hand for a while fixed in the room",
    "hands_rigid_ahead": "both hands still before the body, perhaps at something",
    "hands_rigid_apart": "both hands for a while still beside the body",
    "thing_at_hand": "something goes along with the {side} hand",
    "thing_at_both_hands": "something goes along with both hands for a while",
}


def _unknown(cause: _Spoken, words: str | None) -> StepSupport:
    trace = cause.trace
    told = words or _DOUBT_WORDS[trace.cue].format(other=trace.other_person, side=trace.side)
    return StepSupport(
        "unknown",
        confidence=round(cause.share * cause.score, 3),
        evidence=(cause.evidence,),
        reason=f"unknown: {told}",
        doubted=True,
    )


def hand_freedom(cues: CueTraces) -> FloatArray:
    """How clearly each hand is free, shape (n, 2 sides).

    A hand counts where it is in clear view. The far hand in a side view, only glimpsed, counts if
    it swings in time with the legs and against the near hand, or is held in guard, while the near
    hand is clearly free.
    """
    view = np.nan_to_num(cues.hands("hand_in_view"))
    swing = np.nan_to_num(cues.hands("arm_swings") * cues.hands("arm_is_long"))
    guard = np.nan_to_num(cues.hands("hand_in_guard"))
    alternate = cues.of("arms_alternate")[0].score * cues.of("arms_are_long")[0].score
    both = np.nan_to_num(np.fmax(alternate, cues.of("arms_hang")[0].score))[:, None] * np.ones(2)
    roams = np.nan_to_num(cues.hands("hand_moves_freely"))
    near = np.maximum(np.maximum.reduce([swing, guard, both]) * view, roams)
    glimpsed = np.nan_to_num(cues.hands("hand_glimpsed")) * near[:, ::-1]
    opposed = np.nan_to_num(cues.of("arms_opposed")[0].score)[:, None]
    far = np.maximum(swing * opposed, guard) * glimpsed
    inside = 1.0 - np.nan_to_num(cues.hands("hand_at_border"), nan=1.0)
    return np.asarray(np.maximum(near, far) * inside)


def _free(
    cues: CueTraces,
    inside: npt.NDArray[np.bool_],
    spoken: dict[str, list[_Spoken]],
    settings: SupportSettings,
) -> StepSupport:
    """Decide for `none` where both hands are free, else say which hand is not known to be."""
    free = hand_freedom(cues)[inside].mean(axis=0)
    evidence = tuple(s.evidence for name in FREEDOMS for s in spoken[name])
    if free.min() >= settings.min_free:
        confidence = round(float(free.min()), 3)
        return StepSupport("none", confidence, evidence, reason="both hands free")
    side = ("left", "right")[int(free.argmin())]
    view = np.nan_to_num(cues.hands("hand_in_view")[inside])
    hangs = (np.nan_to_num(cues.hands("hand_hangs")[inside]) * view).mean(axis=0)
    seen = np.maximum(
        view.mean(axis=0),
        np.nan_to_num(cues.hands("hand_glimpsed")[inside]).mean(axis=0),
    )
    border = [s for s in spoken["hand_at_border"] if s.trace.side == side]
    why = f"{side} hand not seen to be free"
    if border:
        why = f"{side} hand at the border of the picture"
    elif seen[int(free.argmin())] < 0.5:
        why = f"{side} hand hidden"
    return StepSupport(
        "unknown",
        confidence=round(1.0 - float(free.min()), 3),
        evidence=evidence + tuple(s.evidence for s in border),
        reason=f"unknown: {why}",
        doubted=bool(border),
        nearly=not border
        and bool(free.max() >= settings.min_free or np.maximum(free, hangs).min() >= NEARLY),
    )


def _listen(
    cues: CueTraces, trace: CueTrace, look: Interval, settings: SupportSettings
) -> _Spoken | None:
    """Hear one cue during one step, over a margin in which short bursts are told from long."""
    during = (cues.time_s >= look.start_s) & (cues.time_s < look.end_s)
    if not (trace.score[during] >= settings.offset).any():
        return None
    margin_s = 1.0
    first, last = np.searchsorted(cues.time_s, (look.start_s - margin_s, look.end_s + margin_s))
    speaks = runs(
        trace.score[first:last],
        onset=settings.onset,
        offset=settings.offset,
        min_samples=max(1, round(settings.min_duration_s * GRID_HZ)),
    )
    time_s = cues.time_s[first:last]
    inside = (time_s >= look.start_s) & (time_s < look.end_s)
    heard = np.flatnonzero(speaks & inside)
    if len(heard) == 0:
        return None
    scores = trace.score[first:last][heard]
    return _Spoken(
        trace,
        share=float(len(heard) / inside.sum()),
        score=float(np.nanmean(scores)) if np.isfinite(scores).any() else 0.0,
        when=Interval(float(time_s[heard[0]]), float(time_s[heard[-1]]) + 1 / GRID_HZ),
    )
