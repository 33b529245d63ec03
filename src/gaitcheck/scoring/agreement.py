"""How far two accounts of one clip agree: contacts, sides, support, postures.

Counts are summed over people, never a mean of means. F1 does not ask which of the two is right.
Kappa is that of Cohen (1960), doi:10.1177/001316446002000104.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from gaitcheck.scoring.matching import match_contacts, match_people
from gaitcheck.scoring.truth import Contact, TrueClip, TruePerson

TOLERANCES_MS: Final = (50, 100, 200)
HEADLINE_MS: Final = 100
_EVERY_S: Final = 0.1
"""Postures are compared so often."""


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
    met_b = {id(person) for _, person in pairs}
    alone_a = [person for person in a.people if id(person) not in met_a]
    alone_b = [person for person in b.people if id(person) not in met_b]
    # Whom the other did not label at all may well be there; then nothing can be said.
    for people, only, counted in (
        (alone_a, sums.a_only, b.all_people),
        (alone_b, sums.b_only, a.all_people),
    ):
        for tolerance_ms in TOLERANCES_MS if counted else ():
            only[tolerance_ms] += sum(c.required for p in people for c in _scorable(p, p.contacts))
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


def _pairs(a: TrueClip, b: TrueClip) -> list[tuple[list[TruePerson], TruePerson]]:
    """Give each person of b with those of a that are the same: by their boxes, else by name."""
    owner = match_people({i: person.boxes for i, person in enumerate(a.people)}, b.people)
    names = [person.name for person in b.people]
    for i, person in enumerate(a.people):
        if owner[i] is None and names.count(person.name) == 1 and not len(person.boxes):
            owner[i] = names.index(person.name)
    return [
        (mine, person)
        for j, person in enumerate(b.people)
        if (mine := [a.people[i] for i, who in owner.items() if who == j])
    ]


def _scorable(other: TruePerson, contacts: Sequence[Contact]) -> list[Contact]:
    return [contact for contact in contacts if other.scorable(contact.time_s)]


def _compare(sums: _Sums, mine: Sequence[TruePerson], theirs: TruePerson) -> None:
    told = [
        (contact, person)
        for person in mine
        for contact in _scorable(theirs, _scorable(person, person.contacts))
    ]
    told.sort(key=lambda pair: pair[0].time_s)
    ours = [contact for contact, _ in told]
    their_contacts = [
        contact
        for contact in _scorable(theirs, theirs.contacts)
        if any(person.scorable(contact.time_s) for person in mine)
    ]
    for tolerance_ms in TOLERANCES_MS:
        match = match_contacts(ours, their_contacts, tolerance_ms / 1000)
        sums.both[tolerance_ms] += match.matched
        sums.a_only[tolerance_ms] += match.false
        sums.b_only[tolerance_ms] += match.missed
        required = [
            (i, j) for i, j in match.pairs if ours[i].required and their_contacts[j].required
        ]
        if tolerance_ms == HEADLINE_MS:
            sums.differences_s += [their_contacts[j].time_s - ours[i].time_s for i, j in required]
    for i, j in required:  # of the widest tolerance
        contact, person = told[i]
        other = their_contacts[j]
        if contact.side and other.side:
            sums.sides.append((contact.side, other.side))
        held = person.support_at(contact.time_s - 1e-3), theirs.support_at(other.time_s - 1e-3)
        if held[0] and held[1]:
            sums.supports.append((held[0], held[1]))
    for person in mine:
        _compare_postures(sums, person, theirs)


def _compare_postures(sums: _Sums, person: TruePerson, theirs: TruePerson) -> None:
    end_s = max((span.end_s for span in person.postures), default=0.0)
    for time_s in np.arange(0.0, end_s, _EVERY_S).tolist():
        both = person.posture_at(time_s), theirs.posture_at(time_s)
        scorable = person.scorable(time_s) and theirs.scorable(time_s)
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
