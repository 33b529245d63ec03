"""Corrected answers -> the label format of benchmarks/accuracy, so that they become truth."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

_MARGIN_S: Final = 0.5
"""Of a person who was not watched throughout, so much around the steps that were looked at is
labelled (arbitrary)."""


def frame_times(clip: Path, *, duration_s: float, fps: float) -> list[float]:
    """Give the times of all frames, s, from the container without decoding; else by the rate."""
    import av

    times: list[float] = []
    try:
        if clip.is_file():
            with av.open(str(clip)) as container:
                stream = container.streams.video[0]
                stamps = sorted(
                    float(packet.pts * packet.time_base)
                    for packet in container.demux(stream)
                    if packet.pts is not None and packet.time_base is not None
                )
            times = [stamp - stamps[0] for stamp in stamps]
    except (av.FFmpegError, OSError, IndexError):
        times = []
    return times or (np.arange(0.0, duration_s, 1 / fps).tolist() if fps > 0 else [0.0])


def to_labels(
    document: Mapping[str, Any], *, clip: str, times_s: Sequence[float], annotators: Sequence[str]
) -> bytes:
    """Give a labels file of a corrected answer.

    Only people at whose steps somebody has looked are labelled, and only where: throughout if they
    were watched throughout, else around the steps that were looked at. Steps that nobody has looked
    at are marked as not sure.

    Parameters
    ----------
    document : dict
        Of `gaitcheck.review.corrections.corrected`.
    clip : str
        File name of the video.
    times_s : sequence of float
        Of all its frames.
    annotators : sequence of str
        Who corrected.
    """
    clock = _Frames(times_s, fps=float(document["video"]["mean_fps"]))
    review = document["review"]
    people = [
        made
        for person in document["people"]
        if (made := _person(person, document, clock, watched=person["id"] in review["watched"]))
    ]
    labels = {
        "clip": clip,
        "fps": round(clock.fps, 4),
        "n_frames": len(times_s),
        "duration_s": document["video"]["duration_s"],
        "annotator": f"{', '.join(annotators) or 'nobody'}, correcting gaitcheck "
        f"{document['gaitcheck_version']} by eye, {date.today().isoformat()}",
        "all_people": review["everybody"]
        and len(people) == len(document["people"])
        and len(review["watched"]) == len(people),
        "people": people,
    }
    return (json.dumps(labels, ensure_ascii=False, indent=1) + "\n").encode()


class _Frames:
    """Which frame is shown at a time."""

    def __init__(self, times_s: Sequence[float], *, fps: float) -> None:
        self.times_s = np.asarray(times_s, dtype=float)
        self.fps = fps if fps > 0 else 25.0

    def at(self, time_s: float) -> int:
        """Give the frame nearest to a time."""
        return int(np.abs(self.times_s - time_s).argmin())


def _person(
    person: Mapping[str, Any], document: Mapping[str, Any], clock: _Frames, *, watched: bool
) -> dict[str, Any] | None:
    steps = sorted(
        (step for step in document["steps"] if step["person"] == person["id"]),
        key=lambda step: step["contact_s"],
    )
    checked = [step["contact_s"] for step in steps if step["state"] != "machine"]
    if not checked and not watched:
        return None
    if watched:
        start_s, end_s = person["start_s"], person["end_s"]
    else:
        start_s, end_s = checked[0] - _MARGIN_S, checked[-1] + _MARGIN_S
    first, last = clock.at(start_s), clock.at(end_s) + 1
    steps = [step for step in steps if start_s <= step["contact_s"] <= end_s]
    boxes = [
        [clock.at(box[0]), *box[1:]] for box in person["boxes"] if start_s <= box[0] <= end_s
    ] or [[clock.at(person["boxes"][0][0]), *person["boxes"][0][1:]]]
    return {
        "name": f"person {person['id']}",
        "labelled_range": [first, last],
        "box_first_seen": boxes[0],
        "boxes": boxes,
        "contacts": [
            {
                "frame": clock.at(step["contact_s"]), "time_s": step["contact_s"],
                "side": step["side"], "sure": step["state"] != "machine",
            }
            for step in steps
        ],
        "lift_offs": [
            {
                "frame": clock.at(step["lift_off_s"]), "time_s": step["lift_off_s"],
                "side": step["side"], "sure": False,
            }
            for step in steps
            if step["lift_off_s"] is not None
        ],
        # What the machine said of postures is nobody's observation.
        "posture": [],
        "support": _supports(steps, clock, start_s),
        "milestones": [
            {key: one[key] for key in ("name", "seen", "time_s")}
            for one in document["review"]["milestones"]
            if one["person"] == person["id"]
        ],
        "not_scorable": [],
    }  # fmt: skip


def _supports(
    steps: Sequence[Mapping[str, Any]], clock: _Frames, start_s: float
) -> list[dict[str, Any]]:
    """Give one span a step, from the contact before to its own; equal neighbours are joined."""
    spans: list[dict[str, Any]] = []
    for step in steps:
        sure = step["state"] != "machine"
        last = spans[-1] if spans else None
        if last and (last["what"], last["sure"]) == (step["support"], sure):
            last["end_s"] = step["contact_s"]
        else:
            begin_s = last["end_s"] if last else max(0.0, start_s)
            spans.append(
                {"what": step["support"], "start_s": begin_s, "end_s": step["contact_s"],
                 "sure": sure}
            )  # fmt: skip
    return [
        {"what": s["what"], "start": clock.at(s["start_s"]), "end": clock.at(s["end_s"]) + 1, **s}
        for s in spans
    ]
