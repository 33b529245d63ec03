"""Analysis -> the JSON contract ``gaitcheck.analysis/1``.

The schema beside this file (``analysis.schema.json``) says what each field means.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from gaitcheck import __version__
from gaitcheck.errors import OutputError
from gaitcheck.output.text import valid

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis, Person
    from gaitcheck.gait.events import Evidence, PostureEvent, Step, StepSequence
    from gaitcheck.gait.reasons import Reason

SCHEMA: Final = "gaitcheck.analysis/1"

# Decimals: finer than any camera's clock or any pose model's landmark.
_TIME, _PX, _SHARE, _RATE = 4, 1, 3, 1


def document(analysis: Analysis) -> dict[str, Any]:
    """Give an analysis as plain dicts, lists, strings and finite numbers.

    Times are rounded to 1e-4 s, lengths to 0.1 px, confidences and scores to 1e-3, cadences to
    0.1 steps a minute.

    Raises
    ------
    OutputError
        If a number that must be there is not finite.
    """
    video, first = analysis.video, analysis.first_independent_step
    return {
        "schema": SCHEMA,
        "gaitcheck_version": __version__,
        "model": {"name": analysis.model.name, "sha256": analysis.model.sha256},
        "settings": _plain(asdict(analysis.settings)),
        "warnings": [valid(warning) for warning in analysis.warnings],
        "video": {
            "path": valid(video.path),
            "duration_s": _number("video.duration_s", video.duration_s, _TIME),
            "width": int(video.width),
            "height": int(video.height),
            "frame_count": int(video.frame_count),
            "mean_fps": _number("video.mean_fps", video.mean_fps, _TIME),
        },
        "people": [_person(person) for person in analysis.people],
        "steps": [_step(step) for step in analysis.steps],
        "sequences": [_sequence(sequence) for sequence in analysis.sequences],
        "postures": [
            {
                "person": int(span.person),
                "posture": span.posture,
                **_span("posture", span),
                "milestones": [valid(name) for name in span.milestones],
            }
            for span in analysis.postures
        ],
        "events": [_event(event) for event in analysis.events],
        "reasons": [valid(reason.text) for reason in analysis.reasons],
        "support_reasons": [_reason(reason) for reason in analysis.reasons],
        "rejected": [
            {
                "person": int(rejection.person),
                **_span("rejected", rejection),
                "reason": valid(rejection.reason),
            }
            for rejection in analysis.rejected
        ],
        "badly_seen": [
            {
                "person": int(bad.person),
                **_span("badly_seen", bad),
                "reason": valid(bad.reason),
                "score": _number("badly_seen.score", bad.score, _SHARE),
            }
            for bad in analysis.badly_seen
        ],
        "first_independent_step": None
        if first is None
        else {
            "person": int(first.person),
            "time_s": _number("first_independent_step.time_s", first.time_s, _TIME),
            "sequence": int(first.sequence),
        },
    }


def to_json(document: dict[str, Any]) -> bytes:
    """Give the document as UTF-8 JSON, one line for each person, step, sequence and so on.

    Raises
    ------
    OutputError
        If a number is not finite.
    """
    try:
        fields = (f"  {_dump(key)}: {_lines(value)}" for key, value in document.items())
        return ("{\n" + ",\n".join(fields) + "\n}\n").encode()
    except ValueError as error:
        raise OutputError(f"the analysis holds a number JSON cannot: {error}") from error


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the document."""
    text = files("gaitcheck.output").joinpath("analysis.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n    " + ",\n    ".join(_dump(item) for item in value) + "\n  ]"
    return _dump(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": int(person.id),
        **_span("people", person),
        "height_px": _number("people.height_px", person.height_px, _PX),
        "stature": person.stature,
        "boxes": [
            [
                _number("people.boxes", box[0], _TIME),
                *(_number("people.boxes", x, _PX) for x in box[1:]),
            ]
            for box in person.boxes
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "person": int(step.person),
        "side": step.side,
        "lift_off_s": _number_or_none(step.lift_off_s, _TIME),
        "contact_s": _number("steps.contact_s", step.contact_s, _TIME),
        "support": step.support,
        "confidence": _number("steps.confidence", step.confidence, _SHARE),
        "sequence": None if step.sequence is None else int(step.sequence),
        "held_probability": _number_or_none(step.held_probability, _SHARE),
    }


def _sequence(sequence: StepSequence) -> dict[str, Any]:
    return {
        "id": int(sequence.id),
        "person": int(sequence.person),
        **_span("sequences", sequence),
        "n_steps": int(sequence.n_steps),
        "support": sequence.support,
        "independent": bool(sequence.independent),
        "confidence": _number("sequences.confidence", sequence.confidence, _SHARE),
        "milestones": [valid(name) for name in sequence.milestones],
        "cadence_spm": _number_or_none(sequence.cadence_spm, _RATE),
        "evidence": [_evidence(evidence) for evidence in sequence.evidence],
    }


def _event(event: PostureEvent) -> dict[str, Any]:
    return {
        "person": int(event.person),
        "event": event.event,
        **_span("events", event),
        "confidence": _number("events.confidence", event.confidence, _SHARE),
        "evidence": [_evidence(evidence) for evidence in event.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    other = evidence.other_person
    return {
        "cue": evidence.cue,
        **_span("evidence", evidence),
        "side": evidence.side,
        "other_person": None if other is None else int(other),
        "score": _number("evidence.score", evidence.score, _SHARE),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    other = reason.other_person
    return {
        "person": int(reason.person),
        "first_step": int(reason.first_step),
        "last_step": int(reason.last_step),
        **_span("support_reasons", reason),
        "support": reason.support,
        "cause": valid(reason.cause),
        "hands": list(reason.hands),
        "other_person": None if other is None else int(other),
    }


def _span(where: str, span: Any) -> dict[str, float]:
    return {
        "start_s": _number(f"{where}.start_s", span.start_s, _TIME),
        "end_s": _number(f"{where}.end_s", span.end_s, _TIME),
    }


def _number(where: str, value: float, decimals: int) -> float:
    number = _number_or_none(value, decimals)
    if number is None:
        raise OutputError(
            f"{where} is {value}, which is no number a result may hold: this is a fault of "
            "gaitcheck, please report it"
        )
    return number


def _number_or_none(value: float | None, decimals: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), decimals) + 0.0  # + 0.0 turns -0.0 into 0.0


def _plain(value: Any) -> Any:
    """Give settings as JSON can hold them: an infinite bound becomes null."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return valid(str(value))
