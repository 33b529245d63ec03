"""Who is who, and which found contact is which true one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gaitcheck.scoring.truth import Contact, FloatArray, TruePerson

MIN_MEAN_IOU: Final = 0.2
"""Below this mean overlap a found person is nobody labelled (arbitrary; boxes of different people
who walk side by side overlap less)."""

MAX_DELAY_S: Final = 1.0
"""Some clips have one labelled box a person, where it is first seen; who is found at most so much
later, near to it, is that person (arbitrary)."""

ALIKE: Final = 0.05
"""Overlaps that differ by less do not tell two people apart, one before the other (arbitrary;
rendered: a child wholly hidden by an adult whose box, with the child's arms, fits the child's by
0.01 better)."""

HIDDEN: Final = 0.25
"""Whoever is to be seen at fewer of their landings is as good as hidden."""


def match_events(
    found_s: Sequence[float], true_s: Sequence[float], tolerance_s: float
) -> list[tuple[int, int]]:
    """Match times one to one, nearest pairs first.

    Returns
    -------
    list of (int, int)
        Pairs (index into found_s, index into true_s), each index at most once, no pair further
        apart than `tolerance_s`.
    """
    pairs = sorted(
        (abs(f - t), i, j)
        for i, f in enumerate(found_s)
        for j, t in enumerate(true_s)
        if abs(f - t) <= tolerance_s + 1e-9
    )
    used_found: set[int] = set()
    used_true: set[int] = set()
    matched = []
    for _, i, j in pairs:
        if i not in used_found and j not in used_true:
            used_found.add(i)
            used_true.add(j)
            matched.append((i, j))
    return sorted(matched)


@dataclass(frozen=True)
class ContactMatch:
    """How found contacts meet true ones.

    ``pairs`` holds (index found, index true). A pair with a contact that is not required, on either
    side, counts neither way, nor does such a contact alone.
    """

    pairs: tuple[tuple[int, int], ...]
    matched: int
    missed: int
    false: int


def match_contacts(
    found: Sequence[Contact], true: Sequence[Contact], tolerance_s: float
) -> ContactMatch:
    """Match contacts by their times, whatever their sides, and count."""
    pairs = match_events([c.time_s for c in found], [c.time_s for c in true], tolerance_s)
    matched = sum(found[i].required and true[j].required for i, j in pairs)
    paired_found, paired_true = {i for i, _ in pairs}, {j for _, j in pairs}
    return ContactMatch(
        pairs=tuple(pairs),
        matched=matched,
        missed=sum(c.required and j not in paired_true for j, c in enumerate(true)),
        false=sum(c.required and i not in paired_found for i, c in enumerate(found)),
    )


def iou(a: FloatArray, b: FloatArray) -> FloatArray:
    """Intersection over union of boxes x0, y0, x1, y1, row by row, shape (n,)."""
    a, b = np.atleast_2d(a), np.atleast_2d(b)
    width = np.minimum(a[:, 2], b[:, 2]) - np.maximum(a[:, 0], b[:, 0])
    height = np.minimum(a[:, 3], b[:, 3]) - np.maximum(a[:, 1], b[:, 1])
    shared = np.clip(width, 0, None) * np.clip(height, 0, None)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    return np.asarray(shared / np.maximum(area_a + area_b - shared, 1e-9))


def boxes_at(boxes: FloatArray, times_s: FloatArray) -> FloatArray:
    """Boxes (rows of time_s, x0, y0, x1, y1) interpolated at `times_s`, shape (n, 4)."""
    return np.stack([np.interp(times_s, boxes[:, 0], boxes[:, k]) for k in range(1, 5)], axis=1)


def mean_iou(found: FloatArray, person: TruePerson) -> float:
    """Mean overlap of a found person's boxes with the labelled boxes of that time.

    Only at the labelled times: between them people turn, and a straight line would be wrong.
    """
    times = person.boxes[:, 0]
    during = (found[0, 0] <= times) & (times <= found[-1, 0])
    if not during.any():
        return 0.0
    labelled = person.boxes[during]
    return float(iou(boxes_at(found, labelled[:, 0]), labelled[:, 1:]).mean())


def _nearness_to_lone_box(found: FloatArray, person: TruePerson) -> float:
    """How near someone found a little later stands to a lone first box: 1 there, 0 a height off."""
    box = person.boxes[0]
    if len(person.boxes) > 1 or not 0 <= found[0, 0] - box[0] <= MAX_DELAY_S:
        return 0.0
    first = found[0]
    height = first[4] - first[2]
    centres = np.array([(box[1] + box[3]) / 2, (box[2] + box[4]) / 2]) - np.array(
        [(first[1] + first[3]) / 2, (first[2] + first[4]) / 2]
    )
    return float(np.clip(1 - np.hypot(*centres) / height, 0, 1))


def _in_sight(found: FloatArray, person: TruePerson) -> float:
    """Share of the person's landings in that time that can be seen; 1 where there are none."""
    start_s, end_s = (found[0, 0], found[-1, 0]) if len(found) else (0.0, 0.0)
    landings = [c.required for c in person.contacts if start_s <= c.time_s <= end_s]
    return float(np.mean(landings)) if landings else 1.0


def match_people(
    found: Mapping[int, FloatArray], people: Sequence[TruePerson]
) -> dict[int, int | None]:
    """Give each found person the labelled one it overlaps most, or None.

    Of two whom it overlaps alike, the one who can be seen: nobody finds a hidden one. Several found
    people may be pieces of one labelled person: their contacts are then matched together, and what
    is found twice counts as false.
    """
    owner: dict[int, int | None] = {}
    for number, boxes in found.items():
        overlaps = [
            max(mean_iou(boxes, person), _nearness_to_lone_box(boxes, person)) if len(boxes) else 0
            for person in people
        ]
        owner[number] = None
        if not overlaps or max(overlaps) < MIN_MEAN_IOU:
            continue
        alike = [i for i, overlap in enumerate(overlaps) if overlap >= max(overlaps) - ALIKE]
        seen = [i for i in alike if _in_sight(boxes, people[i]) >= HIDDEN]
        owner[number] = max(seen or alike, key=lambda i: overlaps[i])
    return owner
