"""What the gait stage gives: steps, sequences, postures, and why others were rejected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Side = Literal["left", "right"]
Support = Literal["none", "person", "object_fixed", "object_moving", "unknown"]
Posture = Literal[
    "lying", "crawling", "sitting", "rising", "standing", "walking", "falling", "carried", "unknown"
]
Transition = Literal["rising", "sitting_down", "falling", "caught"]


@dataclass(frozen=True)
class Step:
    """A foot lifted and landed in a new place.

    Parameters
    ----------
    person : int
        Whose step.
    side : {'left', 'right'} or None
        The person's own side; None where it cannot be known.
    lift_off_s : float or None
        When the foot left the floor (toe-off), s; None where unseen.
    contact_s : float
        When it landed (initial contact), s.
    support : {'none', 'person', 'object_fixed', 'object_moving', 'unknown'}
        Who or what held the person during the step.
    confidence : float
        That the step happened as told, 0 to 1.
    sequence : int or None
        Number of the sequence it belongs to.
    held_probability : float or None
        How likely somebody or something held the person, 0 to 1; None where the learned judge did
        not weigh it, as a rule decided or both hands were not seen.
    """

    person: int
    side: Side | None
    lift_off_s: float | None
    contact_s: float
    support: Support = "unknown"
    confidence: float = 0.0
    sequence: int | None = None
    held_probability: float | None = None


@dataclass(frozen=True)
class Evidence:
    """One cue that spoke for a support, and when.

    Parameters
    ----------
    cue : str
        Name of the cue, as the cue's function is called.
    start_s, end_s : float
        When it spoke, s.
    side : {'left', 'right'} or None
        The person's own side it concerns.
    other_person : int or None
        The other person it concerns.
    score : float
        How strongly, 0 to 1.
    """

    cue: str
    start_s: float
    end_s: float
    side: Side | None = None
    other_person: int | None = None
    score: float = 1.0


@dataclass(frozen=True)
class StepSequence:
    """Consecutive steps of one person under one support.

    Parameters
    ----------
    id : int
        Number of the sequence in this analysis, from 1.
    person : int
        Whose steps.
    start_s, end_s : float
        First lift-off (or first contact if that is unseen) and last contact, s.
    n_steps : int
        Number of steps.
    support : str
        As for a step; one for the whole sequence.
    independent : bool
        Whether the support is none and there are at least two steps.
    confidence : float
        0 to 1.
    milestones : tuple of str
        Names of the published criteria it meets.
    cadence_spm : float or None
        Steps a minute; None for fewer than three steps.
    evidence : tuple of Evidence
        What spoke for the support.
    """

    id: int
    person: int
    start_s: float
    end_s: float
    n_steps: int
    support: Support
    independent: bool
    confidence: float
    milestones: tuple[str, ...] = ()
    cadence_spm: float | None = None
    evidence: tuple[Evidence, ...] = field(default=())


@dataclass(frozen=True)
class PostureSpan:
    """A posture held from ``start_s`` to ``end_s``, with the published criteria it meets."""

    person: int
    posture: Posture
    start_s: float
    end_s: float
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True)
class PostureEvent:
    """Something that happened between two postures.

    Parameters
    ----------
    person : int
        Whose.
    event : {'rising', 'sitting_down', 'falling', 'caught'}
        From a seat, the knees or the floor to standing; from standing to a seat; to the floor
        without wanting to; a fall that another person's hands stopped.
    start_s, end_s : float
        From the first to the last movement, s.
    confidence : float
        0 to 1.
    evidence : tuple of Evidence
        What spoke for it: ``hips_rise``, ``hips_sink``, ``trunk_falls``,
        ``shoulders_drop``, ``hand_at_body``.
    """

    person: int
    event: Transition
    start_s: float
    end_s: float
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """Movement that might have been steps and was not counted, with the rule that rejected it."""

    person: int
    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True)
class FirstStep:
    """The first step of the first independent sequence: whose, when that foot landed, which."""

    person: int
    time_s: float
    sequence: int
