"""The JSON contract ``gaitcheck.analysis/1`` -> an `Analysis` again, without its tracks."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from gaitcheck.answer import Analysis, ModelInfo, Person
from gaitcheck.errors import GaitcheckError, LabelsError
from gaitcheck.gait.events import (
    Evidence,
    FirstStep,
    PostureEvent,
    PostureSpan,
    Rejection,
    Step,
    StepSequence,
)
from gaitcheck.gait.quality import BadlySeen
from gaitcheck.gait.reasons import Reason
from gaitcheck.output.document import SCHEMA
from gaitcheck.settings import Settings
from gaitcheck.video.frame import VideoInfo

_T = TypeVar("_T")


def read_document(path: Path) -> dict[str, Any]:
    """Read a saved analysis as the plain document.

    Raises
    ------
    LabelsError
        If the file cannot be read or holds no analysis.
    """
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise LabelsError(
            f"{path} holds no analysis ({SCHEMA}): write one with `gaitcheck CLIP --json FILE`"
        )
    return found


def analysis_of(document: Mapping[str, Any]) -> Analysis:
    """Make an `Analysis` of a document; it has no tracks, as the document has none.

    Raises
    ------
    LabelsError
        If something is missing or of another kind.
    """
    try:
        return Analysis(
            video=_made(VideoInfo, document["video"]),
            model=_made(ModelInfo, document["model"]),
            settings=settings_of(document["settings"]),
            people=tuple(
                _made(Person, {**person, "boxes": tuple(map(tuple, person["boxes"]))})
                for person in document["people"]
            ),
            steps=tuple(_made(Step, step) for step in document["steps"]),
            sequences=tuple(_sequence(sequence) for sequence in document["sequences"]),
            postures=tuple(
                _made(PostureSpan, {**span, "milestones": tuple(span["milestones"])})
                for span in document["postures"]
            ),
            badly_seen=tuple(_made(BadlySeen, one) for one in document.get("badly_seen", ())),
            rejected=tuple(_made(Rejection, one) for one in document["rejected"]),
            first_independent_step=None
            if document["first_independent_step"] is None
            else _made(FirstStep, document["first_independent_step"]),
            warnings=tuple(document["warnings"]),
            reasons=tuple(
                _made(Reason, {**reason, "hands": tuple(reason["hands"])})
                for reason in document.get("support_reasons", ())
            ),
            events=tuple(_with_evidence(PostureEvent, one) for one in document.get("events", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, GaitcheckError) as error:
        raise LabelsError(f"this is no whole analysis ({SCHEMA}): {error!r}") from error


def settings_of(document: Mapping[str, Any]) -> Settings:
    """Make settings of their document; what it lacks takes its default, null is no bound."""
    return _settings(Settings(), document)


def _settings(default: _T, given: Mapping[str, Any]) -> _T:
    values: dict[str, Any] = {}
    for field in fields(default):  # type: ignore[arg-type]
        was = getattr(default, field.name)
        if field.name not in given:
            continue
        now = given[field.name]
        if is_dataclass(was):
            values[field.name] = _settings(was, now)
        elif now is None and was is not None:
            values[field.name] = math.inf
        else:
            values[field.name] = tuple(now) if isinstance(now, list) else now
    return type(default)(**values)


def _sequence(document: Mapping[str, Any]) -> StepSequence:
    milestones = tuple(document["milestones"])
    return _with_evidence(StepSequence, {**document, "milestones": milestones})


def _with_evidence(kind: type[_T], document: Mapping[str, Any]) -> _T:
    evidence = tuple(_made(Evidence, one) for one in document["evidence"])
    return _made(kind, {**document, "evidence": evidence})


def _made(kind: type[_T], values: Mapping[str, Any]) -> _T:
    """Make a dataclass of the fields it knows: later versions may add others."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in values.items() if name in names})
