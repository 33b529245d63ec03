"""Published criteria that a sequence or a time of standing meets. Aids to a reader, no diagnosis.

WHO: WHO Multicentre Growth Reference Study Group 2006, Acta Paediatr Suppl 450:86-95, after the
performance criteria of Wijnhoven et al. 2004, Food Nutr Bull 25(1 Suppl):S37-45. GMFM: Russell et
al., Gross Motor Function Measure, items by number; only the count of steps is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from gaitcheck.gait.events import Evidence, Support
from gaitcheck.settings import MilestoneSettings


@dataclass(frozen=True)
class Criterion:
    """A published criterion: what it asks, as far as gaitcheck looks, and where it is from."""

    text: str
    source: str


_WHO: Final = "WHO MGRS 2006"
_GMFM: Final = "GMFM-88/66"

CRITERIA: Final[Mapping[str, Criterion]] = MappingProxyType(
    {
        "who_walking_alone": Criterion("at least 5 steps, no contact with person or object", _WHO),
        "who_walking_with_assistance": Criterion(
            "at least 5 steps holding a stable object with one or both hands", _WHO
        ),
        "who_standing_alone": Criterion(
            "stands at least 10 s, no contact with person or object", _WHO
        ),
        "who_standing_with_assistance": Criterion(
            "stands at least 10 s holding a stable object", _WHO
        ),
        "gmfm_67_steps": Criterion("10 steps, two hands held (steps only)", _GMFM + " item 67"),
        "gmfm_68_steps": Criterion("10 steps, one hand held (steps only)", _GMFM + " item 68"),
        "gmfm_69_steps": Criterion("10 steps, free (steps only)", _GMFM + " item 69"),
    }
)
"""Every milestone by its stable name."""


def walking_milestones(
    *,
    n_steps: int,
    support: Support,
    evidence: Sequence[Evidence] = (),
    settings: MilestoneSettings | None = None,
) -> tuple[str, ...]:
    """Name the criteria that a sequence of steps meets.

    Parameters
    ----------
    n_steps : int
        Steps of the sequence.
    support : str
        Its support. `unknown` and `object_moving` meet none.
    evidence : sequence of Evidence
        Tells one held hand from two.
    settings : MilestoneSettings, optional
        The numbers.

    Returns
    -------
    tuple of str
        Keys of `CRITERIA`.
    """
    settings = settings or MilestoneSettings()
    met = []
    if support == "none":
        if n_steps >= settings.who_steps:
            met.append("who_walking_alone")
        if n_steps >= settings.gmfm_steps:
            met.append("gmfm_69_steps")
    elif support == "object_fixed" and n_steps >= settings.who_steps:
        met.append("who_walking_with_assistance")
    elif support == "person" and n_steps >= settings.gmfm_steps:
        hands = {e.side for e in evidence if e.cue == "hand_at_hand" and e.side is not None}
        if hands:
            met.append("gmfm_67_steps" if len(hands) == 2 else "gmfm_68_steps")
    return tuple(met)


def standing_milestones(
    *, duration_s: float, support: Support, settings: MilestoneSettings | None = None
) -> tuple[str, ...]:
    """Name the criteria that a time of standing meets, as keys of `CRITERIA`.

    Parameters
    ----------
    duration_s : float
        How long the person stood, s.
    support : str
        What held them all that time.
    settings : MilestoneSettings, optional
        The numbers.
    """
    settings = settings or MilestoneSettings()
    if duration_s < settings.who_standing_s:
        return ()
    if support == "none":
        return ("who_standing_alone",)
    return ("who_standing_with_assistance",) if support == "object_fixed" else ()
