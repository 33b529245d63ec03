"""One review: the machine's answer, the corrections so far, and where they are kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from gaitcheck.errors import LabelsError
from gaitcheck.output.files import check_targets, write_files
from gaitcheck.output.reading import analysis_of, read_document
from gaitcheck.output.verdict import verdict
from gaitcheck.review.corrections import (
    FIELDS,
    Corrections,
    corrected,
    read_corrections,
    sha256_of,
)
from gaitcheck.review.labels import frame_times, to_labels

_log = logging.getLogger(__name__)


class Session:
    """Takes deeds one after the other and keeps each before it answers.

    Parameters
    ----------
    clip : Path
        The video.
    answer : Path
        The saved analysis; it is never written to.
    by : str
        Who reviews.

    Raises
    ------
    LabelsError
        If the answer cannot be read, or corrections beside it belong to another.
    OutputError
        If corrections cannot be written beside the answer.
    """

    def __init__(self, clip: Path, *, answer: Path, by: str) -> None:
        self.clip, self.answer, self.by = clip, answer, by
        self.document = read_document(answer)
        self.path = answer.with_name(f"{_stem(answer)}.corrections.json")
        check_targets([self.path], source=answer)
        if self.path.exists():
            _, self._kept = read_corrections(self.path)
            if self._kept.analysis != answer.name:
                raise LabelsError(
                    f"{self.path} corrects {self._kept.analysis}, not {answer.name}: move it away "
                    "to begin anew"
                )
        else:
            self._kept = Corrections(
                clip=clip.name, analysis=answer.name, analysis_sha256=sha256_of(answer)
            )
        self._undone: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._found = corrected(self.document, self._kept.edits)

    def do(self, edit: Mapping[str, Any]) -> dict[str, Any]:
        """Do one correction, keep it, and give the `state`.

        Raises
        ------
        LabelsError
            If it makes no sense; nothing is changed then.
        OutputError
            If it cannot be kept; nothing is changed then.
        """
        what = edit.get("do")
        if not isinstance(what, str) or what not in FIELDS:
            raise LabelsError(f"there is no deed called {what!r}")
        known = {name: edit[name] for name in FIELDS[what] if name in edit}
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with self._lock:
            self._keep((*self._kept.edits, {"do": what, "by": self.by, "at": now, **known}))
            self._undone.clear()
            return self._state()

    def undo(self) -> dict[str, Any]:
        """Take back the last correction, also one of an earlier day."""
        with self._lock:
            if self._kept.edits:
                last = self._kept.edits[-1]
                self._keep(self._kept.edits[:-1])
                self._undone.append(last)
            return self._state()

    def redo(self) -> dict[str, Any]:
        """Do again what was taken back last."""
        with self._lock:
            if self._undone:
                self._keep((*self._kept.edits, self._undone[-1]))
                self._undone.pop()
            return self._state()

    def state(self) -> dict[str, Any]:
        """Give what the page shows: the corrected steps and sequences, the verdict on them."""
        with self._lock:
            return self._state()

    def write_labels(self) -> Path:
        """Write a new labels file beside the answer and give its path; none is overwritten.

        Raises
        ------
        LabelsError
            If nothing was looked at yet.
        OutputError
            If it cannot be written.
        """
        with self._lock:
            video = self.document["video"]
            content = to_labels(
                self._found,
                clip=self.clip.name,
                times_s=frame_times(
                    self.clip, duration_s=video["duration_s"], fps=video["mean_fps"]
                ),
                annotators=sorted({str(edit.get("by", "?")) for edit in self._kept.edits}),
            )
            if not self._kept.edits:
                raise LabelsError("nothing was checked yet: confirm or correct steps first")
            path = self._new_labels_path()
            write_files({path: content})
            return path

    def _new_labels_path(self) -> Path:
        stem = _stem(self.answer)
        names = [f"{stem}.labels.json", f"{stem}.reviewed.labels.json"]
        names += [f"{stem}.reviewed-{n}.labels.json" for n in range(2, 1000)]
        for name in names:
            path = self.answer.with_name(name)
            if not path.exists():
                return path
        raise LabelsError(f"there are too many labels files of {stem}: move some away")

    def _keep(self, edits: tuple[dict[str, Any], ...]) -> None:
        found = corrected(self.document, edits)
        kept = replace(self._kept, edits=edits)
        write_files({self.path: kept.to_json()})
        self._kept, self._found = kept, found

    def _state(self) -> dict[str, Any]:
        found = self._found
        return {
            "by": self.by,
            "steps": found["steps"],
            "sequences": found["sequences"],
            "verdict": verdict(analysis_of(found)),
            "watched": found["review"]["watched"],
            "everybody": found["review"]["everybody"],
            "milestones": found["review"]["milestones"],
            "edits": len(self._kept.edits),
            "can_undo": bool(self._kept.edits),
            "can_redo": bool(self._undone),
            "saved": self.path.name,
        }


def _stem(answer: Path) -> str:
    """``walk.analysis.json`` and ``walk.json`` both give ``walk``."""
    return answer.name.removesuffix(".json").removesuffix(".analysis")
