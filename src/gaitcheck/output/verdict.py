"""Analysis -> the answer in plain sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from gaitcheck.output.text import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaitcheck.answer import Analysis
    from gaitcheck.gait.events import Support, Transition

DISCLAIMER: Final = (
    "An aid to a reader, not a diagnosis and not a medical device. Check each step in the video."
)

_SHORT_S: Final = 0.5
"""In less nobody is believed to be a person, and hardly a step has room, s (arbitrary)."""
_MAX_NAMED: Final = 4
"""More people than this are counted, not named (arbitrary)."""

SUPPORT_WORDS: Final[dict[Support, str]] = {
    "none": "nobody and nothing",
    "person": "person",
    "object_fixed": "fixed object",
    "object_moving": "moving object",
    "unknown": "unknown",
}


EVENT_WORDS: Final[dict[Transition, str]] = {
    "rising": "rose",
    "sitting_down": "sat down",
    "falling": "fell",
    "caught": "was caught in a fall",
}


def verdict(analysis: Analysis) -> str:
    """Say whether and when there was an independent step, and if not, why not.

    Unknown support never reads as independent, nor as supported.
    """
    first = analysis.first_independent_step
    if first is not None:
        return (
            f"First independent step: {_named(first.person, analysis)} at {clock(first.time_s)}. "
            f"{_independent(analysis)}{_unknown_before(analysis)}{_of_the_smaller(analysis)}"
        )
    if not analysis.people:
        seconds = analysis.video.duration_s
        if seconds < _SHORT_S:
            why = f"the video is too short ({seconds:.2f} s) to follow anybody"
        else:
            why = "nobody was found in the video"
        return f"No independent step found: {why}."
    if not analysis.steps:
        seen = counted(len(analysis.people), "person was", "people were")
        return f"No independent step found: {seen} followed, and no step was found."
    held = Counter(step.support for step in analysis.steps)
    listed = [
        f"{_share(held[kind], len(analysis.steps))}{words}"
        for kind, words in _how_held(analysis).items()
        if held[kind]
    ]
    found = f"{counted(len(analysis.steps), 'step was', 'steps were')} found, {_listing(listed)}"
    if held["unknown"]:
        return f"No independent step can be confirmed: {found}.{_why_unknown(analysis)}"
    return f"No independent step found: {found}."


def what_happened(analysis: Analysis) -> list[str]:
    """Say when somebody rose, sat down, fell or was caught, a sentence each."""
    lines = []
    for event in analysis.events:
        others = [e.other_person for e in event.evidence if e.other_person is not None]
        by = f" by person {others[0]}" if others else ""
        when = f"{clock(event.start_s)} to {clock(event.end_s)}"
        sure = f"confidence {event.confidence:.2f}"
        lines.append(f"person {event.person} {EVENT_WORDS[event.event]}{by}, {when} ({sure})")
    return lines


def counted(number: int, one: str, many: str) -> str:
    """Give a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def _independent(analysis: Analysis) -> str:
    free = [sequence for sequence in analysis.sequences if sequence.independent]
    steps = counted(
        sum(sequence.n_steps for sequence in free), "independent step", "independent steps"
    )
    sequences = counted(len(free), "sequence", "sequences")
    people = sorted({sequence.person for sequence in free})
    if len(people) == 1:
        by = f"by person {people[0]}"
    elif len(people) <= _MAX_NAMED:
        by = f"by persons {_listing(people)}"
    else:
        by = f"by {len(people)} people"
    return f"{steps} in {sequences}, {by}."


def _named(person: int, analysis: Analysis) -> str:
    stature = {p.id: p.stature for p in analysis.people}.get(person)
    return f"person {person}" + (f" (the {stature})" if stature else "")


def _unknown_before(analysis: Analysis) -> str:
    """Say that an earlier step may have been the first, where it is not known what held it."""
    first = analysis.first_independent_step
    assert first is not None
    number = sum(
        step.person == first.person and step.support == "unknown" and step.contact_s < first.time_s
        for step in analysis.steps
    )
    if not number:
        return ""
    of_them = "it" if number == 1 else "one of them"
    before = counted(number, "step before it is", "steps before it are")
    return f" {before} of unknown support: {of_them} may have been the first."


def _of_the_smaller(analysis: Analysis) -> str:
    """Say when a child came first, where the very first was an adult's: mostly that is asked."""
    first = analysis.first_independent_step
    stature = {person.id: person.stature for person in analysis.people}
    if first is None or stature.get(first.person) != "larger":
        return ""
    smaller = [person for person, of_them in stature.items() if of_them == "smaller"]
    starts = sorted(
        (sequence.start_s, sequence.person)
        for sequence in analysis.sequences
        if sequence.independent and sequence.person in smaller
    )
    if starts:
        start_s, person = starts[0]
        return f" Of the smaller, person {person} from {clock(start_s)}."
    whom = f"person {smaller[0]}" if len(smaller) == 1 else f"persons {_listing(smaller)}"
    return f" Of the smaller, {whom}: none found."


def _how_held(analysis: Analysis) -> dict[Support, str]:
    fewest = analysis.settings.gait.min_independent_steps
    return {
        "person": "held by a person",
        "object_fixed": "held on to something fixed",
        "object_moving": "held on to something moving",
        "none": f"free but too few together (an independent sequence has at least {fewest})",
        "unknown": "of unknown support",
    }


def _share(number: int, total: int) -> str:
    if number < total:
        return f"{number} "
    return "all " if total > 1 else ""


def _why_unknown(analysis: Analysis) -> str:
    """Quote the first reason for an unknown support; the report and the JSON hold them all."""
    unknown = [reason.text for reason in analysis.reasons if reason.support == "unknown"]
    if not unknown:
        return ""
    more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
    return f" Why: {unknown[0]}{more}."


def _listing(items: Sequence[object]) -> str:
    words = [str(item) for item in items]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
