"""How far two accounts of one clip agree: contacts, sides, support, postures.

Counts are summed over people, never a mean of means. F1 does not ask which of the two is right.
Kappa is that of Cohen (1960), doi:10.1177/001316446002000104.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

from gaitcheck.scoring.matching import match_contacts, match_people
from gaitcheck.scoring.truth import Contact, TrueClip, TruePerson

TOLERANCES_MS: Final = (50, 100, 200)
HEADLINE_MS: Final = 100
_EVERY_S: Final = 0.1
"""Postures are compared so often."""


_Told: TypeAlias = tuple[Contact, TruePerson]
_Pair: TypeAlias = tuple[list[TruePerson], list[TruePerson]]


@dataclass
class _Sums:
    a_only: Counter[int] = field(default_factory=Counter)
    b_only: Counter[int] = field(default_factory=Counter)
    both: Counter[int] = field(default_factory=Counter)
    differences_s: list[float] = field(default_factory=list)
    sides: list[tuple[str, str]] = field(default_factory=list)
    supports: list[tuple[str, str]] = field(default_factory=list)
    postures: list[tuple[str, str]] = field(default_factory=list)


def agreement(a: TrueClip, b: TrueClip) -> dict[str, Any]:
    """Compare two accounts.

    Parameters
    ----------
    a, b : TrueClip
        Two annotators, or machine and person; of the same video.

    Returns
    -------
    dict
        ``people`` {``matched``, ``only_a``, ``only_b``}; ``contacts`` by tolerance in ms:
        {``both``, ``only_a``, ``only_b``, ``f1``}; ``difference_ms`` {``mean``, ``mean_abs``}, b
        minus a, of contacts within 100 ms; ``side``, ``support``, ``independent`` and ``posture``:
        {``n``, ``agreement``, ``kappa``}, the first three of contacts within 200 ms;
        ``support_pairs`` [{``a``, ``b``, ``n``}]. None where there is nothing to divide by.
    """
    sums = _Sums()
    pairs = _pairs(a, b)
    for mine, theirs in pairs:
        _compare(sums, mine, theirs)
    met_a = {id(person) for mine, _ in pairs for person in mine}
    met_b = {id(person) for _, theirs in pairs for person in theirs}
    alone_a = [person for person in a.people if id(person) not in met_a]
    alone_b = [person for person in b.people if id(person) not in met_b]
    # Whom the other did not label at all may well be there; then nothing can be said.
    for people, only, counted in (
        (alone_a, sums.a_only, b.all_people),
        (alone_b, sums.b_only, a.all_people),
    ):
        for tolerance_ms in TOLERANCES_MS if counted else ():
            only[tolerance_ms] += sum(
                c.required for p in people for c in p.contacts if p.scorable(c.time_s)
            )
    differences_ms = 1000 * np.array(sums.differences_s)
    free = [(str(x == "none"), str(y == "none")) for x, y in sums.supports]
    return {
        "people": {"matched": len(pairs), "only_a": len(alone_a), "only_b": len(alone_b)},
        "contacts": {str(ms): _contact_figures(sums, ms) for ms in TOLERANCES_MS},
        "difference_ms": {
            "mean": _rounded(differences_ms.mean(), 1) if len(differences_ms) else None,
            "mean_abs": _rounded(np.abs(differences_ms).mean(), 1) if len(differences_ms) else None,
        },
        "side": _agreed(sums.sides),
        "support": _agreed(sums.supports),
        "independent": _agreed(free),
        "posture": _agreed(sums.postures),
        "support_pairs": [
            {"a": x, "b": y, "n": n} for (x, y), n in Counter(sums.supports).most_common()
        ],
    }


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Give Cohen's kappa of pairs of judgements: agreement beyond chance, 1 at best.

    Returns
    -------
    float or None
        None without pairs, and where both always say the same one thing, so that chance alone would
        agree as well.
    """
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(x == y for x, y in pairs) / n
    first, second = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    by_chance = sum(first[what] * second[what] for what in first) / n**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def _pairs(a: TrueClip, b: TrueClip) -> list[_Pair]:
    """Give who is who: people of a with those of b that are the same.

    Labels may hold few boxes a person, between which nobody knows; so boxes are compared at the
    times of whichever account has fewer. On the other side one person may be in several pieces.
    """
    if _boxes_each(a) < _boxes_each(b):
        return [(mine, theirs) for theirs, mine in _pairs(b, a)]
    owner = match_people({i: person.boxes for i, person in enumerate(a.people)}, b.people)
    return [
        (mine, [person])
        for j, person in enumerate(b.people)
        if (mine := [a.people[i] for i, who in owner.items() if who == j])
    ]


def _boxes_each(clip: TrueClip) -> float:
    return float(np.median([len(person.boxes) for person in clip.people] or [0]))


def _told(people: Sequence[TruePerson], others: Sequence[TruePerson]) -> list[_Told]:
    """Give the contacts of people where both accounts can say anything, in time order."""
    told = [
        (contact, person)
        for person in people
        for contact in person.contacts
        if person.scorable(contact.time_s)
        and any(other.scorable(contact.time_s) for other in others)
    ]
    return sorted(told, key=lambda pair: pair[0].time_s)


def _compare(sums: _Sums, mine: Sequence[TruePerson], theirs: Sequence[TruePerson]) -> None:
    ours, others = _told(mine, theirs), _told(theirs, mine)
    required: list[tuple[_Told, _Told]] = []
    for tolerance_ms in TOLERANCES_MS:
        match = match_contacts(
            [contact for contact, _ in ours], [contact for contact, _ in others],
            tolerance_ms / 1000,
        )  # fmt: skip
        sums.both[tolerance_ms] += match.matched
        sums.a_only[tolerance_ms] += match.false
        sums.b_only[tolerance_ms] += match.missed
        required = [
            (ours[i], others[j])
            for i, j in match.pairs
            if ours[i][0].required and others[j][0].required
        ]
        if tolerance_ms == HEADLINE_MS:
            sums.differences_s += [other.time_s - one.time_s for (one, _), (other, _) in required]
    for (one, person), (other, same) in required:  # of the widest tolerance
        if one.side and other.side:
            sums.sides.append((one.side, other.side))
        held = person.support_at(one.time_s - 1e-3), same.support_at(other.time_s - 1e-3)
        if held[0] and held[1]:
            sums.supports.append((held[0], held[1]))
    for person in mine:
        for same in theirs:
            _compare_postures(sums, person, same)


def _compare_postures(sums: _Sums, person: TruePerson, same: TruePerson) -> None:
    end_s = max((span.end_s for span in person.postures), default=0.0)
    for time_s in np.arange(0.0, end_s, _EVERY_S).tolist():
        both = person.posture_at(time_s), same.posture_at(time_s)
        scorable = person.scorable(time_s) and same.scorable(time_s)
        if both[0] and both[1] and "other" not in both and scorable:
            sums.postures.append((both[0], both[1]))


def _contact_figures(sums: _Sums, tolerance_ms: int) -> dict[str, Any]:
    both, a, b = (one[tolerance_ms] for one in (sums.both, sums.a_only, sums.b_only))
    total = 2 * both + a + b
    f1 = _rounded(2 * both / total, 4) if total else None
    return {"both": both, "only_a": a, "only_b": b, "f1": f1}


def _agreed(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    kappa = cohen_kappa(pairs)
    return {
        "n": len(pairs),
        "agreement": _rounded(sum(x == y for x, y in pairs) / len(pairs), 4) if pairs else None,
        "kappa": None if kappa is None else _rounded(kappa, 4),
    }


def _rounded(value: Any, digits: int) -> float:
    return round(float(value), digits)
