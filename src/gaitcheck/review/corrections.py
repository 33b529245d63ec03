"""What a person corrected: a list of deeds beside the machine's answer, which stays as it was.

``gaitcheck.corrections/1``: ``schema``, ``clip`` (its file name), ``analysis`` (file name of the
answer, beside), ``analysis_sha256`` (of that file), ``edits`` in order, each with ``do`` (what),
``by`` (who) and ``at`` (when, UTC) and the fields of `FIELDS`. Steps are called ``m0``, ``m1`` and
so on by their place in the answer, added ones ``a1``, ``a2``, and so on.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from gaitcheck.errors import LabelsError
from gaitcheck.gait.events import Side, Support
from gaitcheck.gait.milestones import CRITERIA

SCHEMA: Final = "gaitcheck.corrections/1"

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "confirm": ("steps",),
    "move": ("step", "contact_s"),
    "add": ("person", "side", "contact_s", "support"),
    "delete": ("step",),
    "side": ("step", "side"),
    "support": ("steps", "support"),
    "person": ("steps", "person"),
    "milestone": ("person", "name", "seen", "time_s"),
    "watched": ("person", "watched"),
    "everybody": ("labelled",),
}
"""Every deed with its fields. ``watched``: this person's steps were all looked at and none is
missing; ``everybody``: everybody in the video is among the people."""


@dataclass(frozen=True)
class Corrections:
    """One file of corrections: whose answer they correct, and the deeds in order."""

    clip: str
    analysis: str
    analysis_sha256: str
    edits: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> bytes:
        """Give the file's content, one line a deed."""
        head = {
            "schema": SCHEMA, "clip": self.clip, "analysis": self.analysis,
            "analysis_sha256": self.analysis_sha256,
        }  # fmt: skip
        fields = [f" {_dump(key)}: {_dump(value)}" for key, value in head.items()]
        edits = ",\n".join(f"  {_dump(edit)}" for edit in self.edits)
        fields.append(f' "edits": [\n{edits}\n ]' if edits else ' "edits": []')
        return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def read_corrections(path: Path) -> tuple[dict[str, Any], Corrections]:
    """Read corrections and the answer beside them.

    Returns
    -------
    document : dict
        The machine's answer.
    Corrections

    Raises
    ------
    LabelsError
        If either cannot be read, they do not belong together, or a deed makes no sense.
    """
    from gaitcheck.output.reading import read_document

    try:
        data = json.loads(path.read_bytes())
        schema = data["schema"]
        found = Corrections(
            clip=str(data["clip"]),
            analysis=str(data["analysis"]),
            analysis_sha256=str(data["analysis_sha256"]),
            edits=tuple(dict(edit) for edit in data["edits"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabelsError(f"{path} cannot be read as corrections: {error!r}") from error
    if schema != SCHEMA:
        raise LabelsError(f"{path} holds no corrections ({SCHEMA}), but {schema!r}")
    answer = path.parent / Path(found.analysis).name
    document = read_document(answer)
    if sha256_of(answer) != found.analysis_sha256:
        raise LabelsError(
            f"{path} corrects another answer than {answer.name} beside it: put back the answer "
            "that was reviewed, or move the corrections away to begin anew"
        )
    corrected(document, found.edits)
    return document, found


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def corrected(document: Mapping[str, Any], edits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the answer with the corrections in it.

    Returns
    -------
    dict
        The document with ``steps`` that carry an ``id`` and a ``state`` (machine, confirmed,
        corrected, added), ``sequences`` and ``first_independent_step`` found anew from them, and
        ``review``: {``watched`` [person], ``everybody`` bool, ``milestones`` [{``person``,
        ``name``, ``seen``, ``time_s``}]}. The given document is left as it is.

    Raises
    ------
    LabelsError
        If a deed makes no sense; the text says which.
    """
    from gaitcheck.output.page.data import step_rows
    from gaitcheck.review.regroup import regrouped

    work = _Work(
        document, {row["id"]: {**row, "state": "machine"} for row in step_rows(document["steps"])}
    )
    for number, edit in enumerate(edits, start=1):
        work.do(edit, number)
    return regrouped(document, work.finished(), work.review())


class _Work:
    """The steps while corrections are being done to them."""

    def __init__(self, document: Mapping[str, Any], steps: dict[str, dict[str, Any]]) -> None:
        self._people = {person["id"] for person in document["people"]}
        self._duration_s = float(document["video"]["duration_s"])
        self._steps = steps
        self._added = 0
        self._watched: set[int] = set()
        self._everybody = False
        self._milestones: dict[tuple[int, str], dict[str, Any]] = {}

    def do(self, edit: Mapping[str, Any], number: int) -> None:
        what = edit.get("do")
        if not isinstance(what, str) or what not in FIELDS:
            raise LabelsError(f"correction {number}: there is no deed called {what!r}")
        missing = [name for name in FIELDS[what] if name not in edit]
        if missing:
            raise LabelsError(f"correction {number} ({what}) lacks {', '.join(missing)}")
        try:
            self._check(edit)
            getattr(self, f"_do_{what}")(edit)
        except LabelsError as error:
            raise LabelsError(f"correction {number} ({what}): {error}") from None

    def finished(self) -> list[dict[str, Any]]:
        """Give the steps in time order; those of a person watched throughout are all confirmed."""
        for step in self._steps.values():
            if step["person"] in self._watched and step["state"] == "machine":
                step["state"] = "confirmed"
        return sorted(self._steps.values(), key=lambda step: (step["contact_s"], step["person"]))

    def review(self) -> dict[str, Any]:
        return {
            "watched": sorted(self._watched),
            "everybody": self._everybody,
            "milestones": list(self._milestones.values()),
        }

    def _check(self, edit: Mapping[str, Any]) -> None:
        for name in ("contact_s", "time_s"):
            if name in edit:
                time_s = edit[name]
                number = isinstance(time_s, (int, float)) and not isinstance(time_s, bool)
                if not number or not math.isfinite(time_s) or not 0 <= time_s <= self._duration_s:
                    raise LabelsError(f"{time_s!r} is no time of this video")
        if edit.get("side") not in (None, *get_args(Side)):
            raise LabelsError(f"{edit['side']!r} is no side")
        if "support" in edit and edit["support"] not in get_args(Support):
            raise LabelsError(f"{edit['support']!r} is no support")
        if "person" in edit and (
            not isinstance(edit["person"], int) or edit["person"] not in self._people
        ):
            raise LabelsError(f"there is no person {edit['person']!r}")
        for name in ("seen", "watched", "labelled"):
            if name in edit and not isinstance(edit[name], bool):
                raise LabelsError(f"{name} is true or false, not {edit[name]!r}")
        steps = [edit["step"]] if "step" in edit else edit.get("steps", [])
        if not isinstance(steps, list):
            raise LabelsError(f"{steps!r} is no list of steps")
        for step in steps:
            if not isinstance(step, str) or step not in self._steps:
                raise LabelsError(f"there is no step {step!r}")

    def _change(self, step: str, **values: Any) -> None:
        row = self._steps[step]
        state = "added" if row["state"] == "added" else "corrected"
        self._steps[step] = {**row, **values, "state": state}

    def _do_confirm(self, edit: Mapping[str, Any]) -> None:
        for step in edit["steps"]:
            if self._steps[step]["state"] == "machine":
                self._steps[step] = {**self._steps[step], "state": "confirmed"}

    def _do_move(self, edit: Mapping[str, Any]) -> None:
        contact_s = round(float(edit["contact_s"]), 4)
        lift_off_s = self._steps[edit["step"]]["lift_off_s"]
        if lift_off_s is not None and lift_off_s >= contact_s:
            lift_off_s = None
        self._change(edit["step"], contact_s=contact_s, lift_off_s=lift_off_s)

    def _do_add(self, edit: Mapping[str, Any]) -> None:
        self._added += 1
        name = f"a{self._added}"
        self._steps[name] = {
            "id": name, "person": edit["person"], "side": edit["side"], "lift_off_s": None,
            "contact_s": round(float(edit["contact_s"]), 4), "support": edit["support"],
            "confidence": 1.0, "sequence": None, "state": "added",
        }  # fmt: skip

    def _do_delete(self, edit: Mapping[str, Any]) -> None:
        del self._steps[edit["step"]]

    def _do_side(self, edit: Mapping[str, Any]) -> None:
        self._change(edit["step"], side=edit["side"])

    def _do_support(self, edit: Mapping[str, Any]) -> None:
        for step in edit["steps"]:
            self._change(step, support=edit["support"])

    def _do_person(self, edit: Mapping[str, Any]) -> None:
        for step in edit["steps"]:
            self._change(step, person=edit["person"])

    def _do_milestone(self, edit: Mapping[str, Any]) -> None:
        if edit["name"] not in CRITERIA:
            raise LabelsError(f"there is no milestone {edit['name']!r}")
        key = edit["person"], edit["name"]
        self._milestones[key] = {name: edit[name] for name in FIELDS["milestone"]}

    def _do_watched(self, edit: Mapping[str, Any]) -> None:
        (self._watched.add if edit["watched"] else self._watched.discard)(edit["person"])

    def _do_everybody(self, edit: Mapping[str, Any]) -> None:
        self._everybody = edit["labelled"]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
