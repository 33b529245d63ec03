"""Labelled clips: what really happens in them, read from `*.labels.json`.

The format is that of the hand-labelled clips (frames count from 0 as decoded); rendered clips add
exact `time_s` and `visible` to contacts, and `categories`, `split` and `all_people` to the clip.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import LabelsError

FloatArray = npt.NDArray[np.floating[Any]]

SUPPORTED: Final = ("person", "object_fixed", "object_moving")


@dataclass(frozen=True)
class Contact:
    """One foot landing, or leaving the floor.

    `required` is False where the annotator was unsure or nothing shows it.
    """

    time_s: float
    side: str | None
    required: bool = True


@dataclass(frozen=True)
class Span:
    """Something that holds in [start_s, end_s), and by what it does so, where labels say."""

    what: str
    start_s: float
    end_s: float
    cause: tuple[str, ...] = ()

    def __contains__(self, time_s: float) -> bool:
        return self.start_s <= time_s < self.end_s


@dataclass(frozen=True)
class TruePerson:
    """One labelled person; times in s, boxes as rows of time_s, x0, y0, x1, y1."""

    name: str
    boxes: FloatArray
    labelled: Span
    contacts: tuple[Contact, ...]
    supports: tuple[Span, ...]
    postures: tuple[Span, ...]
    not_scorable: tuple[Span, ...] = ()
    lift_offs: tuple[Contact, ...] = ()

    def support_at(self, time_s: float) -> str | None:
        """Tell what held the person at that time; None where nothing is labelled."""
        return next((s.what for s in self.supports if time_s in s), None)

    def posture_at(self, time_s: float) -> str | None:
        """Tell what the person did at that time; None where nothing is labelled."""
        return next((s.what for s in self.postures if time_s in s), None)

    def scorable(self, time_s: float) -> bool:
        """Whether the labels can say anything of that time."""
        return time_s in self.labelled and not any(time_s in span for span in self.not_scorable)


@dataclass(frozen=True)
class TrueClip:
    """One labelled clip."""

    path: Path
    duration_s: float
    people: tuple[TruePerson, ...]
    all_people: bool
    split: str
    categories: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The clip's name without its ending."""
        return self.path.stem


def _span(item: dict[str, Any], fps: float) -> Span:
    start = item.get("start_s", item["start"] / fps)
    end = item.get("end_s", item["end"] / fps)
    return Span(item["what"], start, end, tuple(item.get("cause", ())))


def _contact(item: dict[str, Any], fps: float) -> Contact:
    required = bool(item.get("sure", True)) and bool(item.get("visible", True))
    return Contact(item.get("time_s", item["frame"] / fps), item.get("side"), required)


def _person(item: dict[str, Any], fps: float, n_frames: int) -> TruePerson:
    first, last = item.get("labelled_range", (0, n_frames))
    boxes = item.get("boxes") or [item["box_first_seen"]]
    return TruePerson(
        name=item["name"],
        boxes=np.array([[box[0] / fps, *box[1:5]] for box in boxes], dtype=float),
        labelled=Span("labelled", first / fps, last / fps),
        contacts=tuple(_contact(c, fps) for c in item.get("contacts", ())),
        supports=tuple(_span(s, fps) for s in item.get("support", ()) if s.get("sure", True)),
        postures=tuple(_span(s, fps) for s in item.get("posture", ()) if s.get("sure", True)),
        not_scorable=tuple(
            Span(str(why), start / fps, end / fps)
            for start, end, why in item.get("not_scorable", ())
        ),
        lift_offs=tuple(_contact(c, fps) for c in item.get("lift_offs", ())),
    )


def _comes_into_view(item: dict[str, Any]) -> bool:
    """Whether the person is ever seen: of who has an empty list of boxes nothing can be scored."""
    return item.get("boxes") != [] or "box_first_seen" in item


def read_clip(labels_path: Path) -> TrueClip:
    """Read one labels file.

    Raises
    ------
    LabelsError
        If the file is not in the label format; the text names the file and the trouble.
    """
    try:
        data = json.loads(labels_path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise LabelsError(f"{labels_path} is not a labels file: {trouble}") from trouble
    return true_clip(data, labels_path)


def true_clip(data: dict[str, Any], labels_path: Path) -> TrueClip:
    """Read the content of a labels file.

    Raises
    ------
    LabelsError
        If it is not in the label format.
    """
    try:
        fps, n_frames = float(data["fps"]), int(data["n_frames"])
        people = tuple(_person(p, fps, n_frames) for p in data["people"] if _comes_into_view(p))
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError) as trouble:
        raise LabelsError(f"{labels_path} is not a labels file: {trouble!r}") from trouble
    partly = any("labelled_range" in p for p in data["people"])
    return TrueClip(
        path=labels_path.parent / data["clip"],
        duration_s=float(data.get("duration_s", n_frames / fps)),
        people=people,
        all_people=bool(data.get("all_people", not partly)),
        split=data.get("split", "real"),
        categories=dict(data.get("categories", {})),
    )


def read_folder(folder: Path) -> list[TrueClip]:
    """Read every labelled clip of a folder whose video is there, by name."""
    clips = [read_clip(path) for path in sorted(folder.glob("*.labels.json"))]
    return [clip for clip in clips if clip.path.exists()]
