"""Answers, labels and corrections -> one form, the labelled clip, so that any two compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from gaitcheck.errors import LabelsError
from gaitcheck.scoring.truth import Contact, Span, TrueClip, TruePerson, true_clip

_CHECKED: Final = ("confirmed", "corrected", "added")
"""States of a step that a person has looked at."""


def read_account(path: Path) -> TrueClip:
    """Read what somebody says of a clip.

    Parameters
    ----------
    path : Path
        An answer (``gaitcheck.analysis/1``), labels (``*.labels.json``) or corrections
        (``gaitcheck.corrections/1``, beside the answer that they correct).

    Returns
    -------
    TrueClip
        Of corrections only steps that a person has looked at are required: what the machine said
        and nobody checked speaks for nobody.

    Raises
    ------
    LabelsError
        If the file is none of these.
    """
    from gaitcheck.output.document import SCHEMA
    from gaitcheck.review.corrections import SCHEMA as CORRECTIONS
    from gaitcheck.review.corrections import corrected, read_corrections

    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise LabelsError(f"{path} holds no answer, labels or corrections")
    if data.get("schema") == SCHEMA:
        return clip_of(data, path)
    if data.get("schema") == CORRECTIONS:
        document, found = read_corrections(path)
        return clip_of(corrected(document, found.edits), path)
    return true_clip(data, path)


def clip_of(document: Mapping[str, Any], path: Path) -> TrueClip:
    """Give an answer of gaitcheck, corrected or not, as a labelled clip.

    Raises
    ------
    LabelsError
        If it is no whole answer.
    """
    try:
        duration_s = float(document["video"]["duration_s"])
        return TrueClip(
            path=path.parent / document["video"]["path"],
            duration_s=duration_s,
            people=tuple(_person(person, document, duration_s) for person in document["people"]),
            all_people=True,
            split="",
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LabelsError(f"{path} is no whole answer: {error!r}") from error


def _person(person: Mapping[str, Any], document: Mapping[str, Any], end_s: float) -> TruePerson:
    steps = sorted(
        (step for step in document["steps"] if step["person"] == person["id"]),
        key=lambda step: step["contact_s"],
    )
    times = [float(step["contact_s"]) for step in steps]
    starts = [min(0.0, *times), *times] if times else []
    return TruePerson(
        name=f"person {person['id']}",
        boxes=np.array(person["boxes"], dtype=float).reshape(-1, 5),
        labelled=Span("labelled", 0.0, end_s + 1.0),
        contacts=tuple(
            Contact(time_s, step["side"], step.get("state", "confirmed") in _CHECKED)
            for time_s, step in zip(times, steps, strict=True)
        ),
        # A step lasts from the contact before to its own; that is how long its support is told.
        supports=tuple(
            Span(step["support"], start_s, stop_s)
            for step, (start_s, stop_s) in zip(steps, pairwise(starts), strict=True)
        ),
        postures=tuple(
            Span(span["posture"], span["start_s"], span["end_s"])
            for span in document["postures"]
            if span["person"] == person["id"]
        ),
    )
